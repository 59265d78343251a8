import numpy as np
import pytest

from cnnlib import data
from cnnlib.ops import KERNELS, conv2d, correlate2d

from .check_tables import CheckTables

GX = KERNELS["sobel_x"]
SAME = np.stack([GX] * 3, axis=-1)
ORANGE_BLACK = np.zeros((4, 4, 3), int)
ORANGE_BLACK[:, :2] = 255, 128, 0
RED_GREEN = np.zeros((4, 4, 3), int)
RED_GREEN[:, :2] = 255, 0, 0
RED_GREEN[:, 2:] = 0, 255, 0
WHITE_BLACK = np.zeros((4, 4, 3), int)
WHITE_BLACK[:, :2] = 255
LUMA = np.array(data.LUMA)


def response(image, kernel):
    return conv2d(image[None], kernel[..., None])[0, :, :, 0]


def maps(image, kernel):
    channels = range(image.shape[-1])
    return [correlate2d(image[..., c], kernel[..., c]) for c in channels]


def color_correlate(image, kernel):
    return sum(maps(image, kernel))


def averaged(image, kernel):
    return np.mean(maps(image, kernel), axis=0)


def one_map_a_channel(image, kernel):
    return np.stack(maps(image, kernel), axis=-1)


def only_the_first(image, kernel):
    return correlate2d(image[..., 0], kernel[..., 0])


def overwrites(image, kernel):
    for c in range(image.shape[-1]):
        result = correlate2d(image[..., c], kernel[..., c])
    return result


def always_three(image, kernel):
    return sum(correlate2d(image[..., c], kernel[..., c]) for c in range(3))


def first_slice_everywhere(image, kernel):
    planes = range(image.shape[-1])
    return sum(correlate2d(image[..., c], kernel[..., 0]) for c in planes)


def turned(image, kernel):
    return color_correlate(image, np.flip(kernel, axis=(0, 1)))


def absolute(image, kernel):
    return np.sum(np.abs(maps(image, kernel)), axis=0)


def largest(image, kernel):
    return np.max(maps(image, kernel), axis=0)


def bgr_luma(image):
    return image[..., ::-1].astype(float) @ LUMA


def by_plane(image):
    blue, green, red = np.moveaxis(image.astype(float), -1, 0)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def as_if_rgb(image):
    return image @ LUMA


def upside_down(image):
    return image[::-1] @ LUMA


def mirrored(image):
    return image[:, ::-1] @ LUMA


def rotated(image):
    return image[..., [2, 0, 1]] @ LUMA


def plain_mean(image):
    return image.mean(axis=-1)


def wrapping_mean(image):
    return (image[..., 0] + image[..., 1] + image[..., 2]) / 3


RIGHT = [
    ("predict1", (4, 4, 1)),
    ("predict1", (4, 4)),
    ("predict1", conv2d(np.ones((1, 6, 6, 3)), np.ones((3, 3, 3, 1))).shape),
    ("predict2", 27),
    ("predict3", 28),
    ("predict4", 1532),
    ("predict4", response(ORANGE_BLACK, SAME)),
    ("predict5", 0),
    ("predict5", response(RED_GREEN, SAME)),
    ("predict6", 127),
    ("1", (75, 1)),
    ("1", [75, 1]),
    ("2", (1, -1, 0)),
    ("2", [-1.0, 1.0, 0.0]),
    ("3", color_correlate),
    ("3", lambda image, kernel: response(image, kernel)),
    ("4", 8.0),
    ("4", 7.973),
    ("5", bgr_luma),
    ("5", by_plane),
    ("5", lambda image: data.to_gray(image[..., ::-1])),  # rounded
]

WRONG = [
    ("predict4", 1532 / 3, "averaged the channels"),
    ("predict4", response(ORANGE_BLACK, SAME) / 3, "averaged the channels"),
    ("predict4", 3 * (255 + 128), "count each weight as 1"),
    ("predict4", 4 * 151.381, "edge in the luma"),
    ("predict4", np.stack(maps(ORANGE_BLACK, SAME), -1), "a map for each channel"),
    ("predict5", correlate2d(RED_GREEN @ LUMA, GX), "edge in the luma"),
    ("2", (2, -2, 0), "larger than 1 in size"),
    ("2", (0.5, 0.5, -1), "first two weights must differ"),
    ("2", (1, 0, -1), "can be stronger"),
    ("2", (0.5, -0.5, 0), "can be stronger"),
    ("2", (1, -0.5, 0), "times the sum of your weights"),
    ("2", (1, 1, 1), "times the sum of your weights"),
    ("2", SAME, "three factors"),
    ("3", averaged, "averaged the channels"),
    ("3", one_map_a_channel, "has its own map"),
    ("3", lambda image, kernel: maps(image, kernel), "stacked the maps"),
    ("3", only_the_first, "first channel alone"),
    ("3", overwrites, "last channel alone"),
    ("3", always_three, "You add three channels"),
    ("3", first_slice_everywhere, "first slice on every"),
    ("3", turned, "turned by 180 degrees"),
    ("3", absolute, "add absolute values"),
    ("3", largest, "largest channel"),
    ("4", 9.1, "That is the luma"),
    ("4", 9.4, "mean of the six"),
    ("4", 0.1, "three times too strong"),
    ("4", 20.1, "red channel"),
    ("4", 10.8, "green channel"),
    ("4", 17.4, "blue channel"),
    ("4", 0.08, "a fraction"),
    ("4", [7.1, 0.9, 2.3, 8.9, 14.7, 22.6], "the median of the six"),
    ("5", as_if_rgb, "channel 0 is blue"),
    ("5", upside_down, "upside down"),
    ("5", mirrored, "from left to right"),
    ("5", rotated, "rotated the channels"),
    ("5", plain_mean, "a weight for each color"),
    ("5", wrapping_mean, "Two slips"),
    ("5", lambda image: image[..., ::-1], "order is repaired"),
]


class TestChecks(CheckTables):
    lecture = "L04"
    right = RIGHT
    wrong = WRONG


def test_numbers_of_the_worked_examples():
    assert (response(ORANGE_BLACK, SAME) == 1532).all()
    assert (response(RED_GREEN, SAME) == 0).all()
    assert (correlate2d(RED_GREEN @ LUMA, GX).round(2) == -293.76).all()
    assert (np.array([255, 128], np.uint8)).sum(dtype=np.uint8) == 127


@pytest.mark.parametrize("factors", [(1, -1, 0), (-1, 1, 0)])
def test_opposed_slices_see_color_and_not_brightness(factors):
    kernel = SAME * factors
    assert (abs(response(RED_GREEN, kernel)) == 2040).all()
    assert (response(WHITE_BLACK, kernel) == 0).all()
