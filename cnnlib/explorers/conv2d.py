"""The Conv2D explorer: what each argument of Keras' convolution layers changes."""

from math import prod

from cnnlib._validate import checked_shape, complaint, flag
from cnnlib.explorers.arguments import named, setting
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.parts import Panel
from cnnlib.explorers.tables import number, thousands

# each argument in Keras' order, with its default there and what to choose from
DEFAULTS = {
    "strides": 1,
    "padding": "valid",
    "data_format": "channels_last",
    "dilation_rate": 1,
    "groups": 1,
    "activation": None,
    "use_bias": True,
}
OPTIONS = {
    "filters": (1, 2, 3, 4, 6, 8, 12, 16, 32, 48, 64, 96, 128, 192, 256, 384, 512),
    "kernel_size": (1, 2, 3, 4, 5, 6, 7, 9, 11),
    "strides": (1, 2, 3, 4),
    "padding": ("valid", "same"),
    "data_format": ("channels_last", "channels_first"),
    "dilation_rate": (1, 2, 3, 4),
    "groups": (1, 2, 3, 4, 6, 8, 16, 32, 64),
    "activation": (None, "relu", "sigmoid", "tanh", "softmax"),
    "use_bias": (True, False),
}
SIDES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 16, 24, 27, 28, 32, 55, 56, 64, 112)
SIDES += (128, 224, 227)
CHANNELS = OPTIONS["filters"]
AXES = (("steps",), ("rows", "columns"), ("frames", "rows", "columns"))
# inputs to begin with: a time series, a digit, a moving picture
SHAPES = ((128, 3), (28, 28, 1), (16, 64, 64, 1))
LIMITS = {
    "input_shape": (1, 1024),
    "filters": (1, 4096),
    "kernel_size": (1, 32),
    "strides": (1, 32),
    "dilation_rate": (1, 32),
    "groups": (1, 4096),
}


