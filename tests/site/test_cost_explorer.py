"""The cost explorer in a browser: its numbers, sliders, branches and looks."""

import pytest
from explorer_page import facts, lines, overhanging, sideways
from playwright.sync_api import expect

from cnnlib.explorers import CostExplorer
from cnnlib.explorers.cost import branches

LABELS = {
    "size": "Image side",
    "channels": "Input channels",
    "filters": "Output channels",
    "bottleneck": "Bottleneck",
}


@pytest.fixture
def page(open_page):
    return open_page(CostExplorer())


def assert_as_python(page, explorer):
    [(caption, heads, wanted)] = explorer.listings()
    assert page.locator("caption").text_content() == caption
    assert tuple(page.locator("thead th").all_text_contents()) == heads
    assert lines(page) == wanted
    assert facts(page) == explorer.facts()
    shown = page.locator(".ce-slider b").all_text_contents()
    assert shown == [str(value) for value in explorer.settings.values()]
    assert page.get_by_label("Kernel").input_value() == str(explorer.kernel_size)


@pytest.mark.parametrize(
    ("n", "k", "c", "f", "b"),
    [
        (28, 5, 192, 32, 16),
        (28, 5, 192, 32, 154),
        (28, 5, 192, 32, 155),
        (1, 1, 1, 1, 1),
        (64, 7, 1024, 512, 512),
        (7, 1, 2, 2, 1),
        (14, 3, 100, 7, 3),
        (9, 1, 3, 3, 1),
    ],
)
def test_the_script_counts_as_python_does(page, n, k, c, f, b):
    page.get_by_label("Kernel").select_option(str(k))
    for label, value in zip(LABELS.values(), (n, c, f, b)):
        page.get_by_label(label).fill(str(value))
    assert_as_python(page, CostExplorer(n, k, c, f, b))


def test_a_branch_sets_everything_and_shows_as_long_as_it_is_set(page):
    choice = page.get_by_label("Branch of GoogLeNet")
    assert choice.input_value() == "3a, 5 × 5"
    for name, settings in branches().items():
        choice.select_option(name)
        assert_as_python(page, CostExplorer(*settings))
        assert choice.input_value() == name
    page.get_by_label("Bottleneck").fill("47")
    assert choice.input_value() == "own"


def test_bars_are_as_long_as_what_they_stand_for(page):
    ends = page.locator("tbody tr").evaluate_all("""rows => rows.map(row =>
        ["--from", "--share"].map(key => Number(row.style.getPropertyValue(key))))""")
    first, both = 3_072 / 153_600, 15_872 / 153_600
    wanted = [[0, 1], [0, first], [first, both], [0, both]]
    assert [each for pair in ends for each in pair] == pytest.approx(
        [each for pair in wanted for each in pair]
    )


def test_a_slider_moves_by_one_with_a_key_and_says_what_came(page):
    page.get_by_label("Bottleneck").focus()
    page.keyboard.press("ArrowRight")
    assert_as_python(page, CostExplorer(bottleneck=17))
    expect(page.locator(".ce-spoken")).to_have_text(
        "Direct 120,422,400, two stages 13,221,376; ratio 9.108"
    )


def test_reset_brings_back_the_first_view(open_page):
    explorer = CostExplorer(14, 3, 20, 30, 4)
    page = open_page(explorer)
    first = page.locator(".ce-live").inner_text()
    page.get_by_label("Branch of GoogLeNet").select_option("5b, 3 × 3")
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".ce-live").inner_text() == first
    assert_as_python(page, explorer)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_no_sideways_scroll_on_a_phone(open_page, width, scripts):
    explorer = CostExplorer(64, 7, 1024, 512, 512)
    page = open_page(explorer, java_script_enabled=scripts)
    page.set_viewport_size({"width": width, "height": 844})
    assert sideways(page) <= 0
    if scripts:  # the static table scrolls in a frame of its own
        assert overhanging(page) == []


def test_controls_and_table_are_on_one_screen_of_a_phone(open_page):
    page = open_page(CostExplorer(), width=390, height=844, has_touch=True)
    top = page.locator(".ce-controls").bounding_box()["y"]
    table = page.locator("table").bounding_box()
    assert table["y"] + table["height"] - top <= 844


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(CostExplorer(), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
