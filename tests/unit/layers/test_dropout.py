import numpy as np
from numpy.testing import assert_array_equal

from cnnlib import layers


def test_dropout_drops_only_while_training():
    layer, x = layers.Dropout(0.5), np.ones((4, 100))
    y, memory = layer.forward(x)
    assert_array_equal(y, x)
    assert_array_equal(layer.backward(x, memory)[0], x)
    y, memory = layer.forward(x, np.random.default_rng(0))
    assert set(np.unique(y)) == {0, 2}
    assert_array_equal(layer.backward(x, memory)[0], y)
    assert_array_equal(layer.forward(x)[0], x)
