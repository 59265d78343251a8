"""The architecture explorer: what each layer of a net makes, holds and costs."""

from dataclasses import fields
from math import prod
from typing import NamedTuple

from cnnlib import plans
from cnnlib.explorers.arguments import named, setting
from cnnlib.explorers.listings import Listings
from cnnlib.explorers.parts import by

LIMITS = (1, 512)  # pixels of an input
MEASURES = {
    "parameters": "Parameters",
    "multiplications": "Multiplications",
    "activations": "Activations",
    "field": "Receptive field",
}
HEADS = ("Layer", "Output", *MEASURES.values())
# what makes a row; Flatten is walked through and makes none, and nothing else counts
ROWS = (
    plans.Conv2D,
    plans.MaxPooling2D,
    plans.AveragePooling2D,
    plans.Subsampling,
    plans.GlobalAveragePooling2D,
    plans.Dense,
    plans.RBF,
)


class Net(NamedTuple):
    """A net that can be chosen.

    Attributes:
        title: what the list says.
        plan: of `cnnlib.plans`.
        size: side of the images that it was made for, in pixels.
        channels: of these images.
    """

    title: str
    plan: tuple
    size: int
    channels: int


def _averaged(plan, num_classes=1000):
    """Put one mean a channel, and one dense layer, in place of the dense ones."""
    kinds = [type(entry) for entry in plan]
    base = plan[: kinds.index(plans.Flatten)]
    mean = plans.GlobalAveragePooling2D(name="mean")
    return (*base, mean, plans.Dense(num_classes, name="predictions"))


NETS = {
    "lenet-1998": Net("LeNet-5, 1998", plans.LENET5_1998, 32, 1),
    "lenet": Net("LeNet-5, modern", plans.lenet5(), 32, 1),
    "alexnet": Net("AlexNet, 2 groups", plans.alexnet(), 227, 3),
    "alexnet-ungrouped": Net("AlexNet, no groups", plans.alexnet(groups=1), 227, 3),
    **{f"vgg{n}": Net(f"VGG-{n}", plans.vgg(n), 224, 3) for n in (11, 13, 16, 19)},
    "vgg16-mean": Net("VGG-16, global mean", _averaged(plans.vgg(16)), 224, 3),
}


class Row(NamedTuple):
    """One line of the table: a name, a shape and what `MEASURES` says of it."""

    name: str
    shape: tuple
    parameters: int
    multiplications: int
    activations: int
    field: int | None


def rows(net, size):
    """Walk through a net; the image is the first row.

    Args:
        net: one of `NETS`.
        size: side of the image, in pixels.
    Returns:
        A list of `Row`.
    Raises:
        ValueError: if a layer runs out of pixels; it is named.
    """
    shape = (size, size, NETS[net].channels)
    steps = plans.walk(NETS[net].plan, shape)
    return [
        Row("image", shape, 0, 0, prod(shape), 1),
        *(
            Row(
                step.entry.name,
                step.output_shape,
                step.parameters,
                step.multiplications,
                step.activations,
                step.receptive_field,
            )
            for step in steps
            if isinstance(step.entry, ROWS)
        ),
    ]


def totals(table):
    """Add up the rows; of the receptive field the last, which is the largest."""
    sums = [sum(getattr(row, name) for row in table) for name in list(MEASURES)[:3]]
    return [*sums, [row.field for row in table if row.field][-1]]


class ArchitectureExplorer(Listings):
    """A net layer by layer, alone or beside another, for images of any size.

    Args:
        net: one of `NETS`.
        size: side of its images, 1 to 512 pixels; None for those it was made for.
        beside: another net beside it, or None.
        beside_size: side of that one's images; None for those it was made for.
        bars: which of `MEASURES` the bars show in the first view.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a name is unknown, or an image too small for its net.
    """

    kind = "architecture"
    title = "Architecture explorer"
    note = (
        "Multiplications are for one image. Activations: the values that come out. "
        "A receptive field is square; a dense layer sees all."
    )
    still = "This is the static table; other nets and sizes can be chosen"

    def __init__(
        self,
        net="vgg16",
        size=None,
        beside=None,
        beside_size=None,
        bars="parameters",
        name="architecture",
    ):
        super().__init__(name)
        self.bars = named("bars", bars, MEASURES)
        chosen = [(named("net", net, NETS), "size", size)]
        if beside is not None:
            other = named("beside", beside, NETS, "None or ")
            chosen.append((other, "beside_size", beside_size))
        self.shown = [
            (net, setting(what, NETS[net].size if side is None else side, LIMITS))
            for net, what, side in chosen
        ]
        self.tables = [rows(*each) for each in self.shown]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "nets": [
                [key, net.title, net.size, net.channels, _layers(net.plan)]
                for key, net in NETS.items()
            ],
            "measures": list(MEASURES.items()),
            "limits": LIMITS,
            "shown": self.shown,
            "bars": self.bars,
            "note": self.note,
        }

    def titles(self):
        """Return what stands above each table."""
        return [
            f"{NETS[net].title}, image {by(size, size, NETS[net].channels)}"
            for net, size in self.shown
        ]

    def listings(self):
        """Return (caption, heads, lines) of the table of each net."""
        return [
            (title, HEADS, _cells(table))
            for title, table in zip(self.titles(), self.tables)
        ]

    def draw(self, figure):
        """Draw the bars of one measure on a matplotlib figure, one panel a net."""
        most = max(_value(row, self.bars) for table in self.tables for row in table)
        figure.set_size_inches(6.5, 0.5 + sum(0.6 + 0.2 * len(t) for t in self.tables))
        axes = figure.subplots(
            len(self.tables),
            1,
            squeeze=False,
            height_ratios=list(map(len, self.tables)),
        )
        for ax, title, table in zip(axes.flat, self.titles(), self.tables):
            values = [_value(row, self.bars) for row in table]
            bars = ax.barh([f"{r.name}  {by(*r.shape)}" for r in table], values)
            ax.bar_label(bars, [f" {value:,}" for value in values])
            ax.set(xlim=(0, 1.3 * most), xticks=[])
            ax.set_title(f"{title}: {MEASURES[self.bars].lower()}", fontsize=10)
            ax.invert_yaxis()


def _value(row, measure):
    return getattr(row, measure) or 0


def _layers(plan):
    """Write entries as lists for JSON: kind, name, settings up to the last needed.

    A table of connections becomes the number of its ones, which is what counts.
    """
    layers = []
    for entry in plan:
        if not isinstance(entry, (*ROWS, plans.Flatten)):
            continue
        given = [f for f in fields(entry) if f.name != "name"]
        values = [getattr(entry, f.name) for f in given]
        while values and values[-1] == given[len(values) - 1].default:
            values.pop()
        for i, f in enumerate(given[: len(values)]):
            if f.name == "connections" and values[i]:
                values[i] = sum(map(sum, values[i]))
        layers.append([type(entry).__name__, entry.name, *values])
    return layers


def _cells(table):
    """Write the rows and their total as texts."""
    lines = [[row.name, by(*row.shape), *(row[2:])] for row in table]
    lines.append(["Total", "", *totals(table)])
    return [
        [name, shape, *("all" if n is None else f"{n:,}" for n in numbers)]
        for name, shape, *numbers in lines
    ]
