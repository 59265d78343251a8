"""Patches of real photographs: textures that come with scikit-image."""

import numpy as np

from cnnlib._validate import complaint, integer
from cnnlib.data.full import examples
from cnnlib.data.photos import photo

PATCHES = ("brick", "grass", "gravel")
"""What the labels of `load_patches` stand for, 0 to 2: names of `photo`."""

TEST_SHARE = 4  # one row of patches in so many, the lowest, is for the test


def load_patches(patch_size=32):
    """Cut three photographed textures into small pictures, without a download.

    The photographs are gray, 512 x 512 pixels, by three surfaces: a brick wall, grass
    and gravel. They are cut into squares that do not overlap; those of the lowest
    quarter are the test images, so no pixel is in both parts. The classes take turns.

    Args:
        patch_size: height and width of a patch in pixels, 8 to 128.
    Returns:
        (x_train, y_train), (x_test, y_test): images of shape (N, H, W, 1), float32
        from 0 (black) to 1 (white), and labels of shape (N,), ints from 0 to 2, which
        `PATCHES` names. With 32 pixels there are 576 and 192 images.
    Raises:
        TypeError: if `patch_size` is not an int.
        ValueError: if it is out of range.
    Source: scikit-image's brick, grass and gravel, after ambientCG and Poly Haven; CC0.
    """
    size = integer("patch_size", patch_size, 8)
    if size > 128:
        raise ValueError(complaint("patch_size", "at most 128", size))
    # (rows, columns, classes, size, size)
    squares = np.stack([_squares(photo(name), size) for name in PATCHES], axis=2)
    held_out = len(squares) // TEST_SHARE
    train, test = (
        examples(part.reshape(-1, size, size), np.arange(part[..., 0, 0].size) % 3)
        for part in (squares[:-held_out], squares[-held_out:])
    )
    return train, test


def _squares(image, size):
    """Cut (H, W) into (rows, columns, size, size); what is left over goes."""
    rows, columns = image.shape[0] // size, image.shape[1] // size
    image = image[: rows * size, : columns * size]
    return image.reshape(rows, size, columns, size).swapaxes(1, 2)