class Conv2DExplorer(Explorer):
    """Set the arguments of a convolution layer of Keras; read what it makes and costs.

    Args:
        input_shape: of one image, (H, W, C); of a series, (T, C), it is Conv1D, and of
            a moving picture, (T, H, W, C), Conv3D. Each from 1 to 1024.
        filters, kernel_size, strides, padding, data_format, dilation_rate: as in Keras,
            whole numbers for all sides alike. What Keras refuses is shown with why.
        groups, activation, use_bias: as in Keras.
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a shape does not fit, or a value is out of range or unknown.
    Source: `keras.layers.Conv1D`, `Conv2D` and `Conv3D` of Keras 3.
    """

    kind = "conv2d"
    title = "Conv2D explorer"
    still = "These are the numbers of one layer; its arguments are to be changed"

    def __init__(
        self,
        input_shape=(28, 28, 1),
        filters=6,
        kernel_size=5,
        strides=1,
        padding="valid",
        data_format="channels_last",
        dilation_rate=1,
        groups=1,
        activation=None,
        use_bias=True,
        name="conv2d",
    ):
        super().__init__(name)
        self.input_shape = checked_shape("input_shape", input_shape)
        if not 2 <= len(self.input_shape) <= 4:
            expected = "(T, C), (H, W, C) or (T, H, W, C)"
            raise ValueError(complaint("input_shape", expected, self.input_shape))
        for side in self.input_shape:
            setting("input_shape", side, LIMITS["input_shape"])
        given = {
            "filters": filters,
            "kernel_size": kernel_size,
            "strides": strides,
            "padding": padding,
            "data_format": data_format,
            "dilation_rate": dilation_rate,
            "groups": groups,
            "activation": activation,
            "use_bias": flag("use_bias", use_bias),
        }
        for key, limits in LIMITS.items():
            if key in given:
                given[key] = setting(key, given[key], limits)
        for key in ("padding", "data_format"):
            named(key, given[key], OPTIONS[key])
        if activation is not None:
            named("activation", activation, OPTIONS["activation"][1:], "None or ")
        self.arguments = given

    @property
    def rank(self):
        """Axes along which the kernel moves: 1, 2 or 3."""
        return len(self.input_shape) - 1

    @property
    def sides(self):
        """Size of the input along each axis, without its channels."""
        return self._split()[0]

    @property
    def channels(self):
        """Channels of the input."""
        return self._split()[1]

    def _split(self):
        if self.arguments["data_format"] == "channels_last":
            return self.input_shape[:-1], self.input_shape[-1]
        return self.input_shape[1:], self.input_shape[0]

    @property
    def span(self):
        """Pixels from the first to the last cell of the kernel, along an axis."""
        return self.arguments["dilation_rate"] * (self.arguments["kernel_size"] - 1) + 1

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        shapes = list(SHAPES)
        shapes[self.rank - 1] = (*self.sides, self.channels)
        options = {
            key: _with(values, self.arguments[key]) for key, values in OPTIONS.items()
        }
        return {
            "rank": self.rank,
            "shapes": shapes,
            "axes": AXES,
            "arguments": self.arguments,
            "defaults": DEFAULTS,
            "options": options,
            "sides": _with(SIDES, *self.sides),
            "channels": _with(CHANNELS, self.channels),
        }

    def code(self):
        """Return the line of code, without what is as Keras has it anyway."""
        arguments = dict(self.arguments)
        terms = [str(arguments.pop("filters")), str(arguments.pop("kernel_size"))]
        for key, value in arguments.items():
            if value != DEFAULTS[key]:
                text = f'"{value}"' if isinstance(value, str) else value
                terms.append(f"{key}={text}")
        return f"keras.layers.Conv{self.rank}D({', '.join(terms)})"

    def refusal(self):
        """Return (what Keras says, why) if it refuses the layer, else None."""
        filters, kernel_size, strides, padding, _, dilation, groups, *_ = (
            self.arguments.values()
        )
        if filters % groups:
            return (
                "The number of filters must be evenly divisible by the number of "
                "groups.",
                f"{filters} / {groups} = {number(filters / groups)} filters a group",
            )
        if strides > 1 < dilation:
            return (
                "`strides > 1` not supported in conjunction with `dilation_rate > 1`.",
                f"strides={strides} and dilation_rate={dilation}: one has to be 1",
            )
        if self.channels % groups:
            each = number(self.channels / groups)
            return (
                "The number of input channels must be evenly divisible by the number "
                "of groups.",
                f"{self.channels} / {groups} = {each} channels a group",
            )
        if padding == "valid" and self.span > min(self.sides):
            least = min(self.sides)
            axis = AXES[self.rank - 1][self.sides.index(least)]
            span = f"{dilation}·({kernel_size} − 1) + 1 = " if dilation > 1 else ""
            return (
                "Computed output size would be zero or negative.",
                f"the kernel covers {span}{self.span} {axis}, the input has {least}",
            )
        return None

    def output_sides(self):
        """Return the size of the output along each axis, if Keras makes the layer."""
        strides = self.arguments["strides"]
        if self.arguments["padding"] == "same":
            return tuple(-(-side // strides) for side in self.sides)
        return tuple((side - self.span) // strides + 1 for side in self.sides)

    def output_shape(self):
        """Return the output shape without N, channels where the input has them."""
        sides, filters = self.output_sides(), self.arguments["filters"]
        if self.arguments["data_format"] == "channels_last":
            return (*sides, filters)
        return (filters, *sides)

    def kernel_shape(self):
        """Return the shape of the weights, which is the same in both data formats."""
        filters, kernel_size = self.arguments["filters"], self.arguments["kernel_size"]
        each = self.channels // self.arguments["groups"]
        return (*(kernel_size,) * self.rank, each, filters)

    def panels(self):
        """Return the facts; there is no grid."""
        return (Panel((), self.facts()),)

    def facts(self):
        """Return (name, text): the code, then what comes of it, or why nothing does."""
        code = ("Code", self.code())
        if self.refusal():
            says, why = self.refusal()
            return (code, ("Keras refuses", says), ("Because", why))
        weights, sides = prod(self.kernel_shape()), self.output_sides()
        filters, bias = self.arguments["filters"], self.arguments["use_bias"]
        product = "·".join(map(str, self.kernel_shape()))
        parameters = thousands(weights + filters * bias)
        total = f" + {filters} = {parameters}" if bias else f" = {parameters}, no bias"
        outputs = "·".join(map(str, sides))
        values = f"{outputs}·{filters} = {thousands(prod(sides) * filters)}"
        activation = self.arguments["activation"]
        does = f"{activation} on each" if activation else "no activation: linear"
        if activation == "softmax":
            does = f"softmax over the {filters} of each place"
        return (
            code,
            ("Input", _batch(self.input_shape)),
            ("Output", _batch(self.output_shape())),
            *self._sizes(),
            ("Kernel", _tuple(self.kernel_shape())),
            ("Parameters", product + total),
            (
                "Multiplications",
                f"{outputs}·{product} = {thousands(prod(sides) * weights)}",
            ),
            ("Output values", f"{values}, {does}"),
        )

    def _sizes(self):
        """Return the facts that tell how the size of the output comes about."""
        _, k, strides, padding, _, dilation, *_ = self.arguments.values()
        window = f"{dilation}·({k} − 1) + 1 = {self.span}"
        axes = _listed(AXES[self.rank - 1])
        covers = [("Kernel covers", f"{window} {axes}")] if dilation > 1 else []
        if padding == "same":
            sizes = [
                f"⌈{side} / {strides}⌉ = {out}"
                for side, out in zip(self.sides, self.output_sides())
            ]
            borders = [
                self._border(*both) for both in zip(self.sides, self.output_sides())
            ]
            return (
                *covers,
                ("Size", self._each(sizes)),
                ("Zeros", self._each(borders)),
            )
        sizes = []
        for side, out in zip(self.sides, self.output_sides()):
            room = side - self.span
            half = f"⌊{number(room / strides)}⌋ + 1 = " if room % strides else ""
            sizes.append(f"⌊({side} − {self.span}) / {strides}⌋ + 1 = {half}{out}")
        return (*covers, ("Size", self._each(sizes)))

    def _border(self, side, out):
        strides = self.arguments["strides"]
        total = max((out - 1) * strides + self.span - side, 0)
        return f"{total // 2} before, {total - total // 2} after"

    def _each(self, texts):
        """Join the texts of the axes; axes with the same text share it."""
        axes = AXES[self.rank - 1]
        names = {
            text: _listed([axis for axis, own in zip(axes, texts) if own == text])
            for text in texts
        }
        return "; ".join(f"{name}: {text}" for text, name in names.items())


def _with(values, *more):
    """Return the options with the given ones; where all are numbers, in order."""
    every = [*values, *(value for value in more if value not in values)]
    return sorted(every) if all(type(value) is int for value in every) else every


def _listed(words):
    """Write words as "frames, rows and columns"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _tuple(shape):
    return f"({', '.join(map(str, shape))})"


def _batch(shape):
    return _tuple(("None", *shape))
