"""Checks of lecture L5, the convolution layer."""

import numpy as np

from cnnlib.checks.engine import Function, SameShape, Value, any_of
from cnnlib.ops import KERNELS, conv2d, correlate2d

_RNG = np.random.default_rng(5)
_NUMBERED = np.arange(1, 10).reshape(3, 3)
_OBLONG = _RNG.integers(-4, 5, (2, 3))
# second number of exercise 1: the right one, then the wrong ones that have a hint
_MACS = (3_538_944, 3_321_216, 1_179_648, 110_592, 3_670_016)
_IMAGE = _RNG.integers(0, 256, (12, 11)).astype(float)
_POINT = np.zeros((12, 11))
_POINT[3, 6] = 1


def _zeros():
    """Accept one zero, or the whole (4, 4) result."""
    return any_of(0, np.zeros((4, 4), int))


def _step_result(value):
    """Accept the value at the edge, or the whole result of the step image."""
    return any_of(value, np.repeat([0, value, value, 0], 4).reshape(4, 4))


def _first(wrong):
    """Accept a wrong first number of exercise 1, whatever the second."""
    return any_of(*[(wrong, macs) for macs in _MACS])


def _matrix(kernel, height, width, row_length=None, order="C"):
    """Write the weights of each window into one row, (places, pixels)."""
    rows, columns = height - len(kernel) + 1, width - len(kernel[0]) + 1
    matrix = np.zeros((rows * columns, height * width))
    for place, (r, c) in enumerate(np.ndindex(rows, columns)):
        for (i, j), weight in np.ndenumerate(kernel):
            pixel = (r + i) * (row_length or width) + c + j if order == "C" else (c + j) * height + r + i
            matrix[place, pixel] = weight
    return matrix


def _shift(image, down, right):
    return np.roll(image, (down, right), axis=(0, 1))


def _equivariant(op, image, down, right, margin):
    inner = (slice(margin, -margin), slice(margin, -margin))
    before = op(_shift(image, down, right))[inner]
    after = _shift(op(image), down, right)[inner]
    return bool(np.allclose(before, after))


def _tests_invariance(op, image, down, right, margin):
    inner = (slice(margin, -margin), slice(margin, -margin))
    return bool(np.allclose(op(_shift(image, down, right))[inner], op(image)[inner]))


def _shifts_both_ways(op, image, down, right, margin):
    inner = (slice(margin, -margin), slice(margin, -margin))
    before = op(_shift(image, down, right))[inner]
    return bool(np.allclose(before, _shift(op(image), -down, -right)[inner]))


def _sobel(image):
    return correlate2d(image, KERNELS["sobel_y"])


def _sobel_same(image):
    return correlate2d(image, KERNELS["sobel_y"], padding="same")


def _brighter_below(image):
    return image * np.arange(len(image))[:, None]


def _mirror(image):
    return image[:, ::-1]


def _ramp_of_mean(image):
    return image.mean() * _brighter_below(np.ones_like(image))


def _strength(image):
    return abs(_sobel(image))  # no sign is left


def _every_second(image):
    result = np.zeros_like(image)
    result[::2, ::2] = image[::2, ::2]
    return result


def _dead_pixel(image):
    result = image.copy()
    result[5, 5] = 0
    return result


def _seen_through_a_pane(image):
    """Leave one place as it is, and give each other pixel a factor of its own."""
    factors = np.arange(2.0, image.size + 2).reshape(image.shape)
    factors[2:6, 6:9] = 1
    result = image * factors
    result[-1] = 1
    return result


def _from(down, right):
    """Make an operation that looks 3 pixels away, and sees 1 beyond the border."""

    def op(image):
        rows, columns = (slice(3 + n, 3 + n + side) for n, side in zip((down, right), image.shape))
        return np.pad(image, 3, constant_values=1)[rows, columns]

    return op


def _channel_sum(x, w, b):
    return conv2d(x[None], w, b)[0]


def _layer(x, w, b):
    return np.maximum(_channel_sum(x, w, b), 0)


def _bias_per_channel(x, w, b):
    return _layer(x, w, b * x.shape[-1])


def _relu_per_channel(x, w, b):
    parts = [np.maximum(_channel_sum(x[..., [c]], w[:, :, [c]], None), 0) for c in range(x.shape[-1])]
    return np.maximum(np.sum(parts, axis=0) + b, 0)


_LAYER_INPUTS = [
    (np.zeros((3, 3, 3)), np.ones((2, 2, 3, 2)), np.array([1.0, 10.0])),
    (
        _RNG.normal(size=(6, 5, 3)),
        _RNG.normal(size=(3, 2, 3, 4)),
        np.array([2.0, -2.0, 0.5, -0.5]),
    ),
]

