import numpy as np
import pytest
from gradients import numeric_gradient, relative_error, spread
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib import ops

WORKED = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]
UPSTREAM = [[1, 2], [3, 4]]
POOLS = ["max_pool2d", "average_pool2d"]


def maps(rows):
    """Turn rows of numbers into one image of one channel, (1, H, W, 1)."""
    return np.array(rows)[None, :, :, None]


def rows(maps):
    return maps[0, :, :, 0].tolist()


def test_the_worked_example():
    x, dy = maps(WORKED), maps(UPSTREAM)
    assert rows(ops.max_pool2d(x)) == [[6, 8], [3, 4]]
    assert rows(ops.average_pool2d(x)) == [[3.25, 5.25], [2, 2]]
    assert rows(ops.max_pool2d_backward(dy, x)) == [
        [0, 0, 0, 0],
        [0, 1, 0, 2],
        [3, 0, 0, 0],
        [0, 0, 0, 4],
    ]
    assert rows(ops.average_pool2d_backward(dy, x)) == [
        [0.25, 0.25, 0.5, 0.5],
        [0.25, 0.25, 0.5, 0.5],
        [0.75, 0.75, 1, 1],
        [0.75, 0.75, 1, 1],
    ]
    assert ops.global_average_pool2d(x).tolist() == [[50 / 16]]


def test_a_single_9_moves_only_by_two_pixels():
    x = np.zeros((6, 6))
    x[2, 2] = 9
    still, moved = np.zeros((2, 3, 3))
    still[1, 1] = moved[1, 2] = 9
    assert rows(ops.max_pool2d(maps(np.roll(x, 1, axis=1)))) == still.tolist()
    assert rows(ops.max_pool2d(maps(np.roll(x, 2, axis=1)))) == moved.tolist()


def test_overlapping_windows_of_alexnet():
    x, sizes = np.zeros((1, 55, 55, 1)), []
    while x.shape[1] > 6:
        x = ops.max_pool2d(x, 3, 2)
        sizes.append(x.shape[1])
    assert sizes == [27, 13, 6]


@pytest.mark.parametrize(
    ("window", "winner"),
    [([[5, 5], [5, 5]], 0), ([[1, 5], [5, 1]], 1), ([[1, 2], [5, 5]], 2)],
)
def test_the_first_of_several_maxima_wins(window, winner):
    dx = ops.max_pool2d_backward(np.ones((1, 1, 1, 1)), maps(window))
    assert_array_equal(dx.ravel(), np.eye(4)[winner])


def test_a_pixel_collects_from_all_windows_that_it_wins():
    x = maps([[0, 0, 0], [0, 9, 0], [0, 0, 0]])
    dx = ops.max_pool2d_backward(maps(UPSTREAM), x, 2, 1)
    assert rows(dx) == [[0, 0, 0], [0, 10, 0], [0, 0, 0]]


@st.composite
def pools(draw):
    few = st.integers(1, 4)
    pool_size = draw(st.tuples(few, few))
    size = [draw(st.integers(side, 9)) for side in pool_size]
    return {
        "seed": draw(st.integers(0, 2**32 - 1)),
        "x_shape": (draw(few), *size, draw(few)),
        "pool_size": pool_size,
        "strides": draw(st.one_of(st.none(), st.tuples(few, few))),
        "dtype": draw(st.sampled_from(["float64", "float32"])),
        "levels": draw(st.sampled_from([2, 1000])),  # 2: nearly all windows are ties
    }


@given(case=pools(), name=st.sampled_from(POOLS))
def test_forward_and_backward_equal_tensorflow(tf, case, name):
    rng = np.random.default_rng(case["seed"])
    x = rng.integers(0, case["levels"], case["x_shape"]).astype(case["dtype"])
    strides = case["strides"] or case["pool_size"]
    pool = tf.nn.max_pool2d if name == "max_pool2d" else tf.nn.avg_pool2d
    with tf.GradientTape() as tape:
        variable = tf.Variable(x)
        y = pool(variable, case["pool_size"], strides, "VALID")
    dy = rng.normal(size=y.shape).astype(case["dtype"])
    expected = tape.gradient(y, variable, output_gradients=tf.constant(dy))

    settings = case["pool_size"], case["strides"]
    mine = getattr(ops, name)(x, *settings)
    dx = getattr(ops, f"{name}_backward")(dy, x, *settings)
    assert mine.dtype == dx.dtype == case["dtype"]
    assert_allclose(mine, y.numpy(), rtol=1e-6)
    assert_allclose(dx, expected.numpy(), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("settings", [(2, None), (3, 2), ((2, 3), 1)])
def test_gradients_equal_differences(name, settings):
    rng = np.random.default_rng(0)
    x = spread(rng, (2, 6, 7, 3))
    pool, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    dy = rng.normal(size=pool(x, *settings).shape)
    numeric = numeric_gradient(lambda x: pool(x, *settings), x, dy)
    assert relative_error(backward(dy, x, *settings), numeric) < 1e-7


def test_global_average_equals_the_mean_and_its_differences():
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 5))
    assert_allclose(ops.global_average_pool2d(x), x.mean(axis=(1, 2)))
    dx = ops.global_average_pool2d_backward(dy, x)
    numeric = numeric_gradient(ops.global_average_pool2d, x, dy)
    assert relative_error(dx, numeric) < 1e-7


