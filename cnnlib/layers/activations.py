"""Activations: one number in, one number out."""

from cnnlib import ops
from cnnlib.layers.base import Layer


class ReLU(Layer):
    """Keep what is positive; see `cnnlib.ops.relu`.

    Input (N, ...), output the same shape.
    """

    def forward(self, x, rng=None):
        """Compute max(x, 0); the memory is x."""
        return ops.relu(x), x

    def backward(self, dy, x, needs_dx=True):
        """Let the gradient through where x is positive."""
        return ops.relu_backward(dy, x), []


class Tanh(Layer):
    """Squash to -1 ... 1; see `cnnlib.ops.tanh`.

    Input (N, ...), output the same shape.
    """

    def forward(self, x, rng=None):
        """Compute tanh(x); the memory is x."""
        return ops.tanh(x), x

    def backward(self, dy, x, needs_dx=True):
        """Multiply by the slope at x."""
        return ops.tanh_backward(dy, x), []


class Sigmoid(Layer):
    """Squash to 0 ... 1; see `cnnlib.ops.sigmoid`.

    Input (N, ...), output the same shape.
    """

    def forward(self, x, rng=None):
        """Compute sigmoid(x); the memory is x."""
        return ops.sigmoid(x), x

    def backward(self, dy, x, needs_dx=True):
        """Multiply by the slope at x."""
        return ops.sigmoid_backward(dy, x), []
