"""The same models train with JAX below Keras: `make jax`."""

import os

import numpy as np
import pytest
from course_models import SMALL_CASES, losses_around_a_step

if os.environ.get("KERAS_BACKEND") != "jax":
    pytest.skip("`make jax` runs these on JAX", allow_module_level=True)

import keras

from cnnlib import plans
from cnnlib.models.layers import MaskedConv2D


def test_jax_is_what_runs():
    assert keras.backend.backend() == "jax"


@pytest.mark.parametrize("case", SMALL_CASES.values(), ids=SMALL_CASES)
def test_one_step_lowers_the_loss(case):
    before, after = losses_around_a_step(case)
    assert np.isfinite(before)
    assert after < before - 1e-5


def gradients(layer, x):
    """Return the gradient of a sum of squares for each weight of a layer."""
    import jax

    def loss(weights):
        y, _ = layer.stateless_call(weights, [], x)
        return keras.ops.sum(keras.ops.square(y))

    return jax.grad(loss)([weight.value for weight in layer.trainable_variables])


def test_groups_are_a_masked_layer_and_learn_alike():
    x = np.random.default_rng(0).standard_normal((2, 7, 6, 4), dtype=np.float32)
    table = np.array(plans.group_table(4, 8, 2))
    grouped = keras.layers.Conv2D(8, 3, groups=2, padding="same")
    masked = MaskedConv2D(8, 3, plans.group_table(4, 8, 2), padding="same")
    grouped.build(x.shape)
    masked.build(x.shape)

    def in_pairs(kernel):  # (KH, KW, 2, 8) -> (KH, KW, 16), as the masked layer has it
        return np.stack([kernel[:, :, c % 2, f] for c, f in np.argwhere(table)], -1)

    masked.kernel.assign(in_pairs(np.array(grouped.kernel.value)))
    np.testing.assert_allclose(masked(x), grouped(x), rtol=1e-5, atol=1e-5)
    wanted, _ = gradients(grouped, x)
    found, _ = gradients(masked, x)
    np.testing.assert_allclose(found, in_pairs(np.array(wanted)), rtol=1e-4, atol=1e-4)
