// The window: its frame, keys, dragging and playing, and what it shows. Joined after
// base.js.

// class names of a cell inside a window, with the edges where it touches the frame
const frameClass = (row, column, [top, left, height, width]) => {
  const r = row - top,
    c = column - left;
  if (r < 0 || r >= height || c < 0 || c >= width) return "";
  const edges = { t: r === 0, b: r === height - 1, l: c === 0, r: c === width - 1 };
  return ` w${Object.keys(edges)
    .map((edge) => (edges[edge] ? ` ${edge}` : ""))
    .join("")}`;
};

const legal = (place, shape) =>
  place.map((side, axis) => clamp(side, 0, shape[axis] - 1));

const ARROWS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
// arrow keys, Home and End (with Ctrl: first and last row too) move [row, column]
// inside rows x columns; get() and set(place) read and write it; press() may take the
// space bar and Enter
const onKeys = (table, get, size, set, press = () => false) => {
  const after = ({ key, ctrlKey }) => {
    const [row, column] = get();
    const [rows, columns] = size();
    if (key in ARROWS) return [row + ARROWS[key][0], column + ARROWS[key][1]];
    if (key === "Home") return [ctrlKey ? 0 : row, 0];
    if (key === "End") return [ctrlKey ? rows - 1 : row, columns - 1];
  };
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const next = after(event);
    if (next) set(legal(next, size()));
    else if (!(event.key === " " || event.key === "Enter") || !press()) return;
    event.preventDefault();
    event.stopPropagation();
  });
};

