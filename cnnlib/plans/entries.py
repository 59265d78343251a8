"""The entries of a plan: each knows what it makes of a shape, and what it costs."""

from dataclasses import KW_ONLY, dataclass, fields
from math import prod
from reprlib import Repr
from typing import NamedTuple

from cnnlib._validate import (
    checked_shape,
    complaint,
    flag,
    fraction,
    integer,
    pair,
    real,
)
from cnnlib.shapes import conv_parameters, output_size

_SHORT = Repr()
_SHORT.maxtuple = 2  # a table of connections is long


class Count(NamedTuple):
    """What an entry makes of one image.

    Attributes:
        output_shape: (H, W, C) or (D,), without N.
        parameters: weights and biases that training changes.
        multiplications: products of an input and a weight.
        connections: lines in a drawing with every unit: each of its inputs, and its
            bias, counted for each output, as LeCun et al. (1998) do.
    """

    output_shape: tuple
    parameters: int = 0
    multiplications: int = 0
    connections: int = 0


@dataclass(frozen=True, repr=False)
class Entry:
    """What all entries share; this one changes no shape and has no weights.

    Attributes:
        name: what the layer is called, as "conv1"; None leaves it without a name.
    """

    _: KW_ONLY
    name: str | None = None

    def __repr__(self):
        """Write the settings that are not the default, as they would be given."""
        given = []
        for f in fields(self):
            value = getattr(self, f.name)
            if f.name != "name" and value != f.default:
                given.append(f"{f.name}={_SHORT.repr(value)}")
        return f"{type(self).__name__}({', '.join(given)})"

    def count(self, shape):
        """Return a `Count` for a shape without N.

        Raises:
            TypeError: if a setting is of the wrong type.
            ValueError: if a setting is out of range, or does not fit the shape.
        """
        return Count(shape)

    def windows(self):
        """Return ((size, strides),) of what slides over a map, else ()."""
        return ()


@dataclass(frozen=True, repr=False)
class Conv2D(Entry):
    """Kernels that slide over the channels of a map.

    Attributes:
        filters: channels of the output.
        kernel_size: pixels of the kernel.
        strides: step of the kernel, in pixels.
        padding: as in `cnnlib.layers.Conv2D`.
        groups: parts into which the channels are split; a filter sees one of them.
        connections: rows of 0 and 1, shape (C, filters): which channel each filter
            sees. None for all.
        use_bias: whether each filter has a bias.
    """

    filters: int
    kernel_size: int | tuple
    strides: int | tuple = 1
    padding: int | str = 0
    groups: int = 1
    connections: tuple | None = None
    use_bias: bool = True

    def count(self, shape):
        """(H, W, C) -> (H_out, W_out, filters)."""
        *size, channels = _map(shape)
        size = output_size(size, self.kernel_size, self.strides, self.padding)
        bias = self.filters if flag("use_bias", self.use_bias) else 0
        if self.connections is None:
            weights = conv_parameters(
                self.kernel_size, channels, self.filters, False, self.groups
            )
        else:
            pairs = _pairs(self.connections, channels, self.filters, self.groups)
            weights = conv_parameters(self.kernel_size, 1, 1, False) * pairs
        parameters, places = weights + bias, prod(size)
        return Count(
            (*size, self.filters), parameters, places * weights, places * parameters
        )

    def windows(self):
        """Return its kernel size and strides."""
        return ((self.kernel_size, self.strides),)


