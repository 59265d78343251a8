"""What follows a prediction is held back until the reader has answered."""

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from playwright.sync_api import expect

from tools.book.predictions import hold_back

L2 = "lectures/L02_edge_detection.html"
RESULT = "Now let Python do it."  # below the first prediction
NEXT = "Slide the window"  # the heading after it
HELD = "What follows is held back until you answer."


@pytest.fixture
def held(visit):
    """Open lecture 2 as someone who sees it for the first time."""

    def opened(path=L2, **options):
        return visit(path, is_held_back=True, **options)

    return opened


def line_of(page, number=1):
    box = page.locator(f"#check-l02-predict{number}")
    cell = page.locator(".tag_prediction").filter(has=box)
    return cell.locator("xpath=following-sibling::*[1]")


def answer(page, typed, number=1):
    field = page.locator(f"#check-l02-predict{number}").get_by_label("Your answer")
    field.fill(typed)
    field.press("Enter")
    return field


def test_what_follows_lies_in_one_element_up_to_an_explorer():
    def cell(tag):
        return nodes.container(classes=["cell", f"tag_{tag}"])

    def part(tag):
        return nodes.section("", nodes.title(text=tag), cell(tag))

    words = [nodes.paragraph(text=letter) for letter in "abcd"]
    section = nodes.section("", words[0], cell("prediction"), words[1])
    section += [cell("prediction"), *words[2:], part("code"), part("explorer")]
    hold_back(None, nodes.section("", section), "")
    kinds = [type(child).__name__ for child in section]
    assert kinds == ["paragraph", "container", "container", "section"]
    first = section[2]
    assert first["classes"] == ["held-back"]
    assert [child.astext() for child in first[:2]] == ["b", ""]
    assert first[2]["classes"] == ["held-back"]
    assert [child.astext() for child in first[2][:2]] == ["c", "d"]
    assert first[2][2][0].astext() == "code"
    assert section[3][0].astext() == "explorer"


def test_each_prediction_is_followed_by_what_it_holds_back(book, built_lecture):
    page = (book / "lectures" / f"{built_lecture}.html").read_text("utf-8")
    cells = BeautifulSoup(page, "html.parser").select("div.tag_prediction")
    behind = [cell.find_next_sibling() for cell in cells]
    assert behind
    assert all("held-back" in each["class"] for each in behind)
    assert not [each for each in behind if each.has_attr("hidden")]  # without scripts
    assert not [each for each in behind if each.select("section .tag_explorer, h2")]


@pytest.mark.parametrize("origin", ["http", "file"])
def test_an_answer_opens_what_follows_and_is_remembered(held, axe, origin):
    page = held(origin=origin)
    result, line = page.get_by_text(RESULT), line_of(page)
    expect(result).to_be_hidden()
    expect(page.get_by_role("heading", name=NEXT)).to_be_visible()
    expect(line).to_contain_text(HELD)
    field = page.locator("#check-l02-predict1").get_by_label("Your answer")
    expect(field).to_have_accessible_description(HELD)
    answer(page, "about five")
    expect(result).to_be_hidden()
    assert axe(page) == []
    before = field.bounding_box()
    answer(page, "1020")  # wrong, and yet an answer
    expect(result).to_be_visible()
    expect(line).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("")
    assert field.bounding_box() == before
    expect(line_of(page, 2)).to_contain_text(HELD)
    page.reload()
    expect(result).to_be_visible()
    expect(field).to_have_value("1020")
    expect(line_of(page, 2)).to_contain_text(HELD)
    page.locator("#check-l02-predict1").get_by_role("button", name="Forget it").click()
    expect(result).to_be_hidden()
    expect(line).to_contain_text(HELD)
    page.reload()
    expect(result).to_be_hidden()


def test_show_me_and_always_show(held):
    page = held()
    line_of(page).get_by_role("button", name="Show me").click()
    expect(page.get_by_text(RESULT)).to_be_visible()
    held_back = page.locator(".held-back").first
    expect(held_back).to_be_focused()  # the button is gone
    page.reload()
    expect(page.get_by_text(RESULT)).to_be_hidden()

    line = line_of(page, 5)
    line.scroll_into_view_if_needed()
    before = line.bounding_box()["y"]
    line.get_by_role("button", name="Always show").click()
    expect(page.locator(".held-back[hidden]")).to_have_count(0)
    assert line.bounding_box()["y"] == pytest.approx(before, abs=2)
    page.reload()
    expect(page.get_by_text(RESULT)).to_be_visible()
    button = line_of(page).get_by_role("button", name="Hold results back")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(RESULT)).to_be_hidden()
    expect(line_of(page).get_by_role("button", name="Always show")).to_be_focused()


def test_who_looks_for_something_finds_it(held):
    page = held(f"{L2}#fig-2-2")
    expect(page.locator("#fig-2-2")).to_be_in_viewport()
    expect(page.get_by_text(RESULT)).to_be_hidden()
    page.evaluate("location.hash = 'fig-2-3'")
    expect(page.locator("#fig-2-3")).to_be_in_viewport()
    # the browser's own search looks into what is hidden, if it is there at all
    result = page.locator(".held-back", has_text=RESULT)
    assert result.get_attribute("hidden") == "until-found"
    looks = (
        "rest => [getComputedStyle(rest)].map(x => [x.display, x.contentVisibility])[0]"
    )
    assert result.evaluate(looks) == ["block", "hidden"]
    result.dispatch_event("beforematch")
    expect(page.get_by_text(RESULT)).to_be_visible()


def test_a_link_to_words_finds_them(held):
    page = held(f"{L2}#:~:text={RESULT.replace(' ', '%20')}")
    expect(page.get_by_text(RESULT)).to_be_in_viewport()


def test_what_the_search_of_the_book_marks_is_shown(held):
    page = held("search.html?q=polarity")
    page.locator("#search-results li a", has_text="L2: Edge detection").first.click()
    expect(page.get_by_text(RESULT)).to_be_visible()  # the polarity is told below it
    expect(page.locator(".highlighted").filter(has_text="polarity")).not_to_have_count(
        0
    )
    expect(page.locator(".highlighted").filter(visible=False)).to_have_count(0)


def test_nothing_is_held_back_on_paper(held):
    page = held()
    page.emulate_media(media="print")
    expect(page.get_by_text(RESULT)).to_be_visible()
    expect(line_of(page)).to_be_hidden()
    heights = "parts => parts.map(part => part.getBoundingClientRect().height)"
    assert min(page.locator(".held-back").evaluate_all(heights)) > 100
