"""Networks as plans: which layers follow each other, without weights or a framework.

A plan is a tuple of entries. An entry has the name of a layer and its settings, as in
`cnnlib.layers` and in Keras; `cnnlib.layers.from_plan` makes the layers of a plan, and
`walk` counts what a plan makes of an image.
"""

from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from cnnlib import shapes
from cnnlib._validate import checked_shape, complaint, entries, fraction


@dataclass(frozen=True)
class Entry:
    """What all entries share; this one changes no shape and has no weights."""

    def count(self, shape):
        """Return (output shape, parameters, multiplications) for a shape without N.

        Raises:
            ValueError: if the entry does not fit the shape.
        """
        return shape, 0, 0

    def windows(self):
        """Return ((size, strides),) of what slides over a map, else ()."""
        return ()


@dataclass(frozen=True)
class Conv2D(Entry):
    """Kernels that slide over all channels of a map."""

    filters: int
    kernel_size: int | tuple
    strides: int | tuple = 1
    padding: int | str = 0

    def count(self, shape):
        """(H, W, C) -> (H_out, W_out, filters)."""
        *size, channels = _map(shape)
        size = shapes.output_size(size, self.kernel_size, self.strides, self.padding)
        weights = self.kernel_size, channels, self.filters
        return (
            (*size, self.filters),
            shapes.conv_parameters(*weights),
            shapes.conv_multiplications(size, *weights),
        )

    def windows(self):
        """Return its kernel size and strides."""
        return ((self.kernel_size, self.strides),)


@dataclass(frozen=True)
class _Pooling2D(Entry):
    pool_size: int | tuple = 2
    strides: int | tuple | None = None  # None: as far as the window is wide

    def count(self, shape):
        """(H, W, C) -> (H_out, W_out, C)."""
        *size, channels = _map(shape)
        return (*shapes.output_size(size, *self.windows()[0]), channels), 0, 0

    def windows(self):
        """Return its window's size and strides."""
        strides = self.pool_size if self.strides is None else self.strides
        return ((self.pool_size, strides),)


class MaxPooling2D(_Pooling2D):
    """The largest value of each window, channel by channel."""


class AveragePooling2D(_Pooling2D):
    """The mean of each window, channel by channel."""


@dataclass(frozen=True)
class Dense(Entry):
    """Units that get every input."""

    units: int

    def count(self, shape):
        """(D,) -> (units,)."""
        if len(shape) != 1:
            expected = "shape (D,), as Flatten() makes it"
            raise ValueError(complaint("input", expected, shape))
        weights = 1, *shape, self.units  # a unit is a kernel on a map of one pixel
        return (
            (self.units,),
            shapes.conv_parameters(*weights),
            shapes.conv_multiplications(1, *weights),
        )


@dataclass(frozen=True)
class Flatten(Entry):
    """All values in one line."""

    def count(self, shape):
        """(H, W, C) -> (H * W * C,)."""
        return (prod(shape),), 0, 0


@dataclass(frozen=True)
class Dropout(Entry):
    """In training, each value is dropped with probability `rate`."""

    rate: float

    def count(self, shape):
        """(...) -> (...)."""
        fraction("rate", self.rate)
        return shape, 0, 0


@dataclass(frozen=True)
class ReLU(Entry):
    """Negative values become zero."""


LENET = (
    Conv2D(6, 5),
    ReLU(),
    MaxPooling2D(2),
    Conv2D(16, 5),
    ReLU(),
    MaxPooling2D(2),
    Flatten(),
    Dense(120),
    ReLU(),
    Dense(84),
    ReLU(),
    Dense(10),
)
"""LeNet as it is built today, for images of 28 x 28 x 1.

The network of LeCun et al. (1998), section II-B, averages where this one pools, with a
weight and a bias a map, bends with tanh, and leaves out some connections between its
maps.
"""


class Step(NamedTuple):
    """What one entry of a plan makes of what comes in.

    Attributes:
        entry: the entry.
        output_shape: (H, W, C) or (D,), without N.
        parameters: its weights and biases.
        multiplications: for one image.
        receptive_field: pixels of the image that one value of the map looks at, as
            `shapes.receptive_field` counts them; None where there is no map.
    """

    entry: Entry
    output_shape: tuple
    parameters: int
    multiplications: int
    receptive_field: int | tuple | None


def walk(plan, input_shape):
    """Go through a plan and count.

    Args:
        plan: its entries, first to last.
        input_shape: shape of one image (H, W, C), or of one line of inputs (D,).
    Returns:
        A list of one `Step` an entry.
    Raises:
        TypeError: if an entry is none of this module, or a size is not an int.
        ValueError: if a size is out of range, or an entry does not fit what comes in.
    """
    shape = checked_shape("input_shape", input_shape)
    steps, windows = [], []
    for number, entry in enumerate(entries("plan", plan, "entries of cnnlib.plans")):
        name = f"plan[{number}]"
        if not isinstance(entry, Entry):
            raise TypeError(complaint(name, "an entry of cnnlib.plans", repr(entry)))
        try:
            shape, *counts = entry.count(shape)
            windows += entry.windows()
            field = shapes.receptive_field(windows) if len(shape) == 3 else None
        except (TypeError, ValueError) as error:
            raise type(error)(f"{name}, {entry}: {error}") from None
        steps.append(Step(entry, shape, *counts, field))
    return steps


def _map(shape):
    if len(shape) != 3:
        raise ValueError(complaint("input", "shape (H, W, C)", shape))
    return shape
