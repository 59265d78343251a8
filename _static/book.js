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
    const boxes = "div.math, .pst-scrollable-table-container";
    for (const box of document.querySelectorAll(boxes)) {
      box.classList.add("scrolls");
      reach.observe(box);
      // a formula grows when it is drawn, its box may not
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
}
