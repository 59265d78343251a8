// Fills each <div class="cnnlib-answer"> that is still hidden with an answer box, which
// judges what is typed as cnnlib.checks does. How numbers are read:
// - commas, semicolons and blanks separate values: 4x4, 4 × 4 and (4, 4) are two values;
// - but 61,706 and 61 706 and 61.706 can be one number, and so can 0,5. A text that can
//   be read in several ways is read in the one that is right, or fits the check;
// - 2/3 and ⅔ are fractions, 8% is 8 where percent are asked for, otherwise 0.08;
// - whatever looks like a minus sign is one, and quotes around a number do not count.
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const QUOTES = "\"'`´‘’‚‛“”„‟‹›«»";
const AROUND = `[\\s.,;:!?…()[\\]{}${QUOTES}]+`;
const AND = /\s(?:and|&)\s/gi;
// groups of three digits, as they are written in English or French, and in German
const GROUPED = /(?<![\d.])[1-9]\d{0,2}([, ])\d{3}(?:\1\d{3})*(?!\d)/g;
const POINTED = /(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?!\.?\d)/g;

const readNumber = (token, { kind, ask, percent }) => {
  const truth = ["false", "true"].indexOf(token.toLowerCase());
  if (kind === "truth" && truth >= 0) return truth;
  const [top, bottom = 1] = token.replace("%", "").split("/");
  const value = /^[-+.\de]+(\/[.\d]+)?%?$/i.test(token) ? top / bottom : NaN;
  if (!Number.isFinite(value)) throw Error(`“${token}” cannot be read. ${ask}`);
  return token.endsWith("%") && !percent ? value / 100 : value;
};

// a shape is written as "2, 3", that of one number as ""
const shapeOf = (value) => {
  if (!Array.isArray(value)) return "";
  const [inner, ...others] = new Set(value.map(shapeOf));
  if (others.length) throw Error("Are all rows equally long?");
  return value.length + (inner ? `, ${inner}` : "");
};

const readNumbers = (text, check) => {
  const tokens = text.match(/[[\]]|[^[\],;|\s]+/g) || [];
  const parts = tokens.map((token) =>
    "[]".includes(token) ? token : readNumber(token, check),
  );
  let list;
  try {
    list = JSON.parse(`[${parts.join().replaceAll("[,", "[").replaceAll(",]", "]")}]`);
  } catch {
    throw Error("Is a bracket missing?");
  }
  if (list.length === 1) [list] = list;
  return { shape: shapeOf(list), values: [list].flat(Infinity) };
};

// array([0, 1]) and np.float64(0.5), as NumPy shows them, without their names
const unwrap = (text) => {
  const bare = text.replace(
    /(?<![\w.])[a-z_][\w.]*\(([^()]*?)(,\s*dtype=[\w.]+)?\)/gi,
    "$1",
  );
  return bare === text ? text : unwrap(bare);
};

const fraction = (_match, whole, part) => {
  const [top, bottom] = part.normalize("NFKC").split("⁄");
  return +whole + top / bottom;
};

