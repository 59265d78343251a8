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

// a labelled <select>; options are [value, text]. Its own aria-label keeps the options
// out of the name, which some readers take from all that the <label> holds.
const choice = (label, options, value, onChange) => {
  const items = options.map(([key, text]) => element("option", { value: key }, text));
  const select = element("select", { "aria-label": label }, ...items);
  select.value = value;
  select.addEventListener("change", () => onChange(select.value));
  return { select, field: element("label", {}, label, " ", select) };
};

// a captioned table in the stage
const part = (kind, role) => {
  const caption = element("caption");
  const table = element("table", { role }, caption);
  return { caption, table, node: element("div", { class: `ce-part ${kind}` }, table) };
};

// write rows x cols cells; describe(row, column) gives { text, ...attributes }.
// The cells stay the same elements while the size does, so focus stays too.
const fill = (table, rows, cols, describe) => {
  if (table.rows.length !== rows || table.rows[0].cells.length !== cols) {
    if (table.tBodies[0]) table.tBodies[0].remove();
    const times = (count, make) => Array.from({ length: count }, make);
    const line = () => element("tr", {}, ...times(cols, () => element("td")));
    table.append(element("tbody", {}, ...times(rows, line)));
    table.style.setProperty("--cols", cols);
  }
  let chars = 3;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      const { text, ...attributes } = describe(r, c);
      const td = table.rows[r].cells[c];
      if (td.textContent !== text) td.replaceChildren(element("span", {}, text));
      for (const [key, value] of Object.entries(attributes)) {
        if (value === undefined) td.removeAttribute(key);
        else td.setAttribute(key, value);
      }
      chars = Math.max(chars, text.length);
    }
  }
  table.style.setProperty("--chars", chars);
};

// class names of a cell inside a window, with the edges where it touches the frame
const frameClass = (row, column, [top, left, height, width]) => {
  const r = row - top, c = column - left;
  if (r < 0 || r >= height || c < 0 || c >= width) return "";
  const edges = { t: r === 0, b: r === height - 1, l: c === 0, r: c === width - 1 };
  return ` w${Object.keys(edges).map((edge) => (edges[edge] ? ` ${edge}` : "")).join("")}`;
};

// arrow keys, Home and End (with Ctrl: first and last row too) move [row, column]
// inside rows x columns; the callbacks read and set the position
const onKeys = (table, get, size, set) => {
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    let [row, column] = get();
    const [rows, columns] = size();
    const all = event.ctrlKey;
    switch (event.key) {
      case "ArrowUp": row -= 1; break;
      case "ArrowDown": row += 1; break;
      case "ArrowLeft": column -= 1; break;
      case "ArrowRight": column += 1; break;
      case "Home": column = 0; if (all) row = 0; break;
      case "End": column = columns - 1; if (all) row = rows - 1; break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
    set(clamp(row, 0, rows - 1), clamp(column, 0, columns - 1));
  });
};

// mouse, pen or finger: grab(row, column) at the press, drag(row, column) while held
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
    grab(...at(event));
  });
  table.addEventListener("pointermove", (event) => {
    if (event.pointerId === held) drag(...at(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    table.addEventListener(end, () => { held = null; });
  }
};

// start each explorer of a kind that waits on the page; its static picture goes
const mount = (kind, start) => {
  const waiting = `.cnnlib-explorer[data-explorer="${kind}"]:not([data-ready])`;
  for (const root of document.querySelectorAll(waiting)) {
    const live = element("div", { class: "ce-live" });
    start(live, JSON.parse(root.dataset.config));
    root.querySelector(".ce-static").replaceWith(live);
    root.dataset.ready = "true";
  }
};
