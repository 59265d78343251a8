"""GoogLeNet: modules that look at a map with several kernels at once."""

from typing import NamedTuple

from cnnlib.plans.branches import Auxiliary, Concatenate
from cnnlib.plans.entries import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    LocalResponseNormalization,
    MaxPooling2D,
    ReLU,
    Softmax,
)


class InceptionWidths(NamedTuple):
    """Filters of each convolution of a module, named as in the paper's table 1.

    Attributes:
        conv1x1: of the 1 x 1 branch.
        reduce3x3: of the 1 x 1 before the 3 x 3.
        conv3x3: of the 3 x 3.
        reduce5x5: of the 1 x 1 before the 5 x 5.
        conv5x5: of the 5 x 5.
        pool: of the 1 x 1 behind the pooling.
    """

    conv1x1: int
    reduce3x3: int
    conv3x3: int
    reduce5x5: int
    conv5x5: int
    pool: int


INCEPTION = {
    "3a": InceptionWidths(64, 96, 128, 16, 32, 32),
    "3b": InceptionWidths(128, 128, 192, 32, 96, 64),
    "4a": InceptionWidths(192, 96, 208, 16, 48, 64),
    "4b": InceptionWidths(160, 112, 224, 24, 64, 64),
    "4c": InceptionWidths(128, 128, 256, 24, 64, 64),
    "4d": InceptionWidths(112, 144, 288, 32, 64, 64),
    "4e": InceptionWidths(256, 160, 320, 32, 128, 128),
    "5a": InceptionWidths(256, 160, 320, 32, 128, 128),
    "5b": InceptionWidths(384, 192, 384, 48, 128, 128),
}
"""Name of a module -> its widths.

Source: Szegedy et al. (2015), arXiv:1409.4842, table 1.
"""


def inception(widths, name="inception", reduced=True):
    """Return an Inception module.

    Args:
        widths: an `InceptionWidths`, such as `INCEPTION["3a"]`.
        name: what its layers' names begin with.
        reduced: True has the convolutions of 1 x 1 before the larger kernels and
            behind the pooling; False is the naive module, without them.
    Returns:
        A plan of one entry, a `Concatenate` of four branches.
    Source: Szegedy et al. (2015), arXiv:1409.4842, figure 2.
    """

    def conv(filters, kernel_size, part):
        layer = Conv2D(filters, kernel_size, padding="same", name=f"{name}_{part}")
        return layer, ReLU()

    def narrow(filters, part):
        return conv(filters, 1, part) if reduced else ()

    pool = MaxPooling2D(3, 1, "same", name=f"{name}_pool")
    branches = (
        conv(widths.conv1x1, 1, "1x1"),
        (*narrow(widths.reduce3x3, "3x3_reduce"), *conv(widths.conv3x3, 3, "3x3")),
        (*narrow(widths.reduce5x5, "5x5_reduce"), *conv(widths.conv5x5, 5, "5x5")),
        (pool, *narrow(widths.pool, "pool_proj")),
    )
    return (Concatenate(branches, name=f"{name}_output"),)


def googlenet(num_classes=1000, auxiliary=False, dropout=0.4):
    """Return GoogLeNet, for images of 224 x 224 x 3.

    Args:
        num_classes: units of each output.
        auxiliary: whether outputs leave behind modules 4a and 4d as well, which the
            paper has in training alone.
        dropout: rate before the output; 0.7 in the auxiliary ones.
    Returns:
        A plan.
    Source: Szegedy et al. (2015), arXiv:1409.4842, table 1 and section 5.
    """
    heads = {"4a": "auxiliary_1", "4d": "auxiliary_2"} if auxiliary else {}
    plan = [
        Conv2D(64, 7, 2, padding=3, name="conv1"),
        ReLU(),
        MaxPooling2D(3, 2, "same", name="pool1"),
        LocalResponseNormalization(name="norm1"),
        Conv2D(64, 1, name="conv2_reduce"),
        ReLU(),
        Conv2D(192, 3, padding="same", name="conv2"),
        ReLU(),
        LocalResponseNormalization(name="norm2"),
        MaxPooling2D(3, 2, "same", name="pool2"),
    ]
    for number, widths in INCEPTION.items():
        plan += inception(widths, f"inception_{number}")
        if number in heads:
            plan.append(Auxiliary(_head(num_classes, heads[number])))
        if number in ("3b", "4e"):
            plan.append(MaxPooling2D(3, 2, "same", name=f"pool{number[0]}"))
    return (
        *plan,
        GlobalAveragePooling2D(name="avg_pool"),
        Dropout(dropout, name="dropout"),
        Dense(num_classes, name="predictions"),
        Softmax(),
    )


def _head(num_classes, name):
    return (
        AveragePooling2D(5, 3, name=f"{name}_pool"),
        Conv2D(128, 1, name=f"{name}_conv"),
        ReLU(),
        Flatten(name=f"{name}_flatten"),
        Dense(1024, name=f"{name}_fc"),
        ReLU(),
        Dropout(0.7, name=f"{name}_dropout"),
        Dense(num_classes, name=name),
        Softmax(),
    )
