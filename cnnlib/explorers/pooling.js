mount("pooling", (config, say) => {
  const { limits } = config;
  let { x, pool_size: size, strides, operation } = config;
  let shift = [0, 0];

  const shifted = ([down, right]) =>
    grid(...shapeOf(x), (r, c) => (x[r - down] || [])[c - right] || 0);
  // [value, row, column] of an output: where a maximum came from; no place for an average
  const pooled = (pixels, r, c) => {
    const window = crop(pixels, r * strides, c * strides, size, size).flat();
    if (operation === "average")
      return [window.reduce((a, b) => a + b) / window.length];
    const best = window.indexOf(Math.max(...window));
    return [
      window[best],
      r * strides + Math.floor(best / size),
      c * strides + (best % size),
    ];
  };
  const pool = (pixels) => {
    const [rows, columns] = shapeOf(x).map((n) => Math.floor((n - size) / strides) + 1);
    return grid(rows, columns, (r, c) => pooled(pixels, r, c));
  };

  // what a shift changed, in words
  const shiftWords = (before, output, isChanged) => {
    const ways = [
      [shift[0], "up", "down"],
      [shift[1], "left", "right"],
    ]
      .filter(([steps]) => steps)
      .map(([steps, less, more]) => `${Math.abs(steps)} ${steps < 0 ? less : more}`);
    if (!ways.length) return "";
    const changes = output
      .flatMap((line, r) =>
        line.map(
          (value, c) =>
            isChanged(r, c) &&
            `[${r}, ${c}] ${number(before[r][c])} → ${number(value)}`,
        ),
      )
      .filter(Boolean);
    const list = changes.length && changes.length <= 2 ? `: ${changes.join("; ")}` : "";
    const outputs = counted(output.flat().length, "output");
    return `Shifted ${ways.join(", ")}: ${changes.length} of ${outputs} changed${list}.`;
  };
  const sumOf = (name, values, [result, ...origin]) => {
    if (operation === "average") {
      const mean = `(${values.map(factor).join(" + ")}) / ${values.length}`;
      return { lines: [[name, mean]], sign: signOf([...values, result]), result };
    }
    const ties = values.filter((value) => value === result).length;
    const remark =
      `from input row ${origin[0]}, column ${origin[1]}` +
      (ties > 1 ? `: ${ties} cells tie, the first one, row by row, counts` : "");
    const largest = `max(${values.map(number).join(", ")})`;
    return { lines: [[name, largest]], sign: signOf([result]), result, remark };
  };
  const describe = () => {
    const pixels = shifted(shift);
    const results = pool(pixels);
    const [output, before] = [results, pool(x)].map((all) =>
      all.map((line) => line.map(([value]) => value)),
    );
    const isChanged = (r, c) => Math.abs(before[r][c] - output[r][c]) > 1e-9;
    const originOf = (r, c) => results[r][c].slice(1).join(", ");
    const origins = new Set(grid(...shapeOf(output), originOf).flat());
    fields.hint.textContent = shiftWords(before, output, isChanged);
    const [shade, tint] = [grays(pixels, 0, x), tints(output)];
    const sizes = shapeOf(x).map(
      (n, axis) => `⌊(${n} − ${size}) / ${strides}⌋ + 1 = ${shapeOf(output)[axis]}`,
    );
    const kept =
      operation === "max"
        ? `${origins.size} of ${x.flat().length}`
        : `none as it is: each output is a mean of ${size * size}`;
    return {
      image: {
        caption: `Input ${by(x)}`,
        values: pixels,
        look: (r, c, place) => {
          const at = `${r}, ${c}`;
          const mark =
            (origins.has(at) ? "kept " : "") +
            (originOf(...place) === at ? "from " : "");
          return { class: mark + shade(r, c).class, style: shade(r, c).style };
        },
      },
      output: {
        caption: `Output ${by(output)}`,
        values: output,
        look: (r, c) => ({
          class: tint(r, c).class + (isChanged(r, c) ? " changed" : ""),
          style: tint(r, c).style,
          "data-from": originOf(r, c) || undefined,
        }),
      },
      window: [size, size],
      strides,
      facts: [
        sizeFact(sizes, shapeOf(output)),
        ["Values that stay", kept],
        ["Parameters", "0"],
      ],
      sum: (r, c) => {
        const window = crop(pixels, r * strides, c * strides, size, size);
        return sumOf(`y[${r}, ${c}] =`, window.flat(), results[r][c]);
      },
      spoken: (r, c) => {
        const [value, ...origin] = results[r][c];
        const from = origin.length
          ? ` from input row ${origin[0]}, column ${origin[1]}`
          : "";
        return `Output row ${r}, column ${c}: ${number(value)}${from}. ${fields.hint.textContent}`;
      },
    };
  };

  // controls
  const given = config.preset ? [] : [["given", "As given", x]];
  const inputs = new Map(
    [...given, ...config.presets].map(([key, , values]) => [key, values]),
  );
  const names = [...given, ...config.presets, ["edited", "Edited"]];
  const input = choice("Input", names, config.preset || "given", (key) => {
    x = inputs.get(key);
    shift = [0, 0];
    settings();
  });
  input.select.lastChild.disabled = true;
  const kinds = [
    ["max", "max"],
    ["average", "average"],
  ];
  const kind = choice("Pooling", kinds, operation, (key) => {
    operation = key;
    settings();
  });
  const side = choice("Pool size", upTo(limits.pool_size), size, (value) => {
    size = Number(value);
    settings();
  });
  const step = choice("Strides", upTo(limits.strides), strides, (value) => {
    strides = Number(value);
    settings();
  });
  const edit = checkbox("Edit the numbers", () => {
    shift = [0, 0];
    settings();
  });
  const [least, most] = limits.shift;
  const reachable = (next) => next.every((steps) => least <= steps && steps <= most);
  const arrow = (text, way, down, right) => {
    const next = () => [shift[0] + down, shift[1] + right];
    const node = button(text, `Shift the input ${way} by one pixel`, () => {
      edit.input.checked = false; // what is edited is the input before any shift
      if (reachable(next())) shift = next();
      settings();
    });
    return { node, next };
  };
  const arrows = [
    arrow("←", "left", 0, -1),
    arrow("→", "right", 0, 1),
    arrow("↑", "up", -1, 0),
    arrow("↓", "down", 1, 0),
  ];
  const back = button("Back", "Shift the input back", () => {
    shift = [0, 0];
    settings();
  });
  const shifts = element(
    "span",
    { class: "ce-keys", role: "group", "aria-label": "Shift the input" },
    "Shift the input ",
    ...arrows.map(({ node }) => node),
    back,
  );

  const editor = part("image"); // in place of the image while its numbers are edited
  const fields = numberFields(editor, {
    label: "Input",
    limits: limits.value,
    get: () => x,
    set: (values) => {
      x = values;
      input.select.value = "edited";
      picture.update();
    },
  });
  fields.hint.classList.add("ce-shift");
  const picture = panel(["image", "output"], say, describe, fields.message);
  const { image } = picture.parts;
  const settings = () => {
    fields.draw();
    picture.replace("image", edit.input.checked ? editor : image);
    for (const { node, next } of arrows)
      node.setAttribute("aria-disabled", !reachable(next()));
    picture.update();
  };
  settings();
  return [
    controls(
      input.field,
      kind.field,
      side.field,
      step.field,
      edit.field,
      shifts,
      player(picture),
    ),
    picture.node,
    note(
      "Orange, or highlighted: where the framed output came from; underlined: where the ",
      "others did. The small numbers under an output are the row and column of its origin. ",
      "Where maxima tie, the first one counts, row by row. A shift brings zeros in.",
    ),
  ];
});
