"""AlexNet: two towers that meet twice, and the one tower of two years later."""

from typing import NamedTuple

from cnnlib.plans.entries import (
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    LocalResponseNormalization,
    MaxPooling2D,
    ReLU,
    Softmax,
)


class AlexNetSizes(NamedTuple):
    """What makes one AlexNet larger than another.

    Attributes:
        filters: of conv1 to conv5.
        units: of fc6 and fc7.
        kernel_size: of conv1.
        strides: of conv1.
        padding: of conv1.
    """

    filters: tuple
    units: tuple = (4096, 4096)
    kernel_size: int = 11
    strides: int = 4
    padding: int | str = 0


ALEXNET = AlexNetSizes((96, 256, 384, 384, 256))
"""As published, for images of 227 x 227 x 3.

The paper says 224 x 224, which does not fit: (224 - 11) / 4 + 1 = 54.25. With 2 zeros
on each side 224 gives 55 as well.

Source: Krizhevsky et al. (2012), section 3.5 and figure 2.
"""

ONE_TOWER = AlexNetSizes((64, 192, 384, 384, 256), padding=2)
"""One tower, for 224 x 224 x 3. Source: Krizhevsky (2014), arXiv:1404.5997, footnote 1.
"""

TORCHVISION = AlexNetSizes((64, 192, 384, 256, 256), padding=2)
"""One tower as cuda-convnet2 and torchvision have it, for 224 x 224 x 3."""

ALEXNET_SMALL = AlexNetSizes((24, 64, 96, 96, 64), (256, 256), 5, 1, "same")
"""The same towers, narrow and without the long first step, for 32 to 64 pixels."""


def alexnet(
    num_classes=1000,
    groups=2,
    sizes=ALEXNET,
    activation=None,
    dropout=0.5,
    normalize=True,
):
    """Return AlexNet.

    Args:
        num_classes: units of the output.
        groups: 2 cuts conv2, conv4 and conv5 in two as the paper does for its two
            GPUs; 1 cuts nothing.
        sizes: an `AlexNetSizes`.
        activation: entry behind each layer with weights; None for ReLU().
        dropout: rate behind fc6 and fc7.
        normalize: whether conv1 and conv2 are followed by local response
            normalization.
    Returns:
        A plan.
    Source: Krizhevsky et al. (2012), sections 3 and 4.
    """
    bend = ReLU() if activation is None else activation
    filters, units, *stem = sizes
    norms = [LocalResponseNormalization(name=f"norm{n}") for n in (1, 2)]
    norm1, norm2 = [(norm,) if normalize else () for norm in norms]
    pool1, pool2, pool5 = (MaxPooling2D(3, 2, name=f"pool{n}") for n in (1, 2, 5))

    def conv(number, kernel_size, groups):
        width = filters[number - 1]
        name = f"conv{number}"
        layer = Conv2D(width, kernel_size, padding="same", groups=groups, name=name)
        return layer, bend

    return (
        Conv2D(filters[0], *stem, name="conv1"),
        bend,
        *norm1,
        pool1,
        *conv(2, 5, groups),
        *norm2,
        pool2,
        *conv(3, 3, 1),
        *conv(4, 3, groups),
        *conv(5, 3, groups),
        pool5,
        Flatten(name="flatten"),
        Dense(units[0], name="fc6"),
        bend,
        Dropout(dropout, name="dropout6"),
        Dense(units[1], name="fc7"),
        bend,
        Dropout(dropout, name="dropout7"),
        Dense(num_classes, name="fc8"),
        Softmax(),
    )
