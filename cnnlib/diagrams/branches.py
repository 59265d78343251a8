"""A block with several ways side by side, from what comes in to where they meet."""

import matplotlib.pyplot as plt

from cnnlib import plans
from cnnlib._validate import complaint
from cnnlib.plots import WIDTH

ROW = 0.62  # inches from layer to layer
NARROW = "#CDE7F7"  # a kernel of 1 x 1
LINE = {"color": "0.5", "lw": 1.4, "zorder": 0}
DRAWN = plans.Conv2D, plans.MaxPooling2D, plans.AveragePooling2D


def branches(entry, input_shape, ax=None):
    """Draw the branches of an entry, input above, one column a branch.

    Each box has the kernel and the channels that come out; kernels of 1 x 1 are blue.
    What neither convolves nor pools is left out.

    Args:
        entry: a `plans.Concatenate` or `plans.Add`.
        input_shape: (H, W, C) of what comes in.
        ax: Axes to draw into; None makes a figure.
    Returns:
        The Axes.
    Raises:
        TypeError: if `entry` does not branch, or as `plans.walk`.
        ValueError: as `plans.walk`.
    """
    if not isinstance(entry, plans.Branches):
        expected = "a Concatenate or Add of cnnlib.plans"
        raise TypeError(complaint("entry", expected, repr(entry)))
    joined = plans.walk((entry,), input_shape)[-1]
    columns = [
        [step for step in plans.walk(way, input_shape) if isinstance(step.entry, DRAWN)]
        for way in entry.branches
    ]
    bottom = max(map(len, columns)) + 1
    if ax is None:
        _, ax = plt.subplots(figsize=(WIDTH, ROW * (bottom + 1)))
    middle = (len(columns) - 1) / 2
    for x, steps in enumerate(columns):
        # a short branch hangs from above, and its line goes on to the end
        ax.plot([middle, x, x, middle], [0, 0.8, bottom - 0.8, bottom], **LINE)
        for depth, step in enumerate(steps, 1):
            _box(ax, x, depth, _words(step), step.entry.windows()[0][0])
    _box(ax, middle, 0, _by(input_shape))
    _box(ax, middle, bottom, f"{type(entry).__name__}  {_by(joined.output_shape)}")
    ax.set(xlim=(-0.55, len(columns) - 0.45), ylim=(bottom + 0.45, -0.45))
    ax.set_axis_off()
    return ax


def _words(step):
    side = step.entry.windows()[0][0]
    size = _by(side if isinstance(side, tuple) else (side, side))
    if isinstance(step.entry, plans.Conv2D):
        return f"{size}\n{step.output_shape[-1]}"
    return f"pool {size}\n{step.output_shape[-1]}"


def _by(shape):
    return "×".join(map(str, shape))


def _box(ax, x, depth, text, side=None):
    face = NARROW if side in (1, (1, 1)) else "0.93" if side is None else "white"
    box = {"boxstyle": "round,pad=0.3", "facecolor": face, "edgecolor": "0.4"}
    ax.text(x, depth, text, ha="center", va="center", bbox=box, linespacing=1.1)
