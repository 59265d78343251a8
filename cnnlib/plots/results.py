"""What training gave: curves over the epochs, and which class was taken for which."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from cnnlib._validate import complaint, entries, finite, numeric
from cnnlib.plots.arguments import color_map, labels
from cnnlib.plots.matrices import LINE_COLOR, WIDTH, write_number

MOST_NUMBERS = 12  # classes whose counts can be read in cells of WIDTH / 12


def history(histories, metric="accuracy", ax=None, label=None):
    """Draw a metric over the epochs: training dashed, validation solid.

    Several histories are several seeds: a line for their mean, and a band from the
    lowest to the highest.

    Args:
        histories: {name of a metric: one number an epoch}, as training returns it, or
            a list of them, all of as many epochs.
        metric: "accuracy", shown in percent, or "loss"; the validation is what
            `histories` holds under this name behind `val_`.
        ax: Axes to draw on, or None for a new figure; a second call on the same Axes
            takes the next color.
        label: what was trained, for the legend, or None.
    Returns:
        The Axes.
    Raises:
        TypeError: if a history is no dict of numbers.
        ValueError: if no history is given, one lacks the metric, or they differ in
            their number of epochs.
    """
    if isinstance(histories, dict):
        histories = [histories]
    histories = entries("histories", histories, "a history, or a list of them")
    drawn = {
        f"{'val_' * validation}{metric}": (kind, style)
        for validation, kind, style in [(0, "training", "--"), (1, "validation", "-")]
    }
    found = {name: _runs(name, histories) for name in drawn}
    if all(runs is None for runs in found.values()):
        raise ValueError(complaint("histories", f"some with {metric!r}", "none"))
    ax = plt.subplots()[1] if ax is None else ax
    color = ax._get_lines.get_next_color()
    for name, (kind, style) in drawn.items():
        if (runs := found[name]) is None:
            continue
        runs = 100 * runs if metric == "accuracy" else runs
        epochs = np.arange(1, runs.shape[1] + 1)
        words = f"{label}, {kind}" if label else kind
        ax.plot(epochs, runs.mean(axis=0), style, color=color, label=words)
        if len(runs) > 1:
            band = {"color": color, "alpha": 0.15, "linewidth": 0}
            ax.fill_between(epochs, runs.min(axis=0), runs.max(axis=0), **band)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(xlabel="epoch", ylabel="accuracy (%)" if metric == "accuracy" else metric)
    ax.legend()
    return ax


def _runs(name, histories):
    """Return a metric of all histories, shape (seeds, epochs), or None without it."""
    for each in histories:
        if not isinstance(each, dict):
            raise TypeError(complaint("histories", "{name: numbers}", repr(each)))
    have = [name in each for each in histories]
    if not any(have):
        return None
    if not all(have):
        raise ValueError(complaint("histories", f"{name!r} in all", "not in all"))
    return numeric(
        f"{name} of histories", [h[name] for h in histories], "seeds, epochs"
    )


def confusion_matrix(counts, names=None, ax=None, title=None, cmap="Blues"):
    """Draw which class was taken for which: a row a class, a column an answer.

    A cell is as dark as its part of the row. Up to 12 classes the counts are written
    in the cells; a zero is left out.

    Args:
        counts: shape (C, C), rows the right class, columns the predicted one.
        names: names of the C classes, or None: their numbers.
        ax: Axes to draw on, or None for a new figure.
        title: text above, or None.
        cmap: color map.
    Returns:
        The Axes.
    Raises:
        TypeError: if `counts` are no numbers, or `cmap` is of the wrong kind.
        ValueError: if `counts` are not square or negative, or there is not one name a
            class.
    """
    counts = finite("counts", numeric("counts", counts, "C, C"))
    classes = len(counts)
    if counts.shape != (classes, classes) or counts.min() < 0:
        received = f"shape {counts.shape}, lowest {counts.min()}"
        raise ValueError(complaint("counts", "counts of shape (C, C)", received))
    names = range(classes) if names is None else labels("names", names, classes)
    if ax is None:
        _, ax = plt.subplots(figsize=(WIDTH, WIDTH))
    parts = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    drawn = ax.imshow(parts, cmap=color_map(cmap), vmin=0, vmax=1)
    if classes <= MOST_NUMBERS:
        for (row, column), count in np.ndenumerate(counts):
            color = drawn.cmap(drawn.norm(parts[row, column]))
            if count:
                write_number(ax, (column, row), f"{count:g}", color)
        words = [str(name) for name in names]
        turned = 90 if max(map(len, words)) > 3 else 0
        ax.set_xticks(range(classes), words, rotation=turned)
        ax.set_yticks(range(classes), words)
    ax.tick_params(length=0)
    ax.spines[:].set(visible=True, color=LINE_COLOR)
    ax.set(xlabel="predicted class", ylabel="right class")
    if title:
        ax.set_title(title)
    return ax
