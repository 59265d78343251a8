"""VGG: 3 x 3 kernels and pools of 2 x 2, and nothing else that slides."""

from typing import NamedTuple

from cnnlib._validate import complaint
from cnnlib.plans.entries import (
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    ReLU,
    Softmax,
)

CONVOLUTIONS = {
    11: (1, 1, 2, 2, 2),
    13: (2, 2, 2, 2, 2),
    16: (2, 2, 3, 3, 3),
    19: (2, 2, 4, 4, 4),
}
"""Layers with weights -> convolutions in each block: configurations A, B, D and E.

Source: Simonyan & Zisserman (2015), arXiv:1409.1556, table 1.
"""


class VGGSizes(NamedTuple):
    """What makes one VGG wider than another.

    Attributes:
        filters: of each convolution in blocks 1 to 5.
        units: of each hidden dense layer.
    """

    filters: tuple
    units: tuple


VGG = VGGSizes((64, 128, 256, 512, 512), (4096, 4096))
"""As published, for images of 224 x 224 x 3."""

VGG_SMALL = VGGSizes((16, 32, 64, 128, 128), (128, 128))
"""Narrow, for 32 to 64 pixels."""


def vgg(depth, num_classes=1000, sizes=VGG, dropout=0.5):
    """Return VGG of a depth.

    Args:
        depth: layers with weights: 11, 13, 16 or 19.
        num_classes: units of the output.
        sizes: a `VGGSizes`.
        dropout: rate behind each hidden dense layer.
    Returns:
        A plan; its layers have the names that `keras.applications` gives them.
    Raises:
        ValueError: if there is no configuration of this depth.
    Source: Simonyan & Zisserman (2015), arXiv:1409.1556, table 1.
    """
    if depth not in CONVOLUTIONS:
        expected = f"one of {', '.join(map(str, CONVOLUTIONS))}"
        raise ValueError(complaint("depth", expected, repr(depth)))
    plan = []
    for block, repeats in enumerate(CONVOLUTIONS[depth], 1):
        for number in range(1, repeats + 1):
            name = f"block{block}_conv{number}"
            filters = sizes.filters[block - 1]
            plan += [Conv2D(filters, 3, padding="same", name=name), ReLU()]
        plan.append(MaxPooling2D(2, name=f"block{block}_pool"))
    plan.append(Flatten(name="flatten"))
    for number, units in enumerate(sizes.units, 1):
        plan += [Dense(units, name=f"fc{number}"), ReLU()]
        plan.append(Dropout(dropout, name=f"dropout{number}"))
    return (*plan, Dense(num_classes, name="predictions"), Softmax())
