"""Layers that learn: convolution and dense."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import checked_padding, complaint, floating, integer, pair
from cnnlib.layers.base import Layer, maps, misfit, short
from cnnlib.shapes import output_size


class Weighted(Layer):
    """A layer with weights, one filter or unit along their last axis, and biases."""

    def build(self, shape, rng, dtype):
        """Draw Glorot-uniform weights and set biases to 0; keep what is there."""
        weights = self._weights_shape(shape)
        if self.w is None:
            self.w = glorot_uniform(weights, rng).astype(dtype)
        if self.b is None:
            self.b = np.zeros(weights[-1:], dtype)
        for name, expected in (("w", weights), ("b", weights[-1:])):
            array = floating(np.asarray(getattr(self, name)))
            if array.shape != expected:
                where, received = f"{name} of {self!r}", f"shape {array.shape}"
                raise ValueError(complaint(where, f"shape {expected}", received))
            # an array assigned by hand can be read-only, and training writes
            setattr(self, name, np.require(array, requirements="W"))

    def forward(self, x, rng=None):
        """Compute the output; a layer outside a network first draws its weights."""
        if self.w is None:
            x = floating(np.asarray(x))
            self.build(x.shape[1:], np.random.default_rng(0), x.dtype)
        return super().forward(x, rng)

    def _check(self, shape):
        """Compare the input with weights that are already there."""
        if self.w is not None and np.shape(self.w) != self._weights_shape(shape):
            raise misfit(self, f"one that fits w of shape {np.shape(self.w)}", shape)


class Conv2D(Weighted):
    """Convolution: `filters` windows slide over the image and all its channels.

    Input (N, H, W, C), output (N, H_out, W_out, filters), w (KH, KW, C, filters),
    b (filters,). For the settings see `cnnlib.ops.conv2d`.
    """

    def __init__(self, filters, kernel_size, strides=1, padding=0):
        self.filters = integer("filters", filters)
        self.kernel_size = pair("kernel_size", kernel_size)
        self.strides = pair("strides", strides)
        self.padding = checked_padding(padding)

    def __repr__(self):
        return (
            f"Conv2D({self.filters}, {short(self.kernel_size)}, "
            f"strides={short(self.strides)}, padding={self.padding!r})"
        )

    def output_shape(self, shape):
        """(H, W, C) -> (H_out, W_out, filters)."""
        *size, _ = maps(self, shape)
        self._check(shape)
        size = output_size(size, self.kernel_size, self.strides, self.padding)
        return (*size, self.filters)

    def _weights_shape(self, shape):
        return (*self.kernel_size, shape[2], self.filters)

    def _forward(self, x, rng):
        return ops.conv2d(x, self.w, self.b, self.strides, self.padding)

    def _backward(self, dy, x):
        settings = self.strides, self.padding, self.needs_dx
        dx, self.dw, self.db = ops.conv2d_backward(dy, x, self.w, *settings)
        return dx


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


def glorot_uniform(shape, rng):
    """Draw weights whose outputs and gradients keep about the spread of the inputs.

    Args:
        shape: shape of the weights, (KH, KW, C, F) or (D, U).
        rng: the NumPy generator that draws.
    Returns:
        float64, uniform in ±sqrt(6 / (fan_in + fan_out)), where a fan is KH * KW
        times the channels in or out.
    Source: Glorot & Bengio (2010), equation 16; the fans as in Keras.
    """
    *window, fan_in, fan_out = shape
    limit = np.sqrt(6 / (np.prod(window) * (fan_in + fan_out)))
    return rng.uniform(-limit, limit, shape)
