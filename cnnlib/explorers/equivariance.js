mount("equivariance", (config, say) => {
  const { pattern, kernel, bias, limits } = config;
  let { size } = config;
  const side = pattern.length;

  const placed = (block, [top, left]) =>
    grid(size, size, (r, c) => (block[r - top] || [])[c - left] || 0);
  const relu = (sum) => Math.max(0, sum + bias);
  // bias and ReLU round the products of the nine pixels under the shape
  const answer = (name, weights, result, ...more) => {
    const { lines, sign } = productSum(name, pattern, weights, result);
    lines[0].splice(1, 0, "max(0, ");
    for (const text of [...more, `${factor(bias)})`]) lines.push(["+", text]);
    const both = sign === "=" ? signOf([bias]) : sign;
    return { lines, sign: both, result, remark: "" };
  };
  const describe = (place) => {
    const places = size - side + 1;
    const at = place.map((i) => Math.min(i, places - 1));
    const picture = placed(pattern, at);
    const weights = placed(kernel, config.place);
    const products = picture.flat().map((x, i) => x * weights.flat()[i]);
    const unit = relu(products.reduce((a, b) => a + b));
    const map = correlate(picture, kernel).map((line) => line.map(relu));
    const isHidden = hide.input.checked;
    // the color and the frame would give the number away
    const covered = (look) => (r, c) =>
      isHidden
        ? { class: "unseen", style: "", "aria-label": "hidden" }
        : { ...look(r, c), "aria-label": undefined };
    const under = crop(weights, ...at, side, side);
    const dark = size * size - side * side;
    const own = answer("unit", under, unit, `0 from ${dark} dark pixels`);
    unitSum.replaceChildren(...sumNodes({ ...own, result: number(unit) }));
    const each = size * size + 1;
    const units = places * places;
    return {
      image: {
        caption: `Picture ${by(picture)}`,
        values: picture,
        look: grays(picture),
      },
      unit: {
        caption: `A unit of an MLP ${by(weights)}`,
        values: weights,
        look: tints(weights),
        window: () => [...at, side, side],
      },
      answer: { caption: "Answer", values: [[unit]], look: covered(tints([[unit]])) },
      kernel: { caption: `A kernel ${by(kernel)}`, values: kernel },
      output: { caption: `Map ${by(map)}`, values: map, look: covered(tints(map)) },
      window: [side, side],
      strides: 1,
      follows: true,
      facts: [
        ["Parameters of the unit", `${size}·${size} + 1 = ${each}`],
        [
          "Of a unit for each place",
          `${places}·${places} units, ${units}·${each} = ${units * each}`,
        ],
        ["Parameters of the kernel", `3·3 + 1 = ${side * side + 1}, for all places`],
      ],
      sum: (r, c) => answer(`map[${r}, ${c}]`, kernel, map[r][c]),
      spoken: (r, c) =>
        `Shape at row ${r}, column ${c}. ` +
        (isHidden
          ? "The answers are hidden."
          : `Unit: ${number(unit)}. Map row ${r}, column ${c}: ${number(map[r][c])}`),
    };
  };

  // controls
  const pixels = choice("Picture size", upTo(limits.size), size, (value) => {
    size = Number(value);
    picture.update();
  });
  const hide = checkbox("Hide the answers", () => {
    picture.node.classList.toggle("ce-hidden", hide.input.checked);
    picture.update();
  });

  const unitSum = element("p", { class: "ce-sum" });
  const kinds = ["image", "unit", "answer", "kernel", "output"];
  const picture = panel(kinds, say, describe);
  picture.node.classList.add("ce-columns");
  picture.node.querySelector(".ce-reading").prepend(unitSum);
  picture.go(config.place);
  return [
    controls(pixels.field, hide.field, player(picture, "Shape")),
    picture.node,
    note(
      "The frame is the shape: it moves, and the detectors stay. ",
      "Framed among the unit's weights: those that the shape meets now.",
    ),
  ];
});
