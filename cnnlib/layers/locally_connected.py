"""A convolution layer that does not share its weights."""

from cnnlib import ops
from cnnlib.layers.convolution import Conv2D


class LocallyConnected2D(Conv2D):
    """Windows as in `Conv2D`, with `filters` kernels of their own at each place.

    Input (N, H, W, C), output (N, H_out, W_out, filters),
    w (H_out, W_out, KH, KW, C, filters), b (H_out, W_out, filters).
    For the settings see `cnnlib.ops.locally_connected2d`.
    """

    def array_shapes(self, shape):
        """(H, W, C) -> the shapes of w and b, as above."""
        *places, _ = self.size(shape)
        kernel, bias = super().array_shapes(shape).values()
        return {"w": (*places, *kernel), "b": (*places, *bias)}

    def forward(self, x, rng=None):
        """Multiply each window by the weights of its place; the memory is x."""
        self.ready(x)
        settings = self.strides, self.padding
        return ops.locally_connected2d(x, self.w, self.b, *settings), x

    def backward(self, dy, x, needs_dx=True):
        """Compute the gradients for x, w and b."""
        settings = self.strides, self.padding, needs_dx
        dx, *gradients = ops.locally_connected2d_backward(
            dy, x, self.drawn(), *settings
        )
        return dx, gradients
