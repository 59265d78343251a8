mount("cost", (config, say) => {
  const { limits, kernels, heads } = config;
  const values = { ...config.settings };
  const ORDER = ["size", "kernel", "channels", "filters", "bottleneck"]; // of a branch
  const costOf = (k, channels, filters) => {
    const weights = k * k * channels * filters;
    return {
      what: `${k} × ${k}, ${channels} to ${filters}`,
      terms: `${values.size}·${values.size}·${k}·${k}·${channels}·${filters}`,
      weights,
      multiplications: values.size ** 2 * weights,
    };
  };
  const rounds = (value) => (isRounded(value) ? "≈" : "=");

  const draw = () => {
    const { size: n, kernel: k, channels: c, filters: f, bottleneck: b } = values;
    const direct = { ...costOf(k, c, f), what: "Direct" };
    const stages = [costOf(1, c, b), costOf(k, b, f)];
    const sum = (key) => stages[0][key] + stages[1][key];
    const both = {
      what: "Both stages",
      weights: sum("weights"),
      multiplications: sum("multiplications"),
    };
    const most = Math.max(direct.weights, both.weights);
    const starts = [0, 0, stages[0].weights, 0];
    table.write(
      `${n} × ${n} × ${c} to ${n} × ${n} × ${f}`,
      heads,
      [direct, ...stages, both].map(({ what, multiplications, weights }, i) => ({
        texts: [what, thousands(multiplications), thousands(weights)],
        style: `--from:${starts[i] / most};--share:${(starts[i] + weights) / most}`,
      })),
    );
    // two branches are alike, so the chosen one comes first
    const now = ORDER.map((key) => values[key]).join();
    const alike = config.branches
      .filter(([, settings]) => settings.join() === now)
      .map(([name]) => name);
    if (!alike.includes(branch.select.value)) branch.select.value = alike[0] ?? "own";
    const ratio = direct.weights / both.weights;
    const aChannel = c + k * k * f;
    const even = direct.weights / aChannel;
    const widest = Math.floor((direct.weights - 1) / aChannel);
    let says = ratio > 1 ? "direct costs more" : "direct costs less";
    if (ratio === 1) says = "both cost the same";
    const narrow = widest ? `up to ${counted(widest, "filter")}` : "none";
    const compared =
      `${thousands(direct.weights)} / ${thousands(both.weights)} ` +
      `${rounds(ratio)} ${number(ratio)}: ${says}`;
    facts.write([
      ["Direct", `${direct.terms} = ${thousands(direct.multiplications)}`],
      [
        "Two stages",
        `${stages.map(({ terms }) => terms).join(" + ")} = ${thousands(both.multiplications)}`,
      ],
      ["Direct / two stages", `${compared}, whatever the image`],
      [
        "Break-even width",
        `${k}·${k}·${c}·${f} / (${c} + ${k}·${k}·${f}) ${rounds(even)} ${number(even)}`,
      ],
      ["A bottleneck that saves", `${narrow}; here it has ${b}`],
    ]);
    return `Direct ${thousands(direct.multiplications)}, two stages ${thousands(both.multiplications)}; ratio ${number(ratio)}`;
  };
  const set = (key) => (value) => {
    values[key] = Number(value);
    say(draw());
  };
  const table = listing();
  const facts = factList();
  const kernel = choice(
    "Kernel",
    kernels.map((k) => [k, `${k} × ${k}`]),
    values.kernel,
    set("kernel"),
  );
  const names = {
    size: "Image side",
    channels: "Input channels",
    filters: "Output channels",
    bottleneck: "Bottleneck",
  };
  const sliders = new Map(
    Object.entries(names).map(([key, text]) => [
      key,
      slider(text, limits[key], values[key], set(key)),
    ]),
  );
  const branch = choice(
    "Branch of GoogLeNet",
    [...config.branches.map(([name]) => [name, name]), ["own", "Your own"]],
    "own",
    (name) => {
      const [, settings] = config.branches.find(([key]) => key === name);
      for (const [i, key] of ORDER.entries()) {
        values[key] = settings[i];
        sliders.get(key)?.set(settings[i]);
      }
      kernel.select.value = values.kernel;
      say(draw());
    },
  );
  branch.select.lastChild.disabled = true;
  draw();
  return [
    controls(
      branch.field,
      kernel.field,
      ...[...sliders.values()].map(({ field }) => field),
    ),
    element("div", { class: "ce-panels" }, table.node, facts.node),
    element(
      "p",
      { class: "ce-note" },
      "Bars: each cost beside the larger of the two ways. ",
      config.note,
    ),
  ];
});
