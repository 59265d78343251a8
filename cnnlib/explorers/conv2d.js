mount("conv2d", (config, say) => {
  const { axes, defaults, options } = config;
  const shapes = config.shapes.map((shape) => [...shape]); // sides, then channels
  const values = { ...config.arguments };
  let { rank } = config;

  const isFirst = () => values.data_format === "channels_first";
  const sides = () => shapes[rank - 1].slice(0, -1);
  const channels = () => shapes[rank - 1].at(-1);
  const span = () => values.dilation_rate * (values.kernel_size - 1) + 1;
  const product = (numbers) => numbers.reduce((a, b) => a * b);
  const listed = (words) =>
    words.length > 1
      ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
      : words[0];
  const tuple = (shape) => `(${shape.join(", ")})`;
  const batch = (sides, channels) =>
    tuple(["None", ...(isFirst() ? [channels, ...sides] : [...sides, channels])]);
  // axes with the same text share it
  const each = (texts) =>
    [...new Set(texts)]
      .map((text) => {
        const names = axes[rank - 1].filter((_, axis) => texts[axis] === text);
        return `${listed(names)}: ${text}`;
      })
      .join("; ");

  // as in Python
  const spelled = (value) =>
    ({ true: "True", false: "False", null: "None" })[value] ?? `${value}`;
  const quoted = (value) => (typeof value === "string" ? `"${value}"` : spelled(value));
  const code = () => {
    const { filters, kernel_size, ...rest } = values;
    const more = Object.entries(rest)
      .filter(([key, value]) => value !== defaults[key])
      .map(([key, value]) => `${key}=${quoted(value)}`);
    return `keras.layers.Conv${rank}D(${[filters, kernel_size, ...more].join(", ")})`;
  };
  const refusal = () => {
    const {
      filters,
      kernel_size: k,
      strides,
      dilation_rate: dilation,
      groups,
    } = values;
    const divisible = (what) =>
      `The number of ${what} must be evenly divisible by the number of groups.`;
    if (filters % groups) {
      return [
        divisible("filters"),
        `${filters} / ${groups} = ${number(filters / groups)} filters a group`,
      ];
    }
    if (strides > 1 && dilation > 1) {
      return [
        "`strides > 1` not supported in conjunction with `dilation_rate > 1`.",
        `strides=${strides} and dilation_rate=${dilation}: one has to be 1`,
      ];
    }
    if (channels() % groups) {
      return [
        divisible("input channels"),
        `${channels()} / ${groups} = ${number(channels() / groups)} channels a group`,
      ];
    }
    const least = Math.min(...sides());
    if (values.padding === "valid" && span() > least) {
      const axis = axes[rank - 1][sides().indexOf(least)];
      const wide = dilation > 1 ? `${dilation}·(${k} − 1) + 1 = ` : "";
      return [
        "Computed output size would be zero or negative.",
        `the kernel covers ${wide}${span()} ${axis}, the input has ${least}`,
      ];
    }
  };
  const outputSides = () =>
    sides().map((side) =>
      values.padding === "same"
        ? Math.ceil(side / values.strides)
        : Math.floor((side - span()) / values.strides) + 1,
    );
  const sizes = () => {
    const { kernel_size: k, strides, dilation_rate: dilation } = values;
    const out = outputSides();
    const covers =
      dilation > 1
        ? [
            [
              "Kernel covers",
              `${dilation}·(${k} − 1) + 1 = ${span()} ${listed(axes[rank - 1])}`,
            ],
          ]
        : [];
    if (values.padding === "same") {
      const zeros = sides().map((side, axis) => {
        const total = Math.max((out[axis] - 1) * strides + span() - side, 0);
        return `${Math.floor(total / 2)} before, ${Math.ceil(total / 2)} after`;
      });
      const formulas = sides().map(
        (side, axis) => `⌈${side} / ${strides}⌉ = ${out[axis]}`,
      );
      return [...covers, ["Size", each(formulas)], ["Zeros", each(zeros)]];
    }
    const formulas = sides().map((side, axis) => {
      const room = side - span();
      const half = room % strides ? `⌊${number(room / strides)}⌋ + 1 = ` : "";
      return `⌊(${side} − ${span()}) / ${strides}⌋ + 1 = ${half}${out[axis]}`;
    });
    return [...covers, ["Size", each(formulas)]];
  };
  const facts = () => {
    const refused = refusal();
    if (refused) {
      const [says, why] = refused;
      return [
        ["Code", code()],
        ["Keras refuses", says],
        ["Because", why],
      ];
    }
    const { filters, kernel_size, groups, activation, use_bias } = values;
    const kernel = [...Array(rank).fill(kernel_size), channels() / groups, filters];
    const weights = product(kernel);
    const out = outputSides();
    const places = out.join("·");
    const factors = kernel.join("·");
    const total = use_bias
      ? ` + ${filters} = ${thousands(weights + filters)}`
      : ` = ${thousands(weights)}, no bias`;
    const does = {
      null: "no activation: linear",
      softmax: `softmax over the ${filters} of each place`,
    };
    return [
      ["Code", code()],
      ["Input", batch(sides(), channels())],
      ["Output", batch(out, filters)],
      ...sizes(),
      ["Kernel", tuple(kernel)],
      ["Parameters", factors + total],
      [
        "Multiplications",
        `${places}·${factors} = ${thousands(product(out) * weights)}`,
      ],
      [
        "Output values",
        `${places}·${filters} = ${thousands(product(out) * filters)}, ` +
          (does[activation] ?? `${activation} on each`),
      ],
    ];
  };

  const list = element("dl", { class: "ce-facts" });
  const draw = () => {
    const all = facts();
    list.replaceChildren(
      ...all.flatMap(([name, text]) => [
        element("dt", {}, name),
        element("dd", {}, text),
      ]),
    );
    list.classList.toggle("ce-refused", all.length === 3);
  };
  const update = () => {
    draw();
    const told = Object.fromEntries(facts());
    say(
      told.Because
        ? `Keras refuses: ${told.Because}`
        : `Output ${told.Output}. Parameters ${told.Parameters}`,
    );
  };

  // controls, in the order of the code
  const numbers = (all) => all.map((value) => [value, `${value}`]);
  const shape = element("span", {
    class: "ce-keys ce-shape",
    role: "group",
    "aria-label": "Input",
  });
  const drawShape = () => {
    const fields = axes[rank - 1].map((name, axis) =>
      choice(name, numbers(config.sides), sides()[axis], (value) => {
        shapes[rank - 1][axis] = Number(value);
        update();
      }),
    );
    const last = choice("channels", numbers(config.channels), channels(), (value) => {
      shapes[rank - 1][rank] = Number(value);
      update();
    });
    const all = isFirst() ? [last, ...fields] : [...fields, last];
    shape.replaceChildren("Input: ", ...all.map(({ field }) => field));
  };
  const layer = choice(
    "Layer",
    axes.map((_, i) => [i + 1, `Conv${i + 1}D`]),
    rank,
    (value) => {
      rank = Number(value);
      drawShape();
      update();
    },
  );
  const fields = Object.entries(options).map(([key, all]) =>
    choice(
      key,
      all.map((value, i) => [i, quoted(value)]),
      all.indexOf(values[key]),
      (i) => {
        values[key] = all[i];
        if (key === "data_format") drawShape();
        update();
      },
    ),
  );
  drawShape();
  draw();
  return [
    controls(layer.field, shape, ...fields.map(({ field }) => field)),
    list,
    element(
      "p",
      { class: "ce-note" },
      "None stands for the number of images in a batch. One kernel size, stride and ",
      "dilation for all axes. Multiplications of one image.",
    ),
  ];
});
