"""The channels explorer in a browser: its numbers, windows, colors, keys and looks."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlib import ops
from cnnlib.explorers import ChannelsExplorer
from cnnlib.explorers.channels import COLORS, KERNELS, PICTURES
from cnnlib.explorers.tables import number, rounded

ROOT = "#cnnlib-channels"
PICTURE = f"{ROOT} .ce-image:not(.R, .G, .B)"
RANDOM = np.random.default_rng(4).integers(0, 256, (4, 3, 3))


def page_html(explorer, theme="light"):
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Channels</title></head><body><main><h1>Channels</h1>\n"
        f'<div class="output text_html">{explorer.html()}</div></main></body></html>'
    )


@pytest.fixture
def open_page(open_html):
    """Open a page that holds one explorer."""

    def opened(explorer, theme="light", **options):
        return open_html(page_html(explorer, theme), timeout=20_000, **options)

    return opened


@pytest.fixture
def page(open_page):
    return open_page(ChannelsExplorer())


def matrix(page, part):
    rows = page.locator(f"{ROOT} .ce-{part} tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def place(page, part="output"):
    """Return row and column of the framed cell, or of the frame's first cell."""
    cell = page.locator(f"{ROOT} .ce-{part} td.w.t.l")
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


def words(page, selector):
    return " ".join(page.locator(f"{ROOT} {selector}").inner_text().split())


def as_text(values, places=3):
    return [[number(v) for v in row] for row in rounded(np.asarray(values), places)]


def choose(page, label, value):
    page.locator(ROOT).get_by_label(label, exact=True).select_option(value)


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
        terms = [
            "·".join(f"({t})" if t[0] == "−" else t for t in (number(x), number(w)))
            for x, w in zip(window.flat, kernel[..., c].flat, strict=True)
        ]
        total = number(maps[c][row, column])
        assert f"{name} = {' + '.join(terms)} = {total}" in text
    parts = [number(values[row, column]) for values in maps]
    parts = " + ".join(f"({t})" if t[0] == "−" else t for t in parts)
    result = number(output[row, column])
    assert text.endswith(f"y[{row}, {column}] = {parts} = {result}")
    places = output.size
    assert words(page, ".ce-facts").endswith(f"{places}·27 = {places * 27}")


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("kernel", KERNELS)
def test_numbers_of_the_presets(open_page, picture, kernel):
    page = open_page(ChannelsExplorer(RANDOM))
    choose(page, "Picture", picture)
    choose(page, "Kernel", kernel)
    expect_numbers(page, halves(*PICTURES[picture]), KERNELS[kernel][1])


def test_numbers_of_what_is_given_and_edited(open_page):
    page = open_page(ChannelsExplorer(RANDOM, (0.25, -2, 1.5)))
    expect_numbers(page, RANDOM, (0.25, -2, 1.5))
    page.locator(f"{ROOT} .ce-output td").last.click()
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
    spoken = page.locator(f"{ROOT} .ce-spoken")
    expect(spoken).to_have_text("Image row 1, column 3: blue")
    cell = page.locator(f"{PICTURE} td").nth(7)
    assert cell.get_attribute("aria-label") == "blue"
    color = "td => getComputedStyle(td).backgroundColor"
    assert cell.evaluate(color) == "rgb(0, 0, 255)"
    assert page.get_by_label("Picture", exact=True).input_value() == "edited"
    # the window is moved on the planes meanwhile, and on the picture afterwards
    page.locator(f"{ROOT} .ce-image.G [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert place(page) == [1, 0]
    choose(page, "Draw", "")
    page.locator(f"{PICTURE} [tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    assert place(page) == [1, 1]
    expect_numbers(page, image, (1, 1, 1))


@pytest.mark.parametrize("part", ["image.R", "image.B", "output"])
def test_arrow_keys_move_the_window_on_all_planes(page, part):
    page.locator(f"{ROOT} .ce-{part} [tabindex='0']").focus()
    for key, at in {"ArrowRight": [0, 1], "ArrowDown": [1, 1], "Home": [1, 0]}.items():
        page.keyboard.press(key)
        for name in "RGB":
            assert place(page, f"image.{name}") == at
        assert place(page) == at
        focused = page.evaluate("document.activeElement.className").split()
        assert {"w", "t", "l"} <= set(focused)
    words = "Output row 1, column 0: 1532, from R 1020, G 512, B 0"
    expect(page.locator(f"{ROOT} .ce-spoken")).to_have_text(words)


def test_the_window_is_dragged_on_a_plane(page):
    def center(row, column):
        line = page.locator(f"{ROOT} .ce-image.B tr").nth(row)
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
@pytest.mark.parametrize("kernel", ["same", "luma"])
def test_no_sideways_scroll_on_a_phone(open_page, kernel, scripts):
    page = open_page(ChannelsExplorer(RANDOM, kernel), java_script_enabled=scripts)
    root = "document.documentElement"
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0


def test_nothing_is_cut_off(open_page):
    page = open_page(ChannelsExplorer(RANDOM.repeat(2, 1)[:, :4], "luma"))
    for width in (760, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        box = page.locator(ROOT).bounding_box()
        parts = page.locator(f"{ROOT} .ce-part")
        cut = "all => all.some(node => node.scrollWidth > node.clientWidth + 1)"
        assert not parts.evaluate_all(cut), width
        for table in page.locator(f"{ROOT} table").all():
            inner = table.bounding_box()
            assert box["x"] <= inner["x"]
            assert inner["x"] + inner["width"] <= box["x"] + box["width"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(ChannelsExplorer(), theme)
    page.set_viewport_size({"width": width, "height": 900})
    choose(page, "Draw", "white")
    assert axe(page) == []
