// Judges what is typed as cnnlib.checks does, see typed.py. How numbers are read:
// - commas, semicolons and blanks separate values: 4x4, 4 × 4 and (4, 4) are two values;
// - but 61,706 and 61 706 and 61.706 can be one number, and so can 0,5. A text that can
//   be read in several ways is read in the one that is right, or fits the check;
// - 2/3, ⅔ and 1 2/3 are fractions, 8% is 8 where percent are asked for, otherwise 0.08;
// - 784*128 + 128, 2√2/3 and 10² are worked out, and 4*4 is 16 where no size is asked for;
// - whatever looks like a minus sign is one, and quotes around a number do not count;
// - without brackets the rows of a table may follow each other, as in 1 2 3 4.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const QUOTES = "\"'$`´‘’‚‛“”„‟‹›«»";
const AROUND = `[\\s.,;:!?…()[\\]{}${QUOTES}]+`;
const AND = /\s(?:and|&)\s/gi;
// groups of three digits, as they are written in English or French, and in German
const GROUPED = /(?<![\d.])[1-9]\d{0,2}(?:(?:,\d{3})+(?!\d)|(?: \d{3})+(?!,?\d))/g;
const POINTED = /(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?!\.?\d)/g;

// a shape is written as "2, 3", that of one number as ""
const shapeOf = (value) => {
  if (!Array.isArray(value)) return "";
  const [inner, ...others] = new Set(value.map(shapeOf));
  if (others.length) throw Error("Are all rows equally long?");
  return value.length + (inner ? `, ${inner}` : "");
};

// array([0, 1]) and np.float64(0.5), as NumPy shows them, without their names
const unwrap = (text) => {
  const bare = text
    .replace(/,?\s*(dtype|shape)=(\([^)]*\)|[^,)]*)/g, "")
    .replace(/[\w.]*(?:array|tensor|int|float|index|list)\d*\(([^()]*)\)/gi, "$1");
  return bare === text ? text : unwrap(bare);
};

// write a text of numbers with the signs of Python
const tidy = (text) =>
  text
    .replace(/(?=[¼-¾⅐-⅞])/g, " ")
    .replace(/[⁰¹²³⁴-⁹⁺⁻]+/g, (power) => `^${power.normalize("NFKC")}`)
    .replace(/[\uff01-\uff5e¼-¾⅐-⅞]/g, (sign) => sign.normalize("NFKC"))
    .replace(/[‐-―−⁃➖˗﹘﹣]/g, "-")
    .replace(/\s*[/∕⁄÷]\s*/g, "/")
    .replace(/\s*(%|per ?cent)/gi, "%")
    .replace(/(?<=\d)(?<!\b0)['’‘´`′\u00a0\u2007-\u200a\u202f](?=\d{3}(?!\d))/g, "")
    .replace(RegExp(`(?<!\\d)[${QUOTES}]|[${QUOTES}](?!\\d)`, "g"), "")
    .replaceAll("_", "")
    .replaceAll("⌊", "floor(")
    .replaceAll("⌈", "ceil(")
    .replace(/[⌋⌉]/g, ")")
    .replace(/(?<=[\d)])[ \t]*√/g, "*sqrt")
    .replaceAll("√", "sqrt")
    .replace(/\s*(?:\*\*|\^)\s*/g, "^")
    .replace(/[·⋅∙∗]/g, "*")
    .replace(AND, ";")
    // a sum before its result, then any other name of a value
    .replace(/(?<![a-z\d])(?:sqrt|floor|ceil|[-+*/^.%×x() \t\d])*[\d)] *[=≈]/gi, " ")
    .replace(/([a-z]\w*)?[^\d,;|()[\]{}]*[=≈~:]/gi, " ")
    .replace(/[.,;:!?…>]+$/, "")
    .replace(/[({]/g, "[")
    .replace(/[)}]/g, "]")
    // as in MATLAB, 1 -2 is two values and 1 - 2 is one
    .replace(/[ \t]*([-+])\s+/g, "$1");

// Returns the ways to read numbers, [text, is it new to say how it was read when that
// is right, and when it is wrong], the plain way first.
const ways = (text) => {
  const join = (form, groups) => form.replace(groups, (n) => n.replace(/[., ]/g, ""));
  const pointed = join(text, POINTED);
  const decimal = pointed
    // a blank behind a decimal comma is no group: 11,2 131,3 are two values
    .replace(/(?<![\d,])\d{1,3}(?: \d{3})+(?!\d)/g, (n) => n.replace(/ /g, ""))
    .replace(/(?<=\d|^[-+]?),(?=\d)/g, ".");
  const grouped = join(text, GROUPED);
  const mixed = text.replace(
    /(\d+)\s+(\d+)\/(\d+)/g,
    (_, whole, top, bottom) => `${whole * bottom + +top}/${bottom}`,
  );
  return [
    [text, false, grouped !== text],
    [grouped],
    [mixed],
    [pointed, true, true],
    [decimal, true, true],
  ];
};

const bare = (text) => text.replace(RegExp(`^${AROUND}|${AROUND}$`, "g"), "");

