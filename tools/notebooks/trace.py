"""Whether the numbers of a lecture's running text can be traced, and to what.

    python -m tools.notebooks.trace L14      what cannot be traced, and what can

A number is traced when its lecture computes, asserts or reads it: it stands in its
code, in what a cell shows, among the right answers of its checks, in a record that it
reads, or, for the words and the caption of a figure, in the drawing. In the text it may
be rounded to the digits that are written, be in percent, points or "of 100" where the
value is a share, and be in thousands, millions or billions. A sum that the text writes
out traces its result if its parts are traced, and its parts if the result is; one that
comes to something else is a fault. A sentence that links to another lecture may say
what that one computes. In a sentence, a row of a table or the line before the table,
with a citation or with "the paper", a number is taken for the paper's.

What this does not see:

- Whether a number is the right one of those which the lecture computes. Numbers of one
  or two digits have to stand in the same section or the one before, where long outputs,
  such as an image, do not count; longer ones may stand anywhere in the lecture. When
  one digit is changed, that is found in 93 to 96% of the cases from three digits on and
  in 77 to 86% at two (four samples; `tests/notebooks/test_trace.py` measures one), but
  in a quarter of them at one digit: a 3 is found in any code.
- Numbers in letters, in code spans, in headings and in the answers of checks.
- Whether a paper says what it is cited for.
- Round values behind "about", "near", "below" and the like in the words for a figure:
  how a curve looks.
"""

import re
import sys
from collections import Counter
from functools import cache
from typing import NamedTuple

from tools.notebooks import lecture_paths
from tools.notebooks.canonical import lecture_of, read
from tools.notebooks.pools import Pool, Pools
from tools.notebooks.references import CITATION
from tools.notebooks.sums import equations
from tools.notebooks.written import Number, numbers, texts, without_names

_PAPER = re.compile(r"\b[Pp]aper\b(?!['’]s)|\b[Aa]uthors\b|\brevision [0-9a-f]+\b")
_LINK = re.compile(r"\]\((L\d\d)_\w+\.ipynb")
_ROUGHLY = re.compile(
    r"\b(?:about|near|nearly|almost|around|above|below|under|over|past|between)"
    r"(?: (?:minus )?[\d.]+%?(?: percent)? and)?(?: minus)? $"
)


class Found(NamedTuple):
    """A number, and what it was traced to.

    Attributes:
        number: the Number.
        kind: a kind of evidence, "sum", "lecture" (another one) or "citation";
            "rough" for what is not looked up; None if it is not traced.
        why: what is missing, where kind is None.
        around: the line that it stands in.
    """

    number: Number
    kind: str | None
    why: str
    around: str


