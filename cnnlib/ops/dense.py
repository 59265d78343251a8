"""Dense layers, forward and backward."""

from cnnlib._validate import cast, complaint, floats, numeric, shaped


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
    Source: Rumelhart, Hinton & Williams (1986), equation 1, for a batch; the bias is
        there the weight of an input that is always 1.
    """
    x, w = _dense_arrays(x, w)
    if b is None:
        return x @ w
    return x @ w + shaped("b", b, w.shape[1:], x.dtype)


def dense_backward(dy, x, w, needs_dx=True):
    """Pass a gradient back through `dense`.

    Args:
        dy: gradient of the loss for the output, shape (N, U).
        x: shape (N, D).
        w: weights, shape (D, U).
        needs_dx: False saves the work where nobody asks for `dx`.
    Returns:
        (dx, dw, db) with the shapes of x, w and b; `dx` is None if not needed.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if shapes do not fit each other.
    Source: Rumelhart, Hinton & Williams (1986), equations 6 and 7.
    """
    x, w = _dense_arrays(x, w)
    dy = shaped("dy", dy, (len(x), w.shape[1]), x.dtype)
    return dy @ w.T if needs_dx else None, x.T @ dy, dy.sum(axis=0)


def _dense_arrays(x, w):
    x = floats("x", x, "N, D")
    w = cast("w", numeric("w", w, "D, U"), x.dtype)
    if len(w) != x.shape[1]:
        expected = f"shape ({x.shape[1]}, U), one row for each column of x"
        raise ValueError(complaint("w", expected, f"shape {w.shape}"))
    return x, w
