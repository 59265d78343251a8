import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from cnnlib.checks import check
from cnnlib.checks.answer_box import answer_box, box_data
from cnnlib.checks.engine import Between, Function, SameShape, Value, any_of

HOSTILE = Value(
    expected="</script><b>'\"&",
    because="it's \"5\" & '</div>'",
    otherwise="<!-- </style> --> `a < b` \u2028 \\u0027 &amp; &#39;",
    hints=[("<script>alert(1)</script>", "x' hidden='")],
)


class Elements(HTMLParser):
    """Collect the elements with their attributes and texts."""

    def __init__(self, html):
        super().__init__()
        self.found, self.depth = [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))
        self.depth += 1

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            self.found[-1][2].append(data)


def test_only_an_unwritten_value_has_a_box():
    assert "cnnlib-answer" in check("L02.predict1", ...)._repr_html_()
    assert "cnnlib-answer" in check("L02.2", [..., ...])._repr_html_()
    for name, answer in [
        ("L02.predict1", 1020),
        ("L02.predict1", -1020),
        ("L02.predict1", "text"),
        ("L02.3", ...),
        ("L02.3", lambda image: ...),
    ]:
        html = check(name, answer)._repr_html_()
        assert html.startswith('<div role="status"')
        assert html.endswith("</div>")
        assert html.count("<div") == 1


def test_words_and_text_form_stay_as_they_are():
    result = check("L02.predict1", ...)
    words = "L02.predict1: not written yet. Put your answer where the `...` stands"
    assert repr(result).startswith(words)
    assert repr(result).endswith("then run the cell.")
    first = Elements(result._repr_html_()).found[0]
    assert first[0] == "div"
    assert first[1]["role"] == "status"
    assert not result


def test_box_is_empty_hidden_and_named_after_its_check():
    tags = Elements(answer_box("L02.predict1", Value(expected=1))).found
    assert [tag for tag, _, _ in tags] == ["div", "style", "script"]
    _, attributes, texts = tags[0]
    assert attributes["id"] == "check-l02-predict1"
    assert attributes["aria-label"] == "L02.predict1"
    assert "hidden" in attributes
    assert texts == []


def test_html_is_the_same_every_time():
    first, second = (check("L02.2", ...)._repr_html_() for _ in range(2))
    assert first == second
    assert not re.search(r" at 0x|lambda", first)


def test_hostile_texts_stay_data():
    tags = Elements(answer_box("L02.x", HOSTILE)).found
    assert [tag for tag, _, _ in tags] == ["div", "style", "script"]
    data = json.loads(tags[0][1]["data-check"])
    assert data["expected"] == [["", [HOSTILE.expected], *data["expected"][0][2:]]]
    assert data["because"] == HOSTILE.because
    assert data["otherwise"] == [HOSTILE.otherwise]
    assert [words for _, words in data["hints"]] == [
        [words] for words, _ in HOSTILE.hints
    ]


def test_script_is_small_plain_and_closed():
    html = answer_box("L02.predict1", Value(expected=1))
    (script,) = re.findall("<script [^>]*>(.*)</script>", html, re.DOTALL)
    assert len(script.encode()) < 13_000  # once a page, 5 kB with gzip
    assert script.strip().startswith("(() => {")
    assert script.strip().endswith("})();")
    for word in ("http", "import", "fetch", "currentScript", "</script", "<!--"):
        assert word not in script


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Value(expected=-1020), [["", [-1020], 1e-3]]),
        (Value(expected=any_of(4, (4, 4))), [["", [4], 1e-3], ["2", [4, 4], 1e-3]]),
        (Value(expected=0.5), [["", [0.5], 5e-6]]),
        (Value(expected=[0.0, 200.0]), [["2", [0.0, 200.0], 2e-3]]),
        (Value(expected=0.0), [["", [0.0], 1e-5]]),
        (Value(expected=0.943, tolerance=5e-4), [["", [0.943], 5e-4]]),
        (Value(expected=4, tolerance=0), [["", [4], 0.0]]),
        (
            Value(expected=np.eye(2)),
            [["2, 2", [1, 0, 0, 1], 1e-5], ["4", [1, 0, 0, 1], 1e-5]],
        ),
        (Value(expected=True), [["", [True], 1e-3]]),
        (Value(expected=" Max Pooling "), [["", ["max pooling"]]]),
        (Value(expected=["A", "b"]), [["2", ["a", "b"]]]),
    ],
)
def test_forms_carry_shape_values_and_tolerance(item, expected):
    assert box_data(item)["expected"] == expected


@pytest.mark.parametrize(
    ("expected", "kind"),
    [(1, "number"), (0.5, "number"), (True, "truth"), ("a", "text"), (["a"], "text")],
)
def test_kind_decides_what_is_asked_for(expected, kind):
    data = box_data(Value(expected=expected))
    assert data["kind"] == kind
    words = {"number": "a number", "truth": "True or False", "text": "in words"}
    assert words[kind] in data["ask"]


def test_hints_keep_their_order():
    item = Value(
        expected=1,
        hints=[
            ("Three.", 3),
            ("Large.", Between((), 100, 200)),
            ("Six.", SameShape(any_of(np.zeros(6), np.zeros((6, 6))))),
            ("Five.", any_of(5, (5, 5))),
        ],
    )
    assert box_data(item)["hints"] == [
        [[["", [3], 1e-3]], ["Three."]],
        [[["", [[1.0]], [100 - 1e-6], [200 + 1e-6]]], ["Large."]],
        [[["6"], ["6, 6"]], ["Six."]],
        [[["", [5], 1e-3], ["2", [5, 5], 1e-3]], ["Five."]],
    ]


def test_a_function_has_no_box():
    assert answer_box("x", Function(reference=abs, inputs=[1])) == ""
