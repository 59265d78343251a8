"""The descent explorer in a browser: its steps, sums, loss, controls and looks."""

import numpy as np
import pytest
from explorer_page import (
    ROOT,
    matrix,
    overhanging,
    place,
    products,
    sideways,
    words,
)
from playwright.sync_api import expect

from cnnlib import data, ops
from cnnlib.explorers import DescentExplorer
from cnnlib.explorers.descent import _brief, _short
from cnnlib.explorers.tables import number

GY = ops.KERNELS["sobel_y"]
LARGE = DescentExplorer(rate=0.3)
SMALL = np.random.default_rng(2).normal(size=(4, 5))


@pytest.fixture
def page(open_page):
    return open_page(DescentExplorer())


def choose(page, label, value):
    page.get_by_label(label, exact=True).select_option(value)


def go_to(page, step):
    page.get_by_label("Steps").fill(str(step))


def as_text(values):
    return [[number(value) for value in row] for row in _short(np.asarray(values))]


def expect_numbers(page, x, kernel, rate, steps):
    """Compare all that is shown after some steps with `ops.correlate2d`."""
    target = ops.correlate2d(x, GY)
    for step in range(steps + 1):
        result = ops.correlate2d(x, kernel)
        error = result - target
        gradient = 2 * ops.correlate2d(x, error) / error.size
        if step < steps:
            kernel = kernel - rate * gradient
    assert matrix(page, "image") == as_text(x)
    assert matrix(page, "kernel") == as_text(kernel)
    assert matrix(page, "map") == as_text(result)
    assert matrix(page, "error") == as_text(error)
    assert matrix(page, "output") == as_text(gradient)
    row, column = place(page)
    assert place(page, "image") == place(page, "kernel") == [row, column]
    height, width = error.shape
    window = _short(x)[row : row + height, column : column + width]
    terms = products(window, _short(error))
    slope = gradient[row, column]
    before, shown, after = map(
        number,
        _short(
            np.array(
                [kernel[row, column], slope, kernel[row, column] - rate * slope],
            )
        ),
    )
    factor = f"({shown})" if shown[0] == "−" else shown
    assert words(page, ".ce-sum") == (
        f"∂L/∂k[{row}, {column}] = 2/{error.size}·({terms}) ≈ {shown} "
        f"so the next k[{row}, {column}] is "
        f"{before} − {number(rate)}·{factor} ≈ {after}"
    )
    loss = _brief((error**2).mean())
    facts = words(page, ".ce-facts")
    sums = ", ".join(map(number, _short(kernel.sum(axis=1))))
    assert facts == (
        f"Loss, the mean squared error {loss} Sums of the kernel’s rows {sums} "
        f"Largest difference from Gy {number(_short(abs(kernel - GY)).max())}"
    )
    label = page.locator(f"{ROOT} svg").get_attribute("aria-label")
    assert label.endswith(f", {loss} at step {steps}")
    points = page.locator(".ce-curve").get_attribute("points")
    assert len(points.split()) == steps + 1


@pytest.mark.parametrize("picture", ["noise", "step"])
@pytest.mark.parametrize("start", ["random", "zeros"])
def test_steps_agree_with_the_library(page, picture, start):
    explorer = DescentExplorer()
    x = explorer.noise if picture == "noise" else data.step_image() / 255
    kernel = explorer.start if start == "random" else np.zeros((3, 3))
    choose(page, "Picture", picture)
    choose(page, "Start", start)
    for rate, step in ((0.1, 0), (0.1, 1), (0.02, 30), (0.2, 100)):
        choose(page, "Rate", str(rate))
        go_to(page, step)
        expect_numbers(page, x, kernel, rate, step)
    page.locator(".ce-output td").nth(5).click()
    expect_numbers(page, x, kernel, rate, step)


