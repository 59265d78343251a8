mount("frozen", (config, say) => {
  const [normTitle, normHead, ...normNames] = config.titles;
  const rowOf = ([name, layers, norms, shape, weights, arrays, channels]) => ({
    name,
    layers,
    norms,
    shape,
    weights,
    arrays,
    channels,
    parameters: weights + 4 * channels,
  });
  const nets = new Map(
    config.nets.map(([key, title, base, heads, cases]) => [
      key,
      {
        title,
        base: base.map(rowOf),
        heads: new Map(
          heads.map(([name, words, rows]) => [name, { words, rows: rows.map(rowOf) }]),
        ),
        cases,
      },
    ]),
  );
  let { net, head, trainable } = config;
  let frozen = new Set(config.frozen);
  let training = true;

  const now = () => nets.get(net);
  const rows = () => [...now().base, ...now().heads.get(head).rows];
  const isFrozen = ({ name }) => frozen.has(name);
  const sum = (some, count) => some.reduce((total, row) => total + count(row), 0);
  const all = ({ parameters }) => parameters;
  const trained = ({ weights, channels }) => weights + (trainable ? 2 * channels : 0);
  const python = (flag) => (flag ? "True" : "False");
  const short = (names) => names[0] + (names.length > 1 ? `–${names.length}` : "");
  // which of the variables of a batch normalization move, and what it normalizes by
  const normNow = () =>
    config.norm
      .find(([first, second]) => first === trainable && second === training)
      .slice(2);

  const facts = () => {
    const every = rows();
    const trains = every.filter((row) => !isFrozen(row));
    const [moved] = normNow();
    const arrays = (count) => (row) => row.arrays + count * row.norms.length;
    const total = thousands(sum(trains, trained));
    const terms = trains.map((row) => thousands(trained(row))).join(" + ") || "0";
    const which = trains
      .flatMap(({ layers, norms }) => [layers, ...(moved.length ? [norms] : [])])
      .filter(({ length }) => length)
      .map(short)
      .join(", ");
    let back = "none";
    if (trains.length) {
      const through = every.slice(every.indexOf(trains[0])).filter(isFrozen);
      const names = through.map(({ name }) => name).join(", ");
      back = `to ${trains[0].layers[0]}${names ? `, through ${names}` : ""}`;
    }
    const { base } = now();
    const ofBase = base.filter((row) => !isFrozen(row));
    return [
      ["Trainable", trains.length > 1 ? `${terms} = ${total}` : terms],
      ["Not trainable", thousands(sum(every, all) - sum(trains, trained))],
      ["Total", thousands(sum(every, all))],
      [
        "Base alone",
        `${thousands(sum(ofBase, trained))} of ${thousands(sum(base, all))} trainable`,
      ],
      [
        "Arrays that move",
        `${sum(trains, arrays(moved.length))} of ${sum(every, arrays(4))}` +
          (which && `, in ${which}`),
      ],
      ["Way back", back],
    ];
  };
  const fit = (select, options) =>
    select.replaceChildren(
      ...options.map(([key, text]) => element("option", { value: key }, text)),
    );
  const sameCase = () => {
    const chosen = [...frozen].sort().join();
    const found = now().cases.find(
      ([, , itsHead, names]) => itsHead === head && [...names].sort().join() === chosen,
    );
    return found ? found[0] : "own";
  };
  const draw = () => {
    const every = rows();
    const most = Math.max(...every.map(all));
    table.write(
      `${now().title}, ${now().heads.get(head).words}`,
      ["Part", "Output", "Parameters", "In training"],
      every.map((row) => ({
        texts: [
          row.name,
          row.shape.join(" × "),
          thousands(row.parameters),
          isFrozen(row) ? "frozen" : "trains",
        ],
        style: `--share:${row.parameters / most}`,
        class: isFrozen(row) ? "out" : undefined,
        "aria-selected": !isFrozen(row),
      })),
    );
    list.write(facts());
    fit(preset.select, [
      ...now().cases.map(([key, title]) => [key, title]),
      ["own", "Your own"],
    ]);
    preset.select.lastChild.disabled = true;
    preset.select.value = sameCase();
    fit(
      top.select,
      [...now().heads].map(([key, { words }]) => [key, words]),
    );
    top.select.value = head;

    const [moved, by] = normNow();
    const flags = `trainable=${python(trainable)}, training=${python(training)}`;
    const last = normNames.length - 1;
    norm.write(
      `${normTitle}, ${flags}`,
      ["", normHead],
      normNames.map((name, i) => {
        const word = moved.includes(name) ? "moves" : "stays";
        return {
          texts: [name, i === last ? by : word],
          class: moved.includes(name) ? "on" : undefined,
        };
      }),
    );
  };
  const update = () => {
    draw();
    const [[, terms]] = facts();
    const total = thousands(sum(rows(), all));
    say(`${terms.split(" = ").at(-1)} of ${total} parameters train`);
  };
  const keepBlocks = () => {
    const names = now().base.map(({ name }) => name);
    frozen = new Set(names.filter((name) => frozen.has(name))); // a new head trains
  };
  const take = (key) => {
    const [, , itsHead, names] = now().cases.find(([name]) => name === key);
    head = itsHead;
    frozen = new Set(names);
  };

  const table = listing((i) => {
    const { name } = rows()[i];
    if (!frozen.delete(name)) frozen.add(name);
    update();
  });
  const list = factList();
  const norm = listing();
  const chosen = choice(
    "Net",
    [...nets].map(([key, { title }]) => [key, title]),
    net,
    (key) => {
      const before = sameCase();
      net = key;
      if (before !== "own") take(before);
      else {
        if (!now().heads.has(head)) head = "gap-2";
        keepBlocks();
      }
      update();
    },
  );
  const preset = choice("Case", [], "", (key) => {
    take(key);
    update();
  });
  const top = choice("Head", [], "", (key) => {
    head = key;
    keepBlocks();
    update();
  });
  const flags = [
    ["trainable", trainable, (value) => (trainable = value)],
    ["training", training, (value) => (training = value)],
  ].map(([text, isOn, set]) => {
    const { input, field } = checkbox(text, () => {
      set(input.checked);
      draw();
      say(
        `trainable ${python(trainable)}, training ${python(training)}: ` +
          `moved: ${normNow()[0].join(", ") || "nothing"}`,
      );
    });
    input.checked = isOn;
    return field;
  });
  draw();
  return [
    controls(chosen.field, preset.field, top.field),
    element("div", { class: "ce-panels" }, table.node, list.node),
    element(
      "div",
      { class: "ce-panels ce-norm" },
      element("div", { class: "ce-keys" }, "Batch normalization: ", ...flags),
      norm.node,
    ),
    element(
      "p",
      { class: "ce-note" },
      "Click a part, or tab to the table and press arrow keys and Space, to freeze it or ",
      "let it train. The flags are those of each batch normalization in a block that ",
      "trains. ",
      config.note,
    ),
  ];
});
