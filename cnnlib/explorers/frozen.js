mount("frozen", (config, say) => {
  const { cases } = config;
  const [normTitle, normHead, ...normNames] = config.titles;
  const rowOf = ([name, layers, shape, parameters]) => ({
    name,
    layers,
    shape,
    parameters,
  });
  const base = config.base.map(rowOf);
  const heads = new Map(
    config.heads.map(([key, title, rows]) => [key, { title, rows: rows.map(rowOf) }]),
  );
  let { head } = config;
  let frozen = new Set(config.frozen);
  let trainable = true;
  let training = true;

  const rows = () => [...base, ...heads.get(head).rows];
  const isFrozen = ({ name }) => frozen.has(name);
  const total = (some) => some.reduce((sum, { parameters }) => sum + parameters, 0);
  const layersOf = (some) => some.reduce((sum, { layers }) => sum + layers.length, 0);
  const python = (flag) => (flag ? "True" : "False");
  const short = ({ layers }) =>
    layers[0] + (layers.length > 1 ? `–${layers.length}` : "");

  const facts = () => {
    const all = rows();
    const trains = all.filter((row) => !isFrozen(row));
    const sum = trains.length > 1 ? ` = ${thousands(total(trains))}` : "";
    const terms = trains.map(({ parameters }) => thousands(parameters)).join(" + ");
    const which = trains.map(short).join(", ");
    let back = "none";
    if (trains.length) {
      const through = all.slice(all.indexOf(trains[0])).filter(isFrozen);
      const names = through.map(({ name }) => name).join(", ");
      back = `to ${trains[0].layers[0]}${names ? `, through ${names}` : ""}`;
    }
    const baseTrains = total(base.filter((row) => !isFrozen(row)));
    return [
      ["Trainable", `${terms || "0"}${sum}`],
      ["Frozen", thousands(total(all) - total(trains))],
      ["Total", thousands(total(all))],
      ["Base alone", `${thousands(baseTrains)} of ${thousands(total(base))} trainable`],
      [
        "Arrays that move",
        `${2 * layersOf(trains)} of ${2 * layersOf(all)}` +
          (which && `: kernel and bias of ${which}`),
      ],
      ["Way back", back],
    ];
  };
  const sameCase = () => {
    const now = [...frozen].sort().join();
    const found = cases.find(
      ([, , itsHead, names]) => itsHead === head && [...names].sort().join() === now,
    );
    return found ? found[0] : "own";
  };
  const draw = () => {
    const all = rows();
    const most = Math.max(...all.map(({ parameters }) => parameters));
    net.write(
      `VGG-16, ${heads.get(head).title}`,
      ["Part", "Output", "Parameters", "In training"],
      all.map((row) => ({
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
    preset.select.value = sameCase();
    top.select.value = head;
  };
  const normNow = () =>
    config.norm.find(([first, second]) => first === trainable && second === training);
  const drawNorm = () => {
    const [, , moved, by] = normNow();
    const flags = `trainable=${python(trainable)}, training=${python(training)}`;
    const words = (name) => (moved.includes(name) ? "moves" : "stays");
    norm.write(
      `${normTitle}, ${flags}`,
      ["", normHead],
      normNames.map((name, i) => {
        const isLast = i === normNames.length - 1;
        return {
          texts: [name, isLast ? by : words(name)],
          class: moved.includes(name) ? "on" : undefined,
        };
      }),
    );
  };
  const update = () => {
    draw();
    const [[, terms]] = facts();
    say(`${terms.split(" = ").at(-1)} of ${thousands(total(rows()))} parameters train`);
  };
  const net = listing((i) => {
    const { name } = rows()[i];
    if (!frozen.delete(name)) frozen.add(name);
    update();
  });
  const list = factList();
  const norm = listing();
  const preset = choice(
    "Case",
    [...cases.map(([key, title]) => [key, title]), ["own", "Your own"]],
    "own",
    (key) => {
      const [, , itsHead, names] = cases.find(([name]) => name === key);
      head = itsHead;
      frozen = new Set(names);
      update();
    },
  );
  preset.select.lastChild.disabled = true;
  const top = choice(
    "Head",
    [...heads].map(([key, { title }]) => [key, title]),
    head,
    (key) => {
      head = key;
      const names = rows().map(({ name }) => name);
      const blocks = base.map(({ name }) => name);
      // a new head trains
      frozen = new Set(
        names.filter((name) => blocks.includes(name) && frozen.has(name)),
      );
      update();
    },
  );
  const flags = [
    ["trainable", (value) => (trainable = value)],
    ["training", (value) => (training = value)],
  ].map(([text, set]) => {
    const { input, field } = checkbox(text, () => {
      set(input.checked);
      drawNorm();
      say(
        `trainable ${python(trainable)}, training ${python(training)}: ` +
          `moved: ${normNow()[2].join(", ") || "nothing"}`,
      );
    });
    input.checked = true;
    return field;
  });
  draw();
  drawNorm();
  return [
    controls(preset.field, top.field),
    element("div", { class: "ce-panels" }, net.node, list.node),
    element(
      "div",
      { class: "ce-panels ce-norm" },
      element("div", { class: "ce-keys" }, ...flags),
      norm.node,
    ),
    element(
      "p",
      { class: "ce-note" },
      "Click a part, or tab to the table and press arrow keys and Space, to freeze it or ",
      "let it train. ",
      config.note,
    ),
  ];
});
