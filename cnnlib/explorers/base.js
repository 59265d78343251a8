// Shared by all explorers. Each is joined after this file inside one function, so
// nothing here is global.

// make an element; attributes that are undefined are left out
const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

// at most 3 decimals, a true minus sign; tables.py rounds the same way
const number = (value) => {
  const text = value.toFixed(3).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text.replace("-", "\u2212");
};
const thousands = (value) => value.toLocaleString("en-US");
const isRounded = (value) => Math.abs(value.toFixed(3) - value) > 1e-9;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const signOf = (shown) => (shown.some(isRounded) ? "≈" : "=");

// matrices are arrays of rows
// what differs in the last bits alone is equal
const rounded = (matrix, places) =>
  matrix.map((line) =>
    line.map((value) => Number(Number(value.toFixed(9)).toFixed(places))),
  );
const textsOf = (matrix) => matrix.map((line) => line.map(number));
const grid = (rows, columns, make) =>
  Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => make(r, c)),
  );
const shapeOf = (matrix) => [matrix.length, matrix[0].length];
const by = (matrix) => shapeOf(matrix).join(" × ");
const crop = (matrix, top, left, rows, columns) =>
  grid(rows, columns, (r, c) => matrix[r + top][c + left]);
const bordered = (matrix, border) => {
  const [rows, columns] = shapeOf(matrix).map((side) => side + 2 * border);
  return grid(rows, columns, (r, c) => (matrix[r - border] || [])[c - border] || 0);
};
const correlate = (image, kernel, strides = 1) => {
  const [height, width] = shapeOf(kernel);
  const weights = kernel.flat();
  const [rows, columns] = shapeOf(image).map(
    (side, axis) => Math.floor((side - shapeOf(kernel)[axis]) / strides) + 1,
  );
  return grid(rows, columns, (r, c) => {
    const pixels = crop(image, r * strides, c * strides, height, width).flat();
    return pixels.reduce((sum, pixel, i) => sum + pixel * weights[i], 0);
  });
};

// a labelled <select>; options are [value, text]. Its own aria-label keeps the options
// out of the name, which some readers take from all that the <label> holds.
const choice = (label, options, value, onChange) => {
  const items = options.map(([key, text]) => element("option", { value: key }, text));
  const select = element("select", { "aria-label": label }, ...items);
  select.value = value;
  select.addEventListener("change", () => onChange(select.value));
  return { select, field: element("label", {}, label, " ", select) };
};

const button = (text, label, onClick) => {
  const node = element("button", { type: "button", "aria-label": label }, text);
  node.addEventListener("click", onClick);
  return node;
};

// options from the first to the last of a pair of limits
const upTo = ([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => [first + i, `${first + i}`]);
// a labelled checkbox
const checkbox = (label, onChange) => {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", onChange);
  return { input, field: element("label", { class: "ce-check" }, input, ` ${label}`) };
};
const controls = (...fields) => element("div", { class: "ce-controls" }, ...fields);
// what all readers have to know, and what is special here
const note = (...texts) =>
  element(
    "p",
    { class: "ce-note" },
    "Drag the window, or tab to a table and press the arrow keys, Home or End. ",
    "Rows and columns count from 0. ",
    ...texts,
  );

// a captioned table in the stage
const part = (kind, role) => {
  const caption = element("caption");
  const table = element("table", { role }, caption);
  return {
    caption,
    table,
    node: element("div", { class: `ce-part ce-${kind}` }, table),
  };
};

// write rows x columns cells; describe(row, column) gives { text, ...attributes }, and
// what a cell holds stays where there is no text.
// The cells stay the same elements while the size does, so focus stays too.
const fill = (table, rows, columns, describe) => {
  if (table.rows.length !== rows || table.rows[0].cells.length !== columns) {
    if (table.tBodies[0]) table.tBodies[0].remove();
    const lines = grid(rows, columns, () => element("td"));
    table.append(
      element("tbody", {}, ...lines.map((cells) => element("tr", {}, ...cells))),
    );
    table.style.setProperty("--cols", columns);
    table.style.setProperty("--rows", rows);
    // too small for the weights below the numbers
    table.toggleAttribute("data-dense", Math.max(rows, columns) > 11);
  }
  grid(rows, columns, (r, c) => {
    const { text, ...attributes } = describe(r, c);
    const td = table.rows[r].cells[c];
    if (text !== undefined && td.textContent !== text) {
      td.replaceChildren(element("span", {}, text));
    }
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined) td.removeAttribute(key);
      else td.setAttribute(key, value);
    }
  });
};
// the style sheet makes long numbers small
const setLongest = (table, property, texts) =>
  table.style.setProperty(
    property,
    Math.max(3, ...texts.flat().map(({ length }) => length)),
  );

