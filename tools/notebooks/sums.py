"""The sums that a text writes, such as 28·28·32 = 25,088, worked out."""

import re
from typing import NamedTuple

from cnnlib.checks.answers import Problem
from cnnlib.checks.arithmetic import Calculator
from tools.notebooks.written import RAISED, without_names

_GROUPED = r"\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)"
_CHAIN = re.compile(
    r"(?:\\(?:cdot|times|left|right|lfloor|rfloor|approx|tfrac|frac|sqrt|[,; %])"
    rf"|{_GROUPED}|\d|\.(?=\d)|[{{}}()+\-−·×*/^=≈⌊⌋⁰¹²³⁴⁵⁶⁷⁸⁹ ])+"
)
_OPERATOR = re.compile(r"[+\-−·×*/^=≈\\⁰¹²³⁴⁵⁶⁷⁸⁹]")
_ONE_NUMBER = re.compile(r"\s*[+−-]?[\d.,{}]+(?:\\?%)?\s*")
_LETTER = re.compile(r"(?<=\d)[A-Z](?:\^\d)?(?![A-Za-z])")  # 18C^2 is 18 of them
_AS_TYPED = [
    (re.compile(pattern), as_typed)
    for pattern, as_typed in (
        (r"\\t?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"),
        (r"\\sqrt(\d)", r"sqrt(\1)"),
        (r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)"),
        (r"\{,\}|(?<=\d),(?=\d{3})|\\(?:left|right|[,; ])", ""),
        (r"\\(?:cdot|times)|[·×]", "*"),
        (r"\\lfloor|⌊", "floor("),
        (r"\\rfloor|⌋", ")"),
        (r"\\%", "%"),
        (r"−", "-"),
        (r"[{(]", "["),
        (r"[})]", "]"),
    )
]


class Side(NamedTuple):
    """One side of an equation, or a sum that stands alone.

    Attributes:
        value: what it comes to.
        numbers: the Numbers in it.
        is_one: whether it is a number, and no sum.
    """

    value: float
    numbers: list
    is_one: bool

    @property
    def half(self):
        """Half a unit of the last digit, of a single number with digits behind 0."""
        if not self.is_one:
            return 0
        (number,) = self.numbers
        step = number.step / (100 if number.unit == "%" else 1)
        return float(step) / 2 if step < 1 else 0

    def agrees(self, other):
        """Tell whether two sides are equal, to the digits of a single number."""
        room = max(self.half, other.half, 1e-9 * max(1, abs(self.value)))
        return abs(self.value - other.value) <= room * 1.001


class Equation(NamedTuple):
    """Sides that a text sets equal.

    Attributes:
        sides: those that can be worked out.
        is_exact: whether all signs between them are "=".
    """

    sides: list
    is_exact: bool

    @property
    def is_wrong(self):
        """Tell whether two sides that shall be equal are not."""
        first, *others = self.sides
        return self.is_exact and not all(first.agrees(other) for other in others)


def equations(text, numbers):
    """Return the Equations of a text whose Numbers are `numbers`."""
    plain = _LETTER.sub(lambda match: " " * len(match[0]), without_names(text))
    found = []
    for match in _CHAIN.finditer(plain):
        if not _OPERATOR.search(match[0]):
            continue
        start, sides = match.start(), []
        for part in re.split(r"(=|≈|\\approx)", match[0]):
            end = start + len(part)
            inside = [n for n in numbers if start <= n.start < end]
            is_whole = inside and not _goes_on(plain, start, end)
            value = worked_out(part) if is_whole else None
            if value is not None:
                sides.append(Side(value, inside, bool(_ONE_NUMBER.fullmatch(part))))
            start = end
        if sides:
            is_exact = not re.search(r"≈|approx", match[0])
            found.append(Equation(sides, is_exact))
    return found


def _goes_on(text, start, end):
    """Tell whether a letter stands beside a part of a formula, as in ln 10."""
    before = text[:start].count("$") % 2 and re.search(r"[A-Za-z|] *$", text[:start])
    behind = text[:end].count("$") % 2 and re.match(r" *[A-Za-z\\|]", text[end:])
    return bool(before or behind)


def worked_out(text):
    """Return what a sum comes to, written as in the book; None if it is no sum."""
    for pattern, as_typed in _AS_TYPED:
        text = pattern.sub(as_typed, text)
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m[0].translate(RAISED), text)
    if re.search(r"[\d\]] +[\d\[]", text):
        return None  # two numbers beside each other
    try:
        values = Calculator(text.replace(" ", ""), "").values
    except Problem:
        return None
    while isinstance(values, list) and len(values) == 1:
        (values,) = values
    return None if isinstance(values, list) else float(values)
