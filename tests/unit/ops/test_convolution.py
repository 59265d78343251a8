import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib.ops import KERNELS, conv2d, correlate2d

STEP = np.array([[0] * 6] * 3 + [[255] * 6] * 3)
GX = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
GY = [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]
PREWITT = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]
EDGE = [[0] * 4, [-1020] * 4, [-1020] * 4, [0] * 4]
DTYPES = ["float64", "float32", "float16", "uint8", "int64", "bool", ">f8"]


def test_one_cell_by_hand():
    window = STEP[1:4, 0:3]
    assert (window * GY).sum() == -1020
    assert correlate2d(window, GY).astype(int).tolist() == [[-1020]]


def test_the_step_image():
    assert_array_equal(correlate2d(STEP, GY), EDGE)
    assert_array_equal(correlate2d(STEP, GX), np.zeros((4, 4)))
    assert_array_equal(correlate2d(STEP.T, GX), np.transpose(EDGE))
    assert_array_equal(
        correlate2d(STEP, PREWITT), [[0] * 4, [765] * 4, [765] * 4, [0] * 4]
    )
    flipped = np.flip(GY)  # true convolution
    assert_array_equal(correlate2d(STEP, flipped), -np.array(EDGE))
    assert_array_equal(correlate2d(255 - STEP, GY), -np.array(EDGE))


def test_a_unit_ramp_is_answered_8_times():
    ramp = np.tile(np.arange(6), (6, 1))
    assert_array_equal(correlate2d(ramp, GX), np.full((4, 4), -8))


def test_the_diagonal_step():
    image = 255 * np.tri(6)
    gx, gy = correlate2d(image, GX), correlate2d(image, GY)
    magnitude = np.hypot(gx, gy)
    strongest = np.unravel_index(magnitude.argmax(), magnitude.shape)
    assert_allclose(magnitude.max(), 1081.8734, rtol=1e-7)
    assert_allclose(np.degrees(np.arctan2(gy, gx))[strongest], -45)


def test_padding_and_strides_on_the_step_image():
    assert_array_equal(correlate2d(STEP, GY, strides=2), [[0, 0], [-1020, -1020]])
    row = np.array([765, 1020, 1020, 1020, 1020, 765])
    zeros = [0] * 6
    for padding in (1, "same"):
        padded = correlate2d(STEP, GY, padding=padding)
        assert_array_equal(padded, [zeros, zeros, -row, -row, zeros, row])
    replicated = np.pad(STEP, 1, mode="edge")
    edge = [-1020] * 6
    assert_array_equal(
        correlate2d(replicated, GY), [zeros, zeros, edge, edge, zeros, zeros]
    )


def test_same_puts_the_odd_pixel_bottom_and_right():
    image = np.arange(36).reshape(6, 6)
    assert_array_equal(
        correlate2d(image, np.ones((3, 3)), strides=2, padding="same"),
        [[63, 81, 63], [171, 189, 135], [168, 180, 126]],
    )
    assert_array_equal(
        correlate2d([[1, 2], [3, 4]], np.ones((2, 2)), padding="same"),
        [[10, 6], [7, 4]],
    )


def test_orange_beside_black():
    image = np.zeros((1, 4, 4, 3), dtype="uint8")
    image[:, :, :2] = 255, 128, 0
    kernel = np.repeat(np.array(GX)[:, :, None, None], 3, axis=2)
    assert_array_equal(conv2d(image, kernel)[0, :, :, 0], np.full((2, 2), 1532))
    for channel, expected in enumerate([1020, 512, 0]):
        plane = correlate2d(image[0, :, :, channel], GX)
        assert_array_equal(plane, np.full((2, 2), expected))


def test_red_beside_green_cancels_unless_the_channels_differ():
    red_green = np.zeros((1, 4, 4, 3))
    red_green[:, :, :2, 0] = red_green[:, :, 2:, 1] = 255
    black_white = np.zeros((1, 4, 4, 3))
    black_white[:, :, 2:] = 255
    alike = np.stack([GX, GX, GX], axis=-1)[..., None]
    luma = np.stack([np.multiply(GX, part) for part in (0.299, 0.587, 0.114)], axis=-1)
    differing = np.stack([GX, np.negative(GX), np.zeros((3, 3))], axis=-1)[..., None]
    assert_array_equal(conv2d(red_green, alike), np.zeros((1, 2, 2, 1)))
    assert_allclose(conv2d(red_green, luma[..., None]), np.full((1, 2, 2, 1), -293.76))
    assert_array_equal(conv2d(red_green, differing), np.full((1, 2, 2, 1), 2040))
    assert_array_equal(conv2d(black_white, differing), np.zeros((1, 2, 2, 1)))


