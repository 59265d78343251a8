// Fills each <div class="cnnlib-answer"> that is still hidden with an answer box, which
// judges what is typed as cnnlib.checks does. How the typing is read:
// - commas and spaces separate values: 4x4, 4 × 4 and (4, 4) are two values;
// - but 61,706 is one number, unless the check knows answers of that many values;
// - 2/3 is a fraction, 61_706 a number, a typographic minus sign a minus sign.
const readNumber = (token, { kind, ask }) => {
  const truth = ["false", "true"].indexOf(token.toLowerCase());
  if (kind === "truth" && truth >= 0) return truth;
  const [top, bottom = 1] = token.split("/");
  const value = /^[-+.\de]+(\/[.\d]+)?$/i.test(token) ? top / bottom : NaN;
  if (!Number.isFinite(value)) throw Error(`“${token}” cannot be read. ${ask}`);
  return value;
};

// a shape is written as "2, 3", that of one number as ""
const shapeOf = (value) => {
  if (!Array.isArray(value)) return "";
  const [inner, ...others] = new Set(value.map(shapeOf));
  if (others.length) throw Error("Are all rows equally long?");
  return value.length + (inner ? `, ${inner}` : "");
};

const readNumbers = (text, check) => {
  const tokens = text.match(/[[\]]|[^[\],\s]+/g) || [];
  const parts = tokens.map((token) => ("[]".includes(token) ? token : readNumber(token, check)));
  let list;
  try {
    list = JSON.parse(`[${parts.join().replaceAll("[,", "[").replaceAll(",]", "]")}]`);
  } catch {
    throw Error("Is a bracket missing?");
  }
  if (list.length === 1) [list] = list;
  return { shape: shapeOf(list), values: [list].flat(Infinity) };
};

const readWords = (text, isList) => {
  const parts = isList ? text.replace(/^\[|\]$/g, "").split(",") : [text];
  const values = parts.map((part) => part.replace(/^["'\s]+|["'\s]+$/g, "").toLowerCase());
  return { shape: values.length > 1 ? `${values.length}` : "", values };
};

const read = (typed, check, shapes) => {
  const text = typed.trim().replaceAll("(", "[").replaceAll(")", "]");
  if (check.kind === "text") return readWords(text, shapes.some(Boolean));
  const plain = text.replace(/[−–]/g, "-").replaceAll("_", "")
    .replace(/([-+])\s+/g, "$1").replace(/(\d)\s*[x×]\s*(?=\d)/gi, "$1,");
  const answer = readNumbers(plain, check);
  const isGrouped = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(plain);
  if (!isGrouped || shapes.includes(answer.shape)) return answer;
  return readNumbers(plain.replaceAll(",", ""), check);
};

// a form of an answer is [shape, values, tolerance], or [shape] alone where any values
// do; texts have no tolerance, and nothing is below undefined
const equal = ({ shape, values }, [other, wanted, tolerance]) => {
  const isNumber = wanted && !other && values.length === 1; // [-1020] is as good as -1020
  const close = (x, i) => x === wanted[i] || Math.abs(x - wanted[i]) <= tolerance;
  return (shape === other || isNumber) && (!wanted || values.every(close));
};

const describe = (shape) => {
  if (!shape) return "a single value";
  return shape.includes(",") ? `an array of shape (${shape})` : `${shape} values`;
};

const difference = ({ shape, values }, shapes) => {
  if (!shapes.includes(shape)) {
    const wanted = [...new Set(shapes)].map(describe).join(" or ");
    return `You have ${describe(shape)}; expected: ${wanted}.`;
  }
  return values.length === 1 ? `${values[0]} is not it.` : "The shape is right, some values are not.";
};

// the hints are [forms, words] in order, and the first that matches is shown
const judge = (typed, check) => {
  const { expected, hints } = check;
  const first = ([shape]) => shape;
  const answer = read(typed, check, [expected, ...hints.map(first)].flat().map(first));
  const matches = (form) => equal(answer, form);
  if (expected.some(matches)) return ["passed", check.because];
  const known = hints.find(([forms]) => forms.some(matches));
  if (known) return ["not yet", known[1]];
  return ["not yet", `${difference(answer, expected.map(first))}\n${check.otherwise}`.trim()];
};

for (const box of document.querySelectorAll(".cnnlib-answer[hidden]")) {
  const check = JSON.parse(box.dataset.check);
  box.innerHTML = `<label>Your answer <input autocomplete="off" autocapitalize="off"></label>
    <button type="button">Check</button><div role="status"></div>`;
  const [input, button, status] = box.querySelectorAll("input, button, div");
  const say = (head, words) => {
    status.innerHTML = "<strong></strong> ";
    status.firstChild.textContent = head;
    words.split("`").forEach((part, i) => {
      const node = document.createElement(i % 2 ? "code" : "span");
      node.textContent = part;
      status.append(node);
    });
  };
  const show = () => {
    let [verdict, words] = ["", check.ask];
    try {
      if (input.value.trim()) [verdict, words] = judge(input.value, check);
    } catch (error) {
      words = error.message;
    }
    say(verdict && `${check.name}: ${verdict}.`, words);
  };
  // stands for "not written yet", which answer_box.css hides, until there is a verdict
  say(`${check.name}:`, "type your answer, or write it in the cell and run it.");
  button.onclick = show;
  input.onkeydown = ({ key }) => {
    if (key === "Enter") show();
  };
  box.hidden = false;
}
