"""Images turned, moved, stretched, cut, mirrored and made noisy, in NumPy.

`images` are one image of shape (H, W) or (H, W, C), or several of shape
(N, H, W, C); what comes back has the same rank, and all of them get the same
treatment. Floats stay what they are, and all else becomes float32.
"""

import math

import numpy as np

from cnnlib._validate import (
    complaint,
    finite,
    floats,
    generator,
    integer,
    pair,
    real,
    shaped,
)


def affine(images, matrix, shift=(0, 0), fill=0.0):
    """Move each point of an image to `matrix` @ point + `shift`, by inverse warping.

    A point is (row, column), measured from the middle of the image. For each pixel of
    the result the inverse map tells where it comes from; that place lies between four
    pixels, which are mixed by how near they are (bilinear interpolation).

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        matrix: two rows of two numbers, with a determinant other than 0.
        shift: how far all moves (down, right), in pixels.
        fill: the value outside the image.
    Returns:
        Images of the same shape.
    Raises:
        TypeError: if an argument does not hold real numbers.
        ValueError: if a shape is another one, or `matrix` has no inverse.
    Source: Jaderberg et al. (2015), arXiv:1506.02025, section 3.3, for the sampling.
    """
    batch = _batch(images)
    inverse, shift = _inverse(matrix), finite("shift", _numbers("shift", shift, (2,)))
    fill, (height, width) = real("fill", fill), batch.shape[1:3]
    middle = np.array([height - 1, width - 1]) / 2
    target = np.stack(np.indices((height, width)), axis=-1) - middle  # (H, W, 2)
    source = (target - shift) @ inverse.T + middle
    source = source.round(9)  # so that quarter turns hit the pixels exactly

    # a border of one pixel holds the fill, and all that lies outside falls on it
    bordered = ((0, 0), (1, 1), (1, 1), (0, 0))
    padded = np.pad(batch, bordered, constant_values=fill)
    source = np.clip(source, -1, [height, width]) + 1
    corner = np.minimum(source.astype(int), [height, width])  # above, to the left
    down, right = np.moveaxis(source - corner, -1, 0)[..., None].astype(batch.dtype)
    row, column = np.moveaxis(corner, -1, 0)
    upper = _mix(padded[:, row, column], padded[:, row, column + 1], right)
    lower = _mix(padded[:, row + 1, column], padded[:, row + 1, column + 1], right)
    return _mix(upper, lower, down).reshape(np.shape(images))


def _mix(first, second, part):
    return (1 - part) * first + part * second


