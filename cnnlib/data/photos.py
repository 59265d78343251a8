"""Photographs and textures that come with installed packages."""

import numpy as np

from cnnlib._validate import complaint, flag
from cnnlib.data.installed import installed

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
"""The names that `photo` knows, each with the package whose files hold it."""

LUMA = (0.299, 0.587, 0.114)
"""The weights of R, G and B in a gray value, after ITU-R BT.601."""


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
        TypeError: if `color` is not a bool.
        ValueError: if there is no picture of that name.
    """
    color = flag("color", color)
    if not isinstance(name, str) or name not in PHOTOS:
        names = f"one of {', '.join(sorted(PHOTOS))}"
        raise ValueError(complaint("name", names, repr(name)))
    if PHOTOS[name] == "skimage":
        import skimage.data

        image = getattr(skimage.data, name)()
    else:
        from matplotlib.image import imread

        # scikit-learn itself takes seconds to import
        image = np.array(
            imread(installed("sklearn", "datasets", "images", f"{name}.jpg"))
        )
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
