"""The pooling explorer: which input each output came from, and what a shift changes."""

import numpy as np

from cnnlib import ops
from cnnlib.explorers import tables
from cnnlib.explorers.arguments import matrix, named, setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Part, Sum, by, factor, grays, sign, size_fact, tints
from cnnlib.explorers.tables import number

PRESETS = {
    "example": (
        "4 × 4 example",
        [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]],
    ),
    "single": ("6 × 6 with one 9", (9 * (np.arange(36) == 14)).reshape(6, 6).tolist()),
}
OPERATIONS = {"max": ops.max_pool2d, "average": ops.average_pool2d}
# what a phone still shows well: sides in pixels, and the largest number in a cell
LIMITS = {
    "input": (3, 8),
    "pool_size": (2, 3),
    "strides": (1, 3),
    "value": (-99, 99),
    "shift": (-3, 3),
}


class PoolingExplorer(Explorer):
    """Max or average pooling of one small map, each output with its origin.

    In the page the numbers can be edited, and the input shifted pixel by pixel: zeros
    come in, and the outputs that change are marked.

    Args:
        x: one map, shape (H, W), 3 x 3 to 8 x 8, each number from -99 to 99; or a name
            from `PRESETS`.
        pool_size: side of the window, 2 or 3 pixels.
        strides: step of the window, 1 to 3 pixels; None stands for `pool_size`.
        operation: "max" or "average".
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range.
    """

    kind = "pooling"
    title = "Pooling explorer"
    arrow = "→"

    def __init__(
        self, x="example", pool_size=2, strides=None, operation="max", name="pooling"
    ):
        super().__init__(name)
        self.preset = x if isinstance(x, str) else None
        if self.preset:
            x = PRESETS[named("x", x, PRESETS, "a matrix or ")][1]
        self.x = matrix("x", x, LIMITS["value"], LIMITS["input"])
        self.size = setting("pool_size", pool_size, LIMITS["pool_size"])
        strides = self.size if strides is None else strides
        self.strides = setting("strides", strides, LIMITS["strides"])
        self.operation = named("operation", operation, OPERATIONS)
        pool = OPERATIONS[operation]
        maps = self.x[None, :, :, None]
        self.output = pool(maps, self.size, self.strides)[0, :, :, 0]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "x": tables.plain(self.x),
            "preset": self.preset,
            "presets": [[key, *preset] for key, preset in PRESETS.items()],
            "operation": self.operation,
            "pool_size": self.size,
            "strides": self.strides,
            "limits": LIMITS,
        }

    def window(self, row, column):
        """Return the values that one output sees, shape (pool_size, pool_size)."""
        top, left = row * self.strides, column * self.strides
        return self.x[top : top + self.size, left : left + self.size]

    def origin(self, row, column):
        """Return row and column of the input that an output of max pooling came from.

        Of equal maxima it is the first, row by row, as in `ops.max_pool2d_backward`.
        """
        down, right = divmod(int(self.window(row, column).argmax()), self.size)
        return row * self.strides + down, column * self.strides + right

    def origins(self):
        """Return the origin of each output of max pooling; of an average, nothing."""
        if self.operation == "average":
            return {}
        return {place: self.origin(*place) for place in np.ndindex(self.output.shape)}

    def parts(self):
        """Return input and output, each output with its origin."""
        origins, shades, results = self.origins(), grays(self.x), tints(self.output)
        marks = dict.fromkeys(origins.values(), "kept")
        first = origins.get((0, 0))
        if first:
            marks[first] += " from"

        def pixel(*place):
            look = shades(*place)
            return look | {"class": f"{marks.get(place, '')} {look['class']}".strip()}

        def result(*place):
            origin = {"data-from": "{}, {}".format(*origins[place])} if origins else {}
            return results(*place) | origin

        return (
            Part(
                "image",
                f"Input {by(*self.x.shape)}",
                self.x,
                pixel,
                (0, 0, self.size, self.size),
                frames=((*first, 1, 1),) if first else (),
            ),
            Part(
                "output",
                f"Output {by(*self.output.shape)}",
                self.output,
                result,
                (0, 0, 1, 1),
            ),
        )

    def reading(self):
        """Return the arithmetic of the first output, and where it came from."""
        values, result = self.window(0, 0), self.output[0, 0]
        if self.operation == "average":
            total = " + ".join(map(factor, values.flat))
            mean = f"({total}) / {values.size}"
            shown = (*values.flat, result)
            return Sum((("y[0, 0] =", mean),), sign(shown), result)
        largest = f"max({', '.join(map(number, values.flat))})"
        remark = "from input row {}, column {}".format(*self.origin(0, 0))
        ties = int((values == values.max()).sum())
        if ties > 1:
            remark += f": {ties} cells tie, the first one, row by row, counts"
        return Sum((("y[0, 0] =", largest),), sign([result]), result, remark)

    def facts(self):
        """Return (name, arithmetic) of the output size and of what stays."""
        sides = (
            f"⌊({n} − {self.size}) / {self.strides}⌋ + 1 = {out}"
            for n, out in zip(self.x.shape, self.output.shape)
        )
        kept = f"{len(set(self.origins().values()))} of {self.x.size}"
        if self.operation == "average":
            kept = f"none as it is: each output is a mean of {self.size**2}"
        return (
            size_fact(sides, self.output.shape),
            ("Values that stay", kept),
            ("Parameters", "0"),
        )
