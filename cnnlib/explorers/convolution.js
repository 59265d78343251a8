mount("convolution", (live, config) => {
  const { image, limits, presets } = config;
  const [imageRows, imageColumns] = [image.length, image[0].length];
  const pixels = [...image.flat(), 0];
  const low = Math.min(...pixels), high = Math.max(...pixels);
  let { kernel, strides, padding, row, column } = config;
  let seen = new Set();

  const original = (r, c) => (image[r - padding] || [])[c - padding];
  const inside = (r, c) => original(r, c) !== undefined;
  const pixel = (r, c) => original(r, c) || 0;
  const outputSize = () => [
    Math.floor((imageRows + 2 * padding - kernel.length) / strides) + 1,
    Math.floor((imageColumns + 2 * padding - kernel[0].length) / strides) + 1,
  ];
  const fits = (weights, border) => imageRows + 2 * border >= weights.length
    && imageColumns + 2 * border >= weights[0].length;
  // the multiply-add of one window: [pixel, weight] for each kernel cell, by row
  const products = (r, c) => kernel.map((weights, i) =>
    weights.map((weight, j) => [pixel(r * strides + i, c * strides + j), weight]));
  const total = (r, c) => products(r, c).flat().reduce((sum, [x, w]) => sum + x * w, 0);

  // controls
  const given = config.preset ? [] : [["given", "As given", kernel]];
  const kernels = new Map([...given, ...presets].map(([key, , weights]) => [key, weights]));
  const names = [...given, ...presets, ["edited", "Edited"]];
  const preset = choice("Kernel", names, config.preset || "given", (key) => {
    kernel = kernels.get(key);
    drawKernel();
    settings();
  });
  const upTo = (first, last) =>
    Array.from({ length: last - first + 1 }, (_, i) => [first + i, `${first + i}`]);
  const border = choice("Padding", upTo(0, limits.padding), padding, (value) => {
    padding = Number(value);
    settings();
  });
  const step = choice("Strides", upTo(1, limits.strides), strides, (value) => {
    strides = Number(value);
    settings();
  });
  const predict = element("input", { type: "checkbox" });
  predict.addEventListener("change", () => settings());

  const pictures = {
    image: part("ce-image", "grid"),
    kernel: part("ce-kernel"),
    output: part("ce-output", "grid"),
  };
  const stage = element("div", { class: "ce-stage" },
    ...Object.values(pictures).map(({ node }) => node));
  const sum = element("p", { class: "ce-sum" });
  const facts = element("dl", { class: "ce-facts" });
  const message = element("p", { class: "ce-message", role: "alert" });
  const spoken = element("p", { class: "ce-spoken", "aria-live": "polite" });
  live.append(
    element("div", { class: "ce-controls" }, preset.field, border.field, step.field,
      element("label", { class: "ce-check" }, predict, " Hide outputs until visited")),
    stage, message, element("div", { class: "ce-reading" }, sum, facts),
    element("p", { class: "ce-note" }, "Drag the window, or tab to image or output and ",
      "press the arrow keys, Home or End. Rows and columns count from 0, as in NumPy. ",
      "The weights of the kernel can be edited; × in the window shows them to 2 decimals."),
    spoken,
  );

  // kernel: one labelled input per weight
  const weigh = (r, c, input) => {
    const weight = input.valueAsNumber;
    const good = Math.abs(weight) <= limits.value; // false for NaN: empty or not a number
    input.setAttribute("aria-invalid", !good);
    const range = `${number(-limits.value)} to ${limits.value}`;
    message.textContent = good ? "" : `Kernel row ${r}, column ${c}: type a number `
      + `from ${range}. Until then ${number(kernel[r][c])} stays.`;
    if (!good) return;
    kernel = kernel.map((line) => [...line]);
    kernel[r][c] = weight;
    preset.select.value = "edited";
    settings();
  };
  const drawKernel = () => {
    message.textContent = "";
    const [rows, columns] = [kernel.length, kernel[0].length];
    pictures.kernel.caption.textContent = `Kernel ${rows} × ${columns}`;
    const { table } = pictures.kernel;
    fill(table, rows, columns, () => ({ text: "" }));
    kernel.forEach((line, r) => line.forEach((weight, c) => {
      const input = element("input", {
        type: "number", step: "any", value: Number(weight.toFixed(3)),
        "aria-label": `Kernel weight, row ${r}, column ${c}`,
      });
      input.addEventListener("input", () => weigh(r, c, input));
      input.addEventListener("blur", () => {
        if (input.getAttribute("aria-invalid") !== "true") return;
        input.value = Number(kernel[r][c].toFixed(3));
        input.setAttribute("aria-invalid", false);
        message.textContent = "";
      });
      table.rows[r].cells[c].replaceChildren(input);
    }));
  };

  // the style sheet makes long numbers small
  const setLongest = (table, property, texts) => table.style.setProperty(
    property, Math.max(3, ...texts.flat().map(({ length }) => length)));
  const draw = () => {
    const [rows, columns] = outputSize();
    const paddedRows = imageRows + 2 * padding, paddedColumns = imageColumns + 2 * padding;
    const height = kernel.length, width = kernel[0].length;
    const window = [row * strides, column * strides, height, width];
    seen.add(`${row},${column}`);
    stage.style.setProperty("--all", paddedColumns + width + columns);
    const marks = kernel.map((line) => line.map((w) => `×${number(Number(w.toFixed(2)))}`));
    setLongest(pictures.image.table, "--marks", marks);
    setLongest(pictures.kernel.table, "--chars", kernel.map((line) => line.map(number)));

    pictures.image.caption.textContent = `Image ${imageRows} × ${imageColumns}`
      + (padding ? ` + padding = ${paddedRows} × ${paddedColumns}` : "");
    fill(pictures.image.table, paddedRows, paddedColumns, (r, c) => {
      const gray = (pixel(r, c) - low) / (high - low || 1);
      const corner = r === window[0] && c === window[1];
      const framed = frameClass(r, c, window);
      const kind = inside(r, c) ? (gray < 0.46 ? "px deep" : "px") : "pad";
      return {
        text: number(pixel(r, c)),
        class: kind + framed,
        style: `--g:${gray.toFixed(3)}`,
        "data-weight": framed ? marks[r - window[0]][c - window[1]] : undefined,
        tabindex: corner ? 0 : undefined,
      };
    });

    const values = Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (_, c) => total(r, c)));
    const reach = Math.max(...values.flat().map(Math.abs)) || 1;
    pictures.output.caption.textContent = `Output ${rows} × ${columns}`;
    fill(pictures.output.table, rows, columns, (r, c) => {
      const here = r === row && c === column;
      const hidden = predict.checked && !seen.has(`${r},${c}`);
      return {
        text: number(values[r][c]),
        // the color would give the number away
        class: (hidden ? "unseen" : values[r][c] < 0 ? "neg" : "pos")
          + frameClass(r, c, [row, column, 1, 1]),
        style: `--t:${(Math.abs(values[r][c]) / reach).toFixed(3)}`,
        "aria-selected": here,
        "aria-label": hidden ? "not visited yet" : undefined,
        tabindex: here ? 0 : -1,
      };
    });
    writeSum(values[row][column]);
    writeFacts(rows, columns, height, width);
  };

  const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
  const writeSum = (value) => {
    const lines = products(row, column);
    const rounded = [...lines.flat(2), value].some(isRounded);
    sum.replaceChildren();
    lines.forEach((line, i) => {
      sum.append(element("span", {}, i ? "+" : `y[${row}, ${column}] =`), " ");
      line.forEach(([x, w], j) => {
        const kind = x * w === 0 ? "zero" : undefined;
        const term = element("i", { class: kind }, `${factor(x)}·${factor(w)}`);
        sum.append(j ? " + " : "", term);
      });
      sum.append(element("br"));
    });
    const sign = element("span", {}, rounded ? "≈" : "=");
    sum.append(sign, " ", element("b", {}, number(value)));
  };

  const writeFacts = (rows, columns, height, width) => {
    const side = (n, k, out) =>
      `⌊(${n} + 2·${padding} − ${k}) / ${strides}⌋ + 1 = ${out}`;
    const down = side(imageRows, height, rows);
    const across = side(imageColumns, width, columns);
    const both = down === across ? "rows and columns" : `rows, ${across} columns`;
    const times = `${height}·${width}`, products = rows * columns * height * width;
    facts.replaceChildren(...[
      ["Output size", `${down} ${both}`],
      ["Parameters", `${times} = ${height * width} weights, no bias`],
      ["Multiplications", `${rows}·${columns}·${times} = ${products}`],
    ].flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
  };

  const speak = () => {
    const value = number(total(row, column));
    spoken.textContent = `Output row ${row}, column ${column}: ${value}`;
  };
  const settings = () => {
    const [rows, columns] = outputSize();
    row = clamp(row, 0, rows - 1);
    column = clamp(column, 0, columns - 1);
    seen = new Set();
    // what does not fit cannot be chosen
    for (const option of border.select.options) {
      option.disabled = !fits(kernel, option.value);
    }
    for (const option of preset.select.options) {
      const weights = kernels.get(option.value); // none for "edited"
      option.disabled = !weights || !fits(weights, padding);
    }
    draw();
    speak();
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

  const place = () => [row, column];
  for (const { table } of [pictures.image, pictures.output]) {
    onKeys(table, place, outputSize, (r, c) => move(r, c, table));
  }
  let offset = [0, 0];
  const drag = (r, c) => {
    const [rows, columns] = outputSize();
    move(
      clamp(Math.round((r - offset[0]) / strides), 0, rows - 1),
      clamp(Math.round((c - offset[1]) / strides), 0, columns - 1),
      pictures.image.table,
      { preventScroll: true },
    );
  };
  onDrag(pictures.image.table, (r, c) => {
    const height = kernel.length, width = kernel[0].length;
    const top = row * strides, left = column * strides;
    // a press outside the window brings its middle there
    offset = frameClass(r, c, [top, left, height, width])
      ? [r - top, c - left] : [(height - 1) >> 1, (width - 1) >> 1];
    drag(r, c);
  }, drag);
  const visit = ({ target }) => {
    const td = target.closest("td");
    if (td) move(td.parentNode.rowIndex, td.cellIndex, pictures.output.table);
  };
  pictures.output.table.addEventListener("click", visit);
  pictures.output.table.addEventListener("focusin", visit);

  drawKernel();
  settings();
  spoken.textContent = ""; // nothing to announce before the reader acts
});
