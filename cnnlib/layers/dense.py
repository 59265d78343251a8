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
        self.check(shape)
        return (self.units,)

    def array_shapes(self, shape):
        """(D,) -> {"w": (D, units), "b": (units,)}."""
        return {"w": (*shape, self.units), "b": (self.units,)}

    def forward(self, x, rng=None):
        """Compute x @ w + b; the memory is x."""
        self.ready(x)
        return ops.dense(x, self.w, self.b), x

    def backward(self, dy, x, needs_dx=True):
        """Compute the gradients for x, w and b."""
        dx, *gradients = ops.dense_backward(dy, x, self.drawn(), needs_dx)
        return dx, gradients
