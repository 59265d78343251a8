"""With a reader's own few colors, as in Windows contrast themes, no mark is lost."""

import numpy as np
import pytest

from cnnlib.explorers import (
    ArchitectureExplorer,
    ChannelsExplorer,
    ConnectionsExplorer,
    ConvolutionExplorer,
    DescentExplorer,
    EquivarianceExplorer,
    FrozenExplorer,
    GradientExplorer,
    PoolingExplorer,
    ReceptiveFieldExplorer,
    ResidualExplorer,
    SizeExplorer,
)

ONES = np.ones((2, 2), int)
EXPLORERS = {
    "convolution": ConvolutionExplorer(padding=1),
    "size": SizeExplorer(6, 3, 0, 2),
    "pooling": PoolingExplorer(),
    "channels": ChannelsExplorer(),
    "descent": DescentExplorer(),
    "equivariance": EquivarianceExplorer(),
    "receptive field": ReceptiveFieldExplorer(),
    "gradient": GradientExplorer(np.arange(9).reshape(3, 3), ONES, ONES),
}
# what the marks are made of, where it is drawn in a color of the reader's
BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
LOOKS = """(cells, [name, pseudo]) => cells.map(
    cell => getComputedStyle(cell, pseudo)[name])"""


@pytest.fixture
def open_explorer(open_page):
    return lambda kind: open_page(EXPLORERS[kind], forced_colors="active")


def looks(page, selector, name, pseudo=None):
    found = page.locator(f".cnnlib-explorer {selector}")
    values = found.evaluate_all(LOOKS, [name, pseudo])
    assert values
    return values


@pytest.mark.parametrize("kind", EXPLORERS)
def test_frames_stay(open_explorer, kind):
    page = open_explorer(kind)
    for part in ("image", "output"):
        cells = f".ce-{part} td"
        assert all(
            shadow.startswith(BLACK)
            for shadow in looks(page, f"{cells}.w", "boxShadow")
        )
        assert set(looks(page, f"{cells}:not(.w)", "boxShadow")) == {"none"}
        assert {*looks(page, f"{cells}.w", "fontWeight")} == {"700"}


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("convolution", ".pad"), ("gradient", ".pad"), ("size", ".lost")],
)
def test_patterns_stay(open_explorer, kind, mark):
    page = open_explorer(kind)
    assert "none" not in looks(page, f".ce-image {mark}", "backgroundImage")
    others = looks(page, f".ce-image td:not({mark}, .pad)", "backgroundImage")
    assert set(others) == {"none"}


def test_the_marks_of_the_convolution_explorer(open_explorer):
    page = open_explorer("convolution")
    assert looks(page, ".ce-kernel tbody", "outlineColor") == [BLACK]
    page.get_by_label("Hide outputs until visited").check()
    assert set(looks(page, ".unseen", "content", "::before")) == {'"?"'}
    field = page.locator("td input").first
    field.fill("")
    assert looks(page, "[aria-invalid='true']", "borderStyle") == ["dashed"]
    assert looks(page, "[aria-invalid='true']", "borderColor") == [BLACK]
    assert set(looks(page, "td [aria-invalid='false']", "borderStyle")) == {"none"}
    page.get_by_label("Draw").select_option("255")
    page.locator(".ce-image td").nth(20).click()
    assert looks(page, "td:focus", "outlineStyle") == ["solid"]
    # nothing can be divided by the sum of Sobel's weights
    gray = looks(page, ".ce-sum .zero", "color")[0]
    assert gray not in (BLACK, WHITE)
    assert looks(page, ".ce-check:has(:disabled)", "color") == [gray]
    assert looks(page, ".ce-check:has(:enabled)", "color") == [BLACK]


def test_the_marks_of_the_pooling_explorer(open_explorer):
    page = open_explorer("pooling")
    assert looks(page, ".from", "backgroundColor")[0] not in (BLACK, WHITE)
    assert set(looks(page, ".kept", "textDecorationLine")) == {"underline"}
    for _ in range(3):
        page.get_by_label("Shift the input right by one pixel").click()
    assert set(looks(page, ".changed", "outlineStyle")) == {"dashed"}
    assert set(looks(page, ".changed", "outlineColor")) == {BLACK}
    assert looks(page, "[aria-disabled='true']", "borderStyle") == ["dashed"]


def test_the_marks_of_the_size_explorer(open_explorer):
    page = open_explorer("size")
    assert set(looks(page, ".at", "backgroundColor", "::after")) == {BLACK}


def test_the_marks_of_the_channels_explorer(open_explorer):
    page = open_explorer("channels")
    assert set(looks(page, ".color", "backgroundColor")) == {"rgb(255, 128, 0)", BLACK}
    assert set(looks(page, ".ce-map td.w", "fontWeight")) == {"700"}


def test_the_marks_of_the_descent_explorer(open_explorer):
    page = open_explorer("descent")
    page.get_by_label("Steps").fill("5")
    assert looks(page, ".ce-dot", "stroke") == [BLACK]
    assert looks(page, ".ce-curve", "stroke")[0] != WHITE
    assert set(looks(page, ".ce-kernel td.w", "fontWeight")) == {"700"}
    assert looks(page, ".ce-error tbody", "outlineColor") == [BLACK]


def test_the_marks_of_the_connections_explorer(open_page):
    page = open_page(ConnectionsExplorer([[1, 0], [1, 1]]), forced_colors="active")
    highlight = {*looks(page, ".on", "backgroundColor")}
    assert len(highlight) == 1
    assert highlight.isdisjoint(looks(page, "td:not(.on)", "backgroundColor"))
    assert {shadow.split(" 0px")[0] for shadow in looks(page, "td.w", "boxShadow")} == {
        BLACK
    }
    page.locator("td").first.focus()
    page.keyboard.press("ArrowRight")
    assert looks(page, "td:focus", "outlineColor") == [BLACK]


def test_the_marks_of_the_equivariance_explorer(open_explorer):
    page = open_explorer("equivariance")
    assert len(looks(page, ".ce-unit td.w", "boxShadow")) == 9
    page.get_by_label("Hide the answers").check()
    assert set(looks(page, ".unseen", "content", "::before")) == {'"?"'}


def test_the_marks_of_the_architecture_explorer(open_page):
    page = open_page(ArchitectureExplorer(), forced_colors="active")
    fc1 = page.get_by_role("row", name="fc1")
    background = fc1.evaluate("row => getComputedStyle(row).backgroundImage")
    assert "100%" in background  # the longest bar
    assert fc1.evaluate("row => getComputedStyle(row).boxShadow") == "none"
    fc1.click()
    assert fc1.evaluate("row => getComputedStyle(row).boxShadow").startswith(BLACK)


def test_the_marks_of_frozen_parts(open_page):
    page = open_page(FrozenExplorer(), forced_colors="active")
    block5 = page.get_by_role("row", name="block5")
    background = block5.evaluate("row => getComputedStyle(row).backgroundImage")
    assert "100%" in background  # the longest bar
    state = block5.get_by_role("gridcell").last
    assert state.evaluate("cell => getComputedStyle(cell).fontWeight") == "700"
    block5.click()
    assert state.evaluate("cell => getComputedStyle(cell).fontWeight") == "400"


def test_the_bars_of_paths_and_of_gradients_differ(open_page):
    page = open_page(ResidualExplorer(), forced_colors="active")
    first = page.locator(".ce-bars span").first.locator("i")
    paths, gradients = first.evaluate_all(
        "bars => bars.map(bar => getComputedStyle(bar).backgroundColor)"
    )
    assert gradients == BLACK
    assert paths not in (BLACK, WHITE)