// the look of an image's cells: the darkest gray is 0 or the least of the shades
const grays = (values, border = 0, shades = values) => {
  const all = [...shades.flat(), 0];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const [rows, columns] = shapeOf(values);
  const inside = (i, count) => i >= border && i < count - border;
  return (r, c) => {
    const gray = (values[r][c] - low) / (high - low || 1);
    const ink = gray < 0.46 ? "px deep" : "px"; // white ink, or black
    return {
      class: inside(r, rows) && inside(c, columns) ? ink : "pad",
      style: `--g:${gray.toFixed(3)}`,
    };
  };
};
// the look of a result's cells: blue above 0, red below
const tints = (values) => {
  const reach = Math.max(...values.flat().map(Math.abs)) || 1;
  return (r, c) => ({
    class: values[r][c] < 0 ? "neg" : "pos",
    style: `--t:${(Math.abs(values[r][c]) / reach).toFixed(3)}`,
  });
};

// the sum of products in one window, with a line for each of its rows; perhaps divided
const productSum = (name, pixels, weights, result, divisor = 1) => {
  const lines = pixels.map((line, r) => [
    r ? "+" : `${name} =`,
    ...line.flatMap((x, c) => {
      const w = weights[r][c];
      const kind = x * w === 0 ? "zero" : undefined;
      return [
        c ? " + " : "",
        element("i", { class: kind }, `${factor(x)}·${factor(w)}`),
      ];
    }),
  ]);
  if (divisor !== 1) {
    lines[0].splice(1, 0, "(");
    lines.at(-1).push(`) / ${factor(divisor)}`);
  }
  const shown = [...pixels.flat(), ...weights.flat(), divisor, result];
  return { lines, sign: signOf(shown), result };
};
// how many rows and columns come out of two formulas
const sizeFact = (formulas, shape) => {
  const [first, second] = formulas;
  const [rows, columns] = ["row", "column"].map(
    (noun, axis) => `${noun}${shape[axis] === 1 ? "" : "s"}`,
  );
  const both = first === second ? `${rows} and` : `${rows}, ${second}`;
  return ["Output size", `${first} ${both} ${columns}`];
};

// one labelled field for each number of a part; a bad one keeps the last good number.
// get() and set(matrix) read and write the numbers. What is wrong stands in the place of
// a hint, so that nothing moves.
const numberFields = (where, { label, limits: [low, high], get, set }) => {
  const hint = element("p", { class: "ce-hint" });
  const alert = element("p", { class: "ce-message", role: "alert" });
  const message = element("div", { class: "ce-slot" }, hint, alert);
  const reset = (field, value) => {
    field.value = Number(value.toFixed(3));
    field.setAttribute("aria-invalid", false);
    alert.textContent = "";
  };
  const fit = () => setLongest(where.table, "--chars", textsOf(get()));
  const write = (r, c, field) => {
    const value = field.valueAsNumber;
    const good = value >= low && value <= high; // false for NaN: empty or not a number
    field.setAttribute("aria-invalid", !good);
    alert.textContent = good
      ? ""
      : `${label} row ${r}, column ${c}: type a number from ` +
        `${number(low)} to ${number(high)}. Until then ${number(get()[r][c])} stays.`;
    if (!good) return;
    const changed = get().map((line) => [...line]);
    changed[r][c] = value;
    set(changed);
    fit();
  };
  const newField = (r, c) => {
    const name = `${label} row ${r}, column ${c}`;
    const field = element("input", { type: "number", step: "any", "aria-label": name });
    reset(field, get()[r][c]);
    field.addEventListener("input", () => write(r, c, field));
    field.addEventListener("blur", () => {
      if (field.getAttribute("aria-invalid") === "true") reset(field, get()[r][c]);
    });
    return field;
  };
  const draw = () => {
    const shape = shapeOf(get());
    fill(where.table, ...shape, () => ({}));
    grid(...shape, (r, c) =>
      where.table.rows[r].cells[c].replaceChildren(newField(r, c)),
    );
    fit();
  };
  where.isEdited = true;
  return { draw, hint, message };
};

// what is said to those who listen: the last of quick changes, once
const speaker = () => {
  const node = element("p", { class: "ce-spoken", "aria-live": "polite" });
  let timer;
  const say = (text) => {
    clearTimeout(timer);
    if (!text) return;
    timer = setTimeout(() => {
      node.textContent = text;
    }, 300);
  };
  return { node, say };
};

// a letter typed here is no command of JupyterLab, where x deletes a cell and arrow keys
// leave it
const keepKeys = (root) =>
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });

// start each explorer of a kind that waits on the page; its static picture goes.
// One script may stand for all of them, or each may bring its own: who is live is skipped.
const mount = (kind, start) => {
  const waiting = `.cnnlib-explorer[data-explorer="${kind}"]:not([data-ready])`;
  const open = (root) => {
    root.dataset.ready = "true";
    keepKeys(root);
    const { node, say } = speaker();
    const begin = () => {
      const nodes = start(JSON.parse(root.dataset.config), say);
      const live = element("div", { class: "ce-live" }, ...nodes);
      const reset = button("Reset", undefined, () => {
        const next = begin();
        live.replaceWith(next);
        next.querySelector(".ce-reset").focus();
        say("Everything is as it was at first");
      });
      reset.className = "ce-reset";
      live.querySelector(".ce-controls").append(reset);
      say(""); // nothing to announce before the reader acts
      return live;
    };
    root.querySelector(".ce-static").replaceWith(begin(), node);
  };
  const wake = () => document.querySelectorAll(waiting).forEach(open);
  wake();
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", wake);
};
