"""The places of a sliding window, shared by convolution and pooling."""

import numpy as np

from cnnlib._validate import checked_padding, complaint, floats, pair
from cnnlib.shapes import same_padding


def borders(size, kernel_size, strides, padding):
    """Return the zeros to add, ((top, bottom), (left, right)), in pixels."""
    padding = checked_padding("padding", padding)
    if padding == "same":
        return same_padding(size, kernel_size, strides)
    return (padding, padding), (padding, padding)


def pad(x, rows, columns):
    """Lay zeros round each image, (N, H, W, C) -> (N, top + H + bottom, ...)."""
    if not any(rows + columns):
        return x
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))


def windows(name, x, size, strides, writeable=False):
    """View each place of the window, (N, H, W, C) -> (N, H_out, W_out, KH, KW, C).

    It is a view: no pixel is copied, and what is written into it (if `writeable`)
    is written into x. [:, :, :, i, j] is the pixel under cell (i, j) at each place.
    """
    height, width = x.shape[1:3]
    rows, columns = size
    down, right = pair("strides", strides)
    if rows > height or columns > width:
        expected = f"at most {height} x {width} pixels, the padded image"
        raise ValueError(complaint(name, expected, f"{rows} x {columns}"))
    view = np.lib.stride_tricks.sliding_window_view(
        x, size, axis=(1, 2), writeable=writeable
    )  # (N, H - KH + 1, W - KW + 1, C, KH, KW)
    return view[:, ::down, ::right].transpose(0, 1, 2, 4, 5, 3)


def im2col(x, kernel_size, strides=1, padding=0):
    """Copy what each place of a window sees into one row of a matrix.

    Args:
        x: images, shape (N, H, W, C).
        kernel_size: the window in pixels, an int or a pair (H, W).
        strides: step of the window in pixels, an int or a pair (H, W).
        padding: border of zeros in pixels, or "valid" or "same" as in Keras.
    Returns:
        Shape (N, H_out * W_out, KH * KW * C): a row for each place, row by row.
    Raises:
        TypeError: if `x` does not hold real numbers, or a size is not an int.
        ValueError: if a shape does not fit, or a size is out of range.
    Source: Chellapilla, Puri & Simard (2006), section 3.
    """
    x, size = floats("x", x, "N, H, W, C"), pair("kernel_size", kernel_size)
    padded = pad(x, *borders(x.shape[1:3], size, strides, padding))
    seen = windows("kernel (KH x KW)", padded, size, strides)
    n, height, width, *_, channels = seen.shape
    if channels == 1:
        # in a gray image the neighbors along a row lie side by side in memory: it is
        # twice as fast to copy row by row what one cell of the window sees
        cells = seen.transpose(0, 3, 4, 5, 1, 2).reshape(n, -1, height * width)
        columns = cells.swapaxes(1, 2)
    else:
        columns = seen.reshape(n, height * width, -1)
    # of a window of one pixel NumPy makes no copy, but a view that cannot be written
    return np.require(columns, requirements="W")
