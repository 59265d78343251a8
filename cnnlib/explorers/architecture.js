mount("architecture", (config, say) => {
  const nets = Object.fromEntries(
    config.nets.map(([key, title, size, channels, layers]) => [
      key,
      { title, size, channels, layers },
    ]),
  );
  const measures = Object.fromEntries(config.measures);
  const [least, most] = config.limits;
  let { bars } = config;
  // what is shown: the net, the side of its images, the row that is looked at
  const shown = config.shown.map(([net, size]) => ({ net, size, at: 0 }));

  const whole = (value) => value.toLocaleString("en-US");
  const times = (...values) => values.map(whole).join("·");
  const equals = (terms, result) => `${terms} = ${whole(result)}`;

  // a layer's row, from the shape before it; `fails` where a window does not fit
  const slide = ({ n }, k, s, p = 0) => {
    if (p === "same") return { side: Math.ceil(n / s), how: `⌈${n} / ${s}⌉` };
    const border = p === "valid" ? 0 : p;
    const room = n + 2 * border - k;
    const padded = border ? `${n} + 2·${border}` : `${n}`;
    const how = `⌊(${padded} − ${k}) / ${s}⌋ + 1`;
    return { side: Math.floor(room / s) + 1, how, fails: room < 0 && [k, padded] };
  };
  const windowed = (before, [k, s = 1, p], c, count, what) => {
    const { side, how, fails } = slide(before, k, s, p);
    if (fails) return { what, fails };
    const field = before.field + (k - 1) * before.jump;
    return {
      what,
      n: side,
      c,
      field,
      jump: before.jump * s,
      ...count(side),
      how: {
        output: `${how} = ${side}`,
        field: `${equals(`${before.field} + ${k - 1}·${before.jump}`, field)}`,
        ...count(side).how,
      },
    };
  };
  const nothing = () => ({ parameters: 0, multiplications: 0 });
  const pool =
    (words) =>
    (before, k = 2, s = k) => {
      const what = `${words} of ${k}×${k}${s === k ? "" : `, in steps of ${s}`}`;
      return windowed(before, [k, s], before.c, nothing, what);
    };
  const dense = (before, units, fixed = false) => {
    const inputs = before.n === undefined ? before.c : before.n * before.n * before.c;
    const weights = inputs * units;
    return {
      what: fixed ? `${units} fixed codes` : `dense, ${counted(units, "unit")}`,
      c: units,
      parameters: fixed ? 0 : weights + units,
      multiplications: weights,
      how: {
        parameters: fixed
          ? "none is trained"
          : equals(`${times(inputs, units)} + ${whole(units)}`, weights + units),
        multiplications: equals(times(inputs, units), weights),
      },
    };
  };
  const KINDS = {
    Conv2D: (
      before,
      filters,
      k,
      s = 1,
      p = 0,
      groups = 1,
      pairs = undefined,
      bias = true,
    ) => {
      const channels = groups > 1 ? `(${before.c}/${groups})` : `${before.c}`;
      const kernels = pairs ?? (before.c / groups) * filters;
      const written = `${k}·${k}·${pairs ?? `${channels}·${filters}`}`;
      const weights = k * k * kernels;
      const offset = bias ? filters : 0;
      const parts = groups > 1 ? `, ${groups} groups` : "";
      const table = pairs ? `, ${pairs} kernels` : "";
      const step = s > 1 ? `, in steps of ${s}` : "";
      const count = (side) => ({
        parameters: weights + offset,
        multiplications: side * side * weights,
        how: {
          parameters: equals(
            `${written}${bias ? ` + ${filters}` : ""}`,
            weights + offset,
          ),
          multiplications: equals(
            `${side}·${side} places, ${written}`,
            side * side * weights,
          ),
        },
      });
      const what = `${counted(filters, "filter")} of ${k}×${k}${step}${parts}${table}`;
      return windowed(before, [k, s, p], filters, count, what);
    },
    MaxPooling2D: pool("max"),
    AveragePooling2D: pool("mean"),
    Subsampling: (before, k = 2, s = k) => {
      const count = (side) => ({
        parameters: 2 * before.c,
        multiplications: side * side * before.c,
        how: {
          parameters: equals(`2·${before.c}`, 2 * before.c),
          multiplications: equals(times(side, side, before.c), side * side * before.c),
        },
      });
      const what = `sum of ${k}×${k}, times a weight, plus a bias`;
      return windowed(before, [k, s], before.c, count, what);
    },
    GlobalAveragePooling2D: ({ c }) => ({
      what: "mean of each channel",
      c,
      ...nothing(),
    }),
    Dense: (before, units) => dense(before, units),
    RBF: (before, units) => dense(before, units, true),
  };
  const shapeText = ({ n, c }) => (n === undefined ? `${c}` : `${n} × ${n} × ${c}`);
  const walk = ({ net, size }) => {
    const { channels, layers } = nets[net];
    let last = {
      name: "image",
      what: "the values that come in",
      n: size,
      c: channels,
      field: 1,
      jump: 1,
      ...nothing(),
    };
    const rows = [last];
    for (const [kind, name, ...values] of layers) {
      if (kind === "Flatten") continue;
      // null, from JSON, is a setting that was not given
      const given = values.map((value) => value ?? undefined);
      last = last.fails ? { fails: true } : KINDS[kind](last, ...given);
      rows.push(Object.assign(last, { name }));
    }
    for (const row of rows) {
      if (row.fails) continue;
      row.activations = (row.n ?? 1) ** 2 * row.c;
      const sides = row.n === undefined ? [row.c] : [row.n, row.n, row.c];
      row.how = {
        ...row.how,
        activations:
          sides.length > 1 ? equals(times(...sides), row.activations) : whole(row.c),
      };
    }
    const done = rows.filter(({ fails }) => !fails);
    const sum = (key) => done.reduce((total, row) => total + row[key], 0);
    const { field } = done.findLast((row) => row.field);
    const isWhole = done.length === rows.length;
    return {
      rows,
      failed: rows.find(({ fails }) => Array.isArray(fails)),
      totals: isWhole && {
        parameters: sum("parameters"),
        multiplications: sum("multiplications"),
        activations: sum("activations"),
        field,
      },
    };
  };
  const valueText = (row, key = bars) =>
    row.fails ? "—" : row[key] === undefined ? "all" : whole(row[key]);
  const share = (row, totals) =>
    bars === "field" || !row[bars] || !totals
      ? ""
      : `${((100 * row[bars]) / totals[bars]).toFixed(1)} %`;

  const view = (state) => {
    const title = element("caption");
    const head = element("tr");
    const body = element("tbody");
    const foot = element("tr");
    const table = element(
      "table",
      { role: "grid" },
      title,
      element("thead", {}, head),
      body,
      element("tfoot", {}, foot),
    );
    const facts = element("dl", { class: "ce-facts" });
    const alert = element("p", { class: "ce-message", role: "status" });
    const node = element("div", { class: "ce-panel" }, table, alert, facts);
    let now;
    const read = () => {
      now = walk(state);
      state.at = Math.min(state.at, now.rows.length - 1);
      return Math.max(...now.rows.map((row) => row[bars] || 0));
    };
    const choose = (at) => {
      state.at = clamp(at, 0, now.rows.length - 1);
      select();
      const row = now.rows[state.at];
      body.rows[state.at].focus();
      say(
        row.fails
          ? `${row.name}: no pixels left`
          : `${row.name}, ${row.what}: ${shapeText(row)}, ${valueText(row)} ${measures[bars].toLowerCase()}`,
      );
    };
    const select = () => {
      [...body.rows].forEach((line, i) => {
        line.setAttribute("aria-selected", i === state.at);
        line.setAttribute("tabindex", i === state.at ? 0 : -1);
      });
      const row = now.rows[state.at];
      const { how = {} } = row;
      const told = row.fails
        ? [["Layer", row.name]]
        : [
            ["Layer", `${row.name}: ${row.what}`],
            [
              "Output",
              how.output ? `${how.output}, so ${shapeText(row)}` : shapeText(row),
            ],
            ...["parameters", "multiplications", "activations"].map((key) => [
              measures[key],
              how[key] ?? "0",
            ]),
            [measures.field, row.field ? (how.field ?? "1") : "all of the image"],
          ];
      facts.replaceChildren(
        ...told.flatMap(([name, text]) => [
          element("dt", {}, name),
          element("dd", {}, text),
        ]),
      );
    };
    const draw = (reach) => {
      const { channels } = nets[state.net];
      title.textContent = `${nets[state.net].title}, image ${state.size} × ${state.size} × ${channels}`;
      const heads = [
        "Layer",
        "Output",
        measures[bars],
        bars === "field" ? "" : "Share",
      ];
      head.replaceChildren(
        ...heads.map((text) =>
          element(text ? "th" : "td", { scope: text ? "col" : undefined }, text),
        ),
      );
      body.replaceChildren(
        ...now.rows.map((row) =>
          element(
            "tr",
            {
              style: `--share:${(row[bars] || 0) / (reach || 1)}`,
              class: row.fails ? "out" : undefined,
            },
            element("th", { scope: "row" }, row.name),
            element("td", {}, row.fails ? "—" : shapeText(row)),
            element("td", {}, valueText(row)),
            element("td", {}, share(row, now.totals)),
          ),
        ),
      );
      const total = now.totals ? whole(now.totals[bars]) : "—";
      foot.replaceChildren(
        element("th", { scope: "row" }, bars === "field" ? "Largest" : "Total"),
        element("td"),
        element("td", {}, total),
        element("td"),
      );
      const { failed } = now;
      alert.textContent = failed
        ? `${failed.name} runs out of pixels: a window of ${failed.fails[0]} × ${failed.fails[0]} ` +
          `does not fit into ${failed.fails[1]} × ${failed.fails[1]}.`
        : "";
      select();
    };
    body.addEventListener("keydown", (event) => {
      const ends = { Home: 0, End: now.rows.length - 1 };
      const steps = { ArrowUp: -1, ArrowDown: 1 };
      const { key } = event;
      if (event.altKey || event.metaKey || event.ctrlKey) return;
      if (key in ends) choose(ends[key]);
      else if (key in steps) choose(state.at + steps[key]);
      else return;
      event.preventDefault();
    });
    body.addEventListener("click", ({ target }) => {
      const line = target.closest("tr");
      if (line) choose(line.sectionRowIndex);
    });
    const told = () =>
      now.failed
        ? alert.textContent
        : `${title.textContent}: ${valueText(now.totals)} ${measures[bars].toLowerCase()}`;
    return { node, read, draw, told, state };
  };

  const panels = element("div", { class: "ce-panels" });
  const hint = element("p", { class: "ce-message", role: "alert" });
  let views;
  const draw = (speaks = true) => {
    const reach = Math.max(...views.map((each) => each.read()));
    for (const each of views) each.draw(reach);
    if (speaks) say(views.map((each) => each.told()).join(" "));
  };
  const arrange = () => {
    views = shown.map(view);
    panels.replaceChildren(...views.map(({ node }) => node));
  };
  const chooser = (label, index, options) => {
    const pixels = element("input", {
      type: "number",
      min: least,
      max: most,
      "aria-label": `${label}: pixels of its images`,
    });
    const fit = () => {
      pixels.disabled = !shown[index];
      pixels.value = shown[index]?.size ?? "";
      pixels.setAttribute("aria-invalid", false);
      hint.textContent = "";
    };
    const net = choice(label, options, shown[index]?.net ?? "", (key) => {
      if (key) shown[index] = { net: key, size: nets[key].size, at: 0 };
      else shown.pop();
      fit();
      arrange();
      draw();
    });
    pixels.addEventListener("input", () => {
      const value = pixels.valueAsNumber;
      const good = Number.isInteger(value) && value >= least && value <= most;
      pixels.setAttribute("aria-invalid", !good);
      hint.textContent = good
        ? ""
        : `Type a whole number from ${least} to ${most}. Until then ${shown[index].size} stays.`;
      if (!good) return;
      shown[index].size = value;
      draw();
    });
    pixels.addEventListener("blur", () => {
      if (pixels.getAttribute("aria-invalid") === "true") fit();
    });
    fit();
    const field = element("label", {}, "pixels ", pixels);
    return element("span", { class: "ce-keys" }, net.field, field);
  };
  const all = Object.entries(nets).map(([key, { title }]) => [key, title]);
  const measure = choice("Bars", config.measures, bars, (key) => {
    bars = key;
    draw();
  });
  arrange();
  draw(false);
  return [
    controls(
      chooser("Net", 0, all),
      chooser("Beside it", 1, [["", "none"], ...all]),
      measure.field,
    ),
    hint,
    panels,
    element(
      "p",
      { class: "ce-note" },
      "Click a layer, or tab to a table and press the arrow keys, Home or End: below ",
      "stands how its numbers come about. Two nets have bars on one scale. ",
      config.note,
    ),
  ];
});
