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
const isRounded = (value) => Math.abs(value.toFixed(3) - value) > 1e-9;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const signOf = (shown) => (shown.some(isRounded) ? "≈" : "=");

// matrices are arrays of rows
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

// the sum of products in one window, with a line for each of its rows
const productSum = (name, pixels, weights, result) => ({
  lines: pixels.map((line, r) => [
    r ? "+" : `${name} =`,
    ...line.flatMap((x, c) => {
      const w = weights[r][c];
      const kind = x * w === 0 ? "zero" : undefined;
      return [
        c ? " + " : "",
        element("i", { class: kind }, `${factor(x)}·${factor(w)}`),
      ];
    }),
  ]),
  sign: signOf([...pixels.flat(), ...weights.flat(), result]),
  result,
});
const sizeFact = (rows, columns) => [
  "Output size",
  `${rows} ${rows === columns ? "rows and columns" : `rows, ${columns} columns`}`,
];

// class names of a cell inside a window, with the edges where it touches the frame
const frameClass = (row, column, [top, left, height, width]) => {
  const r = row - top,
    c = column - left;
  if (r < 0 || r >= height || c < 0 || c >= width) return "";
  const edges = { t: r === 0, b: r === height - 1, l: c === 0, r: c === width - 1 };
  return ` w${Object.keys(edges)
    .map((edge) => (edges[edge] ? ` ${edge}` : ""))
    .join("")}`;
};

const legal = (place, shape) =>
  place.map((side, axis) => clamp(side, 0, shape[axis] - 1));

// arrow keys, Home and End (with Ctrl: first and last row too) move [row, column]
// inside rows x columns; the callbacks read and set the position
const onKeys = (table, get, size, set) => {
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    let [row, column] = get();
    const [rows, columns] = size();
    const all = event.ctrlKey;
    switch (event.key) {
      case "ArrowUp":
        row -= 1;
        break;
      case "ArrowDown":
        row += 1;
        break;
      case "ArrowLeft":
        column -= 1;
        break;
      case "ArrowRight":
        column += 1;
        break;
      case "Home":
        column = 0;
        if (all) row = 0;
        break;
      case "End":
        column = columns - 1;
        if (all) row = rows - 1;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
    set(legal([row, column], size()));
  });
};

