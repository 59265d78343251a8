"""The convolution explorer: a window, a kernel, and the sum that makes one output."""

import numpy as np

from cnnlib import data, ops, shapes
from cnnlib.explorers import tables
from cnnlib.explorers.arguments import matrix, named, setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import (
    Part,
    by,
    counted,
    grays,
    product_sum,
    size_fact,
    tints,
)

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
LIMITS = {
    "image": (1, 12),
    "kernel": (1, 7),
    "value": (-999, 999),
    "strides": (1, 3),
    "padding": (0, 2),
}


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
        image = data.step_image() if image is None else image
        self.image = matrix("image", image, LIMITS["value"], LIMITS["image"])
        self.preset = kernel if isinstance(kernel, str) else None
        if self.preset:
            kernel = ops.KERNELS[named("kernel", kernel, PRESETS, "a matrix or ")]
        self.kernel = matrix("kernel", kernel, LIMITS["value"], LIMITS["kernel"])
        self.strides = setting("strides", strides, LIMITS["strides"])
        valid = isinstance(padding, str) and padding == "valid"
        self.padding = setting("padding", 0 if valid else padding, LIMITS["padding"])
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

    def parts(self):
        """Return image, kernel and output."""
        image = f"Image {by(*self.image.shape)}"
        padded = f" + padding = {by(*self.padded.shape)}" if self.padding else ""
        return (
            Part(
                "image",
                image + padded,
                self.padded,
                grays(self.padded, self.padding),
                self.window,
            ),
            Part("kernel", f"Kernel {by(*self.kernel.shape)}", self.kernel),
            Part(
                "output",
                f"Output {by(*self.output.shape)}",
                self.output,
                tints(self.output),
                (self.row, self.column, 1, 1),
            ),
        )

    def reading(self):
        """Return the multiply-add of the framed window."""
        top, left, height, width = self.window
        pixels = self.padded[top : top + height, left : left + width]
        name = f"y[{self.row}, {self.column}]"
        return product_sum(
            name, pixels, self.kernel, self.output[self.row, self.column]
        )

    def facts(self):
        """Return (name, arithmetic) of the output size and of the costs."""
        kernel, output = self.kernel.shape, self.output.shape
        sides = (
            f"⌊({n} + 2·{self.padding} − {k}) / {self.strides}⌋ + 1 = {out}"
            for n, k, out in zip(self.image.shape, kernel, output)
        )
        weights = shapes.conv_parameters(kernel, 1, 1, use_bias=False)
        products = shapes.conv_multiplications(output, kernel, 1, 1)
        times = "·".join(map(str, kernel))
        return (
            size_fact(*sides),
            ("Parameters", f"{times} = {counted(weights, 'weight')}, no bias"),
            ("Multiplications", f"{output[0]}·{output[1]}·{times} = {products}"),
        )