const readWords = (text, shapes) => {
  const list = text.replace(AND, ";").split(/[,;>→|/]/);
  const blanks = text.split(/\s+/);
  const isApart = list.length < 2 && shapes.includes(`${blanks.length}`);
  const parts = isApart ? blanks : shapes.some(Boolean) ? list : [text];
  const values = parts
    .map((part) =>
      bare(bare(part).normalize("NFKC")).toLowerCase().replace(/\s+/g, " "),
    )
    .filter(Boolean);
  return { shape: values[1] ? shapeOf(values) : "", values };
};

const read = (typed, check, shapes) => {
  const text = unwrap(typed.replace(INVISIBLE, "")).trim();
  if (check.kind === "text") return [readWords(text, shapes)];
  const plain = tidy(text);
  // a size such as 4x4 or 4 by 4, or else a product
  const size = plain.replace(/(\d)\s*(?:[xх×✕*]|by)\s*(?=\d)/gi, "$1;");
  const product = plain.replace(
    /\s*(?:[×✕*]|(?<=[\d\]%\s])[xх](?=[\d.[\s]))\s*/gi,
    "*",
  );
  const answers = [];
  let problem;
  for (const written of new Set([size, product])) {
    const mayWork = written === product;
    for (const [form, ...news] of ways(written)) {
      try {
        const { values, isWorked } = calculate(form, check);
        const answer = { shape: shapeOf(values), values: [values].flat(Infinity) };
        if (isWorked && !mayWork) continue;
        Object.assign(answer, { isWorked, news: isWorked ? [true, true] : news });
        const isFull = (shape) =>
          shape &&
          shape.split(", ").reduce((n, m) => n * m, 1) === answer.values.length;
        const full = form.includes("[") ? [] : shapes.filter(isFull);
        answers.push(answer, ...full.map((shape) => ({ ...answer, shape })));
      } catch (error) {
        if (mayWork) problem ??= error;
      }
    }
  }
  if (!answers.length) throw problem;
  return answers;
};

// a form of an answer is [shape, values, tolerance], or [shape] alone where any values
// do; texts have no tolerance, and nothing is below undefined. With four parts it is
// [shape, weights, low, high], limits of the values' sums
const equal =
  ({ shape, values }) =>
  ([other, wanted, tolerance, high]) => {
    if (high) {
      const sum = (row) =>
        row.reduce((total, weight, i) => total + weight * values[i], 0);
      const isInside = (row, i) => tolerance[i] <= sum(row) && sum(row) <= high[i];
      return shape === other && wanted.every(isInside);
    }
    const close = (x, i) => x === wanted[i] || Math.abs(x - wanted[i]) <= tolerance;
    if (!wanted) return shape === other;
    // [-1020] is as good as -1020
    return (shape === other || (!other && values.length === 1)) && values.every(close);
  };

const show = (value) => (value.toPrecision ? +value.toPrecision(10) : value);

const describe = (shape) => {
  if (/,/.test(shape)) return `an array of shape (${shape})`;
  if (shape === "1") return "1 value in a list";
  return shape ? `${shape} values` : "a single value";
};

const difference = ({ shape, values }, shapes, wanted, typed) => {
  if (!shapes.includes(shape)) {
    const said = `You have ${describe(shape)}; expected: ${wanted}.`;
    return /\d,\d/.test(typed)
      ? `${said} A comma separates values: write 1792 and 0.5, not 1,792 and 0,5.`
      : said;
  }
  return values.length > 1
    ? "The shape is right, some values are not."
    : `${show(values[0])} is not it.`;
};

// the hints are [forms, steps] in order, and the first that matches is shown
const judge = (typed, check) => {
  const { expected, hints } = check;
  const shapesOf = (forms) => forms.map(([shape]) => shape);
  const shapes = shapesOf(expected);
  const told = ({ values, news }, words, isWrong) =>
    (news?.[isWrong] ? `Read as ${values.map(show).join(", ")}. ` : "") + words;
  let answers = read(typed, check, [
    ...shapes,
    ...hints.flatMap(([forms]) => shapesOf(forms)),
  ]);
  if (!answers[0].values.length) throw Error(check.ask);
  const fits = ({ shape }) => shapes.includes(shape);
  const plain = answers.filter(({ isWorked }) => !isWorked);
  // 4*4 is a size where one is asked for, and not 16
  if (plain.some(fits)) answers = plain;
  const right = answers.find((answer) => expected.some(equal(answer)));
  if (right) return ["passed", told(right, check.because, 0)];
  answers.sort((a, b) => fits(b) - fits(a));
  for (const answer of answers) {
    const [, words] = hints.find(([forms]) => forms.some(equal(answer))) || [];
    if (words) return ["not yet", told(answer, words[0], 1), words[1]];
  }
  const [words, further] = check.otherwise;
  const [first] = answers;
  const found = difference(first, shapes, check.wanted, typed);
  const said = first.values.length > 1 ? told(first, found, 1) : found;
  return ["not yet", `${said}\n${words}`.trim(), further];
};

const reply = (typed, check) => {
  try {
    return judge(typed, check);
  } catch ({ message }) {
    return ["", message];
  }
};
