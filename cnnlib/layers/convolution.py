"""The convolution layer."""

from cnnlib import ops
from cnnlib._validate import checked_padding, integer, pair
from cnnlib.layers.base import maps, short
from cnnlib.layers.weighted import Weighted
from cnnlib.shapes import output_size


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