class Lecture:
    """A lecture with all that its numbers can be traced to."""

    def __init__(self, notebook, lecture):
        self._notebook = notebook
        self._pools = Pools(notebook, lecture)
        self._sums = {}  # of each cell: what the sums in its text come to

    def trace(self):
        """Return what is Found for each number, in order."""
        found, self._sums = [], {}
        for cell, text, is_figure in texts(self._notebook):
            found += self.trace_text(text, cell.id, is_figure)
        return found

    def trace_text(self, text, cell, is_figure=False):
        """Return what is Found for each number of a text that stands in a cell."""
        written = numbers(text, cell)
        kinds = {number: self._kind(number) for number in written}
        wrong = self._work_out(text, cell, kinds)
        found = []
        for number in written:
            kind, why = kinds[number], ""
            if kind is None and is_figure and _ROUGHLY.search(text[: number.start]):
                kind = "rough"
            if kind is None and not is_figure:
                kind = self._elsewhere(text, number)
            if number in wrong:
                kind, why = None, "the sum comes to something else"
            elif kind is None:
                why = "nothing computes it"
            start, end = _line(text, number)
            found.append(Found(number, kind, why, text[start:end]))
        return found

    def _kind(self, number):
        base = number.base and number._replace(value=number.base, step=1)
        for kind, pool in self._pools.of(number).items():
            if pool.holds(number) or (base and pool.holds(base)):
                return kind
        return None

    def _elsewhere(self, text, number):
        """Look a number up in the lectures that its sentence links to, or cites."""
        sentence = sentence_of(text, number)
        for lecture in _LINK.findall(sentence):
            pools = _linked(lecture)
            if pools and pools.everywhere().holds(number):
                return "lecture"
        return "citation" if is_cited(text, number) else None

    def _work_out(self, text, cell, kinds):
        """Trace the parts of sums; return the numbers of those that are wrong."""
        wrong, made = set(), []
        found = equations(text, list(kinds))
        for equation in found:
            if equation.is_wrong:
                wrong |= {n for side in equation.sides for n in side.numbers}
        before = [
            value
            for other, values in self._sums.items()
            if other != cell and self._pools.is_near(cell, other)
            for value in values
        ]
        for _ in range(3):  # what one sum has made, another may use
            for equation in found:
                if not equation.is_wrong:
                    self._trace_sides(equation.sides, kinds, made)
            pool = Pool(before + made)
            for number, kind in kinds.items():
                if kind is None and pool.holds(number):
                    kinds[number] = "sum"
        self._sums.setdefault(cell, made)
        return wrong

    def _trace_sides(self, sides, kinds, made):
        """Trace a result whose parts are traced, or the parts of a traced result."""
        for side in sides:
            results = [o for o in sides if o is not side and o.is_one]
            results = [o for o in results if o.agrees(side)]
            traced = []
            if all(kinds[number] for number in side.numbers):
                made += [] if side.is_one else [side.value]
                traced = results
            elif not side.is_one:
                is_known = any(kinds[other.numbers[0]] for other in results)
                traced = [side] if is_known or self._pools.computes(side.value) else []
            for number in (number for one in traced for number in one.numbers):
                kinds[number] = kinds[number] or "sum"
                made.append(float(number.value))


@cache
def _linked(lecture):
    """Return the Pools of another lecture, or None if there is none."""
    paths = [path for path in lecture_paths() if lecture_of(path) == lecture]
    return Pools(read(paths[0]), lecture) if paths else None


def sentence_of(text, number):
    """Return the sentence that a number stands in, or its row of a table.

    A row counts with the line that leads to its table.
    """
    start, end = _line(text, number)
    if text.startswith("|", start):
        table = re.search(r"(?:^\|.*\n)*\Z", text[:start], re.MULTILINE)
        lead = text[: table.start()].rstrip().rpartition("\n")[2]
        return (lead if lead.endswith(":") else "") + text[start:end]
    line = without_names(text)[start:end]
    cuts = [start + m.end() for m in re.finditer(r"[.!?] (?=[A-Z])", line)]
    start = max([cut for cut in cuts if cut <= number.start], default=start)
    end = min([cut for cut in cuts if cut > number.start], default=end)
    return text[start:end]


def is_cited(text, number):
    """Tell whether a citation, or "the paper", stands in the sentence or row."""
    sentence = sentence_of(text, number)
    return bool(CITATION.search(sentence) or _PAPER.search(sentence))


def _line(text, number):
    end = text.find("\n", number.end)
    return text.rfind("\n", 0, number.start) + 1, len(text) if end < 0 else end


def message(lecture, found, room=60):
    """Say where an untraced number stands, for a person who looks for it."""
    number = found.number
    at = found.around.find(number.text)
    words = found.around[max(0, at - room) : at + len(number.text) + room]
    return f"{lecture} {number.cell}: {number.text} ({found.why}): … {words} …"


def main(arguments):
    """Print what cannot be traced in the lectures named, or in all."""
    for path in lecture_paths():
        lecture = lecture_of(path)
        if arguments and lecture not in arguments:
            continue
        found = Lecture(read(path), lecture).trace()
        kinds = Counter(f.kind or "not traced" for f in found)
        print(lecture, ", ".join(f"{kind} {kinds[kind]}" for kind in sorted(kinds)))
        for missing in (f for f in found if f.kind is None):
            print("  ", message(lecture, missing))


if __name__ == "__main__":
    main(sys.argv[1:])
