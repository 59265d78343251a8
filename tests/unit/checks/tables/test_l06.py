import numpy as np

from cnnlib.shapes import output_size

from .check_tables import CheckTables

EXAMPLE = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
SINGLE = 9 * (np.arange(36) == 14).reshape(6, 6)


def slide(x, pool_size, strides, reduce):
    rows, columns = output_size(x.shape, pool_size, strides)
    corners = [
        [(r * strides, c * strides) for c in range(columns)] for r in range(rows)
    ]
    return np.array(
        [
            [
                reduce(x[top : top + pool_size, left : left + pool_size])
                for top, left in row
            ]
            for row in corners
        ]
    )


def pool(x, pool_size, strides, operation):
    return slide(x, pool_size, strides, np.max if operation == "max" else np.mean)


def always_max(x, pool_size, strides, operation):
    return slide(x, pool_size, strides, np.max)


def always_average(x, pool_size, strides, operation):
    return slide(x, pool_size, strides, np.mean)


def swapped(x, pool_size, strides, operation):
    return slide(x, pool_size, strides, np.mean if operation == "max" else np.max)


def ignores_strides(x, pool_size, strides, operation):
    return pool(x, pool_size, pool_size, operation)


def steps_of_one(x, pool_size, strides, operation):
    return pool(x, pool_size, 1, operation)


def starts_at_zero(x, pool_size, strides, operation):
    reduce = np.mean if operation == "average" else lambda w: max(0, *w.flat)
    return slide(x, pool_size, strides, reduce)


def whole_numbers(x, pool_size, strides, operation):
    return pool(x, pool_size, strides, operation).astype(int)


def sums(x, pool_size, strides, operation):
    return slide(x, pool_size, strides, np.max if operation == "max" else np.sum)


def edges(image):
    return image[:, :-1].astype(float) - image[:, 1:]


def average(x):
    return slide(x, 2, 2, np.mean)


def block(image):
    return average(np.maximum(edges(image), 0))


def relu_last(image):
    return np.maximum(average(edges(image)), 0)


def no_relu(image):
    return average(edges(image))


def absolute(image):
    return average(np.abs(edges(image)))


def max_pooling(image):
    return slide(np.maximum(edges(image), 0), 2, 2, np.max)


def no_pooling(image):
    return np.maximum(edges(image), 0)


def padded(image):
    return average(np.maximum(edges(np.pad(image, ((0, 0), (0, 1)))), 0))


RIGHT = [
    ("predict1", slide(EXAMPLE, 2, 2, np.max)),
    ("predict1", [[6, 8], [3, 4]]),
    ("predict1", [6, 8, 3, 4]),
    ("predict2", 2),
    ("predict2", (2, 2)),
    ("predict3", [[4, 8], [3, 4]]),
    ("predict3", EXAMPLE.reshape(2, 2, 2, 2).max(axis=(2, 3))),
    ("predict4", 0),
    ("predict5", [27, 13, 6]),
    ("predict5", (27, 13, 6)),
    ("predict6", (1, 2)),
    ("predict6", slide(np.roll(SINGLE, 2, axis=1), 2, 2, np.max)),
    ("predict7", 170),
    ("1", (2, 2)),
    ("1", output_size(6, 3, 2)),
    ("2", (8, 5.75)),
    ("2", [8, np.mean([5, 8, 2, 8])]),
    ("3", pool),
    ("3", lambda *args: pool(*args).tolist()),
    ("4", ["pooling", "neither", "strided"]),
    ("4", ("Pooling", "neither", "strided ")),
    ("5", block),
    ("5", lambda image: block(image).astype(np.float32)),
]

WRONG = [
    ("predict1", slide(EXAMPLE, 2, 2, np.min), "smallest"),
    ("predict1", slide(EXAMPLE, 2, 1, np.max), "one pixel at a time"),
    ("predict1", EXAMPLE.max(axis=0), "maximum of rows or columns"),
    ("predict1", EXAMPLE.max(axis=1), "maximum of rows or columns"),
    ("predict6", slide(SINGLE, 2, 2, np.max), "full invariance"),
    ("3", always_max, "always take the maximum"),
    ("3", always_average, "always average"),
    ("3", swapped, "operations are swapped"),
    ("3", ignores_strides, "by its own size"),
    ("3", steps_of_one, "by one pixel"),
    ("3", starts_at_zero, "negative numbers only"),
    ("3", whole_numbers, "array of floats"),
    ("3", sums, "You add where"),
    ("5", relu_last, "still taken too early"),
    ("5", no_relu, "ReLU is missing"),
    ("5", absolute, "absolute value"),
    ("5", max_pooling, "is max pooling"),
    ("5", no_pooling, "pooling is missing"),
    ("5", padded, "without padding"),
]


class TestChecks(CheckTables):
    lecture = "L06"
    right = RIGHT
    wrong = WRONG
