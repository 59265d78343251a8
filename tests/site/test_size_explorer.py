"""The size explorer in a browser: its numbers, sliders, keys, drags and looks."""

import pytest
from playwright.sync_api import expect

from cnnlib.explorers import SizeExplorer

LABELS = {
    "size": "Image n",
    "kernel_size": "Kernel k",
    "padding": "Padding p",
    "strides": "Strides s",
}
WIDEST = {"size": 12, "kernel_size": 1, "padding": 3, "strides": 1}


@pytest.fixture
def page(open_page):
    return open_page(SizeExplorer(6, 3, 1, 2))


def slide(page, **settings):
    for key, value in settings.items():
        page.get_by_label(LABELS[key]).fill(str(value))


def panel(page, index):
    return page.locator(".ce-panel").nth(index)


def shown(page):
    """Return everything that the panels say: words, numbers, classes of the cells."""
    return page.evaluate("""() => [...document.querySelectorAll(".ce-panel")].map(
        panel => [
            [...panel.querySelectorAll("p, caption, dt, dd")].map(n => n.textContent),
            [...panel.querySelectorAll("td")].map(td => [td.textContent, td.className]),
        ])""")


def place(page, index=0, part="output"):
    cell = panel(page, index).locator(f".ce-{part} td.w.t.l")
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


@pytest.mark.parametrize(
    "settings",
    [
        (6, 3, 0, 1),
        (6, 3, 1, 1),
        (6, 3, 0, 2),
        (7, 3, 0, 2),
        (8, 5, 0, 1),
        (10, 3, 0, 2),
        (5, 5, 3, 5),
        (12, 1, 3, 1),
        (12, 2, 1, 4),
        (11, 4, 2, 3),
        (9, 1, 0, 5),
        (7, 5, 0, 3),
    ],
)
def test_live_and_static_say_the_same_after_sliding(open_page, settings):
    wanted = SizeExplorer(*settings)
    static = open_page(wanted, java_script_enabled=False)
    assert static.locator(".ce-static table").count() == 4
    # evaluate() works where the page's own scripts are switched off
    live = open_page(SizeExplorer(8, 2, 2, 3))
    slide(live, **wanted.settings)
    assert shown(live) == shown(static)
    values = live.locator(".ce-slider b").all_text_contents()
    assert values == [str(value) for value in settings]


def test_a_slider_moves_with_the_arrow_keys(page):
    page.get_by_label("Strides s").focus()
    page.keyboard.press("ArrowRight")
    assert "⌊(6 + 2·1 − 3) / 3⌋ + 1 = ⌊1.667⌋ + 1 = 2" in panel(page, 0).inner_text()
    assert "⌈6 / 3⌉ = 2" in panel(page, 1).inner_text()


@pytest.mark.parametrize("part", ["image", "output"])
def test_arrow_keys_move_the_window_of_one_panel(page, part):
    stop = panel(page, 0).locator(f".ce-{part} [tabindex='0']")
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
        assert place(page) == wanted
        assert place(page, part="image") == [2 * side for side in wanted]
        focused = page.evaluate("document.activeElement.className").split()
        assert {"w", "t", "l"} <= set(focused)
    assert place(page, 1) == [0, 0]
    spoken = page.locator(".ce-spoken")
    expect(spoken).to_have_text("Output row 1, column 0: sees 6 pixels of the image")


def center(page, row, column):
    line = panel(page, 0).locator(".ce-image tr").nth(row)
    box = line.locator("td").nth(column).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drag_snaps_to_the_strides(page):
    page.mouse.move(*center(page, 1, 1))
    page.mouse.down()
    page.mouse.move(*center(page, 4, 3), steps=5)
    assert place(page) == [2, 1]
    page.mouse.move(2000, 5)  # outside: the nearest place
    assert place(page) == [0, 2]
    page.mouse.up()
    page.mouse.move(*center(page, 4, 1))
    assert place(page) == [0, 2]


def test_a_press_and_a_click_bring_the_window(page):
    page.mouse.click(*center(page, 5, 5))
    assert place(page) == [2, 2]
    panel(page, 1).locator(".ce-output td").nth(5).click()
    assert place(page, 1, "image") == [2, 4]


def test_window_stays_legal_when_the_output_shrinks(page):
    panel(page, 0).locator(".ce-output td").last.click()
    slide(page, strides=5)
    assert (place(page), place(page, part="image")) == ([1, 1], [5, 5])


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("settings", [{}, WIDEST])
def test_no_sideways_scroll_on_a_phone(open_page, settings, scripts):
    page = open_page(SizeExplorer(**settings), java_script_enabled=scripts)
    page.set_viewport_size({"width": 390, "height": 844})
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0
    for table in page.locator("table").all():
        box = table.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize(
    ("settings", "dot"), [({}, "5px"), ({"size": 12, "padding": 3}, "0px")]
)
def test_dots_only_where_they_leave_the_number_free(open_page, settings, dot):
    cell = panel(open_page(SizeExplorer(**settings)), 0).locator(".at").first
    assert cell.evaluate("td => getComputedStyle(td, '::after').width") == dot


def test_panels_stand_side_by_side_where_there_is_room(page):
    tops = [panel(page, index).bounding_box()["y"] for index in (0, 1)]
    assert tops[0] == tops[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(SizeExplorer(7, 3, 1, 3), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
