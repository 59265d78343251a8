"""Checks of lecture L8, LeNet-5."""

import numpy as np

from cnnlib.checks.engine import Between, Function, Value, any_of

_RNG = np.random.default_rng(8)

# exercise 1: parameters of C5 on a 36 x 36 image, as a convolution and as a dense layer
_C5 = (48_120, 69_240)
# exercise 2: pairs, parameters and connections of a C3 that sees all, connections in all
_FULL = (96, 2_416, 241_600, 430_908)


def _number(place, wrong, right=_FULL):
    """Recognize one wrong number, whatever the others are."""
    return Between((len(right),), [wrong], [wrong], np.eye(len(right))[[place]])


def _bend(a):
    return 1.7159 * np.tanh(2 / 3 * a)


def _windows(x):
    n, height, width, channels = x.shape
    return x.reshape(n, height // 2, 2, width // 2, 2, channels)


def _subsample(x, coefficient, bias, bend=_bend, reduce=np.sum):
    return bend(coefficient * reduce(_windows(x), axis=(2, 4)) + bias)


def _bias_inside(x, coefficient, bias):
    return _bend(coefficient * (_windows(x).sum(axis=(2, 4)) + bias))


def _bias_each(x, coefficient, bias):
    return _bend((coefficient * _windows(x) + bias).sum(axis=(2, 4)))


def _plain(a):
    return a


def _half_scaled(a):
    return 1.7159 * np.tanh(a)


_FOUR = np.array([[1.0, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])[None, :, :, None] / 8
_SUBSAMPLED = [
    (_FOUR, np.array([0.25]), np.array([0.5])),
    (_RNG.normal(size=(2, 4, 6, 3)), np.array([0.5, -0.25, 1.0]), np.array([0.5, -1.0, 0.25])),
]


def _framed(images, background=-0.1, ink=1.175):
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)))
    return background + (ink - background) * padded


def _frame_of_zeros(images):
    return np.pad(-0.1 + 1.275 * images, ((0, 0), (2, 2), (2, 2), (0, 0)))


def _one_side(images):
    return -0.1 + 1.275 * np.pad(images, ((0, 0), (0, 4), (0, 4), (0, 0)))


def _four_each(images):
    return -0.1 + 1.275 * np.pad(images, ((0, 0), (4, 4), (4, 4), (0, 0)))


_DIGITS = [np.ones((1, 28, 28, 1)), _RNG.random((2, 28, 28, 3))]

