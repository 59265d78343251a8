"""The receptive field explorer: back from one output, and how many ways lead there."""

from math import prod

import numpy as np

from cnnlib import plans, shapes
from cnnlib._validate import complaint
from cnnlib.explorers.arguments import named, setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Panel, Part, by, tints

SIZE = 12  # pixels of the image, which a phone shows
CONV3, POOL = plans.Conv2D(1, 3), plans.MaxPooling2D(2)
STACKS = {
    "three-3": ("3×3, 3×3, 3×3", (CONV3,) * 3),
    "one-7": ("7×7", (plans.Conv2D(1, 7),)),
    "two-3": ("3×3, 3×3", (CONV3,) * 2),
    "one-5": ("5×5", (plans.Conv2D(1, 5),)),
    "block": ("3×3, 3×3, pool 2×2, 3×3", (CONV3, CONV3, POOL, CONV3)),
    "strided": ("3×3 in steps of 2, twice", (plans.Conv2D(1, 3, strides=2),) * 2),
    "five-2": ("2×2, five times", (plans.Conv2D(1, 2),) * 5),
}


class ReceptiveFieldExplorer(Explorer):
    """Choose an output pixel and go back through a stack of layers, map by map.

    Each map says in how many ways a pixel reaches the chosen output: through how many
    chains of windows, each in the next. No layer pads.

    Args:
        stack: one of `STACKS`.
        back: layers walked back in the first view; None for all, down to the image.
        place: (row, column) of the output first chosen; None for one in the middle.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if the stack is unknown, or it has no such layer or output.
    """

    kind = "receptive_field"
    title = "Receptive field explorer"
    note = "Numbers: in how many ways a pixel reaches the chosen output."
    arrow = "→"

    def __init__(self, stack="three-3", back=None, place=None, name="receptive-field"):
        super().__init__(name)
        self.stack = named("stack", stack, STACKS)
        self.words, plan = STACKS[stack]
        # (kernel size, strides) of each layer, and the side of the map before it
        self.windows = [entry.windows()[0] for entry in plan]
        steps = plans.walk(plan, (SIZE, SIZE, 1))
        self.sides = [SIZE, *(step.output_shape[0] for step in steps)]
        depth = len(plan)
        back = depth if back is None else setting("back", back, (0, depth))
        self.layer = depth - back  # layers between the image and the map shown
        last = self.sides[-1] - 1
        place = (last // 2, last // 2) if place is None else place
        if not isinstance(place, list | tuple) or len(place) != 2:
            raise ValueError(complaint("place", "(row, column)", repr(place)))
        self.place = tuple(setting("place", i, (0, last)) for i in place)

    def ways(self):
        """Return the ways from each pixel of the map shown, int of shape (H, W)."""
        return np.outer(*(self._line(start) for start in self.place))

    def _line(self, start):
        """Count on one axis: back from a window, one way through each of its pixels."""
        counts = np.eye(self.sides[-1], dtype=int)[start]
        for layer in reversed(range(self.layer, len(self.windows))):
            size, strides = self.windows[layer]
            before = np.zeros(self.sides[layer], int)
            for window, ways in enumerate(counts):
                before[window * strides : window * strides + size] += ways
            counts = before
        return counts

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "stacks": [
                [key, words, [entry.windows()[0] for entry in plan]]
                for key, (words, plan) in STACKS.items()
            ],
            "size": SIZE,
            "stack": self.stack,
            "layer": self.layer,
            "place": self.place,
            "note": self.note,
        }

    def text(self):
        """Return what is shown as plain text: the map of ways and the facts."""
        [panel] = self.panels()
        head = f"{self.title}\n{', '.join(part.caption for part in panel.parts)}"
        rows = [" ".join(f"{ways:>3}" for ways in row) for row in self.ways()]
        return "\n".join([head, *rows, *panel.lines()])

    def panels(self):
        """Return the map that the walk has come to, and the output it began from."""
        ways, walked = self.ways(), self.windows[self.layer :]
        field = shapes.receptive_field(walked)
        jump = prod(strides for _, strides in walked)
        corner = (side * jump for side in self.place)
        last = self.sides[-1]
        output = np.zeros((last, last), int)
        output[self.place] = 1
        return (
            Panel(
                (
                    Part(
                        "image",
                        f"{self._map()} {by(*ways.shape)}",
                        ways,
                        _look(ways),
                        (*corner, field, field),
                        limits=(-ways.max(), ways.max()),
                    ),
                    Part(
                        "output",
                        f"Output {by(last, last)}",
                        output,
                        _look(output),
                        (*self.place, 1, 1),
                    ),
                ),
                self.facts(),
            ),
        )

    def _map(self):
        if self.layer == len(self.windows):
            return "Output"
        return f"After layer {self.layer}" if self.layer else "Image"

    def facts(self):
        """Return (name, text) of the field, the jump and the ways."""
        walked = self.windows[self.layer :]
        ways = self.ways()
        terms, jump = ["1"], 1
        for size, strides in walked:
            terms.append(f"{size - 1}·{jump}")
            jump *= strides
        field = shapes.receptive_field(walked)
        squares = [f"{size * size}" for size, _ in walked] or ["1"]
        most = ways.max()
        return (
            ("Layers", f"{self.words}: sides {' → '.join(map(str, self.sides))}"),
            ("Field, Σ (k − 1)·j", _equation(" + ".join(terms), field)),
            ("From one output to the next", f"{jump} pixel{'s' * (jump > 1)}"),
            ("Ways in all", _equation("·".join(squares), ways.sum())),
            ("Most of one pixel", f"{most}, {100 * most / ways.sum():.1f} %"),
        )


def _equation(terms, result):
    return f"{terms} = {result}" if terms != f"{result}" else terms


def _look(ways):
    tint = tints(np.sqrt(ways))  # small numbers have a color, too

    def look(row, column):
        return tint(row, column) if ways[row, column] else {"class": "none"}

    return look
