"""Pooling layers: what they keep of each window."""

from cnnlib import ops
from cnnlib._validate import pair
from cnnlib.layers.base import Layer, image_shape, short
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
        *size, channels = image_shape(self, shape)
        return (*output_size(size, self.pool_size, self.strides), channels)


class MaxPooling2D(_Pooling2D):
    """Largest value of each window; see `cnnlib.ops.max_pool2d`.

    Input (N, H, W, C), output (N, H_out, W_out, C).
    """

    def forward(self, x, rng=None):
        """Keep the maxima; the memory is x."""
        return ops.max_pool2d(x, self.pool_size, self.strides), x

    def backward(self, dy, x, needs_dx=True):
        """Route each gradient to the place of its maximum."""
        return ops.max_pool2d_backward(dy, x, self.pool_size, self.strides), []


class AveragePooling2D(_Pooling2D):
    """Mean of each window; see `cnnlib.ops.average_pool2d`.

    Input (N, H, W, C), output (N, H_out, W_out, C).
    """

    def forward(self, x, rng=None):
        """Keep the means; the memory is x."""
        return ops.average_pool2d(x, self.pool_size, self.strides), x

    def backward(self, dy, x, needs_dx=True):
        """Share each gradient among the cells of its window."""
        return ops.average_pool2d_backward(dy, x, self.pool_size, self.strides), []