def test_average_pooling_is_a_box_with_strides():
    image = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]
    box = np.full((2, 2), 1 / 4)
    assert_array_equal(correlate2d(image, box, strides=2), [[3.25, 5.25], [2, 2]])


def test_forward_and_gradients_of_lecture_7():
    image, kernel = np.arange(1, 10).reshape(3, 3), np.array([[1, 2], [3, 4]])
    ones = np.ones((2, 2))
    assert_array_equal(correlate2d(image, kernel), [[37, 47], [67, 77]])
    assert_array_equal(correlate2d(image, ones), [[12, 16], [24, 28]])
    assert_array_equal(
        correlate2d(ones, np.flip(kernel), padding=1),
        [[1, 3, 2], [4, 10, 6], [3, 7, 4]],
    )


def test_maps_of_16_filters():
    x, w = np.ones((2, 32, 32, 3), "float32"), np.ones((5, 5, 3, 16), "float32")
    y = conv2d(x, w, b=np.arange(16))
    assert y.shape == (2, 28, 28, 16)
    assert_array_equal(y[1, 27, 0], 75 + np.arange(16))


def test_keras_layer_with_sobel_weights_gives_the_same_matrix(keras):
    layer = keras.layers.Conv2D(1, 3, use_bias=False)
    layer.build((None, 6, 6, 1))
    layer.set_weights([np.reshape(KERNELS["sobel_y"], (3, 3, 1, 1))])
    keras_map = layer(STEP[None, :, :, None].astype("float32")).numpy()[0, :, :, 0]
    assert_array_equal(keras_map, EDGE)
    assert_array_equal(correlate2d(STEP, KERNELS["sobel_y"]), EDGE)


@st.composite
def convolutions(draw):
    """Draw a seed, shapes and settings of a convolution that Keras can do too."""
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
        "strides": draw(st.one_of(few, st.tuples(few, few))),
        "padding": padding,
    }


@given(case=convolutions(), dtype=st.sampled_from(DTYPES), bias=st.booleans())
def test_conv2d_equals_keras(keras, case, dtype, bias):
    rng = np.random.default_rng(case["seed"])
    x = rng.uniform(0, 2, case["x_shape"]).astype(dtype)
    w, b = rng.normal(size=case["w_shape"]), rng.normal(size=case["w_shape"][3:])
    settings = {"strides": case["strides"], "padding": case["padding"]}
    y = conv2d(x, w, b if bias else None, **settings)

    kind = "float64" if dtype in ("float64", ">f8") else "float32"
    expected = keras.ops.conv(x.astype(kind), w.astype(kind), **settings).numpy()
    if bias:
        expected = expected + b.astype(kind)
    assert y.dtype == kind
    assert_allclose(y, expected, rtol=0, atol=1e-12 if kind == "float64" else 1e-5)


@given(case=convolutions(), padding=st.integers(3, 5))  # enough for any kernel drawn
def test_padding_in_pixels_is_a_border_of_zeros(case, padding):
    rng = np.random.default_rng(case["seed"])
    x, w = rng.normal(size=case["x_shape"]), rng.normal(size=case["w_shape"])
    border = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    everywhere = conv2d(np.pad(x, border), w)
    down, right = np.broadcast_to(case["strides"], 2)
    y = conv2d(x, w, strides=case["strides"], padding=padding)
    assert_allclose(y, everywhere[:, ::down, ::right], rtol=0, atol=1e-12)


@pytest.mark.parametrize("dtype", DTYPES)
def test_x_decides_the_dtype(dtype):
    x = np.ones((1, 3, 3, 1), dtype)
    expected = "float64" if dtype in ("float64", ">f8") else "float32"
    for other in ("float64", "float32", "int8"):
        w, b = np.ones((2, 2, 1, 1), other), np.ones(1, other)
        assert conv2d(x, w, b).dtype == np.dtype(expected)
    assert correlate2d(x[0, :, :, 0], np.ones((2, 2))).dtype == np.dtype(expected)


