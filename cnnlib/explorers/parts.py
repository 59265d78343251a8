"""What an explorer shows, as data: grids of numbers, the sum of a window, facts.

base.js has the same functions for the live picture.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnlib.explorers.tables import is_rounded, number


def bare(row, column):
    """Leave a cell without attributes."""
    return {}


@dataclass(frozen=True)
class Part:
    """One grid of numbers with its caption.

    Attributes:
        kind: "image", "kernel" or "output"; base.css has a class for each.
        caption: what stands above.
        values: shape (H, W).
        look: (row, column) -> attributes of the cell, as dict.
        window: (top, left, height, width) of the frame, or None; its numbers are bold.
        limits: lowest and highest gray of the PNG, or None: from `values`.
        frames: more frames of the PNG, each as `plots.frame` takes it.
        counted: whether rows and columns have their numbers at the beginning and
            their sums at the end.
    """

    kind: str
    caption: str
    values: np.ndarray
    look: Callable = bare
    window: tuple | None = None
    limits: tuple | None = None
    frames: tuple = ()
    counted: bool = False

    @property
    def columns(self):
        """Cells in a row."""
        return self.values.shape[1]


@dataclass(frozen=True)
class Sum:
    """How the number in the framed output comes about.

    Attributes:
        lines: (lead, text) for each line; the leads stand below each other.
        sign: "=", or "≈" where a number is shown rounded.
        result: the number itself.
        remark: what stands behind it.
    """

    lines: tuple
    sign: str
    result: float
    remark: str = ""

    @property
    def last(self):
        """The last line, (lead, text)."""
        return self.sign, f"{number(self.result)} {self.remark}".rstrip()


@dataclass(frozen=True)
class Panel:
    """Parts in a row, and below them the sum and the facts.

    Attributes:
        parts: from left to right, each a `Part`; perhaps none.
        facts: (name, text) of each fact.
        reading: a `Sum`, or None.
        title: what tells this panel from the one beside it.
    """

    parts: tuple
    facts: tuple
    reading: Sum | None = None
    title: str = ""

    def lines(self):
        """Return the sum and the facts, (lead, text) a line."""
        read = (*self.reading.lines, self.reading.last) if self.reading else ()
        width = max((len(lead) for lead, _ in read), default=0)
        return [
            *(f"{lead:>{width}} {text}" for lead, text in read),
            *(f"{name}: {text}" for name, text in self.facts),
        ]


def by(*sides):
    """Write a size, as 3 × 4."""
    return " × ".join(map(str, sides))


def counted(count, noun):
    """Write a count with its noun, as 1 row, 2 rows."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def factor(value):
    """Write a number as a factor or a term, with brackets round a minus sign."""
    return f"({number(value)})" if value < 0 else number(value)


def sign(shown):
    """Return "=", or "≈" if one of the numbers is shown rounded."""
    return "≈" if any(map(is_rounded, shown)) else "="


def size_fact(formulas, shape):
    """Return the fact that tells how many rows and columns an output has.

    Args:
        formulas: of the rows and of the columns, each as "6 − 3 + 1 = 4".
        shape: what they come to, (rows, columns).
    """
    first, second = formulas
    rows, columns = (
        noun if side == 1 else f"{noun}s"
        for side, noun in zip(shape, ("row", "column"))
    )
    both = f"{rows} and" if first == second else f"{rows}, {second}"
    return "Output size", f"{first} {both} {columns}"


def product_sum(name, pixels, weights, total):
    """Write out the multiply-add of one window.

    Args:
        name: of the result, as "y[0, 0]".
        pixels: what lies in the window, shape (KH, KW).
        weights: shape (KH, KW).
        total: their sum of products.
    Returns:
        A `Sum` with a line for each row of the window.
    """
    leads = [f"{name} =", *"+" * (len(pixels) - 1)]
    lines = tuple(
        (lead, " + ".join(f"{factor(x)}·{factor(w)}" for x, w in zip(*rows)))
        for lead, *rows in zip(leads, pixels, weights)
    )
    return Sum(lines, sign((*pixels.flat, *weights.flat, total)), total)


def grays(values, border=0):
    """Return the look of an image's cells; the darkest gray is 0 or its minimum.

    Args:
        values: the padded image, shape (H, W).
        border: zeros on each side, in pixels.
    """
    low, high = min(values.min(), 0), max(values.max(), 0)
    shades = (values - low) / ((high - low) or 1)
    inside = np.pad(np.ones(np.subtract(values.shape, 2 * border)), border)

    def look(row, column):
        shade = shades[row, column]
        ink = "px deep" if shade < 0.46 else "px"  # white ink, or black
        kind = ink if inside[row, column] else "pad"
        return {"class": kind, "style": f"--g:{shade:.3g}"}

    return look


def tints(values):
    """Return the look of a result's cells: blue above 0, red below."""
    reach = np.abs(values).max() or 1

    def look(row, column):
        value = values[row, column]
        kind = "neg" if value < 0 else "pos"
        return {"class": kind, "style": f"--t:{abs(value) / reach:.3g}"}

    return look
