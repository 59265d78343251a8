"""Pictures in rows, in the style of the course."""

from importlib.resources import as_file, files

import matplotlib.pyplot as plt

from cnnlib._validate import complaint, entries, integer
from cnnlib.plots.arguments import color_map, ends, labels, picture
from cnnlib.plots.matrices import LINE_COLOR, WIDTH
from cnnlib.plots.svg import bring_svg


def use_style():
    """Switch matplotlib to the style of the course."""
    with as_file(files("cnnlib") / "lecture.mplstyle") as path:
        plt.style.use(path)
    bring_svg()


def images(arrays, titles=None, cmap="gray", limits=None, scale=None, columns=None):
    """Show pictures in rows.

    Args:
        arrays: images, each of shape (H, W), or (H, W, 3) in true color.
        titles: one title per image, or None.
        cmap: color map of the gray images.
        limits: (lowest, highest) value for all, or None: each image by its own.
        scale: text beside the color bar of all, as "response"; None draws no bar.
        columns: pictures per row, or None: all in one row.
    Returns:
        Array of Axes, one per image.
    Raises:
        TypeError: if an image does not hold real numbers, or another argument is of
            the wrong kind.
        ValueError: if there is no image, one is of another shape, there is not one
            title for each, or another argument is out of range.
    """
    arrays = entries("arrays", arrays, "a list of images")
    if not arrays:
        raise ValueError(complaint("arrays", "at least one image", "none"))
    arrays = [picture(f"arrays[{i}]", image) for i, image in enumerate(arrays)]
    titles = None if titles is None else labels("titles", titles, len(arrays))
    cmap = color_map(cmap)
    if scale and limits is None:
        raise ValueError(complaint("limits", "limits, which the scale shows", "None"))
    vmin, vmax = (None, None) if limits is None else ends("limits", limits)
    columns = len(arrays) if columns is None else integer("columns", columns)
    rows = -(-len(arrays) // columns)
    height, width = arrays[0].shape[:2]
    cell = (WIDTH - (0.9 if scale else 0)) / columns
    size = (WIDTH, rows * (cell * height / width + (0.35 if titles else 0.1)))
    fig, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    axes = axes.ravel()
    for ax in axes[len(arrays) :]:
        ax.set_axis_off()
    for i, (ax, image) in enumerate(zip(axes, arrays, strict=False)):
        drawn = ax.imshow(image, cmap=cmap, vmin=vmin, vmax=vmax)
        if titles:
            ax.set_title(titles[i])
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color=LINE_COLOR)
    if scale:
        fig.colorbar(drawn, ax=axes, shrink=0.8, label=scale).outline.set_visible(False)
    return axes[: len(arrays)]
