"""Entries that hold plans: several ways side by side, or an output on the side."""

from dataclasses import dataclass
from math import prod

from cnnlib._validate import complaint
from cnnlib.plans.entries import Count, Entry
from cnnlib.shapes import receptive_field


@dataclass(frozen=True, repr=False)
class Branches(Entry):
    """What `Add` and `Concatenate` share: plans that get the same input.

    Attributes:
        branches: a tuple of plans; an empty plan hands the input on as it is.
    """

    branches: tuple

    def merge(self, shapes):
        """Return a `Count` for the shapes that leave the branches, without N.

        Raises:
            ValueError: if the shapes do not fit each other.
        """
        raise NotImplementedError

    def _sizes_agree(self, shapes, axes, expected):
        """Refuse fewer than two branches, and shapes that differ along the axes."""
        if len(shapes) < 2:
            raise ValueError(complaint("branches", "at least two plans", len(shapes)))
        if len({shape[axes] for shape in shapes}) > 1:
            raise ValueError(complaint("branches", expected, shapes))


@dataclass(frozen=True, repr=False)
class Add(Branches):
    """The sum of what leaves the branches, value by value.

    Source: He et al. (2016), arXiv:1512.03385, equation 1.
    """

    def merge(self, shapes):
        """Several (H, W, C) -> (H, W, C)."""
        self._sizes_agree(shapes, slice(None), "one shape out of all of them")
        return Count(shapes[0])


@dataclass(frozen=True, repr=False)
class Concatenate(Branches):
    """The channels of all branches, one branch behind the other.

    Source: Szegedy et al. (2015), arXiv:1409.4842, figure 2.
    """

    def merge(self, shapes):
        """Several (H, W, C) -> (H, W, sum of all C)."""
        self._sizes_agree(shapes, slice(-1), "one height and width out of all of them")
        return Count((*shapes[0][:-1], sum(shape[-1] for shape in shapes)))


@dataclass(frozen=True, repr=False)
class Auxiliary(Entry):
    """An output on the side; what comes in goes on as it is.

    Attributes:
        plan: from here to that output.

    Source: Szegedy et al. (2015), arXiv:1409.4842, section 5.
    """

    plan: tuple


def one_window(windows):
    """Put what slides in each branch into one window.

    Args:
        windows: a list of (size, strides) for each branch.
    Returns:
        [(size, strides)] of a window that looks at what all of them look at, and
        steps as they do; [] where nothing slides.
    Raises:
        ValueError: if the branches step differently.
    """
    if not any(windows):
        return []
    steps = {_steps(way) for way in windows}
    if len(steps) > 1:
        expected = "the same strides in all of them"
        raise ValueError(complaint("branches", expected, sorted(steps)))
    sides = [receptive_field(way) for way in windows]
    if all(isinstance(side, int) for side in sides):
        return [(max(sides), steps.pop()[0])]
    pairs = [(side, side) if isinstance(side, int) else side for side in sides]
    return [(tuple(map(max, zip(*pairs))), steps.pop())]


def _steps(windows):
    """Multiply the strides along each axis."""
    strides = [s if isinstance(s, tuple) else (s, s) for _, s in windows]
    return tuple(prod(axis) for axis in zip((1, 1), *strides))
