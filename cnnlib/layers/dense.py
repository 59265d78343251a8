"""The dense layer."""

from cnnlib import ops
from cnnlib._validate import integer
from cnnlib.layers.base import misfit
from cnnlib.layers.weighted import Weighted


class Dense(Weighted):
    """Dot products of the input with `units` columns of weights.

    Input (N, D), output (N, units), w (D, units), b (units,).
    """

    def __init__(self, units):
        self.units = integer("units", units)

    def __repr__(self):
        return f"Dense({self.units})"

    def output_shape(self, shape):
        """(D,) -> (units,)."""
        if len(shape) != 1:
            raise misfit(self, "shape (N, D), as Flatten() makes it", shape)
        self._check(shape)
        return (self.units,)

    def _weights_shape(self, shape):
        return (shape[0], self.units)

    def _forward(self, x, rng):
        return ops.dense(x, self.w, self.b)

    def _backward(self, dy, x):
        dx, self.dw, self.db = ops.dense_backward(dy, x, self.w)
        return dx
