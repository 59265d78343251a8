"""Arrays with channels, drawn as sheets and blocks."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnnlib._validate import checked_shape, complaint, integer, numeric, shaped
from cnnlib.plots import WIDTH, WINDOW_COLOR, matrix, number, numbers, write_number
from cnnlib.plots.arguments import labels
from cnnlib.shapes import output_size

SHEET = np.array([[1, 0], [-0.3, -0.6]])  # one column on, one row on
WIDE_SHEET = SHEET * [[1.4], [1]]  # for numbers of four digits


def planes(image, titles=("image", "R", "G", "B")):
    """Draw a small color image, then its planes with their numbers.

    Args:
        image: shape (H, W, 3), values 0 to 255.
        titles: one for the image and one for each plane.
    Returns:
        Array of four Axes.
    Raises:
        TypeError: if `image` does not hold real numbers.
        ValueError: if its shape or range is another one, or a title is missing.
    """
    image = _pixels(image)
    if image.shape[2] != 3:
        raise ValueError(complaint("image", "shape (H, W, 3)", f"shape {image.shape}"))
    titles = labels("titles", titles, 4)
    _, axes = plt.subplots(2, 2, figsize=(3.6, 3.9))
    axes = axes.ravel()
    axes[0].imshow(np.asarray(image, np.uint8))
    axes[0].set(title=titles[0], xticks=[], yticks=[])
    axes[0].spines[:].set(visible=True, color="0.6")
    for ax, title, plane in zip(axes[1:], titles[1:], np.moveaxis(image, -1, 0)):
        matrix(plane, ax, title, limits=(0, 255))
    return axes


def exploded(image, weights, result, row=0, column=0, names="RGB"):
    """Draw one cell of a convolution over several planes, plane by plane.

    Args:
        image: shape (H, W, C), values 0 to 255.
        weights: one kernel, shape (KH, KW, C).
        result: its map, shape (H_out, W_out).
        row: row of the result's cell that is computed.
        column: column of that cell.
        names: one for each plane.
    Returns:
        The Axes.
    Raises:
        TypeError: if an array does not hold real numbers, or a place is not an int.
        ValueError: if shapes do not fit each other, or there is no such cell.
    """
    image, weights = _pixels(image), numeric("weights", weights, "KH, KW, C")
    height, width, channels = image.shape
    tall, wide = weights.shape[:2]
    if weights.shape[2] != channels:
        expected = f"shape (KH, KW, {channels}), with the channels of the image"
        raise ValueError(complaint("weights", expected, f"shape {weights.shape}"))
    size = output_size((height, width), (tall, wide))
    result = shaped("result", result, size, float)
    row, column = integer("row", row, 0), integer("column", column, 0)
    if row >= size[0] or column >= size[1]:
        expected = f"a cell of the result, of shape {size}"
        raise ValueError(complaint("row and column", expected, (row, column)))
    if len(names) != channels:
        raise ValueError(complaint("names", f"{channels}, one a plane", len(names)))
    drop = 0.6 * height + 0.8  # from one plane to the next
    _, ax = plt.subplots(figsize=(WIDTH, 1.25 * (channels + 1)))
    _edges(ax, drop * (channels - 1), row, column, tall, wide)
    window = image[row : row + tall, column : column + wide]
    totals = (window * weights).sum(axis=(0, 1))
    last = width + wide + 4  # where each number ends, so that they can be added
    reach = 1.6 * (np.abs(weights).max() or 1)
    for c in range(channels):
        middle = -0.3 * height - c * drop
        _outline(ax, (0, -c * drop), row, column, tall, wide)
        _sheet(ax, image[..., c], (0, -c * drop), "gray", (0, 255))
        corner = (width + 1.4, middle + 0.3 * tall)
        _sheet(ax, weights[..., c], corner, "RdBu", (-reach, reach))
        _symbol(ax, (-0.6 - 0.15 * height, middle), names[c])
        _symbol(ax, (width + 0.4, middle), "\N{MULTIPLICATION SIGN}")
        _symbol(ax, (width + wide + 1.8, middle), "=")
        sign = "+ " if c else ""
        _symbol(ax, (last, middle), sign + number(totals[c]), 10, ha="right")
    floor = middle - 0.3 * height - 0.2
    ax.plot([last - 1.9, last], [floor, floor], color="0.3", lw=1.2)
    _symbol(ax, (last, floor - 0.6), number(totals.sum()), 10, ha="right")
    corner = (width - 0.6, floor - 1.2)
    _sheet(ax, result, corner, "gray", (0, np.max(result) or 1), WIDE_SHEET)
    _outline(ax, corner, row, column, 1, 1, WIDE_SHEET)
    over = _corners(corner, row, column, 1, 1, WIDE_SHEET)[:2].mean(axis=0)
    arrow = {"arrowstyle": "->", "color": "0.4", "connectionstyle": "arc3,rad=0.2"}
    ax.annotate("", over, (last - 1.6, floor - 0.6), arrowprops=arrow)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _pixels(image):
    image = numeric("image", image, "H, W, C")
    if not (image.min() >= 0 and image.max() <= 255):
        received = f"{image.min()} to {image.max()}"
        raise ValueError(complaint("image", "values from 0 to 255", received))
    return image


def _sheet(ax, values, corner, cmap, limits, sheet=SHEET):
    """Draw a matrix as a sheet that lies on a table, its numbers in the cells."""
    color_of = plt.get_cmap(cmap)
    low, high = limits
    for ((r, c), value), text in zip(np.ndenumerate(values), numbers(values)):
        cell = _corners(corner, r, c, 1, 1, sheet)
        color = color_of((value - low) / (high - low))
        ax.fill(*cell.T, facecolor=color, edgecolor="0.6", linewidth=0.8)
        write_number(ax, cell.mean(axis=0), text, color)


def _corners(corner, row, column, height, width, sheet=SHEET):
    """Return the four corners of a block of cells on a sheet, shape (4, 2)."""
    steps = [(0, 0), (width, 0), (width, height), (0, height)]
    return np.array(corner) + np.add(steps, (column, row)) @ sheet


def _outline(ax, corner, row, column, height, width, sheet=SHEET):
    """Frame a block of cells on a sheet."""
    block = _corners(corner, row, column, height, width, sheet)
    ax.fill(*block.T, fill=False, edgecolor=WINDOW_COLOR, linewidth=2.5, zorder=3)


def _edges(ax, depth, row, column, height, width):
    """Join the frames of all sheets to one block, by its upright edges."""
    for x, y in _corners((0, 0), row, column, height, width):
        ax.plot([x, x], [y, y - depth], color=WINDOW_COLOR, lw=1.2, ls=":", zorder=0)


FILTER_COLORS = (
    "#D55E00",
    "#0072B2",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#F0E442",
    "#999999",
)
"""The colors of the first eight filters, told apart by any eye."""

DEPTH = np.array([0.35, 0.35])  # where one channel leads, in pixels of the drawing


def layer_volumes(image, weights, result):
    """Draw a convolution layer: image, one colored kernel and one map a filter.

    Args:
        image: shape of the input, (H, W, C).
        weights: shape of the kernels, (KH, KW, C, F), at most eight filters.
        result: shape of the output, (H_out, W_out, F).
    Returns:
        The Axes.
    Raises:
        TypeError: if a side is not an int.
        ValueError: if a shape does not fit the others, or there are too many filters.
    """
    image = _sides("image", image, "(H, W, C)")
    *kernel_shape, filters = _sides("weights", weights, "(KH, KW, C, F)")
    result = _sides("result", result, "(H_out, W_out, F)")
    if kernel_shape[2] != image[2] or result[2] != filters:
        expected = f"{image[2]} channels and {result[2]} filters, as image and result"
        raise ValueError(complaint("weights", expected, (*kernel_shape, filters)))
    if filters > len(FILTER_COLORS):
        expected = f"at most {len(FILTER_COLORS)} filters"
        raise ValueError(complaint("weights", expected, filters))
    colors = FILTER_COLORS[:filters]
    _, ax = plt.subplots(figsize=(WIDTH, 3.4))
    _block(ax, (0, -image[0] / 2), image, ["0.9"] * image[2])
    _block(ax, (0, image[0] / 2 - kernel_shape[0]), kernel_shape, [colors[0]])
    step = kernel_shape[0] + DEPTH[1] * kernel_shape[2] + 0.6
    left = image[1] + 5
    for i, color in enumerate(colors):
        bottom = (filters / 2 - i - 1) * step
        _block(ax, (left, bottom), kernel_shape, [color])
        _symbol(ax, (left + kernel_shape[1] + 2.6, bottom + 1.2), "+ bias", 10)
    right = left + kernel_shape[1] + 7.3
    _block(ax, (right, -result[0] / 2), result, colors)
    _symbol(ax, (left - 1.7, 0.5), "\N{ASTERISK OPERATOR}")
    _symbol(ax, (right - 2, 0.5), "=")
    floor = min(-image[0], -filters * step) / 2 - 0.9
    many = "\N{MULTIPLICATION SIGN}".join
    for x, shape, name in (
        (image[1] / 2, image, "image"),
        (left + kernel_shape[1] / 2, kernel_shape, f"{filters} kernels, each"),
        (right + result[1] / 2, result, "result"),
    ):
        _symbol(ax, (x + 0.5, floor), f"{name} {many(map(str, shape))}", 10)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _sides(name, shape, axes):
    sides = checked_shape(name, shape)
    if len(sides) != axes.count(",") + 1:
        raise ValueError(complaint(name, f"a shape {axes}", sides))
    return sides


def _block(ax, corner, shape, colors):
    """Draw a block of pixels; one color for all, or one for each channel."""
    height, width, depth = shape
    for c in reversed(range(depth)):  # the channels behind come first
        x, y = corner + c * DEPTH
        face = colors[c % len(colors)]
        for r, column in np.ndindex(height, width):
            cell = Rectangle((x + column, y + r), 1, 1, fc=face, ec="0.4", lw=0.6)
            ax.add_patch(cell)
    ax.update_datalim([corner, corner + depth * DEPTH + (width, height)])
    ax.autoscale_view()


def _symbol(ax, place, text, size=14, ha="center"):
    ax.text(*place, text, fontsize=size, ha=ha, va="center")
