"""The residual explorer in a browser: its numbers, blocks that are switched, looks."""

from math import comb

import pytest
from explorer_page import facts, lines, overhanging, sideways
from playwright.sync_api import expect

from cnnlib.explorers import ResidualExplorer
from cnnlib.explorers.residual import PLACES, VIEWS, path_gradients


@pytest.fixture
def page(open_page):
    return open_page(ResidualExplorer())


def choose(page, blocks, strength, relu, show):
    page.get_by_label("Blocks").fill(str(blocks))
    page.get_by_label("Strength f").fill(str(strength))
    page.get_by_label("ReLU").select_option(relu)
    page.get_by_label("Show").select_option(show)


def row(page, block):
    return page.locator("tbody tr").nth(block)


def bars(page):
    """Return for each number of F: height of both bars, and whether one is below 0."""
    return page.locator(".ce-bars span").evaluate_all("""columns => columns.map(node =>
        [...node.querySelectorAll("i")].map(bar =>
            [Number(bar.style.getPropertyValue("--share")), bar.className]))""")


def assert_as_python(page, explorer):
    [(caption, heads, wanted)] = explorer.listings()
    assert page.locator("caption").text_content() == caption
    assert page.locator("thead th").all_text_contents() == heads
    assert lines(page) == wanted
    assert facts(page) == explorer.facts()
    live = explorer.live()
    terms = path_gradients([block[0] for block in explorer.residual.slopes], live)
    ways = [comb(sum(live), k) for k in range(sum(live) + 1)]
    largest = max(map(abs, terms)) or 1
    for k, ((paths, _), (back, kind)) in enumerate(bars(page)):
        assert paths == pytest.approx(ways[k] / max(ways), abs=1e-3)
        assert back == pytest.approx(abs(terms[k]) / largest, abs=1e-3)
        assert kind == ("neg" if terms[k] < 0 else "pos")


@pytest.mark.parametrize("relu", PLACES)
@pytest.mark.parametrize("show", VIEWS)
def test_the_script_sends_the_numbers_that_python_sends(page, relu, show):
    for blocks in (1, 6, 20):
        for strength in (0, 0.1, -0.1, 0.7, -1.3, 1.5):
            choose(page, blocks, strength, relu, show)
            wanted = {"blocks": blocks, "strength": strength}
            assert_as_python(page, ResidualExplorer(**wanted, relu=relu, show=show))


def test_a_click_switches_a_block_off_and_on(page):
    row(page, 3).click()
    row(page, 7).click()
    assert_as_python(page, ResidualExplorer(off=(3, 7)))
    assert row(page, 3).get_attribute("aria-selected") == "false"
    row(page, 3).click()
    assert_as_python(page, ResidualExplorer(off=(7,)))
    row(page, 0).click()  # the input is no block
    assert_as_python(page, ResidualExplorer(off=(7,)))
    told = page.locator(".ce-spoken")
    expect(told).to_have_text(
        "Plain: 1 becomes 0; gradient 0.1⁶·0¹⁴ = 0. "
        "Residual: 1 becomes 6.12; gradient 1.1¹⁹·1 ≈ 6.12"
    )


def test_keys_choose_and_switch_a_block(page):
    assert page.locator("tbody [tabindex='0']").count() == 1
    row(page, 0).focus()
    for key in ("ArrowDown", "ArrowDown", " ", "End", "Enter", "ArrowDown", "Home"):
        page.keyboard.press(key)
    focused = "document.activeElement.cells[0].textContent"
    assert page.evaluate(focused) == "in"
    assert_as_python(page, ResidualExplorer(off=(2, 20)))
    page.get_by_label("Blocks").fill("5")  # block 20 is gone, and so is its row
    assert_as_python(page, ResidualExplorer(blocks=5, off=(2,)))
    assert page.locator("tbody [tabindex='0']").count() == 1


def test_the_first_view_is_the_one_asked_for(open_page):
    explorer = ResidualExplorer((1, -2), 7, -0.6, "before", (2,), "gradient")
    page = open_page(explorer)
    assert_as_python(page, explorer)
    first = page.locator(".ce-live").inner_text()
    choose(page, 3, 1.2, "after", "signal")
    row(page, 1).click()
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".ce-live").inner_text() == first
    assert_as_python(page, explorer)


def test_the_bars_say_where_most_is(page):
    picture = page.get_by_role("img")
    said = "Bars: most paths pass 10 F, most of the gradient comes back through 1 F"
    assert picture.get_attribute("aria-label") == said
    tall = page.locator(".ce-bars i").evaluate_all(
        "bars => bars.map(bar => bar.getBoundingClientRect().height)"
    )
    assert max(tall) > 50
    assert min(tall) >= 1


def test_controls_and_table_are_on_one_screen(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    top = page.locator(".ce-controls").bounding_box()["y"]
    table = page.locator("table").bounding_box()
    assert table["y"] + table["height"] - top <= 900


def test_no_column_moves_while_numbers_grow(page):
    where = """() => [...document.querySelectorAll("thead th")].map(
        node => node.getBoundingClientRect().x)"""
    before = page.evaluate(where)
    for strength in (-1.5, 0.7, 1.5):
        choose(page, 20, strength, "preactivation", "gradient")
        assert page.evaluate(where) == before


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_no_sideways_scroll_on_a_phone(open_page, width, scripts):
    page = open_page(ResidualExplorer(strength=0.7), java_script_enabled=scripts)
    page.set_viewport_size({"width": width, "height": 844})
    assert sideways(page) <= 0
    if scripts:  # the static table scrolls in a frame of its own
        assert overhanging(page) == []
        cut = page.locator("td, th").evaluate_all(
            "all => all.filter(node => node.scrollWidth > node.clientWidth + 1)"
            ".map(node => node.textContent)"
        )
        assert cut == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(ResidualExplorer(off=(2,)), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
