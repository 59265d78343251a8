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

  // paper is white
  const root = document.documentElement.dataset;
  let theme;
  addEventListener("beforeprint", () => { theme = root.theme; root.theme = "light"; });
  addEventListener("afterprint", () => { root.theme = theme; });
}
