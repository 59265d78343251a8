"""Convolution, forward and backward."""

import numpy as np

from cnnlib._validate import cast, complaint, floats, numeric, shaped
from cnnlib.ops.windows import borders, im2col, windows
from cnnlib.shapes import output_size


def conv2d(x, w, b=None, strides=1, padding=0):
    """Slide every filter over every image (cross-correlation).

    Args:
        x: images, shape (N, H, W, C).
        w: filters, shape (KH, KW, C, F).
        b: biases, shape (F,), or None.
        strides: step of the window in pixels, an int or a pair (H, W).
        padding: border of zeros in pixels, or "valid" or "same" as in Keras.
    Returns:
        Feature maps, shape (N, H_out, W_out, F), with
        H_out = (H + 2 * padding - KH) // strides + 1, W_out likewise.
    Raises:
        TypeError: if an array does not hold real numbers, or a size is not an int.
        ValueError: if shapes do not fit each other, or a size is out of range.
    Source: Dumoulin & Visin (2016), arXiv:1603.07285, relationship 6; as a matrix
        product over patches in Chellapilla et al. (2006).
    """
    x, w, b = _arrays(x, w, b)
    columns = im2col(x, w.shape[:2], strides, padding)
    # each window, KH * KW * C pixels long, times all filters: one matrix product
    y = columns @ w.reshape(-1, w.shape[3])  # (N, H_out * W_out, F)
    if b is not None:
        y += b
    return y.reshape(_maps_shape(x, w, strides, padding))


def conv2d_backward(dy, x, w, strides=1, padding=0, needs_dx=True):
    """Pass a gradient back through `conv2d`.

    Args:
        dy: gradient of the loss for the feature maps, shape (N, H_out, W_out, F).
        x: images, shape (N, H, W, C).
        w: filters, shape (KH, KW, C, F).
        strides: as in `conv2d`.
        padding: as in `conv2d`.
        needs_dx: False saves the work where nobody asks for `dx`.
    Returns:
        (dx, dw, db) with the shapes of x, w and b; `dx` is None if not needed.
        At strides 1 without padding, dw is x correlated with dy, and dx is dy in a
        border of zeros, correlated with w turned by 180 degrees.
    Raises:
        TypeError: as `conv2d`.
        ValueError: as `conv2d`, or if `dy` has not the shape of the feature maps.
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 9.5.
    """
    x, w, _ = _arrays(x, w, None)
    columns = im2col(x, w.shape[:2], strides, padding)
    maps = _maps_shape(x, w, strides, padding)
    dy = shaped("dy", dy, maps, x.dtype).reshape(len(x), -1, w.shape[3])
    # each weight met one pixel of each window: add up pixel times dy
    dw = (columns.swapaxes(1, 2) @ dy).sum(axis=0).reshape(w.shape)
    db = dy.sum(axis=0).sum(axis=0)
    dx = _conv2d_dx(dy.reshape(maps), x, w, strides, padding) if needs_dx else None
    return dx, dw, db


def _conv2d_dx(dy, x, w, strides, padding):
    n, height, width, channels = x.shape
    rows, columns = borders((height, width), w.shape[:2], strides, padding)
    size = height + sum(rows), width + sum(columns)
    padded = np.zeros((n, *size, channels), x.dtype)
    places = windows("kernel (KH x KW)", padded, w.shape[:2], strides, writeable=True)
    flat = dy.reshape(n, -1, w.shape[3])  # (N, H_out * W_out, F)
    back = w.swapaxes(2, 3).copy()  # (KH, KW, F, C)
    for i, j in np.ndindex(w.shape[:2]):
        # weight (i, j) hands dy back to the pixels it met; += as windows overlap
        places[:, :, :, i, j] += (flat @ back[i, j]).reshape(*dy.shape[:3], -1)
    return padded[:, rows[0] : rows[0] + height, columns[0] : columns[0] + width]


def _arrays(x, w, b):
    """Check that the arrays fit each other and give all of them the dtype of x."""
    x = floats("x", x, "N, H, W, C")
    w = cast("w", numeric("w", w, "KH, KW, C, F"), x.dtype)
    channels, filters = w.shape[2:]
    if x.shape[3] != channels:
        expected = f"shape (KH, KW, {x.shape[3]}, F), with the channels of x"
        raise ValueError(complaint("w", expected, f"shape {w.shape}"))
    if b is not None:
        b = cast("b", numeric("b", b, "F"), x.dtype)
        if b.shape != (filters,):
            expected = f"shape ({filters},), one bias a filter"
            raise ValueError(complaint("b", expected, f"shape {b.shape}"))
    return x, w, b


def _maps_shape(x, w, strides, padding):
    """Return the shape of the feature maps, (N, H_out, W_out, F)."""
    size = output_size(x.shape[1:3], w.shape[:2], strides, padding)
    return (len(x), *size, w.shape[3])


def correlate2d(image, kernel, strides=1, padding=0):
    """Slide one kernel over one gray image (cross-correlation).

    Args:
        image: gray values, shape (H, W).
        kernel: weights, shape (KH, KW); turn a vector v into a row with v[None, :]
            and into a column with v[:, None].
        strides: step of the window in pixels, an int or a pair (H, W).
        padding: border of zeros in pixels, or "valid" or "same" as in Keras.
    Returns:
        The response at each place of the window, shape (H_out, W_out).
    Raises:
        TypeError: if an array does not hold real numbers, or a size is not an int.
        ValueError: if a shape does not fit, or a size is out of range.
    Source: Dumoulin & Visin (2016), arXiv:1603.07285, relationship 6.
    """
    x = floats("image", image, "H, W")[None, :, :, None]  # (1, H, W, 1)
    w = cast("kernel", numeric("kernel", kernel, "KH, KW"), x.dtype)
    w = w[:, :, None, None]  # (KH, KW, 1, 1)
    return conv2d(x, w, strides=strides, padding=padding)[0, :, :, 0]
