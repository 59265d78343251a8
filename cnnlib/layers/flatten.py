"""From maps to rows."""

import math

from cnnlib import ops
from cnnlib.layers.base import Layer


class Flatten(Layer):
    """Lay each image out as one row; see `cnnlib.ops.flatten`.

    Input (N, ...), output (N, D), D values an image.
    """

    def output_shape(self, shape):
        """(...) -> (D,)."""
        return (math.prod(shape),)

    def forward(self, x, rng=None):
        """Lay out the rows; the memory is x."""
        return ops.flatten(x), x

    def backward(self, dy, x, needs_dx=True):
        """Give the gradient the shape of x again."""
        return ops.flatten_backward(dy, x), []
