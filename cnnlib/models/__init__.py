"""The networks of the papers in Keras: plans become models.

Nothing here is compiled or trained, and Keras loads with the first model.
"""

from cnnlib.models.alexnet import alexnet, alexnet_one_tower
from cnnlib.models.build import build
from cnnlib.models.difference import first_difference
from cnnlib.models.googlenet import googlenet, inception
from cnnlib.models.lenet import lenet5, lenet5_1998
from cnnlib.models.resnet import (
    plain_cifar,
    resnet18,
    resnet34,
    resnet50,
    resnet101,
    resnet152,
    resnet_cifar,
)
from cnnlib.models.table import layer_table
from cnnlib.models.vgg import vgg11, vgg13, vgg16, vgg19

__all__ = [
    "alexnet",
    "alexnet_one_tower",
    "build",
    "first_difference",
    "googlenet",
    "inception",
    "layer_table",
    "lenet5",
    "lenet5_1998",
    "plain_cifar",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnet101",
    "resnet152",
    "resnet_cifar",
    "vgg11",
    "vgg13",
    "vgg16",
    "vgg19",
]
