{
  // a page opened as a file may not read other pages: its search shows titles alone
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // what scrolls sideways is reached by keyboard; the theme sees to code alone
  const reach = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const box = entry.target.closest(".scrolls");
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });
  addEventListener("DOMContentLoaded", () => {
    const boxes = ".math, .pst-scrollable-table-container";
    for (const box of document.querySelectorAll(boxes)) {
      box.classList.add("scrolls");
      reach.observe(box);
      // what it holds may grow when its box does not
      if (box.firstElementChild) reach.observe(box.firstElementChild);
    }
  });

  // a figure opens larger: by its button, or by a click on it
  addEventListener("DOMContentLoaded", () => {
    const dialog = document.createElement("dialog");
    dialog.className = "enlarged";
    dialog.innerHTML = "<form method=dialog><button>Close</button></form>" +
      "<div role=group tabindex=0></div>";
    const [form, box] = dialog.children;
    box.addEventListener("click", () => dialog.close());
    // Chromium does so itself only where the focus is not on what scrolls
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dialog.close();
    });
    for (const figure of document.querySelectorAll("figure:has(img)")) {
      const picture = figure.querySelector("img");
      const caption = figure.querySelector(".caption-text");
      const words = caption?.textContent ?? picture.alt;
      const name = words.match(/^figure [\d.]+/i)?.[0] ?? words;
      const open = () => {
        dialog.setAttribute("aria-label", name);
        box.setAttribute("aria-label", name);
        const copy = picture.cloneNode();
        copy.loading = "eager";
        box.replaceChildren(copy);
        dialog.showModal();
        form.firstChild.focus();
        box.scrollTo(0, 0);
      };
      const button = document.createElement("button");
      button.className = "enlarge";
      button.type = "button";
      button.textContent = "Enlarge";
      button.setAttribute("aria-label", `Enlarge ${name}`);
      button.addEventListener("click", open);
      picture.addEventListener("click", open);
      (caption ?? picture).after(" ", button);
    }
    document.body.append(dialog);
  });

  // paper is white, and nothing can be opened on it
  const root = document.documentElement.dataset;
  let theme;
  let folds = [];
  addEventListener("beforeprint", () => {
    theme = root.theme;
    root.theme = "light";
    folds = document.querySelectorAll(".bd-article details:not([open])");
    for (const fold of folds) fold.open = true;
  });
  addEventListener("afterprint", () => {
    root.theme = theme;
    for (const fold of folds) fold.open = false;
  });

  // what follows a prediction is held back until an answer; tools/book/predictions.py
  // puts it into an element, and an answer box tells of its answers
  const MODE = "cnnlib results"; // "shown" where the reader wants nothing held back
  const opened = new Set();
  const lines = new Map(); // to what is held back belongs a line that says so
  let isAlways = false;
  let sought = new URLSearchParams(location.search).get("highlight"); // by the book's search
  try {
    isAlways = localStorage.getItem(MODE) === "shown";
    sought ||= localStorage.getItem("sphinx_highlight_terms");
  } catch { /* nothing is remembered */ }

  const show = (rest) => {
    const { line, words, showOne, mode, input } = lines.get(rest);
    const isHeld = !isAlways && !opened.has(rest);
    // what the browser's own search finds is shown
    if (isHeld) rest.setAttribute("hidden", "until-found");
    else rest.removeAttribute("hidden");
    line.hidden = opened.has(rest);
    words.textContent = isHeld
      ? "What follows is held back until you answer."
      : "Results are shown before you answer.";
    showOne.hidden = !isHeld;
    mode.textContent = isHeld ? "Always show" : "Hold results back";
    if (isHeld) input?.setAttribute("aria-describedby", words.id);
    else input?.removeAttribute("aria-describedby");
  };
  const reveal = (rest) => {
    opened.add(rest);
    if (lines.has(rest)) show(rest);
  };
  const revealTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let rest = target?.closest(".held-back");
    if (!rest?.closest("[hidden]")) return;
    for (; rest; rest = rest.parentElement.closest(".held-back")) reveal(rest);
    target.scrollIntoView();
  };
  const hold = (rest, number) => {
    const cell = rest.previousElementSibling;
    const input = cell.querySelector(".cnnlib-answer input");
    if (!input) return;
    const line = document.createElement("div");
    line.className = "held-back-line";
    line.innerHTML = `<span id="held-back-${number}"></span>
      <button type="button">Show me</button> <button type="button"></button>`;
    const [words, showOne, mode] = line.children;
    cell.after(line);
    lines.set(rest, { line, words, showOne, mode, input });
    const text = rest.textContent.toLowerCase();
    if (sought?.toLowerCase().split(/\s+/).some((word) => word && text.includes(word)))
      opened.add(rest);
    rest.tabIndex = -1;
    rest.addEventListener("beforematch", () => reveal(rest));
    showOne.onclick = () => {
      reveal(rest);
      rest.focus({ preventScroll: true }); // the button is gone
    };
    mode.onclick = () => {
      isAlways = !isAlways;
      try { localStorage.setItem(MODE, isAlways ? "shown" : "held back"); } catch { /* for now */ }
      const before = line.getBoundingClientRect().top;
      for (const each of lines.keys()) show(each);
      scrollBy({ top: line.getBoundingClientRect().top - before, behavior: "instant" });
    };
    show(rest);
  };
  addEventListener("cnnlib-answer", ({ target, detail }) => {
    const cell = target.closest(".tag_prediction");
    const rest = cell?.parentElement.querySelector(":scope > .held-back");
    if (!rest) return;
    if (detail.verdict) reveal(rest);
    else if (opened.delete(rest)) show(rest);
  });
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".held-back").forEach(hold);
    revealTarget();
    addEventListener("hashchange", revealTarget);
  });
}
