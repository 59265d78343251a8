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
    assert label.startswith("Loss: ")
    assert label.endswith(f" {loss} at step {steps}")
    assert label.count("at step") == (2 if steps else 1)
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
    go_to(page, 90)
    choose(page, "Rate", "0.3")
    expect_numbers(page, x, explorer.start, 0.3, last)
    choose(page, "Rate", "0.1")  # where the reader was before
    expect_numbers(page, x, explorer.start, 0.1, 90)


@pytest.mark.parametrize("part", ["image", "kernel", "output"])
def test_each_frame_is_dragged(page, part):
    def center(row, column):
        cell = page.locator(f".ce-{part} tr").nth(row).locator("td").nth(column)
        box = cell.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.mouse.move(*center(0, 0))
    page.mouse.down()
    page.mouse.move(*center(1, 2), steps=3)
    page.mouse.move(*center(2, 1), steps=3)
    assert place(page) == place(page, "kernel") == place(page, "image") == [2, 1]
    page.mouse.up()
    page.mouse.move(*center(0, 0))
    assert place(page) == [2, 1]
    assert page.evaluate("getSelection().toString()") == ""


def powers(page):
    """Return the labels of the scale of the loss, from below, as powers of ten."""
    texts = page.locator(".ce-end").all_text_contents()
    plain = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return [0 if t == "1" else int(t[2:].translate(plain)) for t in texts]


@pytest.mark.parametrize(
    ("rate", "step"), [(0.1, 0), (0.1, 100), (0.2, 100), (0.3, 53)]
)
def test_the_scale_just_holds_the_losses(page, rate, step):
    choose(page, "Rate", str(rate))
    go_to(page, step)
    losses = [
        (DescentExplorer(rate=rate, step=i).error() ** 2).mean()
        for i in range(step + 1)
    ]
    low, *_, high = shown = powers(page)
    assert high - 1 < np.log10(max(losses)) <= high
    assert low <= np.log10(min(losses))
    between = np.diff(shown)
    assert len(set(between)) == 1
    assert between[0] == 1 or high - 4 * (between[0] - 1) > np.log10(min(losses))
    heights = [
        float(y)
        for y in page.locator("svg line").evaluate_all(
            "all => all.map(line => line.getAttribute('y1'))"
        )
    ]
    lowest, highest = heights[0], heights[-1]
    points = page.locator(".ce-curve").get_attribute("points").split()
    drawn = [float(point.split(",")[1]) for point in points]
    part = (np.log10(losses) - low) / (high - low)
    np.testing.assert_allclose(drawn, lowest + part * (highest - lowest), atol=1e-6)


# the book leaves 8 pixels less on each side than this page
@pytest.mark.parametrize("width", [390 - 16, 320 - 16])
def test_the_figures_are_read_on_a_phone(open_page, width):
    page = open_page(LARGE, width=width)
    go_to(page, page.get_by_label("Steps").get_attribute("max"))
    sizes = page.evaluate("""() => {
        const root = document.querySelector(".cnnlib-explorer");
        const chart = root.querySelector("svg");
        const scale = chart.getBoundingClientRect().width / 300;
        const size = node => parseFloat(getComputedStyle(node).fontSize);
        return [...[...root.querySelectorAll("td")].map(size),
            ...[...chart.querySelectorAll("text")].map(node => size(node) * scale)];
    }""")
    assert min(sizes) >= 9
    chart = page.locator("svg").bounding_box()
    assert chart["width"] > 0.7 * width
    below = page.locator(".ce-error").bounding_box()
    assert chart["y"] > below["y"] + below["height"]
    signs = page.locator(".ce-kernel, .ce-map").evaluate_all(
        "all => all.map(node => getComputedStyle(node, '::before').content[1])"
    )
    assert signs == ["∗", "="]
    *_, change, after = page.locator(".ce-sum i").all_text_contents()
    assert change.startswith("− 0.3·(")  # each is whole on its line
    assert after.startswith("≈ ")


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
