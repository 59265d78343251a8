"""Small matrices with their numbers written in the cells."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnnlib._validate import complaint, numeric, pair, real, shaped
from cnnlib.plots.arguments import color_map, ends, labels
from cnnlib.shapes import output_size

WINDOW_COLOR = "#D55E00"
"""The color of the window, told apart from gray and from blue by any eye."""


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
    # one size for all numbers, so that none looks more important
    size = 9 if max(len(number(value)) for value in values.flat) < 5 else 7.5
    for (r, c), value in np.ndenumerate(values):
        write_number(ax, (c, r), value, drawn.cmap(drawn.norm(value)), size)
    ax.set_xticks(np.arange(width + 1) - 0.5, labels=[])
    ax.set_yticks(np.arange(height + 1) - 0.5, labels=[])
    ax.grid(color="0.6", linewidth=0.8)
    ax.tick_params(length=0)
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
    return f"{float(value) + 0.0:.4g}".replace("-", "\N{MINUS SIGN}")


def kernel(values, ax=None, title=None):
    """Draw a kernel: blue adds, red subtracts, white is zero.

    Args:
        values: weights, shape (KH, KW).
        ax: Axes to draw on, or None for a new figure.
        title: text above, or None.
    Returns:
        The Axes.
    Raises:
        TypeError: as `matrix`.
        ValueError: as `matrix`.
    """
    values = numeric("values", values, "KH, KW")
    finite = np.abs(values[np.isfinite(values)].astype(float))
    reach = 1.6 * (finite.max(initial=0) or 1)  # pale enough to read the numbers
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


def equation(image, weights, result, window=None, names=("image", "kernel", "result")):
    """Draw image, kernel and result side by side, as one equation.

    Args:
        image: shape (H, W).
        weights: the kernel, shape (KH, KW).
        result: shape (H_out, W_out).
        window: (row, column) of a result cell whose window is framed, or None.
        names: the three titles.
    Returns:
        Array of three Axes.
    Raises:
        TypeError: as `matrix`, or if `window` does not hold ints.
        ValueError: as `matrix`, or if there are not three names, or no such cell.
    """
    image = numeric("image", image, "H, W")
    weights = numeric("weights", weights, "KH, KW")
    result = numeric("result", result, "H_out, W_out")
    names = labels("names", names, 3)
    if window is not None:
        window = pair("window", window, 0)
        if not np.less(window, result.shape).all():
            expected = f"a cell of the result, of shape {result.shape}"
            raise ValueError(complaint("window", expected, window))
    widths = [array.shape[1] for array in (image, weights, result)]
    fig, axes = plt.subplots(1, 3, figsize=(7.4, 3), width_ratios=widths)
    matrix(image, axes[0], names[0])
    kernel(weights, axes[1], names[1])
    matrix(result, axes[2], names[2])
    if window is not None:
        frame(axes[0], *window, *weights.shape)
        frame(axes[2], *window, 1, 1)
    for ax, sign in zip(axes, ("\N{ASTERISK OPERATOR}", "="), strict=False):
        ax.annotate(
            sign, (1.08, 0.5), xycoords="axes fraction", fontsize=16, va="center"
        )
    if fig.get_layout_engine() is not None:  # it comes with the style
        fig.get_layout_engine().set(wspace=0.12)
    return axes


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
    figure = {"squeeze": False, "figsize": (5, 5 * height / width)}
    _, axes = plt.subplots(height, width, **figure)
    for (r, c), ax in np.ndenumerate(axes):
        ax.imshow(image, cmap="gray")
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color="0.6")
        frame(ax, r, c, *kernel_size)
        ax.set_title(number(values[r][c]), fontsize=9, pad=3)
    return axes


def write_number(ax, place, value, color, size=9):
    """Write a number on a colored cell, in ink that can be read."""
    red, green, blue = color[:3]
    bright = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
    ax.text(
        *place,
        number(value),
        ha="center",
        va="center",
        color="black" if bright else "white",
        fontsize=size,
    )
