"""What a reader does with the book, done in a browser on lecture 2."""

import io
import re
from collections import Counter

import numpy as np
import pytest
from matplotlib.image import imread
from playwright.sync_api import expect

from tools.notebooks.drawings import PHONE

L2 = "lectures/L02_edge_detection.html"


def dark(page):
    """Press the button until the page is dark: it goes round auto, light and dark."""
    button = page.locator(".theme-switch-button:visible")
    for _ in range(3):
        if page.locator("html").get_attribute("data-theme") == "dark":
            break
        button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def gray(locator):
    """Return a screenshot in gray, 4 x 4 pixels in one: it may lie half a pixel off."""
    pixels = imread(io.BytesIO(locator.screenshot()))[..., :3].mean(axis=-1)
    height, width = (side // 4 for side in pixels.shape)
    blocks = pixels[: 4 * height, : 4 * width].reshape(height, 4, width, 4)
    return blocks.mean(axis=(1, 3))


@pytest.mark.parametrize("origin", ["http", "file"])
def test_search(visit, axe, origin):
    page = visit(L2, origin)
    page.keyboard.press("Control+k")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.keyboard.press("Control+k")
    field.fill("two vectors")
    field.press("Enter")
    results = page.locator("#search-results")
    section = "L2: Edge detection > A kernel made of two vectors"
    found = results.locator("li a").get_by_text(section, exact=True)
    expect(found).to_be_visible()
    expect(results.get_by_role("status")).to_contain_text(" found, the best first.")
    expect(results).not_to_contain_text("Search finished")
    if origin == "http":  # a file may not read other files, and shows titles alone
        expect(page.locator("#search-results li .context").first).to_be_visible()
    assert axe(page) == []
    found.click()
    expect(page.locator("h1")).to_contain_text("L2: Edge detection")
    expect(page.locator("#a-kernel-made-of-two-vectors > h2")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("query", "places"),
    [
        # of several words, where all of them are; of a part of a word, where it is
        (
            "multilayer plainest",
            ["lectures/L01_introduction.html#the-multilayer-perceptron"],
        ),
        ("onnected2", ["appendix/api.html#cnnlib.ops.locally_connected2d"]),
        (
            "two vectors",
            ["lectures/L02_edge_detection.html#a-kernel-made-of-two-vectors"],
        ),
    ],
)
def test_search_leads_to_the_place(visit, query, places):
    page = visit(f"search.html?q={query}")
    status = page.locator("#search-results").get_by_role("status")
    expect(status).not_to_be_empty()
    links = page.locator("#search-results li > a:first-child")
    found = links.evaluate_all("all => all.map(x => x.getAttribute('href'))")
    assert set(places) <= set(found)
    assert len(set(found)) == len(found), "a place is listed once"


L1, L3, L5, L6, L7 = (
    f"lectures/{name}.html"
    for name in (
        "L01_introduction",
        "L03_padding_and_strides",
        "L05_convolution_layer",
        "L06_max_pooling",
        "L07_training",
    )
)
API = "appendix/api.html#cnnlib"


@pytest.mark.parametrize(
    ("query", "origin", "first"),
    [
        (
            "pooling",
            "http",
            [f"{L6}#the-largest-of-four", f"{L6}#all-the-way-global-pooling"],
        ),
        ("padding", "file", [f"{L3}#a-border-of-zeros", L3]),
        (
            "equivariance",
            "http",
            [
                f"{L1}#three-properties",
                f"{L5}#move-the-picture",
                f"{L6}#how-far-may-it-move",
            ],
        ),
        ("max_pool2d", "file", [f"{API}.ops.max_pool2d", f"{L6}#how-far-may-it-move"]),
        (
            "MaxPooling2D()",
            "http",
            [f"{API}.layers.MaxPooling2D", f"{API}.plans.MaxPooling2D"],
        ),
        ("Network.fit", "http", [f"{API}.network.Network.fit"]),
        # a plain word, though the library has something of this name
        ("relu", "http", [f"{L5}#bias-and-relu"]),
        ("dropout", "http", [f"{L7}#dropout"]),
    ],
)
def test_the_best_comes_first(visit, query, origin, first):
    page = visit(f"search.html?q={query}", origin)
    results = page.locator("#search-results")
    expect(results.get_by_role("status")).to_contain_text(" found, the best first.")
    links = results.locator("li > a:first-child")
    found = links.evaluate_all("all => all.map(x => x.getAttribute('href'))")
    assert found[: len(first)] == first
    # an exact name leads; else the lectures come before all others, but in a dotted
    # name each part is a word, and a place with both comes before one with one of them
    if "." not in query:
        rest = found[1:] if found[0].startswith(API) else found
        kinds = [not link.startswith("lectures/") for link in rest if link not in first]
        assert kinds == sorted(kinds)
    pages = Counter(link.partition("#")[0] for link in found)
    assert max(pages[page] for page in pages if page.startswith("lectures/")) <= 3
    assert not [link for link in found if re.search(r"explorers\.\w+\.", link)]


def test_a_search_without_a_result(visit):
    # each object of JavaScript has something of this name
    page = visit("search.html?q=constructor")
    status = page.locator("#search-results").get_by_role("status")
    expect(status).to_have_text(
        "Nothing found. Is each word spelled as the book has it?"
    )
    form = page.locator(".bd-search-container form").bounding_box()
    assert status.bounding_box()["y"] >= form["y"] + form["height"] + 10


def test_dark_mode(visit):
    page = visit(L2, color_scheme="light")
    figure = page.locator(".cell_output img").first
    light_figure = gray(figure)
    dark(page)
    color = page.locator("body").evaluate("x => getComputedStyle(x).backgroundColor")
    assert max(int(x) for x in color.strip("rgb()").split(",")) < 60
    dark_figure = gray(figure)
    assert np.corrcoef(light_figure.ravel(), dark_figure.ravel())[0, 1] > 0.99
    assert dark_figure.max() > 0.8
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_dark_where_the_reader_set_it(visit):
    page = visit(L2, color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_solutions_open_by_keyboard(visit):
    page = visit(L2)
    folds = page.locator(".tag_solution > details")
    for fold in folds.all():
        code = fold.locator("pre").first
        expect(code).to_be_hidden()
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(code).to_be_visible()


def test_skip_link(visit):
    page = visit(L2)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_be_visible()


def test_sidebar_on_a_phone(visit, axe):
    page = visit(L2, width=390)
    lecture = page.get_by_role("navigation", name="Main").get_by_role("link").first
    expect(lecture).to_be_hidden()  # and so no stop of the Tab key
    page.get_by_role("button", name="Toggle primary sidebar").press("Enter")
    expect(lecture).to_be_visible()
    expect(page.locator(".bd-sidebar-primary :focus")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(lecture).to_be_hidden()


def test_code_fits_the_column(visit):
    page = visit(L2, width=1280)
    long = """boxes => boxes.filter(x => x.scrollWidth > x.clientWidth)
        .map(x => x.textContent)"""
    assert page.locator(".cell_input pre").evaluate_all(long) == []


def test_notebook_downloads(visit, root):
    page = visit(L2)
    page.get_by_role("button", name="Download this page").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=".ipynb").click()
    notebook = root / "lectures" / "L02_edge_detection.ipynb"
    assert download.value.suggested_filename == notebook.name
    assert download.value.path().read_bytes() == notebook.read_bytes()


def test_printing(visit):
    page = visit(L2)
    dark(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    code = page.locator(".tag_hide-input > details pre")
    assert code.count() > 0
    for shown in code.all():  # what is folded on the screen stands on paper
        expect(shown).to_be_visible()
        fold = shown.locator("xpath=ancestor::details").locator("> *").last
        expect(fold).to_have_css("animation-name", "none")
        expect(fold).to_have_css("opacity", "1")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("summary:visible, .enlarge:visible")).to_have_count(
        page.locator("details:not(.hide) > summary").count()
    )
    for left_out in (
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".bd-header-article",
        ".tag_setup",
    ):
        expect(page.locator(left_out)).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert not page.locator(".tag_hide-input > details[open]").count()
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") > 5


def test_a_figure_fills_a_phone_and_opens_larger(visit, axe):
    page = visit(L2, width=390)
    figure = page.locator("figure").first
    picture, button = figure.locator("img"), figure.get_by_role("button")
    assert round(picture.bounding_box()["width"]) == PHONE
    expect(button).to_have_accessible_name("Enlarge Figure 2.1")
    dialog = page.get_by_role("dialog", name="Figure 2.1")
    button.press("Enter")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    large = dialog.get_by_role("img")
    assert large.bounding_box()["width"] > 1.8 * PHONE
    assert large.get_attribute("alt") == picture.get_attribute("alt")
    assert axe(page) == []
    page.keyboard.press("Tab")  # to what scrolls
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('dialog div').scrollLeft > 0")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    for close in ("button", "img"):
        picture.click()
        expect(dialog).to_be_visible()
        dialog.locator(close).click()
        expect(dialog).to_be_hidden()


def test_a_figure_without_scripts(browser, origins):
    page = browser.new_page(java_script_enabled=False)
    page.goto(origins["http"] + L2)
    expect(page.locator("figure img").first).to_be_visible()
    expect(page.locator(".enlarge, dialog")).to_have_count(0)
    page.close()


def test_a_term_leads_to_the_glossary_and_back(visit, axe):
    page = visit("lectures/L01_introduction.html")
    term = page.locator("#explained-seed + a")
    expect(term).to_have_text("seed")
    color = "node => getComputedStyle(node).color"
    assert term.evaluate(color) == term.locator("xpath=..").evaluate(color)
    term.click()
    entry = page.locator("#term-seed")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("seed: The number that sets the dice")
    assert axe(page) == []
    entry.get_by_role("link", name="L1").click()
    expect(page).to_have_url(re.compile(r"L01_introduction\.html#explained-seed$"))
    expect(page.locator("#explained-seed + a")).to_be_in_viewport()
