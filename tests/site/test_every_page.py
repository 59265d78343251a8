"""Every page of the book, in a browser: whole, quiet, accessible, on any screen.

A page is opened once for each place that it is read from and each width, and all that
is asked of it is asked on that visit.
"""

import pytest

WIDE, NARROW = 1280, 320
FIRST = "intro.html"
COLORS = ("color-contrast", "link-in-text-block")
UNDRAWN = """async boxes => {
    const fonts = await document.fonts.ready.then(() => [...document.fonts]);
    const ready = fonts.some(x => x.family === "Formulas" && x.status === "loaded");
    return boxes
        .filter(x => x.offsetParent && !(ready && x.querySelector("math")?.clientWidth))
        .map(x => x.textContent.trim().slice(0, 60));
}"""
# pictures wait until one scrolls to them
LOAD = """images => Promise.all(images.map(x => {
    x.loading = "eager";
    return x.decode().catch(() => {});
}))"""
BROKEN = "images => images.filter(x => !x.naturalWidth).map(x => x.src)"
STRETCHED = """images => images
    .filter(x => {
        const shown = x.height / x.width, own = x.naturalHeight / x.naturalWidth;
        return Math.abs(shown / own - 1) > .02;
    })
    .map(x => x.src)"""
# what scrolls sideways must be in reach of the keyboard
OUT_OF_REACH = """boxes => boxes
    .filter(x => x.offsetParent && x.scrollWidth > x.clientWidth && x.tabIndex < 0)
    .map(x => x.textContent.trim().slice(0, 60))"""

# a formula wider than its box is read from its beginning
OPENS_LATE = """boxes => boxes
    .filter(x => {
        const drawn = x.querySelector("math > *");
        const left = element => element.getBoundingClientRect().left;
        return drawn && x.offsetParent && left(drawn) < left(x) - 1;
    })
    .map(x => x.textContent.trim().slice(0, 60))"""


def whole(page):
    """Yield what a page lacks: formulas, pictures, its heading."""
    for words in page.locator(".math").evaluate_all(UNDRAWN):
        yield f"a formula that is not drawn: {words}"
    for wrong in page.locator("merror").all():
        yield f"a formula with an error: {wrong.text_content()}"
    headings = page.locator("h1:visible").count()
    if headings != 1:
        yield f"{headings} headings of the first rank"
    page.locator("img").evaluate_all(LOAD)
    for source in page.locator("img:visible").evaluate_all(BROKEN):
        yield f"a picture that does not load: {source}"
    for source in page.locator("figure img:visible").evaluate_all(STRETCHED):
        yield f"a picture that is stretched: {source}"


def fits(page):
    """Yield what is wider than the screen."""
    width, room = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if width > room:
        yield f"the page is {width} pixels wide, {room} can be seen"
    boxes = page.locator("pre, .math, .pst-scrollable-table-container")
    for words in boxes.evaluate_all(OUT_OF_REACH):
        yield f"scrolls sideways, but not by keyboard: {words}"
    for words in page.locator(".math").evaluate_all(OPENS_LATE):
        yield f"a formula of which one sees the end: {words}"


def accessible(page, axe, theme, *rules):
    """Yield axe's findings in a theme: of all rules, or of those that are named."""
    page.evaluate("name => { document.documentElement.dataset.theme = name }", theme)
    for finding in axe(page, *rules):
        yield f"{theme}: {finding}"


@pytest.mark.parametrize(
    ("origin", "width"), [("http", WIDE), ("http", NARROW), ("file", WIDE)]
)
def test_page(visit, axe, built_page, origin, width):
    page = visit(built_page, origin, width=width)
    found = [*whole(page)]
    page.locator("details").evaluate_all("all => all.forEach(x => { x.open = true })")
    found += fits(page)
    if origin == "http":  # a file has the same elements
        found += accessible(page, axe, "light" if width == WIDE else "dark")
    if (origin, width, built_page) == ("http", WIDE, FIRST):
        # what a narrow page folds away, the sidebars, is the same on all pages
        found += accessible(page, axe, "dark", *COLORS)
    where = f"{built_page}, {origin}, {width} pixels"
    assert not found, "\n".join([where, *found])


PAGE = """<!doctype html><html lang="en"><title>t</title><body><main><h1>One</h1>
<img src="none.png" alt="none" width="9" height="9">
<figure><img alt="dot" width="9" height="20" src="data:image/svg+xml,<svg
xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"></figure>
<p class="merror">merror</p>
<merror>bad</merror><h1>Two</h1><div class="bd-article"><p class="math">x</p></div>
<pre style="width:20px;overflow:auto" tabindex="-1">a long line of code</pre>
<div class="math" style="width:9px;display:flex;flex-direction:row-reverse">
<math><mtext>y = x + many</mtext></math></div>
<p style="width:3000px;color:#ccc">wide</p></main></body></html>"""


def test_each_fault_is_found(browser, axe):
    page = browser.new_page(viewport={"width": WIDE, "height": 600})
    page.set_content(PAGE)
    found = [*whole(page), *fits(page), *accessible(page, axe, "light", *COLORS)]
    page.close()
    for words in (
        "a formula that is not drawn: x",
        "a formula with an error: bad",
        "2 headings of the first rank",
        "a picture that does not load",
        "a picture that is stretched",
        "the page is 3",
        "scrolls sideways, but not by keyboard: a long line",
        "a formula of which one sees the end: y = x",
        "light: color-contrast",
    ):
        assert any(finding.startswith(words) for finding in found), (words, found)
