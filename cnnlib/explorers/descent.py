"""The descent explorer: a kernel on its way from random weights to those that fit."""

import numpy as np

from cnnlib import data, ops
from cnnlib._validate import complaint
from cnnlib.explorers import tables
from cnnlib.explorers.arguments import matrix, named, setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Panel, Part, Sum, by, counted, factor, grays, tints
from cnnlib.explorers.tables import number, rounded

PICTURES = {"noise": "noise", "step": "the step image"}
STARTS = {"random": "random", "zeros": "zeros"}
RATES = (0.02, 0.1, 0.2, 0.3)
# sides in cells, the largest number in one, the steps, and where a kernel is given up
LIMITS = {
    "picture": (4, 6),
    "start": (3, 3),
    "value": (-9, 9),
    "step": (0, 100),
    "weight": 999,
}
KERNEL = "sobel_y"  # that the targets are made with


class DescentExplorer(Explorer):
    """Nine weights, one step of gradient descent after the other.

    The target is what Sobel's Gy makes of the picture; the loss is the mean squared
    error; the gradient of each weight is written out as the sum that it is.

    Args:
        noise: a picture, shape (H, W), 4 x 4 to 6 x 6, each number from -9 to 9; None
            for random numbers. The step image can be chosen in its place.
        start: weights before the first step, 3 x 3, each from -9 to 9; None for random
            ones. Zeros can be chosen in their place.
        picture: "noise" or "step", the one that is learned from first.
        rate: learning rate, one of `RATES`.
        step: how many steps have been taken in the first view, 0 to 100.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range.
    """

    kind = "descent"
    title = "Descent explorer"
    stacked = True

    def __init__(
        self,
        noise=None,
        start=None,
        picture="noise",
        rate=0.1,
        step=0,
        name="descent",
    ):
        super().__init__(name)
        rng = np.random.default_rng(7)  # one that rate 0.3 is too large for
        noise = rng.normal(size=(6, 6)) if noise is None else noise
        start = rng.normal(size=(3, 3)) if start is None else start
        self.noise = matrix("noise", noise, LIMITS["value"], LIMITS["picture"])
        self.start = matrix("start", start, LIMITS["value"], LIMITS["start"])
        self.picture = named("picture", picture, PICTURES)
        if not any(rate is known or rate == known for known in RATES):
            expected = f"one of {', '.join(map(str, RATES))}"
            raise ValueError(complaint("rate", expected, repr(rate)))
        self.rate = rate
        self.step = setting("step", step, LIMITS["step"])
        self.x = self.noise if picture == "noise" else data.step_image() / 255
        self.target = ops.correlate2d(self.x, ops.KERNELS[KERNEL])
        self.kernel = self.start
        for _ in range(self.step):
            self.kernel = self.kernel - rate * self.gradient()
            if abs(self.kernel).max() > LIMITS["weight"]:
                expected = "a step before the weights pass 999"
                raise ValueError(complaint("step", expected, self.step))

    def error(self):
        """Return map minus target, shape (H - 2, W - 2)."""
        return ops.correlate2d(self.x, self.kernel) - self.target

    def gradient(self):
        """Return the slope of the mean squared error for each weight, (3, 3)."""
        error = self.error()
        return 2 * ops.correlate2d(self.x, error) / error.size

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "noise": tables.plain(self.noise),
            "stepImage": tables.plain(data.step_image() / 255),
            "start": tables.plain(self.start),
            "target": tables.plain(ops.KERNELS[KERNEL]),
            "picture": self.picture,
            "pictures": list(PICTURES.items()),
            "starts": list(STARTS.items()),
            "rate": self.rate,
            "rates": RATES,
            "step": self.step,
            "limits": LIMITS,
        }

    def panels(self):
        """Return the way forward to the error, and the way back to the gradient."""
        error, gradient = self.error(), self.gradient()
        result = ops.correlate2d(self.x, self.kernel)
        caption, shown = f"Picture {by(*self.x.shape)}", _short(self.x)
        window = (0, 0, *error.shape)
        picture = Part("image", caption, shown, grays(self.x), window)
        return (
            Panel(
                (
                    Part("image", caption, shown, grays(self.x)),
                    Part("kernel", "Kernel", _short(self.kernel)),
                    Part("output", "Its map", _short(result), tints(result)),
                ),
                self.facts(),
                title=f"Forward, after {counted(self.step, 'step')}",
            ),
            Panel(
                (
                    picture,
                    Part("kernel", "Error: map − target", _short(error)),
                    Part(
                        "output",
                        "Gradient",
                        _short(gradient),
                        tints(gradient),
                        (0, 0, 1, 1),
                    ),
                ),
                (),
                self.reading(),
                "Back: how each weight has to move",
            ),
        )

    def reading(self):
        """Return the slope of the first weight, and what its step makes of it."""
        error, slope = _short(self.error()), self.gradient()[0, 0]
        rows, columns = error.shape
        pixels = _short(self.x)[:rows, :columns]
        lines = [
            " + ".join(f"{factor(x)}·{factor(e)}" for x, e in zip(*pair))
            for pair in zip(pixels, error)
        ]
        lines[0], lines[-1] = f"2/{error.size}·({lines[0]}", f"{lines[-1]})"
        leads = ["∂L/∂k[0, 0] =", *"+" * (rows - 1)]
        before, after = self.kernel[0, 0], self.kernel[0, 0] - self.rate * slope
        before, shown, after = _short(np.array([before, slope, after]))
        rate = f"{number(self.rate)}·{factor(shown)}"
        change = f"{number(before)} − {rate} ≈ {number(after)}"
        remark = f"so the next k[0, 0] is {change}"
        return Sum(tuple(zip(leads, lines)), "≈", shown, remark)

    def facts(self):
        """Return (name, text) of the loss, and of what tells the kernel from Gy."""
        sums = _short(self.kernel.sum(axis=1))
        farthest = _short(abs(self.kernel - ops.KERNELS[KERNEL])).max()
        return (
            ("Loss, the mean squared error", _brief((self.error() ** 2).mean())),
            ("Sums of the kernel’s rows", f"{', '.join(map(number, sums))}"),
            ("Largest difference from Gy", number(farthest)),
        )


def _short(values):
    """Round to fewer decimals the larger a number is: 3.14, 31.4, 314."""
    size, two, one = abs(values), rounded(values, 2), rounded(values, 1)
    return np.where(size < 10, two, np.where(size < 100, one, rounded(values, 0)))


def _brief(value):
    """Write a loss with two digits, in powers of ten where it is small or large."""
    if value == 0 or 0.01 <= value < 1000:
        return number(rounded(np.array([value]), 2)[0])
    digits, power = f"{value:.1e}".split("e")
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return f"{digits}·10{str(int(power)).translate(raised)}"
