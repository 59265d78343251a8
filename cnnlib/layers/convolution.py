"""The convolution layer."""

from cnnlib import ops
from cnnlib._validate import checked_padding, integer, pair
from cnnlib.layers.base import image_shape, short
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
        self.padding = checked_padding("padding", padding)

    def __repr__(self):
        return (
            f"{type(self).__name__}({self.filters}, {short(self.kernel_size)}, "
            f"strides={short(self.strides)}, padding={self.padding!r})"
        )

    def output_shape(self, shape):
        """(H, W, C) -> (H_out, W_out, filters)."""
        maps = self.size(shape)
        self.check(shape)
        return maps

    def size(self, shape):
        """(H, W, C) -> (H_out, W_out, filters), whatever the weights are."""
        *size, _ = image_shape(self, shape)
        size = output_size(size, self.kernel_size, self.strides, self.padding)
        return (*size, self.filters)

    def array_shapes(self, shape):
        """(H, W, C) -> {"w": (KH, KW, C, filters), "b": (filters,)}."""
        return {"w": (*self.kernel_size, shape[2], self.filters), "b": (self.filters,)}

    def forward(self, x, rng=None):
        """Slide the filters over x; the memory is x."""
        self.ready(x)
        return ops.conv2d(x, self.w, self.b, self.strides, self.padding), x

    def backward(self, dy, x, needs_dx=True):
        """Compute the gradients for x, w and b."""
        settings = self.strides, self.padding, needs_dx
        dx, *gradients = ops.conv2d_backward(dy, x, self.drawn(), *settings)
        return dx, gradients
