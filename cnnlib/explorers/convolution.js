mount("convolution", (config, say) => {
  const { limits } = config;
  let { image, kernel, strides, padding } = config;
  let isDivided = false;
  const seen = new Set();

  const fits = (picture, weights, border) =>
    shapeOf(weights).every((side, axis) => side <= shapeOf(picture)[axis] + 2 * border);
  const weightSum = () => kernel.flat().reduce((sum, weight) => sum + weight, 0);
  const canDivide = () => Math.abs(weightSum()) > 1e-9;
  const sizes = (output) =>
    shapeOf(output).map((side, axis) => {
      const [n, k] = [image, kernel].map((matrix) => shapeOf(matrix)[axis]);
      return `⌊(${n} + 2·${padding} − ${k}) / ${strides}⌋ + 1 = ${side}`;
    });
  const factsOf = (output) => {
    const times = shapeOf(kernel).join("·");
    const weights = kernel.flat().length;
    return [
      sizeFact(sizes(output), shapeOf(output)),
      ["Parameters", `${times} = ${counted(weights, "weight")}, no bias`],
      [
        "Multiplications",
        `${shapeOf(output).join("·")}·${times} = ${output.flat().length * weights}`,
      ],
    ];
  };
  const paint = (r, c) => {
    const line = image[r - padding];
    if (line?.[c - padding] === undefined) return; // the border stays 0
    const value = Number(brush.select.value);
    image = image.with(r - padding, line.with(c - padding, value));
    picked.select.value = "edited";
    settings();
  };
  const describe = () => {
    const pixels = bordered(image, padding);
    const divisor = isDivided ? Number(weightSum().toFixed(12)) : 1; // nine ninths are 1
    // one division at the end, so that what is exact stays exact
    const output = correlate(pixels, kernel, strides).map((line) =>
      line.map((total) => total / divisor),
    );
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
        paint: brush.select.value ? paint : undefined,
      },
      kernel: {
        caption: `Kernel ${by(kernel)}${isDivided ? ` / ${number(divisor)}` : ""}`,
        values: kernel,
      },
      output: { caption: `Output ${by(output)}`, values: output, look },
      window: shapeOf(kernel),
      strides,
      marks: kernel.map((line) => line.map((w) => `×${number(Number(w.toFixed(2)))}`)),
      facts: factsOf(output),
      sum: (r, c) => {
        const window = crop(pixels, r * strides, c * strides, ...shapeOf(kernel));
        return productSum(`y[${r}, ${c}]`, window, kernel, output[r][c], divisor);
      },
      spoken: (r, c) => `Output row ${r}, column ${c}: ${number(output[r][c])}`,
    };
  };

  // controls
  const withGiven = (key, presets, matrix) =>
    key ? presets : [["given", "As given", matrix], ...presets];
  const pictures = withGiven(config.picture, config.pictures, image);
  const kernels = withGiven(config.preset, config.presets, kernel);
  // a menu of matrices; what the reader makes of one is "edited"
  const menu = (label, presets, start, edited, onChange) => {
    const values = new Map(presets.map(([key, , matrix]) => [key, matrix]));
    const options = [...presets, ["edited", edited]];
    const made = choice(label, options, start, (key) => onChange(values.get(key)));
    return { ...made, get: ({ value }) => values.get(value) };
  };
  const picked = menu(
    "Image",
    pictures,
    config.picture || "given",
    "Drawn",
    (values) => {
      image = values;
      settings();
    },
  );
  const brushes = [["", "off"], ...config.brushes.map((value) => [value, `${value}`])];
  const brush = choice("Draw", brushes, "", () => settings());
  const newKernel = (weights) => {
    kernel = weights;
    fields.draw();
    settings();
  };
  const preset = menu("Kernel", kernels, config.preset || "given", "Edited", newKernel);
  // the same middle, with zeros round it or less of it
  const resized = (n) => {
    const [down, right] = shapeOf(kernel).map((side) => Math.trunc((n - side) / 2));
    return grid(n, n, (r, c) => kernel[r - down]?.[c - right] || 0);
  };
  const size = choice(
    "Size",
    config.sizes.map((n) => [n, `${n} × ${n}`]),
    "",
    (n) => {
      preset.select.value = "edited";
      newKernel(resized(Number(n)));
    },
  );
  const other = element("option", { value: "", disabled: true }); // not square, or even
  const border = choice("Padding", upTo(limits.padding), padding, (value) => {
    padding = Number(value);
    settings();
  });
  const step = choice("Strides", upTo(limits.strides), strides, (value) => {
    strides = Number(value);
    settings();
  });
  const divide = checkbox("Divide by the sum", () => settings());
  const predict = checkbox("Hide outputs until visited", () => settings());
  const settings = () => {
    seen.clear();
    divide.input.disabled = !canDivide();
    isDivided = divide.input.checked && canDivide();
    const [rows, columns] = shapeOf(kernel);
    other.textContent = by(kernel);
    if (rows === columns && config.sizes.includes(rows)) other.remove();
    else size.select.append(other);
    size.select.value = other.parentNode ? "" : rows;
    // what does not fit cannot be chosen
    const allow = (select, isAllowed) => {
      for (const option of select.options) option.disabled = !isAllowed(option);
    };
    allow(border.select, ({ value }) => fits(image, kernel, Number(value)));
    allow(size.select, ({ value }) => value && fits(image, resized(value), padding));
    allow(preset.select, (option) => {
      const weights = preset.get(option); // none for "edited"
      return weights && fits(image, weights, padding);
    });
    allow(picked.select, (option) => {
      const values = picked.get(option);
      return values && fits(values, kernel, padding);
    });
    const sum = `The weights can be edited; they sum to ${number(weightSum())}.`;
    fields.hint.textContent = brush.select.value
      ? "Press pixels, or move with the arrow keys and press Space, to draw."
      : sum;
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
    controls(
      picked.field,
      brush.field,
      preset.field,
      size.field,
      divide.field,
      border.field,
      step.field,
      predict.field,
      player(picture),
    ),
    picture.node,
    note("× in the window: the weights, to 2 decimals."),
  ];
});
