"""Activations: one number in, one number out."""

import numpy as np

from cnnlib import ops
from cnnlib.layers.base import Layer


class ReLU(Layer):
    """Keep what is positive; see `cnnlib.ops.relu`."""

    def _forward(self, x, rng):
        return ops.relu(x)

    def _backward(self, dy, x):
        return ops.relu_backward(dy, x)

    def sides(self):
        """Say what is positive, negative or 0."""
        return np.sign(self.x)


class Tanh(Layer):
    """Squash to -1 ... 1; see `cnnlib.ops.tanh`."""

    def _forward(self, x, rng):
        return ops.tanh(x)

    def _backward(self, dy, x):
        return ops.tanh_backward(dy, x)


class Sigmoid(Layer):
    """Squash to 0 ... 1; see `cnnlib.ops.sigmoid`."""

    def _forward(self, x, rng):
        return ops.sigmoid(x)

    def _backward(self, dy, x):
        return ops.sigmoid_backward(dy, x)
