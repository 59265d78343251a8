"""The equivariance explorer: a unit of an MLP and a kernel look at one moving shape."""

import numpy as np

from cnnlib import ops, shapes
from cnnlib._validate import complaint
from cnnlib.explorers import tables
from cnnlib.explorers.arguments import matrix, setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import (
    Panel,
    Part,
    Sum,
    by,
    factor,
    grays,
    product_sum,
    sign,
    tints,
)

# what a phone still shows well: sides in pixels, and the largest number in a cell
LIMITS = {"size": (5, 10), "pattern": (3, 3), "value": (-9, 9), "place": (0, 2)}


class EquivarianceExplorer(Explorer):
    """Move a shape under a fully connected unit and under a kernel, both with ReLU.

    Both hold the same nine weights and the same bias. The unit has them at one place,
    with zeros around, so a weight for each pixel; the kernel slides over all places.

    Args:
        pattern: the shape on a dark picture, 3 x 3, each pixel from -9 to 9.
        kernel: weights, 3 x 3, each from -9 to 9.
        bias: added to each sum of products, -9 to 9.
        place: (row, column) where the unit holds its weights and the shape stands
            first, each from 0 to 2.
        size: side of the picture, 5 to 10 pixels.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a shape does not fit, or a value is out of range.
    """

    kind = "equivariance"
    title = "Equivariance explorer"
    stacked = True

    def __init__(
        self,
        pattern=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        kernel=((2, -1, -1), (-1, 2, -1), (-1, -1, 2)),
        bias=-4,
        place=(1, 1),
        size=8,
        name="equivariance",
    ):
        super().__init__(name)
        values = LIMITS["value"]
        self.pattern = matrix("pattern", pattern, values, LIMITS["pattern"])
        self.kernel = matrix("kernel", kernel, values, LIMITS["pattern"])
        self.bias = float(matrix("bias", [[bias]], values)[0, 0])
        self.place = tuple(place) if isinstance(place, list | tuple) else (place,)
        if len(self.place) != 2:
            raise ValueError(complaint("place", "(row, column)", repr(place)))
        self.place = tuple(setting("place", i, LIMITS["place"]) for i in self.place)
        self.size = setting("size", size, LIMITS["size"])
        self.image, self.weights = map(self._placed, (self.pattern, self.kernel))
        flat = self.weights.reshape(-1, 1)
        answer = ops.dense(self.image.reshape(1, -1), flat, [self.bias])
        self.answer = ops.relu(answer)
        maps = ops.conv2d(
            self.image[None, :, :, None], self.kernel[:, :, None, None], [self.bias]
        )
        self.map = ops.relu(maps)[0, :, :, 0]

    def _placed(self, block):
        """Lay 3 x 3 numbers at the place, zeros around, shape (size, size)."""
        before = np.array(self.place)
        after = self.size - before - len(block)
        return np.pad(block, np.stack([before, after], axis=1))

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "pattern": tables.plain(self.pattern),
            "kernel": tables.plain(self.kernel),
            "bias": tables.plain(np.array([[self.bias]]))[0][0],
            "place": self.place,
            "size": self.size,
            "limits": LIMITS,
        }

    def panels(self):
        """Return the picture before the unit, and before the kernel."""
        window, n = (*self.place, *self.kernel.shape), self.size
        image = Part(
            "image", f"Picture {by(n, n)}", self.image, grays(self.image), window
        )
        places = n - len(self.kernel) + 1
        each = n * n + 1
        shared = shapes.conv_parameters(self.kernel.shape, 1, 1)
        dark = n * n - self.pattern.size
        unit = (
            image,
            Part(
                "kernel",
                f"Its weights {by(n, n)}",
                self.weights,
                tints(self.weights),
                window,
            ),
            Part("output", "Answer", self.answer, tints(self.answer), (0, 0, 1, 1)),
        )
        kernel = (
            image,
            Part("kernel", f"Its weights {by(*self.kernel.shape)}", self.kernel),
            Part(
                "output",
                f"Map {by(*self.map.shape)}",
                self.map,
                tints(self.map),
                (*self.place, 1, 1),
            ),
        )
        every = f"{places}·{places} units, {places**2}·{each} = {places**2 * each}"
        row, column = self.place
        return (
            Panel(
                unit,
                (
                    ("Parameters of the unit", f"{n}·{n} + 1 = {each}"),
                    ("Of a unit for each place", every),
                ),
                self._answer(
                    "unit",
                    self.answer[0, 0],
                    f"0 from {dark} dark pixels",
                ),
                "A unit of an MLP: a weight for each pixel",
            ),
            Panel(
                kernel,
                (("Parameters of the kernel", f"3·3 + 1 = {shared}, for all places"),),
                self._answer(f"map[{row}, {column}]", self.map[self.place]),
                "A kernel of a ConvNet: the same weights at all places",
            ),
        )

    def _answer(self, name, result, *more):
        """Write bias and ReLU round the products of the nine pixels at the place."""
        products = product_sum(name, self.pattern, self.kernel, result)
        (lead, first), *rows = products.lines
        bias = f"{factor(self.bias)})"
        lines = (
            (lead, f"max(0, {first}"),
            *rows,
            *(("+", text) for text in (*more, bias)),
        )
        shown = (*self.pattern.flat, *self.kernel.flat, self.bias, result)
        return Sum(lines, sign(shown), result)