@pytest.mark.parametrize("name", [*POOLS, "global_average_pool2d"])
def test_the_result_is_a_new_array_of_the_dtype_of_x(name):
    for dtype, expected in [("float64", "float64"), ("uint8", "float32")]:
        x = np.full((1, 2, 2, 1), 200, dtype)
        x.flags.writeable = False
        y = getattr(ops, name)(x)
        dx = getattr(ops, f"{name}_backward")(np.ones(y.shape), x)
        assert y.dtype == dx.dtype == expected
        assert y.ravel().tolist() == [200]
        y += 1
        dx += 1
        assert x.max() == 200


def test_a_pool_of_1_is_a_copy():
    x = np.ones((1, 2, 2, 1))
    for name in POOLS:
        y = getattr(ops, name)(x, 1)
        y += 1
        assert x.max() == 1


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"x": np.ones((4, 4))}, ValueError, r"x: expected shape \(N, H, W, C\)"),
        ({"x": np.ones((1, 4, 4, 0))}, ValueError, r"x: expected .* without an empty"),
        ({"x": "digits"}, TypeError, r"x: expected real numbers"),
        ({"pool_size": 5}, ValueError, r"pool_size: expected at most 4 x 4 .* 5 x 5"),
        ({"pool_size": 0}, ValueError, r"pool_size: expected .* received 0"),
        ({"pool_size": 2.0}, TypeError, r"pool_size: expected .* received 2.0"),
        ({"strides": 0}, ValueError, r"strides: expected .* received 0"),
    ],
)
def test_bad_input_is_named(name, changes, error, message):
    good = {"x": np.ones((1, 4, 4, 1))}
    with pytest.raises(error, match="^" + message):
        getattr(ops, name)(**{**good, **changes})
    with pytest.raises(error, match="^" + message):
        getattr(ops, f"{name}_backward")(np.ones((1, 2, 2, 1)), **{**good, **changes})


@pytest.mark.parametrize("name", [*POOLS, "global_average_pool2d"])
def test_the_upstream_gradient_has_the_shape_of_the_output(name):
    with pytest.raises(ValueError, match=r"^dy: expected shape \(1, .* \(3, 3\)"):
        getattr(ops, f"{name}_backward")(np.ones((3, 3)), np.ones((1, 4, 4, 1)))


@pytest.mark.parametrize(
    "shape", [(1, 427, 640, 3), (1, 1000, 1000, 3), (1, 64, 64, 1)]
)
@pytest.mark.parametrize("value", [255, 0.1])
def test_the_mean_of_equal_pixels_is_that_pixel(shape, value):
    x = np.full(shape, value, "float32")
    assert_allclose(ops.global_average_pool2d(x), x[:, 0, 0], rtol=1e-7)


def test_the_mean_of_a_large_window_does_not_drift():
    x = np.full((1, 300, 300, 1), 255, "float32")
    assert ops.average_pool2d(x, 300).item() == 255


@pytest.mark.parametrize("pool", [ops.max_pool2d, ops.average_pool2d])
def test_a_broadcast_view_can_be_pooled(pool):
    x, _ = np.broadcast_arrays(np.ones((1, 4, 4, 1), "f4"), np.ones((2, 4, 4, 1), "f4"))
    assert (pool(x) == 1).all()


def test_the_gradient_of_a_broadcast_view():
    x, _ = np.broadcast_arrays(np.ones((1, 4, 4, 1), "f4"), np.ones((2, 4, 4, 1), "f4"))
    assert ops.max_pool2d_backward(np.ones((2, 2, 2, 1), "f4"), x).sum() == 8


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_gradient_of_many_windows_over_one_pixel_does_not_drift(dtype):
    # 100 x 100 windows share the pixel in the middle, and each gives it 255 / 10,000
    x, dy = np.zeros((1, 200, 200, 1), dtype), np.full((1, 101, 101, 1), 255, dtype)
    dx = ops.average_pool2d_backward(dy, x, 100, 1)
    assert dx.dtype == dtype
    assert_allclose(dx[0, 99:101, 99:101], 255, rtol=1e-7)
    x[0, 100, 100] = 1  # wins all windows that see it
    dx = ops.max_pool2d_backward(dy / 10_000, x, 100, 1)
    assert dx.dtype == dtype
    assert_allclose(dx[0, 100, 100], 255, rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float16", "uint8"])
@pytest.mark.parametrize("size", [(427, 640), (1, 4096), (4096, 1)])
def test_means_of_large_maps(dtype, size):
    x = np.random.default_rng(0).integers(0, 256, (2, *size, 3)).astype(dtype)
    exact = x.astype("float64").mean(axis=(1, 2))
    assert_allclose(ops.global_average_pool2d(x), exact, rtol=1e-7)
    assert_allclose(ops.average_pool2d(x, size)[:, 0, 0], exact, rtol=1e-7)
