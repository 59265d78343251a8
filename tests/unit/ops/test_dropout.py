import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlib import ops


def test_dropout_keeps_the_expected_value():
    x = np.ones((200, 100), "float32")
    y, mask = ops.dropout(x, 0.25, 0)
    assert set(np.unique(y)) == {np.float32(0), np.float32(4 / 3)}
    assert abs(y.mean() - 1) < 0.02  # five standard deviations are 0.02
    assert y.dtype == mask.dtype == "float32"
    assert_array_equal(ops.dropout_backward(x, mask), y)


def test_dropout_repeats_itself_by_seed():
    x, rng = np.ones(1000), np.random.default_rng(7)
    assert_array_equal(ops.dropout(x, 0.5, 7)[0], ops.dropout(x, 0.5, rng)[0])
    assert (ops.dropout(x, 0.5, 7)[0] != ops.dropout(x, 0.5, rng)[0]).any()
    assert_array_equal(ops.dropout(x, 0, 7)[0], x)


@pytest.mark.parametrize(
    ("rate", "error"),
    [(-0.1, ValueError), (1, ValueError), (np.nan, ValueError), ("half", TypeError)],
)
def test_dropout_names_a_bad_rate(rate, error):
    with pytest.raises(error, match=r"^rate: expected a "):
        ops.dropout(np.ones(3), rate, 0)
