"""The answer box in a browser: it says what Python says, to everyone, everywhere."""

import json
import re
from dataclasses import replace
from functools import partial
from html import escape

import numpy as np
import pytest

from cnnlib.checks import tables
from cnnlib.checks.answer_box import answer_box
from cnnlib.checks.answers import forms_of
from cnnlib.checks.engine import SameShape, Value, any_of
from cnnlib.checks.result import NOT_WRITTEN, PASSED, Result

LECTURES = tables.lectures()
VALUES = {
    f"{lecture}.{exercise}": item
    for lecture in LECTURES
    for exercise, item in tables.load(lecture).items()
    if isinstance(item, Value)
}
PROMPT = "x: type your answer, or write it in the cell and run it."
GENERIC = [123456789, -0.5, [7, 8, 9], [[1, 2], [3, 4]], np.full((4, 4), 12345)]
# where text is expected, whatever is typed is text
GENERIC_TEXT = ["nothing", ["one", "two"], ["one", "two", "three"]]
SIGN = Value(
    expected=-1020,
    because="It is `255 · −4`.",
    otherwise="Add up <nine> products & don't </script> forget.",
    hints=[("The sign.", 1020), ("One\nproduct.", any_of(-255, [0, 0, 3]))],
)


def shown(name, item):
    """Return the output of a check that is not written yet."""
    status, message = item.judge(...)
    assert status == NOT_WRITTEN
    return Result(name, status, message, answer_box(name, item))._repr_html_()


def page_html(*outputs, theme="light"):
    look = "color-scheme: dark; background: #14181e; color: #ced6dd"
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Checks</title></head><body style='{look if theme == 'dark' else ''}'>"
        f"<main><h1>Checks</h1>{''.join(outputs)}</main></body></html>"
    )


@pytest.fixture
def open_page(open_html):
    """Open HTML in a low window, with time for the many answers of a lecture."""
    return partial(open_html, height=700, timeout=30_000)


def box_of(page, name):
    return page.get_by_role("group", name=name, exact=True)


def answer(box, typed):
    """Type an answer, press Enter and return what the live region says."""
    field = box.get_by_label("Your answer")
    field.fill(typed)
    field.press("Enter")
    return box.get_by_role("status").text_content().strip()


def typed_form(value):
    """Write a value down as a reader would type it."""
    array = np.asarray(value)
    if array.dtype.kind == "U":
        return ", ".join(array.ravel())
    return json.dumps(array.tolist())


def known_answers(item):
    for wanted in (item.expected, *(wrong for _, wrong in item.hints)):
        if not callable(wanted):
            is_shape = isinstance(wanted, SameShape)
            yield from forms_of(wanted.example if is_shape else wanted)


def wanted_verdict(item, given):
    """Return Python's status and message, without the hints that are functions."""
    hints = [(words, wrong) for words, wrong in item.hints if not callable(wrong)]
    status, message = replace(item, hints=hints).judge(given)
    is_known = status == PASSED or message in dict(hints)
    return status, message.replace("`", ""), is_known


def compare(page, name, item, given):
    """Compare what the page says to an answer with what Python says."""
    text = answer(box_of(page, name), typed_form(given))
    status, message, is_known = wanted_verdict(item, given)
    assert text.startswith(f"{name}: {status}."), given
    if is_known:
        assert text == f"{name}: {status}. {message}".strip(), given
    else:
        assert text.endswith(f"\n{item.otherwise}".replace("`", "")), given
        # a wrong shape is named in the same words, what it may come from is not
        wrong_shape = re.match(r"You have .*; expected: .*\.", message)
        assert ("; expected: " in text) == bool(wrong_shape), given
        assert not wrong_shape or wrong_shape[0] in text, given


@pytest.mark.parametrize("lecture", LECTURES)
def test_every_value_of_every_lecture_is_judged_as_in_python(open_page, lecture):
    items = {name: item for name, item in VALUES.items() if name.startswith(lecture)}
    page = open_page(page_html(*(shown(*pair) for pair in items.items())))
    for name, item in items.items():
        right = next(known_answers(item))
        generic = GENERIC
        if right.dtype.kind == "U":  # one text may hold a comma, several may not
            generic = GENERIC_TEXT if right.ndim else GENERIC_TEXT[:1]
        for given in [*known_answers(item), *generic]:
            compare(page, name, item, given)


def test_lecture_two_has_values():
    assert {"L02.predict1", "L02.2", "L02.4"} <= VALUES.keys()


