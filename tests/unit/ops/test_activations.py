import numpy as np
import pytest
from gradients import numeric_gradient, relative_error, spread
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from cnnlib import ops

ACTIVATIONS = ["relu", "tanh", "sigmoid"]


SHAPES = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)


SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(seed=SEEDS, shape=SHAPES, dtype=st.sampled_from(["float64", "float32"]))
def test_activations_equal_tensorflow(tf, name, seed, shape, dtype):
    rng = np.random.default_rng(seed)
    x = rng.normal(scale=5, size=shape).round(1).astype(dtype)  # 0 is among them
    dy = rng.normal(size=shape).astype(dtype)
    with tf.GradientTape() as tape:
        variable = tf.Variable(x)
        y = getattr(tf.nn, name)(variable)
    expected = tape.gradient(y, variable, output_gradients=tf.constant(dy))
    mine = getattr(ops, name)(x)
    dx = getattr(ops, f"{name}_backward")(dy, x)
    assert mine.dtype == dx.dtype == dtype
    atol = 1e-12 if dtype == "float64" else 1e-5
    assert_allclose(mine, y.numpy(), rtol=0, atol=atol)
    assert_allclose(dx, expected.numpy(), rtol=0, atol=atol)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_equal_differences(name):
    rng = np.random.default_rng(0)
    x, dy = spread(rng, (3, 4, 5)), rng.normal(size=(3, 4, 5))
    dx = getattr(ops, f"{name}_backward")(dy, x)
    assert relative_error(dx, numeric_gradient(getattr(ops, name), x, dy)) < 1e-7


def test_relu_has_slope_0_at_its_kink():
    assert ops.relu([-2.0, 0.0, 3.0]).tolist() == [0, 0, 3]
    assert ops.relu_backward(np.ones(3), [-2.0, 0.0, 3.0]).tolist() == [0, 0, 1]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_name_bad_input(name):
    forward, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    with pytest.raises(TypeError, match=r"^x: expected real numbers"):
        forward("x")
    with pytest.raises(ValueError, match=r"^x: expected a shape without an empty"):
        forward([])
    with pytest.raises(ValueError, match=r"^dy: expected shape \(3,\), .* \(2,\)"):
        backward(np.ones(2), np.ones(3))


# from where curves are flat, with values worked out in more digits than float64 has
FAR = {  # x: sigmoid(x), the slope of sigmoid, the slope of tanh
    -16: (1.1253516205509499e-07, 1.1253514939093229e-07, 5.065666219637542e-14),
    -20: (2.0611536181902036e-09, 2.0611536139418494e-09, 1.6993417021166356e-17),
    -30: (9.3576229688392990e-14, 9.3576229688384233e-14, 3.5026043050786081e-26),
}


@pytest.mark.parametrize("x", FAR)
@pytest.mark.parametrize(("dtype", "rtol"), [("float32", 1e-6), ("float64", 1e-7)])
def test_nothing_cancels_far_from_zero(x, dtype, rtol):
    value, slope, tanh_slope = FAR[x]
    there, one = np.array([x], dtype), np.ones(1, dtype)
    assert_allclose(ops.sigmoid(there), value, rtol=rtol)
    for side in (there, -there):
        assert_allclose(ops.sigmoid_backward(one, side), slope, rtol=rtol)
        assert_allclose(ops.tanh_backward(one, side), tanh_slope, rtol=rtol)


@pytest.mark.parametrize("x", [-1e4, -800.0, 800.0, 1e4])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nothing_overflows(x, dtype):
    there = np.array([x], dtype)
    with np.errstate(over="raise", invalid="raise"):
        assert ops.sigmoid(there).item() == (x > 0)
        assert ops.sigmoid_backward(np.ones(1), there).item() == 0
        assert ops.tanh_backward(np.ones(1), there).item() == 0


def test_the_curves_near_zero():
    x = np.linspace(-5, 5, 101)
    assert_allclose(ops.sigmoid(x), 1 / (1 + np.exp(-x)), rtol=1e-14)
    assert_allclose(ops.tanh_backward(np.ones(101), x), 1 - np.tanh(x) ** 2, rtol=1e-10)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_curves_rise_all_the_way(dtype):
    x = np.linspace(-80, 80, 2001).astype(dtype)
    for curve in (ops.sigmoid(x), ops.tanh(x), ops.relu(x)):
        assert (np.diff(curve) >= 0).all()
    sigmoid = ops.sigmoid(x)
    assert (sigmoid > 0).all()
    assert_allclose(sigmoid[x < -40], np.exp(x[x < -40].astype(float)), rtol=1e-5)
    assert_allclose(sigmoid + sigmoid[::-1], 1, rtol=1e-6)


def test_nan_stays_nan():
    for name in ACTIVATIONS:
        y = getattr(ops, name)([np.nan, 1.0])
        assert np.isnan(y).tolist() == [True, False]
