import numpy as np

from cnnlib import ops, shapes
from cnnlib.checks.tables.l05 import CHECKS
from cnnlib.data import step_image
from cnnlib.ops import KERNELS, correlate2d

from .check_tables import CheckTables

STEP = step_image()
SLANT = np.tri(6)
RESPONSE = correlate2d(STEP, KERNELS["sobel_y"])


def patches(picture):
    windows = np.lib.stride_tricks.sliding_window_view(picture, (3, 3))
    return windows.reshape(-1, 9)


def rank(*pictures):
    return np.linalg.matrix_rank(np.concatenate([patches(p) for p in pictures]))


def conv_matrix(kernel, height, width):
    tall, wide = kernel.shape
    places = list(np.ndindex(height - tall + 1, width - wide + 1))
    matrix = np.zeros((len(places), height, width))
    for row, (r, c) in zip(matrix, places, strict=True):
        row[r : r + tall, c : c + wide] = kernel
    return matrix.reshape(len(places), -1)


def from_points(kernel, height, width):
    points = np.eye(height * width).reshape(-1, height, width)
    return np.transpose([correlate2d(p, kernel).ravel() for p in points])


def flipped(kernel, height, width):
    return conv_matrix(kernel[::-1, ::-1], height, width)


def transposed(kernel, height, width):
    return conv_matrix(kernel, height, width).T


def output_rows(kernel, height, width):
    tall, wide = kernel.shape
    rows, columns = height - tall + 1, width - wide + 1
    matrix = np.zeros((rows * columns, height * width))
    for r, c in np.ndindex(rows, columns):
        for i, j in np.ndindex(tall, wide):
            matrix[r * columns + c, (r + i) * columns + c + j] = kernel[i, j]
    return matrix


def down_the_columns(kernel, height, width):
    matrix = conv_matrix(kernel, height, width)
    return np.array([row.reshape(height, width).ravel("F") for row in matrix])


def row_for_each_pixel(kernel, height, width):
    points = np.eye(height * width).reshape(-1, height, width)
    return [correlate2d(p, kernel, padding="same").ravel() for p in points]


def shift(image, down, right):
    return np.roll(image, (down, right), axis=(0, 1))


def inner(image, margin):
    return image[margin:-margin, margin:-margin]


def is_equivariant(op, image, down, right, margin):
    before = inner(op(shift(image, down, right)), margin)
    return np.allclose(before, inner(shift(op(image), down, right), margin))


def no_margin(op, image, down, right, margin):
    return np.allclose(op(shift(image, down, right)), shift(op(image), down, right))


def opposite_ways(op, image, down, right, margin):
    before = inner(op(shift(image, down, right)), margin)
    return np.allclose(before, inner(shift(op(image), -down, -right), margin))


def is_invariant(op, image, down, right, margin):
    before = inner(op(shift(image, down, right)), margin)
    return np.allclose(before, inner(op(image), margin))


def compares_shapes(op, image, down, right, margin):
    return op(shift(image, down, right)).shape == shift(op(image), down, right).shape


def negated(*args):
    return not is_equivariant(*args)


def layer(x, w, b):
    return np.maximum(ops.conv2d(x[None], w)[0] + b, 0)


def layer_by_channel(x, w, b, bias_each=False, relu_each=False):
    y = 0
    for c in range(x.shape[-1]):
        part = ops.conv2d(x[None, :, :, [c]], w[:, :, [c]])[0]
        part = part + b if bias_each else part
        y = y + (np.maximum(part, 0) if relu_each else part)
    return np.maximum(y if bias_each else y + b, 0)


def bias_per_channel(x, w, b):
    return layer_by_channel(x, w, b, bias_each=True)


def relu_per_channel(x, w, b):
    return layer_by_channel(x, w, b, relu_each=True)


def no_bias(x, w, b):
    return np.maximum(ops.conv2d(x[None], w)[0], 0)


def no_relu(x, w, b):
    return ops.conv2d(x[None], w)[0] + b


def relu_first(x, w, b):
    return np.maximum(ops.conv2d(x[None], w)[0], 0) + b


def cut_at_one(x, w, b):
    return np.clip(ops.conv2d(x[None], w, b)[0], 0, 1)


RIGHT = [
    ("predict1", 1216),
    ("predict1", shapes.conv_parameters(5, 3, 16)),
    ("predict2", 940_800),
    ("predict2", shapes.conv_multiplications(28, 5, 3, 16)),
    ("predict3", 0),
    ("predict3", [0, 0, 0, 0]),
    ("predict3", ops.relu(RESPONSE)),
    ("predict4", shapes.receptive_field([(3, 1), (3, 1)])),
    ("predict4", [5, 5]),
    ("predict5", rank(STEP)),
    ("predict6", 144),
    ("predict6", np.count_nonzero(conv_matrix(np.ones((3, 3)), 6, 6))),
    ("1", (896, 3_538_944)),
    (
        "1",
        [shapes.conv_parameters(3, 3, 32), shapes.conv_multiplications(64, 3, 3, 32)],
    ),
    ("2", conv_matrix),
    ("2", from_points),
    ("3", is_equivariant),
    ("3", lambda *args: bool(is_equivariant(*args))),
    ("4", [5, 8, 9]),
    ("5", layer),
    ("5", layer_by_channel),
]

WRONG = [
    ("predict3", RESPONSE, "response before ReLU"),
    ("predict6", 576 - 144, "counting the zeros"),
    ("2", flipped, "turned by 180 degrees"),
    ("2", transposed, "Rows and columns are exchanged"),
    ("2", output_rows, "as long as rows of the output"),
    ("2", down_the_columns, "down the columns"),
    ("2", row_for_each_pixel, "one row for each pixel. Count"),
    ("3", is_invariant, "that is invariance"),
    ("3", compares_shapes, "even a mirror"),
    ("3", no_margin, "nothing equivariant"),
    ("3", opposite_ways, "opposite directions"),
    ("3", negated, "other way round"),
    ("4", [rank(STEP.T), rank(SLANT), rank(SLANT[::-1])], "by itself"),
    ("4", [rank(STEP, STEP.T), 5, 5], "by itself"),
    ("4", [5, rank(STEP, SLANT), 8], "leaves out the turned step"),
    ("4", [3 + 3, 3 + 3 + 5, 3 + 3 + 5 + 5], "counts the bright window twice"),
    ("5", bias_per_channel, "once per channel"),
    ("5", no_bias, "The bias is gone"),
    ("5", no_relu, "the ReLU is missing"),
    ("5", relu_first, "comes before the bias"),
    ("5", relu_per_channel, "cut each channel by itself"),
    ("5", cut_at_one, "cut at 1 as well"),
]


class TestChecks(CheckTables):
    lecture = "L05"
    right = RIGHT
    wrong = WRONG


def test_numbers_of_the_worked_example():
    assert rank(STEP) == 3
    wanted = [
        rank(STEP, STEP.T),
        rank(STEP, STEP.T, SLANT),
        rank(STEP, STEP.T, SLANT, SLANT[::-1]),
    ]
    assert CHECKS["4"].expected == wanted
    assert CHECKS["predict6"].expected == 16 * 9
    assert CHECKS["predict3"].expected.forms[0] == RESPONSE.max()


def test_the_margin_leaves_something_to_compare():
    for op, image, down, right, margin in CHECKS["3"].inputs:
        assert inner(op(image), margin).size >= 12
        assert margin > max(down, right)
