"""Every model of the course, full size and small: the table that drives their tests."""

from typing import NamedTuple

import numpy as np

from cnnlib import models, plans


class Case(NamedTuple):
    """A model: how it is built, and what comes out.

    Attributes:
        builder: its name in `cnnlib.models`.
        parameters: what training changes in it.
        classes: its outputs.
        too_small: side of the largest image that it cannot take; None for a model
            that takes one size only.
        out_of_pixels: the layer that runs out of pixels there.
        full: arguments of the full size, where they are not the default.
        small: arguments of a variant that trains in a moment; None for a model that
            another case builds in the same way, with fewer layers.
        image: the shape of the small variant's images.
        rate: a step in which its loss goes down.
    """

    builder: str
    parameters: int
    classes: int
    too_small: int | None
    out_of_pixels: str | None
    full: dict
    small: dict
    image: tuple
    rate: float = 1e-3

    def build(self, **more):
        """Build the full size."""
        return getattr(models, self.builder)(**self.full, **more)

    def build_small(self):
        """Build the small variant."""
        return getattr(models, self.builder)(**self.small)

    def batch(self, size=8):
        """Return images and labels for the small variant."""
        rng = np.random.default_rng(0)
        x = rng.random((size, *self.image), dtype=np.float32)
        return x, rng.integers(0, 5, size)


IMAGE = (32, 32, 3)
# without dropout, so that a step is compared with the same network
SMALL = {"input_shape": IMAGE, "num_classes": 5, "dropout": 0}
ALEXNET = SMALL | {"sizes": plans.ALEXNET_SMALL}
NARROWER = SMALL | {"sizes": plans.ALEXNET_SMALL._replace(filters=(8, 16, 32, 16, 16))}
VGG = SMALL | {"sizes": plans.VGG_SMALL}
UNGROUPED, TORCHVISION = {"groups": 1}, {"sizes": plans.TORCHVISION}
LENET = {"input_shape": (28, 28, 1)}
RESNET = {"input_shape": IMAGE, "num_classes": 5, "filters": (4, 8, 8, 8)}
CIFAR = {"depth": 8, "num_classes": 5, "filters": (4, 8, 8)}


def _resnet(depth, parameters, small=False, **more):
    """Return the case of a ResNet; with `more` of one that is not the paper's."""
    name = f"resnet{depth}"
    small = RESNET | more if small else None
    return Case(name, parameters, 1000, None, None, more, small, IMAGE)


def _cifar(builder, depth, parameters, small=False, **more):
    """Return the case of a net of 6n + 2 layers; the small one has 8."""
    full = {"depth": depth} | more
    small = CIFAR | more if small else None
    return Case(builder, parameters, 10, None, None, full, small, IMAGE)


CASES = {
    "lenet5": Case("lenet5", 61_706, 10, 15, "S4", {}, LENET, (28, 28, 1)),
    "lenet5_1998": Case(
        "lenet5_1998", 60_000, 10, None, None, {}, {}, (32, 32, 1), rate=1e-5
    ),
    "alexnet": Case("alexnet", 60_965_224, 1000, 66, "pool5", {}, ALEXNET, IMAGE),
    "alexnet without groups": Case(
        "alexnet", 62_378_344, 1000, 66, "pool5", UNGROUPED, ALEXNET | UNGROUPED, IMAGE
    ),
    "alexnet in one tower": Case(
        "alexnet_one_tower", 61_838_248, 1000, 62, "pool5", {}, ALEXNET, IMAGE
    ),
    "torchvision's alexnet": Case(
        "alexnet_one_tower", 61_100_840, 1000, 62, "pool5", TORCHVISION, NARROWER, IMAGE
    ),
    "vgg11": Case("vgg11", 132_863_336, 1000, 31, "block5_pool", {}, VGG, IMAGE),
    "vgg13": Case("vgg13", 133_047_848, 1000, 31, "block5_pool", {}, VGG, IMAGE),
    "vgg16": Case("vgg16", 138_357_544, 1000, 31, "block5_pool", {}, VGG, IMAGE),
    "vgg19": Case("vgg19", 143_667_240, 1000, 31, "block5_pool", {}, VGG, IMAGE),
    "resnet18": _resnet(18, 11_689_512, small=True),
    "resnet34": _resnet(34, 21_797_672),
    "resnet50": _resnet(50, 25_557_032, small=True),
    "keras' resnet50": _resnet(50, 25_583_592, variant="keras"),
    "torchvision's resnet50": _resnet(50, 25_557_032, variant="torchvision"),
    "resnet101": _resnet(101, 44_549_160),
    "resnet152": _resnet(152, 60_192_808),
    "resnet20 of CIFAR": _cifar("resnet_cifar", 20, 269_722, small=True),
    "resnet20 of CIFAR, option B": _cifar("resnet_cifar", 20, 272_474, shortcut="B"),
    "resnet20 of CIFAR, option C": _cifar(
        "resnet_cifar", 20, 283_962, small=True, shortcut="C"
    ),
    "resnet56 of CIFAR": _cifar("resnet_cifar", 56, 853_018),
    "resnet110 of CIFAR": _cifar("resnet_cifar", 110, 1_727_962),
    "plain20 of CIFAR": _cifar("plain_cifar", 20, 269_722, small=True),
    "googlenet": Case("googlenet", 6_998_552, 1000, None, None, {}, SMALL, IMAGE),
}
"""Name of a test -> case."""


SMALL_CASES = {name: case for name, case in CASES.items() if case.small is not None}
"""Those that train in a moment."""


def losses_around_a_step(case, **settings):
    """Train the small variant for one step; return the loss before and after it.

    Args:
        case: a `Case`.
        settings: of `compile`.
    """
    import keras

    keras.utils.set_random_seed(0)
    model = case.build_small()
    for layer in model.layers:
        # with eight small images a stack of bottlenecks is chaotic: begin without F
        if layer.name.endswith("_3_bn"):
            layer.gamma.assign(0 * layer.gamma)
    logits = getattr(model.layers[-1], "activation", None) is None
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=logits)
    model.compile(keras.optimizers.SGD(case.rate), loss, **settings)
    x, y = case.batch()
    # each call gives the loss before its own step, with the statistics of the batch
    before = model.train_on_batch(x, y)
    return float(before), float(model.train_on_batch(x, y))
