import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlib import ops


def test_flatten_goes_row_by_row_with_the_channels_last():
    x = np.arange(12).reshape(1, 2, 3, 2)
    assert ops.flatten(x).tolist() == [list(range(12))]
    assert_array_equal(ops.flatten_backward(ops.flatten(x), x), x)
    with pytest.raises(ValueError, match=r"^x: expected shape \(N, ...\)"):
        ops.flatten(3)
    with pytest.raises(ValueError, match=r"^dy: expected shape \(1, 12\)"):
        ops.flatten_backward(np.ones((12, 1)), x)
