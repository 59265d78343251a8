"""Networks as plans: which layers follow each other, without weights or a framework.

A plan is a tuple of entries. An entry has the name of a layer and its settings, as in
`cnnlib.layers` and in Keras; one that branches holds plans. `walk` counts what a plan
makes of an image; `cnnlib.layers.from_plan` and `cnnlib.models.build` make the layers.
"""

from cnnlib.plans.alexnet import (
    ALEXNET,
    ALEXNET_SMALL,
    ONE_TOWER,
    TORCHVISION,
    AlexNetSizes,
    alexnet,
)
from cnnlib.plans.branches import Add, Auxiliary, Branches, Concatenate
from cnnlib.plans.codes import CODES
from cnnlib.plans.entries import (
    RBF,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Entry,
    Flatten,
    GlobalAveragePooling2D,
    LocalResponseNormalization,
    MaxPooling2D,
    PadChannels,
    ReLU,
    ScaledTanh,
    Sigmoid,
    Softmax,
    Subsampling,
    Tanh,
    ZeroPadding2D,
    group_table,
)
from cnnlib.plans.googlenet import INCEPTION, InceptionWidths, googlenet, inception
from cnnlib.plans.lenet import C3, LENET, LENET5_1998, lenet5
from cnnlib.plans.resnet import (
    RESNET_BLOCKS,
    RESNET_VARIANTS,
    SHORTCUTS,
    ResNetVariant,
    plain_cifar,
    resnet,
    resnet_cifar,
)
from cnnlib.plans.vgg import VGG, VGG_SMALL, VGGSizes, vgg
from cnnlib.plans.walk import Step, smallest_input, walk

__all__ = [
    "ALEXNET",
    "ALEXNET_SMALL",
    "C3",
    "CODES",
    "INCEPTION",
    "LENET",
    "LENET5_1998",
    "ONE_TOWER",
    "RBF",
    "RESNET_BLOCKS",
    "RESNET_VARIANTS",
    "SHORTCUTS",
    "TORCHVISION",
    "VGG",
    "VGG_SMALL",
    "Activation",
    "Add",
    "AlexNetSizes",
    "Auxiliary",
    "AveragePooling2D",
    "BatchNormalization",
    "Branches",
    "Concatenate",
    "Conv2D",
    "Dense",
    "Dropout",
    "Entry",
    "Flatten",
    "GlobalAveragePooling2D",
    "InceptionWidths",
    "LocalResponseNormalization",
    "MaxPooling2D",
    "PadChannels",
    "ReLU",
    "ResNetVariant",
    "ScaledTanh",
    "Sigmoid",
    "Softmax",
    "Step",
    "Subsampling",
    "Tanh",
    "VGGSizes",
    "ZeroPadding2D",
    "alexnet",
    "googlenet",
    "group_table",
    "inception",
    "lenet5",
    "plain_cifar",
    "resnet",
    "resnet_cifar",
    "smallest_input",
    "vgg",
    "walk",
]
