"""Pooling, forward and backward: no weights, each channel on its own."""

import functools

import numpy as np

from cnnlib._validate import floats, pair, shaped
from cnnlib.ops.windows import windows

MANY = 64  # windows over one pixel: up to here, float32 adds them up well enough


def max_pool2d(x, pool_size=2, strides=None):
    """Keep the largest value of each window.

    Args:
        x: feature maps, shape (N, H, W, C).
        pool_size: height and width of the window, an int or a pair (H, W).
        strides: step of the window, an int or a pair; None means `pool_size`.
    Returns:
        Shape (N, H_out, W_out, C), with H_out = (H - pool_size) // strides + 1.
    Raises:
        TypeError: if `x` does not hold real numbers, or a size is not an int.
        ValueError: if `x` is not of rank 4, or the window does not fit into it.
    Source: Yamaguchi et al. (1990); overlapping windows as in Krizhevsky et al. (2012).
    """
    x = floats("x", x, "N, H, W, C")
    cells = _cells(x, pool_size, strides)
    y = cells[0].copy()
    for cell in cells[1:]:
        np.maximum(y, cell, out=y)
    return y


def max_pool2d_backward(dy, x, pool_size=2, strides=None):
    """Route each gradient to the place that its maximum came from.

    Where several cells of a window share the maximum, the first one, row by row,
    gets all of it: a valid subgradient, and the choice of Keras on TensorFlow.

    Args:
        dy: gradient of the loss for the output, shape (N, H_out, W_out, C).
        x: feature maps, shape (N, H, W, C).
        pool_size: as in `max_pool2d`.
        strides: as in `max_pool2d`.
    Returns:
        dx, shape (N, H, W, C).
    Raises:
        TypeError: as `max_pool2d`.
        ValueError: as `max_pool2d`, or if `dy` has not the shape of the output.
    Source: Scherer, Müller & Behnke (2010).
    """
    x = floats("x", x, "N, H, W, C")
    # a copy lies in memory in one piece, which is worth it for two looks at it
    cells = [cell.copy() for cell in _cells(x, pool_size, strides)]
    y = functools.reduce(np.maximum, cells)
    dy = shaped("dy", dy, y.shape, x.dtype)
    dx, waiting = _zeros(x, pool_size, strides), np.ones(y.shape, dtype=bool)
    for cell, dcell in zip(cells, _cells(dx, pool_size, strides, True)):
        first = waiting & (cell == y)
        dcell += dy * first  # += because windows may overlap
        waiting ^= first
    return dx.astype(x.dtype, copy=False)


def average_pool2d(x, pool_size=2, strides=None):
    """Keep the mean of each window.

    Args:
        x: feature maps, shape (N, H, W, C).
        pool_size: height and width of the window, an int or a pair (H, W).
        strides: step of the window, an int or a pair; None means `pool_size`.
    Returns:
        Shape (N, H_out, W_out, C), with H_out = (H - pool_size) // strides + 1.
    Raises:
        TypeError: as `max_pool2d`.
        ValueError: as `max_pool2d`.
    Source: LeCun et al. (1998), the subsampling of section II-B, without its
        trainable coefficient and bias.
    """
    x = floats("x", x, "N, H, W, C")
    cells = _cells(x, pool_size, strides)
    total = sum(cell.astype(np.float64) for cell in cells)  # float32 would drift
    return (total / len(cells)).astype(x.dtype)


def average_pool2d_backward(dy, x, pool_size=2, strides=None):
    """Share each gradient equally among the cells of its window.

    Args:
        dy: gradient of the loss for the output, shape (N, H_out, W_out, C).
        x: feature maps, shape (N, H, W, C).
        pool_size: as in `average_pool2d`.
        strides: as in `average_pool2d`.
    Returns:
        dx, shape (N, H, W, C).
    Raises:
        TypeError: as `max_pool2d`.
        ValueError: as `max_pool2d`, or if `dy` has not the shape of the output.
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.5.2, the
        chain rule: each pixel counts 1 / n in a mean of n.
    """
    x = floats("x", x, "N, H, W, C")
    dx = _zeros(x, pool_size, strides)
    cells = _cells(dx, pool_size, strides, True)
    share = shaped("dy", dy, cells[0].shape, x.dtype) / x.dtype.type(len(cells))
    for dcell in cells:
        dcell += share
    return dx.astype(x.dtype, copy=False)


def global_average_pool2d(x):
    """Keep one number a channel: the mean of its map.

    Args:
        x: feature maps, shape (N, H, W, C).
    Returns:
        Shape (N, C).
    Raises:
        TypeError: if `x` does not hold real numbers.
        ValueError: if `x` is not of rank 4, or has an empty axis.
    Source: Lin, Chen & Yan (2014), section 3.2.
    """
    x = floats("x", x, "N, H, W, C")
    return x.mean(axis=(1, 2), dtype=np.float64).astype(x.dtype)  # float32 would drift


def global_average_pool2d_backward(dy, x):
    """Share the gradient of each channel equally among the pixels of its map.

    Args:
        dy: gradient of the loss for the output, shape (N, C).
        x: feature maps, shape (N, H, W, C).
    Returns:
        dx, shape (N, H, W, C).
    Raises:
        TypeError: as `global_average_pool2d`.
        ValueError: as `global_average_pool2d`, or if `dy` is not of shape (N, C).
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.5.2, the
        chain rule: each pixel counts 1 / n in a mean of n.
    """
    x = floats("x", x, "N, H, W, C")
    n, height, width, channels = x.shape
    share = shaped("dy", dy, (n, channels), x.dtype) / x.dtype.type(height * width)
    return np.broadcast_to(share[:, None, None, :], x.shape).copy()


def _zeros(x, pool_size, strides):
    """Return zeros of the shape of x, in which the gradients of windows are added up.

    Where very many windows share a pixel, the sum would drift in float32.
    """
    size = pair("pool_size", pool_size)
    step = size if strides is None else pair("strides", strides)
    share = size[0] / step[0] * size[1] / step[1]
    return np.zeros(x.shape, np.float64 if share > MANY else x.dtype)


def _cells(x, pool_size, strides, writeable=False):
    """View x once for each cell of the window, row by row, (N, H_out, W_out, C)."""
    size = pair("pool_size", pool_size)
    step = size if strides is None else strides
    places = windows("pool_size", x, size, step, writeable=writeable)
    return [places[:, :, :, i, j] for i, j in np.ndindex(size)]
