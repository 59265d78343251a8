"""From maps to rows."""

import numpy as np

from cnnlib import ops
from cnnlib.layers.base import Layer


class Flatten(Layer):
    """Lay each image out as one row; see `cnnlib.ops.flatten`."""

    def output_shape(self, shape):
        """(...) -> (D,)."""
        return (int(np.prod(shape)),)

    def _forward(self, x, rng):
        return ops.flatten(x)

    def _backward(self, dy, x):
        return ops.flatten_backward(dy, x)
