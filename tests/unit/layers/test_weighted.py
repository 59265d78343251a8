import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlib import layers


@pytest.mark.parametrize(
    ("layer", "shape", "fans"),
    [
        (layers.Conv2D(16, 5), (28, 28, 6), 25 * (6 + 16)),
        (layers.Dense(120), (256,), 256 + 120),
    ],
)
def test_weights_are_glorot_uniform_and_biases_0(layer, shape, fans):
    layer.build(shape, np.random.default_rng(0), "float32")
    limit = np.sqrt(6 / fans)
    assert layer.w.dtype == layer.b.dtype == "float32"
    assert 0.99 * limit < abs(layer.w).max() <= limit
    assert abs(layer.w.std() - limit / np.sqrt(3)) < 0.03 * limit
    assert not layer.b.any()


def test_weights_that_are_there_stay():
    layer = layers.Conv2D(1, 3)
    layer.w = np.arange(9).reshape(3, 3, 1, 1)
    layer.w.flags.writeable = False
    layer.build((6, 6, 1), np.random.default_rng(0), "float32")
    assert_array_equal(layer.w.ravel(), np.arange(9))
    assert layer.w.dtype == "float32"
    assert layer.w.flags.writeable


def test_a_layer_on_its_own_draws_its_weights_in_the_dtype_of_x():
    for dtype in ("float32", "float64"):
        layer = layers.Dense(2)
        assert layer.forward(np.ones((1, 3), dtype))[0].dtype == dtype
        assert layer.w.dtype == dtype


@pytest.mark.parametrize(
    ("layer", "shape"), [(layers.Conv2D(2, 3), (5, 5, 1)), (layers.Dense(2), (4,))]
)
def test_dx_is_left_out_on_request(layer, shape):
    y, memory = layer.forward(np.ones((1, *shape)))
    dy = np.ones_like(y)
    dx, gradients = layer.backward(dy, memory)
    assert dx.shape == (1, *shape)
    nothing, same = layer.backward(dy, memory, needs_dx=False)
    assert nothing is None
    for a, b, array in zip(same, gradients, layer.parameters().values(), strict=True):
        assert_array_equal(a, b)
        assert a.shape == array.shape


def test_inputs_that_do_not_fit_weights_are_named():
    layer = layers.Conv2D(6, 5)
    layer.forward(np.ones((1, 8, 8, 3)))
    assert layer.output_shape((9, 9, 3)) == (5, 5, 6)
    message = r"input of Conv2D.* w of shape \(5, 5, 3, 6\), .* \(N, 9, 9, 1\)"
    with pytest.raises(ValueError, match=message):
        layer.output_shape((9, 9, 1))


def test_weights_of_a_wrong_shape_are_named():
    layer = layers.Dense(2)
    layer.b = np.zeros(3)
    with pytest.raises(ValueError, match=r"^b of Dense\(2\): .* \(2,\), .* \(3,\)"):
        layer.build((4,), np.random.default_rng(0), "float32")
