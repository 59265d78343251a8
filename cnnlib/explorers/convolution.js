mount("convolution", (config, say) => {
  const { image, limits, presets } = config;
  let { kernel, strides, padding } = config;
  const seen = new Set();

  const fits = (weights, border) =>
    shapeOf(weights).every((side, axis) => side <= shapeOf(image)[axis] + 2 * border);
  const sizes = (output) =>
    shapeOf(output).map((side, axis) => {
      const [n, k] = [image, kernel].map((matrix) => shapeOf(matrix)[axis]);
      return `⌊(${n} + 2·${padding} − ${k}) / ${strides}⌋ + 1 = ${side}`;
    });
  const factsOf = (output) => {
    const times = shapeOf(kernel).join("·");
    const weights = kernel.flat().length;
    return [
      sizeFact(...sizes(output)),
      ["Parameters", `${times} = ${counted(weights, "weight")}, no bias`],
      [
        "Multiplications",
        `${shapeOf(output).join("·")}·${times} = ${output.flat().length * weights}`,
      ],
    ];
  };
  const describe = () => {
    const pixels = bordered(image, padding);
    const output = correlate(pixels, kernel, strides);
    const tint = tints(output);
    const padded = padding ? ` + padding = ${by(pixels)}` : "";
    const look = (r, c, place) => {
      seen.add(place.join());
      const hidden = predict.input.checked && !seen.has(`${r},${c}`);
      // the color would give the number away
      return hidden
        ? { class: "unseen", style: "", "aria-label": "not visited yet" }
        : { ...tint(r, c), "aria-label": undefined };
    };
    return {
      image: {
        caption: `Image ${by(image)}${padded}`,
        values: pixels,
        look: grays(pixels, padding),
      },
      kernel: { caption: `Kernel ${by(kernel)}`, values: kernel },
      output: { caption: `Output ${by(output)}`, values: output, look },
      window: shapeOf(kernel),
      strides,
      marks: kernel.map((line) => line.map((w) => `×${number(Number(w.toFixed(2)))}`)),
      facts: factsOf(output),
      sum: (r, c) => {
        const window = crop(pixels, r * strides, c * strides, ...shapeOf(kernel));
        return productSum(`y[${r}, ${c}]`, window, kernel, output[r][c]);
      },
      spoken: (r, c) => `Output row ${r}, column ${c}: ${number(output[r][c])}`,
    };
  };

  // controls
  const given = config.preset ? [] : [["given", "As given", kernel]];
  const kernels = new Map(
    [...given, ...presets].map(([key, , weights]) => [key, weights]),
  );
  const names = [...given, ...presets, ["edited", "Edited"]];
  const preset = choice("Kernel", names, config.preset || "given", (key) => {
    kernel = kernels.get(key);
    fields.draw();
    settings();
  });
  const border = choice("Padding", upTo(limits.padding), padding, (value) => {
    padding = Number(value);
    settings();
  });
  const step = choice("Strides", upTo(limits.strides), strides, (value) => {
    strides = Number(value);
    settings();
  });
  const predict = checkbox("Hide outputs until visited", () => settings());
  const settings = () => {
    seen.clear();
    // what does not fit cannot be chosen
    for (const option of border.select.options) {
      option.disabled = !fits(kernel, option.value);
    }
    for (const option of preset.select.options) {
      const weights = kernels.get(option.value); // none for "edited"
      option.disabled = !weights || !fits(weights, padding);
    }
    picture.update();
  };

  const kernelPart = part("kernel");
  const fields = numberFields(kernelPart, {
    label: "Kernel",
    limits: limits.value,
    get: () => kernel,
    set: (weights) => {
      kernel = weights;
      preset.select.value = "edited";
      settings();
    },
  });
  const picture = panel(["image", "kernel", "output"], say, describe, fields.message);
  picture.replace("kernel", kernelPart);
  fields.draw();
  picture.go([config.row, config.column]);
  settings();
  return [
    controls(preset.field, border.field, step.field, predict.field),
    picture.node,
    note(
      "The weights of the kernel can be edited; × in the window shows them to 2 decimals.",
    ),
  ];
});
