import numpy as np
import pytest
from gradients import numeric_gradient, relative_error, spread
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

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


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sigmoid_and_tanh_do_not_overflow(dtype):
    far = np.array([-1e4, 0, 1e4], dtype)
    assert ops.sigmoid(far).tolist() == [0, 0.5, 1]
    assert ops.tanh(far).tolist() == [-1, 0, 1]
    assert ops.sigmoid_backward(np.ones(3), far).tolist() == [0, 0.25, 0]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_name_bad_input(name):
    forward, backward = getattr(ops, name), getattr(ops, f"{name}_backward")
    with pytest.raises(TypeError, match=r"^x: expected real numbers"):
        forward("x")
    with pytest.raises(ValueError, match=r"^x: expected a shape without an empty"):
        forward([])
    with pytest.raises(ValueError, match=r"^dy: expected shape \(3,\), .* \(2,\)"):
        backward(np.ones(2), np.ones(3))


def test_flatten_goes_row_by_row_with_the_channels_last():
    x = np.arange(12).reshape(1, 2, 3, 2)
    assert ops.flatten(x).tolist() == [list(range(12))]
    assert_array_equal(ops.flatten_backward(ops.flatten(x), x), x)
    with pytest.raises(ValueError, match=r"^x: expected shape \(N, ...\)"):
        ops.flatten(3)
    with pytest.raises(ValueError, match=r"^dy: expected shape \(1, 12\)"):
        ops.flatten_backward(np.ones((12, 1)), x)


@given(seed=SEEDS, sizes=st.tuples(*[st.integers(1, 6)] * 3))
def test_dense_equals_tensorflow(tf, seed, sizes):
    n, inputs, units = sizes
    rng = np.random.default_rng(seed)
    x, w, b = (rng.normal(size=s) for s in [(n, inputs), (inputs, units), (units,)])
    dy = rng.normal(size=(n, units))
    with tf.GradientTape() as tape:
        variables = [tf.Variable(array) for array in (x, w, b)]
        y = variables[0] @ variables[1] + variables[2]
    expected = tape.gradient(y, variables, output_gradients=tf.constant(dy))
    assert_allclose(ops.dense(x, w, b), y.numpy(), atol=1e-12)
    assert_allclose(ops.dense(x, w), y.numpy() - b, atol=1e-12)
    for mine, theirs in zip(ops.dense_backward(dy, x, w), expected):
        assert_allclose(mine, theirs.numpy(), atol=1e-12)


def test_dense_keeps_float32():
    x, w = np.ones((2, 3), "float32"), np.ones((3, 4))
    assert ops.dense(x, w, np.ones(4)).dtype == "float32"
    for gradient in ops.dense_backward(np.ones((2, 4)), x, w):
        assert gradient.dtype == "float32"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": np.ones(3)}, r"x: expected shape \(N, D\), received shape \(3,\)"),
        ({"w": np.ones((2, 4))}, r"w: expected shape \(3, U\), .* shape \(2, 4\)"),
        ({"b": np.ones(3)}, r"b: expected shape \(4,\), received shape \(3,\)"),
    ],
)
def test_dense_names_bad_input(changes, message):
    good = {"x": np.ones((2, 3)), "w": np.ones((3, 4)), "b": np.ones(4)}
    with pytest.raises(ValueError, match="^" + message):
        ops.dense(**{**good, **changes})


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


@given(seed=SEEDS, n=st.integers(1, 6), num_classes=st.integers(1, 8))
def test_the_loss_equals_tensorflow(tf, seed, n, num_classes):
    rng = np.random.default_rng(seed)
    logits = rng.normal(scale=10, size=(n, num_classes))
    labels = rng.integers(0, num_classes, n)
    with tf.GradientTape() as tape:
        variable = tf.Variable(logits)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, variable)
        expected = tf.reduce_mean(losses)
    loss, dlogits = ops.softmax_cross_entropy(logits, labels)
    assert isinstance(loss, float)
    assert_allclose(loss, expected.numpy(), atol=1e-12)
    assert_allclose(dlogits, tape.gradient(expected, variable).numpy(), atol=1e-12)


def test_the_loss_by_hand():
    loss, dlogits = ops.softmax_cross_entropy(np.log([[1.0, 2.0, 5.0]]), [2])
    assert_allclose(loss, -np.log(5 / 8))
    assert_allclose(dlogits, [[1 / 8, 2 / 8, 5 / 8 - 1]])
    loss, _ = ops.softmax_cross_entropy(np.zeros((4, 10)), [0, 3, 3, 9])
    assert_allclose(loss, np.log(10))


def test_the_gradient_of_the_loss_equals_differences():
    rng = np.random.default_rng(0)
    logits, labels = rng.normal(size=(4, 5)), [0, 4, 2, 2]
    numeric = numeric_gradient(
        lambda logits: ops.softmax_cross_entropy(logits, labels)[0] * np.ones(1),
        logits,
        np.ones(1),
    )
    _, dlogits = ops.softmax_cross_entropy(logits, labels)
    assert relative_error(dlogits, numeric) < 1e-7


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_loss_does_not_overflow(dtype):
    logits = np.array([[1e4, -1e4], [1e4, -1e4]], dtype)
    loss, dlogits = ops.softmax_cross_entropy(logits, [0, 1])
    assert loss == 1e4  # the mean of 0 and 20,000
    assert dlogits.tolist() == [[0, 0], [0.5, -0.5]]
    assert dlogits.dtype == dtype


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        ([0, 3], ValueError, r"labels: expected classes from 0 to 2, received 3"),
        ([-1, 0], ValueError, r"labels: expected classes from 0 to 2, received -1"),
        ([0.0, 1.0], TypeError, r"labels: expected ints, received dtype float64"),
        ([True, False], TypeError, r"labels: expected ints, received dtype bool"),
        ([0], ValueError, r"labels: expected 2, one a row, received 1"),
        (
            [[0], [1]],
            ValueError,
            r"labels: expected shape \(N\), .* shape \(2, 1",
        ),
        ([], ValueError, r"labels: expected .* without an empty axis"),
    ],
)
def test_bad_labels_are_named(labels, error, message):
    with pytest.raises(error, match="^" + message):
        ops.softmax_cross_entropy(np.zeros((2, 3)), labels)
