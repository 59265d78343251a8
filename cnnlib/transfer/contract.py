"""What pixels a base was trained on: their range, and the order of their channels."""

from typing import NamedTuple

import numpy as np

from cnnlib._validate import complaint, finite, floats

MEAN = (103.939, 116.779, 123.68)
"""Mean blue, green and red of ImageNet's photographs, from 0 to 255."""


class Contract(NamedTuple):
    """How the images have to be that a base is given.

    Attributes:
        low: what 0 becomes, before the mean is taken off.
        high: what 1 becomes, likewise.
        channels: "RGB" or "BGR".
        mean: what is taken off each channel, in that order.
    """

    low: float
    high: float
    channels: str = "RGB"
    mean: tuple = (0.0, 0.0, 0.0)

    def limits(self):
        """Return the lowest and the highest value that an image can have."""
        return self.low - max(self.mean), self.high - min(self.mean)


CAFFE = Contract(0, 255, "BGR", MEAN)

CONTRACTS = {
    "vgg_small": Contract(0, 1),
    "vgg16": CAFFE,
    "vgg19": CAFFE,
    "resnet50": CAFFE,
    "mobilenet_v2": Contract(-1, 1),
}
"""Name of a base -> its `Contract`, as `preprocess_input` of Keras has it."""


def preprocess(images, name):
    """Turn images of the course into what a base was trained on.

    Args:
        images: shape (N, H, W, 3), red, green, blue, from 0 to 1.
        name: of the base, as in `CONTRACTS`.
    Returns:
        float array of the same shape.
    Raises:
        ValueError: if the images are not from 0 to 1, or there is no such base.
    Source: keras.applications, `preprocess_input` of each network.
    """
    contract = contract_of(name)
    images = _within("images", photos(images), 0, 1)
    if contract.channels == "BGR":
        images = images[..., ::-1]
    scaled = contract.low + (contract.high - contract.low) * images
    return (scaled - np.array(contract.mean)).astype(images.dtype)


def check_images(images, name):
    """Refuse images that cannot be what a base was trained on.

    The order of the channels cannot be seen in the values: that is not checked.

    Args:
        images: shape (N, H, W, 3), after `preprocess`.
        name: of the base, as in `CONTRACTS`.
    Returns:
        The images, as an array of floats.
    Raises:
        ValueError: if values lie outside of the contract, or in so small a part of
            its range that they were scaled for another base, or scaled twice.
    """
    contract = contract_of(name)
    images = _within("images", photos(images), *contract.limits(), name)
    low, high = float(images.min()), float(images.max())
    if low == high:
        return images  # a test picture: one value says nothing
    if contract.limits()[0] < 0 <= low:
        wanted, seen = "values on both sides of 0", "none below it"
    elif high - low < (contract.high - contract.low) / 100:
        wanted, seen = "values from all of its range", f"only {low:g} to {high:g}"
    else:
        return images
    message = complaint("images", f"{wanted}, as {_words(name)} has them", seen)
    raise ValueError(f"{message}. {_advice(name)}")


def contract_of(name):
    """Return the contract of a base.

    Raises:
        ValueError: if there is no base of this name.
    """
    if not isinstance(name, str) or name not in CONTRACTS:
        raise ValueError(
            complaint("name", f"one of {', '.join(CONTRACTS)}", repr(name))
        )
    return CONTRACTS[name]


def photos(images):
    """Return images as an array of floats, shape (N, H, W, 3)."""
    images = finite("images", floats("images", images, "N, H, W, C"))
    if images.shape[-1] != 3:
        received = f"shape {images.shape}"
        raise ValueError(complaint("images", "shape (N, H, W, 3)", received))
    return images


def _within(argument, images, low, high, name=None):
    found = float(images.min()), float(images.max())
    slack = 1e-4 * (high - low)
    if found[0] < low - slack or found[1] > high + slack:
        expected = f"values from {low:g} to {high:g}"
        received = f"{found[0]:g} to {found[1]:g}"
        message = complaint(argument, expected, received)
        cure = _advice(name) if name else "Divide bytes by 255 first."
        raise ValueError(f"{message}. {cure}")
    return images


def _words(name):
    contract = CONTRACTS[name]
    mean = ", minus the mean" if any(contract.mean) else ""
    return f"{name} ({contract.channels}, {contract.low:g} to {contract.high:g}{mean})"


def _advice(name):
    return f"preprocess(images, {name!r}) makes that of images from 0 to 1."