def rotate(images, degrees, fill=0.0):
    """Turn images about their middle, counterclockwise as `np.rot90` does.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        degrees: the angle; at a multiple of 90 a square image is permuted exactly.
        fill: the value of what comes in from outside.
    Returns:
        Images of the same shape; corners that leave it are lost.
    Raises:
        TypeError: if an argument does not hold real numbers.
        ValueError: if `images` has another shape, or `degrees` is not finite.
    """
    angle = math.radians(real("degrees", degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    return affine(images, [[cosine, -sine], [sine, cosine]], fill=fill)


def scale(images, down, right, fill=0.0):
    """Stretch images about their middle, each axis by a factor of its own.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        down: the factor from top to bottom, above 0; 2 makes all twice as high.
        right: the factor from left to right, above 0.
        fill: the value of what comes in from outside, for factors below 1.
    Returns:
        Images of the same shape; what grows beyond it is lost.
    Raises:
        TypeError: if an argument does not hold real numbers.
        ValueError: if `images` has another shape, or a factor is not above 0.
    """
    down, right = _factor("down", down), _factor("right", right)
    return affine(images, [[down, 0], [0, right]], fill=fill)


def zoom(images, factor, fill=0.0):
    """Enlarge or reduce images about their middle, in their proportions.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        factor: above 0; 2 makes all twice as large, 0.5 half.
        fill: the value of what comes in from outside, for a factor below 1.
    Returns:
        Images of the same shape; what grows beyond it is lost.
    Raises:
        TypeError: if an argument does not hold real numbers.
        ValueError: if `images` has another shape, or `factor` is not above 0.
    """
    factor = _factor("factor", factor)
    return affine(images, [[factor, 0], [0, factor]], fill=fill)


def shift(images, down, right, fill=0.0):
    """Move what is seen, by whole pixels or by parts of them.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        down: pixels downward; upward if negative.
        right: pixels to the right; to the left if negative.
        fill: the value of what comes in from outside.
    Returns:
        Images of the same shape; what leaves it is lost.
    Raises:
        TypeError: if an argument does not hold real numbers.
        ValueError: if `images` has another shape, or a number is not finite.
    """
    moved = real("down", down), real("right", right)
    return affine(images, np.eye(2), moved, fill)


def flip(images, mode="horizontal"):
    """Mirror images.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        mode: "horizontal" exchanges left and right, "vertical" top and bottom.
    Returns:
        Images of the same shape.
    Raises:
        ValueError: if `images` or `mode` is another one.
    """
    batch = _batch(images)
    axes = {"horizontal": 2, "vertical": 1}
    if not isinstance(mode, str) or mode not in axes:
        expected = '"horizontal" or "vertical"'
        raise ValueError(complaint("mode", expected, repr(mode)))
    return np.flip(batch, axes[mode]).reshape(np.shape(images))


def crop(images, top, left, size):
    """Cut a window out of images.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C).
        top: first row of the window, from 0.
        left: first column of the window, from 0.
        size: height and width of the window, an int or a pair.
    Returns:
        Images of that height and width.
    Raises:
        TypeError: if a place or a size is not an int.
        ValueError: if `images` has another shape, or the window leaves the image.
    """
    batch = _batch(images)
    top, left = integer("top", top, 0), integer("left", left, 0)
    height, width = pair("size", size)
    for name, first, side, room in (
        ("top", top, height, batch.shape[1]),
        ("left", left, width, batch.shape[2]),
    ):
        if first + side > room:
            expected = f"a window of {side} that ends within {room} pixels"
            raise ValueError(complaint(name, expected, first))
    window = batch[:, top : top + height, left : left + width]
    rank = np.ndim(images)
    return window if rank == 4 else window[0] if rank == 3 else window[0, ..., 0]


def noise(images, deviation, rng):
    """Add Gaussian noise, then clip, so that values stay from 0 to 1.

    Args:
        images: shape (H, W), (H, W, C) or (N, H, W, C), values from 0 to 1.
        deviation: standard deviation of the noise, at least 0.
        rng: a NumPy generator or a seed.
    Returns:
        Images of the same shape, values from 0 to 1; each pixel has its own noise.
    Raises:
        TypeError: if an argument is of another type.
        ValueError: if `images` has another shape, a value is outside 0 to 1, or
            `deviation` is negative.
    """
    batch = _batch(images)
    low, high = batch.min(), batch.max()
    if not (low >= 0 and high <= 1):
        expected = "values from 0 to 1 (divide bytes by 255)"
        raise ValueError(complaint("images", expected, f"{low:g} to {high:g}"))
    deviation, rng = real("deviation", deviation, 0), generator("rng", rng)
    noisy = batch + rng.normal(0, deviation, batch.shape)
    return np.clip(noisy, 0, 1).astype(batch.dtype).reshape(np.shape(images))


def _batch(images):
    """Return images as floats of shape (N, H, W, C)."""
    array = floats("images", images)
    if array.ndim not in (2, 3, 4):
        expected = "shape (H, W), (H, W, C) or (N, H, W, C)"
        raise ValueError(complaint("images", expected, f"shape {array.shape}"))
    if array.ndim == 2:
        array = array[:, :, None]
    return array if array.ndim == 4 else array[None]


def _numbers(name, value, shape):
    return shaped(name, value, shape, np.float64)


def _inverse(matrix):
    matrix = finite("matrix", _numbers("matrix", matrix, (2, 2)))
    try:
        return np.linalg.inv(matrix)
    except np.linalg.LinAlgError as error:
        expected = "a determinant other than 0"
        raise ValueError(complaint("matrix", expected, matrix.tolist())) from error


def _factor(name, value):
    factor = real(name, value)
    if factor <= 0:
        raise ValueError(complaint(name, "a number above 0", f"{factor:g}"))
    return factor
