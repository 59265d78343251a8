"""The frozen explorer in a browser: counts, cases, keys, batch normalization, looks."""

from itertools import combinations

import pytest
from explorer_page import facts, lines, overhanging, sideways
from playwright.sync_api import expect

from cnnlib.explorers import FrozenExplorer
from cnnlib.explorers.frozen import BLOCKS, MOVES, NETS, VARIABLES, statistics


@pytest.fixture
def page(open_page):
    return open_page(FrozenExplorer())


def row(page, name):
    return page.locator("[role=grid] tbody tr").filter(has_text=name)


def assert_as_python(page, explorer):
    caption, heads, wanted = explorer.listings()[0]
    assert page.locator("caption").first.text_content() == caption
    shown = page.locator("table").first.locator("thead th").all_text_contents()
    assert tuple(shown) == heads
    assert lines(page) == wanted
    assert facts(page) == explorer.facts()
    assert page.get_by_label("Head").input_value() == explorer.head
    assert page.get_by_label("Net").input_value() == explorer.net


@pytest.mark.parametrize("norm", [True, False])
@pytest.mark.parametrize(
    ("net", "head"), [(net, head) for net in NETS for head in NETS[net].heads]
)
def test_the_script_counts_as_python_does(page, net, head, norm):
    page.get_by_label("Net").select_option(net)
    page.get_by_label("Head").select_option(head)
    page.get_by_role("checkbox", name="trainable", exact=True).set_checked(norm)
    names = [each.name for each in FrozenExplorer(head, (), net).rows]
    for frozen in [*combinations(names, 2), names, names[:-1], names[1:], ()]:
        for name, *_, state in lines(page):
            if (state == "frozen") != (name in frozen):
                row(page, name).click()
        assert_as_python(page, FrozenExplorer(head, frozen, net, norm))


def test_without_training_no_moving_value_moves(page):
    page.get_by_label("Net").select_option("vgg_small")
    moving = page.locator(".ce-facts dd").nth(4)
    assert moving.text_content().startswith("12 of 42, in ")
    page.get_by_role("checkbox", name="training").uncheck()
    assert moving.text_content().startswith("8 of 42, in ")


def test_another_net_takes_the_same_case(page):
    case, head = page.get_by_label("Case"), page.get_by_label("Head")
    for name in NETS["vgg16"].cases:
        case.select_option(name)
        for net in ("vgg_small", "vgg16"):
            page.get_by_label("Net").select_option(net)
            assert case.input_value() == name
            _, *wanted = NETS[net].cases[name]
            assert_as_python(page, FrozenExplorer(*wanted, net))
    head.select_option("swapped")
    row(page, "fc1").click()
    page.get_by_label("Net").select_option("vgg_small")
    assert_as_python(page, FrozenExplorer("gap-2", (), "vgg_small"))


def test_cases_and_their_own_mixture(page):
    choice = page.get_by_label("Case")
    assert choice.input_value() == "III"
    for case, (_, head, frozen) in NETS["vgg16"].cases.items():
        choice.select_option(case)
        assert_as_python(page, FrozenExplorer(head, frozen))
        assert choice.input_value() == case
    row(page, "block2").click()
    assert choice.input_value() == "own"
    row(page, "block2").click()
    assert choice.input_value() == "all"


def test_a_new_head_trains_and_the_blocks_stay_as_they_are(page):
    page.get_by_label("Case").select_option("I")
    page.get_by_label("Head").select_option("original")
    assert_as_python(page, FrozenExplorer("original", BLOCKS))
    page.get_by_label("Head").select_option("flatten-256")
    assert_as_python(page, FrozenExplorer("flatten-256", BLOCKS))


def test_keys_choose_and_freeze(page):
    assert page.locator("tbody [tabindex='0']").count() == 1
    row(page, "block1").focus()
    for key in ("End", " ", "ArrowUp", "Enter", "Home", "ArrowUp"):
        page.keyboard.press(key)
    focused = "document.activeElement.cells[0].textContent"
    assert page.evaluate(focused) == "block1"
    assert_as_python(page, FrozenExplorer(frozen=(*BLOCKS, "output")))
    assert row(page, "output").get_attribute("aria-selected") == "false"
    expect(page.locator(".ce-spoken")).to_have_text("0 of 14,715,714 parameters train")


@pytest.mark.parametrize(("flags", "moves"), MOVES.items())
def test_batch_normalization_moves_what_the_table_says(page, flags, moves):
    for name, is_on in zip(("trainable", "training"), flags):
        page.get_by_role("checkbox", name=name, exact=True).set_checked(is_on)
    words = ["moves" if name in moves else "stays" for name in VARIABLES]
    last = ["normalizes by", statistics(moves)]
    assert lines(page, 1) == [*map(list, zip(VARIABLES, words)), last]
    caption = page.locator("caption").last.text_content()
    assert caption.endswith(f"trainable={flags[0]}, training={flags[1]}")
    if not all(flags):
        expect(page.locator(".ce-spoken")).to_have_text(
            f"trainable {flags[0]}, training {flags[1]}: "
            f"moved: {', '.join(moves) or 'nothing'}"
        )


def test_reset_brings_back_the_first_view(open_page):
    explorer = FrozenExplorer("swapped", ("block1", "fc1"), norm=False)
    page = open_page(explorer)
    first = page.locator(".ce-live").inner_text()
    page.get_by_label("Case").select_option("II")
    page.get_by_label("Net").select_option("vgg_small")
    page.get_by_role("checkbox", name="training").uncheck()
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".ce-live").inner_text() == first
    assert_as_python(page, explorer)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_no_sideways_scroll_on_a_phone(open_page, width, scripts):
    explorer = FrozenExplorer("original", ())
    page = open_page(explorer, java_script_enabled=scripts)
    page.set_viewport_size({"width": width, "height": 844})
    assert sideways(page) <= 0
    if scripts:  # the static tables scroll in frames of their own
        assert overhanging(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(FrozenExplorer(), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
