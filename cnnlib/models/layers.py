"""Layers that Keras does not have, out of the papers of the course.

Only `keras.ops` is used, so they run wherever Keras does. This module loads Keras.
"""

from cnnlib.startup import quiet

with quiet():
    import keras

import numpy as np
from keras import ops

from cnnlib._validate import complaint, pair
from cnnlib.plans import CODES

register = keras.saving.register_keras_serializable("cnnlib")


@register
def scaled_tanh(x):
    """Return 1.7159 tanh(2x / 3), which is 1 at 1 and -1 at -1.

    Source: LeCun et al. (1998), equation 6 and appendix A.
    """
    return 1.7159 * ops.tanh(x * 2 / 3)


@register
class MaskedConv2D(keras.layers.Layer):
    """A convolution in which a table says which filter sees which channel.

    It holds the weights of the ones in the table and no others: `kernel` has shape
    (KH, KW, ones), in the order of the table's rows. `full_kernel` puts zeros where
    the table has them.

    Args:
        filters: columns of the table.
        kernel_size: side of the kernel in pixels, or a pair (H, W).
        connections: rows of 0 and 1, shape (C, filters).
        strides, padding, activation, use_bias: as in `keras.layers.Conv2D`.
    Raises:
        ValueError: if the input's channels are not the rows of the table.
    Source: LeCun et al. (1998), table I; Krizhevsky et al. (2012), section 3.2.
    """

    def __init__(
        self,
        filters,
        kernel_size,
        connections,
        strides=1,
        padding="valid",
        activation=None,
        use_bias=True,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.filters, self.strides, self.padding = filters, strides, padding
        size = kernel_size
        self.kernel_size = (
            tuple(size) if isinstance(size, (tuple, list)) else (size,) * 2
        )
        self.connections = tuple(map(tuple, connections))
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        table = np.array(self.connections)
        if table.ndim != 2 or table.shape[1] != filters:
            expected = f"rows of {filters} zeros and ones"
            raise ValueError(complaint("connections", expected, f"shape {table.shape}"))
        # where each cell of the table finds its weights; zeros stand behind the last
        ones = table.ravel() == 1
        self._pairs = int(ones.sum())
        self._places = np.where(ones, np.cumsum(ones) - 1, self._pairs).astype("int32")

    def build(self, input_shape):
        """Draw the weights, by Glorot's rule for the connections that there are."""
        rows = len(self.connections)
        if input_shape[-1] != rows:
            raise ValueError(complaint("input", f"{rows} channels", input_shape[-1]))
        window = self.kernel_size[0] * self.kernel_size[1]
        fans = window * self._pairs / self.filters + window * self._pairs / rows
        limit = float(np.sqrt(6 / fans))
        start = keras.initializers.RandomUniform(-limit, limit)
        shape = (*self.kernel_size, self._pairs)
        self.kernel = self.add_weight(shape=shape, initializer=start, name="kernel")
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                shape=(self.filters,), initializer="zeros", name="bias"
            )

    def full_kernel(self):
        """Return the kernel of an ordinary convolution, shape (KH, KW, C, filters)."""
        zeros = ops.zeros((*self.kernel_size, 1), self.kernel.dtype)
        kernel = ops.take(ops.concatenate([self.kernel, zeros], -1), self._places, -1)
        rows = len(self.connections)
        return ops.reshape(kernel, (*self.kernel_size, rows, self.filters))

    def call(self, inputs):
        """(N, H, W, C) -> (N, H_out, W_out, filters)."""
        y = ops.conv(inputs, self.full_kernel(), self.strides, self.padding)
        return self.activation(y if self.bias is None else y + self.bias)

    def count_multiplications(self, output_shape):
        """Count the products for one image, from the output's shape without N."""
        height, width, _ = output_shape
        return height * width * self.kernel_size[0] * self.kernel_size[1] * self._pairs

    def get_config(self):
        """Return what this layer is made of."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "connections": self.connections,
            "strides": self.strides,
            "padding": self.padding,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
        }


@register
class Subsampling(keras.layers.Layer):
    """The sum of each window, times a weight of its channel, plus a bias.

    The weights start at 1 / window, which makes each sum a mean.

    Args:
        pool_size: side of the window in pixels.
        strides: step of the window; None for its side.
        activation: as in `keras.layers.Conv2D`.
    Source: LeCun et al. (1998), section II-B, layers S2 and S4.
    """

    def __init__(self, pool_size=2, strides=None, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.pool_size = pair("pool_size", pool_size)
        self.strides = self.pool_size if strides is None else pair("strides", strides)
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        """Make one weight and one bias a channel."""
        shape = (input_shape[-1],)
        mean = keras.initializers.Constant(1 / self._window)
        self.kernel = self.add_weight(shape=shape, initializer=mean, name="kernel")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    @property
    def _window(self):
        return self.pool_size[0] * self.pool_size[1]

    def call(self, inputs):
        """(N, H, W, C) -> (N, H_out, W_out, C)."""
        mean = ops.average_pool(inputs, self.pool_size, self.strides)
        return self.activation(mean * self._window * self.kernel + self.bias)

    def count_multiplications(self, output_shape):
        """Count the products for one image, from the output's shape without N."""
        return int(np.prod(output_shape))

    def get_config(self):
        """Return what this layer is made of."""
        return {
            **super().get_config(),
            "pool_size": self.pool_size,
            "strides": self.strides,
            "activation": keras.activations.serialize(self.activation),
        }


