import numpy as np

from cnnlib import ops, plans

from .check_tables import CheckTables

SHAPE = (32, 32, 1)
C1 = plans.walk(plans.LENET5_1998, SHAPE)[0]
FULL = plans.Conv2D(16, 5).count((14, 14, 6))
ALL = sum(step.connections for step in plans.walk(plans.LENET5_1998, SHAPE))
C3 = plans.walk(plans.LENET5_1998, SHAPE)[4]
EXERCISE_2 = (
    96,
    FULL.parameters,
    FULL.connections,
    ALL - C3.connections + FULL.connections,
)


def bent(a):
    return 1.7159 * np.tanh(2 * a / 3)


def four_corners(x):
    return x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]


def subsample(x, coefficient, bias):
    return bent(coefficient * four_corners(x) + bias)


def by_pooling(x, coefficient, bias):
    return bent(4 * ops.average_pool2d(x, 2) * coefficient + bias)


def mean(x, coefficient, bias):
    return bent(coefficient * ops.average_pool2d(x, 2) + bias)


def largest(x, coefficient, bias):
    return bent(coefficient * ops.max_pool2d(x, 2) + bias)


def straight(x, coefficient, bias):
    return coefficient * four_corners(x) + bias


def unscaled(x, coefficient, bias):
    return np.tanh(straight(x, coefficient, bias))


def half_scaled(x, coefficient, bias):
    return 1.7159 * unscaled(x, coefficient, bias)


def bias_times_coefficient(x, coefficient, bias):
    return bent(coefficient * (four_corners(x) + bias))


def bias_four_times(x, coefficient, bias):
    return subsample(x, coefficient, 4 * bias)


def grown(images, border, value):
    n, height, width, channels = images.shape
    shape = (n, height + 2 * border, width + 2 * border, channels)
    result = np.full(shape, value, float)
    result[:, border:-border, border:-border] = images
    return result


def prepare(images):
    return grown(images * 1.275 - 0.1, 2, -0.1)


RIGHT = [
    ("predict1", C1.connections),
    ("predict1", "122,304"),
    ("predict2", "12"),
    ("predict3", plans.Dense(120).count((400,)).parameters),
    ("predict4", C3.parameters),
    ("predict5", 48.0),
    ("predict6", 94),
    ("predict6", 92.5),
    ("predict6", "94%"),
    ("predict7", 5 * 5 * 16),
    ("1", [48_120, 120 * 577]),
    ("1", "48,120; 69,240"),
    ("2", EXERCISE_2),
    ("3", subsample),
    ("3", by_pooling),
    ("4", "max pooling"),
    ("4", "Max pooling."),
    ("5", prepare),
    ("5", lambda images: 1.275 * grown(images, 2, 0) - 0.1),
]

WRONG = [
    ("predict1", C1.multiplications, "left out the biases"),
    ("predict1", C1.activations, "lines lead to each?"),
    ("predict2", 6 * (4 + 1), "each input of the window"),
    ("predict3", 400 * 120, "forgot the biases"),
    ("predict4", FULL.parameters, "full table"),
    ("predict4", 60 * 26, "each pair a bias"),
    ("predict6", 97, "loses something"),
    ("predict6", 10, "near chance"),
    ("predict6", 80, "less than that"),
    ("predict7", 4 * 4 * 16, "28 × 28"),
    ("1", [48_120, 48_120], "The first is right"),
    ("1", [4 * 48_120, 69_240], "once for each place"),
    ("2", [96, 2_400, 240_000, 429_308], "16 biases of C3"),
    ("2", [*EXERCISE_2[:3], ALL + FULL.connections], "the other layers stay"),
    ("2", [60, 1_516, 151_600, 340_908], "pairs of the paper's table"),
    ("2", [96, 1_516, 151_600, 340_908], "the paper's C3"),
    ("2", [96, 2_416, 196 * 2_416, 662_844], "10 · 10 places"),
    ("3", mean, "mean of the window"),
    ("3", largest, "largest value"),
    ("3", straight, "forgot to bend"),
    ("3", unscaled, "tanh without its scales"),
    ("3", half_scaled, "2/3 inside is missing"),
    ("3", bias_times_coefficient, "bias by the coefficient"),
    ("3", bias_four_times, "bias four times"),
    ("4", "ReLU", "three may put it first"),
    ("4", "softmax", "good targets"),
    ("5", lambda images: grown(images * 1.275 - 0.1, 2, 0), "bright box"),
    ("5", lambda images: images * 1.275 - 0.1, "forgot the frame"),
    ("5", lambda images: grown(images * 1.275 - 0.1, 4, -0.1), "four pixels on each"),
    ("5", lambda images: grown(images * 1.175 - 0.1, 2, -0.1), "1.075"),
]


class TestChecks(CheckTables):
    lecture = "L08"
    right = RIGHT
    wrong = WRONG


def test_numbers_of_the_text():
    assert (C3.parameters, ALL) == (1_516, 340_908)
    assert EXERCISE_2[3] == 340_908 + 36 * 25 * 100
