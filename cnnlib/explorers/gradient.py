"""The gradient explorer: both gradients of a convolution are sums over a window."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import complaint
from cnnlib.explorers import tables
from cnnlib.explorers.arguments import matrix, named
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Part, by, factor, grays, product_sum, sign, tints
from cnnlib.explorers.tables import number

# what a phone still shows well: sides in cells, and the largest number in one
LIMITS = {"x": (2, 5), "w": (1, 3), "value": (-99, 99)}
TARGETS = {"input": "the input, ∂X", "kernel": "the kernel, ∂K"}


class GradientExplorer(Explorer):
    """Choose the upstream gradient, slide the window, read one gradient as a sum.

    For the input the kernel, turned by 180 degrees, slides over the upstream gradient
    in a border of zeros; for the kernel the upstream gradient slides over the input.

    Args:
        x: the input, shape (H, W), 2 x 2 to 5 x 5.
        w: the kernel, shape (k, k), at most 3 x 3 and no larger than x.
        dy: upstream gradient, shape (H - k + 1, W - k + 1), or None: all ones.
        target: "input" or "kernel", the gradient that is shown first.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a shape does not fit, or a number is not from -99 to 99.
    """

    kind = "gradient"
    title = "Gradient explorer"

    def __init__(
        self,
        x=((1, 2, 3), (4, 5, 6), (7, 8, 9)),
        w=((1, 2), (3, 4)),
        dy=None,
        target="input",
        name="gradient",
    ):
        super().__init__(name)
        self.x = matrix("x", x, LIMITS["value"], LIMITS["x"])
        self.w = matrix("w", w, LIMITS["value"], LIMITS["w"])
        rows, columns = self.w.shape
        if rows != columns or rows > min(self.x.shape):
            expected = f"a square kernel that fits into {by(*self.x.shape)}"
            raise ValueError(complaint("w", expected, by(*self.w.shape)))
        shape = tuple(side - rows + 1 for side in self.x.shape)
        self.dy = matrix("dy", np.ones(shape) if dy is None else dy, LIMITS["value"])
        if self.dy.shape != shape:
            raise ValueError(complaint("dy", f"shape {shape}", f"{self.dy.shape}"))
        self.target = named("target", target, TARGETS)

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "x": tables.plain(self.x),
            "w": tables.plain(self.w),
            "dy": tables.plain(self.dy),
            "target": self.target,
            "targets": list(TARGETS.items()),
            "limits": LIMITS,
        }

    def parts(self):
        """Return what is slid over, what slides, and the sums."""
        dy = f"Upstream ∂Y {by(*self.dy.shape)}"
        if self.target == "kernel":
            over, sliding, border = self.x, self.dy, 0
            captions = f"X {by(*self.x.shape)}", dy, f"∂K {by(*self.w.shape)}"
        else:
            border = len(self.w) - 1
            over, sliding = np.pad(self.dy, border), np.rot90(self.w, 2)
            zeros = f"Upstream ∂Y with zeros {by(*over.shape)}"
            turned = f"Turned kernel {by(*sliding.shape)}"
            captions = zeros, turned, f"∂X {by(*self.x.shape)}"
        total = ops.correlate2d(over, sliding)
        window = (0, 0, *sliding.shape)
        return (
            Part("image", captions[0], over, grays(over, border), window),
            Part("kernel", captions[1], sliding),
            Part("output", captions[2], total, tints(total), (0, 0, 1, 1)),
        )

    def reading(self):
        """Return the multiply-add of the first cell."""
        over, sliding, total = (part.values for part in self.parts())
        rows, columns = sliding.shape
        name = "∂K[0, 0]" if self.target == "kernel" else "∂X[0, 0]"
        return product_sum(name, over[:rows, :columns], sliding, total[0, 0])

    def facts(self):
        """Return (name, text) of the shape and of the gradient for the bias."""
        first, second = ("∂K", "K") if self.target == "kernel" else ("∂X", "X")
        shape = by(*(self.w if self.target == "kernel" else self.x).shape)
        terms, total = " + ".join(map(factor, self.dy.flat)), number(self.dy.sum())
        return (
            ("Shape", f"{first} has the shape of {second}, {shape}"),
            ("Bias", f"∂b = {terms} {sign(self.dy.flat)} {total}"),
        )
