"""The frozen explorer: which blocks of a net train, and which weights then move."""

from typing import NamedTuple

from cnnlib import plans
from cnnlib._validate import complaint, entries, flag
from cnnlib.explorers.arguments import named
from cnnlib.explorers.listings import Listings
from cnnlib.explorers.parts import by
from cnnlib.explorers.tables import thousands
from cnnlib.transfer.small import FILTERS

MEAN = plans.GlobalAveragePooling2D(name="mean")
FLAT = plans.Flatten(name="flatten")
HIDDEN = plans.Dense(256, name="hidden"), plans.ReLU()
TWO = (plans.Dense(2, name="output"),)
ONE = plans.Dense(1, name="output"), plans.Sigmoid()
HEADS = {
    "gap-2": ("global mean, Dense(2)", (MEAN, *TWO)),
    "gap-256": ("global mean, Dense(256), Dense(1)", (MEAN, *HIDDEN, *ONE)),
    "flatten-256": ("Flatten, Dense(256), Dense(1)", (FLAT, *HIDDEN, *ONE)),
}
BLOCKS = tuple(f"block{i}" for i in range(1, 6))

VARIABLES = ("gamma", "beta", "moving mean", "moving variance")
# of one batch normalization, (trainable, training) -> what one step moves
MOVES = {
    (True, True): VARIABLES,
    (True, False): ("gamma", "beta"),
    (False, True): (),
    (False, False): (),
}
NORM = "One batch normalization"
NORM_HEADS = ("In one step", *VARIABLES, "normalizes by")


class Net(NamedTuple):
    """A net that was trained already.

    Attributes:
        title: what the list says.
        side: of its images, in pixels.
        plan: of its blocks.
        heads: name -> (title, plan) of what may stand on the blocks.
        cases: name -> (title, head, names of what is frozen).
    """

    title: str
    side: int
    plan: tuple
    heads: dict
    cases: dict


def _vgg16():
    """Return VGG-16, with its dense layers among the heads."""
    plan = plans.vgg(16)
    top = [type(entry) for entry in plan].index(plans.Flatten)
    heads = {
        "original": ("fc1, fc2, 1,000 classes: as published", plan[top:]),
        "swapped": ("fc1, fc2, Dense(2): last layer new", plans.vgg(16, 2)[top:]),
        **HEADS,
    }
    first = "Case I: a new classifier", "swapped", (*BLOCKS, "fc1", "fc2")
    return Net("VGG-16", 224, plan[:top], heads, _cases(first, BLOCKS))


def _small():
    """Return the base of the course, `vgg_small` of `cnnlib.transfer`."""
    plan = []
    for block, widths in zip(BLOCKS, FILTERS):
        for i, filters in enumerate(widths, 1):
            name, settings = f"{block}_conv{i}", {"padding": "same", "use_bias": False}
            plan.append(plans.Conv2D(filters, 3, name=name, **settings))
            plan += [plans.BatchNormalization(name=f"{block}_bn{i}"), plans.ReLU()]
        plan.append(plans.MaxPooling2D(2, name=f"{block}_pool"))
    top = MEAN, plans.Dense(10, name="predictions")
    heads = {"original": ("global mean, 10 classes: as shipped", top), **HEADS}
    blocks = BLOCKS[: len(FILTERS)]
    first = "Case I: a new classifier", "gap-2", blocks
    return Net("The small base", 32, tuple(plan), heads, _cases(first, blocks))


def _cases(first, blocks):
    """Return the cases of a net; that of a new classifier is given."""
    return {
        "I": first,
        "II": ("Case II: features, an own head", "gap-256", blocks),
        "III": (f"Case III: fine-tuning from {blocks[-1]}", "gap-2", blocks[:-1]),
        "all": ("Everything trains", "gap-2", ()),
    }


NETS = {"vgg16": _vgg16(), "vgg_small": _small()}


