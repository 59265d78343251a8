"""A small VGG with batch norm: the base that comes with the course."""

from cnnlib import plans
from cnnlib._validate import checked_shape, complaint, integer
from cnnlib.models import build

FILTERS = ((24, 24), (48, 48), (96, 96), (128, 128))
"""Filters of each convolution, block by block."""


def vgg_small(input_shape=(32, 32, 3), num_classes=10, include_top=True):
    """Build VGG with four blocks of two convolutions, with batch norm behind each.

    Args:
        input_shape: (H, W, C), at least 16 x 16.
        num_classes: units of the output.
        include_top: whether mean and classifier stand behind the blocks.
    Returns:
        A functional `keras.Model`, not compiled, with weights drawn at random.
    Raises:
        TypeError: if an argument is of another type.
        ValueError: if the image is too small, or a number out of range.
    Source: Simonyan & Zisserman (2015), arXiv:1409.1556, table 1, column B without its
        last block; batch norm: Ioffe & Szegedy (2015).
    """
    input_shape = checked_shape("input_shape", input_shape)
    smallest = 2 ** len(FILTERS)
    if len(input_shape) != 3 or min(input_shape[:2]) < smallest:
        expected = f"(H, W, C) with at least {smallest} x {smallest} pixels"
        raise ValueError(complaint("input_shape", expected, input_shape))
    num_classes = integer("num_classes", num_classes, 2)
    plan = _base()
    if include_top:
        plan += [
            plans.GlobalAveragePooling2D(name="avg_pool"),
            plans.Dense(num_classes, name="predictions"),
            plans.Softmax(name="softmax"),
        ]
    return build(plan, input_shape, "vgg_small")


def _base():
    plan = []
    for block, widths in enumerate(FILTERS, 1):
        for number, filters in enumerate(widths, 1):
            conv, bn, relu = (
                f"block{block}_{kind}{number}" for kind in ("conv", "bn", "relu")
            )
            plan += [
                plans.Conv2D(filters, 3, padding="same", use_bias=False, name=conv),
                plans.BatchNormalization(name=bn),
                plans.ReLU(name=relu),
            ]
        plan.append(plans.MaxPooling2D(2, name=f"block{block}_pool"))
    return plan
