"""The frozen explorer: which blocks of a net train, and which weights then move."""

from typing import NamedTuple

from cnnlib import plans
from cnnlib._validate import complaint, entries
from cnnlib.explorers.arguments import named
from cnnlib.explorers.listings import Listings
from cnnlib.explorers.parts import by
from cnnlib.explorers.tables import thousands

SIZE = (224, 224, 3)
BLOCKS = tuple(f"block{i}" for i in range(1, 6))
MEAN = plans.GlobalAveragePooling2D(name="mean")
HIDDEN = (plans.Dense(256, name="hidden"), plans.ReLU())
ONE = (plans.Dense(1, name="output"), plans.Sigmoid())


def _top(num_classes):
    """Return the dense layers of VGG-16."""
    plan = plans.vgg(16, num_classes)
    return plan[[type(entry) for entry in plan].index(plans.Flatten) :]


# what stands on the base -> (title, plan)
HEADS = {
    "original": ("fc1, fc2, 1,000 classes: as published", _top(1000)),
    "swapped": ("fc1, fc2, Dense(2): last layer new", _top(2)),
    "gap-2": ("global mean, Dense(2)", (MEAN, plans.Dense(2, name="output"))),
    "gap-256": ("global mean, Dense(256), Dense(1)", (MEAN, *HIDDEN, *ONE)),
    "flatten-256": (
        "Flatten, Dense(256), Dense(1)",
        (plans.Flatten(name="flatten"), *HIDDEN, *ONE),
    ),
}
# name -> (title, head, rows that are frozen)
CASES = {
    "I": ("Case I: a new classifier", "swapped", (*BLOCKS, "fc1", "fc2")),
    "II": ("Case II: features, an own head", "gap-256", BLOCKS),
    "III": ("Case III: fine-tuning from block 5", "gap-2", BLOCKS[:4]),
    "all": ("Everything trains", "gap-2", ()),
}
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


class Row(NamedTuple):
    """A block of the base, or a dense layer of the head.

    Attributes:
        name: as "block1".
        layers: names of its layers with weights; each has a kernel and a bias.
        shape: of what comes out, (H, W, C) or (D,).
        parameters: weights and biases.
    """

    name: str
    layers: tuple
    shape: tuple
    parameters: int


def statistics(moved):
    """Name the mean and variance that a batch normalization uses, by what it moves."""
    return "the batch" if "moving mean" in moved else "moving values"


def _base():
    """Return a `Row` a block, and the shape that leaves the last."""
    whole = plans.vgg(16)
    plan = whole[: len(whole) - len(HEADS["original"][1])]
    steps = plans.walk(plan, SIZE)
    found = []
    for block in BLOCKS:
        own = [
            step for step in steps if (step.entry.name or "").startswith(f"{block}_")
        ]
        layers = tuple(step.entry.name for step in own if step.parameters)
        total = sum(step.parameters for step in own)
        found.append(Row(block, layers, own[-1].output_shape, total))
    return found


def _layers(row):
    """Write the names of a row's layers, as block5_conv1–3."""
    count = len(row.layers)
    return row.layers[0] + (f"–{count}" if count > 1 else "")


def rows(head):
    """Return a `Row` for each block of VGG-16 and each dense layer of a head.

    Args:
        head: one of `HEADS`.
    """
    base = _base()
    steps = plans.walk(HEADS[head][1], base[-1].shape)
    dense = [step for step in steps if step.parameters]
    names = [(step.entry.name, step) for step in dense]
    return [
        *base,
        *(Row(n, (n,), step.output_shape, step.parameters) for n, step in names),
    ]


class FrozenExplorer(Listings):
    """VGG-16 with a head of choice: freeze its blocks, and read what still trains.

    Args:
        head: one of `HEADS`: "original", "swapped", "gap-2", "gap-256", "flatten-256".
        frozen: names of blocks and dense layers, as ("block1", "block2").
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a name is unknown, or the head has no such layer.
    Source: Simonyan & Zisserman (2015), arXiv:1409.1556; batch normalization as
        `keras.layers.BatchNormalization` of Keras 3.
    """

    kind = "frozen"
    scripts = ("base", "listing")
    styles = ("base", "listing")
    title = "Frozen explorer"
    note = (
        "VGG-16 for images of 224 × 224 × 3; it has no batch normalization. A layer is "
        "called with training; fit calls each layer of a functional model with True, "
        "whatever it was built with."
    )
    still = "These are the numbers of one choice; blocks can be frozen and trained"

    def __init__(self, head="gap-2", frozen=BLOCKS[:4], name="frozen"):
        super().__init__(name)
        self.head = named("head", head, HEADS)
        self.rows = rows(self.head)
        names = [row.name for row in self.rows]
        if isinstance(frozen, str):
            raise TypeError(complaint("frozen", "a tuple of names", repr(frozen)))
        given = entries("frozen", frozen, "a tuple of names")
        chosen = {named("frozen", each, names) for each in given}
        self.frozen = [name for name in names if name in chosen]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        base = _base()
        heads = [
            [key, title, [[*row] for row in rows(key)[len(base) :]]]
            for key, (title, _) in HEADS.items()
        ]
        return {
            "base": [[*row] for row in base],
            "heads": heads,
            "cases": [[key, *case] for key, case in CASES.items()],
            "head": self.head,
            "frozen": self.frozen,
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
        caption = f"VGG-16, {HEADS[self.head][0]}"
        return [
            (caption, ("Part", "Output", "Parameters", "In training"), lines),
            (NORM, NORM_HEADS, norm),
        ]

    def facts(self):
        """Return (name, text): what trains, what is frozen, how far the way back is."""
        trains = [row for row in self.rows if row.name not in self.frozen]
        base = [row for row in self.rows if row.name in BLOCKS]
        base_trains = sum(row.parameters for row in base if row in trains)
        total = sum(row.parameters for row in self.rows)
        moving = [layer for row in trains for layer in row.layers]
        count = sum(len(row.layers) for row in self.rows)
        trainable = sum(row.parameters for row in trains)
        terms = " + ".join(thousands(row.parameters) for row in trains) or "0"
        if len(trains) > 1:
            terms += f" = {thousands(trainable)}"
        which = ", ".join(map(_layers, trains))
        which = f": kernel and bias of {which}" if moving else ""
        if trains:
            first = self.rows.index(trains[0])
            through = [r.name for r in self.rows[first:] if r.name in self.frozen]
            back = f"to {trains[0].layers[0]}"
            back += f", through {', '.join(through)}" if through else ""
        else:
            back = "none"
        return (
            ("Trainable", terms),
            ("Frozen", thousands(total - trainable)),
            ("Total", thousands(total)),
            (
                "Base alone",
                f"{thousands(base_trains)} of "
                f"{thousands(sum(row.parameters for row in base))} trainable",
            ),
            ("Arrays that move", f"{2 * len(moving)} of {2 * count}{which}"),
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