@register
class PadChannels(keras.layers.Layer):
    """Every so many pixels of a map, and channels of zeros behind its own.

    Args:
        filters: channels of the output, zeros included.
        strides: step from one pixel that is kept to the next.
    Raises:
        ValueError: if more channels come in than `filters`.
    Source: He et al. (2016), arXiv:1512.03385, section 3.3, option A.
    """

    def __init__(self, filters, strides=1, **kwargs):
        super().__init__(**kwargs)
        self.filters, self.strides = filters, pair("strides", strides)

    def build(self, input_shape):
        """Look at the channels; there are no weights."""
        channels = input_shape[-1]
        if channels > self.filters:
            raise ValueError(
                complaint("input", f"at most {self.filters} channels", channels)
            )

    def call(self, inputs):
        """(N, H, W, C) -> (N, ceil(H / strides), ceil(W / strides), filters)."""
        down, right = self.strides
        zeros = self.filters - inputs.shape[-1]
        return ops.pad(inputs[:, ::down, ::right], [(0, 0)] * 3 + [(0, zeros)])

    def get_config(self):
        """Return what this layer is made of."""
        own = {"filters": self.filters, "strides": self.strides}
        return {**super().get_config(), **own}


@register
class LocalResponseNormalization(keras.layers.Layer):
    """Each value over a power of the squares around it, along the channels.

    Args:
        size: channels that are looked at, n in the paper; half of them before.
        k, alpha, beta: value / (k + alpha * sum of squares) ** beta.
    Source: Krizhevsky et al. (2012), section 3.3.
    """

    def __init__(self, size=5, k=2.0, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.size, self.k, self.alpha, self.beta = size, k, alpha, beta

    def call(self, inputs):
        """(N, H, W, C) -> (N, H, W, C)."""
        channels, half = inputs.shape[-1], self.size // 2
        padded = ops.pad(ops.square(inputs), [(0, 0)] * 3 + [(half, half)])
        near = sum(padded[..., i : i + channels] for i in range(2 * half + 1))
        return inputs / ops.power(self.k + self.alpha * near, self.beta)

    def get_config(self):
        """Return what this layer is made of."""
        names = ("size", "k", "alpha", "beta")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


@register
class RBF(keras.layers.Layer):
    """Minus the squared distance to the fixed code of each class.

    The paper's output is the distance, and the smallest one wins. With its sign turned
    the largest one wins, and softmax cross-entropy on it is the paper's equation 9
    without the constant j.

    Args:
        units: classes, at most 10.
    Raises:
        ValueError: if there is no code for so many classes, or the inputs are not 84.
    Source: LeCun et al. (1998), section II-B, equation 7, and section II-C.
    """

    def __init__(self, units=10, **kwargs):
        super().__init__(**kwargs)
        if units > len(CODES):
            raise ValueError(complaint("units", f"at most {len(CODES)}", units))
        self.units = units
        self.codes = np.array(CODES[:units], "float32")

    def build(self, input_shape):
        """Look at the number of inputs; there are no weights."""
        length = self.codes.shape[1]
        if input_shape[-1] != length:
            raise ValueError(complaint("input", f"{length} values", input_shape[-1]))

    def call(self, inputs):
        """(N, 84) -> (N, units)."""
        gaps = ops.expand_dims(inputs, 1) - self.codes
        return -ops.sum(ops.square(gaps), -1)

    def count_multiplications(self, output_shape):
        """Count the products for one image: each difference by itself."""
        return self.codes.size

    def get_config(self):
        """Return what this layer is made of."""
        return {**super().get_config(), "units": self.units}
