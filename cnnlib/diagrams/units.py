"""What a unit computes, and which inputs a layer's units are connected to."""

import matplotlib.pyplot as plt
import numpy as np

from cnnlib import ops
from cnnlib._validate import complaint, floats, numeric, real, shaped
from cnnlib.diagrams.volumes import FILTER_COLORS
from cnnlib.plots import WIDTH, number


def unit(x, w, b):
    """Draw one unit from left to right: inputs, weights, sum, bias, ReLU, output.

    Args:
        x: inputs, shape (D,).
        w: one weight an input, shape (D,).
        b: the bias.
    Returns:
        The Axes.
    Raises:
        TypeError: if `x`, `w` or `b` are not real numbers.
        ValueError: if there is not one weight an input.
    """
    x = floats("x", x, "D")
    w, b = shaped("w", w, x.shape, x.dtype), real("b", b)
    total = np.dot(x, w) + b
    _, ax = plt.subplots(figsize=(WIDTH, 0.6 * len(x) + 0.3))
    middle = (len(x) - 1) / 2
    for height, value, weight in zip(range(len(x))[::-1], x, w):
        ax.plot([0, 3.4], [height, middle], color="0.5", zorder=0)
        _node(ax, (0, height), number(value))
        _text(ax, (1.7, (height + middle) / 2), f"· {number(weight)}")
    ax.annotate("", (9.6, middle), (3.4, middle), arrowprops=_ARROW, zorder=0)
    ax.plot([3.4, 3.4], [middle - 1.1, middle], color="0.5", zorder=0)
    _text(ax, (3.4, middle - 1.25), f"bias {number(b)}")
    _node(ax, (3.4, middle), "+")
    _text(ax, (5, middle), number(total))
    _text(ax, (7, middle), "ReLU", edgecolor="0.3")
    _text(ax, (10, middle), number(ops.relu(total)))
    ax.set(xlim=(-0.6, 10.6), ylim=(min(-0.6, middle - 1.7), len(x) - 0.4))
    ax.set_axis_off()
    return ax


def connections(weights, title=None, ax=None):
    """Draw the lines from a row of inputs, below, to a row of units, above.

    Lines that share their weight have one color; a weight of its own is gray.

    Args:
        weights: which weight is on each line, ints of shape (units, inputs);
            0 where there is no line.
        title: text above, or None.
        ax: Axes to draw on, or None for a new figure.
    Returns:
        The Axes.
    Raises:
        TypeError: if `weights` are not ints.
        ValueError: if they are not of shape (units, inputs), or more of them are
            shared than there are colors.
    """
    weights = numeric("weights", weights, "units, inputs")
    if weights.dtype.kind not in "iu":
        raise TypeError(complaint("weights", "ints", f"dtype {weights.dtype}"))
    names, uses = np.unique(weights[weights != 0], return_counts=True)
    shared = names[uses > 1]
    if len(shared) > len(FILTER_COLORS):
        expected = f"at most {len(FILTER_COLORS)} shared ones"
        raise ValueError(complaint("weights", expected, len(shared)))
    colors = dict(zip(shared, FILTER_COLORS))
    if ax is None:
        _, ax = plt.subplots(figsize=(WIDTH, 1.4))
    indent = (weights.shape[1] - weights.shape[0]) / 2
    for (row, column), name in np.ndenumerate(weights):
        if name:
            style = {"color": colors[name], "lw": 3} if name in colors else _OWN
            ax.plot([column, row + indent], [0, 1], zorder=0, **style)
    for height, count, start in zip((0, 1), weights.shape[::-1], (0, indent)):
        ax.plot(start + np.arange(count), [height] * count, "o", **_CIRCLE)
    ax.set(xlim=(-0.3, weights.shape[1] - 0.7), ylim=(-0.25, 1.25))
    ax.set_axis_off()
    if title:
        ax.set_title(title)
    return ax


_ARROW = {"arrowstyle": "->", "color": "0.5", "lw": 1.8}
_CIRCLE = {"markersize": 12, "mfc": "white", "mec": "0.3"}
_OWN = {"color": "0.6", "lw": 1}


def _node(ax, place, text):
    ax.plot(*place, "o", **_CIRCLE | {"markersize": 26})
    ax.text(*place, text, ha="center", va="center")


def _text(ax, place, text, edgecolor="none"):
    """Write on a white patch, so that no line runs through the text."""
    box = {"facecolor": "white", "edgecolor": edgecolor, "pad": 4}
    ax.text(*place, text, ha="center", va="center", bbox=box)