def test_8_bit_pixels_do_not_wrap_round():
    pixels = np.array([[255, 1]], dtype="uint8")
    assert correlate2d(pixels, np.array([[1, 1]], dtype="uint8")).item() == 256
    assert correlate2d(pixels, np.array([[-1, 1]], dtype="int8")).item() == -254


def test_plain_lists_are_welcome():
    assert correlate2d([[1, 2, 3]], [[1, 0, -1]]).tolist() == [[-2]]


def test_the_arguments_are_left_as_they_were():
    x, w, b = np.ones((1, 4, 4, 1)), np.ones((2, 2, 1, 1)), np.ones(1)
    for array in (x, w, b):
        array.flags.writeable = False
    y = conv2d(x, w, b)
    y += 1
    assert_array_equal(x, np.ones((1, 4, 4, 1)))


def test_nan_spoils_only_the_windows_that_see_it():
    image = np.zeros((4, 4))
    image[0, 0] = np.nan
    expected = np.zeros((3, 3), dtype=bool)
    expected[0, 0] = True
    assert_array_equal(np.isnan(correlate2d(image, np.ones((2, 2)))), expected)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: expected shape \(N, H, W, C\), rec"),
        ({"x": np.ones((2, 0, 5, 2))}, ValueError, r"x: expected .* without an empty"),
        ({"x": np.ones((1, 5, 5, 3))}, ValueError, r"w: expected shape .* 3, F\).* 2,"),
        ({"x": [[1, 2], [3]]}, ValueError, r"x: expected rows of equal length, rec"),
        ({"x": None}, TypeError, r"x: expected real numbers, received None"),
        ({"x": "a photo"}, TypeError, r"x: expected real numbers, received dtype <U"),
        ({"x": np.ones((1, 5, 5, 2)) * 1j}, TypeError, r"x: .* dtype complex128"),
        ({"w": np.ones((3, 3))}, ValueError, r"w: expected shape \(KH, KW, C, F\)"),
        ({"w": np.ones((3, 3, 2, 0))}, ValueError, r"w: expected .* without an empty"),
        ({"w": np.ones((3, 3, 2, 4)) * 1j}, TypeError, r"w: .* dtype complex128"),
        ({"w": np.ones((6, 3, 2, 4))}, ValueError, r"kernel .* 5 x 5 .* rece.* 6 x 3$"),
        ({"b": np.ones(3)}, ValueError, r"b: expected shape \(4,\), .* shape \(3,\)"),
        ({"b": 1.0}, ValueError, r"b: expected shape \(F\), received shape \(\)"),
        ({"b": ["one"] * 4}, TypeError, r"b: expected real numbers, received dtype"),
        ({"strides": 0}, ValueError, r"strides: expected an int or .* received 0"),
        ({"strides": -1}, ValueError, r"strides: expected an int or .* received -1"),
        ({"strides": (1, 0)}, ValueError, r"strides: .* received \(1, 0\)"),
        ({"strides": 0.5}, TypeError, r"strides: expected an int or .* received 0.5"),
        ({"strides": 2.0}, TypeError, r"strides: expected an int or .* received 2.0"),
        ({"strides": True}, TypeError, r"strides: .* received True"),
        ({"strides": float("nan")}, TypeError, r"strides: .* received nan"),
        ({"padding": -1}, ValueError, r"padding: expected an int .* received -1"),
        ({"padding": "full"}, ValueError, r"padding: .* received 'full'"),
        ({"padding": 1.0}, TypeError, r"padding: expected an int .* received 1.0"),
    ],
)
def test_bad_input_is_named(changes, error, message):
    good = {"x": np.ones((1, 5, 5, 2)), "w": np.ones((3, 3, 2, 4)), "b": np.ones(4)}
    assert conv2d(**good).shape == (1, 3, 3, 4)
    with pytest.raises(error, match="^" + message):
        conv2d(**{**good, **changes})


@pytest.mark.parametrize(
    ("image", "kernel", "message"),
    [
        (np.ones((5, 5, 3)), GX, r"image: expected shape \(H, W\), rec.* \(5, 5, 3\)"),
        (STEP, [1, 2, 1], r"kernel: expected shape \(KH, KW\), received shape \(3,\)"),
        (STEP, np.ones((7, 7)), r"kernel .* at most 6 x 6 pixels, .* received 7 x 7"),
    ],
)
def test_bad_images_and_kernels_are_named(image, kernel, message):
    with pytest.raises(ValueError, match="^" + message):
        correlate2d(image, kernel)
