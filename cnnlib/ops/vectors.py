"""What a network does after the last map: flatten, dense, dropout."""

import numpy as np

from cnnlib._validate import complaint, floating, fraction, numeric, shaped


def flatten(x):
    """Lay each image out as one row.

    Args:
        x: shape (N, ...).
    Returns:
        Shape (N, D), row by row and channels last, as in Keras.
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is empty or has no axis.
    """
    x = floating(numeric("x", x))
    if x.ndim == 0:
        raise ValueError(complaint("x", "shape (N, ...)", "shape ()"))
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
    """
    flat = flatten(x)
    return shaped("dy", dy, flat.shape, flat.dtype).reshape(np.shape(x))


def dense(x, w, b=None):
    """Take the dot product of every row with every column of weights.

    Args:
        x: shape (N, D).
        w: weights, shape (D, U), one column a unit.
        b: biases, shape (U,), or None.
    Returns:
        Shape (N, U).
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if shapes do not fit each other.
    """
    x, w = _dense_arrays(x, w)
    if b is None:
        return x @ w
    return x @ w + shaped("b", b, w.shape[1:], x.dtype)


def dense_backward(dy, x, w):
    """Pass a gradient back through `dense`.

    Args:
        dy: gradient of the loss for the output, shape (N, U).
        x: shape (N, D).
        w: weights, shape (D, U).
    Returns:
        (dx, dw, db) with the shapes of x, w and b.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if shapes do not fit each other.
    Source: Rumelhart, Hinton & Williams (1986), equations 5 to 7.
    """
    x, w = _dense_arrays(x, w)
    dy = shaped("dy", dy, (len(x), w.shape[1]), x.dtype)
    return dy @ w.T, x.T @ dy, dy.sum(axis=0)


def _dense_arrays(x, w):
    x = floating(numeric("x", x, "N, D"))
    w = numeric("w", w, "D, U").astype(x.dtype, copy=False)
    if len(w) != x.shape[1]:
        expected = f"shape ({x.shape[1]}, U), one row for each column of x"
        raise ValueError(complaint("w", expected, f"shape {w.shape}"))
    return x, w


def dropout(x, rate, rng):
    """Set a part of the values to 0 and make up for it in the others (inverted).

    Args:
        x: any shape.
        rate: chance of each value to be dropped, from 0 to below 1.
        rng: a NumPy generator, or a seed for one.
    Returns:
        (y, mask): y = x * mask, where mask is 0 for what is dropped and
        1 / (1 - rate) for what stays, so that the expected value of y is x.
    Raises:
        TypeError: if `x` does not hold real numbers, or `rate` is no number.
        ValueError: if `x` is empty, or `rate` out of range.
    Source: Srivastava et al. (2014), section 10, the inverted form.
    """
    x = floating(numeric("x", x))
    rate = fraction("rate", rate)
    kept = np.random.default_rng(rng).random(x.shape, dtype=x.dtype) >= rate
    mask = kept / x.dtype.type(1 - rate)
    return x * mask, mask


def dropout_backward(dy, mask):
    """Multiply the gradient by the same mask.

    Args:
        dy: gradient of the loss for the output, the shape of the mask.
        mask: as `dropout` gave it.
    Returns:
        dx, the shape of the mask.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if the mask is empty, or `dy` has another shape.
    """
    mask = floating(numeric("mask", mask))
    return shaped("dy", dy, mask.shape, mask.dtype) * mask
