"""What layers with weights share: how the first ones are drawn."""

import numpy as np

from cnnlib._validate import batch, complaint, floats, numeric
from cnnlib.layers.base import Layer, misfit


class Weighted(Layer):
    """A layer with weights, one filter or unit along their last axis, and biases."""

    trainable = ("w", "b")
    w = b = None

    def build(self, shape, rng, dtype):
        """Draw Glorot-uniform weights and set biases to 0; keep what is there."""
        self.output_shape(shape)  # what does not fit is refused before anything changes
        shapes = self.array_shapes(shape)
        w = glorot_uniform(shapes["w"], rng).astype(dtype) if self.w is None else self.w
        b = np.zeros(shapes["b"], dtype) if self.b is None else self.b
        # an array assigned by hand can be of ints or read-only, and training writes
        self.w, self.b = (
            np.require(floats(name, array), requirements="W")
            for name, array in (("w", w), ("b", b))
        )

    def ready(self, x):
        """Draw the weights of a layer outside a network, always the same ones."""
        if self.w is None or self.b is None:
            x = batch("x", x)
            self.build(x.shape[1:], np.random.default_rng(0), x.dtype)

    def drawn(self):
        """Return the weights, which a backward pass finds there.

        Raises:
            ValueError: if there are none yet.
        """
        if self.w is None:
            raise ValueError(complaint(f"{self!r}", "forward before backward", "none"))
        return self.w

    def check(self, shape):
        """Compare weights that are already there with an input, its shape without N.

        Raises:
            TypeError: if they are not real numbers.
            ValueError: if they are of another shape.
        """
        shapes = self.array_shapes(shape)
        if "w" in self.parameters() and np.shape(self.w) != shapes["w"]:
            raise misfit(self, f"one that fits w of shape {np.shape(self.w)}", shape)
        for name, array in self.parameters().items():
            where = f"{name} of {self!r}"
            if numeric(where, array).shape != shapes[name]:
                received = f"shape {np.shape(array)}"
                raise ValueError(complaint(where, f"shape {shapes[name]}", received))


def glorot_uniform(shape, rng):
    """Draw weights whose outputs and gradients keep about the spread of the inputs.

    Args:
        shape: shape of the weights, (KH, KW, C, F) or (D, U); axes before these
            four, as the places of a locally connected layer, do not count.
        rng: the NumPy generator that draws.
    Returns:
        float64, uniform in ±sqrt(6 / (fan_in + fan_out)), where a fan is KH * KW
        times the channels in or out.
    Source: Glorot & Bengio (2010), equation 16; the fans as in Keras.
    """
    *window, fan_in, fan_out = shape[-4:]
    limit = np.sqrt(6 / (np.prod(window) * (fan_in + fan_out)))
    return rng.uniform(-limit, limit, shape)
