"""The residual explorer: what comes through a stack of blocks, and what comes back."""

from collections import Counter
from math import comb
from typing import NamedTuple

import numpy as np

from cnnlib._validate import complaint, entries, real
from cnnlib.explorers.arguments import named, setting, within
from cnnlib.explorers.listings import Listings
from cnnlib.explorers.tables import MINUS, brief, number, thousands

LIMITS = {"blocks": (1, 20), "strength": (-1.5, 1.5), "signal": (-9, 9)}
NUMBERS = 3  # of a signal, at most: a phone shows both stacks side by side
# where ReLU stands -> (what is said of it, a plain block, a residual block)
PLACES = {
    "after": ("after the addition, 2015", "ReLU(f·x)", "ReLU(x + f·x)"),
    "before": ("before the addition, the bug", "ReLU(f·x)", "x + ReLU(f·x)"),
    "preactivation": ("before F, 2016", "f·ReLU(x)", "x + f·ReLU(x)"),
}
VIEWS = {
    "signal": "The signal, from block to block",
    "gradient": "The gradient of the output by the numbers of a row",
}
SHOWN = 5  # terms of a sum that are written before the last


class Stack(NamedTuple):
    """A stack of blocks with what went through.

    Attributes:
        values: the input and the output of each block, n + 1 lists of numbers.
        gradients: of each number of the output by the same number of each row.
        slopes: (of the shortcut, of F) for each number of each block.
    """

    values: list
    gradients: list
    slopes: list


def run(signal, strengths, relu, is_residual):
    """Send numbers through a stack of blocks, each number by itself, and go back.

    Args:
        signal: the numbers.
        strengths: f of each block, whose F multiplies by f.
        relu: one of `PLACES`.
        is_residual: whether the blocks have shortcuts.
    Returns:
        A `Stack`.
    """
    values, slopes = [list(signal)], []
    for f in strengths:
        made = [_block(x, f, relu, is_residual) for x in values[-1]]
        values.append([y for y, *_ in made])
        slopes.append([both for _, *both in made])
    gradients = [[1.0] * len(values[0])]
    for block in reversed(slopes):
        back = zip(gradients[0], block)
        gradients.insert(0, [g * (shortcut + branch) for g, (shortcut, branch) in back])
    return Stack(values, gradients, slopes)


def _block(x, f, relu, is_residual):
    """Return what a block makes of a number, and its slopes: of the shortcut, of F."""
    shortcut = int(is_residual)
    if relu == "after":
        total = shortcut * x + f * x
        passes = int(total > 0)
        return max(total, 0.0), shortcut * passes, f * passes
    if relu == "before":
        branch = f * x
        return shortcut * x + max(branch, 0.0), shortcut, f * int(branch > 0)
    return shortcut * x + f * max(x, 0.0), shortcut, f * int(x > 0)


def path_gradients(slopes, live):
    """Add up what the paths bring back, by how many F they pass.

    Args:
        slopes: (of the shortcut, of F) of each block, for one number.
        live: of each block, whether it has an F.
    Returns:
        A list of as many numbers as there are live blocks, and one more.
    """
    found = [1.0]
    for (shortcut, branch), has_branch in zip(slopes, live):
        if has_branch:
            pairs = zip([*found, 0.0], [0.0, *found])
            found = [shortcut * by_skip + branch * by_f for by_skip, by_f in pairs]
        else:
            found = [shortcut * term for term in found]
    return found


