"""Operations on arrays of images, channels last, and the classic kernels.

"Convolution" is cross-correlation, as in Keras: the kernel is not flipped.
The first argument decides the dtype: float64 stays float64, everything else is
computed in float32, so that 8-bit pixels cannot wrap round. A zero may come out as
-0.0: show results that are whole numbers through `.astype(int)`.
"""

from types import MappingProxyType

import numpy as np

from cnnlib._validate import checked_padding, complaint, floating, numeric, pair
from cnnlib.shapes import same_padding


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
    x, w, b = _conv2d_arrays(x, w, b)
    windows = _windows(_pad(x, w.shape[:2], strides, padding), w.shape[:2], strides)
    # each window (KH, KW, C) times all filters (KH, KW, C, F): one matrix product
    y = np.tensordot(windows, w, axes=3)  # (N, H_out, W_out, F)
    return y if b is None else y + b


def _conv2d_arrays(x, w, b):
    """Check that the arrays fit each other and give all of them the dtype of x."""
    x = floating(numeric("x", x, "N, H, W, C"))
    w = numeric("w", w, "KH, KW, C, F").astype(x.dtype, copy=False)
    channels, filters = w.shape[2:]
    if x.shape[3] != channels:
        expected = f"shape (KH, KW, {x.shape[3]}, F), with the channels of x"
        raise ValueError(complaint("w", expected, f"shape {w.shape}"))
    if b is not None:
        b = numeric("b", b, "F").astype(x.dtype, copy=False)
        if b.shape != (filters,):
            expected = f"shape ({filters},), one bias a filter"
            raise ValueError(complaint("b", expected, f"shape {b.shape}"))
    return x, w, b


def _pad(x, kernel_size, strides, padding):
    """Lay zeros round each image, (N, H, W, C) -> (N, H + top + bottom, ...)."""
    rows, columns = _borders(x.shape[1:3], kernel_size, strides, padding)
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))


def _borders(size, kernel_size, strides, padding):
    """Return the zeros to add, ((top, bottom), (left, right)), in pixels."""
    padding = checked_padding(padding)
    if padding == "same":
        return same_padding(size, kernel_size, strides)
    return (padding, padding), (padding, padding)


def _windows(x, kernel_size, strides):
    """View each place of the window, (N, H, W, C) -> (N, H_out, W_out, KH, KW, C)."""
    height, width = x.shape[1:3]
    rows, columns = kernel_size
    down, right = pair("strides", strides)
    if rows > height or columns > width:
        expected = f"at most {height} x {width} pixels, the padded image"
        raise ValueError(complaint("kernel (KH x KW)", expected, f"{rows} x {columns}"))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel_size, axis=(1, 2))
    # (N, H - KH + 1, W - KW + 1, C, KH, KW); a view: no pixel is copied
    return windows[:, ::down, ::right].transpose(0, 1, 2, 4, 5, 3)


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
    x = numeric("image", image, "H, W")[None, :, :, None]  # (1, H, W, 1)
    w = numeric("kernel", kernel, "KH, KW")[:, :, None, None]  # (KH, KW, 1, 1)
    return conv2d(x, w, strides=strides, padding=padding)[0, :, :, 0]


def _kernels():
    """Build the table of classic kernels, read-only so that no cell can spoil it."""
    smooth, difference = np.array([1, 2, 1]), np.array([1, 0, -1])
    scharr = np.array([3, 10, 3])
    # prewitt_y answers + where the image gets brighter downwards, so prewitt_x does
    # where it gets brighter to the right: the opposite signs of sobel and scharr
    prewitt_y = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    table = {
        # Sobel & Feldman (1968), printed in Duda & Hart (1973): smooth one way,
        # take the difference the other way; 8 times the derivative
        "sobel_x": np.outer(smooth, difference),
        "sobel_y": np.outer(difference, smooth),
        # Prewitt (1970), Object enhancement and extraction
        "prewitt_x": prewitt_y.T,
        "prewitt_y": prewitt_y,
        # Scharr (2000), Optimal operators in digital image processing
        "scharr_x": np.outer(scharr, difference),
        "scharr_y": np.outer(difference, scharr),
        # the two vectors, shape (3,), that Sobel's kernels are made of
        "smooth": smooth,
        "difference": difference,
        "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        # the mean of the neighborhood; Gonzalez & Woods (2018), section 3.5
        "box": np.full((3, 3), 1 / 9),
        # second derivatives added up; Gonzalez & Woods (2018), section 3.6
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }
    for kernel in table.values():
        kernel.flags.writeable = False
    return MappingProxyType(table)


KERNELS = _kernels()