def test_another_picture_and_start(open_page):
    start = np.arange(9).reshape(3, 3) / 4 - 1
    page = open_page(DescentExplorer(SMALL, start, rate=0.02, step=3))
    expect_numbers(page, SMALL, start, 0.02, 3)
    page.locator(".ce-image [tabindex='0']").focus()
    for key, at in {"ArrowDown": [1, 0], "End": [1, 2], "Control+End": [2, 2]}.items():
        page.keyboard.press(key)
        assert place(page) == at
    expect_numbers(page, SMALL, start, 0.02, 3)
    slope = page.locator(".ce-output td.w").text_content()
    loss = page.locator(".ce-facts dd").first.text_content()
    spoken = f"Step 3, loss {loss}. Gradient row 2, column 2: {slope}"
    expect(page.locator(".ce-spoken")).to_have_text(spoken)


@pytest.mark.parametrize("picture", ["noise", "step"])
def test_too_large_a_rate_ends_where_the_weights_leave(page, picture):
    explorer = DescentExplorer()
    x = explorer.noise if picture == "noise" else data.step_image() / 255
    choose(page, "Picture", picture)
    go_to(page, 100)
    assert words(page, ".ce-hint") == ""
    choose(page, "Rate", "0.3")
    last = int(page.get_by_label("Steps").get_attribute("max"))
    assert 20 < last < 100
    expect_numbers(page, x, explorer.start, 0.3, last)
    expected = f"At step {last + 1} a weight passes 999: the rate is too large."
    assert words(page, ".ce-hint") == expected
    go_to(page, last - 1)
    assert words(page, ".ce-hint") == ""
    choose(page, "Rate", "0.1")
    assert page.get_by_label("Steps").get_attribute("max") == "100"
    expect_numbers(page, x, explorer.start, 0.1, last - 1)


def test_play_step_and_reset(page):
    explorer = DescentExplorer()
    page.get_by_role("button", name="Step", exact=True).click()
    expect_numbers(page, explorer.noise, explorer.start, 0.1, 1)
    assert page.locator(".ce-slider b").text_content() == "1"
    go_to(page, 97)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_label("Steps")).to_have_value("100")
    page.get_by_role("button", name="Play").wait_for()  # and it stops
    expect_numbers(page, explorer.noise, explorer.start, 0.1, 100)
    page.get_by_role("button", name="Step", exact=True).click()
    expect_numbers(page, explorer.noise, explorer.start, 0.1, 0)
    choose(page, "Picture", "step")
    page.get_by_role("button", name="Reset").click()
    expect_numbers(page, explorer.noise, explorer.start, 0.1, 0)


def test_the_slider_moves_with_the_arrow_keys(page):
    explorer = DescentExplorer()
    page.get_by_label("Steps").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_numbers(page, explorer.noise, explorer.start, 0.1, 2)


@pytest.mark.parametrize("picture", ["noise", "step"])
def test_the_first_view_says_what_the_static_picture_says(open_page, picture):
    explorer = DescentExplorer(picture=picture, rate=0.2, step=12)
    static = open_page(explorer, java_script_enabled=False)
    live = open_page(explorer)
    tables = "all => all.map(table => table.tBodies[0].textContent.replace(/\\s/g, ''))"
    shown = static.locator(f"{ROOT} table").evaluate_all(tables)
    parts = ("image", "kernel", "map", "image", "error", "output")
    assert shown == ["".join(map("".join, matrix(live, part))) for part in parts]
    for selector in (".ce-sum", ".ce-facts"):
        assert words(static, selector) == words(live, selector)


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_cut_off(open_page, scripts):
    page = open_page(LARGE, java_script_enabled=scripts)
    if scripts:
        go_to(page, page.get_by_label("Steps").get_attribute("max"))
    for width in (760, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert sideways(page) <= 0
        assert overhanging(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility(open_page, axe, theme):
    page = open_page(LARGE, theme)
    go_to(page, page.get_by_label("Steps").get_attribute("max"))
    for width in (900, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == []
