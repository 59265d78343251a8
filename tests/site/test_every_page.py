"""Every page of the book, in a browser: whole, quiet, accessible."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("origin", ["http", "file"])
def test_opens_whole(visit, built_page, origin):
    page = visit(built_page, origin)
    formulas = page.locator(".bd-article .math").count()
    assert page.locator(".bd-article mjx-container").count() == formulas
    wrong = page.locator("[data-mjx-error], merror, mtext[mathcolor=red]")
    assert wrong.count() == 0  # bad syntax, or a command that MathJax does not know
    assert page.locator("h1:visible").count() == 1
    broken = "images => images.filter(x => !x.naturalWidth).map(x => x.src)"
    assert page.locator("img:visible").evaluate_all(broken) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_is_accessible(visit, axe, built_page, width):
    page = visit(built_page, width=width)
    page.locator("details").evaluate_all("all => all.forEach(x => { x.open = true })")
    for theme in ("light", "dark"):
        page.evaluate(
            "name => { document.documentElement.dataset.theme = name }", theme
        )
        assert axe(page) == [], theme


@pytest.mark.parametrize("width", [1280, 390])
def test_only_boxes_scroll_sideways(visit, built_page, width):
    page = visit(built_page, width=width)
    page.locator("details").evaluate_all("all => all.forEach(x => { x.open = true })")
    root = page.locator("html")
    assert root.evaluate("x => x.scrollWidth") <= root.evaluate("x => x.clientWidth")
    boxes = page.locator("pre, div.math, .pst-scrollable-table-container")
    for box in boxes.all():
        if box.is_visible() and box.evaluate("x => x.scrollWidth > x.clientWidth"):
            expect(box).to_have_attribute("tabindex", "0")  # the arrow keys reach it