class Row(NamedTuple):
    """A block of the base, or a dense layer of the head.

    Attributes:
        name: as "block1".
        layers: names of its convolutions and dense layers.
        norms: names of its batch normalizations.
        shape: of what comes out, (H, W, C) or (D,).
        weights: weights and biases of `layers`.
        arrays: kernels and biases of `layers`.
        channels: that `norms` normalize, all together; each has four numbers.
    """

    name: str
    layers: tuple
    norms: tuple
    shape: tuple
    weights: int
    arrays: int
    channels: int

    @property
    def parameters(self):
        """All numbers, those of moving means and variances included."""
        return self.weights + len(VARIABLES) * self.channels

    def trainable(self, norm):
        """Return how many numbers train where the row does; norm: gamma, beta too."""
        return self.weights + 2 * self.channels * norm

    def moving(self, moved):
        """Return (arrays that move, names of their layers), where the row trains.

        Args:
            moved: variables of a batch normalization that move.
        """
        layers = [_short(self.layers), *([_short(self.norms)] if moved else ())]
        return self.arrays + len(moved) * len(self.norms), list(filter(None, layers))


def rows(net, head):
    """Return a `Row` for each block of a net and each dense layer of a head."""
    steps = plans.walk(NETS[net].plan, (NETS[net].side, NETS[net].side, 3))
    found = []
    for block in BLOCKS:
        own = [s for s in steps if s.entry.name and s.entry.name.startswith(block)]
        found += [_row(block, own)] if own else []
    dense = plans.walk(NETS[net].heads[head][1], found[-1].shape)
    return found + [_row(s.entry.name, [s]) for s in dense if s.parameters]


def _row(name, steps):
    """Add up the steps of a block."""
    counted = [step for step in steps if step.parameters]
    norms = [s for s in counted if isinstance(s.entry, plans.BatchNormalization)]
    layers = [step for step in counted if step not in norms]
    return Row(
        name,
        tuple(step.entry.name for step in layers),
        tuple(step.entry.name for step in norms),
        steps[-1].output_shape,
        sum(step.parameters for step in layers),
        sum(1 + getattr(step.entry, "use_bias", True) for step in layers),
        sum(step.output_shape[-1] for step in norms),
    )


def _short(names):
    """Write the names of a block's layers, as block5_conv1–3."""
    return names[0] + (f"–{len(names)}" if len(names) > 1 else "") if names else ""


def statistics(moved):
    """Name the mean and variance that a batch normalization uses, by what it moves."""
    return "the batch" if "moving mean" in moved else "moving values"


