"""The values of a lecture, by where they stand, for looking numbers up."""

from bisect import bisect_left
from collections import defaultdict

from tools.notebooks.evidence import KINDS, SHORT_OUTPUT, evidence
from tools.notebooks.outline import headings

# sections that speak of the whole lecture
_OF_ALL = ("", "Where this leads", "What the notes said", "Summary")


class Pool:
    """Values, among which a number is looked up."""

    def __init__(self, values):
        self._all = sorted(float(value) for value in values)
        self._floats = sorted(value for value in values if isinstance(value, float))

    def holds(self, number):
        """Tell whether a value is this number, rounded as it is written."""
        value, half = float(number.value), float(number.step) / 2 * (1 + 1e-6)
        # 6.00 says more than a whole number that was counted
        is_long = number.step < 1 and number.value.denominator == 1
        if _between(value, half, self._floats if is_long else self._all):
            return True
        is_share = number.is_share and abs(value) <= 100
        return is_share and _between(value / 100, half / 100, self._all)


def _between(value, half, values):
    i = bisect_left(values, value - half)
    return i < len(values) and values[i] <= value + half


class Pools:
    """The values of a lecture: of all of it, of a section and the one before it."""

    def __init__(self, notebook, lecture):
        self._sections = _sections(notebook)
        self._order = list(dict.fromkeys(self._sections.values()))
        found = evidence(notebook, lecture)
        self._drawn = _of_figures(notebook, found)
        self._everywhere, self._in = defaultdict(list), defaultdict(list)
        for cell, kinds in found.items():
            for kind in KINDS[:-1]:
                values = kinds[kind]
                self._everywhere[kind] += values
                if kind != "output" or len(values) <= SHORT_OUTPUT:
                    self._in[self._sections[cell], kind] += values
        self._made = {}

    def of(self, number):
        """Return {kind: Pool} for a number in a text, the strongest kind first.

        One with three digits or more may stand anywhere in the lecture; a shorter one
        in its section or the one before, except where a text speaks of all.
        """
        section = self._sections[number.cell]
        is_near = number.digits <= 2 and section not in _OF_ALL
        key = section if is_near else None, number.cell in self._drawn and number.cell
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, section, figure):
        if section is None:
            values = dict(self._everywhere)
        else:
            near = self._near(section)
            values = {k: [v for s in near for v in self._in[s, k]] for k in KINDS[:-1]}
        values["drawn"] = self._drawn.get(figure, [])
        return {kind: Pool(values[kind]) for kind in KINDS}

    def _near(self, section):
        i = self._order.index(section)
        return self._order[max(i - 1, 0) : i + 1]

    def everywhere(self):
        """Return the Pool of the whole lecture."""
        return Pool([v for values in self._everywhere.values() for v in values])

    def is_near(self, cell, other):
        """Tell whether another cell stands in the section of a cell, or just before."""
        return self._sections[other] in self._near(self._sections[cell])

    def computes(self, value):
        """Tell whether a cell has just this value, anywhere in the lecture."""
        return any(
            abs(known - value) <= 1e-9 * max(1, abs(value))
            for values in self._everywhere.values()
            for known in values
        )


def _sections(notebook):
    """Return {id of a cell: title of its section}; solutions count as exercises."""
    starts = {h.cell: h.title for h in headings(notebook) if h.level == 2}
    title, found = "", {}
    for index, cell in enumerate(notebook.cells):
        title = starts.get(index, title)
        found[cell.id] = "Exercises" if title == "Solutions" else title
    return found


def _of_figures(notebook, found):
    """Return {cell of a figure, or of its caption: what is drawn}."""
    drawn = {}
    for cell, after in zip(notebook.cells, notebook.cells[1:]):
        if values := found.get(cell.id, {}).get("drawn"):
            drawn |= {cell.id: values, after.id: values}
    return drawn
