"""The gradient explorer: both gradients of a convolution are sums over a window."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import complaint, numeric
from cnnlib.explorers import tables
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.tables import number

# what a phone still shows well: sides in cells, and the largest number in one
LIMITS = {"x": (2, 5), "w": (1, 3), "value": 99}
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
        self.x, self.w = _matrix("x", x), _matrix("w", w)
        rows, columns = self.w.shape
        if rows != columns or rows > min(self.x.shape):
            expected = f"a square kernel that fits into {_by(self.x)}"
            raise ValueError(complaint("w", expected, _by(self.w)))
        shape = tuple(side - rows + 1 for side in self.x.shape)
        self.dy = np.ones(shape) if dy is None else _small("dy", dy)
        if self.dy.shape != shape:
            raise ValueError(complaint("dy", f"shape {shape}", f"{self.dy.shape}"))
        if target not in TARGETS:
            expected = f"one of {', '.join(TARGETS)}"
            raise ValueError(complaint("target", expected, repr(target)))
        self.target = target

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "x": tables.plain(self.x),
            "w": tables.plain(self.w),
            "dy": tables.plain(self.dy),
            "target": self.target,
            "targets": list(TARGETS.items()),
            "limit": LIMITS["value"],
        }

    def parts(self):
        """Return (caption, array) of what is slid over, of what slides, of the sums."""
        if self.target == "kernel":
            total = ops.correlate2d(self.x, self.dy)
            return (
                (f"X {_by(self.x)}", self.x),
                (f"Upstream ∂Y {_by(self.dy)}", self.dy),
                (f"∂K {_by(total)}", total),
            )
        border = len(self.w) - 1
        padded, turned = np.pad(self.dy, border), np.rot90(self.w, 2)
        total = ops.correlate2d(padded, turned)
        return (
            (f"Upstream ∂Y with zeros {_by(padded)}", padded),
            ("Kernel, turned", turned),
            (f"∂X {_by(total)}", total),
        )

    def reading(self):
        """Return (arithmetic, result) of the first cell."""
        (_, image), (_, kernel), (_, total) = self.parts()
        rows, columns = kernel.shape
        pairs = zip(image[:rows, :columns].flat, kernel.flat)
        terms = " + ".join("·".join(map(_factor, pair)) for pair in pairs)
        name = "∂K" if self.target == "kernel" else "∂X"
        exact = not any(map(tables.is_rounded, (*image.flat, *kernel.flat)))
        sign = "=" if exact and not tables.is_rounded(total[0, 0]) else "≈"
        return f"{name}[0, 0] = {terms} {sign}", number(total[0, 0])

    def facts(self):
        """Return (name, text) of the shape and of the gradient for the bias."""
        first, second = ("∂K", "K") if self.target == "kernel" else ("∂X", "X")
        shape = _by(self.w if self.target == "kernel" else self.x)
        total = " + ".join(map(_factor, self.dy.flat))
        sign = "≈" if any(map(tables.is_rounded, self.dy.flat)) else "="
        return (
            ("Shape", f"{first} has the shape of {second}, {shape}"),
            ("Bias", f"∂b = {total} {sign} {number(self.dy.sum())}"),
        )

    def static_html(self):
        """Return three tables, the sum of the first cell and the facts."""
        (over, image), (sliding, kernel), (name, total) = self.parts()
        border = 0 if self.target == "kernel" else len(self.w) - 1
        pixels = tables.pixel_cells(image, (0, 0, *kernel.shape), border)
        arithmetic, result = self.reading()
        facts = "\n".join(f"<dt>{k}</dt>\n<dd>{text}</dd>" for k, text in self.facts())
        columns = sum(a.shape[1] for a in (image, kernel, total))
        sums = tables.result_cells(total, 0, 0)
        return (
            f'<div class="ce-stage" style="--all:{columns}">\n'
            f"{tables.table(over, pixels, 'ce-image')}"
            f"{tables.table(sliding, tables.number_cells(kernel), 'ce-kernel')}"
            f"{tables.table(name, sums, 'ce-output')}"
            f'</div>\n<div class="ce-reading">\n<p class="ce-sum">{arithmetic} '
            f'<b>{result}</b></p>\n<dl class="ce-facts">\n{facts}\n</dl>\n</div>'
        )

    def text(self):
        """Return captions, the gradient, its first sum and the facts as plain text."""
        captions, arrays = zip(*self.parts())
        rows = (" ".join(f"{number(v):>5}" for v in row) for row in arrays[2])
        return "\n".join(
            (
                f"{self.title}: {' ∗ '.join(captions[:2])} = {captions[2]}",
                *rows,
                " ".join(self.reading()),
                *(": ".join(fact) for fact in self.facts()),
            )
        )

    def draw(self, figure):
        """Draw the three tables in a row, the sum and the facts below."""
        from cnnlib import plots

        (over, image), (sliding, kernel), (name, total) = self.parts()
        widths = [a.shape[1] for a in (image, kernel, total)]
        lines = [" ".join(self.reading()), *(": ".join(fact) for fact in self.facts())]
        figure.set_size_inches(0.45 * sum(widths) + 3.4, 0.45 * len(image) + 1.3)
        axes = figure.subplots(1, 3, width_ratios=widths)
        plots.matrix(image, axes[0], over, window=(0, 0, *kernel.shape))
        plots.kernel(kernel, axes[1], f"∗  {sliding}")
        plots.kernel(total, axes[2], f"=  {name}")
        plots.frame(axes[2], 0, 0, 1, 1)
        figure.supxlabel("\n".join(lines), fontsize=9, x=0.02, ha="left")


def _by(array):
    return " × ".join(map(str, array.shape))


def _factor(value):
    text = number(value)
    return text if text[0].isdigit() else f"({text})"


def _small(name, value):
    array = numeric(name, value, "H, W").astype(np.float64)
    most = LIMITS["value"]
    outside = array[~(np.abs(array) <= most)]  # NaN too
    if outside.size:
        expected = f"numbers from -{most} to {most}"
        raise ValueError(complaint(name, expected, str(outside[0])))
    return array


def _matrix(name, value):
    array = _small(name, value)
    low, high = LIMITS[name]
    if min(array.shape) < low or max(array.shape) > high:
        expected = f"{low} to {high} rows and columns"
        raise ValueError(complaint(name, expected, f"shape {array.shape}"))
    return array
