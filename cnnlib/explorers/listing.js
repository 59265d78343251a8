// Lines of texts in a table, facts and sliders. Joined after base.js.

// three digits, as 6.73, 1e−20 or 1.08e6; tables.py writes the same
const brief = (value) => {
  if (value === 0) return "0";
  const [digits, power] = value.toExponential(2).split("e").map(Number);
  const text =
    power > -4 && power < 4
      ? `${Number(value.toExponential(2))}`
      : `${digits}e${power}`;
  return text.replaceAll("-", "\u2212");
};
const raised = (power) => [...`${power}`].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");

// a table whose lines begin with their names. write(caption, heads, lines) fills it; a
// line is { texts, attributes of its row, cells: attributes of each text but the name }.
// With press(i), a line is chosen by arrow keys and pressed by click, space and Enter.
// The cells stay the same elements while the size does, so focus stays too.
const listing = (press) => {
  const title = element("caption");
  const head = element("thead");
  const body = element("tbody");
  const role = press ? "grid" : undefined;
  const table = element("table", { role }, title, head, body);
  let at = 0;
  const set = (node, attributes) => {
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined) node.removeAttribute(key);
      else node.setAttribute(key, value);
    }
  };
  const mark = () => {
    for (const [i, row] of [...body.rows].entries()) row.tabIndex = i === at ? 0 : -1;
  };
  const write = (caption, heads, lines) => {
    title.textContent = caption;
    const cells = heads.map((text) => element("th", { scope: "col" }, text));
    head.replaceChildren(element("tr", {}, ...cells));
    const size = heads.length;
    while (body.rows.length > lines.length) body.lastChild.remove();
    for (const [i, { texts, cells: looks = [], ...attributes }] of lines.entries()) {
      let row = body.rows[i];
      if (row?.cells.length !== size) {
        const first = element("th", { scope: "row" });
        const others = texts.slice(1).map(() => element("td"));
        const fresh = element("tr", {}, first, ...others);
        if (row) row.replaceWith(fresh);
        else body.append(fresh);
        row = fresh;
      }
      set(row, attributes);
      for (const [j, text] of texts.entries()) {
        if (row.cells[j].textContent !== text) row.cells[j].textContent = text;
        if (j && looks[j - 1]) set(row.cells[j], looks[j - 1]);
      }
    }
    at = Math.min(at, lines.length - 1);
    if (press) mark();
  };
  const point = (next) => {
    at = clamp(next, 0, body.rows.length - 1);
    mark();
    body.rows[at].focus({ preventScroll: true });
  };
  if (press) {
    body.addEventListener("keydown", (event) => {
      const places = {
        ArrowUp: at - 1,
        ArrowDown: at + 1,
        Home: 0,
        End: body.rows.length - 1,
      };
      const { key } = event;
      if (event.altKey || event.metaKey || event.ctrlKey) return;
      if (key in places) point(places[key]);
      else if (key === " " || key === "Enter") press(at);
      else return;
      event.preventDefault();
    });
    body.addEventListener("click", ({ target }) => {
      const row = target.closest("tr");
      if (!row) return;
      point(row.sectionRowIndex);
      press(at);
    });
  }
  return { node: element("div", { class: "ce-listing" }, table), write };
};

const factList = () => {
  const node = element("dl", { class: "ce-facts" });
  const write = (pairs) =>
    node.replaceChildren(
      ...pairs.flatMap(([name, text]) => [
        element("dt", {}, name),
        element("dd", {}, text),
      ]),
    );
  return { node, write };
};

// a labelled slider, with its number; set(value) moves it
const slider = (text, [min, max], value, onInput, step = 1) => {
  const input = element("input", { type: "range", min, max, step, value });
  const shown = element("b", { "aria-hidden": true }, number(value));
  input.addEventListener("input", () => {
    shown.textContent = number(input.valueAsNumber);
    onInput(input.valueAsNumber);
  });
  const set = (next) => {
    input.value = next;
    shown.textContent = number(next);
  };
  const field = element(
    "span",
    { class: "ce-slider" },
    element("label", {}, element("span", {}, text), " ", input),
    shown,
  );
  return { field, set };
};