// write a text of numbers with the signs of Python
const tidy = (text) =>
  unwrap(
    text
      .replace(INVISIBLE, "")
      .replace(/[\uff01-\uff5e]/g, (wide) => wide.normalize("NFKC"))
      .replace(/(\d*)\s?([¼-¾⅐-⅞])/g, fraction)
      .replace(/[‐-―−˗﹘﹣]/g, "-")
      .replace(/\s*[/∕⁄÷]\s*/g, "/")
      .replace(/\s*(%|per ?cent)/gi, "%")
      .replace(/(\d)['’‘´`′\u00a0\u2007-\u200a\u202f](?=\d{3}(?!\d))/g, "$1")
      .replace(RegExp(`(?<!\\d)[${QUOTES}]|[${QUOTES}](?!\\d)`, "g"), "")
      .replaceAll("_", "")
      .replace(AND, ",")
      .replace(/^([a-z]\w*\s*)?[=≈~]\s*/i, "")
      .replace(/[.,;!]+$/, ""),
  )
    .replace(/[({]/g, "[")
    .replace(/[)}]/g, "]")
    .replace(/([-+])\s+/g, "$1")
    .replace(/(\d)\s*(?:[x×✕*]|by)\s*(?=\d)/gi, "$1,");

// Returns the ways to read numbers, [text, is it new to say how it was read when that
// is right, and when it is wrong], the plain way first.
const ways = (text) => {
  const join = (form, groups) =>
    form.replace(groups, (number) => number.replace(/[., ]/g, ""));
  const pointed = join(text, POINTED);
  const decimal = pointed
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, "")
    .replace(/(?<=\d|^[-+]?),(?=\d)/g, ".");
  const grouped = join(text, GROUPED);
  return [
    [text, false, grouped !== text],
    [grouped],
    [pointed, true, true],
    [decimal, true, true],
  ].filter(([form], i, all) => i === all.findIndex(([other]) => other === form));
};

const readWords = (text, shapes) => {
  const isList = shapes.some(Boolean);
  const blanks = text.split(/\s+/);
  const list = text
    .replace(/^[[({]|[\])}]$/g, "")
    .replace(AND, ",")
    .split(/[,;>→|]/);
  const parts =
    list.length === 1 && shapes.includes(`${blanks.length}`) ? blanks : list;
  const values = (isList ? parts : [text]).map((part) =>
    part
      .replace(INVISIBLE, "")
      .replace(RegExp(`^${AROUND}|${AROUND}$`, "g"), "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/\s+/g, " "),
  );
  return { shape: values.length > 1 ? `${values.length}` : "", values };
};

const read = (typed, check, shapes) => {
  const text = typed.trim();
  if (check.kind === "text") return [readWords(text, shapes)];
  const answers = [];
  let problem;
  for (const [form, ...isTold] of ways(tidy(text))) {
    try {
      answers.push({ ...readNumbers(form, check), isTold });
    } catch (error) {
      problem ??= error;
    }
  }
  if (!answers.length) throw problem;
  return answers;
};

// a form of an answer is [shape, values, tolerance], or [shape] alone where any values
// do; texts have no tolerance, and nothing is below undefined
const equal = ({ shape, values }, [other, wanted, tolerance]) => {
  const isNumber = wanted && !other && values.length === 1; // [-1020] is as good as -1020
  const close = (x, i) => x === wanted[i] || Math.abs(x - wanted[i]) <= tolerance;
  return (shape === other || isNumber) && (!wanted || values.every(close));
};

const show = (value) => (value.toPrecision ? +value.toPrecision(10) : value);

const describe = (shape) => {
  if (!shape) return "a single value";
  return shape.includes(",") ? `an array of shape (${shape})` : `${shape} values`;
};

const difference = ({ shape, values }, shapes, typed) => {
  if (!shapes.includes(shape)) {
    const wanted = [...new Set(shapes)].map(describe).join(" or ");
    const commas = /\d,\d/.test(typed)
      ? " A comma separates values: write 1792 and 0.5, not 1,792 and 0,5."
      : "";
    return `You have ${describe(shape)}; expected: ${wanted}.${commas}`;
  }
  return values.length === 1
    ? `${show(values[0])} is not it.`
    : "The shape is right, some values are not.";
};

// the hints are [forms, steps] in order, and the first that matches is shown
const judge = (typed, check) => {
  const { expected, hints } = check;
  const first = ([shape]) => shape;
  const shapes = expected.map(first);
  const told = ({ values, isTold }, words, isWrong) =>
    (isTold?.[isWrong] ? `Read as ${values.map(show).join(", ")}. ` : "") + words;
  const answers = read(
    typed,
    check,
    [shapes, ...hints.map(([forms]) => forms.map(first))].flat(),
  );
  const is = (answer) => (form) => equal(answer, form);
  const right = answers.find((answer) => expected.some(is(answer)));
  if (right) return ["passed", told(right, check.because, 0)];
  const fits = ({ shape }) => shapes.includes(shape);
  const ranked = [
    ...answers.filter(fits),
    ...answers.filter((answer) => !fits(answer)),
  ];
  for (const answer of ranked) {
    const known = hints.find(([forms]) => forms.some(is(answer)));
    if (known) return ["not yet", told(answer, known[1][0], 1), known[1][1]];
  }
  const [words, further] = check.otherwise;
  const found = difference(ranked[0], shapes, typed);
  const said = ranked[0].values.length > 1 ? told(ranked[0], found, 1) : found;
  return ["not yet", `${said}\n${words}`.trim(), further];
};

for (const box of document.querySelectorAll(".cnnlib-answer[hidden]")) {
  const check = JSON.parse(box.dataset.check);
  box.innerHTML = `<label>Your answer <input autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"></label>
    <button type="button">Check</button><div role="status"></div>`;
  const [input, button, status] = box.querySelectorAll("input, button, div");
  const write = (parent, words) =>
    words.split("`").forEach((part, i) => {
      const node = document.createElement(i % 2 ? "code" : "span");
      node.textContent = part;
      parent.append(node);
    });
  const say = (head, words, further) => {
    status.innerHTML = "<strong></strong> ";
    status.firstChild.textContent = head;
    write(status, words);
    if (!further) return;
    const details = document.createElement("details");
    details.innerHTML = "<summary>One step further</summary>";
    write(details, further);
    status.append(details);
  };
  const answered = () => {
    let [verdict, words, further] = ["", check.ask];
    try {
      if (input.value.trim()) [verdict, words, further] = judge(input.value, check);
    } catch (error) {
      words = error.message;
    }
    say(verdict && `${check.name}: ${verdict}.`, words, further);
  };
  // stands for "not written yet", which answer_box.css hides, until there is a verdict
  say(`${check.name}:`, "type your answer, or write it in the cell and run it.");
  button.onclick = answered;
  input.onkeydown = ({ key }) => {
    if (key === "Enter") answered();
  };
  box.hidden = false;
}
