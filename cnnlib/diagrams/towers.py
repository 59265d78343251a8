"""A network on several GPUs: who holds which maps, and where they talk."""

import matplotlib.pyplot as plt

from cnnlib import plans
from cnnlib._validate import complaint
from cnnlib.plots import WIDTH, WINDOW_COLOR

ROW = 0.52  # inches from layer to layer
WEIGHTED = plans.Conv2D, plans.Dense


def towers(plan, input_shape):
    """Draw a plan as towers, one a group, from the image above to the classes below.

    A line is what a half reads: its own tower, or, where the layer has no groups, all
    of them. The first layer reads the image and the last one reads all, once.

    Args:
        plan: of `cnnlib.plans`, with at least two layers that have weights.
        input_shape: shape of one image (H, W, C).
    Returns:
        The Axes.
    Raises:
        TypeError: as `plans.walk`.
        ValueError: as `plans.walk`; if no convolution has groups, or they differ.
    """
    steps = plans.walk(plan, input_shape)
    layers = [step for step in steps if isinstance(step.entry, WEIGHTED)]
    cut = {step.entry.groups for step in layers if hasattr(step.entry, "groups")} - {1}
    if len(cut) != 1:
        expected = "convolutions with groups, all with the same number"
        raise ValueError(complaint("plan", expected, sorted(cut) or "none"))
    (count,) = cut
    places = [(tower + 0.5) / count for tower in range(count)]
    _, ax = plt.subplots(figsize=(WIDTH, ROW * (len(layers) + 1)))
    _box(ax, 0.5, 0, f"image  {_by(input_shape)}", 1)
    above, last = [0.5], len(layers)
    for depth, step in enumerate(layers, 1):
        here = [0.5] if depth == last else places
        for x in here:
            own = getattr(step.entry, "groups", 1) > 1
            for start in [x] if own else above:
                crosses = len(above) > 1 and start != x and depth != last
                color = WINDOW_COLOR if crosses else "0.5"
                ends = [start, x], [depth - 1, depth]
                ax.plot(*ends, color=color, lw=1.6, zorder=0)
            *size, channels = step.output_shape
            shape = _by((*size, channels // len(here)))
            _box(ax, x, depth, f"{step.entry.name}  {shape}", len(here))
        above = here
    for depth, name in _between(steps):
        beside = places[0] - 0.015
        ax.text(beside, depth - 0.5, name, ha="right", va="center", color="0.35")
    ax.set(xlim=(0, 1), ylim=(last + 0.45, -0.45))
    ax.set_axis_off()
    return ax


def _between(steps):
    """Yield (depth, name) of the pools, each under the layer of that depth."""
    depth = 0
    for step in steps:
        depth += isinstance(step.entry, WEIGHTED)
        if isinstance(step.entry, plans.MaxPooling2D):
            yield depth + 1, step.entry.name


def _by(shape):
    return "×".join(map(str, shape))


def _box(ax, x, depth, text, count):
    face = "white" if count > 1 else "0.93"
    box = {"boxstyle": "round,pad=0.3", "facecolor": face, "edgecolor": "0.4"}
    ax.text(x, depth, text, ha="center", va="center", bbox=box)
