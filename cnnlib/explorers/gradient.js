mount("gradient", (config, say) => {
  const { x, w, limits } = config;
  let { dy, target } = config;
  const turned = [...w].reverse().map((line) => [...line].reverse());
  const border = w.length - 1;

  const describe = () => {
    const isInput = target === "input";
    const upstream = `Upstream ∂Y ${by(dy)}`;
    const image = isInput ? bordered(dy, border) : x;
    const kernel = isInput ? turned : dy;
    const output = correlate(image, kernel);
    const name = isInput ? "∂X" : "∂K";
    const numbers = dy.flat();
    const bias = numbers.reduce((sum, value) => sum + value, 0);
    return {
      image: {
        caption: isInput ? `Upstream ∂Y with zeros ${by(image)}` : `X ${by(x)}`,
        values: image,
        look: grays(image, isInput ? border : 0),
      },
      kernel: {
        caption: isInput ? `Turned kernel ${by(w)}` : upstream,
        values: kernel,
      },
      output: { caption: `${name} ${by(output)}`, values: output, look: tints(output) },
      window: shapeOf(kernel),
      strides: 1,
      marks: kernel.map((line) => line.map((weight) => `×${number(weight)}`)),
      facts: [
        [
          "Shape",
          isInput
            ? `∂X has the shape of X, ${by(x)}`
            : `∂K has the shape of K, ${by(w)}`,
        ],
        [
          "Bias",
          `∂b = ${numbers.map(factor).join(" + ")} ${signOf(numbers)} ${number(bias)}`,
        ],
      ],
      sum: (r, c) => {
        const window = crop(image, r, c, ...shapeOf(kernel));
        return productSum(`${name}[${r}, ${c}]`, window, kernel, output[r][c]);
      },
      spoken: (r, c) =>
        `${isInput ? "Input" : "Kernel"} gradient row ${r}, column ${c}: ` +
        number(output[r][c]),
    };
  };

  // controls
  const [rows, columns] = shapeOf(dy);
  const presets = new Map([
    ["given", ["As given", dy]],
    ["ones", ["All ones", grid(rows, columns, () => 1)]],
    ["count", ["1, 2, 3, …", grid(rows, columns, (r, c) => r * columns + c + 1)]],
    ...grid(rows, columns, (r, c) => [
      `${r},${c}`,
      [`Only [${r}, ${c}]`, grid(rows, columns, (i, j) => Number(i === r && j === c))],
    ]).flat(),
  ]);
  const names = [...presets].map(([key, [text]]) => [key, text]);
  const upstream = choice(
    "Upstream ∂Y",
    [...names, ["edited", "Edited"]],
    "given",
    (key) => {
      dy = presets.get(key)[1];
      fields.draw();
      picture.update();
    },
  );
  upstream.select.lastChild.disabled = true;
  const gradient = choice("Gradient for", config.targets, target, (key) => {
    target = key;
    picture.go([0, 0]);
  });

  const editor = part("upstream");
  editor.caption.textContent = `Type the upstream ∂Y ${by(dy)}`;
  const fields = numberFields(editor, {
    label: "Upstream",
    limits: limits.value,
    get: () => dy,
    set: (values) => {
      dy = values;
      upstream.select.value = "edited";
      picture.update();
    },
  });
  const above = element(
    "div",
    { class: "ce-stage", style: `--all:${columns}` },
    editor.node,
  );
  const picture = panel(["image", "kernel", "output"], say, describe);
  fields.hint.textContent = "The upstream numbers can be edited.";
  fields.draw();
  picture.update();
  return [
    controls(gradient.field, upstream.field, player(picture)),
    above,
    fields.message,
    picture.node,
    note("The small number in a cell of the window is the weight that lies on it."),
  ];
});
