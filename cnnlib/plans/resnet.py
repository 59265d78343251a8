"""ResNet: blocks whose input is added to what they make of it."""

from typing import NamedTuple

from cnnlib._validate import complaint, integer
from cnnlib.plans.branches import Add
from cnnlib.plans.entries import (
    BatchNormalization,
    Conv2D,
    Dense,
    GlobalAveragePooling2D,
    MaxPooling2D,
    PadChannels,
    ReLU,
    Softmax,
    ZeroPadding2D,
)

RESNET_BLOCKS = {
    18: (2, 2, 2, 2),
    34: (3, 4, 6, 3),
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}
"""Layers with weights -> blocks in each stage; from 50 on they are bottlenecks.

Source: He et al. (2016), arXiv:1512.03385, table 1.
"""


class ResNetVariant(NamedTuple):
    """What differs between a paper and the networks that libraries ship.

    Attributes:
        use_bias: whether a convolution has biases, which batch normalization undoes.
        strided: which convolution of a bottleneck has the strides, from 0.
        epsilon: of batch normalization.
    """

    use_bias: bool
    strided: int
    epsilon: float


RESNET_VARIANTS = {
    "paper": ResNetVariant(False, 0, 1e-5),
    "keras": ResNetVariant(True, 0, 1.001e-5),
    "torchvision": ResNetVariant(False, 1, 1e-5),
}
"""Name -> variant: the paper, `keras.applications.ResNet50`, torchvision."""

SHORTCUTS = ("A", "B", "C", None)
"""Ways around a block.

"A" pads a narrower input with channels of zeros, "B" has a convolution of 1 x 1 where
the shape changes, "C" everywhere; None adds nothing: a plain network.
Source: He et al. (2016), arXiv:1512.03385, section 4.1.
"""


def resnet(
    depth,
    num_classes=1000,
    filters=(64, 128, 256, 512),
    shortcut="B",
    variant="paper",
):
    """Return ResNet of a depth, for images of 224 x 224 x 3.

    Args:
        depth: layers with weights: 18, 34, 50, 101 or 152.
        num_classes: units of the output.
        filters: of the 3 x 3 convolutions in each of the four stages; a bottleneck
            has four times as many behind it.
        shortcut: one of `SHORTCUTS`.
        variant: one of `RESNET_VARIANTS`.
    Returns:
        A plan; its layers have the names that `keras.applications` gives them.
    Raises:
        ValueError: if there is no network of this depth, or a name is unknown.
    Source: He et al. (2016), arXiv:1512.03385, table 1.
    """
    repeats = _one_of("depth", depth, RESNET_BLOCKS)
    parts = _Parts(shortcut, _one_of("variant", variant, RESNET_VARIANTS))
    return (
        *parts.convolution(filters[0], 7, 2, "conv1"),
        ReLU(name="conv1_relu"),
        ZeroPadding2D(1, name="pool1_pad"),
        MaxPooling2D(3, 2, name="pool1_pool"),
        *parts.stages(filters, repeats, bottleneck=depth >= 50),
        *_end(num_classes),
    )


def resnet_cifar(depth, num_classes=10, filters=(16, 32, 64), shortcut="A"):
    """Return the ResNet of 6n + 2 layers, for images of 32 x 32 x 3.

    Args:
        depth: layers with weights: 8, 14, 20, 26, ...
        num_classes: units of the output.
        filters: of each of the three stages.
        shortcut: one of `SHORTCUTS`; the paper has "A" here.
    Returns:
        A plan; its layers are named as those of `resnet`.
    Raises:
        ValueError: if `depth` is not 6n + 2, or `shortcut` is unknown.
    Source: He et al. (2016), arXiv:1512.03385, section 4.2.
    """
    if integer("depth", depth) < 8 or (depth - 2) % 6:
        raise ValueError(complaint("depth", "6n + 2, as 8, 14, 20, 26", depth))
    parts = _Parts(shortcut, RESNET_VARIANTS["paper"])
    return (
        *parts.convolution(filters[0], 3, 1, "conv1"),
        ReLU(name="conv1_relu"),
        *parts.stages(filters, 3 * ((depth - 2) // 6,), bottleneck=False),
        *_end(num_classes),
    )


def plain_cifar(depth, num_classes=10, filters=(16, 32, 64)):
    """Return `resnet_cifar` without its shortcuts: the same layers and parameters."""
    return resnet_cifar(depth, num_classes, filters, shortcut=None)


class _Parts:
    """What blocks are made of."""

    def __init__(self, shortcut, variant):
        if shortcut not in SHORTCUTS:
            expected = f"one of {', '.join(map(repr, SHORTCUTS))}"
            raise ValueError(complaint("shortcut", expected, repr(shortcut)))
        self.shortcut, self.variant = shortcut, variant

    def convolution(self, filters, kernel_size, strides, name):
        """Return a convolution and its normalization."""
        return (
            Conv2D(
                filters,
                kernel_size,
                strides,
                # the same zeros on each side, where Keras' "same" has one more behind
                padding=(kernel_size // 2) if strides > 1 else "same",
                use_bias=self.variant.use_bias,
                name=f"{name}_conv",
            ),
            BatchNormalization(self.variant.epsilon, name=f"{name}_bn"),
        )

    def stages(self, filters, repeats, bottleneck):
        """Return all blocks; every stage but the first begins with strides of 2."""
        plan, width = [], filters[0]
        for stage, (narrow, blocks) in enumerate(zip(filters, repeats), 2):
            for number in range(1, blocks + 1):
                strides = 2 if stage > 2 and number == 1 else 1
                layers = self.layers(narrow, strides, bottleneck)
                plan += self.block(f"conv{stage}_block{number}", width, layers)
                width = layers[-1][0]
        return plan

    def layers(self, filters, strides, bottleneck):
        """Return (filters, kernel size, strides) of a block's convolutions."""
        if not bottleneck:
            return [(filters, 3, strides), (filters, 3, 1)]
        first, second = (strides, 1) if self.variant.strided == 0 else (1, strides)
        return [(filters, 1, first), (filters, 3, second), (4 * filters, 1, 1)]

    def block(self, name, width, layers):
        """Return a block: its layers, what leads around them, the sum and its ReLU."""
        body = []
        for number, layer in enumerate(layers, 1):
            body += self.convolution(*layer, f"{name}_{number}")
            body.append(ReLU(name=f"{name}_{number}_relu"))
        body.pop()  # the last ReLU stands behind the addition
        out = ReLU(name=f"{name}_out")
        if self.shortcut is None:
            return [*body, out]
        strides = max(strides for _, _, strides in layers)
        around = self.around(name, width, layers[-1][0], strides)
        return [Add((around, tuple(body)), name=f"{name}_add"), out]

    def around(self, name, width, filters, strides):
        """Return what leads around a block: nothing, zeros, or a projection."""
        same = width == filters and strides == 1
        if same and self.shortcut != "C":
            return ()
        if self.shortcut == "A":
            return (PadChannels(filters, strides, name=f"{name}_0_pad"),)
        return self.convolution(filters, 1, strides, f"{name}_0")


def _end(num_classes):
    mean = GlobalAveragePooling2D(name="avg_pool")
    return mean, Dense(num_classes, name="predictions"), Softmax()


def _one_of(name, value, table):
    if value not in table:
        expected = f"one of {', '.join(map(repr, table))}"
        raise ValueError(complaint(name, expected, repr(value)))
    return table[value]
