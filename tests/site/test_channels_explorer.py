"""The channels explorer in a browser: its numbers, windows, colors, keys and looks."""

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

from cnnlib import ops
from cnnlib.explorers import ChannelsExplorer
from cnnlib.explorers.channels import COLORS, KERNELS, PICTURES
from cnnlib.explorers.tables import number, rounded

PICTURE = ".ce-image:not(.R, .G, .B)"
RANDOM = np.random.default_rng(4).integers(0, 256, (4, 3, 3))


@pytest.fixture
def page(open_page):
    return open_page(ChannelsExplorer())


def as_text(values, places=3):
    return [[number(v) for v in row] for row in rounded(np.asarray(values), places)]


def choose(page, label, value):
    page.get_by_label(label, exact=True).select_option(value)


def halves(left, right):
    image = np.zeros((4, 4, 3))
    image[:, :2], image[:, 2:] = COLORS[left], COLORS[right]
    return image


def expect_numbers(page, image, factors):
    """Compare planes, slices, maps and sums with `ops.conv2d`."""
    image = np.asarray(image, float)
    kernel = ops.KERNELS["sobel_x"][:, :, None] * np.array(factors, float)
    output = ops.conv2d(image[None], kernel[..., None])[0, :, :, 0]
    maps = [
        ops.conv2d(image[None, ..., [c]], kernel[:, :, [c], None])[0, :, :, 0]
        for c in range(3)
    ]
    assert matrix(page, "output") == as_text(output, 1)
    row, column = place(page)
    text = words(page, ".ce-sum")
    for c, name in enumerate("RGB"):
        assert matrix(page, f"image.{name}") == as_text(image[..., c])
        assert matrix(page, f"slice.{name}") == as_text(kernel[..., c], 2)
        assert matrix(page, f"map.{name}") == as_text(maps[c], 1)
        for part in ("image", "map"):
            assert place(page, f"{part}.{name}") == [row, column]
        window = image[row : row + 3, column : column + 3, c]
        terms = products(window, kernel[..., c])
        total = number(maps[c][row, column])
        assert f"{name} = {terms} = {total}" in text
    parts = [number(values[row, column]) for values in maps]
    parts = " + ".join(f"({t})" if t[0] == "−" else t for t in parts)
    result = number(output[row, column])
    assert text.endswith(f"y[{row}, {column}] = {parts} = {result}")
    places = output.size
    assert words(page, ".ce-facts").endswith(f"{places}·27 = {places * 27}")


@pytest.mark.parametrize("picture", PICTURES)
def test_numbers_of_the_presets(open_page, picture):
    page = open_page(ChannelsExplorer(RANDOM))
    choose(page, "Picture", picture)
    for kernel, (_, factors) in KERNELS.items():
        choose(page, "Kernel", kernel)
        expect_numbers(page, halves(*PICTURES[picture]), factors)


def test_numbers_of_what_is_given_and_edited(open_page):
    page = open_page(ChannelsExplorer(RANDOM, (0.25, -2, 1.5)))
    expect_numbers(page, RANDOM, (0.25, -2, 1.5))
    page.locator(".ce-output td").last.click()
    expect_numbers(page, RANDOM, (0.25, -2, 1.5))
    choose(page, "R", "-0.5")
    choose(page, "B", "0")
    assert page.get_by_label("Kernel").input_value() == "edited"
    expect_numbers(page, RANDOM, (-0.5, -2, 0))
    choose(page, "Kernel", "given")
    expect_numbers(page, RANDOM, (0.25, -2, 1.5))
    page.get_by_role("button", name="Step").click()
    assert place(page) == [0, 0]
    page.get_by_role("button", name="Reset").click()
    expect_numbers(page, RANDOM, (0.25, -2, 1.5))


