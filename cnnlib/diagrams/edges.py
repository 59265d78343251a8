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
    titles = ["photograph", "strength", "direction"]
    axes = images([image, strength, colored], titles, columns=2)
    _direction_key(axes[0].figure.axes[3])
    return axes


def _hue(right, down):
    """Give each direction its color, (H, W) -> (H, W, 3)."""
    turn = (np.arctan2(down, right) / np.pi + 1) / 2
    return plt.get_cmap("hsv")(turn)[..., :3]


def _direction_key(ax):
    """Draw the wheel of directions in a panel of its own."""
    down, right = np.mgrid[-1:1:241j, -1:1:241j]
    inside = np.hypot(right, down) <= 1
    ax.imshow(np.dstack([_hue(right, down), inside]), extent=(-1, 1, 1, -1))
    ax.set(xlim=(-1.5, 1.5), ylim=(1.5, -1.5), title="brighter to this side")
