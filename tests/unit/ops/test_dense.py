import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from cnnlib import ops

SEEDS = st.integers(0, 2**32 - 1)


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
