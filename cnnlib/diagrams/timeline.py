"""Years to scale."""

import matplotlib.pyplot as plt
import numpy as np

from cnnlib.plots import WINDOW_COLOR


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
