import numpy as np
import pytest
from gradients import numeric_gradient, relative_error
from numpy.testing import assert_allclose

from cnnlib import ops
from cnnlib.shapes import output_size

SETTINGS = [(1, 0), (2, 0), ((1, 2), 1), (1, "same"), (2, "same")]


def arrays(strides, padding):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 5, 6, 3))
    size = output_size((5, 6), (3, 2), strides, padding)
    w = rng.normal(size=(*size, 3, 2, 3, 4))
    return x, w, rng.normal(size=(*size, 4))


@pytest.mark.parametrize(("strides", "padding"), SETTINGS)
def test_each_place_has_its_own_convolution(strides, padding):
    x, w, b = arrays(strides, padding)
    y = ops.locally_connected2d(x, w, b, strides, padding)
    for r, c in np.ndindex(w.shape[:2]):
        everywhere = ops.conv2d(x, w[r, c], b[r, c], strides, padding)
        assert_allclose(y[:, r, c], everywhere[:, r, c], rtol=1e-10)


def test_shared_weights_make_it_a_convolution():
    x, w, _ = arrays(1, 0)
    shared = np.broadcast_to(w[0, 0], w.shape)
    y = ops.locally_connected2d(x, shared)
    assert_allclose(y, ops.conv2d(x, w[0, 0]), rtol=1e-10)


@pytest.mark.parametrize(("strides", "padding"), SETTINGS)
def test_gradients_are_the_differences(strides, padding):
    x, w, b = arrays(strides, padding)
    settings = strides, padding
    dy = np.random.default_rng(1).normal(size=(2, *b.shape))
    dx, dw, db = ops.locally_connected2d_backward(dy, x, w, *settings)
    for gradient, array, function in [
        (dx, x, lambda x: ops.locally_connected2d(x, w, b, *settings)),
        (dw, w, lambda w: ops.locally_connected2d(x, w, b, *settings)),
        (db, b, lambda b: ops.locally_connected2d(x, w, b, *settings)),
    ]:
        assert gradient.shape == array.shape
        assert relative_error(gradient, numeric_gradient(function, array, dy)) < 1e-7


def test_dx_is_left_out_on_request():
    x, w, _ = arrays(1, 0)
    dy = np.ones((2, *w.shape[:2], 4))
    assert ops.locally_connected2d_backward(dy, x, w, needs_dx=False)[0] is None


@pytest.mark.parametrize(
    ("w", "message"),
    [
        (np.ones((3, 5, 3, 2, 2, 4)), r"w: expected shape \(3, 5, 3, 2, 3\)"),
        (np.ones((2, 5, 3, 2, 3, 4)), r"w: expected shape \(3, 5, 3, 2, 3\)"),
        (np.ones((3, 2, 3, 4)), r"w: expected shape \(H_out, W_out, KH, KW, C, F\)"),
    ],
)
def test_weights_that_do_not_fit_are_named(w, message):
    with pytest.raises(ValueError, match="^" + message):
        ops.locally_connected2d(np.ones((1, 5, 6, 3)), w)
