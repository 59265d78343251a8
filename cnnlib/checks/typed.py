"""Read an answer that was typed as text, in the forms that people type.

The answer box of a page reads by the same rules, in `typed.js`: what is changed here is
changed there. One table of typed forms holds the two together, in the tests.
"""

import math
import re
import unicodedata
from typing import NamedTuple

import numpy as np

from cnnlib.checks.answers import (
    INVISIBLE,
    QUOTES,
    Problem,
    forms_of,
    named_of,
    word,
)
from cnnlib.checks.arithmetic import Calculator
from cnnlib.checks.compare import COMMAS, misshapen

_ASK = {
    "number": "Type a number such as −3, 0.5, 2/3 or 784*128, "
    "or several with commas between them.",
    "text": "Type your answer in words.",
    "truth": "Type True or False.",
}
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
# groups of three digits, as they are written in English or French, and in German
_GROUPED = (
    r"(?<![0-9.])[1-9][0-9]{0,2}"
    r"(?:(?:,[0-9]{3})+(?![0-9])|(?: [0-9]{3})+(?!,?[0-9]))"
)
_POINTED = r"(?<![0-9.])[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?!\.?[0-9])"
# what is written in place of what, one after the other
_SIGNS = [
    ("(?=[¼-¾⅐-⅞])", " "),
    ("[⁰¹²³⁴-⁹⁺⁻]+", lambda power: "^" + unicodedata.normalize("NFKC", power[0])),
    ("[\uff01-\uff5e¼-¾⅐-⅞]", lambda sign: unicodedata.normalize("NFKC", sign[0])),
    ("[‐-―−⁃➖˗﹘﹣]", "-"),
    (r"\s*[/∕⁄÷]\s*", "/"),
    (r"(?i)\s*(%|per ?cent)", "%"),
    (
        r"(?a)(?<=[0-9])(?<!\b0)['’‘´`′\u00a0\u2007-\u200a\u202f](?=[0-9]{3}(?![0-9]))",
        "",
    ),
    (f"(?<![0-9])[{QUOTES}]|[{QUOTES}](?![0-9])", ""),
    ("_", ""),
    ("⌊", "floor("),
    ("⌈", "ceil("),
    ("[⌋⌉]", ")"),
    (r"(?<=[0-9)])[ \t]*√", "*sqrt"),
    ("√", "sqrt"),
    (r"\s*(?:\*\*|\^)\s*", "^"),
    ("[·⋅∙∗]", "*"),
    (_AND, ";"),
    # a sum before its result, then any other name of a value
    (
        r"(?i)(?<![a-z0-9])(?:sqrt|floor|ceil|[-+*/^.%×x() \t0-9])*[0-9)] *[=≈]",
        " ",
    ),
    (r"(?ai)([a-z]\w*)?[^0-9,;|()[\]{}]*[=≈~:]", " "),
    (r"[.,;:!?…>]+\Z", ""),
    (r"[({]", "["),
    (r"[)}]", "]"),
    # as in MATLAB, 1 -2 is two values and 1 - 2 is one
    (r"[ \t]*([-+])\s+", r"\1"),
]
# a size such as 4x4 or 4 by 4, or else a product
_SIZE = (r"(?i)([0-9])\s*(?:[xх×✕*]|by)\s*(?=[0-9])", r"\1;")
_PRODUCT = (r"(?i)\s*(?:[×✕*]|(?<=[0-9\]%\s])[xх](?=[0-9.\[\s]))\s*", "*")


class Reading(NamedTuple):
    """One way to read a text.

    Attributes:
        array: the values, float64 or text in its plain form.
        is_news: whether to say how the text was read where that is right, and where
            it is wrong.
        is_worked: whether something was worked out.
    """

    array: np.ndarray
    is_news: tuple = (False, False)
    is_worked: bool = False

    def told(self, words, is_wrong):
        """Return the words, and before them how the text was read if that is news."""
        if not self.is_news[is_wrong]:
            return words
        return f"Read as {', '.join(map(_show, self.array.flat))}. {words}"


def kind_of(expected):
    """Return what is asked for, "number", "text" or "truth", and how to type it."""
    kinds = {"U": "text", "b": "truth"}
    kind = kinds.get(forms_of(expected)[0].dtype.kind, "number")
    return kind, _ASK[kind]


def read(text, expected, shapes, percent=False):
    """Return the ways to read a text, a list of Readings, the plain way first.

    Commas, semicolons and blanks separate values, but 1,792 and 1 792 and 1.792 can be
    one number, and so can 0,5. Without brackets the rows of a table may follow each
    other.

    Args:
        text: what was typed.
        expected: the right answer, which decides between text, truth values, numbers.
        shapes: the shapes of the right answer and of those that are known to be wrong.
        percent: whether 8% stands for 8, and not for 0.08.
    Raises:
        Problem: if the text cannot be read; the message says how to write it.
    """
    kind, ask = kind_of(expected)
    text = _unwrap(re.sub(INVISIBLE, "", text)).strip()
    if kind == "text":
        readings = [Reading(_words(text, shapes))]
    else:
        readings = _number_readings(text, kind, shapes, percent)
    if not readings[0].array.size:
        raise Problem(ask)
    return readings


