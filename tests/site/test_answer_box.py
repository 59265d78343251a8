"""The answer box in a browser: it says what Python says, to everyone, everywhere."""

from functools import partial
from html import escape
from importlib.resources import files

import pytest
from typed_answers import SAID, SIGN, SQUARE, VALUES, WORD, cases, scrambled

from cnnlib.checks.answer_box import SCRIPTS, answer_box, box_data
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, Result, Verdict

# no table has a hint for them
UNKNOWN = ["123456789", "-0,5", "7, 8, 9", "[[1, 2], [3, 4]]", "nothing", "1 3 5 7 9 2"]
PROMPT = "x: type your answer, or write it in the cell and run it."

# of the verdict on the page, both as the browser paints them
CONTRAST = """() => {
    const options = { willReadFrequently: true };
    const canvas = document.createElement("canvas").getContext("2d", options);
    const light = color => {
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(byte =>
            byte < 11 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const head = document.querySelector(".cnnlib-answer strong");
    const ground = getComputedStyle(document.body).backgroundColor;
    const pair = [getComputedStyle(head).color,
        ground === "rgba(0, 0, 0, 0)" ? "white" : ground].map(light);
    return Math.max(...pair) / Math.min(...pair);
}"""


def shown(name, item):
    """Return the output of a check that is not written yet."""
    verdict = item.judge(...)
    assert verdict.status == NOT_WRITTEN
    return Result(name, *verdict, box=answer_box(name, item))._repr_html_()


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


def replies(page, items, typed):
    """Let the script judge texts without typing them, in one call.

    Args:
        page: any page.
        items: {name: check}.
        typed: list of (name of a check, text).
    Returns:
        A list of Verdicts; where the page shows words alone, they count as "not yet".
    """
    texts = [(files("cnnlib") / name).read_text(encoding="utf-8") for name in SCRIPTS]
    script = "\n".join(texts)
    said = page.evaluate(
        """([script, checks, typed]) => {
            const reply = new Function(`${script}; return reply;`)();
            return typed.map(([name, text]) => reply(text, checks[name]));
        }""",
        [script, {name: box_data(item) for name, item in items.items()}, typed],
    )
    return [
        Verdict(status or NOT_YET, words, *filter(None, further))
        for status, words, *further in said
    ]


def test_typed_answers_are_judged_as_in_python(open_page):
    said = [*((item, text) for item, text, *_ in SAID), *scrambled()]
    items = VALUES | {f"{id(item)}": item for item, _ in said}
    typed = [(case.check, case.text) for name in VALUES for case in cases(name)]
    typed += [(name, text) for name in VALUES for text in UNKNOWN]
    typed += [(f"{id(item)}", text) for item, text in said]
    given = replies(open_page(page_html()), items, typed)
    wanted = [items[name].judge(text) for name, text in typed]
    assert len(given) == len(typed) > 10_000
    assert [
        (*pair, mine, other)
        for pair, mine, other in zip(typed, given, wanted, strict=True)
        if mine != other
    ] == []


@pytest.mark.parametrize(
    ("typed", "words", "code"),
    [
        ("−1 020", "x: passed. It is 255 · −4.", ["255 · −4"]),
        ("“1,020”", "x: not yet. The sign.", []),
        ("0; 0; 3", "x: not yet. One\nproduct.", []),
        ("7", "x: not yet. 7 is not it.\nAdd up <nine> products & don't </script>", []),
        ("<img/onerror>", "“<img/onerror” cannot be read. Type a number such as", []),
        ("", "Type a number such as −3, 0.5, 2/3 or 784*128, or several", []),
    ],
)
def test_what_the_box_shows(open_page, typed, words, code):
    page = open_page(page_html(shown("x", SIGN)))
    assert answer(box_of(page, "x"), typed).startswith(words)
    status = box_of(page, "x").get_by_role("status")
    assert status.locator("img").count() == 0
    assert status.locator("code").all_text_contents() == code


def test_rows_that_are_pasted_stay_apart(open_page):
    page = open_page(page_html(shown("x", SQUARE)))
    box_of(page, "x").get_by_label("Your answer").focus()
    page.keyboard.insert_text("1\t2\n3\t4\n")
    page.keyboard.press("Enter")
    assert (
        box_of(page, "x").get_by_role("status").text_content().strip() == "x: passed."
    )


