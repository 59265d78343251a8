"""Pictures made of numbers: the edges that the course starts with."""

import math

import numpy as np

from cnnlib._validate import complaint, integer, real


def step_image(size=6, high=255):
    """Make the picture that the course starts with: dark above, bright below.

    Args:
        size: height and width in pixels, an even number.
        high: value of the lower half, an int; the upper half is 0.
    Returns:
        int array of shape (size, size).
    Raises:
        TypeError: if `size` or `high` is not an int.
        ValueError: if `size` is odd or less than 2.
    """
    size = integer("size", size, 2)
    if size % 2:
        raise ValueError(complaint("size", "an even number", size))
    image = np.zeros((size, size), dtype=int)
    image[size // 2 :] = integer("high", high, None)
    return image


def edge_image(angle, size=3):
    """Make a straight edge through the middle of a small picture.

    Args:
        angle: direction of the edge in degrees; 0 is horizontal with the bright
            side below, and the edge turns toward vertical, bright on the right.
        size: height and width in pixels.
    Returns:
        float64 array of shape (size, size), values 0 to 255: each pixel is the mean
        over its square, as in a camera, so a pixel on the edge is gray.
    Raises:
        TypeError: if `angle` is not a number, or `size` not an int.
        ValueError: if `angle` is not finite, or `size` less than 1.
    """
    angle = real("angle", angle)
    size = integer("size", size)
    steps = np.arange(size) - (size - 1) / 2
    down, right = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    # distance of each pixel's center from the edge, positive on the bright side
    distance = down * steps[:, None] + right * steps[None, :]
    # seen across the edge, a square is a box as wide as its longer shadow,
    # smeared by a box as wide as its shorter one
    shorter, longer = sorted((abs(down), abs(right)))
    smear = shorter * np.linspace(-0.5, 0.5, 101)[:, None, None]
    return 255 * np.clip(0.5 + (distance + smear) / longer, 0, 1).mean(axis=0)
