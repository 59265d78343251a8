"""The numbers that a lecture's running text says, each with its place.

Running text is what readers read: paragraphs, lists, tables, captions, formulas, and
the words for a figure (its alternative text). What is a name, an address or a count of
the book's own parts is no number here: code spans, headings, citations and links, years
(1930 to 2029), the numbers of figures, sections, pages, exercises and lectures, marks
of lists, VGG-16, conv1, top-5, versions, the minutes and the difficulty of an exercise,
a quarter, half and full turn in degrees, numbers of bits, indices, and exponents of
letters.
"""

import re
from fractions import Fraction
from typing import NamedTuple

from tools.notebooks.references import CITATION

_DIGITS = r"(?:\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_POWER = r"\^(?:\{(?P<braced>[-−]?\d+)\}|(?P<bare>\d))|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\w)\]}}%|°²³])[-−+±])?(?<![\w.])(?P<digits>{_DIGITS})"
    rf"(?:e(?P<exponent>[-+]?\d+)|{_POWER})?"
    r"(?P<unit>\s?(?:\\?%|percent\b)| points?\b| of 100\b"
    r"| (?:thousand|million|billion)\b)?"
)
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_TENS = {"thousand": 3, "million": 6, "billion": 9}
_COMMAND = re.compile(r"\\[A-Za-z]+")  # of LaTeX
_LISTED = re.compile(r",? (?:and |or |to |but )?|–")
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
_LIST = r"\d[\d.]*(?:(?:,| to| and| or|–|, and) \d[\d.]*|–\d[\d.]*)*"
_PARTS = (
    "figure|table|section|chapter|exercise|solution|page|footnote|equation"
    "|relationship|part|goal|block"
)
_NAMES = [
    re.compile(pattern, re.MULTILINE | re.DOTALL)
    for pattern in (
        r"^ *(`{3,}|~{3,}).*?^ *\1",
        r"^#+ [^\n]*",
        r"`[^`\n]+`",
        CITATION.pattern,
        r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)",  # the address of a link
        r"^About (?:an hour|\d+ minutes)\b[^\n]*",
        r"^\*Difficulty \d of 3, \d+ minutes",
        r"^ *\d+\. ",
        rf"\b(?i:{_PARTS})s? {_LIST}",
        r"\b(?:revision|GTX|seed) [0-9a-f]+\b",
        r"\b(?:[A-Z][A-Za-z]+|float|uint|int|top)-?\d[\w.]*(?:-\d+)*",  # VGG-16, top-5
        r"(?<![\\\w])[a-zA-Z_]+\d\w*",  # conv1, n01440764
        r"#\d+",
        r"\b(?:TensorFlow|Keras|NumPy|Python|JAX|CC BY) \d+(?:\.\d+)*",
        r"\b\d+ bits?\b",
        r"\\t?frac\d\d",
        r"\b\d+\.\d+\.\d+\b",
        r"(?<![\d.,×·/−+-])\b(?:19[3-9]|20[0-2])\d(?:[a-z]|s)?\b(?![\d.,]*\d|×|·| ×|-)",
        r"(?<=[A-Za-z}])[_^](?:\{[^{}]*\}|\\?\w)",  # indices, exponents of letters
        r"\b(?:90|180|360)(?:°| degrees)",
        r"\b\d+(?:-?D|-bit|st|nd|rd|th|s|x|k|GB)\b",
    )
]


class Number(NamedTuple):
    """A number as it is written.

    Attributes:
        cell: the id of its cell.
        start, end: its place in the text.
        text: as it is written, such as "−1,020" or "99.2%".
        value: what that is, as a Fraction; "99.2%" is 99.2.
        step: one unit of the last digit that is written.
        unit: its unit, such as "%", "points", "of 100" or "million"; "" without.
        base: of a power such as 0.94², what is raised; None otherwise.
    """

    cell: str
    start: int
    end: int
    text: str
    value: Fraction
    step: Fraction
    unit: str
    base: Fraction | None

    @property
    def is_share(self):
        """Tell whether it is in percent, in points, or "of 100"."""
        return bool(self.unit) and self.unit not in _TENS

    @property
    def digits(self):
        """How many digits are written, leading zeros apart."""
        return len(re.sub(r"\D", "", self.text).lstrip("0"))


def texts(notebook):
    """Yield (cell, text, whether it describes the figure of a cell)."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell, cell.source, False
        elif alt := cell.metadata.get("mystnb", {}).get("image", {}).get("alt"):
            yield cell, alt, True


def without_names(text):
    """Blank out what is no number; all else stays in its place."""
    for pattern in _NAMES:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def _blank_command(match):
    closes = match[0] in (r"\rceil", r"\rfloor")  # a minus behind it is no sign
    return " " * (len(match[0]) - 1) + (")" if closes else " ")


def numbers(text, cell=""):
    """Return the numbers of a text, from left to right."""
    plain = _COMMAND.sub(_blank_command, without_names(text))
    formulas = [match.span() for match in _FORMULA.finditer(text)]
    found = []
    for match in _NUMBER.finditer(plain):
        start, end = match.span()
        is_name = re.match(r"\w", plain[end:])  # 3x3, 20k
        if is_name and not any(a <= start < b for a, b in formulas):
            continue
        number = Number(cell, start, end, text[start:end], *_value(match))
        if plain[:start].endswith("minus "):
            number = number._replace(value=-number.value)
        found.append(number)
    return _with_units(found, plain)


def _with_units(found, text):
    """Give each number of a list the unit at its end: 61.0, 62.4 and 61.1 million."""
    for i in reversed(range(len(found) - 1)):
        number, after = found[i : i + 2]
        if not number.unit and _LISTED.fullmatch(text[number.end : after.start]):
            scale = 10 ** _TENS.get(after.unit, 0)
            value, step = number.value * scale, number.step * scale
            found[i] = number._replace(value=value, step=step, unit=after.unit)
    return found


def _value(match):
    digits = match["digits"].replace("{,}", "").replace(",", "")
    value, base = Fraction(digits), None
    step = Fraction(1, 10 ** len(digits.partition(".")[2]))
    unit = (match["unit"] or "").strip().removeprefix("\\")
    if power := match["braced"] or match["bare"] or match["raised"]:
        base = value if match["bare"] and value != 10 else None
        value **= int(power.translate(RAISED).replace("−", "-"))
        step = abs(value) / 10**6
    scale = Fraction(10) ** (int(match["exponent"] or 0) + _TENS.get(unit, 0))
    sign = -1 if (match["sign"] or "+") in "-−" else 1
    return sign * value * scale, step * scale, unit, base
