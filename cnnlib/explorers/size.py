"""The size explorer: where a window can stand, and which pixels it never sees."""

from dataclasses import dataclass

import numpy as np

from cnnlib import shapes
from cnnlib._validate import complaint, integer
from cnnlib.explorers import tables
from cnnlib.explorers.base import Explorer

# every kernel fits into every image, and a phone shows the largest padded one
LIMITS = {
    "size": (5, 12),
    "kernel_size": (1, 5),
    "padding": (0, 3),
    "strides": (1, 5),
}
READING = (
    "Numbers on the image: how many windows see a pixel. Numbers on the output: how "
    "many pixels of the image a window sees."
)


@dataclass(frozen=True)
class Line:
    """One side of a padded image with its windows; rows and columns are alike.

    Attributes:
        size, kernel_size, strides: as in `shapes.output_size`.
        before, after: zeros at the top and left, and at the bottom and right.
    """

    size: int
    kernel_size: int
    strides: int
    before: int
    after: int

    @property
    def padded(self):
        """Pixels with the zeros on both ends."""
        return self.size + self.before + self.after

    @property
    def room(self):
        """Steps of one pixel that a window can take."""
        return self.padded - self.kernel_size

    @property
    def windows(self):
        """Which padded pixel each window sees, bool of shape (places, padded)."""
        starts = np.arange(0, self.room + 1, self.strides)[:, None]
        offset = np.arange(self.padded) - starts
        return (offset >= 0) & (offset < self.kernel_size)

    @property
    def real(self):
        """Which padded pixel belongs to the image, bool of shape (padded,)."""
        return np.pad(np.ones(self.size, bool), (self.before, self.after))


class SizeExplorer(Explorer):
    """Places of a square window under a padding of your own, and under Keras' "same".

    Args:
        size: pixels of the image, 5 to 12.
        kernel_size: pixels of the window, 1 to 5.
        padding: border of zeros, 0 to 3 pixels on each side.
        strides: step of the window, 1 to 5 pixels.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range.
    """

    kind = "size"
    title = "Size explorer"

    def __init__(self, size=6, kernel_size=3, padding=0, strides=1, name="size"):
        super().__init__(name)
        given = dict(zip(LIMITS, (size, kernel_size, padding, strides), strict=True))
        self.settings = {key: _setting(key, value) for key, value in given.items()}
        n, k, p, s = self.settings.values()
        self.own = Line(n, k, s, p, p)
        self.same = Line(n, k, s, *shapes.same_padding(n, k, s))

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {"settings": self.settings, "limits": LIMITS, "reading": READING}

    def panels(self):
        """Return (title, line, facts) of both paddings, facts as (name, arithmetic)."""
        n, k, p, s = self.settings.values()
        room, places = self.own.room, len(self.own.windows)
        fraction = "" if room % s == 0 else f" = ⌊{tables.number(room / s)}⌋ + 1"
        own = f"⌊({n} + 2·{p} − {k}) / {s}⌋ + 1{fraction} = {places}"
        total = self.same.before + self.same.after
        border = f"max(({len(self.same.windows)} − 1)·{s} + {k} − {n}, 0) = {total}"
        return (
            (
                f"Padding {p} on each side",
                self.own,
                (("Output size", own), *_unseen(self.own)),
            ),
            (
                f"Keras “same”: {self.same.before} before, {self.same.after} after",
                self.same,
                (
                    ("Output size", f"⌈{n} / {s}⌉ = {len(self.same.windows)}"),
                    ("Zeros in all", border),
                    *_unseen(self.same),
                ),
            ),
        )

    def static_html(self):
        """Return both panels: the image, the output, sizes and what is left over."""
        panels = "\n".join(_panel_html(*panel) for panel in self.panels())
        return (
            f'<div class="ce-panels">\n{panels}\n</div>\n'
            f'<p class="ce-note">{READING}</p>'
        )

    def text(self):
        """Return titles, sizes and what is left over as plain text."""
        lines = [self.title]
        for title, line, facts in self.panels():
            lines += [f"{title}: {', '.join(_captions(line))}"]
            lines += [f"  {key}: {words}" for key, words in facts]
        return "\n".join(lines)

    def draw(self, figure):
        """Draw the padded image of both panels with its first window."""
        from cnnlib import plots

        panels = self.panels()
        side = max(line.padded for _, line, _ in panels)
        figure.set_size_inches(max(0.7 * side, 7.6), 0.36 * side + 1.6)
        for ax, (title, line, facts) in zip(figure.subplots(1, 2), panels, strict=True):
            counts = line.windows.sum(axis=0)
            plots.matrix(np.outer(counts, counts), ax, title, limits=(-12, 9))
            image = (line.before, line.before, line.size, line.size)
            plots.frame(ax, *image, color="black")
            plots.frame(ax, 0, 0, line.kernel_size, line.kernel_size)
            ax.set_xlabel("\n".join(": ".join(fact) for fact in facts), fontsize=9)
        legend = "numbers: windows that see a pixel; black: image; orange: first window"
        figure.supxlabel(legend, fontsize=9)


