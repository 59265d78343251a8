"""A network as the maps that it makes, one stack a layer."""

from math import sqrt

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnnlib import plans
from cnnlib._validate import flag
from cnnlib.plots import WIDTH, WINDOW_COLOR

SHEETS = 5  # as many maps of a stack are drawn
BEHIND = np.array([0.04, 0.04])  # from one map to the one behind it; a layer has 1
SIDE = 0.62  # of the image, and the height of the longest bar
WITHOUT_A_MAP = (plans.Activation, plans.Dropout, plans.Flatten)
ARROW = {"arrowstyle": "->", "color": "0.4", "shrinkA": 0, "shrinkB": 0}


def architecture(plan, input_shape, title=None, ax=None, parameters=True):
    """Draw what a network makes of an image: its maps, and what its layers learn.

    Maps are squares on the scale of the image, and a line of values is a bar, the
    longer the more there are. Below stand their number and size, and in color the
    layer's parameters. Activations, dropout and flattening are left out.

    Args:
        plan: entries of `cnnlib.plans`; their names stand above.
        input_shape: shape of one image, (H, W, C).
        title: text above all, or None.
        ax: Axes to draw on, or None for a new figure.
        parameters: False leaves the parameters out.
    Returns:
        The Axes.
    Raises:
        TypeError: if an entry is none of `cnnlib.plans`.
        ValueError: if an entry does not fit what comes in.
    """
    stages = [("input", tuple(input_shape), None)]
    for step in plans.walk(plan, input_shape):
        if not isinstance(step.entry, WITHOUT_A_MAP):
            name = step.entry.name or type(step.entry).__name__
            stages.append((name, step.output_shape, step.parameters))
    floor = -1.25 if flag("parameters", parameters) else -1
    if ax is None:
        _, ax = plt.subplots(figsize=(WIDTH, 1.6 if parameters else 1.4))
    longest = max((s[-1] for _, s, _ in stages if _is_line(s)), default=1)
    for x, (name, shape, learned) in enumerate(stages):
        if _is_line(shape):
            _block(ax, (x, 0), 0.09, SIDE * sqrt(shape[-1] / longest))
            below = str(shape[-1])
        else:
            height, width, maps = shape
            scale = SIDE / input_shape[0]
            shift = BEHIND * (min(maps, SHEETS) - 1)
            for sheet in reversed(range(min(maps, SHEETS))):
                place = (x, 0) - shift / 2 + sheet * BEHIND
                _block(ax, place, scale * width, scale * height)
            below = f"{maps}@\n{height}\N{MULTIPLICATION SIGN}{width}"
        ax.text(x, 0.5, name, ha="center", va="bottom")
        ax.text(x, -0.45, below, ha="center", va="top", linespacing=1.1)
        if x:
            if parameters:
                text = f"{learned:,}"
                ax.text(x, -1.02, text, ha="center", va="top", color=WINDOW_COLOR)
            ax.annotate("", (x - 0.43, 0), (x - 0.57, 0), arrowprops=ARROW)
    ax.set(xlim=(-0.5, len(stages) - 0.5), ylim=(floor, 0.8), aspect="equal")
    ax.set_axis_off()
    if title:
        ax.set_title(title)
    return ax


def _is_line(shape):
    """Tell whether a shape is a line of values, such as maps of one pixel."""
    return len(shape) == 1 or shape[:2] == (1, 1)


def _block(ax, middle, width, height):
    corner = np.array(middle) - (width / 2, height / 2)
    ax.add_patch(Rectangle(corner, width, height, fc="0.92", ec="0.3", lw=0.8))