CHECKS = {
    "predict1": Value(
        expected=1216,
        because="Each kernel has 5 · 5 · 3 weights and one bias: 16 · (75 + 1).",
        otherwise=("Begin with one kernel: how many numbers does it hold?", "Count the weights of one kernel, add its bias, multiply by 16."),
        hints=[
            ("These are the weights. Each kernel has a bias too.", 1200),
            ("Your kernels are flat. A kernel is as deep as its input: how many channels has this one?", 416),
            ("You count the depth twice. One kernel holds 5 · 5 · 3 weights, and there are 16 kernels.", 3616),
            ("You give each kernel three biases. It has one, added after the sum over the channels.", 1248),
            ("That is one kernel with its bias. The layer has 16.", 76),
            ("That is a dense layer, with one weight for each pair of input and output. Here the kernel is shared by all places.", 38_535_168),
        ],
    ),
    "predict2": Value(
        expected=940_800,
        because="28 · 28 places, 16 kernels, 75 products each.",
        otherwise="How many numbers come out, and how many products make one of them?",
        hints=[
            ("You multiply by the size of the input. Count places of the window: how many rows and columns has the output?", 1_228_800),
            ("You forgot the depth: one place of one kernel takes 5 · 5 · 3 products.", 313_600),
            ("That is one kernel. The layer slides 16 of them.", 58_800),
            ("You count the biases. A bias is added, nothing is multiplied.", 953_344),
            ("That is one place of the window. Each weight is used again at every place.", 1200),
        ],
    ),
    "predict3": Value(
        expected=_zeros(),
        because="Every value of this response is zero or negative.",
        otherwise="Take max(0, y) of −1020, and of 0.",
        hints=[
            ("That is the response before ReLU. What is the larger of −1020 and 0?", _step_result(-1020)),
            ("That is the absolute value. ReLU does not turn a minus sign round: it gives the larger of y and 0.", _step_result(1020)),
        ],
    ),
    "predict4": Value(
        expected=any_of(5, (5, 5)),
        because="A cell of the maps saw 3 pixels; its neighbor on each side saw one more.",
        otherwise="Draw one row of pixels. Three neighboring cells of the maps each saw three of them: mark them all.",
        hints=[
            ("That is what the second kernel covers in the maps. Each cell there has seen 3 pixels itself.", any_of(3, (3, 3))),
            ("You add the two sides, as if neighboring cells had seen other pixels. Their windows overlap.", any_of(6, (6, 6))),
            ("You multiply the two sides, as if neighboring cells had seen other pixels. Their windows overlap.", any_of(9, (9, 9))),
            ("You let the square grow by one pixel. The neighbor on the other side has seen one more, too.", any_of(4, (4, 4))),
            (("You let the square grow by two pixels on each side. How many more has the cell beside the middle one seen?", "It saw one pixel more, no more."), any_of(7, (7, 7))),
            ("You count all pixels of the square. How long is its side?", 25),
        ],
    ),
    "predict5": Value(
        expected=3,
        because="One row bright, two rows bright, three rows bright: three different windows that are not black.",
        otherwise="Sort the 16 windows: which of them hold the same pixels?",
        hints=[
            ("That is how many windows there are. The four in one row of the result hold the same pixels, so they say the same.", 16),
            ("Four kinds of window, right. One of them is black: its equation reads 0 = 0 and says nothing about the kernel.", 4),
            ("You left the black windows out. Of the other 12, how many differ?", 12),
            ("That is how many weights are wanted. How many different equations does this picture offer?", 9),
            ("You left out the windows that are bright all over. Their equation says something: all nine weights sum to zero.", 2),
        ],
    ),
    "predict6": Value(
        expected=144,
        because="16 rows, and in each the nine weights of one window.",
        otherwise="Each row of the matrix makes one output from one window.",
        hints=[
            ("That is how many different weights there are. Each stands in the matrix many times, once for every place of the window.", 9),
            ("36 rows of nine: you count a window for each pixel. How many places has the window?", 324),
            ("That is every entry, as in a dense layer. A row has nothing to say about pixels outside its window.", 576),
            ("Are you counting the zeros?", any_of(432, 440, 567, 560)),
            ("That is the number of rows. How many pixels does each look at?", 16),
        ],
    ),
    "1": Value(
        expected=[896, 3_538_944],
        because="32 · (3 · 3 · 3 + 1) parameters; 64 · 64 places, 32 kernels, 27 products.",
        otherwise=("Write down weights and bias of one kernel; then the size of the output.", 'With "same" padding the output is as large as the input. Each of its places takes all weights once.'),
        hints=[
            ("The first number lacks the biases: each kernel has one.", _first(864)),
            ("The kernels in your first number are flat: they are as deep as the input.", _first(320)),
            ("Your first number counts the depth twice: a kernel has 3 · 3 · 3 weights.", _first(2624)),
            ("Your first number has three biases a kernel. There is one, added after the sum over the channels.", _first(960)),
            ("Your second number belongs to “valid”. With “same” the output is as large as the input.", (896, 3_321_216)),
            ("Your second number lacks the depth: one place takes 3 · 3 · 3 products.", (896, 1_179_648)),
            ("Your second number is for one kernel of the 32.", (896, 110_592)),
            ("Your second number counts the biases. A bias is added, nothing is multiplied.", (896, 3_670_016)),
        ],
    ),
    "2": Function(
        reference=_matrix,
        inputs=[(_NUMBERED, 6, 6), (_OBLONG, 5, 7)],  # 4 rows of 5 places
        because="One row for each place; the nine weights move on with the window.",
        otherwise="Row 0 should hold the first window: try `conv_matrix(kernel, 6, 6)[0].reshape(6, 6)`.",
        hints=[
            ("Your kernel is turned by 180 degrees, as in true convolution.", lambda kernel, height, width: _matrix(np.flip(kernel), height, width)),
            ("Rows and columns are exchanged: one row for each output, one column for each pixel.", lambda kernel, height, width: _matrix(kernel, height, width).T),
            ("Your rows of pixels are as long as rows of the output. Pixel (r, c) stands at r · width + c.", lambda kernel, height, width: _matrix(kernel, height, width, row_length=width - len(kernel[0]) + 1)),
            ("You number the pixels down the columns. `ravel` goes along the rows: pixel (r, c) stands at r · width + c.", lambda kernel, height, width: _matrix(kernel, height, width, order="F")),
            ("You have one row for each pixel. Count the places of the window.", SameShape(lambda kernel, height, width: np.zeros([height * width] * 2))),
        ],
    ),
    "3": Function(
        reference=_equivariant,
        inputs=[
            (_sobel, _IMAGE, 1, 2, 3),
            (_sobel_same, _IMAGE, 2, 1, 3),
            (_brighter_below, _IMAGE, 1, 0, 2),
            (_mirror, _IMAGE, 0, 1, 2),
            (_ramp_of_mean, _IMAGE, 1, 1, 2),
            (_strength, _IMAGE, 1, 2, 3),
            (_every_second, _IMAGE, 2, 2, 3),
            (_dead_pixel, _IMAGE, 2, 2, 4),
            (_seen_through_a_pane, _POINT, 1, 1, 2),
            # a margin that is just wide enough, and on each side one just too narrow
            (_from(-3, -3), _IMAGE, 1, 1, 4),
            (_from(3, 3), _IMAGE, 1, 1, 3),
            (_from(-3, 0), _IMAGE, 1, 1, 3),
            (_from(0, -3), _IMAGE, 1, 1, 3),
            (_from(3, 0), _IMAGE, 1, 1, 2),
            (_from(0, 3), _IMAGE, 1, 1, 2),
        ],
        because="Convolutions pass, with padding too; what depends on the place fails.",
        otherwise="Compare op(shift(image)) with shift(op(image)), without the margin.",
        hints=[
            ("You ask whether the result stays where it was: that is invariance. The result of the image must be shifted too.", _tests_invariance),
            ("Your two shifts go in opposite directions. Move the image and the result the same way.", _shifts_both_ways),
            ("You find every operation equivariant, even a mirror. Compare the values, not the shapes.", lambda *args: True),
            ("You find nothing equivariant, not even a convolution. At the borders the two results may differ: leave the margin out on all four sides.", lambda *args: False),
            ("Just the other way round: True means that the two results agree.", lambda *args: not _equivariant(*args)),
        ],
    ),
    "4": Value(
        expected=[5, 8, 9],
        because="Nine weights are pinned down when the rank is nine.",
        otherwise="Stack the patches of all pictures on top of each other, then take the rank.",
        hints=[
            ("You take each picture by itself. Keep the earlier ones and add to them.", any_of((5, 5, 5), (3, 5, 5))),
            ("Your second number leaves out the turned step. Keep the earlier pictures and add to them.", any_of((5, 7, 8), (5, 7, 9))),
            ("3 + 3 = 6 counts the bright window twice: both pictures have it. Let `matrix_rank` do the sum.", any_of((6, 11, 16), (6, 9, 9), (6, 8, 9))),
            ("The first number is the rank of one picture. Two lists of patches, stacked, have 32 rows.", any_of((3, 7, 8), (3, 5, 8), (3, 8, 9))),
        ],
    ),
    "5": Function(
        reference=_layer,
        inputs=_LAYER_INPUTS,
        because="Sum over the channels, then one bias, then ReLU.",
        otherwise="Try a black image: the result must be ReLU of the bias alone.",
        hints=[
            ("The bias is still added once per channel: on a black image you get three times the bias.", _bias_per_channel),
            ("The bias is gone. It is added once.", lambda x, w, b: np.maximum(_channel_sum(x, w, None), 0)),
            ("Your results go below zero: the ReLU is missing.", _channel_sum),
            ("Your ReLU comes before the bias. Add first, cut afterwards.", lambda x, w, b: np.maximum(_channel_sum(x, w, None), 0) + b),
            ("You cut each channel by itself. The channels are summed first; a minus in one may cancel a plus in another.", _relu_per_channel),
            ("You cut at 1 as well. ReLU has no upper limit.", lambda x, w, b: _channel_sum(x, w, b).clip(0, 1)),
        ],
    ),
}
