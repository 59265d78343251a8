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

PATCH = [
    [207, 205, 202, 202, 202, 201, 201, 200, 200, 199],
    [208, 167, 72, 75, 169, 205, 204, 204, 203, 203],
    [179, 37, 42, 46, 39, 181, 208, 207, 207, 206],
    [32, 28, 26, 63, 45, 151, 211, 210, 210, 210],
    [35, 67, 94, 137, 132, 154, 200, 181, 213, 213],
    [33, 116, 74, 125, 180, 135, 153, 131, 202, 218],
    [28, 114, 46, 58, 134, 105, 49, 47, 151, 191],
    [23, 46, 45, 45, 92, 27, 63, 67, 90, 112],
    [28, 33, 29, 15, 37, 40, 100, 167, 164, 152],
    [28, 31, 22, 22, 13, 17, 107, 161, 160, 160],
]
PRESETS = {
    "sobel_y": "Sobel y",
    "sobel_x": "Sobel x",
    "prewitt_y": "Prewitt y",
    "prewitt_x": "Prewitt x",
    "scharr_y": "Scharr y",
    "scharr_x": "Scharr x",
    "laplacian": "Laplacian",
    "box": "Box (mean)",
    "gauss_3": "Gauss 3 × 3",
    "gauss_5": "Gauss 5 × 5",
    "ones_5": "Ones 5 × 5",
    "identity": "Identity",
}
# Gauss: the rows 1 2 1 and 1 4 6 4 1 of Pascal's triangle, along both axes, before the
# division by their sum; Burt & Adelson (1983), The Laplacian pyramid as a compact code
_BINOMIALS = [1, 2, 1], [1, 4, 6, 4, 1]
WEIGHTS = {
    **ops.KERNELS,
    **{f"gauss_{len(row)}": np.outer(row, row) for row in _BINOMIALS},
    "ones_5": np.ones((5, 5), int),
}
PICTURES = {
    "step": ("Step", data.step_image()),
    "diagonal": ("Diagonal", 255 * np.tri(6, dtype=int)),
    "dot": ("Dot", 255 * (np.arange(49) == 24).reshape(7, 7)),
    # a head and a camera: means over blocks of 24 x 24 pixels of the photo "camera",
    # from row 40 and column 140
    "photo": ("Photo patch", np.array(PATCH)),
}
# what a phone still shows well: sides in pixels, and the largest number in a cell
LIMITS = {
    "image": (1, 10),
    "kernel": (1, 5),
    "value": (-999, 999),
    "strides": (1, 3),
    "padding": (0, 2),
}


class ConvolutionExplorer(Explorer):
    """One kernel on one gray image, with each multiply-add written out.

    The window starts where the output is farthest from 0. In the page the image can be
    chosen or drawn, the weights edited and divided by their sum.

    Args:
        image: a name from `PICTURES`, or gray values of shape (H, W), at most 10 x 10,
            each from -999 to 999.
        kernel: a name from `PRESETS`, or weights of shape (KH, KW), at most 5 x 5,
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
        self, image="step", kernel="sobel_y", strides=1, padding=0, name="convolution"
    ):
        super().__init__(name)
        self.picture = image if isinstance(image, str) else None
        if self.picture:
            image = PICTURES[named("image", image, PICTURES, "a matrix or ")][1]
        self.image = matrix("image", image, LIMITS["value"], LIMITS["image"])
        self.preset = kernel if isinstance(kernel, str) else None
        if self.preset:
            kernel = WEIGHTS[named("kernel", kernel, PRESETS, "a matrix or ")]
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
        return {
            "image": tables.plain(self.image),
            "picture": self.picture,
            "pictures": [[k, v, tables.plain(x)] for k, (v, x) in PICTURES.items()],
            "brushes": [255, 128, 0],
            "kernel": tables.plain(self.kernel),
            "preset": self.preset,
            "presets": [[k, v, tables.plain(WEIGHTS[k])] for k, v in PRESETS.items()],
            "sizes": [1, 3, 5],
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
        sides = [
            f"⌊({n} + 2·{self.padding} − {k}) / {self.strides}⌋ + 1 = {out}"
            for n, k, out in zip(self.image.shape, kernel, output)
        ]
        weights = shapes.conv_parameters(kernel, 1, 1, use_bias=False)
        products = shapes.conv_multiplications(output, kernel, 1, 1)
        times = "·".join(map(str, kernel))
        return (
            size_fact(sides, output),
            ("Parameters", f"{times} = {counted(weights, 'weight')}, no bias"),
            ("Multiplications", f"{output[0]}·{output[1]}·{times} = {products}"),
        )
