mount("gradient", (live, config) => {
  const { x, w, limit } = config;
  const k = w.length;
  let { dy, target } = config;
  let row = 0, column = 0;

  const turned = [...w].reverse().map((line) => [...line].reverse());
  const at = (matrix, r, c) => (matrix[r] || [])[c];
  const grid = (rows, columns, make) => Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => make(r, c)));
  const size = (matrix) => [matrix.length, matrix[0].length];
  const by = (matrix) => size(matrix).join(" × ");
  // what is slid over, what slides over it, and the zeros on each side
  const view = () => {
    if (target === "kernel") return { image: x, kernel: dy, border: 0 };
    const border = k - 1;
    const [rows, columns] = size(dy).map((side) => side + 2 * border);
    const image = grid(rows, columns, (r, c) => at(dy, r - border, c - border) || 0);
    return { image, kernel: turned, border };
  };
  const outputSize = () => {
    const { image, kernel } = view();
    return size(image).map((side, axis) => side - size(kernel)[axis] + 1);
  };
  // [what lies below, weight] for each cell of the window, row by row
  const products = ({ image, kernel }, r, c) => kernel.flatMap((line, i) =>
    line.map((weight, j) => [image[r + i][c + j], weight]));
  const total = (parts, r, c) =>
    products(parts, r, c).reduce((sum, [value, weight]) => sum + value * weight, 0);

  // controls
  const [rowsY, columnsY] = size(dy);
  const presets = new Map([
    ["given", ["As given", dy]],
    ["ones", ["All ones", grid(rowsY, columnsY, () => 1)]],
    ["count", ["1, 2, 3, …", grid(rowsY, columnsY, (r, c) => r * columnsY + c + 1)]],
    ...grid(rowsY, columnsY, (r, c) => [`${r},${c}`, [`Only [${r}, ${c}]`,
      grid(rowsY, columnsY, (i, j) => Number(i === r && j === c))]]).flat(),
  ]);
  const names = [...presets].map(([key, [text]]) => [key, text]);
  const upstream = choice("Upstream ∂Y", [...names, ["edited", "Edited"]], "given", (key) => {
    dy = presets.get(key)[1];
    fields();
    draw();
    speak();
  });
  upstream.select.lastChild.disabled = true;
  const gradient = choice("Gradient for", config.targets, target, (key) => {
    target = key;
    [row, column] = [0, 0];
    draw();
    speak();
  });

  const editor = part("ce-upstream");
  const pictures = {
    image: part("ce-image", "grid"), kernel: part("ce-kernel"), output: part("ce-output", "grid"),
  };
  const stage = element("div", { class: "ce-stage" },
    ...Object.values(pictures).map(({ node }) => node));
  const above = element("div", { class: "ce-stage" }, editor.node);
  const sum = element("p", { class: "ce-sum" });
  const facts = element("dl", { class: "ce-facts" });
  const message = element("p", { class: "ce-message", role: "alert" });
  const spoken = element("p", { class: "ce-spoken", "aria-live": "polite" });
  live.append(
    element("div", { class: "ce-controls" }, gradient.field, upstream.field),
    above, message, stage, element("div", { class: "ce-reading" }, sum, facts),
    element("p", { class: "ce-note" }, "Drag the window, or tab to a table and press the arrow ",
      "keys, Home or End. Rows and columns count from 0. The upstream numbers can be edited. ",
      "The small number in a cell of the window is the weight that lies on it."),
    spoken,
  );

  // the upstream gradient: one labelled field for each number
  const write = (r, c, field) => {
    const value = field.valueAsNumber;
    const good = Math.abs(value) <= limit; // false for NaN: empty or not a number
    field.setAttribute("aria-invalid", !good);
    message.textContent = good ? "" : `Upstream row ${r}, column ${c}: type a number from `
      + `${number(-limit)} to ${limit}. Until then ${number(dy[r][c])} stays.`;
    if (!good) return;
    dy = dy.map((line) => [...line]);
    dy[r][c] = value;
    upstream.select.value = "edited";
    draw();
    speak();
  };
  const fields = () => {
    message.textContent = "";
    editor.caption.textContent = `Type the upstream ∂Y ${by(dy)}`;
    above.style.setProperty("--all", columnsY);
    fill(editor.table, rowsY, columnsY, () => ({ text: "" }));
    dy.forEach((line, r) => line.forEach((value, c) => {
      const field = element("input", {
        type: "number", step: "any", value, "aria-label": `Upstream row ${r}, column ${c}`,
      });
      field.addEventListener("input", () => write(r, c, field));
      field.addEventListener("blur", () => {
        if (field.getAttribute("aria-invalid") !== "true") return;
        field.value = dy[r][c];
        field.setAttribute("aria-invalid", false);
        message.textContent = "";
      });
      editor.table.rows[r].cells[c].replaceChildren(field);
    }));
  };

  const draw = () => {
    const parts = view();
    const { image, kernel, border } = parts;
    const [height, width] = size(image), [tall, wide] = size(kernel);
    const [rows, columns] = outputSize();
    const window = [row, column, tall, wide];
    const values = grid(rows, columns, (r, c) => total(parts, r, c));
    const isInput = target === "input";
    stage.style.setProperty("--all", width + wide + columns);

    const numbers = [...image.flat(), 0];
    const low = Math.min(...numbers), high = Math.max(...numbers);
    pictures.image.caption.textContent = isInput
      ? `Upstream ∂Y with zeros ${by(image)}` : `X ${by(image)}`;
    fill(pictures.image.table, height, width, (r, c) => {
      const gray = (image[r][c] - low) / (high - low || 1);
      const inside = r >= border && c >= border && r < height - border && c < width - border;
      const framed = frameClass(r, c, window);
      return {
        text: number(image[r][c]),
        class: (inside ? (gray < 0.46 ? "px deep" : "px") : "pad") + framed,
        style: `--g:${gray.toFixed(3)}`,
        "data-weight": framed ? `×${number(kernel[r - row][c - column])}` : undefined,
        tabindex: r === row && c === column ? 0 : undefined,
      };
    });
    pictures.kernel.caption.textContent = isInput ? "Kernel, turned" : `Upstream ∂Y ${by(dy)}`;
    fill(pictures.kernel.table, tall, wide, (r, c) => ({ text: number(kernel[r][c]) }));
    const reach = Math.max(...values.flat().map(Math.abs)) || 1;
    pictures.output.caption.textContent = `${isInput ? "∂X" : "∂K"} ${by(values)}`;
    fill(pictures.output.table, rows, columns, (r, c) => ({
      text: number(values[r][c]),
      class: (values[r][c] < 0 ? "neg" : "pos") + frameClass(r, c, [row, column, 1, 1]),
      style: `--t:${(Math.abs(values[r][c]) / reach).toFixed(3)}`,
      "aria-selected": r === row && c === column,
      tabindex: r === row && c === column ? 0 : -1,
    }));
    writeSum(parts, values[row][column]);
    writeFacts();
  };

  const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
  const writeSum = (parts, value) => {
    const name = target === "input" ? "∂X" : "∂K";
    const { image, kernel } = parts;
    const rounded = [...image.flat(), ...kernel.flat(), value].some(isRounded);
    sum.replaceChildren(`${name}[${row}, ${column}] = `);
    products(parts, row, column).forEach(([below, weight], i) => {
      const kind = below * weight === 0 ? "zero" : undefined;
      const term = element("i", { class: kind }, `${factor(below)}·${factor(weight)}`);
      sum.append(i ? " + " : "", term);
    });
    sum.append(` ${rounded ? "≈" : "="} `, element("b", {}, number(value)));
  };
  const writeFacts = () => {
    const isInput = target === "input";
    const shape = isInput ? `∂X has the shape of X, ${by(x)}` : `∂K has the shape of K, ${by(w)}`;
    const bias = dy.flat().reduce((all, value) => all + value, 0);
    const sign = dy.flat().some(isRounded) ? "≈" : "=";
    facts.replaceChildren(...[
      ["Shape", shape],
      ["Bias", `∂b = ${dy.flat().map(factor).join(" + ")} ${sign} ${number(bias)}`],
    ].flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
  };
  const speak = () => {
    const name = target === "input" ? "Input" : "Kernel";
    spoken.textContent = `${name} gradient row ${row}, column ${column}: `
      + number(total(view(), row, column));
  };

  // move the window; the focus goes along to the tab stop of the table
  const move = (r, c, table, options) => {
    if (r !== row || c !== column) {
      [row, column] = [r, c];
      draw();
      speak();
    }
    table.querySelector('[tabindex="0"]').focus(options);
  };
  for (const { table } of [pictures.image, pictures.output]) {
    onKeys(table, () => [row, column], outputSize, (r, c) => move(r, c, table));
  }
  let offset = [0, 0];
  const drag = (r, c) => {
    const most = outputSize();
    move(...[r, c].map((place, axis) => clamp(place - offset[axis], 0, most[axis] - 1)),
      pictures.image.table, { preventScroll: true });
  };
  onDrag(pictures.image.table, (r, c) => {
    const inWindow = [r - row, c - column], sides = size(view().kernel);
    const hit = inWindow.every((i, axis) => i >= 0 && i < sides[axis]);
    // a press outside the window brings its middle there
    offset = hit ? inWindow : sides.map((side) => (side - 1) >> 1);
    drag(r, c);
  }, drag);
  const visit = ({ target: node }) => {
    const td = node.closest("td");
    if (td) move(td.parentNode.rowIndex, td.cellIndex, pictures.output.table);
  };
  pictures.output.table.addEventListener("click", visit);
  pictures.output.table.addEventListener("focusin", visit);

  fields();
  draw();
});
