"""Dropout, which acts in training only."""

from cnnlib import ops
from cnnlib._validate import batch, fraction
from cnnlib.layers.base import Layer


class Dropout(Layer):
    """Drop a part of the values while training; see `cnnlib.ops.dropout`.

    Input (N, ...), output the same shape.
    """

    def __init__(self, rate):
        self.rate = fraction("rate", rate)

    def __repr__(self):
        return f"Dropout({self.rate})"

    def forward(self, x, rng=None):
        """Multiply by a mask; the memory is the mask, or None without `rng`."""
        x = batch("x", x)
        return (x, None) if rng is None else ops.dropout(x, self.rate, rng)

    def backward(self, dy, mask, needs_dx=True):
        """Multiply the gradient by the same mask."""
        dy = batch("dy", dy) if mask is None else ops.dropout_backward(dy, mask)
        return dy, []