def group_table(in_channels, filters, groups):
    """Write a grouped convolution as a table of connections.

    Args:
        in_channels: channels of the input.
        filters: channels of the output.
        groups: parts into which both are split, in order.
    Returns:
        Rows of 0 and 1, shape (in_channels, filters), with `groups` blocks of ones:
        the `connections` of a `Conv2D`.
    Raises:
        TypeError: if a number is not an int.
        ValueError: if a number is below 1, or `groups` does not divide the channels.
    Source: Krizhevsky et al. (2012), section 3.2: two groups, on two GPUs.
    """
    conv_parameters(1, in_channels, filters, groups=groups)  # looks at all three
    per_input, per_filter = in_channels // groups, filters // groups
    return tuple(
        tuple(int(c // per_input == f // per_filter) for f in range(filters))
        for c in range(in_channels)
    )


def _pairs(table, channels, filters, groups):
    """Count the ones of a table of connections, if it fits."""
    expected = f"{channels} rows of {integer('filters', filters)} zeros and ones"
    try:
        rows = [[int(cell) for cell in row] for row in table]
        whole = all(
            a == b for row, given in zip(rows, table) for a, b in zip(row, given)
        )
    except (TypeError, ValueError):
        raise TypeError(complaint("connections", expected, repr(table)[:60])) from None
    sides = f"{len(rows)} rows of {sorted({len(row) for row in rows})}"
    fits = len(rows) == channels and all(len(row) == filters for row in rows)
    if not (fits and whole and {cell for row in rows for cell in row} <= {0, 1}):
        raise ValueError(complaint("connections", expected, sides))
    if not all(map(any, zip(*rows))):
        expected = "a one in every column: each filter sees a channel"
        raise ValueError(complaint("connections", expected, "a column of zeros"))
    if groups != 1:
        raise ValueError(complaint("groups", "1 where connections are given", groups))
    return sum(map(sum, rows))


@dataclass(frozen=True, repr=False)
class _Pooling2D(Entry):
    pool_size: int | tuple = 2
    strides: int | tuple | None = None  # None: as far as the window is wide

    def count(self, shape):
        """(H, W, C) -> (H_out, W_out, C)."""
        *size, channels = _map(shape)
        return Count((*output_size(size, *self.windows()[0]), channels))

    def windows(self):
        """Return its window's size and strides."""
        strides = self.pool_size if self.strides is None else self.strides
        return ((self.pool_size, strides),)


@dataclass(frozen=True, repr=False)
class _PaddedPooling2D(_Pooling2D):
    padding: str = "valid"  # or "same", as in Keras: what is outside does not count

    def count(self, shape):
        """(H, W, C) -> (H_out, W_out, C)."""
        *size, channels = _map(shape)
        if self.padding not in ("valid", "same"):
            expected = "'valid' or 'same'"
            raise ValueError(complaint("padding", expected, repr(self.padding)))
        return Count((*output_size(size, *self.windows()[0], self.padding), channels))


class MaxPooling2D(_PaddedPooling2D):
    """The largest value of each window, channel by channel."""


class AveragePooling2D(_PaddedPooling2D):
    """The mean of each window, channel by channel."""


@dataclass(frozen=True, repr=False)
class Subsampling(_Pooling2D):
    """The sum of each window, times a weight of its channel, plus a bias.

    Source: LeCun et al. (1998), section II-B, layers S2 and S4.
    """

    def count(self, shape):
        """(H, W, C) -> (H_out, W_out, C)."""
        output_shape = super().count(shape).output_shape
        values, window = prod(output_shape), self.pool_size
        cells = prod(window) if isinstance(window, tuple) else window**2
        # the sum is multiplied, not its cells; a line leads from each cell
        return Count(output_shape, 2 * shape[-1], values, values * (cells + 1))


@dataclass(frozen=True, repr=False)
class ZeroPadding2D(Entry):
    """Zeros around a map.

    Attributes:
        padding: pixels on each side, an int or a pair (H, W).
    """

    padding: int | tuple

    def count(self, shape):
        """(H, W, C) -> (H + 2 padding, W + 2 padding, C)."""
        height, width, channels = _map(shape)
        above, left = pair("padding", self.padding, minimum=0)
        return Count((height + 2 * above, width + 2 * left, channels))


@dataclass(frozen=True, repr=False)
class PadChannels(Entry):
    """Every so many pixels of a map, and channels of zeros behind its own.

    Attributes:
        filters: channels of the output, zeros included.
        strides: step from one pixel that is kept to the next.

    Source: He et al. (2016), arXiv:1512.03385, section 3.3, option A.
    """

    filters: int
    strides: int = 1

    def count(self, shape):
        """(H, W, C) -> (ceil(H / strides), ceil(W / strides), filters)."""
        *size, channels = _map(shape)
        filters = integer("filters", self.filters)
        if filters < channels:
            expected = f"at least the {channels} channels that come in"
            raise ValueError(complaint("filters", expected, filters))
        return Count((*output_size(size, 1, self.strides), filters))

    def windows(self):
        """Return a window of one pixel, and its strides."""
        return ((1, self.strides),)


@dataclass(frozen=True, repr=False)
class BatchNormalization(Entry):
    """Each channel less its mean, over its deviation, then scaled and shifted.

    Training takes mean and variance of the batch; use takes the moving ones, which
    are kept besides the two parameters of a channel.

    Attributes:
        epsilon: added to the variance.
        momentum: share of the old moving mean that each batch leaves.

    Source: Ioffe & Szegedy (2015), arXiv:1502.03167, algorithm 1.
    """

    epsilon: float = 1e-3
    momentum: float = 0.99

    def count(self, shape):
        """(..., C) -> (..., C)."""
        real("epsilon", self.epsilon, 0)
        fraction("momentum", self.momentum)
        return Count(shape, 2 * shape[-1])


@dataclass(frozen=True, repr=False)
class GlobalAveragePooling2D(Entry):
    """The mean of each channel.

    Source: Lin et al. (2014), arXiv:1312.4400, section 3.2.
    """

    def count(self, shape):
        """(H, W, C) -> (C,)."""
        return Count(_map(shape)[2:])


@dataclass(frozen=True, repr=False)
class Dense(Entry):
    """Units that get every input."""

    units: int

    def count(self, shape):
        """(D,) -> (units,)."""
        weights = conv_parameters(1, *_line(shape), self.units, False)
        return Count((self.units,), weights + self.units, weights, weights + self.units)


@dataclass(frozen=True, repr=False)
class RBF(Entry):
    """How far the inputs are from each class's fixed code, squared.

    Source: LeCun et al. (1998), section II-B, equation 7.
    """

    units: int

    def count(self, shape):
        """(D,) -> (units,)."""
        lines = conv_parameters(1, *_line(shape), self.units, False)
        # each difference is multiplied by itself; the codes are not trained
        return Count((self.units,), 0, lines, lines)


@dataclass(frozen=True, repr=False)
class Flatten(Entry):
    """All values in one line."""

    def count(self, shape):
        """(H, W, C) -> (H * W * C,)."""
        return Count((prod(shape),))


@dataclass(frozen=True, repr=False)
class Dropout(Entry):
    """In training, each value is dropped with probability `rate`."""

    rate: float

    def count(self, shape):
        """(...) -> (...)."""
        fraction("rate", self.rate)
        return Count(shape)


@dataclass(frozen=True, repr=False)
class LocalResponseNormalization(Entry):
    """Each value over a power of the squares around it, along the channels.

    Attributes:
        size: channels that are looked at, n in the paper.
        k: as in value / (k + alpha * sum of squares) ** beta.
        alpha: weight of the squares.
        beta: the power.

    Source: Krizhevsky et al. (2012), section 3.3.
    """

    size: int = 5
    k: float = 2.0
    alpha: float = 1e-4
    beta: float = 0.75

    def count(self, shape):
        """(H, W, C) -> (H, W, C)."""
        integer("size", self.size)
        for name in ("k", "alpha", "beta"):
            real(name, getattr(self, name))
        return Count(checked_shape("input", _map(shape)))


@dataclass(frozen=True, repr=False)
class Activation(Entry):
    """A function of each value by itself, or of a whole line of scores."""


class ReLU(Activation):
    """Negative values become zero."""


class Tanh(Activation):
    """The hyperbolic tangent."""


class ScaledTanh(Activation):
    """1.7159 tanh(2a / 3), which is 1 at 1 and -1 at -1.

    Source: LeCun et al. (1998), equation 6 and appendix A.
    """


class Sigmoid(Activation):
    """1 / (1 + exp(-a))."""


class Softmax(Activation):
    """Scores become shares of 1."""


def _map(shape):
    if len(shape) != 3:
        raise ValueError(complaint("input", "shape (H, W, C)", shape))
    return shape


def _line(shape):
    if len(shape) != 1:
        expected = "shape (D,), as Flatten() makes it"
        raise ValueError(complaint("input", expected, shape))
    return shape
