"""Values forward, gradients back."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from cnnlib._validate import complaint, floats, numeric, shaped
from cnnlib.plots import kernel, matrix, number, numbers, positions, write_number
from cnnlib.plots.arguments import labels

OPERATORS = ("∗", "×", "+")


def there_and_back(values, gradients, names, steps):
    """Draw a computation downward, and to its right the gradients, going back up.

    Args:
        values: what stands at each edge of the graph, matrices or single numbers.
        gradients: the gradient of the last value for each of them, same shapes.
        names: one for each edge; that of the gradient has a ∂ before it.
        steps: what stands between an edge and the next, one text less than names;
            what "∗", "×" or "+" join are the inputs of one step: the gradient goes
            back to each of them.
    Returns:
        Array of Axes, shape (edges, 2).
    Raises:
        TypeError: if a value or gradient does not hold real numbers.
        ValueError: if there is not one of each an edge, or shapes differ.
    """
    count = len(names)
    values = [_matrix("values", v) for v in labels("values", values, count)]
    gradients = [_matrix("gradients", v) for v in labels("gradients", gradients, count)]
    steps = labels("steps", steps, count - 1)
    for i, (value, gradient) in enumerate(zip(values, gradients)):
        shaped(f"gradients[{i}]", gradient, value.shape, float)
    edges = list(zip(values, gradients))
    longest = max(
        len(text) for pair in edges for array in pair for text in numbers(array)
    )
    wide, high, gap = 0.1 + 0.075 * max(longest, 3), 0.27, 0.28  # inches
    column = gap + wide * max(value.shape[1] for value, _ in edges)
    height = sum(high * len(value) + gap for value, _ in edges)
    fig = plt.figure(figsize=(2 * column + 3 * gap, height))
    fig.set_layout_engine("none")
    axes = np.empty((len(edges), 2), object)
    top = height - gap / 2
    for i, (pair, name) in enumerate(zip(edges, names)):
        top -= high * len(pair[0])
        for j, draw in enumerate((matrix, kernel)):
            rows, columns = pair[j].shape
            left = gap + j * (column + gap)
            box = np.array([left, top, wide * columns, high * rows])
            axes[i, j] = fig.add_axes(box / np.tile(fig.get_size_inches(), 2))
            draw(pair[j], axes[i, j]).set_aspect("auto")
            axes[i, j].set_ylabel("∂" * j + name, rotation=0, ha="right", va="center")
        top -= gap
    inputs = []
    for (there, back), (_, result), step in zip(axes, axes[1:], steps):
        inputs.append(back)
        if step in OPERATORS:
            _below(there, step)
            continue
        _below(there, f"↓ {step}")
        if len(inputs) == 1:
            _below(back, "↑")
        else:
            _back_to_each(fig, result, inputs)
        inputs = []
    return axes


def _matrix(name, values):
    matrix = np.atleast_2d(numeric(name, values)) + 0.0
    if matrix.ndim != 2:
        expected = "matrices or single numbers"
        raise ValueError(complaint(name, expected, f"shape {matrix.shape}"))
    return matrix


def _back_to_each(fig, result, inputs):
    """Draw one line up along the right side, with an arrow to each input."""
    boxes = [ax.get_position() for ax in (*inputs, result)]
    gap = 0.12 / fig.get_figwidth()
    right = max(box.x1 for box in boxes) + 2 * gap
    middles = [(box.y0 + box.y1) / 2 for box in boxes]
    style = {"color": "0.4", "lw": 1.5, "transform": fig.transFigure, "figure": fig}
    fig.add_artist(
        Line2D(
            [boxes[-1].x1 + gap / 2, right, right],
            [middles[-1]] * 2 + [middles[0]],
            **style,
        )
    )
    for box, middle in zip(boxes[:-1], middles):
        arrow = FancyArrowPatch(
            (right, middle),
            (box.x1 + gap / 4, middle),
            arrowstyle="->",
            mutation_scale=10,
            shrinkA=0,
            shrinkB=0,
            **style,
        )
        fig.add_artist(arrow)


def _below(ax, text):
    """Write a text under the first column of the Axes, halfway to the next."""
    ax.annotate(
        text,
        (0, 0),
        (6, -11),
        xycoords="axes fraction",
        textcoords="offset points",
        va="center",
    )


def sliding(image, weights, values):
    """Draw an image once for each place of a kernel, whose weights lie on it.

    Args:
        image: shape (H, W).
        weights: the kernel as it lies, shape (KH, KW).
        values: the result, shape (H_out, W_out), written above each copy.
    Returns:
        Array of Axes, shape (H_out, W_out).
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if shapes do not fit each other.
    """
    image = floats("image", image, "H, W")
    weights = numeric("weights", weights, "KH, KW")
    axes = positions(image, weights.shape, values)
    color_of = plt.get_cmap("gray")
    low, high = np.min(image), np.max(image)
    for (r, c), ax in np.ndenumerate(axes):
        for (i, j), weight in np.ndenumerate(weights):
            color = color_of((image[r + i, c + j] - low) / ((high - low) or 1))
            write_number(ax, (c + j, r + i), number(weight), color)
    return axes
