"""What the benchmarks have measured: one value a seed, and tables made of them.

The records are JSON files in `cnnlib/results`, written by the scripts in `benchmarks`.
"""

import json
import statistics
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnlib._validate import complaint, finite, flag, integer, numeric, real

RESULTS = Path(__file__).with_name("results")
"""The folder of the records."""


def measured(name):
    """Read a record by its name, such as "l06_shift".

    Raises:
        ValueError: if there is no record of that name.
    """
    names = sorted(path.stem for path in RESULTS.glob("*.json"))
    if name not in names:
        expected = f"one of {', '.join(names)}"
        raise ValueError(complaint("name", expected, repr(name)))
    return Record(json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")))


class Spread(NamedTuple):
    """Mean, lowest and highest of the values of all seeds, rounded."""

    mean: float
    lowest: float
    highest: float


class Record:
    """The results of one benchmark, with all that one needs to get them again.

    Attributes:
        what: what was measured, in words.
        settings: {name: setting}, among them the seeds or the number of repeats.
        machine: where it was measured.
        threads: on how many threads.
        versions: with which versions.
        date: on which day.
        values: {name of a result: list with one value, or list of values, a seed}.
    """

    def __init__(self, fields):
        vars(self).update(fields)

    def __repr__(self):
        return f"{self.what}: {', '.join(self.values)}"

    def __getitem__(self, name):
        """Return a result as an array, shape (seeds,) or (seeds, ...).

        Raises:
            KeyError: if there is no result of that name.
        """
        if name not in self.values:
            expected = f"one of {', '.join(self.values)}"
            raise KeyError(complaint("name", expected, repr(name)))
        return np.array(self.values[name])

    def spread(self, values, digits=1, percent=True):
        """Sum up the values of all seeds.

        Args:
            values: the name of a result, or one value a seed, shape (seeds,).
            digits: digits after the point.
            percent: True turns shares between 0 and 1 into percent.
        Returns:
            (mean, lowest, highest), rounded; a half goes away from zero.
        Raises:
            KeyError: if there is no result of that name.
            TypeError: if `values` are no numbers, or a setting is of the wrong kind.
            ValueError: if `values` are not one finite number a seed.
        """
        values = self[values] if isinstance(values, str) else values
        values = finite("values", numeric("values", values, "seeds"))
        values, percent = values.astype(float).tolist(), flag("percent", percent)
        figures = statistics.fmean(values), min(values), max(values)
        scale = 100 if percent else 1
        # adding 0 makes a plain zero of -0.0
        return Spread(*(float(rounded(scale * f, digits)) + 0.0 for f in figures))

    def table(
        self, rows, columns=None, corner="", *, digits=1, percent=True, caption=True
    ):
        """Make a table: a row for each label, in each cell what all seeds gave.

        Args:
            rows: {label: cell, or list of cells}; a cell is the name of a result, or
                one value a seed, shape (seeds,).
            columns: the heads of the columns of cells.
            corner: the head of the column of labels.
            digits: digits after the point.
            percent: True turns shares between 0 and 1 into percent.
            caption: False leaves out the line below, which says how many seeds it
                were, on which machine and when.
        Returns:
            A table that a notebook shows; each cell reads "mean (lowest to highest)",
            or as one number where there is one value.
        Raises:
            KeyError: if there is no result of a name.
            TypeError: if `rows` is not a dict, or `columns` not a list.
            ValueError: if a row does not have one cell a column.
        """
        columns = ["mean (lowest to highest)"] if columns is None else columns
        if not isinstance(rows, dict):
            raise TypeError(complaint("rows", "{label: cell}", repr(rows)))
        if not isinstance(columns, (list, tuple)):
            raise TypeError(complaint("columns", "a list of heads", repr(columns)))
        lines = [[corner, *columns], ["---"] * (1 + len(columns))]
        for label, cells in rows.items():
            cells = cells if isinstance(cells, list) else [cells]
            if len(cells) != len(columns):
                expected = f"{len(columns)} cells in row {label!r}"
                raise ValueError(complaint("rows", expected, len(cells)))
            spreads = [self.spread(cell, digits, percent) for cell in cells]
            lines.append([label, *(in_words(spread, digits) for spread in spreads)])
        text = "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
        return Table(f"{text}\n\n{self._caption(percent)}" if caption else text)

    def _caption(self, percent):
        runs = len(next(iter(self.values.values())))
        kind = "seeds" if "seeds" in self.settings else "repeats"
        unit = "In percent, mean" if percent else "Mean"
        where = f"{self.machine['cpu']}, {self.machine['cores']} cores"
        return f"{unit} (lowest to highest) of {runs} {kind}; {where}, {self.date}."


class Table:
    """A table in Markdown, which a notebook, Colab and the book show as one."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return self.text


def rounded(value, digits):
    """Round a number as by hand, half away from zero, to a Decimal.

    Args:
        value: a float; what it has beyond 9 digits after the point is noise.
        digits: digits after the point.
    Raises:
        TypeError: if `value` is not a number, or `digits` not an int.
        ValueError: if `value` is not finite, or `digits` negative.
    """
    step = Decimal(1).scaleb(-integer("digits", digits, 0))
    value = Decimal(f"{real('value', value):.9f}")
    return value.quantize(step, ROUND_HALF_UP, Context(prec=400))


def in_words(spread, digits=1):
    """Write a spread as "95.3 (94.7 to 95.9)"; without a spread, as one number."""
    mean, lowest, highest = (f"{f:.{digits}f}".replace("-", "−") for f in spread)
    return mean if lowest == highest else f"{mean} ({lowest} to {highest})"
