"""Layers: operations of `cnnlib.ops` with settings, parameters and a memory.

A layer remembers its last input, because the way back needs it. Parameters are the
attributes `w` and `b` in the shapes of Keras, found on the first call; the way back
leaves their gradients in `dw` and `db`.
"""

from cnnlib.layers.base import Layer
from cnnlib.layers.plain import (
    AveragePool2D,
    Dropout,
    Flatten,
    MaxPool2D,
    ReLU,
    Sigmoid,
    Tanh,
)
from cnnlib.layers.weighted import Conv2D, Dense

__all__ = [
    "AveragePool2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "MaxPool2D",
    "ReLU",
    "Sigmoid",
    "Tanh",
]
