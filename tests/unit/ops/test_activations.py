import numpy as np
import pytest
from numpy.testing import assert_allclose

from cnnlib import ops

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
