mount("channels", (config, say) => {
  const { base, planes, pictures, presets } = config;
  const colors = new Map(config.colors);
  let { image, factors } = config;

  const plane = (channel) => image.map((line) => line.map((pixel) => pixel[channel]));
  const slice = (channel) =>
    base.map((line) => line.map((weight) => weight * factors[channel]));
  const colorName = (pixel) =>
    [...colors].find(([, color]) => color.join() === pixel.join())?.[0] ??
    pixel.map(number).join(", ");
  // the names of the parts of a plane
  const parts = planes.map((name) => [`image ${name}`, `slice ${name}`, `map ${name}`]);

  const paint = (r, c) => {
    image = image.with(r, image[r].with(c, colors.get(brush.select.value)));
    picked.select.value = "edited";
    picture.update();
  };
  const describe = () => {
    const values = planes.map((_, channel) => plane(channel));
    const slices = planes.map((_, channel) => slice(channel));
    const maps = planes.map((_, channel) =>
      correlate(values[channel], slices[channel]),
    );
    const output = grid(...shapeOf(maps[0]), (r, c) =>
      maps.reduce((sum, map) => sum + map[r][c], 0),
    );
    // one scale for all planes, and one for all maps
    const reach = Math.max(...[...maps, output].flat(2).map(Math.abs));
    const tinted = (map) => tints([...map, [reach]]);
    const shown = parts.flatMap(([image, slice, map], channel) => [
      [
        image,
        {
          caption: `Plane ${planes[channel]}`,
          values: values[channel],
          look: grays(values[channel], 0, [[255]]),
        },
      ],
      [
        slice,
        { caption: `Slice ${planes[channel]}`, values: rounded(slices[channel], 2) },
      ],
      [
        map,
        {
          caption: `Map of ${planes[channel]}`,
          values: rounded(maps[channel], 1),
          look: tinted(maps[channel]),
          window: (place) => [...place, 1, 1],
        },
      ],
    ]);
    const size = by(output);
    const places = output.flat().length;
    return {
      ...Object.fromEntries(shown),
      image: {
        caption: "Picture",
        values: values[0],
        texts: values[0].map((line) => line.map(() => "")),
        look: (r, c) => ({
          class: "color",
          style: `--color:rgb(${image[r][c].join(" ")})`,
          "aria-label": colorName(image[r][c]),
        }),
        paint: brush.select.value ? paint : undefined,
        words: (r, c) => colorName(image[r][c]),
      },
      output: {
        caption: `Output ${size}`,
        values: rounded(output, 1),
        look: tinted(output),
      },
      window: shapeOf(base),
      strides: 1,
      facts: [
        ["Output size", `${size} × 1: the maps are added`],
        ["Parameters", "3·3·3 = 27 weights, no bias"],
        ["Multiplications", `27 for each output, ${places}·27 = ${places * 27}`],
      ],
      sum: (r, c) => {
        const totals = maps.map((map) => map[r][c]);
        const lines = planes.map((name, channel) => {
          const window = crop(values[channel], r, c, ...shapeOf(base));
          const all = productSum(name, window, slices[channel], totals[channel]);
          const terms = all.lines.flatMap(([, ...terms], i) =>
            i ? [" + ", ...terms] : terms,
          );
          const end = element("i", {}, `${all.sign} ${number(totals[channel])}`);
          return [`${name} =`, ...terms, " ", end];
        });
        const last = [`y[${r}, ${c}] =`, totals.map(factor).join(" + ")];
        const result = output[r][c];
        return { lines: [...lines, last], sign: signOf([...totals, result]), result };
      },
      spoken: (r, c) =>
        `Output row ${r}, column ${c}: ${number(output[r][c])}, from ` +
        planes.map((name, i) => `${name} ${number(maps[i][r][c])}`).join(", "),
    };
  };

  // controls; what the reader makes is "edited"
  const menu = (label, all, start, given, edited, onChange) => {
    const options = start ? all : [["given", "As given", given], ...all];
    const values = new Map(options.map(([key, , value]) => [key, value]));
    const made = choice(
      label,
      [...options, ["edited", edited]],
      start || "given",
      (key) => onChange(values.get(key)),
    );
    made.select.lastChild.disabled = true;
    return made;
  };
  const picked = menu("Picture", pictures, config.picture, image, "Drawn", (values) => {
    image = values;
    picture.update();
  });
  const brushes = [["", "off"], ...[...colors.keys()].map((name) => [name, name])];
  const brush = choice("Draw", brushes, "", () => picture.update());
  const preset = menu("Kernel", presets, config.preset, factors, "Edited", (chosen) => {
    factors = chosen;
    for (const [channel, { select }] of slices.entries()) {
      select.value = factors[channel];
    }
    picture.update();
  });
  const slices = planes.map((name, channel) => {
    const some = [factors, ...presets.map(([, , chosen]) => chosen)];
    const all = new Set([
      -1,
      -0.5,
      0,
      0.5,
      1,
      ...some.map((chosen) => chosen[channel]),
    ]);
    const options = [...all]
      .sort((a, b) => a - b)
      .map((value) => [value, number(value)]);
    return choice(name, options, factors[channel], (value) => {
      factors = factors.with(channel, Number(value));
      preset.select.value = "edited";
      picture.update();
    });
  });

  const times = element(
    "span",
    { class: "ce-keys", role: "group", "aria-label": "Gx times" },
    "Gx times",
    ...slices.map(({ field }) => field),
  );

  const kinds = ["image", ...parts.flat(), "output"];
  const picture = panel(kinds, say, describe);
  picture.node.classList.add("ce-columns");
  for (const [, , map] of parts) picture.grip(map);
  picture.update();
  return [
    controls(picked.field, brush.field, preset.field, times, player(picture)),
    picture.node,
    note(
      "One window lies on all three planes. To draw, choose a color and press pixels of ",
      "the picture, or press Space. Tables show weights to 2 decimals, maps to 1.",
    ),
  ];
});
