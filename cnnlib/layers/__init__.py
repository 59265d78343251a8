"""Layers: operations of `cnnlib.ops` with settings, parameters and a memory.

A layer remembers its last input, because the way back needs it. Parameters are the
attributes `w` and `b` in the shapes of Keras, found on the first call; the way back
leaves their gradients in `dw` and `db`.
"""

from cnnlib.layers.activations import ReLU, Sigmoid, Tanh
from cnnlib.layers.base import Layer
from cnnlib.layers.convolution import Conv2D
from cnnlib.layers.dense import Dense
from cnnlib.layers.dropout import Dropout
from cnnlib.layers.flatten import Flatten
from cnnlib.layers.pooling import AveragePooling2D, MaxPooling2D

__all__ = [
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "MaxPooling2D",
    "ReLU",
    "Sigmoid",
    "Tanh",
]
