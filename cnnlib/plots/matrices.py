"""Small matrices with their numbers written in the cells."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnnlib._validate import numeric, pair, real, shaped
from cnnlib.plots.arguments import color_map, ends, labels
from cnnlib.shapes import output_size

WIDTH = 4.9
"""A figure's width in inches, as much as a telephone can show with type of 9 points."""
WINDOW_COLOR = "#D55E00"
"""The color of the window, told apart from gray and from blue by any eye."""
LINE_COLOR = "0.6"


def matrix(values, ax=None, title=None, cmap="gray", limits=None, window=None):
    """Draw a small matrix as a picture, with its numbers written in the cells.

    Args:
        values: numbers, shape (H, W).
        ax: Axes to draw on, or None for a new figure.
        title: text above, or None.
        cmap: color map.
        limits: (lowest, highest) value of the color map, or None: from `values`.
        window: (row, column, height, width) of a frame to draw, or None.
    Returns:
        The Axes.
    Raises:
        TypeError: if `values` are not real numbers, or `cmap` or a limit is of the
            wrong kind.
        ValueError: if `values` are not of shape (H, W), or there is no such color map.
    """
    values = numeric("values", values, "H, W")
    cmap = color_map(cmap)
    vmin, vmax = _limits(values) if limits is None else ends("limits", limits)
    window = None if window is None else _window(window)
    height, width = values.shape
    if ax is None:
        _, ax = plt.subplots(figsize=(0.5 * width + 0.4, 0.5 * height + 0.6))
    drawn = ax.imshow(values, cmap=cmap, vmin=vmin, vmax=vmax)
    for ((r, c), value), text in zip(np.ndenumerate(values), numbers(values)):
        write_number(ax, (c, r), text, drawn.cmap(drawn.norm(value)))
    ax.set_xticks(np.arange(width + 1) - 0.5, labels=[])
    ax.set_yticks(np.arange(height + 1) - 0.5, labels=[])
    ax.grid(color=LINE_COLOR, linewidth=0.8)
    ax.tick_params(length=0)
    ax.spines[:].set(visible=True, color=LINE_COLOR)
    if title:
        ax.set_title(title)
    if window:
        frame(ax, *window)
    return ax


def _limits(values):
    """Return the lowest and the highest finite value, which are never the same."""
    finite = values[np.isfinite(values)].astype(float)
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    return low, high + (low == high)


def _window(window):
    names = ["row", "column", "height", "width"]
    sides = labels("window", window, 4, f"({', '.join(names)})")
    return [real(f"{name} of window", side) for name, side in zip(names, sides)]


def number(value):
    """Write a number as the book does: four digits, a true minus sign, none at 0."""
    return _minus(f"{float(value) + 0.0:.4g}")


def numbers(values):
    """Write all numbers of an array as `number` does, each with as many decimals.

    Returns:
        A list of texts, row by row.
    """
    values = [float(value) + 0.0 for value in np.ravel(values)]
    shortest = [f"{value:.4g}" for value in values]
    if any("e" in text for text in shortest):  # powers of ten have no common place
        return [number(value) for value in values]
    decimals = max((len(text.partition(".")[2]) for text in shortest), default=0)
    return [_minus(f"{float(text):.{decimals}f}") for text in shortest]


def _minus(text):
    return text.replace("-", "\N{MINUS SIGN}")


def kernel(values, ax=None, title=None, largest=None):
    """Draw a kernel: blue adds, red subtracts, white is zero.

    Args:
        values: weights, shape (KH, KW).
        ax: Axes to draw on, or None for a new figure.
        title: text above, or None.
        largest: the size of weight that gets the deepest color, the same for kernels
            that are compared; or None: the largest of `values`.
    Returns:
        The Axes.
    Raises:
        TypeError: as `matrix`, or if `largest` is no number.
        ValueError: as `matrix`, or if `largest` is below 0.
    """
    values = numeric("values", values, "KH, KW")
    if largest is None:
        finite = np.abs(values[np.isfinite(values)].astype(float))
        largest = finite.max(initial=0)
    reach = 1.6 * (real("largest", largest, 0) or 1)  # pale enough to read the numbers
    return matrix(values, ax, title, cmap="RdBu", limits=(-reach, reach))


def frame(ax, row, column, height, width, color=WINDOW_COLOR):
    """Frame a window of an image, given by its top left pixel.

    Args:
        ax: Axes that show the image.
        row: first row of the window.
        column: first column of the window.
        height: rows in the window.
        width: columns in the window.
        color: color of the frame.
    Returns:
        The Axes.
    Raises:
        TypeError: if a number is none.
        ValueError: if a number is not finite.
    """
    row, column, height, width = _window((row, column, height, width))
    corner = (column - 0.5, row - 0.5)
    ax.add_patch(
        Rectangle(
            corner, width, height, fill=False, edgecolor=color, linewidth=3, zorder=3
        )
    )
    return ax


def positions(image, kernel_size, values):
    """Draw an image once for each position of the window, as the result is laid out.

    Args:
        image: shape (H, W).
        kernel_size: (KH, KW).
        values: the result, shape (H_out, W_out), written above each copy.
    Returns:
        Array of Axes, shape (H_out, W_out): the Axes of each result cell.
    Raises:
        TypeError: if an array does not hold real numbers, or a size is not an int.
        ValueError: if `values` has not one number for each place of the window.
    """
    image = numeric("image", image, "H, W")
    kernel_size = pair("kernel_size", kernel_size)
    height, width = output_size(image.shape, kernel_size)
    values = shaped("values", values, (height, width), float)
    figure = {"squeeze": False, "figsize": (WIDTH, WIDTH * height / width)}
    _, axes = plt.subplots(height, width, **figure)
    for (r, c), ax in np.ndenumerate(axes):
        ax.imshow(image, cmap="gray")
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color=LINE_COLOR)
        frame(ax, r, c, *kernel_size)
        ax.set_title(number(values[r][c]), pad=3)
    return axes


def write_number(ax, place, text, color):
    """Write a number, as `number` made it, on a colored cell in ink that is read."""
    red, green, blue = color[:3]
    bright = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
    ax.text(
        *place,
        text,
        ha="center",
        va="center",
        color="black" if bright else "white",
        fontsize=9,
    )
