"""The connections explorer in a browser: toggling, pointing, presets, its counts."""

import numpy as np
import pytest
from explorer_page import matrix, overhanging, sideways, words
from playwright.sync_api import expect

from cnnlib.explorers import ConnectionsExplorer
from cnnlib.plans import C3

MAPS = {"names": ("S2 map", "C3 map")}
RNG = np.random.default_rng(12)
TABLE, READING = ".ce-connections", ".ce-sum"


@pytest.fixture
def page(open_page):
    return open_page(ConnectionsExplorer(C3, **MAPS), width=1280)


def cell(page, row, column):
    line = page.locator(f"{TABLE} tbody tr").nth(row)
    return line.locator("td").nth(column)


def facts(page):
    names, texts = (page.locator(name).all_text_contents() for name in ("dt", "dd"))
    return dict(zip(names, texts, strict=True))


def shown(page):
    """Return everything that the picture says: words, heads and sums, cells."""
    return page.evaluate("""() => [
        [...document.querySelectorAll(".ce-sum, caption, dt, dd, th")]
            .map(node => node.textContent.replaceAll(/\\s/g, "")),
        [...document.querySelectorAll("td")]
            .map(td => [td.textContent, td.className.trim()]),
    ]""")


TABLES = [
    C3,
    np.ones((6, 16), int),
    np.zeros((2, 3), int),
    [[1]],
    np.repeat(np.eye(4, dtype=int), 2, axis=1),
    np.kron(np.eye(3, dtype=int), np.ones((2, 4), int)),
    RNG.integers(0, 2, (8, 16)),
    RNG.integers(0, 2, (6, 12)),
]


@pytest.mark.parametrize("table", TABLES)
def test_live_and_static_say_the_same(open_page, table):
    wanted = ConnectionsExplorer(table, (3, 5), (7, 4), **MAPS)
    static = open_page(wanted, java_script_enabled=False)
    assert static.locator(".ce-static table").count() == 1
    assert shown(open_page(wanted)) == shown(static)


@pytest.mark.parametrize("table", TABLES)
def test_toggling_cell_by_cell_leads_to_any_table(open_page, table):
    start = ConnectionsExplorer(np.zeros_like(table), 3)
    page = open_page(start)
    for row, column in np.argwhere(np.array(table)):
        cell(page, row, column).evaluate("td => td.click()")
    wanted = ConnectionsExplorer(table, 3)
    assert facts(page) == dict(wanted.facts())
    assert matrix(page, "connections tbody")[0][-1] == str(np.sum(table, 1)[0])


def test_a_click_connects_and_disconnects(page):
    cell(page, 5, 0).click()
    assert cell(page, 5, 0).text_content() == "1"
    assert cell(page, 5, 0).get_attribute("aria-selected") == "true"
    assert "C3 map 0 sees S2 maps 0, 1, 2, 5" in words(page, READING)
    assert "it has 4·5·5 + 1 = 101 parameters" in words(page, READING)
    assert facts(page)["Pairs"] == "5·3 + 10·4 + 1·6 = 61 of 96"
    assert facts(page)["Parameters"] == "1,525 + 16 biases = 1,541"
    assert page.get_by_label("Table").input_value() == "edited"
    cell(page, 5, 0).click()
    assert facts(page)["Parameters"] == "1,500 + 16 biases = 1,516"


def test_the_mouse_points_without_a_press(page):
    cell(page, 2, 15).hover()
    assert "C3 map 15 sees S2 maps 0, 1, 2, 3, 4, 5" in words(page, READING)
    assert page.locator("td.w").count() == 6
    assert matrix(page, "connections tbody")[0][1:-1] == [str(n) for n in C3[0]]
    spoken = page.locator(".ce-spoken")
    expect(spoken).to_have_text(
        "S2 map 2 and C3 map 15: connected. "
        "C3 map 15 sees S2 maps 0, 1, 2, 3, 4, 5: 151 parameters, of 1,516"
    )


def test_a_finger_points_first(open_page):
    page = open_page(ConnectionsExplorer(C3), width=390, has_touch=True)
    cell(page, 0, 3).tap()
    assert "filter 3 sees channels 3, 4, 5" in words(page, READING)
    cell(page, 0, 3).tap()
    assert "filter 3 sees channels 0, 3, 4, 5" in words(page, READING)
    cell(page, 0, 4).tap()
    assert facts(page)["Pairs"].endswith("= 61 of 96")


def test_keys_alone(page):
    page.keyboard.press("Tab")
    expect(page.get_by_label("Table")).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert facts(page)["Pairs"] == "16·6 = 96 of 96"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    moves = {
        "ArrowDown": (1, 0),
        "ArrowRight": (1, 1),
        "End": (1, 15),
        "ArrowRight ": (1, 15),  # the edge holds
        "Control+End": (5, 15),
        "Home": (5, 0),
        "ArrowUp": (4, 0),
    }
    expect(cell(page, 0, 0)).to_be_focused()
    for key, wanted in moves.items():
        page.keyboard.press(key.strip())
        expect(cell(page, *wanted)).to_be_focused()
        assert page.locator("td[tabindex='0']").count() == 1
    for key in ("Space", "Enter"):
        page.keyboard.press(key)
        expect(cell(page, 4, 0)).to_be_focused()
        expect(page.locator(".ce-spoken")).to_contain_text("S2 map 4 and C3 map 0:")
    page.keyboard.press("Space")
    assert facts(page)["Pairs"] == "5·3 + 10·4 + 1·6 = 61 of 96"
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("preset", ConnectionsExplorer(C3).presets())
def test_presets(page, preset):
    key, _, table = preset
    page.get_by_label("Table").select_option(key)
    assert facts(page) == dict(ConnectionsExplorer(table).facts())
    rows = matrix(page, "connections tbody")
    assert [[int(text) for text in row[1:-1]] for row in rows] == table


def test_reset_brings_back_the_first_table(page):
    first = shown(page)
    page.get_by_label("Table").select_option("3")
    cell(page, 5, 0).click()
    assert shown(page) != first
    page.get_by_role("button", name="Reset").click()
    page.mouse.move(0, 0)
    assert shown(page) == first
    assert page.get_by_label("Table").input_value() == "c3"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_moves_while_one_points(open_page, width):
    page = open_page(ConnectionsExplorer(C3, **MAPS), width=width)
    boxes = """() => [...document.querySelectorAll(
        ".ce-connections, td, th, .ce-slot, dt, .ce-note")].map(node => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return [x, y, width, height].join();
    }).join(" ")"""
    before = page.evaluate(boxes)
    for column in range(16):
        cell(page, 3, column).hover()
        assert page.evaluate(boxes) == before


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("shape", [(6, 16), (8, 16), (1, 1)])
@pytest.mark.parametrize("width", [390, 320])
def test_it_fits_a_phone(open_page, shape, width, scripts):
    explorer = ConnectionsExplorer(np.ones(shape, int), **MAPS)
    page = open_page(explorer, width=width, java_script_enabled=scripts)
    assert sideways(page) <= 0
    assert overhanging(page) == []
    small = page.locator("td, th").evaluate_all(
        "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
    )
    assert small == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    assert axe(open_page(ConnectionsExplorer(C3, **MAPS), theme, width=width)) == []
