"""Dropout, which acts in training only."""

from cnnlib import ops
from cnnlib._validate import fraction
from cnnlib.layers.base import Layer


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
