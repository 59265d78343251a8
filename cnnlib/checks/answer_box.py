"""A box in the page that takes an answer and judges it where no Python runs."""

from html import escape

from cnnlib import _page
from cnnlib.checks.answers import forms_of, named_of, or_shorter
from cnnlib.checks.compare import listed, tolerance_of
from cnnlib.checks.engine import Between, SameShape, Value, steps
from cnnlib.checks.typed import kind_of

# what is typed is worked out, read and judged, and all that is shown
SCRIPTS = ("checks/arithmetic.js", "checks/typed.js", "checks/answer_box.js")


def answer_box(name, item):
    """Return the HTML of a check's answer box, or "" where a function is asked for.

    The box is an empty, hidden element until its script runs: where scripts are
    stripped, nothing shows.

    Args:
        name: the lecture and the exercise, such as "L02.predict1".
        item: the check, as the table of its lecture has it.
    """
    if not isinstance(item, Value):
        return ""
    data = _page.attribute({"name": name, **box_data(item)})
    return (
        f'\n<div class="cnnlib-answer" id="check-{_slug(name)}" role="group" '
        f"aria-label=\"{escape(name)}\" data-check='{data}' hidden></div>\n"
        f"{_page.style('checks/answer_box.css')}\n"
        f"{_page.script(*SCRIPTS)}"
    )


def box_data(item):
    """Return what the script needs to judge as a Value does, as a dict for JSON.

    A form of an answer is [shape, values, tolerance], where the shape is a text such
    as "4, 4", or [shape] alone for a SameShape, or [shape, weights, low, high] for a
    Between. Words of a hint are a list of one or two steps.
    """
    kind, ask = kind_of(item.expected)
    return {
        "kind": kind,
        "ask": ask,
        "percent": item.percent,
        "expected": _forms(item.expected, item.tolerance),
        "wanted": listed([form.shape for form in named_of(item.expected)]),
        "hints": [
            [_forms(wrong, item.tolerance), steps(words)] for words, wrong in item.hints
        ],
        "because": item.because,
        "otherwise": steps(item.otherwise),
    }


def _forms(answer, tolerance):
    if isinstance(answer, SameShape):
        return [[_shape(form)] for form in forms_of(answer.example)]
    if isinstance(answer, Between):
        limits = (part.tolist() for part in answer.limits())
        return [[", ".join(map(str, answer.shape)), *limits]]
    return [
        [
            _shape(form),
            form.ravel().tolist(),
            *([] if form.dtype.kind == "U" else [tolerance_of(form, tolerance)]),
        ]
        for form in forms_of(or_shorter(answer))
    ]


def _shape(form):
    return ", ".join(map(str, form.shape))


def _slug(name):
    return name.lower().replace(".", "-")
