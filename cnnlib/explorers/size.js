mount("size", (live, config) => {
  const { limits } = config;
  const settings = { ...config.settings };
  const by = (side) => `${side} × ${side}`;
  const counted = (count, noun) => `${count} ${noun}${count > 1 ? "s" : ""}`;

  // one side of a padded image with its windows, as Line in size.py
  const lineOf = (before, after) => {
    const { size, kernel_size: kernel, strides } = settings;
    const padded = size + before + after;
    const room = padded - kernel;
    const places = Math.floor(room / strides) + 1;
    const starts = Array.from({ length: places }, (_, i) => i * strides);
    const real = (i) => i >= before && i < before + size;
    return {
      before, after, padded, room, places, real, rest: room % strides,
      windowsOn: (i) => starts.filter((start) => start <= i && i < start + kernel).length,
      pixelsIn: (place) => Array.from({ length: kernel }, (_, i) => starts[place] + i).filter(real).length,
    };
  };
  const own = () => lineOf(settings.padding, settings.padding);
  const same = () => {
    const { size, kernel_size: kernel, strides } = settings;
    const total = Math.max((Math.ceil(size / strides) - 1) * strides + kernel - size, 0);
    return lineOf(Math.floor(total / 2), Math.ceil(total / 2));
  };
  const unseen = ({ room, rest, places }) => {
    const { kernel_size: kernel, strides } = settings;
    const ends = ["Left over", rest
      ? `${room} mod ${strides} = ${rest}: ${counted(rest, "row")} below, ${counted(rest, "column")} right`
      : "nothing below or right"];
    const gaps = (places - 1) * (strides - kernel);
    return gaps <= 0 ? [ends] : [ends, ["Between the windows",
      `${places - 1}·(${strides} − ${kernel}) = ${gaps}: ${counted(gaps, "row")}, ${counted(gaps, "column")}`]];
  };
  const describe = {
    own: ({ room, rest, places }) => {
      const { size: n, kernel_size: k, padding: p, strides: s } = settings;
      const fraction = rest ? ` = ⌊${number(room / s)}⌋ + 1` : "";
      return [`Padding ${p} on each side`,
        ["Output size", `⌊(${n} + 2·${p} − ${k}) / ${s}⌋ + 1${fraction} = ${places}`]];
    },
    same: ({ before, after, places }) => {
      const { size: n, kernel_size: k, strides: s } = settings;
      return [`Keras “same”: ${before} before, ${after} after`,
        ["Output size", `⌈${n} / ${s}⌉ = ${places}`],
        ["Zeros in all", `max((${places} − 1)·${s} + ${k} − ${n}, 0) = ${before + after}`]];
    },
  };

  const spoken = element("p", { class: "ce-spoken", "aria-live": "polite" });
  const panel = (lineNow, describeNow) => {
    let row = 0, column = 0, line;
    const title = element("p", { class: "ce-title" });
    const image = part("ce-image", "grid"), output = part("ce-output", "grid");
    const stage = element("div", { class: "ce-stage" }, image.node, output.node);
    const facts = element("dl", { class: "ce-facts" });

    const node = element("div", { class: "ce-panel" }, title, stage, facts);

    const draw = () => {
      line = lineNow();
      const { padded, places, real, room, windowsOn, pixelsIn } = line;
      const { kernel_size: kernel, strides } = settings;
      [row, column] = [clamp(row, 0, places - 1), clamp(column, 0, places - 1)];
      const window = [row * strides, column * strides, kernel, kernel];
      node.style.setProperty("--side", padded);
      stage.style.setProperty("--all", padded + places);
      image.caption.textContent = `Image ${by(settings.size)}`
        + (padded > settings.size ? ` + padding = ${by(padded)}` : "");
      fill(image.table, padded, padded, (r, c) => {
        const count = windowsOn(r) * windowsOn(c);
        const place = r % strides === 0 && c % strides === 0 && Math.max(r, c) <= room;
        return {
          text: `${count}`,
          class: (real(r) && real(c) ? "px" : "pad") + (place ? " at" : "")
            + (count ? "" : " lost") + frameClass(r, c, window),
          tabindex: r === window[0] && c === window[1] ? 0 : undefined,
        };
      });
      output.caption.textContent = `Output ${by(places)}`;
      fill(output.table, places, places, (r, c) => {
        const here = r === row && c === column;
        return {
          text: `${pixelsIn(r) * pixelsIn(c)}`,
          class: `out${frameClass(r, c, [row, column, 1, 1])}`,
          "aria-selected": here,
          tabindex: here ? 0 : -1,
        };
      });
      const [heading, ...lines] = describeNow(line);
      title.textContent = heading;
      facts.replaceChildren(...[...lines, ...unseen(line)].flatMap(([name, text]) =>
        [element("dt", {}, name), element("dd", {}, text)]));
    };

    // move the window; the focus goes along to the tab stop of the table
    const move = (r, c, table, options) => {
      if (r !== row || c !== column) {
        [row, column] = [r, c];
        draw();
        spoken.textContent = `Output row ${row}, column ${column}: `
          + `sees ${counted(line.pixelsIn(row) * line.pixelsIn(column), "pixel")} of the image`;
      }
      table.querySelector('[tabindex="0"]').focus(options);
    };
    for (const { table } of [image, output]) {
      onKeys(table, () => [row, column], () => [line.places, line.places],
        (r, c) => move(r, c, table));
    }
    let offset = [0, 0];
    const drag = (r, c) => move(
      ...[r - offset[0], c - offset[1]].map((start) =>
        clamp(Math.round(start / settings.strides), 0, line.places - 1)),
      image.table,
      { preventScroll: true },
    );
    onDrag(image.table, (r, c) => {
      const { kernel_size: kernel, strides } = settings;
      const inWindow = [r - row * strides, c - column * strides];
      const hit = inWindow.every((i) => i >= 0 && i < kernel);
      // a press outside the window brings its middle there
      offset = hit ? inWindow : [(kernel - 1) >> 1, (kernel - 1) >> 1];
      drag(r, c);
    }, drag);
    const visit = ({ target }) => {
      const td = target.closest("td");
      if (td) move(td.parentNode.rowIndex, td.cellIndex, output.table);
    };
    output.table.addEventListener("click", visit);
    output.table.addEventListener("focusin", visit);

    return { draw, node };
  };
  const panels = [panel(own, describe.own), panel(same, describe.same)];
  const draw = () => panels.forEach((each) => each.draw());

  const slider = (key, text) => {
    const [min, max] = limits[key];
    const input = element("input", { type: "range", min, max, value: settings[key] });
    const shown = element("b", { "aria-hidden": true }, `${settings[key]}`);
    input.addEventListener("input", () => {
      settings[key] = input.valueAsNumber;
      shown.textContent = input.value;
      draw();
    });
    return element("span", { class: "ce-slider" }, element("label", {}, text, " ", input), shown);
  };
  live.append(
    element("div", { class: "ce-controls" },
      slider("size", "Image n"), slider("kernel_size", "Kernel k"),
      slider("padding", "Padding p"), slider("strides", "Strides s")),
    element("div", { class: "ce-panels" }, ...panels.map(({ node }) => node)),
    element("p", { class: "ce-note" }, config.reading, " Striped: zeros of the padding. Crossed out: seen by no window. ",
      "Dots, where there is room: top left corners of the window's places. Drag the window, or tab to image or ",
      "output and press the arrow keys, Home or End."),
    spoken,
  );
  draw();
});
