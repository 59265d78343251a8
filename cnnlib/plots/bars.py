"""Bars of what each layer of a network costs."""

import matplotlib.pyplot as plt
import numpy as np

from cnnlib._validate import complaint, entries, finite, numeric
from cnnlib.plots.matrices import WIDTH


def layer_bars(names, costs):
    """Draw one row of bars a layer, the first layer on top, each cost by itself.

    Args:
        names: what the layers are called, a list.
        costs: {what it is: one number a layer, at least 0}; each gets Axes of its own,
            all of them with the same rows, and each bar its share of the sum.
    Returns:
        Array of Axes, one for each cost.
    Raises:
        TypeError: if `costs` is not a dict, or does not hold numbers.
        ValueError: if there is no cost, or not one number of at least 0 a layer.
    """
    names = entries("names", names, "a list of names")
    if not isinstance(costs, dict):
        raise TypeError(complaint("costs", "{what it is: numbers}", repr(costs)))
    if not costs:
        raise ValueError(complaint("costs", "at least one cost", "none"))
    costs = {what: _column(what, values, len(names)) for what, values in costs.items()}
    _, axes = plt.subplots(
        1,
        len(costs),
        sharey=True,
        squeeze=False,
        figsize=(WIDTH, 0.24 * len(names) + 0.6),
    )
    for i, (ax, (what, values)) in enumerate(zip(axes[0], costs.items())):
        total = values.sum() or 1
        bars = ax.barh(np.arange(len(names)), values / total, color=f"C{i}")
        ax.bar_label(bars, [_share(v / total) for v in values], padding=2, fontsize=9)
        ax.set(
            title=f"{what}\n{total:,.0f}",
            xticks=[],
            xlim=(0, 1.35 * max(values.max() / total, 0.01)),
        )
        ax.spines.bottom.set_visible(False)
        ax.tick_params(length=0)
    axes[0, 0].set_yticks(np.arange(len(names)), names, fontsize=9)
    axes[0, 0].set_ylim(len(names) - 0.4, -0.6)  # the first on top
    return axes[0]


def _column(what, values, count):
    values = finite(what, numeric(what, values, "layers")).astype(float)
    if len(values) != count or values.min() < 0:
        expected = f"{count} numbers of at least 0, one a layer"
        raise ValueError(complaint(f"costs[{what!r}]", expected, values.tolist()))
    return values


def _share(part):
    """Write a share in percent; what is more than nothing is never 0%."""
    if 0 < part < 0.001:
        return "<0.1%"
    return f"{100 * part:.1f}%" if part else "0"
