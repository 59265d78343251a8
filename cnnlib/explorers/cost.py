"""The cost explorer: a large kernel, directly or behind a bottleneck of 1 x 1."""

from typing import NamedTuple

from cnnlib import plans
from cnnlib._validate import complaint
from cnnlib.explorers.arguments import setting
from cnnlib.explorers.listings import Listings
from cnnlib.explorers.parts import by, counted
from cnnlib.explorers.tables import number, thousands

KERNELS = (1, 3, 5, 7)
LIMITS = {
    "size": (1, 64),
    "channels": (1, 1024),
    "filters": (1, 512),
    "bottleneck": (1, 512),
}
SIDES = {"3": 28, "4": 14, "5": 7}  # number of a module in GoogLeNet -> of its maps
HEADS = ("Convolution", "Multiplications", "Weights")


class Cost(NamedTuple):
    """What one convolution with padding "same" costs for one image.

    Attributes:
        what: its name in the table.
        places: as factors, "28·28".
        kernel: as factors, "5·5·192·32".
        multiplications: of all places.
        weights: without biases.
    """

    what: str
    places: str
    kernel: str
    multiplications: int
    weights: int


def cost(size, kernel_size, channels, filters):
    """Return the `Cost` of a convolution with padding "same" and strides 1."""
    weights = kernel_size**2 * channels * filters
    return Cost(
        f"{kernel_size} × {kernel_size}, {channels} to {filters}",
        f"{size}·{size}",
        f"{kernel_size}·{kernel_size}·{channels}·{filters}",
        size**2 * weights,
        weights,
    )


def branches():
    """Return what both bottlenecks of each module of GoogLeNet have to do.

    Returns:
        {name: (size, kernel_size, channels, filters, bottleneck)}.
    """
    found, channels = {}, 192
    for module, widths in plans.INCEPTION.items():
        size = SIDES[module[0]]
        three = size, 3, channels, widths.conv3x3, widths.reduce3x3
        five = size, 5, channels, widths.conv5x5, widths.reduce5x5
        found |= {f"{module}, 3 × 3": three, f"{module}, 5 × 5": five}
        channels = sum((widths.conv1x1, widths.conv3x3, widths.conv5x5, widths.pool))
    return found


class CostExplorer(Listings):
    """Count a convolution directly and behind a bottleneck of 1 x 1.

    Padding is "same" and strides are 1, so all maps have the size of the image.

    Args:
        size: side of the image, 1 to 64 pixels.
        kernel_size: 1, 3, 5 or 7.
        channels: that come in, 1 to 1024.
        filters: that go out, 1 to 512.
        bottleneck: filters of the 1 x 1, 1 to 512.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range.
    Source: Szegedy et al. (2015), arXiv:1409.4842, section 4.
    """

    kind = "cost"
    scripts = ("base", "listing")
    styles = ("base", "listing")
    title = "Cost explorer"
    note = (
        "Multiplications for one image; weights without biases. Padding is “same”, "
        "strides are 1."
    )
    still = "These are the numbers of one setting; all five can be changed"

    def __init__(
        self,
        size=28,
        kernel_size=5,
        channels=192,
        filters=32,
        bottleneck=16,
        name="cost",
    ):
        super().__init__(name)
        kernel_size = setting("kernel_size", kernel_size, (1, KERNELS[-1]))
        if kernel_size not in KERNELS:
            expected = f"one of {', '.join(map(str, KERNELS))}"
            raise ValueError(complaint("kernel_size", expected, kernel_size))
        given = dict(
            zip(LIMITS, (size, channels, filters, bottleneck), strict=True),
        )
        self.kernel_size = kernel_size
        self.settings = {
            key: setting(key, value, LIMITS[key]) for key, value in given.items()
        }
        n, c, f, b = self.settings.values()
        self.direct = cost(n, kernel_size, c, f)
        self.stages = cost(n, 1, c, b), cost(n, kernel_size, b, f)

    @property
    def reduced(self):
        """Multiplications and weights of both stages together."""
        return tuple(sum(numbers) for numbers in list(zip(*self.stages))[-2:])

    @property
    def break_even(self):
        """The bottleneck that costs as much as none, and the widest that costs less."""
        _, c, f, _ = self.settings.values()
        a_channel = c + self.kernel_size**2 * f  # weights that a filter of it brings
        direct = self.direct.weights
        return direct / a_channel, (direct - 1) // a_channel

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "settings": {**self.settings, "kernel": self.kernel_size},
            "limits": LIMITS,
            "kernels": KERNELS,
            "branches": list(branches().items()),
            "heads": HEADS,
            "note": self.note,
        }

    def listings(self):
        """Return (caption, heads, lines): both ways with their costs."""
        n, c, f, _ = self.settings.values()
        rows = [("Direct", *self.direct[-2:])]
        rows += [(stage.what, *stage[-2:]) for stage in self.stages]
        rows.append(("Both stages", *self.reduced))
        caption = f"{by(n, n, c)} to {by(n, n, f)}"
        lines = [[name, *map(thousands, numbers)] for name, *numbers in rows]
        return [(caption, HEADS, lines)]

    def facts(self):
        """Return (name, arithmetic) of both ways, their ratio and the break-even."""
        k, (_, c, f, b) = self.kernel_size, self.settings.values()
        stages = " + ".join(f"{s.places}·{s.kernel}" for s in self.stages)
        direct, total = self.direct.weights, self.reduced[1]
        ratio = direct / total
        exact = "=" if round(ratio, 3) == ratio else "≈"
        says = "direct costs more" if ratio > 1 else "direct costs less"
        says = "both cost the same" if ratio == 1 else says
        even, widest = self.break_even
        whole = "=" if round(even, 3) == even else "≈"
        narrow = f"up to {counted(widest, 'filter')}" if widest else "none"
        return (
            (
                "Direct",
                f"{self.direct.places}·{self.direct.kernel} = "
                f"{thousands(self.direct.multiplications)}",
            ),
            ("Two stages", f"{stages} = {thousands(self.reduced[0])}"),
            (
                "Direct / two stages",
                f"{thousands(direct)} / {thousands(total)} {exact} {number(ratio)}: "
                f"{says}, whatever the image",
            ),
            (
                "Break-even width",
                f"{k}·{k}·{c}·{f} / ({c} + {k}·{k}·{f}) {whole} {number(even)}",
            ),
            ("A bottleneck that saves", f"{narrow}; here it has {b}"),
        )

    def draw(self, figure):
        """Draw both ways as bars on a matplotlib figure."""
        figure.set_size_inches(6.5, 2.2)
        ax = figure.subplots()
        [(caption, _, lines)] = self.listings()
        numbers = [self.direct, *self.stages]
        direct, first, second = (each.multiplications for each in numbers)
        values = [direct, first, second, first + second]
        bars = ax.barh(
            [name for name, *_ in lines],
            values,
            left=[0, 0, first, 0],
            color=["C0", "C5", "C4", "C0"],
        )
        ax.bar_label(bars, [f" {value:,}" for value in values])
        ax.set(xlim=(0, 1.3 * max(values)), xticks=[])
        ax.set_title(f"{caption}: multiplications", fontsize=10)
        ax.invert_yaxis()
