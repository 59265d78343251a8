"""The channels explorer: a kernel as deep as the picture, one sum over its planes."""

import numpy as np

from cnnlib import data, ops, shapes
from cnnlib._validate import complaint
from cnnlib.explorers import tables
from cnnlib.explorers.arguments import named, within
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
from cnnlib.explorers.tables import number

COLORS = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "orange": (255, 128, 0),
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "dark green": (0, 130, 0),
    "blue": (0, 0, 255),
}
# left half, right half; dark green has the luma of red
PICTURES = {
    "orange-black": ("orange", "black"),
    "white-black": ("white", "black"),
    "red-green": ("red", "green"),
    "red-dark-green": ("red", "dark green"),
}
# by how much Gx is multiplied in each slice
KERNELS = {
    "same": ("Gx in all slices", (1, 1, 1)),
    "red": ("Gx in R only", (1, 0, 0)),
    "green-blue": ("Gx in G, −Gx in B", (0, 1, -1)),
    "luma": ("Gx by the luma", data.LUMA),
}
PLANES = ("R", "G", "B")
# what a phone still shows well: sides in pixels, the values of a plane, the factors
LIMITS = {"image": (3, 4), "value": (0, 255), "factor": (-2, 2)}


class ChannelsExplorer(Explorer):
    """One kernel with a slice for each plane of a color picture, summed to one map.

    Each slice is the kernel Gx times a factor of its own.

    Args:
        image: a name from `PICTURES`, or values of shape (H, W, 3), 3 x 3 to 4 x 4,
            each from 0 to 255.
        kernel: a name from `KERNELS`, or the three factors, each from -2 to 2.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a shape does not fit, or a value is out of range.
    """

    kind = "channels"
    title = "Channels explorer"
    stacked = True

    def __init__(self, image="orange-black", kernel="same", name="channels"):
        super().__init__(name)
        self.picture = image if isinstance(image, str) else None
        if self.picture:
            image = _halves(*PICTURES[named("image", image, PICTURES)])
        self.image = within("image", image, "H, W, C", LIMITS["value"])
        sides = LIMITS["image"]
        *size, channels = self.image.shape
        if channels != 3 or not all(sides[0] <= n <= sides[1] for n in size):
            expected = "shape (H, W, 3) with {} to {} rows and columns".format(*sides)
            raise ValueError(complaint("image", expected, f"{self.image.shape}"))
        self.preset = kernel if isinstance(kernel, str) else None
        if self.preset:
            kernel = KERNELS[named("kernel", kernel, KERNELS)][1]
        self.factors = within("kernel", kernel, "C", LIMITS["factor"])
        if self.factors.shape != (3,):
            expected = "three factors, for R, G and B"
            raise ValueError(complaint("kernel", expected, f"{self.factors.shape}"))
        self.kernel = ops.KERNELS["sobel_x"][:, :, None] * self.factors  # (3, 3, 3)
        self.output = ops.conv2d(self.image[None], self.kernel[..., None])[0, :, :, 0]
        self.maps = [
            ops.correlate2d(self.image[..., c], self.kernel[..., c]) for c in range(3)
        ]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "image": [tables.plain(row) for row in self.image],
            "picture": self.picture,
            "pictures": [
                [key, f"{left} | {right}", _halves(left, right)]
                for key, (left, right) in PICTURES.items()
            ],
            "colors": list(COLORS.items()),
            "base": tables.plain(ops.KERNELS["sobel_x"]),
            "factors": tables.plain(self.factors[None])[0],
            "preset": self.preset,
            "presets": [[key, *preset] for key, preset in KERNELS.items()],
            "planes": PLANES,
        }

    def panels(self):
        """Return each plane with its slice and its map, and the sum of the maps."""
        first = (0, 0, 1, 1)
        # one scale for all planes, and one for all maps
        lit, reach = (
            np.full((1, self.image.shape[1]), 255),
            max(abs(values).max() for values in (*self.maps, self.output)),
        )
        scale = np.full((1, self.output.shape[1]), reach)

        def tinted(values):
            return tints(np.vstack([values, scale]))

        def plane(channel, name):
            values, weights = self.image[..., channel], self.kernel[..., channel]
            look = grays(np.vstack([values, lit]))
            sums = tables.rounded(self.maps[channel], 1)
            return Panel(
                (
                    Part(
                        "image",
                        f"Plane {name}",
                        values,
                        look,
                        (0, 0, 3, 3),
                        LIMITS["value"],
                    ),
                    Part("kernel", f"Slice {name}", tables.rounded(weights, 2)),
                    Part("output", f"Map of {name}", sums, tinted(sums), first),
                ),
                (),
            )

        planes = (plane(channel, name) for channel, name in enumerate(PLANES))
        caption, result = f"Output {by(*self.output.shape)}", self.output
        values = tables.rounded(result, 1)
        output = Part("output", caption, values, tinted(result), first)
        return (*planes, Panel((output,), self.facts(), self.reading()))

    def reading(self):
        """Return the three sums of products of the first window, and their sum."""
        lines = []
        for c, name in enumerate(PLANES):
            pixels, weights = self.image[:3, :3, c], self.kernel[..., c]
            total = self.maps[c][0, 0]
            products = product_sum(name, pixels, weights, total)
            terms = " + ".join(text for _, text in products.lines)
            lines.append((f"{name} =", f"{terms} {products.sign} {number(total)}"))
        parts = [values[0, 0] for values in self.maps]
        lines.append(("y[0, 0] =", " + ".join(map(factor, parts))))
        result = self.output[0, 0]
        return Sum(tuple(lines), sign((*parts, result)), result)

    def facts(self):
        """Return (name, arithmetic) of the output size and of the costs."""
        size = self.output.shape
        work = shapes.conv_multiplications(size, 3, 3, 1)
        weights = shapes.conv_parameters(3, 3, 1, use_bias=False)
        places = self.output.size
        return (
            ("Output size", f"{by(*size, 1)}: the maps are added"),
            ("Parameters", f"3·3·3 = {weights} weights, no bias"),
            ("Multiplications", f"{weights} for each output, {places}·27 = {work}"),
        )


def _halves(left, right):
    """Return a picture of two colors as lists, shape (4, 4, 3)."""
    return [[list(COLORS[left])] * 2 + [list(COLORS[right])] * 2] * 4
