"""Layers that learn nothing: pooling, activations, flatten, dropout."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import fraction, pair
from cnnlib.layers.base import Layer, maps, short
from cnnlib.shapes import output_size


class _Pool2D(Layer):
    def __init__(self, pool_size=2, strides=None):
        self.pool_size = pair("pool_size", pool_size)
        self.strides = pair("strides", pool_size if strides is None else strides)

    def __repr__(self):
        name, size = type(self).__name__, short(self.pool_size)
        return f"{name}({size}, strides={short(self.strides)})"

    def output_shape(self, shape):
        """(H, W, C) -> (H_out, W_out, C)."""
        *size, channels = maps(self, shape)
        return (*output_size(size, self.pool_size, self.strides), channels)


class MaxPool2D(_Pool2D):
    """Largest value of each window; see `cnnlib.ops.max_pool2d`."""

    def _forward(self, x, rng):
        return ops.max_pool2d(x, self.pool_size, self.strides)

    def _backward(self, dy, x):
        return ops.max_pool2d_backward(dy, x, self.pool_size, self.strides)

    def sides(self):
        """Mark the places that the maxima came from."""
        y = ops.max_pool2d(self.x, self.pool_size, self.strides)
        return self._backward(np.ones_like(y), self.x)


class AveragePool2D(_Pool2D):
    """Mean of each window; see `cnnlib.ops.average_pool2d`."""

    def _forward(self, x, rng):
        return ops.average_pool2d(x, self.pool_size, self.strides)

    def _backward(self, dy, x):
        return ops.average_pool2d_backward(dy, x, self.pool_size, self.strides)


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


class Flatten(Layer):
    """Lay each image out as one row; see `cnnlib.ops.flatten`."""

    def output_shape(self, shape):
        """(...) -> (D,)."""
        return (int(np.prod(shape)),)

    def _forward(self, x, rng):
        return ops.flatten(x)

    def _backward(self, dy, x):
        return ops.flatten_backward(dy, x)


class Dropout(Layer):
    """Drop a part of the values while training; see `cnnlib.ops.dropout`."""

    def __init__(self, rate):
        self.rate = fraction("rate", rate)

    def __repr__(self):
        return f"Dropout({self.rate})"

    def _forward(self, x, rng):
        if rng is None:
            self.mask = None
            return x
        y, self.mask = ops.dropout(x, self.rate, rng)
        return y

    def _backward(self, dy, x):
        return dy if self.mask is None else ops.dropout_backward(dy, self.mask)