KINDS = {
    "text": Value(
        expected="Max pooling",
        because="Right.",
        otherwise="Look again.",
        hints=[("That smooths.", "mean pooling"), ("A letter.", any_of("a", "b"))],
    ),
    "texts": Value(
        expected=["edges", "blobs"],
        otherwise="Two words.",
        hints=[("Swapped.", ["blobs", "edges"]), ("And the other?", "edges")],
    ),
    "truth": Value(expected=True, otherwise="Think.", hints=[("No.", False)]),
    "truths": Value(expected=[True, False], otherwise="Two."),
    "float": Value(expected=[1000.0, 0.25], otherwise="Off."),
    "matrix": Value(
        expected=np.arange(6).reshape(2, 3),
        otherwise="Count.",
        hints=[
            ("Transposed.", SameShape(np.zeros((3, 2)))),
            ("More than one.", SameShape(any_of(1, [1]))),
            ("All zero.", np.zeros((2, 3))),
            ("Not these values.", SameShape(np.ones((2, 3)))),
        ],
    ),
    "cube": Value(expected=np.ones((2, 1, 2)), otherwise="Count."),
    "list of one": Value(expected=[5], otherwise="Count."),
    "tolerant": Value(expected=0.943, tolerance=5e-4, otherwise="More digits."),
}
ANSWERS = {
    "text": ["MAX POOLING", "mean pooling", "b", "max", "a, b"],
    "texts": [["Edges", "BLOBS"], ["blobs", "edges"], "edges", ["a", "b"], ["a"] * 3],
    "truth": [True, False, 1, 0, 2],
    "truths": [[True, False], [False, False], [1, 0], True],
    "float": [[1000.009, 0.251], [1000.02, 0.25], [0.25, 1000], 1000],
    "matrix": [
        [[0, 1, 2], [3, 4, 5]],
        [[0, 0, 0]] * 2,
        [[9, 9, 9]] * 2,
        [[1, 2]] * 3,
        4,
        [4],
        [[4]],
    ],
    "cube": [[[[1, 1]], [[1, 1]]], [[[1, 1]], [[1, 2]]], [[1, 1], [1, 1]], []],
    "list of one": [5, [5], [[5]], [6]],
    "tolerant": [0.943, 0.9434, 0.9436, 0.94, -0.943],
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_value_is_judged_as_in_python(open_page, name):
    page = open_page(page_html(shown(name, KINDS[name])))
    for given in ANSWERS[name]:
        compare(page, name, KINDS[name], given)


@pytest.mark.parametrize(
    ("expected", "typed"),
    [
        (-1020, ["-1020", " −1020 ", "–1020", "- 1020", "-1020.0", "-1.02e3"]),
        (-1020, ["(-1020)", "[[-1020]]", "-1020,", "-1,020", "−1_020", "-2040/2"]),
        (138_357_544, ["138357544", "138,357,544", "+138,357,544.0"]),
        (0.5, [".5", "1/2", "0.5", "+0.50", "2/4"]),
        ([4, 4], ["4, 4", "4x4", "4 × 4", "4X4", "(4, 4)", "[4,4]", "4 4", "4,4,"]),
        ([5, 5, 3], ["5x5x3", "5 × 5 × 3", "(5,5,3)"]),
        ([1, 20], ["1,020", "1, 20", "[1,020]"]),
        ([0, 765, 765, 0], ["[0, 765, 765, 0]", "0 765 765 0", "0,765,765,0"]),
        ([-1, 2], ["−1, +2", "-1 2"]),
        ([[0, 0], [1, 1]], ["[[0,0],[1,1]]", "[0, 0], [1, 1]", "((0,0) (1,1))"]),
        (True, ["True", "true", "1"]),
        ("edges", ["Edges", '"edges"', " 'EDGES' "]),
        (["a", "b"], ["a, b", "A,B", "['a', 'b']", '("a", "b")']),
    ],
)
def test_what_people_type_is_understood(open_page, expected, typed):
    page = open_page(page_html(shown("x", Value(expected=expected))))
    for text in typed:
        assert answer(box_of(page, "x"), text) == "x: passed.", text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type a number such as −3, 0.5 or 2/3"),
        ("   ", "Type a number such as"),
        ("about five", "“about” cannot be read. Type a number such as"),
        ("true", "“true” cannot be read"),
        ("1/0", "“1/0” cannot be read"),
        ("/2", "“/2” cannot be read"),
        ("1/2/3", "“1/2/3” cannot be read"),
        ("Infinity", "“Infinity” cannot be read"),
        ("NaN", "“NaN” cannot be read"),
        ("<img src=x onerror=alert(1)>", "“<img” cannot be read"),
        ("[1, 2", "Is a bracket missing?"),
        ("1, 2)", "Is a bracket missing?"),
        ("[[1, 2], [3]]", "Are all rows equally long?"),
        ("[1, [2]]", "Are all rows equally long?"),
        ("7", "x: not yet. 7 is not it.\nAdd up <nine> products & don't </script>"),
        ("3, 4", "x: not yet. You have 2 values; expected: a single value.\nAdd up"),
        ("1,021", "x: not yet. 1021 is not it."),
        ("0,943", "x: not yet. You have 2 values"),
        ("1020", "x: not yet. The sign."),
        ("0, 0, 3", "x: not yet. One\nproduct."),
        ("-1020", "x: passed. It is 255 · −4."),
    ],
)
def test_what_the_box_says(open_page, typed, words):
    page = open_page(page_html(shown("x", SIGN)))
    assert answer(box_of(page, "x"), typed).startswith(words)
    status = box_of(page, "x").get_by_role("status")
    assert status.locator("img").count() == 0
    assert status.locator("code").all_text_contents() == (
        ["255 · −4"] if "passed" in words else []
    )


