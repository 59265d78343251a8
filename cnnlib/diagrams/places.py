"""Where a window can stand."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from cnnlib._validate import complaint, integer
from cnnlib.plots import WINDOW_COLOR
from cnnlib.shapes import output_size


def places(size, kernel_size, strides=1, border=(0, 0), ax=None, title=None):
    """Draw one row of pixels and, below it, each place that a window takes.

    Zeros of the border read 0; pixels that no window sees are crossed out.

    Args:
        size: pixels of the image.
        kernel_size: pixels of the window.
        strides: step of the window, in pixels.
        border: (before, after), zeros in pixels.
        ax: Axes to draw on, or None for a new figure.
        title: text above, or None.
    Returns:
        The Axes.
    Raises:
        TypeError: if a size is not an int.
        ValueError: if a size is out of range, or the window does not fit.
    """
    size, strides = integer("size", size), integer("strides", strides)
    if not isinstance(border, (tuple, list)) or len(border) != 2:
        raise ValueError(complaint("border", "(before, after)", repr(border)))
    before, after = (integer("border", side, 0) for side in border)
    kernel_size = integer("kernel_size", kernel_size)
    output_size(before + size + after, kernel_size)  # refuses what does not fit
    if ax is None:
        _, ax = plt.subplots(figsize=(3.4, 1.2))
    ends = range(kernel_size, before + size + after + 1, strides)
    seen = {pixel for end in ends for pixel in range(end - kernel_size, end)}
    for i in range(before + size + after):
        real = before <= i < before + size
        text = str(i - before + 1) if real else "0"
        color = "white" if real else "0.85"
        ax.add_patch(Rectangle((i, 0), 1, 1, facecolor=color, edgecolor="0.4"))
        drawn = ax.text(i + 0.5, 0.5, text, ha="center", va="center", color="0.1")
        if i not in seen:
            ax.plot([i, i + 1], [0, 1], [i, i + 1], [1, 0], color=WINDOW_COLOR)
            drawn.set_bbox({"facecolor": color, "edgecolor": "none", "pad": 1.5})
    for row, end in enumerate(ends, start=1):
        bar = Rectangle((end - kernel_size + 0.08, -0.6 * row), kernel_size - 0.16, 0.4)
        bar.set_color(WINDOW_COLOR)
        ax.add_patch(bar)
    ax.set(xlim=(-0.1, before + size + after + 0.1), ylim=(-0.6 * len(ends) - 0.2, 1.1))
    ax.set_aspect("equal")
    ax.set_axis_off()
    if title:
        ax.set_title(title)
    return ax
