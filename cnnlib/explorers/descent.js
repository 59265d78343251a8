mount("descent", (config, say) => {
  const { limits, target } = config;
  let { picture: pictureName, rate, step } = config;
  let startName = "random";
  let asked = step; // where the reader wants to be, if the way goes so far
  let way; // every step with these settings: kernel, map, error, gradient, loss

  const raised = (power) =>
    [...`${power}`].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign])).join("");
  // a loss with two digits, in powers of ten where it is small or large
  const brief = (value) => {
    if (value === 0 || (value >= 0.01 && value < 1000))
      return number(...rounded([[value]], 2)[0]);
    const [digits, power] = value.toExponential(1).split("e");
    return `${digits}·10${raised(Number(power))}`;
  };
  // the larger, the fewer decimals: 3.14, 31.4, 314
  const short = (matrix) =>
    matrix.map((line) =>
      line.map((value) => {
        const places = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
        return rounded([[value]], places)[0][0];
      }),
    );
  const combined = (one, other, rule) =>
    one.map((line, r) => line.map((value, c) => rule(value, other[r][c])));
  const pictureNow = () => (pictureName === "noise" ? config.noise : config.stepImage);
  const walk = () => {
    const x = pictureNow();
    const wanted = correlate(x, target);
    const count = wanted.flat().length;
    let kernel = startName === "zeros" ? grid(3, 3, () => 0) : config.start;
    way = [];
    while (way.length <= limits.step[1]) {
      const map = correlate(x, kernel);
      const error = combined(map, wanted, (y, t) => y - t);
      const loss = error.flat().reduce((sum, e) => sum + e * e, 0) / count;
      const gradient = correlate(x, error).map((line) =>
        line.map((sum) => (2 * sum) / count),
      );
      way.push({ kernel, map, error, loss, gradient });
      kernel = combined(kernel, gradient, (k, slope) => k - rate * slope);
      if (Math.max(...kernel.flat().map(Math.abs)) > limits.weight) break;
    }
    step = Math.min(asked, way.length - 1);
  };
  const isLost = () => way.length <= limits.step[1];

  const describe = () => {
    const x = pictureNow();
    const { kernel, map, error, gradient, loss } = way[step];
    const [pixels, errors] = [x, error].map(short);
    const own = (place) => [...place, 1, 1];
    const farthest = short(combined(kernel, target, (k, g) => Math.abs(k - g)));
    const rowSums = kernel.map((line) => line.reduce((a, b) => a + b));
    drawLoss();
    // the colors fade as the numbers do
    const tinted = (name) => tints([...way[step][name], way[0][name].flat()]);
    return {
      image: { caption: `Picture ${by(x)}`, values: pixels, look: grays(x) },
      kernel: {
        caption: "Kernel",
        values: short(kernel),
        look: tinted("kernel"),
        window: own,
      },
      map: { caption: "Its map", values: short(map), look: tinted("map") },
      error: { caption: "Error: map − target", values: errors, look: tinted("error") },
      output: {
        caption: "Gradient",
        values: short(gradient),
        look: tinted("gradient"),
      },
      window: shapeOf(error),
      strides: 1,
      facts: [
        ["Loss, the mean squared error", brief(loss)],
        ["Sums of the kernel’s rows", short([rowSums])[0].map(number).join(", ")],
        ["Largest difference from Gy", number(Math.max(...farthest.flat()))],
      ],
      sum: (r, c) => {
        const name = `∂L/∂k[${r}, ${c}]`;
        const window = crop(pixels, r, c, ...shapeOf(error));
        const { lines } = productSum(name, window, errors, 0);
        lines[0].splice(1, 0, `2/${error.flat().length}·(`);
        lines.at(-1).push(")");
        const [before, slope] = [kernel[r][c], gradient[r][c]];
        const [numbers] = short([[before, slope, before - rate * slope]]);
        const [old, shown, next] = numbers;
        const change = element("i", {}, `− ${number(rate)}·${factor(shown)}`);
        return {
          lines,
          sign: "≈",
          result: shown,
          remark: [
            `so the next k[${r}, ${c}] is ${number(old)} `,
            change,
            " ",
            element("i", {}, `≈ ${number(next)}`),
          ],
        };
      },
      spoken: (r, c) => {
        const [[slope]] = short([[gradient[r][c]]]);
        return `Step ${step}, loss ${brief(loss)}. Gradient row ${r}, column ${c}: ${number(slope)}`;
      },
    };
  };

  // the loss of all steps so far, over a scale of powers of ten that just holds them
  const [left, right, top, bottom] = [48, 288, 10, 102];
  const across = (i) => left + ((right - left) * i) / limits.step[1];
  const powerOf = (loss) => Math.log10(Math.max(loss, 1e-15));
  const steps = [0, 50, 100].map(
    (i) => `<text x="${across(i)}" y="${bottom + 17}">${i}</text>`,
  );
  const figure = element("div", { class: "ce-part ce-loss" });
  figure.innerHTML = `Loss <svg viewBox="0 0 300 124" role="img"><g></g>
    ${steps.join("")} <text x="228" y="${bottom + 17}">steps</text>
    <polyline class="ce-curve" /> <polyline class="ce-dot" /></svg>`;
  const chart = figure.querySelector("svg");
  const [curve, dot] = chart.querySelectorAll("polyline");
  const drawLoss = () => {
    const powers = way.slice(0, step + 1).map(({ loss }) => powerOf(loss));
    const high = Math.ceil(Math.max(...powers));
    const every = Math.max(1, Math.ceil((high - Math.min(...powers)) / 4));
    const low = high - 4 * every;
    const up = (power) => bottom - ((power - low) / (high - low)) * (bottom - top);
    const scale = [0, 1, 2, 3, 4].map((i) => {
      const power = low + i * every;
      const text = power ? `10${raised(power)}` : "1";
      return `<line x1="${left}" x2="${right}" y1="${up(power)}" y2="${up(power)}" />
        <text class="ce-end" x="${left - 4}" y="${up(power) + 4}">${text}</text>`;
    });
    chart.querySelector("g").innerHTML = scale.join("");
    const points = powers.map((power, i) => [across(i), up(power)]);
    curve.setAttribute("points", points.join(" "));
    dot.setAttribute("points", [points.at(-1), points.at(-1)].join(" "));
    const reached = [...new Set([0, step])].map(
      (i) => `${brief(way[i].loss)} at step ${i}`,
    );
    chart.setAttribute("aria-label", `Loss: ${reached.join(", ")}`);
    const isEnd = step === way.length - 1;
    verdict.textContent =
      isLost() && isEnd
        ? `At step ${step + 1} a weight passes ${limits.weight}: the rate is too large.`
        : "";
  };

  // controls
  const settings = () => {
    walk();
    slider.max = way.length - 1;
    show();
  };
  const show = () => {
    slider.value = step;
    counter.textContent = step;
    picture.update();
  };
  const source = choice("Picture", config.pictures, pictureName, (key) => {
    pictureName = key;
    settings();
  });
  const start = choice("Start", config.starts, startName, (key) => {
    startName = key;
    settings();
  });
  const rates = config.rates.map((value) => [value, number(value)]);
  const speed = choice("Rate", rates, rate, (value) => {
    rate = Number(value);
    settings();
  });
  const slider = element("input", { type: "range", min: 0, max: limits.step[1] });
  const counter = element("b", { "aria-hidden": true });
  slider.addEventListener("input", () => {
    step = asked = slider.valueAsNumber;
    show();
  });
  const field = element("label", { class: "ce-slider" }, "Steps ", slider, counter);

  const verdict = element("p", { class: "ce-hint", role: "status" });
  const kinds = ["image", "kernel", "map", "output", "error"];
  walk();
  const picture = panel(kinds, say, describe, verdict);
  picture.node.classList.add("ce-columns");
  picture.grip("kernel");
  picture.node.querySelector(".ce-stage").append(figure);
  settings();
  const descent = {
    node: picture.node,
    step: () => {
      step = asked = (step + 1) % way.length;
      picture.draw();
      slider.value = step;
      counter.textContent = step;
    },
    isLast: () => step === way.length - 1,
    speak: picture.speak,
  };
  return [
    controls(
      source.field,
      start.field,
      speed.field,
      player(descent, "Descent", 150),
      field,
    ),
    picture.node,
    note(
      "The window on the picture: the pixels that the framed weight meets; each is ",
      "multiplied by the error of its place. Target: the map that Gy makes. All numbers ",
      "are rounded.",
    ),
  ];
});
