from itertools import pairwise

import numpy as np

from cnnlib.checks.tables.l01 import CHECKS

from .check_tables import CheckTables


def parameters(*units, biases=True):
    pairs = pairwise(units)
    return sum(n * m + biases * m for n, m in pairs)


def shuffle_rows(images, order):
    return np.stack([image[order] for image in images])


def shuffle_images(images, order):
    return np.take(images, order, axis=0)


def shuffle_columns(images, order):
    return np.take(images, order, axis=2)


def inverse_shuffle(images, order):
    result = np.empty_like(images)
    result[:, order] = images
    return result


def unchanged(images, order):
    return images.copy()


def upside_down(images, order):
    return np.flip(images, axis=1)


def flattened(images, order):
    return images[:, order].reshape(images.shape[0], -1)


def repair(table, height, width):
    pictures = [row.reshape(height, width, order="F") for row in table]
    return np.array([picture.ravel() for picture in pictures])


def only_reshaped(table, height, width):
    return table.reshape(-1, height, width).reshape(len(table), -1)


def sides_swapped(table, height, width):
    pictures = [row.reshape(width, height, order="F") for row in table]
    return np.array([picture.ravel() for picture in pictures])


def table_transposed(table, height, width):
    return table.transpose()


def pictures(table, height, width):
    return np.array([row.reshape(height, width, order="F") for row in table])


RIGHT = [
    ("predict1", parameters(784, 128, 10)),
    ("predict1", 101770.0),
    ("predict2", parameters(224 * 224 * 3, 1000)),
    ("predict3", 4),
    ("predict4", 64 * 28),
    ("predict5", "same"),
    ("predict5", " The same"),
    ("1", parameters(784, 256, 10)),
    ("2", (2, 1, 3, 1)),
    ("2", np.array([2, 1, 3, 1])),
    ("3", shuffle_rows),
    ("3", lambda images, order: images[:, order].tolist()),
    ("4", [0.22, 0.55]),
    ("4", (0.254, 0.501)),
    ("4", np.array([0.204, 0.607])),
    ("5", repair),
    ("5", lambda table, height, width: repair(table, height, width).tolist()),
]

WRONG = [
    ("predict1", parameters(784, 128, 10, biases=False), "weights alone"),
    ("predict1", 784 * 128 + 128 + 128 * 10, "ten units of the last layer have"),
    ("predict1", 784 * 128 + 128 * 10 + 10, "128 units of the first layer have"),
    ("predict1", parameters(784, 128, 10) + 784, "a pixel has no bias"),
    ("predict1", parameters(784, 128), "That is the first layer"),
    ("predict1", 784 * 128 * 10, "layers are added"),
    ("predict1", 784 + 128 + 10, "These are units"),
    ("predict2", parameters(150_528, 1000, biases=False), "weights alone"),
    ("predict2", parameters(224 * 224, 1000), "gray picture"),
    ("predict2", 224 * 3 * 1000, "one row of the picture"),
    ("predict4", 64 * 27, "weights alone"),
    ("predict4", 64 * (9 + 1), "A kernel looks at all three channels"),
    ("predict4", 64 * 9, "Two slips"),
    ("predict4", 64 * (27 + 3), "not one for each of its channels"),
    ("predict4", 64 * 28 * 224**2, "size does not count"),
    ("predict4", 64 * 27 * 222**2, "size does not count"),
    ("1", parameters(784, 256, 10, biases=False), "weights alone"),
    ("1", 784 * 256 + 256 + 256 * 10, "ten units of the last layer have"),
    ("1", 784 * 256 + 256 * 10 + 10, "256 units of the first layer have"),
    ("1", parameters(784, 256, 10) + 784, "a pixel has no bias"),
    ("1", parameters(784, 256), "That is the first layer"),
    ("1", 784 * 256 * 10, "layers are added"),
    ("1", 784 + 256 + 10, "These are units"),
    ("1", parameters(784, 128, 10), "MLP of the lecture"),
    ("1", 2 * parameters(784, 128, 10), "do not double"),
    ("3", shuffle_images, "You shuffle the images"),
    ("3", inverse_shuffle, "inverse shuffle"),
    ("3", shuffle_columns, "These are the columns"),
    ("3", unchanged, "Nothing has moved"),
    ("3", upside_down, "upside down"),
    ("3", flattened, "The pictures are flat"),
    ("4", [22, 55], "These are percent"),
    ("4", [0.414, 0.701], "shift to the right"),
    ("4", [0.933, 0.951], "without a shift"),
    ("4", [(4.6, 0.22), (1.9, 0.55)], "loss and accuracy"),
    ("5", only_reshaped, "A reshape alone"),
    ("5", sides_swapped, "Height and width are swapped"),
    ("5", table_transposed, "transposed the table"),
    ("5", pictures, "You return pictures"),
]


class TestChecks(CheckTables):
    lecture = "L01"
    right = RIGHT
    wrong = WRONG


def test_numbers_of_the_worked_examples():
    assert CHECKS["predict1"].expected == parameters(784, 128, 10)
    assert CHECKS["predict2"].expected == parameters(224 * 224 * 3, 1000)
    assert CHECKS["1"].expected == parameters(784, 256, 10)
