"""Layers of the papers: worked by hand, and against Keras where it has the same."""

import keras
import numpy as np
import pytest
from keras import ops

from cnnlib import plans
from cnnlib.models.layers import (
    RBF,
    LocalResponseNormalization,
    MaskedConv2D,
    Subsampling,
    scaled_tanh,
)


def random(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def value_and_gradients(function, variables):
    """Return a sum of squares and its gradients, by TensorFlow."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        y = function()
        loss = ops.sum(ops.square(y))
    return y.numpy(), [g.numpy() for g in tape.gradient(loss, variables)]


def pairs(table):
    return np.argwhere(np.array(table))


def test_scaled_tanh_is_one_at_one():
    found = ops.convert_to_numpy(scaled_tanh(np.array([-1.0, 0.0, 1.0])))
    np.testing.assert_allclose(found, [-1, 0, 1], atol=5e-6)


def test_sixty_small_convolutions_are_one_masked_layer():
    table, x = plans.C3, random(2, 9, 9, 6)
    layer = MaskedConv2D(16, 5, table)
    layer.build(x.shape)
    small = [keras.Variable(random(5, 5, 1, 1, seed=i)) for i in range(60)]
    kernel = np.concatenate([k.numpy()[..., 0] for k in small], -1)
    layer.kernel.assign(kernel)
    layer.bias.assign(random(16))

    def one_by_one():
        maps = [0.0] * 16
        for k, (c, f) in zip(small, pairs(table), strict=True):
            maps[f] = maps[f] + ops.conv(x[..., c : c + 1], k, 1, "valid")
        return ops.concatenate(maps, -1) + layer.bias

    wanted, steps = value_and_gradients(one_by_one, [*(k.value for k in small)])
    found, (step,) = value_and_gradients(lambda: layer(x), [layer.kernel.value])
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-4)
    wanted = np.concatenate([s[..., 0] for s in steps], -1)
    np.testing.assert_allclose(step, wanted, rtol=1e-3, atol=1e-2)


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_groups_are_a_masked_layer(groups):
    x = random(2, 7, 6, 4)
    grouped = keras.layers.Conv2D(8, 3, groups=groups, padding="same")
    table = plans.group_table(4, 8, groups)
    masked = MaskedConv2D(8, 3, table, padding="same")
    wanted = grouped(x)
    masked.build(x.shape)
    kernel = grouped.kernel.numpy()
    width = 4 // groups
    masked.kernel.assign(
        np.stack([kernel[:, :, c % width, f] for c, f in pairs(table)], -1)
    )
    assert grouped.count_params() == masked.count_params()
    np.testing.assert_allclose(masked(x), wanted, rtol=1e-5, atol=1e-5)


def test_masked_layer_says_what_does_not_fit():
    with pytest.raises(ValueError, match="connections: expected rows of 3 zeros"):
        MaskedConv2D(3, 5, plans.C3)
    with pytest.raises(ValueError, match="input: expected 6 channels, received 4"):
        MaskedConv2D(16, 5, plans.C3)(random(1, 8, 8, 4))


def test_subsampling_by_hand():
    layer = Subsampling(2)
    x = np.arange(8, dtype="float32").reshape(1, 2, 2, 2)
    assert ops.convert_to_numpy(layer(x)).tolist() == [[[[3, 4]]]]  # the means
    assert layer.count_params() == 4
    layer.kernel.assign([1, 2])
    layer.bias.assign([0.5, -1])
    assert ops.convert_to_numpy(layer(x)).tolist() == [[[[12.5, 31]]]]


def test_normalization_by_hand():
    x = np.array([1, 2, 3, 4], "float32").reshape(1, 1, 1, 4)
    layer = LocalResponseNormalization(size=3, k=1, alpha=1, beta=1)
    wanted = [1 / (1 + 5), 2 / (1 + 14), 3 / (1 + 29), 4 / (1 + 25)]
    found = ops.convert_to_numpy(layer(x)).ravel()
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


def test_normalization_of_the_paper_is_tensorflows():
    import tensorflow as tf

    x = 10 * random(2, 3, 3, 12)
    wanted = tf.nn.lrn(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75)
    found = LocalResponseNormalization()(x)
    np.testing.assert_allclose(found, wanted, rtol=1e-5)


def test_distance_to_the_codes():
    codes = np.array(plans.CODES, "float32")
    assert codes.shape == (10, 84)
    assert set(np.unique(codes)) == {-1, 1}
    assert len({tuple(code) for code in codes}) == 10
    found = ops.convert_to_numpy(RBF(10)(codes))
    differing = (codes[:, None] != codes[None]).sum(-1)
    np.testing.assert_array_equal(found, -4 * differing)


def test_codes_say_what_does_not_fit():
    with pytest.raises(ValueError, match="units: expected at most 10, received 11"):
        RBF(11)
    with pytest.raises(ValueError, match="input: expected 84 values, received 80"):
        RBF(10)(random(1, 80))
