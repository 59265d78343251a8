"""Pictures in rows, and what stands beside them."""

from importlib.resources import as_file, files

import matplotlib.pyplot as plt
import numpy as np

from cnnlib.plots.matrices import WINDOW_COLOR


def use_style():
    """Switch matplotlib to the style of the course."""
    with as_file(files("cnnlib") / "lecture.mplstyle") as path:
        plt.style.use(path)


def images(arrays, titles=None, cmap="gray", limits=None, scale=None, columns=None):
    """Show pictures in rows.

    Args:
        arrays: images, each of shape (H, W), or (H, W, 3) in true color.
        titles: one title per image, or None.
        cmap: color map of the gray images.
        limits: (lowest, highest) value for all, or None: each image by its own.
        scale: text beside a color bar, as "response"; None draws no bar.
        columns: pictures per row, or None: all in one row.
    Returns:
        Array of Axes, one per image.
    """
    columns = columns or len(arrays)
    rows = -(-len(arrays) // columns)
    height, width = np.shape(arrays[0])[:2]
    cell = 7.4 / columns
    size = (7.4, rows * (cell * height / width + (0.35 if titles else 0.1)))
    _, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    axes = axes.ravel()
    vmin, vmax = limits or (None, None)
    for ax in axes:
        ax.set_axis_off()
    for i, (ax, image) in enumerate(zip(axes, arrays, strict=False)):
        drawn = ax.imshow(image, cmap=cmap, vmin=vmin, vmax=vmax)
        if titles:
            ax.set_title(titles[i])
        if scale:
            bar = ax.figure.colorbar(drawn, ax=ax, shrink=0.8, label=scale)
            bar.outline.set_visible(False)
    return axes[: len(arrays)]


def gradient_panels(image, right, down):
    """Draw an image, the strength of its edges, and their direction as a hue.

    Args:
        image: shape (H, W).
        right: how fast the image brightens to the right, shape (H_out, W_out).
        down: how fast it brightens downwards, same shape.
    Returns:
        Array of three Axes.
    """
    strength = np.hypot(right, down)
    # the square root lifts faint edges out of the dark
    strength = np.sqrt(np.clip(strength / np.percentile(strength, 99), 0, 1))
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


def timeline(events):
    """Draw years to scale on a line, and beside it what happened in each.

    Args:
        events: {year: text}, in order of the years.
    Returns:
        The Axes.
    """
    years = list(events)
    _, ax = plt.subplots(figsize=(7.4, 0.36 * len(years) + 0.2))
    ax.plot([0, 0], [years[0] - 1, years[-1] + 1], color="0.4")
    ax.plot([0] * len(years), years, "o", color=WINDOW_COLOR)
    for decade in range(-(-years[0] // 10) * 10, years[-1] + 1, 10):
        ax.plot([-0.01, 0], [decade] * 2, color="0.4", lw=1)
        ax.text(-0.02, decade, decade, ha="right", va="center", color="0.35")
    # the texts stand evenly, however close the years are
    for place, year in zip(np.linspace(years[0], years[-1], len(years)), years):
        ax.plot([0.02, 0.05, 0.13, 0.15], [year, year, place, place], "0.6", lw=1)
        ax.text(0.16, place, year, va="center", weight="bold")
        ax.text(0.23, place, events[year], va="center")
    ax.set(xlim=(-0.09, 1.05), ylim=(years[-1] + 2, years[0] - 2))
    ax.set_axis_off()
    return ax
