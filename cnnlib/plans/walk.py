"""Go through a plan and count what it makes of an image."""

from math import prod
from typing import NamedTuple

from cnnlib._validate import checked_shape, complaint, entries, integer
from cnnlib.plans.branches import Auxiliary, Branches, one_window
from cnnlib.plans.entries import Entry
from cnnlib.shapes import receptive_field


class Step(NamedTuple):
    """What one entry of a plan makes of what comes in.

    Attributes:
        entry: the entry.
        output_shape: (H, W, C) or (D,), without N.
        parameters: its weights and biases.
        multiplications: for one image.
        receptive_field: pixels of the image that one value of the map looks at, as
            `shapes.receptive_field` counts them; None where there is no map.
        connections: each input of each output, biases included, for one image.
    """

    entry: Entry
    output_shape: tuple
    parameters: int
    multiplications: int
    receptive_field: int | tuple | None
    connections: int

    @property
    def activations(self):
        """Values that come out, for one image."""
        return prod(self.output_shape)


def walk(plan, input_shape):
    """Go through a plan and count.

    Args:
        plan: its entries, first to last.
        input_shape: shape of one image (H, W, C), or of one line of inputs (D,).
    Returns:
        A list of one `Step` an entry. Steps inside branches stand before the one that
        joins them; of an `Auxiliary` there are those inside alone.
    Raises:
        TypeError: if an entry is none of this package, or a size is not an int.
        ValueError: if a size is out of range, or an entry does not fit what comes in.
    """
    return _walk(plan, checked_shape("input_shape", input_shape), [], "plan")[0]


def _walk(plan, shape, windows, name):
    """Return the steps, the shape that leaves, and what slid on the way."""
    steps, start = [], len(windows)
    for number, entry in enumerate(entries(name, plan, "entries of cnnlib.plans")):
        place = f"{name}[{number}]"
        if not isinstance(entry, Entry):
            raise TypeError(complaint(place, "an entry of cnnlib.plans", repr(entry)))
        if isinstance(entry, Auxiliary):
            steps += _walk(entry.plan, shape, windows, f"{place}.plan")[0]
            continue
        ways = [
            _walk(branch, shape, windows, f"{place}.branches[{i}]")
            for i, branch in enumerate(getattr(entry, "branches", ()))
        ]
        for inside, _, _ in ways:
            steps += inside
        try:
            if isinstance(entry, Branches):
                count = entry.merge([out for _, out, _ in ways])
                slid = one_window([way for _, _, way in ways])
            else:
                count, slid = entry.count(shape), entry.windows()
            shape, *counts, connections = count
            windows = [*windows, *slid]
            field = receptive_field(windows) if len(shape) == 3 else None
        except (TypeError, ValueError) as error:
            raise type(error)(f"{entry.name or place}, {entry}: {error}") from None
        steps.append(Step(entry, shape, *counts, field, connections))
    return steps, shape, windows[start:]


def smallest_input(plan, channels, largest=512):
    """Return the side of the smallest square image that a plan takes.

    Args:
        plan: its entries, first to last.
        channels: of the image.
        largest: side at which to stop, in pixels.
    Returns:
        The side in pixels; None where no side up to `largest` fits.
    Raises:
        TypeError: if `channels` or `largest` is not an int.
        ValueError: if one of them is below 1.
    """
    channels = integer("channels", channels)
    for side in range(1, integer("largest", largest) + 1):
        try:
            walk(plan, (side, side, channels))
        except ValueError:
            continue
        return side
    return None
