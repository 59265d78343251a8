"""The receptive field explorer in a browser: ways, walks, keys, clicks and looks."""

import pytest
from explorer_page import ROOT, matrix, overhanging, place, sideways, words
from playwright.sync_api import expect

from cnnlib.explorers import ReceptiveFieldExplorer
from cnnlib.explorers.receptive_field import STACKS


@pytest.fixture
def page(open_page):
    return open_page(ReceptiveFieldExplorer("block"))


def expected(stack, back, at):
    explorer = ReceptiveFieldExplorer(stack, back, at)
    [panel] = explorer.panels()
    image, output = panel.parts
    facts = " ".join(f"{name} {text}" for name, text in panel.facts)
    return [
        [[str(n) for n in row] for row in image.values.tolist()],
        [[str(n) for n in row] for row in output.values.tolist()],
        facts,
        [image.caption, output.caption],
    ]


def shown(page):
    captions = page.locator(f"{ROOT} caption").all_text_contents()
    return [
        matrix(page, "image"),
        matrix(page, "output"),
        words(page, ".ce-facts"),
        captions,
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_live_and_static_say_the_same_on_the_way_back(open_page, stack):
    page = open_page(ReceptiveFieldExplorer("one-7" if stack != "one-7" else "one-5"))
    page.get_by_label("Layers").select_option(stack)
    depth = len(STACKS[stack][1])
    page.locator(".ce-output td").last.click()
    last = ReceptiveFieldExplorer(stack).sides[-1] - 1
    for back in range(depth, -1, -1):
        assert shown(page) == expected(stack, back, (last, last))
        if back:
            page.get_by_role("button", name="One layer on").click()
    page.locator(".ce-output td").first.click()
    for back in range(depth + 1):
        assert shown(page) == expected(stack, back, (0, 0))
        if back < depth:
            page.get_by_role("button", name="One layer back").click()


def test_the_first_view_is_the_static_one(open_page):
    explorer = ReceptiveFieldExplorer("two-3", 1, (2, 5))
    page = open_page(explorer)
    assert shown(page) == expected("two-3", 1, (2, 5))
    assert place(page) == [2, 5]
    static = open_page(explorer, java_script_enabled=False)
    assert shown(static) == expected("two-3", 1, (2, 5))


def test_arrow_keys_move_the_output_and_its_field(page):
    stop = page.locator(".ce-output [tabindex='0']")
    assert stop.count() == 1
    stop.focus()
    for key, wanted in {
        "ArrowRight": [0, 1],
        "ArrowDown": [1, 1],
        "Home": [1, 0],
    }.items():
        page.keyboard.press(key)
        assert place(page) == wanted
        assert place(page, "image") == [2 * side for side in wanted]
        assert shown(page) == expected("block", 4, tuple(wanted))
    said = "looks at 10 × 10 pixels of image, 2916 ways, most 81"
    expect(page.locator(".ce-spoken")).to_have_text(f"Output row 1, column 0: {said}")


def test_the_ends_of_the_walk_are_told_and_keep_the_focus(page):
    back, on = (
        page.get_by_role("button", name=f"One layer {way}") for way in ("back", "on")
    )
    assert back.get_attribute("aria-disabled") == "true"
    assert on.get_attribute("aria-disabled") == "false"
    on.focus()
    for _ in range(6):
        page.keyboard.press("Enter")
    assert on.get_attribute("aria-disabled") == "true"
    expect(on).to_be_focused()
    assert page.locator(".ce-image caption").inner_text() == "Output 2 × 2"
    assert matrix(page, "image") == matrix(page, "output")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_no_sideways_scroll_on_a_phone(open_page, width, scripts):
    page = open_page(ReceptiveFieldExplorer("one-5"), java_script_enabled=scripts)
    page.set_viewport_size({"width": width, "height": 844})
    assert sideways(page) <= 0
    assert overhanging(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(ReceptiveFieldExplorer(), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
