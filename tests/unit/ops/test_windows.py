import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlib.ops import im2col


def test_a_row_for_each_place():
    x = np.arange(9).reshape(1, 3, 3, 1)
    rows = [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]
    assert im2col(x, 2).tolist() == [rows]
    assert im2col(x, 2, strides=2, padding=1)[0, 3].tolist() == [4, 5, 7, 8]


def test_the_channels_of_a_pixel_stand_together():
    x = np.arange(12).reshape(1, 3, 2, 2)
    assert im2col(x, (3, 1))[0, 0].tolist() == [0, 1, 4, 5, 8, 9]


def test_8_bit_pixels_do_not_wrap_round_in_a_product():
    columns = im2col(np.full((1, 2, 2, 1), 200, "uint8"), 2)
    assert (columns @ np.ones(4, "uint8")).item() == 800


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kernel_size", [1, 2, (1, 4), 4])
def test_it_is_a_copy_that_can_be_written(channels, kernel_size):
    x = np.ones((2, 4, 4, channels), "float32")
    columns = im2col(x, kernel_size)
    columns += 1
    assert_array_equal(x, 1)
