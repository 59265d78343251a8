"""Activations: one number in, one number out, any shape."""

import numpy as np

from cnnlib._validate import floats, shaped


def relu(x):
    """Keep what is positive, max(x, 0).

    Args:
        x: any shape.
    Returns:
        The same shape.
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is empty.
    Source: Nair & Hinton (2010); the rectifier itself in Fukushima (1969).
    """
    x = floats("x", x)
    return np.maximum(x, x.dtype.type(0))


def relu_backward(dy, x):
    """Let the gradient through where x is positive; at the kink, x = 0, it is 0.

    Args:
        dy: gradient of the loss for the output, the shape of x.
        x: any shape.
    Returns:
        dx, the shape of x.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if `x` is empty, or `dy` has another shape.
    """
    x = floats("x", x)
    return shaped("dy", dy, x.shape, x.dtype) * (x > 0)


def tanh(x):
    """Squash to -1 ... 1.

    Args:
        x: any shape.
    Returns:
        The same shape.
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is empty.
    Source: LeCun et al. (1998), appendix A, there scaled to 1.7159 tanh(2x / 3).
    """
    return np.tanh(floats("x", x))


def tanh_backward(dy, x):
    """Multiply by the slope, 1 - tanh(x)^2.

    Args:
        dy: gradient of the loss for the output, the shape of x.
        x: any shape.
    Returns:
        dx, the shape of x.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if `x` is empty, or `dy` has another shape.
    """
    y = tanh(x)
    return shaped("dy", dy, y.shape, y.dtype) * (1 - y * y)


def sigmoid(x):
    """Squash to 0 ... 1, 1 / (1 + exp(-x)).

    Args:
        x: any shape.
    Returns:
        The same shape.
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is empty.
    """
    # the same curve, in a form that cannot overflow
    return (1 + tanh(floats("x", x) / 2)) / 2


def sigmoid_backward(dy, x):
    """Multiply by the slope, sigmoid(x) (1 - sigmoid(x)).

    Args:
        dy: gradient of the loss for the output, the shape of x.
        x: any shape.
    Returns:
        dx, the shape of x.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if `x` is empty, or `dy` has another shape.
    """
    y = sigmoid(x)
    return shaped("dy", dy, y.shape, y.dtype) * (y * (1 - y))
