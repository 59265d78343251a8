mount("pooling", (live, config) => {
  const { limits } = config;
  let { x, pool_size: size, strides, operation } = config;
  let row = 0, column = 0, shift = [0, 0];

  const pixel = (r, c, [down, right] = shift) => (x[r - down] || [])[c - right] || 0;
  const outputSize = () =>
    [x.length, x[0].length].map((n) => Math.floor((n - size) / strides) + 1);
  const grid = (rows, columns, make) => Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => make(r, c)));
  // the cells of one window, row by row: [value, row, column]
  const cells = (r, c, by = shift) => grid(size, size, (i, j) => {
    const [down, right] = [r * strides + i, c * strides + j];
    return [pixel(down, right, by), down, right];
  }).flat();
  // [value, row, column] of an output: where a maximum came from; no place for an average
  const pooled = (r, c, by = shift) => {
    const window = cells(r, c, by);
    if (operation === "max") return window.reduce((best, cell) => (cell[0] > best[0] ? cell : best));
    return [window.reduce((sum, [value]) => sum + value, 0) / window.length];
  };
  const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  // controls
  const given = config.preset ? [] : [["given", "As given", x]];
  const inputs = new Map([...given, ...config.presets].map(([key, , values]) => [key, values]));
  const input = choice("Input", [...given, ...config.presets, ["edited", "Edited"]],
    config.preset || "given", (key) => {
      x = inputs.get(key);
      shift = [0, 0];
      settings();
    });
  input.select.lastChild.disabled = true;
  const upTo = ([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => [first + i, `${first + i}`]);
  const pool = choice("Pooling", [["max", "max"], ["average", "average"]], operation, (key) => {
    operation = key;
    settings();
  });
  const side = choice("Pool size", upTo(limits.pool_size), size, (value) => {
    size = Number(value);
    settings();
  });
  const step = choice("Strides", upTo(limits.strides), strides, (value) => {
    strides = Number(value);
    settings();
  });
  const edit = element("input", { type: "checkbox" });
  edit.addEventListener("change", () => {
    shift = [0, 0];
    settings();
  });
  const reachable = (by) => Math.max(...by.map(Math.abs)) <= limits.shift;
  const button = (text, label, onClick) => {
    const node = element("button", { type: "button", "aria-label": label }, text);
    node.addEventListener("click", onClick);
    return node;
  };
  const arrows = [["←", "left", 0, -1], ["→", "right", 0, 1], ["↑", "up", -1, 0], ["↓", "down", 1, 0]]
    .map(([text, way, down, right]) => {
      const next = () => [shift[0] + down, shift[1] + right];
      const node = button(text, `Shift the input ${way} by one pixel`, () => {
        edit.checked = false; // what is edited is the input before any shift
        if (reachable(next())) shift = next();
        settings();
      });
      return { node, next };
    });
  const back = button("Back", "Shift the input back", () => {
    shift = [0, 0];
    settings();
  });

  const pictures = { image: part("ce-image", "grid"), output: part("ce-output", "grid") };
  const editor = part("ce-image"); // in place of the image while its numbers are edited
  const stage = element("div", { class: "ce-stage" });
  const moved = element("p", { class: "ce-shift" });
  const sum = element("p", { class: "ce-sum" });
  const facts = element("dl", { class: "ce-facts" });
  const message = element("p", { class: "ce-message", role: "alert" });
  const spoken = element("p", { class: "ce-spoken", "aria-live": "polite" });
  live.append(
    element("div", { class: "ce-controls" }, input.field, pool.field, side.field, step.field,
      element("label", { class: "ce-check" }, edit, " Edit the numbers"),
      element("span", { class: "ce-keys", role: "group", "aria-label": "Shift the input" },
        "Shift the input ", ...arrows.map(({ node }) => node), back)),
    stage, moved, message, element("div", { class: "ce-reading" }, sum, facts),
    element("p", { class: "ce-note" }, "Drag the window, or tab to input or output and press the ",
      "arrow keys, Home or End. Rows and columns count from 0. Orange: where the framed output ",
      "came from; underlined: where the others did. The small numbers under an output are the ",
      "row and column of its origin. Where maxima tie, the first one counts, row by row. ",
      "A shift brings zeros in."),
    spoken,
  );

  const write = (r, c, field) => {
    const value = field.valueAsNumber;
    const good = Math.abs(value) <= limits.value; // false for NaN: empty or not a number
    field.setAttribute("aria-invalid", !good);
    message.textContent = good ? "" : `Input row ${r}, column ${c}: type a number from `
      + `${number(-limits.value)} to ${limits.value}. Until then ${number(x[r][c])} stays.`;
    if (!good) return;
    x = x.map((line) => [...line]);
    x[r][c] = value;
    input.select.value = "edited";
    draw();
    speak();
  };
  // editor: one labelled field for each number
  const fields = () => {
    fill(editor.table, x.length, x[0].length, () => ({ text: "" }));
    x.forEach((line, r) => line.forEach((value, c) => {
      const field = element("input", {
        type: "number", step: "any", value, "aria-label": `Input row ${r}, column ${c}`,
      });
      field.addEventListener("input", () => write(r, c, field));
      field.addEventListener("blur", () => {
        if (field.getAttribute("aria-invalid") !== "true") return;
        field.value = x[r][c];
        field.setAttribute("aria-invalid", false);
        message.textContent = "";
      });
      editor.table.rows[r].cells[c].replaceChildren(field);
    }));
  };

  const draw = () => {
    const [rows, columns] = outputSize();
    const [height, width] = [x.length, x[0].length];
    const window = [row * strides, column * strides, size, size];
    const results = grid(rows, columns, (r, c) => pooled(r, c));
    const origin = results[row][column].slice(1).join();
    const origins = new Set(results.flat().map((result) => result.slice(1).join()));
    const values = [...x.flat(), 0];
    const low = Math.min(...values), high = Math.max(...values);
    stage.style.setProperty("--all", width + columns);

    const source = edit.checked ? editor : pictures.image;
    source.caption.textContent = `Input ${height} × ${width}`;
    const look = (r, c) => {
      const gray = (pixel(r, c) - low) / (high - low || 1);
      const place = `${r},${c}`;
      const mark = origins.has(place) ? `kept${place === origin ? " from" : ""} ` : "";
      return {
        class: `${mark}${gray < 0.46 ? "px deep" : "px"}${frameClass(r, c, window)}`,
        style: `--g:${gray.toFixed(3)}`,
      };
    };
    if (edit.checked) {
      x.forEach((line, r) => line.forEach((_, c) => {
        for (const [key, value] of Object.entries(look(r, c))) {
          editor.table.rows[r].cells[c].setAttribute(key, value);
        }
      }));
    } else {
      fill(source.table, height, width, (r, c) => ({
        text: number(pixel(r, c)), ...look(r, c),
        tabindex: r === window[0] && c === window[1] ? 0 : undefined,
      }));
    }

    const reach = Math.max(...results.flat().map(([value]) => Math.abs(value))) || 1;
    pictures.output.caption.textContent = `Output ${rows} × ${columns}`;
    const changes = [];
    fill(pictures.output.table, rows, columns, (r, c) => {
      const [value, ...place] = results[r][c];
      const [before] = pooled(r, c, [0, 0]);
      const changed = before !== value;
      if (changed) changes.push(`[${r}, ${c}] ${number(before)} → ${number(value)}`);
      return {
        text: number(value),
        class: (value < 0 ? "neg" : "pos") + (changed ? " changed" : "")
          + frameClass(r, c, [row, column, 1, 1]),
        style: `--t:${(Math.abs(value) / reach).toFixed(3)}`,
        "data-from": place.length ? place.join(", ") : undefined,
        "aria-selected": r === row && c === column,
        tabindex: r === row && c === column ? 0 : -1,
      };
    });
    writeShift(changes, rows * columns);
    writeSum(results[row][column]);
    writeFacts(rows, columns, origins.size);
  };

  const writeShift = (changes, outputs) => {
    const ways = [[shift[0], "up", "down"], [shift[1], "left", "right"]]
      .filter(([by]) => by)
      .map(([by, less, more]) => `${Math.abs(by)} ${by < 0 ? less : more}`);
    const list = changes.length && changes.length <= 4 ? `: ${changes.join("; ")}` : "";
    moved.textContent = ways.length
      ? `Shifted ${ways.join(", ")}: ${changes.length} of ${counted(outputs, "output")} changed${list}.`
      : "";
  };
  const writeSum = ([value, down, right]) => {
    const values = cells(row, column).map(([each]) => each);
    const shown = values.map(number);
    const result = element("b", {}, number(value));
    const start = `y[${row}, ${column}] =`;
    if (operation === "average") {
      const total = shown.map((text, i) => (values[i] < 0 ? `(${text})` : text)).join(" + ");
      const sign = isRounded(value) ? "≈" : "=";
      sum.replaceChildren(`${start} (${total}) / ${values.length} ${sign} `, result);
      return;
    }
    const ties = values.filter((each) => each === value).length;
    sum.replaceChildren(`${start} max(${shown.join(", ")}) = `, result,
      ` from input row ${down}, column ${right}`
      + (ties > 1 ? `: ${ties} cells tie, the first one, row by row, counts` : ""));
  };
  const writeFacts = (rows, columns, kept) => {
    const sides = [[x.length, rows], [x[0].length, columns]]
      .map(([n, out]) => `⌊(${n} − ${size}) / ${strides}⌋ + 1 = ${out}`);
    const both = sides[0] === sides[1] ? "rows and columns" : `rows, ${sides[1]} columns`;
    const stay = operation === "max" ? `${kept} of ${x.flat().length}`
      : `none as it is: each output is a mean of ${size * size}`;
    facts.replaceChildren(...[
      ["Output size", `${sides[0]} ${both}`], ["Values that stay", stay], ["Parameters", "0"],
    ].flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
  };

  const speak = () => {
    const [value, ...place] = pooled(row, column);
    const from = place.length ? ` from input row ${place[0]}, column ${place[1]}` : "";
    spoken.textContent = `Output row ${row}, column ${column}: ${number(value)}${from}. `
      + moved.textContent;
  };
  const settings = () => {
    const [rows, columns] = outputSize();
    [row, column] = [clamp(row, 0, rows - 1), clamp(column, 0, columns - 1)];
    message.textContent = "";
    if (edit.checked) fields();
    stage.replaceChildren((edit.checked ? editor : pictures.image).node, pictures.output.node);
    for (const { node, next } of arrows) node.setAttribute("aria-disabled", !reachable(next()));
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
  for (const { table } of Object.values(pictures)) {
    onKeys(table, () => [row, column], outputSize, (r, c) => move(r, c, table));
  }
  let offset = [0, 0];
  const drag = (r, c) => {
    const most = outputSize();
    move(...[r - offset[0], c - offset[1]].map((start, axis) =>
      clamp(Math.round(start / strides), 0, most[axis] - 1)),
    pictures.image.table, { preventScroll: true });
  };
  onDrag(pictures.image.table, (r, c) => {
    const inWindow = [r - row * strides, c - column * strides];
    const hit = inWindow.every((i) => i >= 0 && i < size);
    // a press outside the window brings its middle there
    offset = hit ? inWindow : [(size - 1) >> 1, (size - 1) >> 1];
    drag(r, c);
  }, drag);
  const visit = ({ target }) => {
    const td = target.closest("td");
    if (td) move(td.parentNode.rowIndex, td.cellIndex, pictures.output.table);
  };
  pictures.output.table.addEventListener("click", visit);
  pictures.output.table.addEventListener("focusin", visit);

  settings();
  spoken.textContent = ""; // nothing to announce before the reader acts
});