def test_the_second_step_of_a_hint_is_folded(open_page):
    page = open_page(page_html(shown("x", WORD)))
    box = box_of(page, "x")
    assert answer(box, "equal").startswith("x: not yet. In two.")
    assert not box.get_by_text("Steps.").is_visible()
    box.get_by_text("One step further").click()
    assert box.get_by_text("Steps.").is_visible()
    assert "One step further" not in answer(box, "better")


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


def test_right_and_wrong_have_a_sign_and_a_color(open_page):
    box = box_of(page := open_page(page_html(shown("x", SIGN))), "x")
    looks = {}
    for typed in ("-1020", "1020", "five"):
        answer(box, typed)
        head = box.get_by_role("status").locator("strong")
        sign = head.locator("svg[aria-hidden=true] path")
        looks[typed] = (
            sign.get_attribute("d") if sign.count() else "",
            head.evaluate("head => getComputedStyle(head).color"),
        )
    signs, colors = zip(*looks.values(), strict=True)
    assert len(set(signs)) == len(set(colors)) == 3
    page.emulate_media(forced_colors="active")
    assert sign.count() == 0  # where nothing could be read, nothing is wrong


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colors_of_the_verdict_can_be_read(open_page, theme):
    page = open_page(page_html(shown("x", SIGN), theme=theme))
    for typed in ("-1020", "1020"):
        answer(box_of(page, "x"), typed)
        assert page.evaluate(CONTRAST) >= 4.5


def test_a_verdict_is_announced_once(open_page):
    page = open_page(page_html(shown("x", SIGN)))
    page.evaluate(
        """() => {
            window.changes = 0;
            const status = document.querySelector(".cnnlib-answer [role=status]");
            const seen = { childList: true, characterData: true, subtree: true };
            new MutationObserver(list => window.changes += list.length)
                .observe(status, seen);
        }"""
    )
    answer(box_of(page, "x"), "1020")
    assert page.evaluate("window.changes") == 1


def test_answers_are_remembered_until_they_are_forgotten(open_page):
    html = page_html(shown("x", SIGN), shown("y", WORD))
    page = open_page(html)
    box, other = box_of(page, "x"), box_of(page, "y")
    note = "Your last answer is kept in this browser, and nowhere else."
    assert not box.get_by_text(note).is_visible()
    assert "not yet" in answer(box, "1020")
    assert "cannot be read" in answer(box, "five")
    assert box.get_by_text(note).is_visible()
    page.reload()
    assert box.get_by_label("Your answer").input_value() == "1020"
    said = "x: not yet. The sign."
    assert box.get_by_role("status").text_content().strip() == said
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert "Type your answer" in answer(other, "")
    assert not other.get_by_text(note).is_visible()
    box.get_by_role("button", name="Forget it").click()
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    assert box.get_by_role("status").text_content().strip() == PROMPT
    assert not box.get_by_text(note).is_visible()
    page.reload()
    assert box.get_by_label("Your answer").input_value() == ""
    assert box.get_by_role("status").text_content().strip() == PROMPT


@pytest.mark.parametrize("broken", ["getItem", "setItem"])
def test_a_browser_that_keeps_nothing_is_told_nothing(open_page, broken):
    page = open_page(page_html(shown("x", SIGN)))
    refusing = f"Storage.prototype.{broken} = () => {{ throw Error('full'); }}"
    page.add_init_script(refusing)
    page.reload()
    box = box_of(page, "x")
    assert "passed" in answer(box, "-1020")
    kept = box.get_by_text("is kept in this browser").is_visible()
    assert kept == (broken == "getItem")


def test_without_scripts_only_the_words_show(open_page):
    page = open_page(page_html(shown("x", SIGN)), java_script_enabled=False)
    plain = Result("x", *SIGN.judge(...))._repr_html_()
    bare = open_page(page_html(plain), java_script_enabled=False)
    assert page.locator("main").inner_text() == bare.locator("main").inner_text()
    heights = [p.locator("main").bounding_box()["height"] for p in (page, bare)]
    assert heights[0] == heights[1]


def test_boxes_share_nothing_and_leave_no_globals(open_page):
    twice = [shown("x", SIGN), shown("x", SIGN), shown("y", WORD)]
    page = open_page(page_html(*twice))
    assert page.get_by_role("button", name="Check").count() == 3
    assert "The sign." in answer(box_of(page, "x").first, "1020")
    assert "passed" in answer(box_of(page, "x").last, "-1020")
    assert "passed" in answer(box_of(page, "y"), "the same")
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