CHECKS = {
    "predict1": Value(
        expected=122_304,
        because="28 · 28 · 6 outputs, each with 25 inputs and a bias.",
        otherwise=("How many outputs has C1, and how many lines lead to each of them?", "28 · 28 · 6 outputs, and 26 lines each."),
        hints=[
            ("You left out the biases: a line leads from the bias to each output, too.", 117_600),
            ("Those are the parameters. Each of them is used at every place of its map.", 156),
            ("Those are the outputs. How many lines lead to each?", 4_704),
            ("That is one of the six maps.", 20_384),
            ("You let the kernel stand at every pixel of the image. Count the places: 28 in a row.", 159_744),
        ],
    ),
    "predict2": Value(
        expected=12,
        because="Six maps, with one coefficient and one bias each.",
        otherwise="What does one map of S2 have to learn? Then take six maps.",
        hints=[
            ("You give each input of the window a coefficient. The four are added first, then one coefficient multiplies the sum.", any_of(30, 24)),
            ("You forgot the biases: one a map.", 6),
            ("That is one map. Each of the six has its own.", 2),
            ("You give each output its own numbers. A map shares them, as a kernel is shared.", 2_352),
            ("That is a pool of today. This one multiplies by a coefficient that is trained.", 0),
        ],
    ),
    "predict3": Value(
        expected=48_120,
        because="120 kernels of 5 · 5 · 16 weights, and a bias each.",
        otherwise="How many numbers does one kernel hold, if it sees all 16 maps?",
        hints=[
            ("You forgot the biases: one for each of the 120 kernels.", 48_000),
            ("Your kernels see one map. Each of them sees all 16.", 3_120),
            ("You give each kernel a bias for every map. It has one.", 49_920),
            ("That is one kernel with its bias. There are 120.", 401),
        ],
    ),
    "predict4": Value(
        expected=1_516,
        because="60 pairs of 25 weights, and 16 biases.",
        otherwise=("How many pairs of a map of S2 and a map of C3 does the table connect?", "6 · 3 + 9 · 4 + 1 · 6 = 60 pairs, each with a kernel of 5 × 5; then the biases."),
        hints=[
            ("That is the full table: all 16 maps see all six. In this one 60 of the 96 pairs are connected.", 2_416),
            ("You forgot the biases: one for each of the 16 maps.", 1_500),
            ("You give each pair a bias. A map of C3 has one, added after the sum.", 1_560),
            ("Your kernels are flat: each map of C3 sees three, four or six maps.", 416),
            ("Those are the connected pairs. Each is a kernel of 5 × 5.", 60),
        ],
    ),
    "predict5": Value(
        expected=48,
        because="Twelve cells differ, each by 2: 12 · 2².",
        otherwise="By how much do two codes differ in a cell where one has ink and the other has not? Square that, and add up.",
        hints=[
            ("You counted the cells. In each of them the gap is from −1 to 1.", 12),
            ("You added the gaps. The distance is squared: add their squares.", 24),
            ("You squared the sum. Square each gap, then add.", any_of(144, 576)),
            ("That is what unit 8 says, whose code it is.", 0),
        ],
    ),
    "predict6": Value(
        expected=94.0,
        tolerance=2.0,
        percent=True,
        because="Five seeds gave 93.2 to 94.8 of 100: a few digits less than with learned filters.",
        otherwise="Random filters make maps, too, in which a stroke shows. C5, F6 and the output learn from these.",
        hints=[
            ("It loses something: learned filters are of use.", Between((), 96.1, 100)),
            ("That is near chance, 10 of 100. But all behind C3 learns, and that is most of the parameters.", Between((), 0, 20)),
            ("It loses less than that. How many of the parameters does it still learn?", Between((), 20.1, 91.9)),
        ],
    ),
    "predict7": Value(
        expected=400,
        because="16 maps of 5 × 5.",
        otherwise="Follow the side: 32, then 28 behind C1, and so on. What is left behind S4, and in how many maps?",
        hints=[
            ("That is for 28 × 28, as MNIST comes. You forgot that the digits are padded to 32 × 32.", 256),
            ("That is one map. There are 16.", 25),
            ("Those are the maps before S4 halves them.", 1_600),
            ("You let convolutions keep the size. Without zeros around the map a kernel of 5 takes 4 pixels off.", any_of(784, 1_024)),
        ],
    ),
    "1": Value(
        expected=_C5,
        because="A kernel has the same weights wherever it stands; a dense layer has a weight for each input.",
        otherwise=("First follow the side of the maps: 36, 32, 16, 12, 6.", "A convolution of 5 × 5 has the same parameters on any size. Flattened, 6 × 6 × 16 values come into the dense layer."),
        hints=[
            ("The first is right. The dense layer has a weight for each of its inputs, and there are more than 400 now.", (48_120, 48_120)),
            ("You exchanged the two: the first is the convolution.", _C5[::-1]),
            ("You forgot the biases, 120 each time.", (48_000, 69_120)),
            ("You count the kernel once for each place where it stands. Its weights are shared.", any_of((192_480, 69_240), (192_480, 48_120))),
            ("A convolution does not grow with the image: its kernel is 5 × 5 wherever it stands.", (69_240, 69_240)),
        ],
    ),
    "2": Value(
        expected=_FULL,
        because="36 pairs more are 900 weights more, each at 100 places.",
        otherwise="Four numbers, in this order: pairs, parameters of C3, connections of C3, connections of the whole net.",
        hints=[
            ("You forgot the 16 biases of C3, and their lines at each of the 100 places.", (96, 2_400, 240_000, 429_308)),
            ("All is right but the last number: the lines of the output layer, 840 of them, are connections too.", (*_FULL[:3], 430_068)),
            ("C3 is right. In all, the other layers stay as they are: take the old C3 off 340,908, and add the new one.", (*_FULL[:3], 582_508)),
            ("That is the pairs of the paper's table. Now every map of C3 sees all six.", _number(0, 60)),
            ("Those are the parameters of the paper's C3.", _number(1, 1_516)),
            ("You count the places of the maps that come in. A kernel of 5 stands at 10 · 10 places of 14 · 14.", _number(2, 473_536)),
        ],
    ),
    "3": Function(
        reference=_subsample,
        inputs=_SUBSAMPLED,
        because="One coefficient and one bias a map: 12 numbers for six maps.",
        otherwise="Add the four values of each window, multiply by the map's coefficient, add its bias, then bend.",
        hints=[
            ("You take the mean of the window. The paper takes the sum, which is four times as much.", lambda x, c, b: _subsample(x, c, b, reduce=np.mean)),
            ("You take the largest value: that is a pool of today.", lambda x, c, b: _subsample(x, c, b, reduce=np.max)),
            ("You forgot to bend: the result goes through the scaled tanh.", lambda x, c, b: _subsample(x, c, b, bend=_plain)),
            ("That is tanh without its scales, 1.7159 and 2/3.", lambda x, c, b: _subsample(x, c, b, bend=np.tanh)),
            ("The 2/3 inside is missing.", lambda x, c, b: _subsample(x, c, b, bend=_half_scaled)),
            ("You multiply the bias by the coefficient, too. It is added afterward.", _bias_inside),
            ("You add the bias four times. It is added once, to the sum.", _bias_each),
        ],
    ),
    "4": Value(
        expected=any_of("max pooling", "pooling", "pool", "max"),
        because="Measured with five seeds it gains 0.7 points, and no other single choice more than 0.2.",
        otherwise='Answer with one of the five names: "pixels", "full C3", "max pooling", "ReLU" or "softmax".',
        hints=[
            ("ReLU's seeds reach from 93.9 to 96.8, so three may put it first; over our five another choice leads.", any_of("relu", "ReLU")),
            ("With it the network loses a little here: the codes are good targets.", "softmax"),
            ("With pixels from 0 to 1 the network loses a little here.", any_of("pixels", "pixels from 0 to 1")),
            ("It gains a little, with 900 weights more. Another choice gains more, with fewer weights.", any_of("full C3", "C3")),
            ("Change one at a time: which of them does it?", any_of("all five", "all")),
        ],
    ),
    "5": Function(
        reference=_framed,
        inputs=_DIGITS,
        because="The frame is background, so it has the background's value.",
        otherwise="Which value should the two rows of new pixels have, and which one do they get?",
        hints=[
            ("Your frame is 0, and the background is −0.1: the network sees a bright box around each digit. Pad first, then scale.", _frame_of_zeros),
            ("You forgot the frame: 28 × 28 becomes 32 × 32.", lambda images: -0.1 + 1.275 * images),
            ("All four rows are on one side. Two go on each, so that the digit stays in the middle.", _one_side),
            ("Those are four pixels on each side. It takes two.", _four_each),
            ("Ink comes out at 1.075. From −0.1 to 1.175 it is 1.275.", lambda images: _framed(images, -0.1, 1.075)),
            ("The values are still from 0 to 1.", lambda images: _framed(images, 0.0, 1.0)),
        ],
    ),
}
