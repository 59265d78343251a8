"""What layers with weights share: how the first ones are drawn."""

import numpy as np

from cnnlib._validate import complaint, floating
from cnnlib.layers.base import Layer, misfit


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