def _captions(line):
    border = f" + padding = {_by(line.padded)}" if line.padded > line.size else ""
    return f"Image {_by(line.size)}{border}", f"Output {_by(len(line.windows))}"


def _by(side):
    return f"{side} × {side}"


def _unseen(line):
    """Return the facts on rows and columns that no window sees."""
    rest, gap = line.room % line.strides, line.strides - line.kernel_size
    lost = f"{_counted(rest, 'row')} below, {_counted(rest, 'column')} right"
    ends = f"{line.room} mod {line.strides} = {rest}: {lost}"
    facts = [("Left over", ends if rest else "nothing below or right")]
    steps = len(line.windows) - 1
    if steps * gap > 0:
        lost = f"{_counted(steps * gap, 'row')}, {_counted(steps * gap, 'column')}"
        times = f"{steps}·({line.strides} − {line.kernel_size}) = {steps * gap}"
        facts.append(("Between the windows", f"{times}: {lost}"))
    return facts


def _counted(count, noun):
    return f"{count} {noun}{'s' if count > 1 else ''}"


def _panel_html(title, line, facts):
    k, windows = line.kernel_size, line.windows
    counts = windows.sum(axis=0)
    seen = (windows & line.real).sum(axis=1)  # real pixels that each window sees
    image, output = _captions(line)
    size, places = range(line.padded), range(len(windows))
    pixels = [[_pixel(line, counts, r, c, k) for c in size] for r in size]
    results = [[_result(seen[r] * seen[c], r, c) for c in places] for r in places]
    listed = "\n".join(f"<dt>{key}</dt>\n<dd>{words}</dd>" for key, words in facts)
    return (
        f'<div class="ce-panel" style="--side:{line.padded}">\n'
        f'<p class="ce-title">{title}</p>\n'
        f'<div class="ce-stage" style="--all:{line.padded + len(windows)}">\n'
        f"{tables.table(image, pixels, 'ce-image')}"
        f"{tables.table(output, results, 'ce-output')}"
        f'</div>\n<dl class="ce-facts">\n{listed}\n</dl>\n</div>'
    )


def _pixel(line, counts, row, column, side):
    count = counts[row] * counts[column]
    classes = "px" if line.real[row] and line.real[column] else "pad"
    if row % line.strides == 0 == column % line.strides:
        classes += " at" if max(row, column) <= line.room else ""
    if count == 0:
        classes += " lost"
    frame = tables.frame_class(row, column, (0, 0, side, side))
    text = f"<b>{count}</b>" if frame else str(count)
    return f'<td class="{classes}{frame}">{text}</td>'


def _result(seen, row, column):
    frame = tables.frame_class(row, column, (0, 0, 1, 1))
    text = f"<b>{seen}</b>" if frame else str(seen)
    return f'<td class="out{frame}">{text}</td>'


def _setting(name, value):
    low, high = LIMITS[name]
    value = integer(name, value, low)
    if value > high:
        raise ValueError(complaint(name, f"an int from {low} to {high}", value))
    return value
