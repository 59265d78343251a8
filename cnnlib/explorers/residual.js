mount("residual", (config, say) => {
  const { signal, limits } = config;
  let { blocks, strength, relu, show } = config;
  const off = new Set(config.off);
  const places = Object.fromEntries(
    config.places.map(([key, , plain, residual]) => [key, { plain, residual }]),
  );
  const views = Object.fromEntries(config.views);

  // as in Python, in the same order, so that the last bits agree
  const live = () => Array.from({ length: blocks }, (_, i) => !off.has(i + 1));
  const pass = (x, f, shortcut) => {
    if (relu === "after") {
      const total = shortcut * x + f * x;
      const passes = Number(total > 0);
      return [Math.max(total, 0), shortcut * passes, f * passes];
    }
    if (relu === "before") {
      const branch = f * x;
      return [shortcut * x + Math.max(branch, 0), shortcut, f * Number(branch > 0)];
    }
    return [shortcut * x + f * Math.max(x, 0), shortcut, f * Number(x > 0)];
  };
  const run = (shortcut) => {
    const values = [signal];
    const slopes = [];
    for (const isLive of live()) {
      const made = values.at(-1).map((x) => pass(x, isLive ? strength : 0, shortcut));
      values.push(made.map(([y]) => y));
      slopes.push(made.map(([, ...both]) => both));
    }
    const gradients = [signal.map(() => 1)];
    for (const block of slopes.toReversed()) {
      gradients.unshift(gradients[0].map((g, i) => g * (block[i][0] + block[i][1])));
    }
    return { values, gradients, slopes };
  };
  const pathGradients = (slopes) => {
    let found = [1];
    for (const [i, isLive] of live().entries()) {
      const [shortcut, branch] = slopes[i];
      const next = isLive ? [...found, 0] : found;
      found = next.map(
        (bySkip, k) => shortcut * bySkip + (isLive && k ? branch * found[k - 1] : 0),
      );
    }
    return found;
  };
  const choose = (n, k) => {
    let ways = 1;
    for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
    return ways;
  };

  const bracketed = (value, text) => (value < 0 ? `(${text})` : text);
  const equals = (...values) =>
    values.some((v) => Math.abs(v - Number(v.toExponential(2))) > 1e-9 * Math.abs(v))
      ? "≈"
      : "=";
  const shortened = (texts, glue) => {
    const { terms } = config;
    const few =
      texts.length > terms + 1 ? [...texts.slice(0, terms), "…", texts.at(-1)] : texts;
    return few.join(glue);
  };
  const first = ({ values, gradients, slopes }) => {
    const factors = new Map();
    for (const [[shortcut, branch]] of slopes) {
      const slope = shortcut + branch;
      factors.set(slope, (factors.get(slope) ?? 0) + 1);
    }
    const product = [...factors]
      .map(
        ([slope, times]) =>
          bracketed(slope, number(slope)) + (times > 1 ? raised(times) : ""),
      )
      .join("·");
    const [[gradient]] = gradients;
    let written = brief(gradient);
    if (product !== written) written = `${product} ${equals(gradient)} ${written}`;
    return `${brief(values[0][0])} becomes ${brief(values.at(-1)[0])}; gradient ${written}`;
  };

  const draw = () => {
    const [plain, residual] = [run(0), run(1)];
    const key = show === "signal" ? "values" : "gradients";
    const reach = show === "signal" ? Math.max(...signal.map(Math.abs)) || 1 : 1;
    const which = signal.length > 1 ? signal.map((_, i) => ` ${i + 1}`) : [""];
    const heads = ["plain", "residual"].flatMap((stack) => which.map((i) => stack + i));
    const rows = plain[key].map((line, i) => {
      const numbers = [...line, ...residual[key][i]];
      const isOff = i > 0 && off.has(i);
      return {
        texts: [`${i || "in"}${isOff ? ", off" : ""}`, ...numbers.map(brief)],
        cells: numbers.map((value, j) => ({
          class: (value < 0 ? "neg" : "pos") + (j === signal.length ? " ce-next" : ""),
          style: `--t:${Math.min(Math.abs(value) / reach, 1).toFixed(3)}`,
        })),
        class: isOff ? "out" : undefined,
        "aria-selected": i ? !isOff : undefined,
      };
    });
    table.write(views[show], ["Block", ...heads], rows);

    const count = live().filter(Boolean).length;
    const ways = Array.from({ length: count + 1 }, (_, k) => choose(count, k));
    const terms = pathGradients(residual.slopes.map(([slopes]) => slopes));
    const [[total]] = residual.gradients;
    const texts = terms.map((term) => bracketed(term, brief(term)));
    let back = "0: a ReLU lets nothing through";
    if (terms.some(Boolean)) {
      back =
        terms.length > 1
          ? `${shortened(texts, " + ")} ${equals(total, ...terms)} ${brief(total)}`
          : brief(total);
    }
    const told = [first(plain), first(residual)];
    facts.write([
      ["Plain block", `y = ${places[relu].plain}, f = ${number(strength)}`],
      ["Residual block", `y = ${places[relu].residual}, f = ${number(strength)}`],
      ["Plain, first number", told[0]],
      ["Residual, first number", told[1]],
      ["Paths in the residual stack", `2${raised(count)} = ${thousands(2 ** count)}`],
      ["Through 0, 1, 2, … F", shortened(ways.map(thousands), ", ")],
      ["Their gradients", back],
    ]);
    const [most, largest] = [ways, terms.map(Math.abs)].map((all) => Math.max(...all));
    bars.replaceChildren(
      ...ways.map((n, k) => {
        const height = (part) => `--share:${part.toFixed(3)}`;
        const kind = terms[k] < 0 ? "neg" : "pos";
        return element(
          "span",
          {},
          element("i", { style: height(n / most) }),
          element("i", {
            class: kind,
            style: height(Math.abs(terms[k]) / (largest || 1)),
          }),
          element("b", {}, `${k}`),
        );
      }),
    );
    const top = (all) => all.indexOf(Math.max(...all));
    bars.setAttribute(
      "aria-label",
      `Bars: most paths pass ${top(ways)} F, ` +
        `most of the gradient comes back through ${top(terms.map(Math.abs))} F`,
    );
    return told;
  };
  const update = () => {
    const [plain, residual] = draw();
    say(`Plain: ${plain}. Residual: ${residual}`);
  };
  const table = listing((i) => {
    if (!i) return;
    if (!off.delete(i)) off.add(i);
    update();
  });
  const facts = factList();
  const bars = element("div", { class: "ce-bars", role: "img" });
  const count = slider("Blocks", limits.blocks, blocks, (value) => {
    blocks = value;
    update();
  });
  const weight = slider(
    "Strength f",
    limits.strength,
    strength,
    (value) => {
      strength = value;
      update();
    },
    0.1,
  );
  const place = choice(
    "ReLU",
    config.places.map(([key, text]) => [key, text]),
    relu,
    (key) => {
      relu = key;
      update();
    },
  );
  const view = choice(
    "Show",
    [
      ["signal", "signal, going in"],
      ["gradient", "gradient, coming back"],
    ],
    show,
    (key) => {
      show = key;
      update();
    },
  );
  draw();
  return [
    controls(count.field, weight.field, place.field, view.field),
    element(
      "div",
      { class: "ce-panels" },
      table.node,
      element(
        "div",
        {},
        facts.node,
        element(
          "figure",
          {},
          bars,
          element(
            "figcaption",
            {},
            "By the number of F on a path: how many paths there are (gray), ",
            "and what they bring back to the first number (in color).",
          ),
        ),
      ),
    ),
    element(
      "p",
      { class: "ce-note" },
      "Click a block, or tab to the table and press arrow keys and Space, to switch its ",
      "F off and on. ",
      config.note,
    ),
  ];
});
