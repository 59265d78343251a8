import numpy as np
import pytest
from gradients import numeric_gradient, relative_error
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from cnnlib import ops

SEEDS = st.integers(0, 2**32 - 1)


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


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("logits", "label", "expected"),
    [
        ([1e4, 0, -1e4], 0, 0),
        ([1e4, 0, -1e4], 1, 1e4),
        ([1e4, 0, -1e4], 2, 2e4),
        ([-1e4, -1e4, -1e4], 1, np.log(3)),
        ([1e30, 0, 0], 1, 1e30),
        ([0, 0, -np.inf], 0, np.log(2)),  # a class that cannot be
    ],
)
def test_the_loss_of_extreme_logits(dtype, logits, label, expected):
    with np.errstate(all="raise", under="ignore"):
        loss, dlogits = ops.softmax_cross_entropy(np.array([logits], dtype), [label])
    assert_allclose(loss, expected, rtol=1e-6)
    assert np.isfinite(dlogits).all()
    assert_allclose(dlogits.sum(), 0, atol=1e-6)
    assert dlogits[0, label] <= 0


def test_the_mean_of_a_large_batch_does_not_drift():
    loss, _ = ops.softmax_cross_entropy(np.zeros((10**6, 3), "float32"), [0] * 10**6)
    assert_allclose(loss, np.log(3), rtol=1e-7)
