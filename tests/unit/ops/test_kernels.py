import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlib.ops import KERNELS, correlate2d

STEP = np.array([[0] * 6] * 3 + [[255] * 6] * 3)


GX = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]


GY = [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]


PREWITT = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]


EDGE = [[0] * 4, [-1020] * 4, [-1020] * 4, [0] * 4]


def test_kernels_are_the_ones_of_the_lectures():
    expected = {
        "sobel_x": GX,
        "sobel_y": GY,
        "prewitt_x": np.transpose(PREWITT),
        "prewitt_y": PREWITT,
        "scharr_x": [[3, 0, -3], [10, 0, -10], [3, 0, -3]],
        "scharr_y": [[3, 10, 3], [0, 0, 0], [-3, -10, -3]],
        "smooth": [1, 2, 1],
        "difference": [1, 0, -1],
        "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        "box": np.full((3, 3), 1 / 9),
        "laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    }
    assert list(KERNELS) == list(expected)
    for name, kernel in expected.items():
        assert_array_equal(KERNELS[name], kernel)


def test_sobel_is_two_vectors():
    smooth, difference = KERNELS["smooth"], KERNELS["difference"]
    rows = correlate2d(STEP.T, difference[None, :])
    assert_array_equal(correlate2d(rows, smooth[:, None]), np.transpose(EDGE))
    assert_array_equal(np.outer(smooth, difference), KERNELS["sobel_x"])


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_cannot_be_spoiled(name):
    with pytest.raises(ValueError, match="read-only"):
        KERNELS[name][0] = 7
    with pytest.raises(TypeError, match="item assignment"):
        KERNELS[name] = 7
