"""A kernel that slides along one axis, two or three."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Polygon

from cnnlib.plots import WIDTH, WINDOW_COLOR

CELL = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])  # its corners
DEPTH = np.array([0.45, 0.3])  # where the next frame lies, as seen from the first


def sliding_axes(size=6, kernel_size=3):
    """Draw how the kernels of Conv1D, Conv2D and Conv3D move: one arrow an axis.

    Args:
        size: cells along each axis of the input.
        kernel_size: cells along each axis of the kernel.
    Returns:
        Array of three Axes.
    """
    _, axes = plt.subplots(
        1, 3, figsize=(WIDTH, 2.2), width_ratios=[1, 1, 1.45], layout="constrained"
    )
    names = ["time"], ["columns", "rows"], ["columns", "rows", "frames"]
    for ax, rank in zip(axes, (1, 2, 3)):
        height = 1 if rank == 1 else size
        frames = range(size if rank == 3 else 1)
        for frame in reversed(frames):
            inside = frame < kernel_size
            _sheet(ax, frame, size, height, kernel_size if inside else 0)
        for axis, name in enumerate(names[rank - 1]):
            _arrow(ax, axis, name, size, height)
        ax.set_title(f"Conv{rank}D")
        wide = size + 1.3 * size * DEPTH[0] * (rank == 3)
        low = -1.3 * size * DEPTH[1] * (rank == 3)
        ax.set(xlim=(-1.4, wide + 0.3), ylim=(size + 1.4, low - 0.2), aspect="equal")
        ax.set_axis_off()
    return axes


def _sheet(ax, frame, size, height, window):
    """Draw the cells of one frame, those under the window in its color."""
    shift = frame * DEPTH * [1, -1]
    for row, column in np.ndindex(height, size):
        under = row < window and column < window
        corners = np.add(CELL, (column, row)) + shift
        color = WINDOW_COLOR if under else "white"
        ax.add_patch(Polygon(corners, facecolor=color, edgecolor="0.5", linewidth=0.6))


def _arrow(ax, axis, name, size, height):
    """Draw the arrow of one axis beside the cells, with its name."""
    starts = [(0, height + 0.5), (-0.5, 0), (size + 0.4, height)]
    ends = [(size, height + 0.5), (-0.5, height), None]
    start = np.array(starts[axis], float)
    end = start + (size - 1) * DEPTH * [1, -1] if axis == 2 else np.array(ends[axis])
    style = {"arrowstyle": "->", "color": WINDOW_COLOR, "linewidth": 1.5}
    ax.annotate("", end, start, arrowprops=style)
    middle = (start + end) / 2
    places = [
        {"xytext": (0, -4), "ha": "center", "va": "top"},
        {"xytext": (-4, 0), "ha": "right", "va": "center", "rotation": 90},
        {"xytext": (6, -2), "ha": "left", "va": "top"},
    ]
    ax.annotate(name, middle, textcoords="offset points", fontsize=9, **places[axis])
