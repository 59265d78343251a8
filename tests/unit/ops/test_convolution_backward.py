import numpy as np
import pytest
from gradients import numeric_gradient, relative_error
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib.ops import conv2d, conv2d_backward

X = np.arange(1, 10).reshape(1, 3, 3, 1)
K = np.array([[1, 2], [3, 4]])[:, :, None, None]


def test_the_worked_example():
    ones = np.ones((1, 2, 2, 1))
    dx, dw, db = conv2d_backward(ones, X, K)
    assert conv2d(X, K)[0, :, :, 0].tolist() == [[37, 47], [67, 77]]
    assert dw[:, :, 0, 0].tolist() == [[12, 16], [24, 28]]
    assert db.tolist() == [4]
    assert dx[0, :, :, 0].tolist() == [[1, 3, 2], [4, 10, 6], [3, 7, 4]]


def test_dx_is_the_full_correlation_with_the_turned_kernel():
    ones = np.ones((1, 2, 2, 1))
    turned = conv2d(ones, K[::-1, ::-1], padding=1)
    straight = conv2d(ones, K, padding=1)
    assert_array_equal(conv2d_backward(ones, X, K)[0], turned)
    assert straight[0, :, :, 0].tolist() == [[4, 7, 3], [6, 10, 4], [2, 3, 1]]


def test_stride_2_puts_zeros_between_the_upstream_values():
    dx, _, _ = conv2d_backward(np.ones((1, 2, 2, 1)), np.ones((1, 4, 4, 1)), K, 2)
    assert dx[0, :, :, 0].tolist() == [[1, 2, 1, 2], [3, 4, 3, 4]] * 2


def test_pixels_that_no_window_reaches_get_no_gradient():
    dx, _, _ = conv2d_backward(np.ones((1, 1, 1, 1)), np.ones((1, 3, 3, 1)), K, 2)
    assert dx[0, :, :, 0].tolist() == [[1, 2, 0], [3, 4, 0], [0, 0, 0]]


@st.composite
def convolutions(draw):
    few = st.integers(1, 4)
    kernel_size = draw(st.tuples(few, few))
    padding = draw(st.sampled_from(["valid", "same"]))
    smallest = kernel_size if padding == "valid" else (1, 1)
    size = [draw(st.integers(side, 9)) for side in smallest]
    n, channels, filters = draw(st.tuples(few, few, few))
    return {
        "seed": draw(st.integers(0, 2**32 - 1)),
        "x_shape": (n, *size, channels),
        "w_shape": (*kernel_size, channels, filters),
        "strides": draw(st.tuples(few, few)),
        "padding": padding,
        "dtype": draw(st.sampled_from(["float64", "float32"])),
    }


@given(case=convolutions())
def test_forward_and_backward_equal_tensorflow(tf, case):
    rng = np.random.default_rng(case["seed"])
    settings = {"strides": case["strides"], "padding": case["padding"]}
    x = rng.normal(size=case["x_shape"]).astype(case["dtype"])
    w = rng.normal(size=case["w_shape"]).astype(case["dtype"])
    b = rng.normal(size=case["w_shape"][3]).astype(case["dtype"])
    # in float64, because TensorFlow 2.21 with oneDNN gives wrong float32 values where a
    # kernel is as wide as a gray image and the strides are (1, 2)
    with tf.GradientTape() as tape:
        variables = [tf.Variable(array.astype("float64")) for array in (x, w, b)]
        y = tf.nn.convolution(
            variables[0], variables[1], case["strides"], case["padding"].upper()
        )
        y = tf.nn.bias_add(y, variables[2])
    dy = rng.normal(size=y.shape).astype(case["dtype"])
    upstream = tf.constant(dy.astype("float64"))
    expected = tape.gradient(y, variables, output_gradients=upstream)

    atol = 1e-11 if case["dtype"] == "float64" else 1e-4
    assert_allclose(conv2d(x, w, b, **settings), y.numpy(), rtol=0, atol=atol)
    for mine, theirs in zip(conv2d_backward(dy, x, w, **settings), expected):
        assert mine.dtype == case["dtype"]
        assert_allclose(mine, theirs.numpy(), rtol=0, atol=atol)


@given(case=convolutions(), padding=st.integers(3, 4))
def test_padding_in_pixels_equals_a_border_that_is_cut_off_again(case, padding):
    rng = np.random.default_rng(case["seed"])
    x, w = rng.normal(size=case["x_shape"]), rng.normal(size=case["w_shape"])
    border = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    wide = np.pad(x, border)
    dy = rng.normal(size=conv2d(wide, w, strides=case["strides"]).shape)
    mine = conv2d_backward(dy, x, w, case["strides"], padding)
    dx, dw, db = conv2d_backward(dy, wide, w, case["strides"])
    inside = slice(padding, -padding)
    for a, b in zip(mine, (dx[:, inside, inside], dw, db)):
        assert_allclose(a, b, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("strides", "padding"), [(1, 0), (2, "same"), ((1, 3), 2)])
def test_gradients_equal_differences(strides, padding):
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(2, 6, 5, 3)), rng.normal(size=(3, 2, 3, 4)), np.ones(4)
    settings = strides, padding
    dy = rng.normal(size=conv2d(x, w, b, *settings).shape)
    dx, dw, db = conv2d_backward(dy, x, w, *settings)
    for gradient, array, function in [
        (dx, x, lambda array: conv2d(array, w, b, *settings)),
        (dw, w, lambda array: conv2d(x, array, b, *settings)),
        (db, b, lambda array: conv2d(x, w, array, *settings)),
    ]:
        assert relative_error(gradient, numeric_gradient(function, array, dy)) < 1e-7


def test_dx_is_left_out_on_request():
    dy = np.ones((1, 2, 2, 1))
    dx, dw, db = conv2d_backward(dy, X, K, needs_dx=False)
    assert dx is None
    assert_array_equal(dw, conv2d_backward(dy, X, K)[1])
    assert db.tolist() == [4]


def test_x_decides_the_dtype():
    dy = np.ones((1, 2, 2, 1), "float64")
    for dtype, expected in [("float64", "float64"), ("uint8", "float32")]:
        for gradient in conv2d_backward(dy, X.astype(dtype), K):
            assert gradient.dtype == expected


def test_the_arguments_are_left_as_they_were():
    arrays = [np.ones((1, 2, 2, 1)), X.astype(float), K.astype(float)]
    for array in arrays:
        array.flags.writeable = False
    conv2d_backward(*arrays)
    assert_array_equal(arrays[1], X)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"dy": np.ones((1, 3, 3, 1))}, ValueError, r"dy: expected shape \(1, 2, 2, 1"),
        ({"dy": np.ones((2, 2))}, ValueError, r"dy: expected .* received shape \(2, 2"),
        ({"dy": "ones"}, TypeError, r"dy: expected real numbers"),
        ({"w": np.ones((2, 2, 2, 1))}, ValueError, r"w: expected shape .* 1, F\)"),
        ({"strides": 0}, ValueError, r"strides: .* received 0"),
        ({"padding": "full"}, ValueError, r"padding: .* received 'full'"),
    ],
)
def test_bad_input_is_named(changes, error, message):
    good = {"dy": np.ones((1, 2, 2, 1)), "x": X, "w": K}
    with pytest.raises(error, match="^" + message):
        conv2d_backward(**{**good, **changes})
