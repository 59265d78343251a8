"""Operations on arrays, channels last, each with its gradient, and classic kernels.

"Convolution" is cross-correlation, as in Keras: the kernel is not flipped.
A `_backward` takes `dy`, the gradient of the loss with respect to the output, and
then what the operation itself took; it gives the gradient for each input.
`x` (or `logits`) decides the dtype: float64 stays float64, everything else is
computed in float32, so that 8-bit pixels cannot wrap round; what float32 cannot hold
is refused. A NaN goes where the arithmetic takes it. A zero may come out as -0.0: show
results that are whole numbers through `.astype(int)`.
"""

from cnnlib.ops.activations import (
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from cnnlib.ops.convolution import conv2d, conv2d_backward, correlate2d
from cnnlib.ops.dense import dense, dense_backward
from cnnlib.ops.dropout import dropout, dropout_backward
from cnnlib.ops.flatten import flatten, flatten_backward
from cnnlib.ops.kernels import KERNELS
from cnnlib.ops.locally_connected import (
    locally_connected2d,
    locally_connected2d_backward,
)
from cnnlib.ops.loss import softmax_cross_entropy
from cnnlib.ops.pooling import (
    average_pool2d,
    average_pool2d_backward,
    global_average_pool2d,
    global_average_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from cnnlib.ops.windows import im2col

__all__ = [
    "KERNELS",
    "average_pool2d",
    "average_pool2d_backward",
    "conv2d",
    "conv2d_backward",
    "correlate2d",
    "dense",
    "dense_backward",
    "dropout",
    "dropout_backward",
    "flatten",
    "flatten_backward",
    "global_average_pool2d",
    "global_average_pool2d_backward",
    "im2col",
    "locally_connected2d",
    "locally_connected2d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax_cross_entropy",
    "tanh",
    "tanh_backward",
]
