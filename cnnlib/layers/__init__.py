"""Layers: operations of `cnnlib.ops` with settings and parameters.

A layer keeps what lasts: its settings and its parameters, in the shapes of Keras and
found on the first call. What belongs to one pass is handed out and handed back:

    y, memory = layer.forward(x)
    dx, gradients = layer.backward(dy, memory)

with one gradient for each of `layer.parameters()`, in the same order. So one layer
can serve in two networks, and in two threads at once.
"""

from cnnlib.layers.activations import ReLU, Sigmoid, Tanh
from cnnlib.layers.base import Layer
from cnnlib.layers.convolution import Conv2D
from cnnlib.layers.dense import Dense
from cnnlib.layers.dropout import Dropout
from cnnlib.layers.flatten import Flatten
from cnnlib.layers.from_plan import from_plan
from cnnlib.layers.locally_connected import LocallyConnected2D
from cnnlib.layers.pooling import AveragePooling2D, MaxPooling2D

__all__ = [
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "LocallyConnected2D",
    "MaxPooling2D",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "from_plan",
]
