"""The equivariance explorer in a browser: its answers, keys, drags, sizes and looks."""

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
from cnnlib.explorers import EquivarianceExplorer
from cnnlib.explorers.tables import number

OTHER = EquivarianceExplorer(
    pattern=[[0, 1, 0], [2, -1, 0.5], [0, 3, 1]],
    kernel=[[1, 0.25, -2], [3, 1, 0], [-1, 2, 1]],
    bias=-0.5,
    place=(0, 2),
    size=7,
)


@pytest.fixture
def page(open_page):
    return open_page(EquivarianceExplorer())


def as_text(values):
    return [[number(value) for value in row] for row in values]


def expect_numbers(page, explorer, row, column, size):
    """Compare picture, answer, map and sums with `ops.dense` and `ops.conv2d`."""
    picture, weights = np.zeros((2, size, size))
    picture[row : row + 3, column : column + 3] = explorer.pattern
    top, left = explorer.place
    weights[top : top + 3, left : left + 3] = explorer.kernel
    bias = [explorer.bias]
    unit = ops.dense(picture.reshape(1, -1), weights.reshape(-1, 1), bias)
    maps = ops.conv2d(picture[None, ..., None], explorer.kernel[..., None, None], bias)
    unit, result = ops.relu(unit), ops.relu(maps)[0, :, :, 0]
    assert matrix(page, "image") == as_text(picture)
    assert matrix(page, "unit") == as_text(weights)
    assert matrix(page, "answer") == as_text(unit)
    assert matrix(page, "output") == as_text(result)
    for part in ("image", "unit", "output"):
        assert place(page, part) == [row, column]
    sums = page.locator(".ce-sum").all_inner_texts()
    own, shared = (" ".join(text.split()) for text in sums)
    assert own.startswith("unit = max(0, ")
    assert own.endswith(f" {number(unit[0, 0])}")
    assert shared.startswith(f"map[{row}, {column}] = max(0, ")
    assert shared.endswith(f" {number(result[row, column])}")
    under = weights[row : row + 3, column : column + 3]
    for text, nine in ((own, under), (shared, explorer.kernel)):
        terms = products(explorer.pattern, nine)
        assert terms in text
    each, places = size * size + 1, (size - 2) ** 2
    facts = words(page, ".ce-facts")
    assert f"{size}·{size} + 1 = {each} " in facts
    assert f"{places}·{each} = {places * each} " in facts
    assert facts.endswith("3·3 + 1 = 10, for all places")


@pytest.mark.parametrize("explorer", [EquivarianceExplorer(), OTHER])
def test_numbers_agree_with_the_library(open_page, explorer):
    page = open_page(explorer)
    expect_numbers(page, explorer, *explorer.place, explorer.size)
    page.locator(".ce-output td").nth(explorer.size + 1).click()
    row, column = divmod(explorer.size + 1, explorer.size - 2)
    expect_numbers(page, explorer, row, column, explorer.size)
    for size in (10, 5):
        page.get_by_label("Picture size").select_option(str(size))
        now = [min(i, size - 3) for i in (row, column)]
        expect_numbers(page, explorer, *now, size)


def test_the_unit_knows_one_place_and_the_kernel_all(page):
    page.locator(".ce-image [tabindex='0']").focus()
    for key, at in {"ArrowRight": [1, 2], "ArrowDown": [2, 2], "End": [2, 5]}.items():
        page.keyboard.press(key)
        assert place(page) == place(page, "image") == at
        assert "w t l" in page.evaluate("document.activeElement.className")
        assert (matrix(page, "answer"), matrix(page, "output")[at[0]][at[1]]) == (
            [["0"]],
            "2",
        )
    spoken = "Shape at row 2, column 5. Unit: 0. Map row 2, column 5: 2"
    expect(page.locator(".ce-spoken")).to_have_text(spoken)


def center(page, row, column):
    cell = page.locator(".ce-image tr").nth(row).locator("td").nth(column)
    box = cell.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_shape_is_dragged_and_stays_in_the_picture(page):
    page.mouse.move(*center(page, 2, 2))
    page.mouse.down()
    page.mouse.move(*center(page, 5, 4), steps=4)
    assert place(page) == [4, 3]
    page.mouse.move(2000, 5)  # outside: the nearest place
    assert place(page) == [0, 5]
    page.mouse.up()
    page.mouse.click(*center(page, 6, 1))
    assert place(page) == [5, 0]


def test_hidden_answers_give_nothing_away(page):
    page.get_by_label("Hide the answers").check()
    page.locator(".ce-image [tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    spoken = "Shape at row 1, column 2. The answers are hidden."
    expect(page.locator(".ce-spoken")).to_have_text(spoken)
    for part, count in (("answer", 1), ("output", 36)):
        cells = page.locator(f".ce-{part} td")
        look = """cells => [...new Set(cells.map(td => {
            const { boxShadow, backgroundColor, fontWeight } = getComputedStyle(td);
            return [td.innerText, boxShadow, backgroundColor, fontWeight].join();
        }))]"""
        assert (cells.count(), len(cells.evaluate_all(look))) == (count, 1)
    assert not page.locator(".ce-sum").first.is_visible()
    page.get_by_label("Hide the answers").uncheck()
    expect_numbers(page, EquivarianceExplorer(), 1, 2, 8)


def test_the_first_view_says_what_the_static_picture_says(open_page):
    static = open_page(OTHER, java_script_enabled=False)
    live = open_page(OTHER)
    pictures = tuple(matrix(static, part) for part in ("image", "kernel", "output"))
    live_parts = [
        matrix(live, part)
        for part in ("image", "image", "unit", "kernel", "answer", "output")
    ]
    assert [row for part in pictures for row in part] == [
        row for part in live_parts for row in part
    ]
    for selector in (".ce-sum", ".ce-facts dd"):
        texts = [
            page.locator(f"{ROOT} {selector}").all_inner_texts()
            for page in (static, live)
        ]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_cut_off(open_page, scripts):
    page = open_page(EquivarianceExplorer(size=10), java_script_enabled=scripts)
    for width in (760, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert sideways(page) <= 0
        assert overhanging(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility(open_page, axe, theme):
    page = open_page(EquivarianceExplorer(), theme)
    assert axe(page) == []
    page.get_by_label("Hide the answers").check()
    page.set_viewport_size({"width": 390, "height": 900})
    assert axe(page) == []


def test_play_moves_the_shape_through_all_places(page):
    page.get_by_role("button", name="Step").click()
    expect_numbers(page, EquivarianceExplorer(), 1, 2, 8)
    page.get_by_label("Picture size").select_option("5")
    page.locator(".ce-output td").nth(7).click()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play").wait_for()  # it has come to the end
    expect_numbers(page, EquivarianceExplorer(), 2, 2, 5)
    page.get_by_role("button", name="Reset").click()
    expect_numbers(page, EquivarianceExplorer(), 1, 1, 8)
