mount("size", (config, say) => {
  const { limits } = config;
  const settings = { ...config.settings };
  // one side of a padded image with its windows, as Line in size.py
  const lineOf = (before, after) => {
    const { size, kernel_size: kernel, strides } = settings;
    const padded = size + before + after;
    const room = padded - kernel;
    const places = Math.floor(room / strides) + 1;
    const starts = Array.from({ length: places }, (_, i) => i * strides);
    const real = (i) => i >= before && i < before + size;
    return {
      before,
      after,
      padded,
      room,
      places,
      real,
      rest: room % strides,
      windowsOn: (i) =>
        starts.filter((start) => start <= i && i < start + kernel).length,
      pixelsIn: (place) =>
        Array.from({ length: kernel }, (_, i) => starts[place] + i).filter(real).length,
    };
  };
  const own = () => lineOf(settings.padding, settings.padding);
  const same = () => {
    const { size, kernel_size: kernel, strides } = settings;
    const total = Math.max(
      (Math.ceil(size / strides) - 1) * strides + kernel - size,
      0,
    );
    return lineOf(Math.floor(total / 2), Math.ceil(total / 2));
  };
  const unseen = ({ room, rest, places }) => {
    const { kernel_size: kernel, strides } = settings;
    const ends = [
      "Left over",
      rest
        ? `${room} mod ${strides} = ${rest}: ${counted(rest, "row")} below, ${counted(rest, "column")} right`
        : "nothing below or right",
    ];
    const gaps = (places - 1) * (strides - kernel);
    return gaps <= 0
      ? [ends]
      : [
          ends,
          [
            "Between the windows",
            `${places - 1}·(${strides} − ${kernel}) = ${gaps}: ${counted(gaps, "row")}, ${counted(gaps, "column")}`,
          ],
        ];
  };
  const describe = {
    own: ({ room, rest, places }) => {
      const { size: n, kernel_size: k, padding: p, strides: s } = settings;
      const fraction = rest ? ` = ⌊${number(room / s)}⌋ + 1` : "";
      return [
        `Padding ${p} on each side`,
        ["Output size", `⌊(${n} + 2·${p} − ${k}) / ${s}⌋ + 1${fraction} = ${places}`],
      ];
    },
    same: ({ before, after, places }) => {
      const { size: n, kernel_size: k, strides: s } = settings;
      return [
        `Keras “same”: ${before} before, ${after} after`,
        ["Output size", `⌈${n} / ${s}⌉ = ${places}`],
        [
          "Zeros in all",
          `max((${places} − 1)·${s} + ${k} − ${n}, 0) = ${before + after}`,
        ],
      ];
    },
  };

  const picture = (lineNow, describeLine) =>
    panel(["image", "output"], say, () => {
      const line = lineNow();
      const { padded, places, real, room, windowsOn, pixelsIn } = line;
      const { size, kernel_size: kernel, strides } = settings;
      const windows = grid(padded, padded, (r, c) => windowsOn(r) * windowsOn(c));
      const pixels = grid(places, places, (r, c) => pixelsIn(r) * pixelsIn(c));
      const [title, ...facts] = describeLine(line);
      const border = padded > size ? ` + padding = ${by(windows)}` : "";
      return {
        title,
        image: {
          caption: `Image ${size} × ${size}${border}`,
          values: windows,
          look: (r, c) => {
            const corner =
              r % strides === 0 && c % strides === 0 && Math.max(r, c) <= room;
            return {
              class:
                (real(r) && real(c) ? "px" : "pad") +
                (corner ? " at" : "") +
                (windows[r][c] ? "" : " lost"),
            };
          },
        },
        output: {
          caption: `Output ${by(pixels)}`,
          values: pixels,
          look: () => ({ class: "out" }),
        },
        window: [kernel, kernel],
        strides,
        facts: [...facts, ...unseen(line)],
        spoken: (r, c) =>
          `Output row ${r}, column ${c}: ` +
          `sees ${counted(pixels[r][c], "pixel")} of the image`,
      };
    });
  const pictures = [picture(own, describe.own), picture(same, describe.same)];
  const draw = () => {
    for (const each of pictures) each.draw();
  };

  const slider = (key, text) => {
    const [min, max] = limits[key];
    const input = element("input", { type: "range", min, max, value: settings[key] });
    const shown = element("b", { "aria-hidden": true }, `${settings[key]}`);
    input.addEventListener("input", () => {
      settings[key] = input.valueAsNumber;
      shown.textContent = input.value;
      const { offsetHeight } = panels;
      draw();
      // what was high once stays high, so that the page does not go up and down
      panels.style.minHeight = `${Math.max(offsetHeight, panels.offsetHeight)}px`;
      const [first, second] = [own(), same()].map(
        ({ places }) => `${places} × ${places}`,
      );
      say(`Output ${first}; with Keras “same” ${second}`);
    });
    return element(
      "span",
      { class: "ce-slider" },
      element("label", {}, text, " ", input),
      shown,
    );
  };
  const panels = element(
    "div",
    { class: "ce-panels" },
    ...pictures.map(({ node }) => node),
  );
  addEventListener("resize", () => {
    panels.style.minHeight = "";
  });
  draw();
  return [
    controls(
      slider("size", "Image n"),
      slider("kernel_size", "Kernel k"),
      slider("padding", "Padding p"),
      slider("strides", "Strides s"),
    ),
    panels,
    note(
      config.note,
      " Striped: zeros of the padding. Crossed out: seen by no window. ",
      "Dots, where there is room: top left corners of the window's places.",
    ),
  ];
});