@pytest.mark.parametrize(
    ("kind", "words"), [("truth", "Type True or False."), ("text", "Type your answer")]
)
def test_an_empty_answer_is_told_what_to_type(open_page, kind, words):
    page = open_page(page_html(shown("x", KINDS[kind])))
    assert answer(box_of(page, "x"), "").startswith(words)


def test_keyboard_and_button(open_page):
    page = open_page(page_html(shown("x", SIGN)))
    box = box_of(page, "x")
    ring = "getComputedStyle(document.activeElement).outline"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    assert "3px" in page.evaluate(ring)
    page.keyboard.type("1020")
    assert box.get_by_role("status").text_content() == PROMPT
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"
    assert "3px" in page.evaluate(ring)
    page.keyboard.press("Space")
    assert box.get_by_role("status").text_content() == "x: not yet. The sign."
    box.get_by_label("Your answer").fill("-1020")
    box.get_by_role("button", name="Check").click()
    assert "passed" in box.get_by_role("status").text_content()


def test_the_box_speaks_in_place_of_not_written_yet(open_page):
    page = open_page(page_html(shown("x", SIGN)))
    assert PROMPT in page.locator("main").inner_text()
    for typed in ("-1020", "1020", "five"):
        answer(box_of(page, "x"), typed)
        words = page.locator("main").inner_text()
        assert "not written yet" not in words
        assert PROMPT not in words
    page.emulate_media(media="print")
    assert "x: not written yet." in page.locator("main").inner_text()


def test_without_scripts_only_the_words_show(open_page):
    page = open_page(page_html(shown("x", SIGN)), java_script_enabled=False)
    plain = Result("x", *SIGN.judge(...))._repr_html_()
    bare = open_page(page_html(plain), java_script_enabled=False)
    assert page.locator("main").inner_text() == bare.locator("main").inner_text()
    heights = [p.locator("main").bounding_box()["height"] for p in (page, bare)]
    assert heights[0] == heights[1]


def test_boxes_share_nothing_and_leave_no_globals(open_page):
    twice = [shown("x", SIGN), shown("x", SIGN), shown("y", KINDS["text"])]
    page = open_page(page_html(*twice))
    assert page.get_by_role("button", name="Check").count() == 3
    assert "The sign." in answer(box_of(page, "x").first, "1020")
    assert "passed" in answer(box_of(page, "x").last, "-1020")
    assert "passed" in answer(box_of(page, "y"), "max pooling")
    assert "The sign." in box_of(page, "x").first.text_content()
    names = "Object.getOwnPropertyNames(window).filter(name => !/^\\d+$/.test(name))"
    before = open_page(page_html()).evaluate(names)
    assert set(page.evaluate(names)) == set(before)


def test_a_sandboxed_frame_as_on_colab(open_page):
    inner = f"<!doctype html><html><body>{shown('x', SIGN)}</body></html>"
    page = open_page(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Colab</title>'
        '<iframe sandbox="allow-scripts" title="output" width="800" height="300" '
        f'srcdoc="{escape(inner)}"></iframe></html>'
    )
    box = page.frame_locator("iframe").get_by_role("group", name="x")
    assert answer(box, "-1020").startswith("x: passed.")


def test_html_put_in_by_a_script_as_in_jupyterlab(open_page):
    # innerHTML does not run scripts: JupyterLab makes each of them anew, twice here,
    # with the same id
    page = open_page(page_html('<div id="a"></div><div id="b"></div>'))
    for host in ("a", "b"):
        page.evaluate(
            """([id, html]) => {
                const host = document.getElementById(id);
                host.innerHTML = html;
                const old = host.querySelector("script");
                const script = document.createElement("script");
                script.textContent = old.textContent;
                old.replaceWith(script);
            }""",
            [host, shown("x", SIGN)],
        )
    assert page.get_by_role("button", name="Check").count() == 2
    assert "The sign." in answer(page.locator("#b [role=group]"), "1020")
    assert page.locator("#a [role=group] [role=status]").text_content() == PROMPT


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 900])
def test_accessible_and_inside_the_screen(open_page, axe, theme, width):
    page = open_page(page_html(shown("x", SIGN), theme=theme), width=width)
    answer(box_of(page, "x"), "7, 8")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