def test_pixels_are_drawn_with_the_mouse_and_by_keys(page):
    image = halves("orange", "black")
    choose(page, "Draw", "blue")
    page.locator(f"{PICTURE} td").nth(6).click()
    image[1, 2] = COLORS["blue"]
    expect_numbers(page, image, (1, 1, 1))
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    image[1, 3] = COLORS["blue"]
    expect_numbers(page, image, (1, 1, 1))
    spoken = page.locator(".ce-spoken")
    expect(spoken).to_have_text("Image row 1, column 3: blue")
    cell = page.locator(f"{PICTURE} td").nth(7)
    assert cell.get_attribute("aria-label") == "blue"
    color = "td => getComputedStyle(td).backgroundColor"
    assert cell.evaluate(color) == "rgb(0, 0, 255)"
    assert page.get_by_label("Picture", exact=True).input_value() == "edited"
    # the window is moved on the planes meanwhile, and on the picture afterwards
    page.locator(".ce-image.G [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert place(page) == [1, 0]
    choose(page, "Draw", "")
    page.locator(f"{PICTURE} [tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    assert place(page) == [1, 1]
    expect_numbers(page, image, (1, 1, 1))


@pytest.mark.parametrize("part", ["image.R", "image.B", "output"])
def test_arrow_keys_move_the_window_on_all_planes(page, part):
    page.locator(f".ce-{part} [tabindex='0']").focus()
    for key, at in {"ArrowRight": [0, 1], "ArrowDown": [1, 1], "Home": [1, 0]}.items():
        page.keyboard.press(key)
        for name in "RGB":
            assert place(page, f"image.{name}") == at
        assert place(page) == at
        focused = page.evaluate("document.activeElement.className").split()
        assert {"w", "t", "l"} <= set(focused)
    words = "Output row 1, column 0: 1532, from R 1020, G 512, B 0"
    expect(page.locator(".ce-spoken")).to_have_text(words)


def test_the_window_is_dragged_on_a_plane(page):
    def center(row, column):
        line = page.locator(".ce-image.B tr").nth(row)
        box = line.locator("td").nth(column).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.mouse.move(*center(0, 0))
    page.mouse.down()
    page.mouse.move(*center(1, 1), steps=3)
    page.mouse.up()
    assert place(page) == place(page, "image.R") == [1, 1]


def test_the_first_view_says_what_the_static_picture_says(open_page):
    explorer = ChannelsExplorer(RANDOM, "luma")
    static = open_page(explorer, java_script_enabled=False)
    live = open_page(explorer)
    names = ["image", "slice", "map"]
    parts = [f"{kind}.{name}" for name in "RGB" for kind in names]
    tables = "all => all.map(table => table.tBodies[0].textContent.replace(/\\s/g, ''))"
    shown = static.locator(f"{ROOT} table").evaluate_all(tables)
    assert shown == [
        "".join(map("".join, matrix(live, part))) for part in (*parts, "output")
    ]
    for selector in (".ce-sum", ".ce-facts"):
        assert words(static, selector) == words(live, selector)


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_cut_off(open_page, scripts):
    large = ChannelsExplorer(RANDOM.repeat(2, 1)[:, :4], "luma")
    page = open_page(large, java_script_enabled=scripts)
    for width in (760, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert sideways(page) <= 0
        assert overhanging(page) == []


@pytest.mark.parametrize(
    ("picture", "kernel"),
    [
        ("red-dark-green", "luma"),
        (RANDOM.repeat(2, 1)[:, :4], "luma"),
        ("white-black", (-1.2345, -1.2345, 1.2345)),  # slices of −2.47, maps of −1259.2
    ],
)
# the book leaves 8 pixels less on each side than this page
@pytest.mark.parametrize("width", [390 - 16, 320 - 16])
def test_all_of_each_grid_shows_on_a_phone(open_page, picture, kernel, width):
    page = open_page(ChannelsExplorer(picture, kernel), width=width)
    found = page.evaluate("""() => {
        const root = document.querySelector(".cnnlib-explorer");
        const right = root.getBoundingClientRect().right - 16;
        const isCut = node => node.scrollWidth > node.clientWidth
            || node.getBoundingClientRect().right > right;
        const name = node => node.className;
        const parts = [...root.querySelectorAll(".ce-part")];
        const signs = parts.map(node => getComputedStyle(node, "::before").content[1]);
        const sizes = [...root.querySelectorAll("td")]
            .map(node => parseFloat(getComputedStyle(node).fontSize));
        return [parts.filter(isCut).map(name), signs.join(""), Math.min(...sizes)];
    }""")
    cut, signs, least = found
    assert cut == []
    assert signs.count("∗") == signs.count("=") == 3
    assert least >= 9


def test_the_window_is_dragged_on_a_map(page):
    cells = page.locator(".ce-map.G td")
    boxes = [cells.nth(i).bounding_box() for i in (0, 3)]
    first, last = ((b["x"] + b["width"] / 2, b["y"] + b["height"] / 2) for b in boxes)
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=3)
    page.mouse.up()
    assert place(page) == place(page, "image.R") == [1, 1]


def test_the_window_has_a_light_line_upon_colors(page):
    shadows = page.locator(f"{PICTURE} td.w").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell).boxShadow)"
    )
    assert len(shadows) == 9
    assert all("rgb(255, 255, 255)" in shadow for shadow in shadows)
    assert "rgb(255, 255, 255) 0px 5px 0px 0px inset" in shadows[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility(open_page, axe, theme):
    page = open_page(ChannelsExplorer(), theme)
    choose(page, "Draw", "white")
    for width in (900, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == []
