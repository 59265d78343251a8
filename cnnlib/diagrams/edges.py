"""Edges of a photograph: how strong, and which way."""

import matplotlib.pyplot as plt
import numpy as np

from cnnlib._validate import finite, floats, numeric, shaped
from cnnlib.plots import images


def gradient_panels(image, right, down):
    """Draw an image, the strength of its edges, and their direction as a hue.

    Args:
        image: shape (H, W).
        right: how fast the image brightens to the right, shape (H_out, W_out).
        down: how fast it brightens downwards, same shape.
    Returns:
        Array of three Axes.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if an array has not its shape, or a change is not finite.
    """
    image = numeric("image", image, "H, W")
    right = finite("right", floats("right", right, "H, W"))
    down = finite("down", shaped("down", down, right.shape, right.dtype))
    strength = np.hypot(right, down)
    # the square root lifts faint edges out of the dark
    brightest = np.percentile(strength, 99) or strength.max() or 1
    strength = np.sqrt(np.clip(strength / brightest, 0, 1))
    colored = _hue(right, down) * strength[..., None]
    axes = images([image, strength, colored], ["photograph", "strength", "direction"])
    _direction_key(axes[2])
    return axes


def _hue(right, down):
    """Give each direction its color, (H, W) -> (H, W, 3)."""
    turn = (np.arctan2(down, right) / np.pi + 1) / 2
    return plt.get_cmap("hsv")(turn)[..., :3]


def _direction_key(ax):
    """Draw the wheel of directions into the corner of a panel."""
    key = ax.inset_axes([0.02, 0.02, 0.24, 0.24])
    down, right = np.mgrid[-1:1:61j, -1:1:61j]
    inside = np.hypot(right, down) <= 1
    key.imshow(np.dstack([_hue(right, down), inside]))
    key.set_axis_off()
