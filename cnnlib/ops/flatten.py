"""From maps to rows, and back."""

import numpy as np

from cnnlib._validate import batch, shaped


def flatten(x):
    """Lay each image out as one row.

    Args:
        x: shape (N, ...).
    Returns:
        Shape (N, D), row by row and channels last, as in Keras.
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is empty or has no axis.
    Source: the layer Flatten of Keras, with the channels last.
    """
    x = batch("x", x)
    return x.reshape(len(x), -1)


def flatten_backward(dy, x):
    """Give the gradient the shape of x again.

    Args:
        dy: gradient of the loss for the output, shape (N, D).
        x: shape (N, ...).
    Returns:
        dx, the shape of x.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: as `flatten`, or if `dy` is not of shape (N, D).
    Source: the layer Flatten of Keras; no number changes, so neither do gradients.
    """
    flat = flatten(x)
    return shaped("dy", dy, flat.shape, flat.dtype).reshape(np.shape(x))
