"""Networks as plans: which layers follow each other, without weights or a framework.

A plan is a tuple of entries. An entry has the name of a layer and its settings, as in
`cnnlib.layers` and in Keras. `walk` counts what a plan makes of an image;
`cnnlib.layers.from_plan` and `cnnlib.models.build` make the layers.
"""

from cnnlib.plans.alexnet import (
    ALEXNET,
    ALEXNET_SMALL,
    ONE_TOWER,
    TORCHVISION,
    AlexNetSizes,
    alexnet,
)
from cnnlib.plans.codes import CODES
from cnnlib.plans.entries import (
    RBF,
    Activation,
    AveragePooling2D,
    Conv2D,
    Dense,
    Dropout,
    Entry,
    Flatten,
    GlobalAveragePooling2D,
    LocalResponseNormalization,
    MaxPooling2D,
    ReLU,
    ScaledTanh,
    Sigmoid,
    Softmax,
    Subsampling,
    Tanh,
    group_table,
)
from cnnlib.plans.lenet import C3, LENET, LENET5_1998, lenet5
from cnnlib.plans.vgg import VGG, VGG_SMALL, VGGSizes, vgg
from cnnlib.plans.walk import Step, smallest_input, walk

__all__ = [
    "ALEXNET",
    "ALEXNET_SMALL",
    "C3",
    "CODES",
    "LENET",
    "LENET5_1998",
    "ONE_TOWER",
    "RBF",
    "TORCHVISION",
    "VGG",
    "VGG_SMALL",
    "Activation",
    "AlexNetSizes",
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Entry",
    "Flatten",
    "GlobalAveragePooling2D",
    "LocalResponseNormalization",
    "MaxPooling2D",
    "ReLU",
    "ScaledTanh",
    "Sigmoid",
    "Softmax",
    "Step",
    "Subsampling",
    "Tanh",
    "VGGSizes",
    "alexnet",
    "group_table",
    "lenet5",
    "smallest_input",
    "vgg",
    "walk",
]
