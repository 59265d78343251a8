"""The convolution explorer: a window, a kernel, and the sum that makes one output."""

import numpy as np

from cnnlib import data, ops, shapes
from cnnlib._validate import complaint, integer, numeric
from cnnlib.explorers import tables
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.tables import number

PRESETS = {
    "sobel_y": "Sobel y",
    "sobel_x": "Sobel x",
    "prewitt_y": "Prewitt y",
    "prewitt_x": "Prewitt x",
    "scharr_y": "Scharr y",
    "scharr_x": "Scharr x",
    "laplacian": "Laplacian",
    "box": "Box (mean)",
    "identity": "Identity",
}
# what a phone still shows well: sides in pixels, and the largest number in a cell
LIMITS = {"image": 12, "kernel": 7, "value": 999, "strides": 3, "padding": 2}


class ConvolutionExplorer(Explorer):
    """One kernel on one gray image, with each multiply-add written out.

    The window starts where the output is farthest from 0.

    Args:
        image: gray values, shape (H, W), at most 12 x 12, each from -999 to 999;
            None for the 6 x 6 step image.
        kernel: a name from `PRESETS`, or weights of shape (KH, KW), at most 7 x 7,
            square or not, each from -999 to 999.
        strides: step of the window, 1 to 3 pixels.
        padding: border of zeros, 0 to 2 pixels, or "valid" for 0.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range, or the kernel larger than the padded
            image.
    """

    kind = "convolution"
    title = "Convolution explorer"

    def __init__(
        self, image=None, kernel="sobel_y", strides=1, padding=0, name="convolution"
    ):
        super().__init__(name)
        self.image = _matrix("image", data.step_image() if image is None else image)
        self.preset = kernel if isinstance(kernel, str) else None
        self.kernel = _matrix("kernel", _weights(kernel))
        self.strides = _setting("strides", strides, minimum=1)
        valid = isinstance(padding, str) and padding == "valid"
        self.padding = _setting("padding", 0 if valid else padding, minimum=0)
        self.padded = np.pad(self.image, self.padding)
        self.output = ops.correlate2d(self.padded, self.kernel, self.strides)
        # rounded, so that sums which should be equal are equal
        farthest = np.abs(self.output).round(6).argmax()
        self.row, self.column = divmod(int(farthest), self.output.shape[1])
        # top, left, height and width, in pixels of the padded image
        corner = (self.row * self.strides, self.column * self.strides)
        self.window = (*corner, *self.kernel.shape)

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        presets = [[k, v, tables.plain(ops.KERNELS[k])] for k, v in PRESETS.items()]
        return {
            "image": tables.plain(self.image),
            "kernel": tables.plain(self.kernel),
            "preset": self.preset,
            "presets": presets,
            "strides": self.strides,
            "padding": self.padding,
            "row": self.row,
            "column": self.column,
            "limits": LIMITS,
        }

    def captions(self):
        """Return what stands above image, kernel and output."""
        image = f"Image {_by(self.image)}"
        padded = f" + padding = {_by(self.padded)}" if self.padding else ""
        return (
            image + padded,
            f"Kernel {_by(self.kernel)}",
            f"Output {_by(self.output)}",
        )

    def sum_lines(self):
        """Return the multiply-add of the present window, (lead, text) a line."""
        top, left, height, width = self.window
        pixels = self.padded[top : top + height, left : left + width]
        total = self.output[self.row, self.column]
        shown = (*pixels.flat, *self.kernel.flat, total)
        leads = [f"y[{self.row}, {self.column}] =", *"+" * (height - 1)]
        lines = [
            (lead, " + ".join(map(_product, row, weights)))
            for lead, row, weights in zip(leads, pixels, self.kernel, strict=True)
        ]
        sign = "≈" if any(map(tables.is_rounded, shown)) else "="
        return [*lines, (sign, number(total))]

    def facts(self):
        """Return (name, arithmetic) of the output size and of the costs."""
        border, step = self.padding, self.strides
        kernel, output = self.kernel.shape, self.output.shape
        rows, columns = (
            f"⌊({n} + 2·{border} − {k}) / {step}⌋ + 1 = {out}"
            for n, k, out in zip(self.image.shape, kernel, output, strict=True)
        )
        both = "rows and columns" if rows == columns else f"rows, {columns} columns"
        weights = shapes.conv_parameters(kernel, 1, 1, use_bias=False)
        products = shapes.conv_multiplications(output, kernel, 1, 1)
        times = "·".join(map(str, kernel))
        return (
            ("Output size", f"{rows} {both}"),
            ("Parameters", f"{times} = {weights} weights, no bias"),
            ("Multiplications", f"{output[0]}·{output[1]}·{times} = {products}"),
        )

    def static_html(self):
        """Return three tables, the sum of the framed window, sizes and costs."""
        image, kernel, output = self.captions()
        pixels = tables.pixel_cells(self.padded, self.window, self.padding)
        result = tables.result_cells(self.output, self.row, self.column)
        parts = (
            tables.table(f"{image}, window in bold", pixels, "ce-image"),
            tables.table(kernel, tables.number_cells(self.kernel), "ce-kernel"),
            tables.table(f"{output}, its sum in bold", result, "ce-output"),
        )
        *lines, (sign, total) = self.sum_lines()
        lines = "".join(f"<span>{lead}</span> {text}<br>\n" for lead, text in lines)
        columns = sum(a.shape[1] for a in (self.padded, self.kernel, self.output))
        facts = "\n".join(
            f"<dt>{key}</dt>\n<dd>{text}</dd>" for key, text in self.facts()
        )
        return (
            f'<div class="ce-stage" style="--all:{columns}">\n{"".join(parts)}</div>\n'
            f'<div class="ce-reading">\n<p class="ce-sum">{lines}'
            f"<span>{sign}</span> <b>{total}</b></p>\n"
            f'<dl class="ce-facts">\n{facts}\n</dl>\n</div>'
        )

    def text(self):
        """Return captions, output, sum and costs as plain text."""
        rows = (" ".join(f"{number(v):>5}" for v in row) for row in self.output)
        return "\n".join(
            (
                f"{self.title}: {', '.join(self.captions())}",
                *rows,
                *(f"{lead:>9} {text}" for lead, text in self.sum_lines()),
                *(": ".join(fact) for fact in self.facts()),
            )
        )

    def draw(self, figure):
        """Draw image, kernel and output in a row, the sum and the costs below."""
        from cnnlib import plots

        lines = [" ".join(line) for line in self.sum_lines()]
        lines += [": ".join(fact) for fact in self.facts()]
        parts = (self.padded, self.kernel, self.output)
        widths = [part.shape[1] for part in parts]
        height = 0.4 * max(len(part) for part in parts) + 0.19 * len(lines) + 0.5
        figure.set_size_inches(0.4 * sum(widths) + 1.6, height)
        axes = figure.subplots(1, 3, width_ratios=widths)
        image, kernel, output = self.captions()
        plots.matrix(self.padded, axes[0], image, window=self.window)
        plots.kernel(self.kernel, axes[1], f"∗  {kernel}")
        plots.kernel(self.output, axes[2], f"=  {output}")
        plots.frame(axes[2], self.row, self.column, 1, 1)
        figure.supxlabel("\n".join(lines), fontsize=9, x=0.02, ha="left")


def _by(array):
    return " × ".join(map(str, array.shape))


def _product(x, w):
    factors = (number(x), number(w))
    return "·".join(f if f[0].isdigit() else f"({f})" for f in factors)


def _weights(kernel):
    if not isinstance(kernel, str):
        return kernel
    if kernel not in PRESETS:
        names = f"a matrix or one of {', '.join(PRESETS)}"
        raise ValueError(complaint("kernel", names, repr(kernel)))
    return ops.KERNELS[kernel]


def _matrix(name, value, most=LIMITS["value"]):
    array = numeric(name, value, "H, W").astype(np.float64)
    side = LIMITS[name]
    if max(array.shape) > side:
        expected = f"at most {side} rows and {side} columns"
        raise ValueError(complaint(name, expected, f"shape {array.shape}"))
    outside = array[~(np.abs(array) <= most)]  # NaN too
    if outside.size:
        expected = f"numbers from -{most} to {most}"
        raise ValueError(complaint(name, expected, str(outside[0])))
    return array


def _setting(name, value, minimum):
    value = integer(name, value, minimum)
    if value > LIMITS[name]:
        expected = f"an int from {minimum} to {LIMITS[name]}"
        raise ValueError(complaint(name, expected, str(value)))
    return value
