"""Pooling layers: what they keep of each window."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import pair
from cnnlib.layers.base import Layer, maps, short
from cnnlib.shapes import output_size


class _Pooling2D(Layer):
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


class MaxPooling2D(_Pooling2D):
    """Largest value of each window; see `cnnlib.ops.max_pool2d`."""

    def _forward(self, x, rng):
        return ops.max_pool2d(x, self.pool_size, self.strides)

    def _backward(self, dy, x):
        return ops.max_pool2d_backward(dy, x, self.pool_size, self.strides)

    def sides(self):
        """Mark the places that the maxima came from."""
        y = ops.max_pool2d(self.x, self.pool_size, self.strides)
        return self._backward(np.ones_like(y), self.x)


class AveragePooling2D(_Pooling2D):
    """Mean of each window; see `cnnlib.ops.average_pool2d`."""

    def _forward(self, x, rng):
        return ops.average_pool2d(x, self.pool_size, self.strides)

    def _backward(self, dy, x):
        return ops.average_pool2d_backward(dy, x, self.pool_size, self.strides)
