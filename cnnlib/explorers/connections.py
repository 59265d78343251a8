"""The connections explorer: a table that says which filter sees which channel."""

from collections import Counter
from math import prod

import numpy as np

from cnnlib import plans
from cnnlib._validate import complaint, pair
from cnnlib.explorers.arguments import within
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Part, Sum, by
from cnnlib.explorers.tables import thousands

# what a phone still shows well
LIMITS = {"channels": (1, 8), "filters": (1, 16), "side": (1, 999)}


class ConnectionsExplorer(Explorer):
    """Connect filters of a convolution with channels, and count what that costs.

    Args:
        table: 0 or 1 for each channel (row) and filter (column), shape (C, F), with
            C up to 8 and F up to 16: `plans.C3`, or what `plans.group_table` makes.
        kernel_size: pixels of a kernel, an int or (height, width), each up to 999.
        output_size: pixels of one output map, likewise.
        names: what a channel and what a filter is called, as ("S2 map", "C3 map").
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a shape does not fit, or a value is out of range.
    Source: LeCun et al. (1998), table I; groups as in Krizhevsky et al. (2012).
    """

    kind = "connections"
    title = "Connections explorer"

    def __init__(
        self,
        table=plans.C3,
        kernel_size=5,
        output_size=10,
        names=("channel", "filter"),
        name="connections",
    ):
        super().__init__(name)
        self.table = within("table", table, "C, F", (0, 1))
        limits = LIMITS["channels"], LIMITS["filters"]
        if any(n > most for n, (_, most) in zip(self.table.shape, limits)):
            expected = "at most {} channels and {} filters".format(
                *(most for _, most in limits)
            )
            raise ValueError(complaint("table", expected, f"shape {self.table.shape}"))
        if (fractions := self.table[self.table % 1 != 0]).size:
            raise ValueError(complaint("table", "0 or 1 in each cell", fractions[0]))
        self.table = self.table.astype(int)
        self.kernel_size = _sides("kernel_size", kernel_size)
        self.output_size = _sides("output_size", output_size)
        if not isinstance(names, tuple | list) or not all(
            isinstance(noun, str) and noun for noun in names
        ):
            raise TypeError(complaint("names", "two nouns", repr(names)))
        if len(names) != 2:
            raise ValueError(complaint("names", "two nouns", repr(names)))
        self.names = tuple(names)

    def presets(self):
        """Return (key, text, table) of the tables to choose from.

        Groups that do not divide the filters are as equal as can be. The given table
        comes first, if it is none of the others.
        """
        channels, filters = shape = self.table.shape
        found = [("full", "Full", np.ones(shape, int).tolist())]
        for groups in range(2, min(shape) + 1):
            if channels % groups == 0:
                text = f"{groups} groups"
                if groups == channels:
                    text = f"One {self.names[0]} each"
                found.append((str(groups), text, _blocks(channels, filters, groups)))
        if shape == np.shape(plans.C3):
            found.insert(0, ("c3", "C3 of LeNet-5", np.array(plans.C3).tolist()))
        if self._start(found) is None:
            found.insert(0, ("given", "As given", self.table.tolist()))
        return found

    def _start(self, presets):
        """Return the key of the first preset that is the given table, or None."""
        same = (key for key, _, table in presets if table == self.table.tolist())
        return next(same, None)

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "names": self.names,
            "kernel": self.kernel_size,
            "size": self.output_size,
            "presets": self.presets(),
            "start": self._start(self.presets()),
        }

    def parts(self):
        """Return the table, its first column framed."""
        noun, other = self.names
        return (
            Part(
                "connections",
                f"Rows: {noun}s. Columns: {other}s",
                self.table,
                lambda row, column: {"class": "on"} if self.table[row, column] else {},
                (0, 0, len(self.table), 1),
                counted=True,
            ),
        )

    def reading(self):
        """Return what the first filter sees, and its parameters."""
        noun, other = self.names
        seen = np.flatnonzero(self.table[:, 0])
        sides = "·".join(map(str, self.kernel_size))
        which = ", ".join(map(str, seen)) or "none"
        lines = (
            (f"{other} 0", f"sees {noun}{'' if len(seen) == 1 else 's'} {which}"),
            ("it has", f"{len(seen)}·{sides} + 1"),
        )
        total = len(seen) * prod(self.kernel_size) + 1
        return Sum(lines, "=", total, "parameters")

    def facts(self):
        """Return (name, arithmetic) of pairs, weights, parameters and connections."""
        channels, filters = self.table.shape
        seen = self.table.sum(axis=0)
        pairs, every = int(seen.sum()), channels * filters
        counts = sorted(Counter(seen.tolist()).items())
        terms = " + ".join(f"{times}·{n}" for n, times in counts)
        weights = pairs * prod(self.kernel_size)
        parameters = weights + filters
        sides, size = (
            "·".join(map(str, pixels))
            for pixels in (self.kernel_size, self.output_size)
        )
        connections = parameters * prod(self.output_size)
        return (
            ("Pairs", f"{terms} = {pairs} of {every}"),
            ("Weights", f"{pairs}·{sides} = {thousands(weights)}"),
            (
                "Parameters",
                f"{thousands(weights)} + {filters} biases = {thousands(parameters)}",
            ),
            (
                "Connections",
                f"{thousands(parameters)}·{size} = {thousands(connections)}",
            ),
            ("As groups", _as_groups(self.table)),
        )


def _sides(name, value):
    """Return (height, width) in pixels, within the limits."""
    sides, most = pair(name, value), LIMITS["side"][1]
    if max(sides) > most:
        raise ValueError(complaint(name, f"at most {most} pixels", repr(value)))
    return sides


def _blocks(channels, filters, groups):
    """Return the table of groups, as lists; with filters as equal as can be."""
    one_each = plans.group_table(channels, groups, groups)
    return [[row[f * groups // filters] for f in range(filters)] for row in one_each]


def _as_groups(table):
    """Say which `groups=` of a layer makes the table, if any does."""
    channels, filters = table.shape
    for groups in range(1, channels + 1):
        if channels % groups or filters % groups:
            continue
        if np.array_equal(table, plans.group_table(channels, filters, groups)):
            size = by(channels // groups, filters // groups)
            blocks = "one block" if groups == 1 else f"{groups} blocks"
            return f"groups={groups}: {blocks} of {size}"
    return "none: these are not equal blocks"
