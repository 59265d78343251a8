mount("connections", (config, say) => {
  const { names, kernel, size, presets } = config;
  const [noun, other] = names;
  const tables = new Map(presets.map(([key, , values]) => [key, values]));
  let table = tables.get(config.start);
  let place = [0, 0];
  const [channels, filters] = shapeOf(table);
  const sides = kernel.join("·");
  const weightsOfPair = kernel.reduce((a, b) => a * b);
  const sum = (values) => values.reduce((a, b) => a + b);
  const column = (f) => table.map((line) => line[f]);
  const columns = () => table[0].map((_, f) => column(f));

  // what one filter sees, as Python's reading()
  const reading = (f) => {
    const seen = column(f).flatMap((isOn, c) => (isOn ? [c] : []));
    const which = seen.join(", ") || "none";
    return {
      lines: [
        [`${other} ${f}`, `sees ${noun}${seen.length === 1 ? "" : "s"} ${which}`],
        ["it has", `${seen.length}·${sides} + 1`],
      ],
      sign: "=",
      result: number(seen.length * weightsOfPair + 1),
      remark: "parameters",
    };
  };
  const asGroups = () => {
    const n = channels / sum(column(0)); // groups that the first filter speaks for
    const isBlock = columns().every((seen, f) =>
      seen.every(
        (isOn, c) =>
          isOn ===
          Number(Math.floor((c * n) / channels) === Math.floor((f * n) / filters)),
      ),
    );
    if (!Number.isInteger(n) || filters % n || !isBlock)
      return "none: these are not equal blocks";
    const blocks = n === 1 ? "one block" : `${n} blocks`;
    return `groups=${n}: ${blocks} of ${channels / n} × ${filters / n}`;
  };
  const facts = () => {
    const seen = columns().map(sum);
    const counts = new Map();
    for (const n of [...seen].sort((a, b) => a - b)) {
      counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    const terms = [...counts].map(([n, times]) => `${times}·${n}`).join(" + ");
    const pairs = sum(seen);
    const weights = pairs * weightsOfPair;
    const parameters = weights + filters;
    const connections = parameters * size.reduce((a, b) => a * b);
    return [
      ["Pairs", `${terms} = ${pairs} of ${channels * filters}`],
      ["Weights", `${pairs}·${sides} = ${thousands(weights)}`],
      [
        "Parameters",
        `${thousands(weights)} + ${filters} biases = ${thousands(parameters)}`,
      ],
      [
        "Connections",
        `${thousands(parameters)}·${size.join("·")} = ${thousands(connections)}`,
      ],
      ["As groups", asGroups()],
    ];
  };

  // the table with its numbers and sums
  const where = part("connections", "grid");
  const heads = (...texts) => texts.map((text) => element("th", {}, `${text}`));
  const cells = grid(channels, filters, () => element("td"));
  const ends = heads(...table.map(() => ""));
  const feet = heads("sum", ...table[0].map(() => ""), "");
  where.caption.textContent = `Rows: ${noun}s. Columns: ${other}s`;
  where.table.append(
    element("thead", {}, element("tr", {}, ...heads("", ...table[0].keys(), "sum"))),
    element(
      "tbody",
      {},
      ...cells.map((line, c) => element("tr", {}, ...heads(c), ...line, ends[c])),
    ),
    element("tfoot", {}, element("tr", {}, ...feet)),
  );
  where.table.style.setProperty("--cols", filters);
  where.table.style.setProperty("--rows", channels);

  const sums = element("p", { class: "ce-sum" });
  // unseen, it keeps the room that the longest list takes
  const room = element("p", { class: "ce-room", "aria-hidden": true });
  const list = element("dl", { class: "ce-facts" });
  const draw = () => {
    grid(channels, filters, (r, c) => {
      const isOn = table[r][c] === 1;
      const isHere = `${r},${c}` === place.join();
      const cell = cells[r][c];
      cell.textContent = table[r][c];
      cell.className =
        (isOn ? "on" : "") + frameClass(r, c, [0, place[1], channels, 1]);
      cell.tabIndex = isHere ? 0 : -1;
      cell.setAttribute("aria-selected", isOn);
    });
    for (const [c, line] of table.entries()) ends[c].textContent = sum(line);
    for (const [f, seen] of columns().entries()) feet[f + 1].textContent = sum(seen);
    feet.at(-1).textContent = sum(table.flat());
    const now = reading(place[1]);
    sums.replaceChildren(...sumNodes(now));
    const [[lead]] = now.lines;
    const all = `sees ${noun}s ${[...table.keys()].join(", ")}`;
    room.replaceChildren(...sumNodes({ ...now, lines: [[lead, all], now.lines[1]] }));
    list.replaceChildren(
      ...facts().flatMap(([name, text]) => [
        element("dt", {}, name),
        element("dd", {}, text),
      ]),
    );
  };
  const speak = () => {
    const [r, c] = place;
    const { lines, result } = reading(c);
    say(
      `${noun} ${r} and ${other} ${c}: ${table[r][c] ? "connected" : "not connected"}. ` +
        `${other} ${c} ${lines[0][1]}: ${result} parameters, of ${facts()[2][1].split(" = ")[1]}`,
    );
  };
  const point = (next) => {
    if (next.join() === place.join()) return;
    place = next;
    draw();
    speak();
    const { activeElement } = document;
    if (where.table.contains(activeElement)) {
      cells[place[0]][place[1]].focus({ preventScroll: true });
    }
  };
  const toggle = () => {
    const [r, c] = place;
    table = table.with(r, table[r].with(c, 1 - table[r][c]));
    preset.select.value = "edited";
    draw();
    speak();
    return true;
  };

  onKeys(
    where.table,
    () => place,
    () => [channels, filters],
    point,
    toggle,
  );
  const at = ({ target }) => {
    const cell = target.closest("td");
    return cell && [cell.parentNode.rowIndex - 1, cell.cellIndex - 1];
  };
  // The mouse points before it presses. A finger cannot, so its first tap points, and a
  // tap on the framed column connects.
  let isFramed = true;
  where.table.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && at(event)) point(at(event));
  });
  where.table.addEventListener("pointerdown", (event) => {
    if (at(event)) isFramed = at(event)[1] === place[1];
  });
  where.table.addEventListener("click", (event) => {
    if (!at(event)) return;
    point(at(event));
    if (isFramed) toggle();
    isFramed = true;
  });

  const preset = choice(
    "Table",
    [...presets.map(([key, text]) => [key, text]), ["edited", "Edited"]],
    config.start,
    (key) => {
      table = tables.get(key);
      draw();
      speak();
    },
  );
  preset.select.lastChild.disabled = true;
  draw();
  return [
    controls(preset.field),
    element(
      "div",
      { class: "ce-panel" },
      element("div", { class: "ce-stage" }, where.node),
      element(
        "div",
        { class: "ce-reading" },
        element("div", { class: "ce-slot" }, sums, room),
        list,
      ),
    ),
    element(
      "p",
      { class: "ce-note" },
      `1: the ${other} of this column sees the ${noun} of this row. Point at a cell, `,
      "or tab to the table and press the arrow keys, Home or End. A click or Space ",
      "connects and disconnects; with a finger, tap a column first.",
    ),
  ];
});
