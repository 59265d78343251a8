"""The pooling explorer in a browser: its numbers, origins, shifts, keys and drags."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlib import ops, shapes
from cnnlib.explorers import PoolingExplorer
from cnnlib.explorers.tables import number

ROOT = "#cnnlib-pooling"
EXAMPLE = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]], float)
SINGLE = np.zeros((6, 6))
SINGLE[2, 2] = 9
TIES = np.random.default_rng(6).integers(-2, 3, (8, 7)).astype(float)
WAYS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}


@pytest.fixture
def page(open_page):
    return open_page(PoolingExplorer())


def matrix(page, part):
    rows = page.locator(f"{ROOT} .ce-{part} tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def as_text(values):
    return [[number(value) for value in row] for row in values]


def words(page, selector):
    return " ".join(page.locator(f"{ROOT} {selector}").inner_text().split())


def choose(page, label, value):
    page.get_by_label(label, exact=True).select_option(value)


def shift(page, *ways):
    for way in ways:
        button = page.get_by_label(f"Shift the input {way} by one pixel")
        button.click(force=True)  # also where it says that it is disabled


def cell(page, part, row, column):
    return page.locator(f"{ROOT} .ce-{part} tr").nth(row).locator("td").nth(column)


def places(page, selector):
    return page.locator(f"{ROOT} {selector}").evaluate_all(
        "all => all.map(td => [td.parentNode.rowIndex, td.cellIndex])"
    )


def shifted(x, down, right):
    """Shift a map by at most 3 pixels; zeros come in."""
    top, left = 3 - down, 3 - right
    return np.pad(x, 3)[top : top + x.shape[0], left : left + x.shape[1]]


def pooled(x, pool_size, strides, operation="max"):
    pool = {"max": ops.max_pool2d, "average": ops.average_pool2d}[operation]
    return pool(x[None, :, :, None], pool_size, strides)[0, :, :, 0]


def winners(x, pool_size, strides):
    """Return the origin of each output, found by routing one gradient at a time."""
    size = shapes.output_size(x.shape, pool_size, strides)
    found = []
    for place in np.ndindex(size):
        dy = np.zeros((1, *size, 1))
        dy[0, *place, 0] = 1
        dx = ops.max_pool2d_backward(dy, x[None, :, :, None], pool_size, strides)
        found.append(np.argwhere(dx[0, :, :, 0])[0].tolist())
    return found


def expect_numbers(page, x, pool_size, strides, operation="max"):
    """Compare what the page shows with what cnnlib computes."""
    output = pooled(x, pool_size, strides, operation)
    assert matrix(page, "image") == as_text(x)
    assert matrix(page, "output") == as_text(output)
    facts = words(page, ".ce-facts")
    size = shapes.output_size(x.shape, pool_size, strides)
    for n, out in zip(x.shape, size, strict=True):
        assert f"⌊({n} − {pool_size}) / {strides}⌋ + 1 = {out}" in facts
    [[row, column]] = places(page, ".ce-output td.w")
    assert f"= {number(output[row, column])}" in words(page, ".ce-sum").replace(
        "≈", "="
    )
    corner = [row * strides, column * strides]
    assert places(page, ".ce-image td.w.t.l") == [corner]
    labels = page.locator(f"{ROOT} .ce-output td").evaluate_all(
        "all => all.map(td => td.dataset.from)"
    )
    if operation == "average":
        assert set(labels) == {None}
        assert places(page, ".kept") == []
        return
    origins = winners(x, pool_size, strides)
    assert labels == [f"{r}, {c}" for r, c in origins]
    assert places(page, ".kept") == sorted({tuple(o): o for o in origins}.values())
    here = origins[row * size[1] + column]
    assert places(page, ".from") == [here]
    assert "from input row {}, column {}".format(*here) in words(page, ".ce-sum")
    assert f"Values that stay {len(set(map(tuple, origins)))} of {x.size}" in facts


@pytest.mark.parametrize("operation", ["max", "average"])
@pytest.mark.parametrize("strides", [1, 2, 3])
@pytest.mark.parametrize("pool_size", [2, 3])
def test_numbers_and_origins_agree_with_the_library(
    open_page, pool_size, strides, operation
):
    page = open_page(PoolingExplorer(TIES))
    choose(page, "Pooling", operation)
    choose(page, "Pool size", str(pool_size))
    choose(page, "Strides", str(strides))
    expect_numbers(page, TIES, pool_size, strides, operation)
    page.locator(f"{ROOT} .ce-output td").last.click()
    expect_numbers(page, TIES, pool_size, strides, operation)
    shift(page, "down", "right", "right")
    expect_numbers(page, shifted(TIES, 1, 2), pool_size, strides, operation)


@pytest.mark.parametrize("operation", ["max", "average"])
def test_the_first_view_says_what_the_static_picture_says(open_page, operation):
    explorer = PoolingExplorer(TIES, 3, 2, operation)
    static = open_page(explorer, java_script_enabled=False)
    live = open_page(explorer)
    assert static.locator(f"{ROOT} .ce-static").count() == 1
    assert live.locator(f"{ROOT} .ce-static").count() == 0
    for part in ("image", "output"):
        assert matrix(static, part) == matrix(live, part)
    for selector in (".ce-sum", ".ce-facts"):
        assert words(static, selector) == words(live, selector)
    for selector in (".kept", ".from", ".ce-image td.w.t.l", ".ce-output td.w"):
        assert places(static, selector) == places(live, selector)


def test_the_worked_example(page):
    assert matrix(page, "output") == [["6", "8"], ["3", "4"]]
    assert words(page, ".ce-sum").startswith("y[0, 0] = max(1, 1, 5, 6) = 6 from")
    choose(page, "Pooling", "average")
    assert matrix(page, "output") == [["3.25", "5.25"], ["2", "2"]]
    assert words(page, ".ce-sum") == "y[0, 0] = (1 + 1 + 5 + 6) / 4 = 3.25"


def test_a_tie_is_said_and_the_first_wins(page):
    page.get_by_label("Edit the numbers").check()
    page.get_by_label("Input row 0, column 1").fill("6")
    assert "from input row 0, column 1: 2 cells tie, the first one" in words(
        page, ".ce-sum"
    )
    assert places(page, ".from") == [[0, 1]]


def test_the_single_nine_moves_only_when_it_leaves_its_window(page):
    choose(page, "Input", "single")
    expect_numbers(page, SINGLE, 2, 2)
    assert words(page, ".ce-shift") == ""
    shift(page, "right")
    assert words(page, ".ce-shift") == "Shifted 1 right: 0 of 9 outputs changed."
    assert places(page, ".changed") == []
    shift(page, "right")
    expect_numbers(page, shifted(SINGLE, 0, 2), 2, 2)
    assert words(page, ".ce-shift") == (
        "Shifted 2 right: 2 of 9 outputs changed: [1, 1] 9 → 0; [1, 2] 0 → 9."
    )
    assert places(page, ".changed") == [[1, 1], [1, 2]]
    page.get_by_label("Shift the input back").click()
    assert places(page, ".changed") == []
    shift(page, "left")
    assert places(page, ".changed") == [[1, 0], [1, 1]]


@pytest.mark.parametrize("way", WAYS)
def test_shifts_change_what_the_library_says(open_page, way):
    page = open_page(PoolingExplorer(TIES, 3, 2))
    before = pooled(TIES, 3, 2)
    for steps in (1, 2, 3, 3):  # the fourth step is refused
        shift(page, way)
        x = shifted(TIES, *(steps * side for side in WAYS[way]))
        expect_numbers(page, x, 3, 2)
        changed = np.argwhere(pooled(x, 3, 2) != before).tolist()
        assert places(page, ".changed") == changed
        assert f"Shifted {steps} {way}: {len(changed)} of " in words(page, ".ce-shift")
    button = page.get_by_label(f"Shift the input {way} by one pixel")
    assert button.get_attribute("aria-disabled") == "true"
    expect(page.locator(".ce-spoken")).to_contain_text(words(page, ".ce-shift"))


def test_edited_numbers_are_pooled_and_stay(page):
    page.get_by_label("Edit the numbers").check()
    page.get_by_label("Input row 3, column 0").fill("-7.5")
    page.get_by_label("Input row 2, column 1").fill("42")
    edited = EXAMPLE.copy()
    edited[3, 0], edited[2, 1] = -7.5, 42
    assert matrix(page, "output") == as_text(pooled(edited, 2, 2))
    page.get_by_label("Edit the numbers").uncheck()
    expect_numbers(page, edited, 2, 2)
    choose(page, "Pooling", "average")
    expect_numbers(page, edited, 2, 2, "average")
    assert page.get_by_label("Input", exact=True).input_value() == "edited"
    choose(page, "Input", "example")
    expect_numbers(page, EXAMPLE, 2, 2, "average")


@pytest.mark.parametrize("text", ["", "100", "-99.5"])
def test_a_bad_number_is_refused_in_words(page, text):
    page.get_by_label("Edit the numbers").check()
    field = page.get_by_label("Input row 1, column 1")
    field.fill(text)
    assert words(page, ".ce-message") == (
        "Input row 1, column 1: type a number from −99 to 99. Until then 6 stays."
    )
    assert field.get_attribute("aria-invalid") == "true"
    assert matrix(page, "output") == as_text(pooled(EXAMPLE, 2, 2))
    field.blur()
    assert field.input_value() == "6"
    assert words(page, ".ce-message") == ""


def test_a_shift_ends_editing_and_editing_ends_a_shift(page):
    shift(page, "down")
    page.get_by_label("Edit the numbers").check()
    assert page.get_by_label("Input row 0, column 3").input_value() == "4"
    assert words(page, ".ce-shift") == ""
    shift(page, "down")
    assert not page.get_by_label("Edit the numbers").is_checked()
    expect_numbers(page, shifted(EXAMPLE, 1, 0), 2, 2)


@pytest.mark.parametrize("part", ["image", "output"])
def test_arrow_keys_move_the_window(open_page, part):
    page = open_page(PoolingExplorer(TIES, 3, 2))
    stop = page.locator(f"{ROOT} .ce-{part} [tabindex='0']")
    assert stop.count() == 1
    stop.focus()
    moves = {
        "ArrowRight": [0, 1],
        "ArrowDown": [1, 1],
        "End": [1, 2],
        "ArrowRight ": [1, 2],  # the edge holds
        "Control+End": [2, 2],
        "Home": [2, 0],
        "ArrowUp": [1, 0],
    }
    for key, wanted in moves.items():
        page.keyboard.press(key.strip())
        assert places(page, ".ce-output td.w") == [wanted]
        focused = page.evaluate("document.activeElement.className").split()
        assert {"w", "t", "l"} <= set(focused)
    expect_numbers(page, TIES, 3, 2)
    expect(page.locator(".ce-spoken")).to_contain_text("Output row 1, column 0: ")


def center(page, row, column):
    box = cell(page, "image", row, column).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drag_snaps_to_the_strides(open_page):
    page = open_page(PoolingExplorer(TIES, 3, 2))
    page.mouse.move(*center(page, 1, 1))
    page.mouse.down()
    page.mouse.move(*center(page, 5, 3), steps=5)
    assert places(page, ".ce-output td.w") == [[2, 1]]
    page.mouse.move(2000, 5)  # outside: the nearest place
    assert places(page, ".ce-output td.w") == [[0, 2]]
    page.mouse.up()
    page.mouse.move(*center(page, 4, 1))
    assert places(page, ".ce-output td.w") == [[0, 2]]
    expect_numbers(page, TIES, 3, 2)


def test_window_stays_legal_when_the_output_shrinks(page):
    choose(page, "Strides", "1")
    page.locator(f"{ROOT} .ce-output td").last.click()
    choose(page, "Pool size", "3")
    choose(page, "Strides", "3")
    expect_numbers(page, EXAMPLE, 3, 3)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("x", ["example", np.full((8, 8), -98.765)])
def test_no_sideways_scroll_on_a_phone(open_page, x, scripts):
    page = open_page(PoolingExplorer(x, 2, 1, "average"), java_script_enabled=scripts)
    page.set_viewport_size({"width": 390, "height": 844})
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
@pytest.mark.parametrize("editing", [False, True])
def test_accessibility(open_page, axe, theme, width, editing):
    page = open_page(PoolingExplorer("single"), theme)
    page.set_viewport_size({"width": width, "height": 900})
    shift(page, "right", "right")
    if editing:
        page.get_by_label("Edit the numbers").check()
        page.get_by_label("Input row 1, column 1").fill("")
    assert axe(page) == []
