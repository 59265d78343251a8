"""The gradient explorer in a browser: its numbers against those of cnnlib."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlib import ops
from cnnlib.explorers import GradientExplorer
from cnnlib.explorers.tables import number

ROOT = "#cnnlib-gradient"
X = np.arange(1, 10).reshape(3, 3)
K = np.array([[1, 2], [3, 4]])


@pytest.fixture
def page(open_page):
    return open_page(GradientExplorer())


def matrix(page, part):
    rows = page.locator(f"{ROOT} .ce-{part} tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def place(page, part="output"):
    """Return row and column of the framed cell, or of the window's first cell."""
    cell = page.locator(f"{ROOT} .ce-{part} td.w.t.l")
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


def words(page, selector):
    return " ".join(page.locator(f"{ROOT} {selector}").inner_text().split())


def choose(page, label, value):
    page.locator(ROOT).get_by_label(label, exact=True).select_option(value)


def as_text(values):
    return [[number(value) for value in row] for row in values]


def expect_numbers(page, x, w, dy):
    """Compare both gradients, the sum and the bias with `ops.conv2d_backward`."""
    dy = np.asarray(dy, float)
    dx, dw, db = ops.conv2d_backward(
        dy[None, :, :, None], x[None, :, :, None], w[:, :, None, None]
    )
    border = len(w) - 1
    for target, over, sliding, wanted in (
        ("input", np.pad(dy, border), w[::-1, ::-1], dx[0, :, :, 0]),
        ("kernel", x, dy, dw[:, :, 0, 0]),
    ):
        choose(page, "Gradient for", target)
        assert matrix(page, "image") == as_text(over)
        assert matrix(page, "kernel") == as_text(sliding)
        assert matrix(page, "output") == as_text(wanted)
        r, c = place(page)
        assert place(page, "image") == [r, c]
        assert words(page, ".ce-sum").endswith(f"= {number(wanted[r, c])}")
        assert words(page, ".ce-facts").endswith(f"= {number(db[0])}")


@pytest.mark.parametrize(
    ("preset", "dy"),
    [
        ("ones", [[1, 1], [1, 1]]),
        ("count", [[1, 2], [3, 4]]),
        ("0,1", [[0, 1], [0, 0]]),
        ("1,1", [[0, 0], [0, 1]]),
    ],
)
def test_numbers_of_the_presets(page, preset, dy):
    choose(page, "Upstream ∂Y", preset)
    expect_numbers(page, X, K, dy)


def test_numbers_of_edited_and_given_upstream_gradients(open_page):
    rng = np.random.default_rng(7)
    x, w = rng.integers(-9, 10, (5, 4)), rng.integers(-9, 10, (3, 3))
    dy = rng.integers(-9, 10, (3, 2))
    page = open_page(GradientExplorer(x, w, dy))
    expect_numbers(page, x, w, dy)
    page.get_by_label("Upstream row 2, column 1").fill("-0.5")
    edited = dy.astype(float)
    edited[2, 1] = -0.5
    expect_numbers(page, x, w, edited)
    select = page.get_by_label("Upstream ∂Y", exact=True)
    assert select.input_value() == "edited"
    choose(page, "Upstream ∂Y", "given")
    expect_numbers(page, x, w, dy)


def test_one_upstream_number_stamps_the_kernel_unturned(page):
    choose(page, "Upstream ∂Y", "0,0")
    assert matrix(page, "output") == as_text([[1, 2, 0], [3, 4, 0], [0, 0, 0]])


@pytest.mark.parametrize("target", ["input", "kernel"])
def test_the_first_view_says_what_the_static_picture_says(open_page, target):
    explorer = GradientExplorer(dy=[[1, -1], [0.5, 0.25]], target=target)
    static = open_page(explorer, java_script_enabled=False)
    live = open_page(explorer)
    for part in ("image", "output"):
        assert matrix(static, part) == matrix(live, part)
    for selector in (".ce-sum", ".ce-facts"):
        assert words(static, selector) == words(live, selector)


@pytest.mark.parametrize("part", ["image", "output"])
def test_arrow_keys_move_window_and_result_together(page, part):
    page.locator(f"{ROOT} .ce-{part} [tabindex='0']").focus()
    moves = {
        "ArrowRight": [0, 1],
        "ArrowDown": [1, 1],
        "End": [1, 2],
        "ArrowRight ": [1, 2],  # the edge holds
        "Control+End": [2, 2],
        "Home": [2, 0],
    }
    for key, wanted in moves.items():
        page.keyboard.press(key.strip())
        assert place(page) == place(page, "image") == wanted
    assert words(page, ".ce-sum") == "∂X[2, 0] = 0·4 + 1·3 + 0·2 + 0·1 = 3"
    spoken = page.locator(f"{ROOT} .ce-spoken")
    expect(spoken).to_have_text("Input gradient row 2, column 0: 3")


def center(page, row, column):
    cell = page.locator(f"{ROOT} .ce-image tr").nth(row).locator("td").nth(column)
    box = cell.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drag_press_and_click_move_the_window(page):
    page.mouse.move(*center(page, 0, 0))
    page.mouse.down()
    page.mouse.move(*center(page, 1, 2), steps=4)
    assert place(page) == [1, 2]
    page.mouse.move(2000, 5)  # outside: the nearest place
    assert place(page) == [0, 2]
    page.mouse.up()
    page.mouse.click(*center(page, 3, 0))  # outside the window: it comes
    assert place(page) == [2, 0]
    page.locator(f"{ROOT} .ce-output td").nth(4).click()
    assert place(page) == place(page, "image") == [1, 1]
    weights = page.locator(f"{ROOT} .ce-image td.w").evaluate_all(
        "cells => cells.map(td => td.dataset.weight)"
    )
    assert weights == ["×4", "×3", "×2", "×1"]


@pytest.mark.parametrize("typed", ["", "1000"])
def test_a_bad_number_keeps_the_last_good_one(page, typed):
    field = page.get_by_label("Upstream row 0, column 1")
    field.fill("5")
    before = matrix(page, "output")
    field.fill(typed)
    assert "Until then 5 stays" in words(page, ".ce-message")
    assert field.get_attribute("aria-invalid") == "true"
    assert matrix(page, "output") == before
    field.blur()
    assert field.input_value() == "5"
    assert words(page, ".ce-message") == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_no_sideways_scroll_on_a_phone(open_page, scripts):
    large = GradientExplorer(np.full((5, 5), -99), np.full((3, 3), -99))
    page = open_page(large, java_script_enabled=scripts)
    page.set_viewport_size({"width": 390, "height": 844})
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(GradientExplorer(), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
