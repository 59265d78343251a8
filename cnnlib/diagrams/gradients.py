"""Values forward, gradients back."""

import matplotlib.pyplot as plt
import numpy as np

from cnnlib.plots import kernel, matrix, positions, write_number


def there_and_back(values, gradients, names, steps):
    """Draw a computation from left to right, and below it the gradients, going back.

    Args:
        values: what stands at each edge of the graph, matrices or single numbers.
        gradients: the gradient of the last value for each of them, same shapes.
        names: one for each edge; that of the gradient has a ∂ before it.
        steps: what stands between an edge and the next, one text less than names;
            a step that is not "∗", "·" or "+" gets an arrow each way.
    Returns:
        Array of Axes, shape (2, edges).
    """
    rows = [[np.atleast_2d(v) + 0.0 for v in row] for row in (values, gradients)]
    widths = [value.shape[1] for value in rows[0]]
    gap = 0.25  # inches, for what stands between two edges
    cell = min(0.5, (7.4 - gap * len(widths)) / sum(widths))
    height = 2 * (cell * max(map(len, rows[0])) + 0.35)
    size = (cell * sum(widths) + gap * len(widths), height)
    fig, axes = plt.subplots(2, len(widths), figsize=size, width_ratios=widths)
    fig.get_layout_engine().set(wspace=gap * len(widths) / size[0])
    for i, name in enumerate(names):
        matrix(rows[0][i], axes[0, i], name)
        kernel(rows[1][i], axes[1, i], f"∂{name}")
    for text in (text for ax in axes.flat for text in ax.texts):
        text.set_fontsize(max(8, text.get_fontsize()))  # there is room for it here
    for i, step in enumerate(steps):
        operator = step in ("∗", "·", "+")
        _between(axes[0, i], step if operator else f"{step}\n→")
        _between(axes[1, i], "" if operator else "←")
    return axes


def _between(ax, text):
    """Write a text to the right of the Axes, halfway to the next."""
    ax.annotate(
        text,
        (1, 0.5),
        (13, 0),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=8 if "\n" in text else 11,
    )


def sliding(image, weights, values):
    """Draw an image once for each place of a kernel, whose weights lie on it.

    Args:
        image: shape (H, W).
        weights: the kernel as it lies, shape (KH, KW).
        values: the result, shape (H_out, W_out), written above each copy.
    Returns:
        Array of Axes, shape (H_out, W_out).
    """
    axes = positions(image, np.shape(weights), values)
    color_of = plt.get_cmap("gray")
    low, high = np.min(image), np.max(image)
    for (r, c), ax in np.ndenumerate(axes):
        for (i, j), weight in np.ndenumerate(weights):
            color = color_of((image[r + i, c + j] - low) / ((high - low) or 1))
            write_number(ax, (c + j, r + i), weight, color)
    return axes
