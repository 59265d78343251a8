"""What pictures ask of their arguments, before a figure is opened."""

import reprlib

import matplotlib
from matplotlib.colors import Colormap

from cnnlib._validate import complaint, entries, numeric, real


def color_map(name):
    """Return a color map, given by name or as one."""
    expected = "a color map of matplotlib, such as 'gray'"
    if isinstance(name, Colormap):
        return name
    if not isinstance(name, str):
        raise TypeError(complaint("cmap", expected, reprlib.repr(name)))
    if name not in matplotlib.colormaps:
        raise ValueError(complaint("cmap", expected, repr(name)))
    return matplotlib.colormaps[name]


def ends(name, value):
    """Return limits as (lowest, highest), two finite numbers in this order."""
    low, high = labels(name, value, 2, "(lowest, highest)")
    low, high = real(f"lowest of {name}", low), real(f"highest of {name}", high)
    if low >= high:
        raise ValueError(complaint(name, "(lowest, highest)", (low, high)))
    return low, high


def labels(name, value, count, expected=None):
    """Return a list of `count` entries; a text is none, though Python can split it."""
    expected = expected or f"a list of {count}"
    if isinstance(value, str):
        raise TypeError(complaint(name, expected, repr(value)))
    found = entries(name, value, expected)
    if len(found) != count:
        raise ValueError(complaint(name, expected, f"{len(found)} of them"))
    return found


def picture(name, value):
    """Return a picture as an array, gray (H, W) or in true color (H, W, 3)."""
    image = numeric(name, value)
    if image.ndim != 2 and (image.ndim != 3 or image.shape[2] != 3):
        expected = "shape (H, W) or (H, W, 3)"
        raise ValueError(complaint(name, expected, f"shape {image.shape}"))
    return image
