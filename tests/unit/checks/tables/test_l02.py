import numpy as np
import pytest

from cnnlib.checks.tables.l02 import CHECKS
from cnnlib.data import edge_image
from cnnlib.ops import KERNELS, correlate2d

from .check_tables import CheckTables

STEP = np.repeat([0, 255], 3)[:, None] * np.ones(6, int)
GX, GY = KERNELS["sobel_x"], KERNELS["sobel_y"]


def prewitt(angle):
    edge = edge_image(angle)
    return [correlate2d(edge, KERNELS[f"prewitt_{axis}"])[0, 0] for axis in "xy"]


def prewitt_magnitude(angle):
    return np.hypot(*prewitt(angle))


def rows(*values):
    return np.repeat(values, 4).reshape(4, 4)


def slide(image, kernel):
    height, width = image.shape
    return np.array(
        [
            [(image[r : r + 3, c : c + 3] * kernel).sum() for c in range(width - 2)]
            for r in range(height - 2)
        ]
    )


def sobel_two_pass(image):
    smoothed = image[:-2] + 2 * image[1:-1] + image[2:]  # (H - 2, W)
    return smoothed[:, :-2] - smoothed[:, 2:]  # (H - 2, W - 2)


def swapped_passes(image):
    smoothed = image[:, :-2] + 2 * image[:, 1:-1] + image[:, 2:]
    return smoothed[:-2] - smoothed[2:]


def true_convolution(image):
    smoothed = [np.convolve(column, [1, 2, 1], "valid") for column in image.T]
    return [np.convolve(row, [1, 0, -1], "valid") for row in np.array(smoothed).T]


def derivative(image):
    return sobel_two_pass(image) / 8


def prewitt_weights(image):
    return slide(image, [[1, 0, -1]] * 3)


def zero_padded(image):
    return slide(np.pad(image, 1), GX)


def pasted_into_zeros(image):
    return np.pad(sobel_two_pass(image), 1)


def whole_image(image):
    return slide(np.floor(image).astype(int), GX)


def whole_result(image):
    result = np.zeros((len(image) - 2, len(image[0]) - 2), int)
    result[:] = slide(image, GX)
    return result


def smoothing_only(image):
    return image[:-2] + 2 * image[1:-1] + image[2:]


def difference_only(image):
    return image[:, :-2] - image[:, 2:]


def row_difference(image):
    image = image.astype(int)
    return image[:-1] - image[1:]


def wraps(image):
    return image[:-1] - image[1:]


def converts_too_late(image):
    return (image[:-1] - image[1:]).astype(float)


def wraps_and_swaps(image):
    return np.diff(image, axis=0)


def swapped_sign(image):
    return np.diff(image.astype(float), axis=0)


def absolute(image):
    return np.abs(row_difference(image))


def clipped(image):
    return np.clip(row_difference(image), 0, 255)


def too_small_a_type(image):
    return np.subtract(image[:-1].astype(np.int8), image[1:].astype(np.int8))


def columns(image):
    return image[:, :-1].astype(int) - image[:, 1:]


RIGHT = [
    ("predict1", slide(STEP, GY)[1, 0]),
    ("predict1", slide(STEP, GY)[2, 3]),  # rows 2-4 counted from 0
    ("predict2", slide(STEP, GY).shape),
    ("predict2", list(slide(STEP, GY).shape)),
    ("predict2", 4),
    ("predict4", 0),
    ("predict4", correlate2d(STEP, GX)),
    ("predict5", -8),
    ("predict5", correlate2d(np.tile(np.arange(6), (6, 1)), GX)),
    ("predict3", 1020),
    ("predict3", slide(STEP, GY[::-1, ::-1])),
    ("1", correlate2d([[10, 10, 10], [10, 20, 30], [30, 30, 30]], GY)),
    ("1", -80),
    ("2", [0, 765, 765, 0]),
    ("2", slide(STEP, KERNELS["prewitt_y"])),
    ("3", sobel_two_pass),
    ("3", lambda image: slide(image, GX).tolist()),
    ("3", lambda image: correlate2d(image.astype(np.float32), GX)),
    ("4", prewitt_magnitude(45) / prewitt_magnitude(0)),
    ("4", 0.943),
    ("5", row_difference),
    ("5", lambda image: image[:-1].astype(float) - image[1:]),
    ("5", lambda image: -np.diff(image.astype(np.int16), axis=0)),
]

WRONG = [
    ("predict4", correlate2d(STEP, GY), "answer of Gy. Ask along which axis"),
    ("predict4", rows(0, 1020, 1020, 0), "compares left with right: how far"),
    ("predict3", correlate2d(STEP, GY), "That is the correlation"),
    ("predict3", rows(0, 765, 765, 0), "in the turned kernel as well"),
    ("2", rows(0, -765, -765, 0), "Predict the sign first"),
    ("2", correlate2d(STEP, GY), "That is Sobel"),
    ("2", [0, 0, 765, 765, 0, 0], "Six values"),
    ("2", np.zeros((6, 6)), "Six values"),
    ("3", swapped_passes, "passes are swapped"),
    ("3", true_convolution, "Every sign is reversed"),
    ("3", derivative, "divide by 8"),
    ("3", prewitt_weights, "which is Prewitt"),
    ("3", zero_padded, "as large as the image"),
    ("3", pasted_into_zeros, "as large as the image"),
    ("3", whole_image, "cut the fractions off the image"),
    ("3", whole_result, "make it an array of floats"),
    ("3", smoothing_only, "Only the smoothing"),
    ("3", difference_only, "Only the differences"),
    ("4", 1.333, "adds |Gx| and |Gy|"),
    ("4", 0.667, "one kernel alone"),
    ("4", 0.889, "root is missing"),
    ("4", 765 / 721.25, "upside down"),
    ("4", 1.061, "the kernels of Sobel"),
    ("4", 721.25, "magnitude at 45 degrees alone"),
    ("5", wraps, "before any change of the dtype"),
    ("5", converts_too_late, "before any change of the dtype"),
    ("5", wraps_and_swaps, "Two slips at once"),
    ("5", swapped_sign, "sign is swapped"),
    ("5", absolute, "All your values are positive"),
    ("5", clipped, "clipped to 0"),
    ("5", too_small_a_type, "int8 ends at 127"),
    ("5", columns, "differences between columns"),
]


class TestChecks(CheckTables):
    lecture = "L02"
    right = RIGHT
    wrong = WRONG


def test_numbers_of_the_worked_example():
    assert CHECKS["predict1"].expected == correlate2d(STEP, GY)[1, 0]
    right = prewitt_magnitude(45) / prewitt_magnitude(0)
    assert CHECKS["4"].expected == pytest.approx(right)
    assert prewitt_magnitude(45) == pytest.approx(721.25, abs=0.01)
    assert np.abs(prewitt(45)) == pytest.approx([510, 510])
