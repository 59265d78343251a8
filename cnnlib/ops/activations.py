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
    Source: Glorot, Bordes & Bengio (2011), section 3; Goodfellow, Bengio & Courville
        (2016), Deep Learning, section 6.3, on the kink, where Keras has 0 too.
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
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.5.2, the
        chain rule; with e = exp(-2 |x|) the slope is 4 e / (1 + e)^2.
    """
    x = floats("x", x)
    e = np.exp(-2 * np.abs(x))  # 1 - tanh(x)^2 itself would be 0 from about |x| = 9
    return shaped("dy", dy, x.shape, x.dtype) * (4 * e / (1 + e) ** 2)


def sigmoid(x):
    """Squash to 0 ... 1, 1 / (1 + exp(-x)).

    Args:
        x: any shape.
    Returns:
        The same shape.
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is empty.
    Source: Rumelhart, Hinton & Williams (1986), equation 2.
    """
    x = floats("x", x)
    # exp(-|x|) cannot overflow, and next to 0 nothing is subtracted from 1
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, x.dtype.type(1)) / (1 + e)


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
    Source: Rumelhart, Hinton & Williams (1986), equation 5; with e = exp(-|x|) the
        slope is e / (1 + e)^2.
    """
    x = floats("x", x)
    e = np.exp(-np.abs(x))  # the slope is the same on both sides of 0
    return shaped("dy", dy, x.shape, x.dtype) * (e / (1 + e) ** 2)
