"""The size explorer: where a window can stand, and which pixels it never sees."""

from dataclasses import dataclass

import numpy as np

from cnnlib import shapes
from cnnlib.explorers.arguments import setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Panel, Part, by, counted
from cnnlib.explorers.tables import number

# every kernel fits into every image, and a phone shows the largest padded one
LIMITS = {
    "size": (5, 12),
    "kernel_size": (1, 5),
    "padding": (0, 3),
    "strides": (1, 5),
}


@dataclass(frozen=True)
class Line:
    """One side of a padded image with its windows; rows and columns are alike.

    Attributes:
        size, kernel_size, strides: as in `shapes.output_size`.
        before, after: zeros at the top and left, and at the bottom and right.
    """

    size: int
    kernel_size: int
    strides: int
    before: int
    after: int

    @property
    def padded(self):
        """Pixels with the zeros on both ends."""
        return self.size + self.before + self.after

    @property
    def room(self):
        """Steps of one pixel that a window can take."""
        return self.padded - self.kernel_size

    @property
    def windows(self):
        """Which padded pixel each window sees, bool of shape (places, padded)."""
        starts = np.arange(0, self.room + 1, self.strides)[:, None]
        offset = np.arange(self.padded) - starts
        return (offset >= 0) & (offset < self.kernel_size)

    @property
    def real(self):
        """Which padded pixel belongs to the image, bool of shape (padded,)."""
        return np.pad(np.ones(self.size, bool), (self.before, self.after))


class SizeExplorer(Explorer):
    """Places of a square window under a padding of your own, and under Keras' "same".

    Args:
        size: pixels of the image, 5 to 12.
        kernel_size: pixels of the window, 1 to 5.
        padding: border of zeros, 0 to 3 pixels on each side.
        strides: step of the window, 1 to 5 pixels.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range.
    """

    kind = "size"
    title = "Size explorer"
    note = (
        "Numbers on the image: how many windows see a pixel. Numbers on the output: "
        "how many pixels of the image a window sees."
    )
    arrow = "→"

    def __init__(self, size=6, kernel_size=3, padding=0, strides=1, name="size"):
        super().__init__(name)
        given = dict(zip(LIMITS, (size, kernel_size, padding, strides), strict=True))
        self.settings = {
            key: setting(key, value, LIMITS[key]) for key, value in given.items()
        }
        n, k, p, s = self.settings.values()
        self.own = Line(n, k, s, p, p)
        self.same = Line(n, k, s, *shapes.same_padding(n, k, s))

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {"settings": self.settings, "limits": LIMITS, "note": self.note}

    def panels(self):
        """Return the picture of both paddings."""
        n, k, p, s = self.settings.values()
        room, places = self.own.room, len(self.own.windows)
        fraction = "" if room % s == 0 else f" = ⌊{number(room / s)}⌋ + 1"
        own = f"⌊({n} + 2·{p} − {k}) / {s}⌋ + 1{fraction} = {places}"
        before, after, places = (
            self.same.before,
            self.same.after,
            len(self.same.windows),
        )
        border = f"max(({places} − 1)·{s} + {k} − {n}, 0) = {before + after}"
        same = ("Output size", f"⌈{n} / {s}⌉ = {places}"), ("Zeros in all", border)
        return (
            Panel(
                _parts(self.own),
                (("Output size", own), *_unseen(self.own)),
                title=f"Padding {p} on each side",
            ),
            Panel(
                _parts(self.same),
                (*same, *_unseen(self.same)),
                title=f"Keras “same”: {before} before, {after} after",
            ),
        )


def _parts(line):
    """Return the image with its counts of windows, the output with those of pixels."""
    side, size, k = line.padded, line.size, line.kernel_size
    counts = line.windows.sum(axis=0)
    seen = (line.windows & line.real).sum(axis=1)  # real pixels that each window sees
    windows, pixels = np.outer(counts, counts), np.outer(seen, seen)
    padded = f" + padding = {by(side, side)}" if side > size else ""

    def pixel(row, column):
        kind = "px" if line.real[row] and line.real[column] else "pad"
        corner = row % line.strides == 0 == column % line.strides
        place = " at" if corner and max(row, column) <= line.room else ""
        lost = "" if windows[row, column] else " lost"
        return {"class": kind + place + lost}

    return (
        Part(
            "image",
            f"Image {by(size, size)}{padded}",
            windows,
            pixel,
            (0, 0, k, k),
            limits=(-12, 9),  # pale, for black numbers
            frames=((line.before, line.before, size, size, "black"),),
        ),
        Part(
            "output",
            f"Output {by(len(seen), len(seen))}",
            pixels,
            lambda row, column: {"class": "out"},
            (0, 0, 1, 1),
        ),
    )


def _unseen(line):
    """Return the facts on rows and columns that no window sees."""
    rest, gap = line.room % line.strides, line.strides - line.kernel_size
    lost = f"{counted(rest, 'row')} below, {counted(rest, 'column')} right"
    ends = f"{line.room} mod {line.strides} = {rest}: {lost}"
    facts = [("Left over", ends if rest else "nothing below or right")]
    steps = len(line.windows) - 1
    if steps * gap > 0:
        lost = f"{counted(steps * gap, 'row')}, {counted(steps * gap, 'column')}"
        times = f"{steps}·({line.strides} − {line.kernel_size}) = {steps * gap}"
        facts.append(("Between the windows", f"{times}: {lost}"))
    return facts
