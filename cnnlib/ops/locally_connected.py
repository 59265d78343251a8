"""Windows without shared weights, forward and backward."""

import numpy as np

from cnnlib._validate import cast, complaint, floats, numeric, shaped
from cnnlib.ops.windows import borders, im2col, windows
from cnnlib.shapes import output_size


def locally_connected2d(x, w, b=None, strides=1, padding=0):
    """Slide over every image, with weights of their own at each place.

    Where `conv2d` multiplies all windows by one matrix of weights, this multiplies
    the windows at place (r, c) by the matrix w[r, c].

    Args:
        x: images, shape (N, H, W, C).
        w: weights, shape (H_out, W_out, KH, KW, C, F).
        b: biases, shape (H_out, W_out, F), or None.
        strides: step of the window in pixels, an int or a pair (H, W).
        padding: border of zeros in pixels, or "valid" or "same" as in Keras.
    Returns:
        Feature maps, shape (N, H_out, W_out, F).
    Raises:
        TypeError: if an array does not hold real numbers, or a size is not an int.
        ValueError: if shapes do not fit each other, or a size is out of range.
    Source: LeCun (1989), Generalization and network design strategies, "Net-3";
        the biases as in Keras 2.
    """
    x, w = _arrays(x, w, strides, padding)
    y = _by_place(x, w, strides, padding) @ _matrices(w)  # (places, N, F)
    y = y.swapaxes(0, 1).reshape(len(x), *w.shape[:2], -1)
    if b is None:
        return y
    return y + shaped("b", b, (*w.shape[:2], w.shape[5]), x.dtype)


def locally_connected2d_backward(dy, x, w, strides=1, padding=0, needs_dx=True):
    """Pass a gradient back through `locally_connected2d`.

    Args:
        dy: gradient of the loss for the feature maps, shape (N, H_out, W_out, F).
        x: images, shape (N, H, W, C).
        w: weights, shape (H_out, W_out, KH, KW, C, F).
        strides: as in `locally_connected2d`.
        padding: as in `locally_connected2d`.
        needs_dx: False saves the work where nobody asks for `dx`.
    Returns:
        (dx, dw, db) with the shapes of x, w and b; `dx` is None if not needed.
    Raises:
        TypeError: as `locally_connected2d`.
        ValueError: as `locally_connected2d`, or if `dy` has another shape.
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 9.5.
    """
    x, w = _arrays(x, w, strides, padding)
    dy = shaped("dy", dy, (len(x), *w.shape[:2], w.shape[5]), x.dtype)
    flat = dy.reshape(len(x), -1, w.shape[5]).swapaxes(0, 1)  # (places, N, F)
    dw = (_by_place(x, w, strides, padding).swapaxes(1, 2) @ flat).reshape(w.shape)
    dx = _dx(flat @ _matrices(w).swapaxes(1, 2), x, w, strides, padding)
    return dx if needs_dx else None, dw, dy.sum(axis=0)


def _by_place(x, w, strides, padding):
    """Return the windows, (places, N, KH * KW * C)."""
    return im2col(x, w.shape[2:4], strides, padding).swapaxes(0, 1)


def _matrices(w):
    """Return the weights of each place as a matrix, (places, KH * KW * C, F)."""
    return w.reshape(w.shape[0] * w.shape[1], -1, w.shape[5])


def _dx(dwindows, x, w, strides, padding):
    n, height, width, channels = x.shape
    rows, columns = borders((height, width), w.shape[2:4], strides, padding)
    size = height + sum(rows), width + sum(columns)
    padded = np.zeros((n, *size, channels), x.dtype)
    places = windows("kernel (KH x KW)", padded, w.shape[2:4], strides, writeable=True)
    back = dwindows.swapaxes(0, 1).reshape(places.shape)
    for i, j in np.ndindex(w.shape[2:4]):
        places[:, :, :, i, j] += back[:, :, :, i, j]  # += as windows overlap
    return padded[:, rows[0] : rows[0] + height, columns[0] : columns[0] + width]


def _arrays(x, w, strides, padding):
    x = floats("x", x, "N, H, W, C")
    w = cast("w", numeric("w", w, "H_out, W_out, KH, KW, C, F"), x.dtype)
    size = output_size(x.shape[1:3], w.shape[2:4], strides, padding)
    if w.shape[:2] != size or w.shape[4] != x.shape[3]:
        expected = f"shape {(*size, *w.shape[2:4], x.shape[3])} and filters"
        raise ValueError(complaint("w", expected, f"shape {w.shape}"))
    return x, w
