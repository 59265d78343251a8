mount("receptive_field", (config, say) => {
  let { stack, layer } = config;
  const all = config.stacks;
  const windowsOf = () => all.find(([key]) => key === stack)[2];
  const wordsOf = () => all.find(([key]) => key === stack)[1];
  const sidesOf = () => {
    const sides = [config.size];
    for (const [size, strides] of windowsOf())
      sides.push(Math.floor((sides.at(-1) - size) / strides) + 1);
    return sides;
  };
  const product = (values) => values.reduce((a, b) => a * b, 1);
  // on one axis, back from a window, one way through each of its pixels
  const lineOf = (start) => {
    const sides = sidesOf();
    let counts = Array.from({ length: sides.at(-1) }, (_, i) => Number(i === start));
    windowsOf()
      .map((window, at) => [...window, sides[at]])
      .slice(layer)
      .reverse()
      .forEach(([size, strides, side]) => {
        const before = Array(side).fill(0);
        counts.forEach((ways, window) => {
          for (let i = 0; i < size; i++) before[window * strides + i] += ways;
        });
        counts = before;
      });
    return counts;
  };
  const mapName = () =>
    layer === windowsOf().length ? "Output" : layer ? `After layer ${layer}` : "Image";
  const equation = (terms, result) =>
    terms === `${result}` ? terms : `${terms} = ${result}`;
  const look = (values) => {
    const tint = tints(values.map((line) => line.map(Math.sqrt)));
    return (r, c) => (values[r][c] ? tint(r, c) : { class: "none" });
  };
  const describe = (place) => {
    const sides = sidesOf();
    const last = sides.at(-1);
    const [row, column] = place.map((side) => Math.min(side, last - 1));
    const [down, right] = [lineOf(row), lineOf(column)];
    const ways = grid(down.length, right.length, (r, c) => down[r] * right[c]);
    const output = grid(last, last, (r, c) => Number(r === row && c === column));
    const walked = windowsOf().slice(layer);
    const terms = ["1"];
    let jump = 1;
    let field = 1;
    for (const [size, strides] of walked) {
      terms.push(`${size - 1}·${jump}`);
      field += (size - 1) * jump;
      jump *= strides;
    }
    const total = product(walked.map(([size]) => size * size));
    const squares = walked.map(([size]) => size * size).join("·") || "1";
    const most = Math.max(...ways.flat());
    return {
      image: {
        caption: `${mapName()} ${by(ways)}`,
        values: ways,
        look: look(ways),
      },
      output: { caption: `Output ${by(output)}`, values: output, look: look(output) },
      follows: true,
      window: [field, field],
      strides: jump,
      facts: [
        ["Layers", `${wordsOf()}: sides ${sides.join(" → ")}`],
        ["Field, Σ (k − 1)·j", equation(terms.join(" + "), field)],
        ["From one output to the next", counted(jump, "pixel")],
        ["Ways in all", equation(squares, total)],
        ["Most of one pixel", `${most}, ${((100 * most) / total).toFixed(1)} %`],
      ],
      spoken: (r, c) =>
        `Output row ${r}, column ${c}: looks at ${field} × ${field} pixels of ` +
        `${mapName().toLowerCase()}, ${total} ways, most ${most}`,
    };
  };

  const picture = panel(["image", "output"], say, describe);
  const show = (next) => {
    layer = clamp(next, 0, windowsOf().length);
    back.setAttribute("aria-disabled", layer === 0);
    ahead.setAttribute("aria-disabled", layer === windowsOf().length);
    picture.update();
  };
  const back = button("◀ One layer back", "One layer back", () => show(layer - 1));
  const ahead = button("One layer on ▶", "One layer on", () => show(layer + 1));
  const stacks = choice(
    "Layers",
    all.map(([key, words]) => [key, words]),
    stack,
    (key) => {
      stack = key;
      show(0);
    },
  );
  show(layer);
  picture.go(config.place);
  return [
    controls(stacks.field, element("span", { class: "ce-keys" }, back, ahead)),
    picture.node,
    note(config.note, " The bluer, the more; the frame is the receptive field."),
  ];
});