// mouse, pen or finger: grab([row, column]) at the press, drag([row, column]) while held
const onDrag = (table, grab, drag) => {
  const at = ({ clientX, clientY }) => {
    const body = table.tBodies[0];
    const box = body.getBoundingClientRect();
    const columns = body.rows[0].cells.length;
    return [
      Math.floor(((clientY - box.top) / box.height) * body.rows.length),
      Math.floor(((clientX - box.left) / box.width) * columns),
    ];
  };
  let held = null;
  // the focus follows the window, not the pressed cell
  table.addEventListener("mousedown", (event) => event.preventDefault());
  table.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.target.closest("td")) return;
    held = event.pointerId;
    table.setPointerCapture(held);
    grab(at(event));
  });
  table.addEventListener("pointermove", (event) => {
    if (event.pointerId === held) drag(at(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    table.addEventListener(end, () => {
      held = null;
    });
  }
};

// let keys, drags and clicks move a window over the images, and the output that it makes:
// place() is [row, column] of the output, go(place) changes it
const windowed = (images, output, { place, shape, window, strides, go }) => {
  // the focus goes along to the tab stop of the table
  const move = (next, table, options) => {
    if (next.join() !== place().join()) go(next);
    table.querySelector('[tabindex="0"]').focus(options);
  };
  for (const table of [...images, output]) {
    onKeys(table, place, shape, (next) => move(next, table));
  }
  let offset = [0, 0];
  const drag = (image) => (at) => {
    const next = at.map((side, axis) => Math.round((side - offset[axis]) / strides()));
    move(legal(next, shape()), image, { preventScroll: true });
  };
  const grab = (image) => (at) => {
    const inWindow = at.map((side, axis) => side - place()[axis] * strides());
    const hit = inWindow.every((side, axis) => side >= 0 && side < window()[axis]);
    // a press outside the window brings its middle there
    offset = hit ? inWindow : window().map((side) => (side - 1) >> 1);
    drag(image)(at);
  };
  for (const image of images) onDrag(image, grab(image), drag(image));
  const visit = ({ target }) => {
    const td = target.closest("td");
    if (td) move([td.parentNode.rowIndex, td.cellIndex], output);
  };
  output.addEventListener("click", visit);
  output.addEventListener("focusin", visit);
};

// one labelled field for each number of a part; a bad one keeps the last good number.
// get() and set(matrix) read and write the numbers.
const numberFields = (where, { label, limits: [low, high], get, set }) => {
  const message = element("p", { class: "ce-message", role: "alert" });
  const reset = (field, value) => {
    field.value = Number(value.toFixed(3));
    field.setAttribute("aria-invalid", false);
    message.textContent = "";
  };
  const fit = () => setLongest(where.table, "--chars", textsOf(get()));
  const write = (r, c, field) => {
    const value = field.valueAsNumber;
    const good = value >= low && value <= high; // false for NaN: empty or not a number
    field.setAttribute("aria-invalid", !good);
    message.textContent = good
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
  return { draw, message };
};

// write a part: caption, numbers and the look of its cells; more(frame, row, column)
// gives more attributes, frame being the class of a framed cell. The numbers of a part
// that is edited stand in its fields.
const show = (
  where,
  { caption, values, look = () => ({}) },
  place,
  window,
  more = () => ({}),
) => {
  const texts = textsOf(values);
  where.caption.textContent = caption;
  setLongest(where.table, "--chars", texts);
  fill(where.table, ...shapeOf(values), (r, c) => {
    const frame = window ? frameClass(r, c, window) : "";
    const { class: kind = "", ...attributes } = look(r, c, place);
    const text = where.isEdited ? undefined : texts[r][c];
    return { text, class: kind + frame, ...attributes, ...more(frame, r, c) };
  });
};

// a sum, { lines: [lead, ...nodes] of each, sign, result, remark }, as nodes
const sumNodes = ({ lines, sign, result, remark = "" }) => [
  ...lines.flatMap(([lead, ...terms]) => [
    element("span", {}, lead),
    " ",
    ...terms,
    element("br"),
  ]),
  element("span", {}, sign),
  " ",
  element("b", {}, number(result)),
  ` ${remark}`,
];

// the picture: parts in a row with a window that moves, below them its sum and the facts.
// kinds names the parts: "output" is one, and the window moves over each that begins
// with "image". say(text) speaks; describe(place) returns what is shown with the present
// settings, place being the framed output:
//   for each kind { caption, values, look(row, column, place) }, marks of an image,
//     window of what is neither image nor output: [top, left, height, width]
//   window: its [height, width], and strides
//   marks: texts for the cells of the window, as a matrix, or nothing
//   facts: [name, text] of each; title, or nothing
//   sum(row, column): as sumNodes takes it, or nothing
//   spoken(row, column): what is said of an output
const panel = (kinds, say, describe, ...between) => {
  const isImage = (kind) => kind.startsWith("image");
  const role = (kind) => (isImage(kind) || kind === "output" ? "grid" : undefined);
  const parts = Object.fromEntries(kinds.map((kind) => [kind, part(kind, role(kind))]));
  const stage = element(
    "div",
    { class: "ce-stage" },
    ...Object.values(parts).map(({ node }) => node),
  );
  const title = element("p", { class: "ce-title" });
  const sum = element("p", { class: "ce-sum" });
  const facts = element("dl", { class: "ce-facts" });
  const node = element(
    "div",
    { class: "ce-panel" },
    title,
    stage,
    ...between,
    element("div", { class: "ce-reading" }, sum, facts),
  );
  let place = [0, 0];
  let shown;

  const draw = () => {
    shown = describe(place);
    place = legal(place, shapeOf(shown.output.values));
    const corner = place.map((side) => side * shown.strides);
    const all = kinds.map((kind) => shown[kind].values[0].length);
    stage.style.setProperty(
      "--all",
      all.reduce((a, b) => a + b),
    );
    node.style.setProperty("--side", all[0]);
    for (const kind of kinds) {
      const where = parts[kind];
      const what = shown[kind];
      if (kind === "output") {
        show(where, what, place, [...place, 1, 1], (frame) => ({
          "aria-selected": frame !== "",
          tabindex: frame ? 0 : -1,
        }));
      } else if (isImage(kind)) {
        const { marks = shown.marks } = what;
        if (marks) setLongest(where.table, "--marks", marks);
        show(where, what, place, [...corner, ...shown.window], (frame, r, c) => ({
          "data-weight":
            marks && frame ? marks[r - corner[0]][c - corner[1]] : undefined,
          tabindex:
            r === corner[0] && c === corner[1] && !where.isEdited ? 0 : undefined,
        }));
      } else show(where, what, place, what.window);
    }
    if (shown.title) title.textContent = shown.title;
    else title.remove();
    if (shown.sum) sum.replaceChildren(...sumNodes(shown.sum(...place)));
    else sum.remove();
    facts.replaceChildren(
      ...shown.facts.flatMap(([name, text]) => [
        element("dt", {}, name),
        element("dd", {}, text),
      ]),
    );
  };
  const update = () => {
    draw();
    say(shown.spoken(...place));
  };
  const go = (next) => {
    place = next;
    update();
  };

  const images = kinds.filter(isImage).map((kind) => parts[kind].table);
  windowed(images, parts.output.table, {
    place: () => place,
    shape: () => shapeOf(shown.output.values),
    window: () => shown.window,
    strides: () => shown.strides,
    go,
  });
  // another part for a kind, as fields in place of an image
  const replace = (kind, other) => {
    parts[kind].node.replaceWith(other.node);
    parts[kind] = other;
  };
  return { node, parts, draw, update, go, replace };
};

// start each explorer of a kind that waits on the page; its static picture goes.
// One script may stand for all of them, or each may bring its own: who is live is skipped.
const mount = (kind, start) => {
  const waiting = `.cnnlib-explorer[data-explorer="${kind}"]:not([data-ready])`;
  const wake = () => {
    for (const root of document.querySelectorAll(waiting)) {
      root.dataset.ready = "true";
      const spoken = element("p", { class: "ce-spoken", "aria-live": "polite" });
      const say = (text) => {
        spoken.textContent = text;
      };
      const nodes = start(JSON.parse(root.dataset.config), say);
      say(""); // nothing to announce before the reader acts
      const live = element("div", { class: "ce-live" }, ...nodes, spoken);
      root.querySelector(".ce-static").replaceWith(live);
    }
  };
  wake();
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", wake);
};