class ResidualExplorer(Listings):
    """A plain and a residual stack of blocks: what comes through, and what comes back.

    The F of a block multiplies by f, so each number can be worked out by hand.

    Args:
        signal: 1 to 3 numbers from -9 to 9.
        blocks: 1 to 20.
        strength: f, from -1.5 to 1.5 in tenths.
        relu: where it stands: "after" the addition, "before" it (the bug), or before F,
            "preactivation".
        off: which blocks, counted from 1, have an F that gives 0.
        show: "signal" or "gradient", for the first view.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a number is out of range, or a name unknown.
    Source: He et al. (2016), figures 2 and 4 of "Identity Mappings in Deep Residual
        Networks"; paths as in Veit et al. (2016).
    """

    kind = "residual"
    scripts = ("base", "listing")
    styles = ("base", "listing")
    title = "Residual explorer"
    note = (
        "F multiplies by f; a block that is off has f = 0. The plain stack is the one "
        "path through every F. Of ReLU at 0 the slope is taken as 0."
    )
    still = "These are the numbers of one setting; blocks can be switched off"

    def __init__(
        self,
        signal=(1, 2, -1),
        blocks=20,
        strength=0.1,
        relu="after",
        off=(),
        show="signal",
        name="residual",
    ):
        super().__init__(name)
        values = within("signal", signal, "numbers", LIMITS["signal"])
        if len(values) > NUMBERS:
            raise ValueError(
                complaint("signal", f"1 to {NUMBERS} numbers", f"{len(values)}")
            )
        self.signal = values.tolist()
        self.blocks = setting("blocks", blocks, LIMITS["blocks"])
        low, high = LIMITS["strength"]
        self.strength = round(real("strength", strength), 1)
        if not low <= self.strength <= high or abs(self.strength - strength) > 1e-9:
            expected = f"a number from {low} to {high}, in tenths"
            raise ValueError(complaint("strength", expected, repr(strength)))
        self.relu = named("relu", relu, PLACES)
        numbers = entries("off", off, "numbers of blocks")
        self.off = sorted({setting("off", each, (1, self.blocks)) for each in numbers})
        self.show = named("show", show, VIEWS)
        live = self.live()
        strengths = [self.strength * is_live for is_live in live]
        self.plain = run(self.signal, strengths, self.relu, False)
        self.residual = run(self.signal, strengths, self.relu, True)

    def live(self):
        """Return of each block whether its F is on."""
        return [block not in self.off for block in range(1, self.blocks + 1)]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "signal": self.signal,
            "blocks": self.blocks,
            "strength": self.strength,
            "relu": self.relu,
            "off": self.off,
            "show": self.show,
            "limits": {key: LIMITS[key] for key in ("blocks", "strength")},
            "places": [[key, *texts] for key, texts in PLACES.items()],
            "views": list(VIEWS.items()),
            "terms": SHOWN,
            "note": self.note,
        }

    def listings(self):
        """Return (caption, heads, lines): a row of both stacks behind each block."""
        count = len(self.signal)
        which = [f" {i}" for i in range(1, count + 1)] if count > 1 else [""]
        heads = [f"{stack}{i}" for stack in ("plain", "residual") for i in which]
        key = "values" if self.show == "signal" else "gradients"
        both = zip(getattr(self.plain, key), getattr(self.residual, key))
        names = ["in", *range(1, self.blocks + 1)]
        lines = [
            [f"{name}{', off' if name in self.off else ''}", *map(brief, (*p, *r))]
            for name, (p, r) in zip(names, both)
        ]
        return [(VIEWS[self.show], ["Block", *heads], lines)]

    def facts(self):
        """Return (name, text): the blocks, the first number, the paths."""
        _, plain, residual = PLACES[self.relu]
        live = self.live()
        paths = [comb(sum(live), k) for k in range(sum(live) + 1)]
        slopes = [block[0] for block in self.residual.slopes]
        terms = path_gradients(slopes, live)
        total = self.residual.gradients[0][0]
        if any(terms):
            back = f"{_shortened(map(_term, terms), ' + ')} {_sign(total, terms)}"
            back = f"{back} {brief(total)}" if len(terms) > 1 else brief(total)
        else:
            back = "0: a ReLU lets nothing through"
        counts = _shortened(map(thousands, paths), ", ")
        every = f"2{_raised(sum(live))} = {thousands(2 ** sum(live))}"
        return (
            ("Plain block", f"y = {plain}, f = {number(self.strength)}"),
            ("Residual block", f"y = {residual}, f = {number(self.strength)}"),
            ("Plain, first number", _first(self.plain)),
            ("Residual, first number", _first(self.residual)),
            ("Paths in the residual stack", every),
            ("Through 0, 1, 2, … F", counts),
            ("Their gradients", back),
        )

    def draw(self, figure):
        """Draw both stacks side by side on a matplotlib figure."""
        figure.set_size_inches(4.9, 0.8 + 0.24 * (self.blocks + 1))
        key = "values" if self.show == "signal" else "gradients"
        names = [name for name, *_ in self.listings()[0][2]]
        most = max(map(abs, self.signal)) if self.show == "signal" else 1
        reach = most or 1
        axes = figure.subplots(1, 2, sharey=True)
        for ax, name in zip(axes, ("plain", "residual")):
            values = np.array(getattr(getattr(self, name), key))
            limits = -2 * reach, 2 * reach  # pale enough to read the numbers
            shades = np.clip(values, -reach, reach)
            ax.imshow(shades, "RdBu", aspect="auto", vmin=limits[0], vmax=limits[1])
            for (row, column), value in np.ndenumerate(values):
                ax.text(column, row, brief(value), ha="center", va="center", size=9)
            ax.set(title=name, xticks=[])
            ax.tick_params(length=0)
        axes[0].set_yticks(range(len(names)), names)
        figure.suptitle(VIEWS[self.show], fontsize=10)


def _raised(power):
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(power))


def _term(value):
    return f"({brief(value)})" if value < 0 else brief(value)


def _sign(value, more=()):
    """Return "=", or "≈" where one of the numbers is written rounded."""
    shown = ((v, float(brief(v).replace(MINUS, "-"))) for v in (value, *more))
    is_rounded = any(abs(v - written) > 1e-9 * abs(v) for v, written in shown)
    return "≈" if is_rounded else "="


def _shortened(texts, glue):
    """Join texts; of many the first ones and the last."""
    texts = list(texts)
    if len(texts) > SHOWN + 1:
        texts[SHOWN:-1] = ["…"]
    return glue.join(texts)


def _first(stack):
    """Say what becomes of the first number, and how its gradient comes about."""
    first, last = stack.values[0][0], stack.values[-1][0]
    factors = Counter(sum(block[0]) for block in stack.slopes)
    product = "·".join(
        (f"({number(slope)})" if slope < 0 else number(slope))
        + (_raised(times) if times > 1 else "")
        for slope, times in factors.items()
    )
    gradient = stack.gradients[0][0]
    written = brief(gradient)
    if product != written:
        written = f"{product} {_sign(gradient)} {written}"
    return f"{brief(first)} becomes {brief(last)}; gradient {written}"