def _number_readings(text, kind, shapes, percent):
    readings, problems = [], []
    text = _tidy(text)
    size, product = (re.sub(*pattern, text) for pattern in (_SIZE, _PRODUCT))
    for written, may_work in {size: size == product, product: True}.items():
        for form, is_news in _ways(written).items():
            try:
                array, is_worked = _numbers(form, kind, percent)
            except Problem as problem:
                problems += [problem] if may_work else []
                continue
            if is_worked and not may_work:
                continue
            arrays = [array]
            if "[" not in form:
                full = (s for s in shapes if s and math.prod(s) == array.size)
                arrays += [array.reshape(shape) for shape in full]
            is_news = (True, True) if is_worked else is_news
            readings += [Reading(each, is_news, is_worked) for each in arrays]
    if not readings:
        raise problems[0]
    return readings


def difference(reading, wanted, text):
    """Say in words how a wrong reading differs from the forms that are right."""
    array = reading.array
    if array.shape not in [form.shape for form in forms_of(wanted)]:
        said = misshapen(array.shape, [form.shape for form in named_of(wanted)])
        if re.search("[0-9],[0-9]", text):
            said += COMMAS
    elif array.size > 1:
        said = "The shape is right, some values are not."
    else:
        return f"{_show(array.flat[0])} is not it."
    return reading.told(said, True) if array.size > 1 else said


def _tidy(text):
    """Write a text of numbers with the signs of Python."""
    for pattern, written in _SIGNS:
        text = re.sub(pattern, written, text)
    return text


def _unwrap(text):
    """Take array([0, 1]) and np.float64(0.5), as libraries show them, out of names."""
    bare = re.sub(r",?\s*(dtype|shape)=(\([^)]*\)|[^,)]*)", "", text)
    bare = re.sub(
        r"(?ai)[\w.]*(?:array|tensor|int|float|index|list)[0-9]*\(([^()]*)\)",
        r"\1",
        bare,
    )
    return text if bare == text else _unwrap(bare)


def _ways(text):
    """Return the ways to read numbers, {text: is_news as in Reading}."""

    def joined(pattern):
        return re.sub(pattern, lambda number: re.sub("[., ]", "", number[0]), text)

    def improper(match):
        whole, top, bottom = map(int, match.groups())
        return f"{whole * bottom + top}/{bottom}"

    pointed, grouped = joined(_POINTED), joined(_GROUPED)
    # a blank behind a decimal comma is no group: 11,2 131,3 are two values
    spaced = r"(?<![0-9,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])"
    decimal = re.sub(spaced, lambda number: number[0].replace(" ", ""), pointed)
    decimal = re.sub("([0-9]|^[-+]?),(?=[0-9])", r"\1.", decimal)
    mixed = re.sub(r"([0-9]+)\s+([0-9]+)/([0-9]+)", improper, text)
    ways = {}
    for form, is_news in [
        (text, (False, grouped != text)),
        (grouped, (False, False)),
        (mixed, (False, False)),
        (pointed, (True, True)),
        (decimal, (True, True)),
    ]:
        ways.setdefault(form, is_news)
    return ways


def _numbers(text, kind, percent):
    """Read numbers in brackets or without, float64, and tell whether any is a sum."""
    read = Calculator(text, _ASK[kind], percent, kind == "truth")
    shape = _shape(read.values)  # which fails where rows are not equally long
    return np.array(read.values, float).reshape(shape), read.is_worked


def _shape(values):
    if not isinstance(values, list):
        return ()
    inner = {_shape(value) for value in values}
    if len(inner) > 1:
        raise Problem("Are all rows equally long?")
    return (len(values), *next(iter(inner), ()))


def _words(text, shapes):
    """Read one text, or a list of them where some shape is one of a list."""
    parts = re.split("[,;>→|/]", _AND.sub(";", text))
    blanks = text.split()
    if len(parts) == 1 and (len(blanks),) in shapes:
        parts = blanks
    elif not any(shapes):
        parts = [text]
    words = [word(part) for part in parts if word(part)]
    return np.array(words[0] if len(words) == 1 else words)


def _show(value):
    """Write a value down as the script in the page does."""
    if isinstance(value, str):
        return str(value)
    value = float(f"{value:.10g}") + 0.0
    if value and not 1e-6 <= abs(value) < 1e21:
        return re.sub(r"e([-+])0", r"e\1", repr(value))
    return np.format_float_positional(value, trim="-")
