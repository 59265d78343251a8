// Reads lists of numbers and small sums, by the grammar in arithmetic.py.
const BRACKET = "Is a bracket missing?";
const DIGITS = "(?:\\d+\\.?\\d*|\\.\\d+)";
const CALL = "(?:(?:np|math)\\.)?(sqrt|floor|ceil|abs|exp)";
const END = "(?=[\\],;|\\s]|$)";
const at = (pattern) => RegExp(`^${pattern}`, "i");
const NUMBER = at(`(${DIGITS}(?:e[-+]?\\d+)?)(%?)`);
const FRACTION = at(`([-+]?${DIGITS}(?:e[-+]?\\d+)?)(?:/(${DIGITS}))?(%?)${END}`);
const TRUTH = at(`(true|false)${END}`);
const FUNCTION = at(`${CALL}\\s*`);
const FACTOR = at(`(?=\\[|${CALL})`);
const CHUNK = /^[^[\],;|\s]+/;
const DEEPEST = 50;
const NO_NUMBER = Error();

const finite = (value) => {
  if (!Number.isFinite(value)) throw NO_NUMBER;
  return value;
};

// takes the one number out of its brackets
const only = (value) => {
  if (!Array.isArray(value)) return value;
  if (value.length !== 1) throw NO_NUMBER;
  return only(value[0]);
};

const work = (sign, left, right) => {
  const [a, b] = [only(left), only(right)];
  const results = {
    "+": a + b,
    "-": a - b,
    "*": a * b,
    "/": a / b,
    "//": Math.floor(a / b),
    "^": a ** b,
  };
  return finite(results[sign]);
};

// Returns { values, isWorked }, a number or lists of them, and whether something was
// worked out.
const calculate = (text, { ask, percent, kind }) => {
  let rest = text;
  let depth = 0;
  let isWorked = false;

  const take = (pattern) => {
    const match = rest.match(pattern);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };
  const share = (value, sign) => (sign && !percent ? value / 100 : value);

  const readValues = () => {
    const values = [];
    take(/^[,;|\s]*/);
    while (rest && rest[0] !== "]") {
      values.push(readItem());
      take(/^[,;|\s]*/);
    }
    return values;
  };
  const readItem = () => {
    const start = rest;
    const truth = kind === "truth" && take(TRUTH);
    if (truth) return +(truth[1].toLowerCase() === "true");
    try {
      const plain = take(FRACTION);
      if (plain) return share(work("/", finite(+plain[1]), +(plain[2] || 1)), plain[3]);
      const value = readSum();
      if (CHUNK.test(rest)) throw NO_NUMBER;
      isWorked ||= !Array.isArray(value);
      return value;
    } catch (error) {
      if (error !== NO_NUMBER) throw error;
      const [next = ""] = rest.match(CHUNK) || [];
      const part = start.slice(0, start.length - rest.length) + next;
      const shown = part.replaceAll("[", "(").replaceAll("]", ")");
      throw Error(`“${shown}” cannot be read. ${ask}`);
    }
  };
  const readSum = () => {
    let value = readProduct();
    for (let sign = take(/^[-+]/); sign; sign = take(/^[-+]/))
      value = work(sign[0], value, readProduct());
    return value;
  };
  const readProduct = () => {
    let value = readSigned();
    for (;;) {
      const sign = take(/^(\*|\/\/?)/);
      if (sign) value = work(sign[0], value, readSigned());
      else if (!Array.isArray(value) && take(FACTOR))
        value = work("*", value, readPower());
      else return value;
    }
  };
  const readSigned = () => {
    depth += 1;
    if (depth > DEEPEST) throw Error(BRACKET);
    const sign = take(/^[-+]/);
    const value = readPower();
    depth -= 1;
    return sign ? work("*", sign[0] === "-" ? -1 : 1, value) : value;
  };
  const readPower = () => {
    const base = readAtom();
    return take(/^\^/) ? work("^", base, readSigned()) : base;
  };
  const readAtom = () => {
    const number = take(NUMBER);
    if (number) return share(finite(+number[1]), number[2]);
    const call = take(FUNCTION);
    if (call) {
      if (rest[0] !== "[" && !NUMBER.test(rest)) throw NO_NUMBER;
      return finite(Math[call[1].toLowerCase()](only(readAtom())));
    }
    if (!take(/^\[/)) throw NO_NUMBER;
    const values = readValues();
    if (!take(/^]/)) throw Error(BRACKET);
    return values;
  };

  const values = readValues();
  if (rest) throw Error(BRACKET);
  return { values: values.length === 1 ? values[0] : values, isWorked };
};