class FrozenExplorer(Listings):
    """A trained net with a head of choice: freeze blocks, and read what still trains.

    Args:
        head: "original", "gap-2", "gap-256" or "flatten-256"; of VGG-16 also "swapped".
        frozen: names of blocks and dense layers, as ("block1", "block2"); None for all
            blocks but the last.
        net: "vgg16" or "vgg_small".
        norm: whether batch normalization trains with its block.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a name is unknown, or the head has no such layer.
    Source: Simonyan & Zisserman (2015), arXiv:1409.1556; batch normalization as
        `BatchNormalization` of Keras 3.
    """

    kind = "frozen"
    scripts = ("base", "listing")
    styles = ("base", "listing")
    title = "Frozen explorer"
    note = (
        "VGG-16 is for images of 224 × 224 × 3 and has no batch normalization; the "
        "small base, for 32 × 32 × 3, has one behind each convolution. A layer is "
        "called with training; fit calls each layer of a functional model with True, "
        "whatever it was built with."
    )
    still = "These are the numbers of one choice; blocks can be frozen and trained"

    def __init__(
        self, head="gap-2", frozen=None, net="vgg16", norm=True, name="frozen"
    ):
        super().__init__(name)
        self.net = named("net", net, NETS)
        self.head = named("head", head, NETS[net].heads)
        self.norm = flag("norm", norm)
        self.rows = rows(self.net, self.head)
        names = [row.name for row in self.rows]
        if frozen is None:
            frozen = [each for each in BLOCKS if each in names][:-1]
        expected = "a tuple of names, or None"
        if isinstance(frozen, str):
            raise TypeError(complaint("frozen", expected, repr(frozen)))
        given = entries("frozen", frozen, expected)
        chosen = {named("frozen", each, names) for each in given}
        self.frozen = [each for each in names if each in chosen]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        nets = []
        for key, net in NETS.items():
            base = [row for row in rows(key, "original") if row.name in BLOCKS]
            heads = [
                [head, title, [[*row] for row in rows(key, head)[len(base) :]]]
                for head, (title, _) in net.heads.items()
            ]
            cases = [[case, *what] for case, what in net.cases.items()]
            nets.append([key, net.title, [[*row] for row in base], heads, cases])
        return {
            "nets": nets,
            "net": self.net,
            "head": self.head,
            "frozen": self.frozen,
            "trainable": self.norm,
            "norm": [[*key, moved, statistics(moved)] for key, moved in MOVES.items()],
            "titles": [NORM, *NORM_HEADS],
            "note": self.note,
        }

    def listings(self):
        """Return (caption, heads, lines) of the net and of batch normalization."""
        lines = [
            [
                row.name,
                by(*row.shape),
                thousands(row.parameters),
                "frozen" if row.name in self.frozen else "trains",
            ]
            for row in self.rows
        ]
        norm = [
            [
                f"trainable={trainable}, training={training}",
                *("moves" if name in moved else "stays" for name in VARIABLES),
                statistics(moved),
            ]
            for (trainable, training), moved in MOVES.items()
        ]
        caption = f"{NETS[self.net].title}, {NETS[self.net].heads[self.head][0]}"
        return [
            (caption, ("Part", "Output", "Parameters", "In training"), lines),
            (NORM, NORM_HEADS, norm),
        ]

    def facts(self):
        """Return (name, text): what trains, what is frozen, how far the way back is."""
        trains = [row for row in self.rows if row.name not in self.frozen]
        base = [row for row in self.rows if row.name in BLOCKS]
        counts = [row.trainable(self.norm) for row in trains]
        of_base = sum(n for row, n in zip(trains, counts) if row in base)
        total = sum(row.parameters for row in self.rows)
        moving = [row.moving(MOVES[self.norm, True]) for row in trains]
        arrays = sum(row.moving(VARIABLES)[0] for row in self.rows)
        which = ", ".join(name for _, names in moving for name in names)
        terms = " + ".join(map(thousands, counts)) or "0"
        if len(trains) > 1:
            terms += f" = {thousands(sum(counts))}"
        back = "none"
        if trains:
            first = self.rows.index(trains[0])
            through = [r.name for r in self.rows[first:] if r.name in self.frozen]
            back = f"to {trains[0].layers[0]}"
            back += f", through {', '.join(through)}" if through else ""
        return (
            ("Trainable", terms),
            ("Not trainable", thousands(total - sum(counts))),
            ("Total", thousands(total)),
            (
                "Base alone",
                f"{thousands(of_base)} of "
                f"{thousands(sum(row.parameters for row in base))} trainable",
            ),
            (
                "Arrays that move",
                f"{sum(n for n, _ in moving)} of {arrays}"
                + (f", in {which}" if which else ""),
            ),
            ("Way back", back),
        )

    def draw(self, figure):
        """Draw the parameters as bars on a matplotlib figure, trained or frozen."""
        figure.set_size_inches(6.5, 0.8 + 0.28 * len(self.rows))
        ax = figure.subplots()
        values = [row.parameters for row in self.rows]
        for kind, color in (("trains", "C0"), ("frozen", "0.75")):
            chosen = [(r.name in self.frozen) == (kind == "frozen") for r in self.rows]
            shown = [value if is_it else 0 for value, is_it in zip(values, chosen)]
            bars = ax.barh([row.name for row in self.rows], shown, color=color)
            texts = [f" {v:,} {kind}" if c else "" for v, c in zip(values, chosen)]
            ax.bar_label(bars, texts)
        ax.set(xlim=(0, 1.45 * max(values)), xticks=[])
        ax.set_title(self.listings()[0][0] + ": parameters", fontsize=10)
        ax.invert_yaxis()