// mouse, pen or, with fingers, a finger too: grab([row, column]) at the press,
// drag([row, column]) while held
const onDrag = (table, grab, drag, fingers = true) => {
  const at = ({ clientX, clientY }) => {
    const body = table.tBodies[0];
    const box = body.getBoundingClientRect();
    const columns = body.rows[0].cells.length;
    return [
      Math.floor(((clientY - box.top) / box.height) * body.rows.length),
      Math.floor(((clientX - box.left) / box.width) * columns),
    ];
  };
  let held = null;
  // the focus follows the window, not the pressed cell
  table.addEventListener("mousedown", (event) => event.preventDefault());
  table.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.target.closest("td")) return;
    if (event.pointerType === "touch" && !fingers) return;
    held = event.pointerId;
    table.setPointerCapture(held);
    grab(at(event));
  });
  table.addEventListener("pointermove", (event) => {
    if (event.pointerId === held) drag(at(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    table.addEventListener(end, () => {
      held = null;
    });
  }
};

// let keys, drags and clicks move a window over the images, and the output that it makes:
// place() is [row, column] of the output, go(place) changes it. Where canvas(image) is
// there, they paint that image instead: its place, shape, go(place) and paint().
const windowed = (images, output, { place, shape, window, strides, go, canvas }) => {
  // the focus goes along to the tab stop of the table
  const focus = (table, options) =>
    table.querySelector('[tabindex="0"]').focus(options);
  const move = (next, table, options) => {
    if (next.join() !== place().join()) go(next);
    focus(table, options);
  };
  onKeys(output, place, shape, (next) => move(next, output));
  let offset = [0, 0];
  for (const image of images) {
    onKeys(
      image,
      () => (canvas(image) ? canvas(image).place : place()),
      () => (canvas(image) ? canvas(image).shape : shape()),
      (next) => {
        if (!canvas(image)) return move(next, image);
        canvas(image).go(next);
        focus(image);
      },
      () => canvas(image)?.paint(),
    );
    const paint = (at) => {
      if (legal(at, canvas(image).shape).join() !== at.join()) return;
      canvas(image).go(at);
      canvas(image).paint();
      focus(image, { preventScroll: true });
    };
    const drag = (at) => {
      if (canvas(image)) return paint(at);
      const next = at.map((side, axis) =>
        Math.round((side - offset[axis]) / strides()),
      );
      move(legal(next, shape()), image, { preventScroll: true });
    };
    const grab = (at) => {
      const inWindow = at.map((side, axis) => side - place()[axis] * strides());
      const hit = inWindow.every((side, axis) => side >= 0 && side < window()[axis]);
      // a press outside the window brings its middle there
      offset = hit ? inWindow : window().map((side) => (side - 1) >> 1);
      drag(at);
    };
    onDrag(image, grab, drag);
  }
  const follow = (at) => move(legal(at, shape()), output, { preventScroll: true });
  onDrag(output, follow, follow, false); // a finger scrolls there, or taps
  const visit = ({ target }) => {
    const td = target.closest("td");
    if (td) move([td.parentNode.rowIndex, td.cellIndex], output);
  };
  output.addEventListener("click", visit);
  output.addEventListener("focusin", visit);
};

// write a part: caption, numbers and the look of its cells; more(frame, row, column)
// gives more attributes, frame being the class of a framed cell. The numbers of a part
// that is edited stand in its fields.
const show = (
  where,
  { caption, values, texts = textsOf(values), look = () => ({}) },
  place,
  window,
  more = () => ({}),
) => {
  where.caption.textContent = caption;
  setLongest(where.table, "--chars", texts);
  fill(where.table, ...shapeOf(values), (r, c) => {
    const frame = window ? frameClass(r, c, window) : "";
    const { class: kind = "", ...attributes } = look(r, c, place);
    const text = where.isEdited ? undefined : texts[r][c];
    return { text, class: kind + frame, ...attributes, ...more(frame, r, c) };
  });
};

// what is as wide as the widest of two sums, piece by piece
const lengthOf = (piece) =>
  [piece].flat().reduce((sum, one) => sum + (one.textContent ?? `${one}`).length, 0);
const longer = (one, other = "") => (lengthOf(other) > lengthOf(one) ? other : one);
const longerSum = (one, other) => ({
  ...one,
  lines: one.lines.map((line, i) =>
    line.map((piece, j) => longer(piece, other.lines[i]?.[j])),
  ),
  result: longer(one.result, other.result),
  remark: longer(one.remark, other.remark),
});
const sumNodes = ({ lines, sign, result, remark }) => [
  ...lines.flatMap(([lead, ...terms]) => [
    element("span", {}, lead),
    " ",
    ...terms,
    element("br"),
  ]),
  element("span", {}, sign),
  " ",
  element("b", {}, result),
  " ",
  ...[remark].flat(),
];

// the picture: parts in a row with a window that moves, below them its sum and the facts.
// kinds names the parts: "output" is one, and the window moves over each that begins
// with "image". say(text) speaks; describe(place) returns what is shown with the present
// settings, place being the framed output:
//   for each kind { caption, values, look(row, column, place) }, perhaps texts in place
//     of the values; of an image marks, and paint(row, column) and words(row, column) if
//     it is drawn on; of what is neither image nor output its own window(place)
//   follows: whether other numbers are shown when the window moves
//   window: its [height, width], and strides
//   marks: texts for the cells of the window, as a matrix, or nothing
//   facts: [name, text] of each; title, or nothing
//   sum(row, column): { lines: [lead, ...nodes] of each, sign, result, remark }, or nothing
//   spoken(row, column): what is said of an output
// `between` stands below the parts. What the panel returns: draw() after new settings,
// update() says what is framed, too, go(place) frames another; step() frames the next;
// grip(kind) lets the window be dragged on one more part, which is as large as the output.
const panel = (kinds, say, describe, ...between) => {
  const isImage = (kind) => kind.startsWith("image");
  const role = (kind) => (isImage(kind) || kind === "output" ? "grid" : undefined);
  const parts = Object.fromEntries(kinds.map((kind) => [kind, part(kind, role(kind))]));
  const stage = element(
    "div",
    { class: "ce-stage" },
    ...Object.values(parts).map(({ node }) => node),
  );
  const title = element("p", { class: "ce-title" });
  const sum = element("p", { class: "ce-sum" });
  // unseen, it keeps the room that the longest sum takes
  const room = element("p", { class: "ce-room", "aria-hidden": true });
  const sums = element("div", { class: "ce-slot" }, sum, room);
  const facts = element("dl", { class: "ce-facts" });
  const node = element(
    "div",
    { class: "ce-panel" },
    title,
    stage,
    ...between,
    element("div", { class: "ce-reading" }, sums, facts),
  );
  let place = [0, 0];
  let cursor = [0, 0]; // in an image that is drawn on
  let shown;

  const sumAt = (r, c) => {
    const now = shown.sum(r, c);
    return { remark: "", ...now, result: number(now.result) };
  };
  const prepare = () => {
    shown = describe(place);
    const all = kinds.map((kind) => shown[kind].values[0].length);
    stage.style.setProperty(
      "--all",
      all.reduce((a, b) => a + b),
    );
    node.style.setProperty("--side", all[0]);
    if (shown.title) title.textContent = shown.title;
    else title.remove();
    facts.replaceChildren(
      ...shown.facts.flatMap(([name, text]) => [
        element("dt", {}, name),
        element("dd", {}, text),
      ]),
    );
    if (!shown.sum) return sums.remove();
    const every = grid(...shapeOf(shown.output.values), sumAt).flat();
    room.replaceChildren(...sumNodes(every.reduce(longerSum)));
  };
  const write = () => {
    place = legal(place, shapeOf(shown.output.values));
    cursor = legal(cursor, shapeOf(shown.image.values));
    const corner = place.map((side) => side * shown.strides);
    for (const kind of kinds) {
      const where = parts[kind];
      const what = shown[kind];
      if (kind === "output") {
        show(where, what, place, [...place, 1, 1], (frame) => ({
          "aria-selected": frame !== "",
          tabindex: frame ? 0 : -1,
        }));
      } else if (isImage(kind)) {
        const { marks = shown.marks } = what;
        if (marks) setLongest(where.table, "--marks", marks);
        const stop = (what.paint ? cursor : corner).join();
        show(where, what, place, [...corner, ...shown.window], (frame, r, c) => ({
          "data-weight":
            marks && frame ? marks[r - corner[0]][c - corner[1]] : undefined,
          tabindex: `${r},${c}` === stop && !where.isEdited ? 0 : undefined,
        }));
      } else show(where, what, place, what.window?.(place));
    }
    if (!shown.sum) return;
    sum.replaceChildren(...sumNodes(sumAt(...place)));
  };
  const draw = () => {
    prepare();
    write();
  };
  const speak = () => say(shown.spoken(...place));
  const update = () => {
    draw();
    speak();
  };
  const go = (next) => {
    place = next;
    update();
  };
  // the settings are the same
  const move = (next) => {
    place = next;
    if (shown.follows) prepare();
    write();
  };

  const images = new Map(
    kinds.filter(isImage).map((kind) => [parts[kind].table, kind]),
  );
  const cellWords = (r, c) => {
    const { values, words = () => number(values[r][c]) } = shown.image;
    return `Image row ${r}, column ${c}: ${words(r, c)}`;
  };
  windowed([...images.keys()], parts.output.table, {
    place: () => place,
    shape: () => shapeOf(shown.output.values),
    window: () => shown.window,
    strides: () => shown.strides,
    go: (next) => {
      move(next);
      speak();
    },
    canvas: (table) =>
      shown[images.get(table)].paint && {
        place: cursor,
        shape: shapeOf(shown.image.values),
        go: (next) => {
          cursor = next;
          write();
          say(cellWords(...cursor));
        },
        paint: () => {
          shown.image.paint(...cursor);
          say(cellWords(...cursor));
          return true;
        },
      },
  });
  const grip = (kind) => {
    const { table } = parts[kind];
    const follow = (at) => {
      const next = legal(at, shapeOf(shown.output.values));
      if (next.join() === place.join()) return;
      move(next);
      speak();
    };
    table.classList.add("ce-grip");
    onDrag(table, follow, follow);
  };
  const isLast = () =>
    place.join() === legal([1e9, 1e9], shapeOf(shown.output.values)).join();
  const step = () => {
    const [rows, columns] = shapeOf(shown.output.values);
    const next = (place[0] * columns + place[1] + 1) % (rows * columns);
    move([Math.floor(next / columns), next % columns]);
  };
  // another part for a kind, as fields in place of an image
  const replace = (kind, other) => {
    parts[kind].node.replaceWith(other.node);
    parts[kind] = other;
  };
  return { node, parts, draw, update, go, replace, grip, step, isLast, speak };
};

// buttons that take the window of a panel to its next place, once or until the last; or
// whatever else has node, step(), isLast() and speak(), with a name and a pause in ms.
// Nothing glides: each step is a new picture, so that there is no motion to reduce.
const player = (picture, name = "Window", pause = 700) => {
  let timer;
  const stop = () => {
    if (!timer) return;
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
    if (play.isConnected) picture.speak();
  };
  const tick = () => {
    if (play.isConnected) picture.step();
    if (picture.isLast() || !play.isConnected) stop();
  };
  const play = button("Play", undefined, () => {
    if (timer) return stop();
    play.textContent = "Pause";
    timer = setInterval(tick, pause);
    tick();
  });
  const step = button("Step", undefined, () => {
    stop();
    picture.step();
    picture.speak();
  });
  // who takes hold of the picture has it
  for (const act of ["pointerdown", "keydown"]) {
    picture.node.addEventListener(act, stop, true);
  }
  return element(
    "span",
    { class: "ce-keys", role: "group", "aria-label": name },
    play,
    step,
  );
};
