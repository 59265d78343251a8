import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib import layers

# layer, shape of its input without N, name in Keras, settings in Keras
LIKE_KERAS = [
    (layers.Conv2D(4, 3), (7, 6, 2), "Conv2D", {"filters": 4, "kernel_size": 3}),
    (
        layers.Conv2D(3, (2, 4), (2, 1), "same"),
        (7, 6, 2),
        "Conv2D",
        {"filters": 3, "kernel_size": (2, 4), "strides": (2, 1), "padding": "same"},
    ),
    (layers.Dense(5), (8,), "Dense", {"units": 5}),
    (layers.MaxPooling2D(2), (6, 7, 3), "MaxPooling2D", {"pool_size": 2}),
    (
        layers.MaxPooling2D(3, 2),
        (7, 7, 2),
        "MaxPooling2D",
        {"pool_size": 3, "strides": 2},
    ),
    (layers.AveragePooling2D(2), (6, 7, 3), "AveragePooling2D", {"pool_size": 2}),
    (layers.ReLU(), (3, 2), "ReLU", {}),
    (layers.Tanh(), (3, 2), "Activation", {"activation": "tanh"}),
    (layers.Sigmoid(), (3, 2), "Activation", {"activation": "sigmoid"}),
    (layers.Flatten(), (3, 4, 2), "Flatten", {}),
]


@pytest.mark.parametrize(("layer", "shape", "name", "settings"), LIKE_KERAS)
def test_a_layer_does_what_keras_does(keras, tf, layer, shape, name, settings):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(3, *shape)).astype("float32")
    theirs = getattr(keras.layers, name)(**settings)
    theirs.build((None, *shape))
    y, memory = layer.forward(x)
    theirs.set_weights(list(layer.parameters().values()))  # the same shapes and order
    with tf.GradientTape() as tape:
        variable = tf.Variable(x)
        expected = theirs(variable)
    dy = rng.normal(size=y.shape).astype("float32")
    sources = [variable, *(weights.value for weights in theirs.trainable_variables)]
    gradients = tape.gradient(expected, sources, output_gradients=tf.constant(dy))

    assert y.shape == (3, *layer.output_shape(shape)) == tuple(expected.shape)
    assert_allclose(y, expected.numpy(), rtol=0, atol=1e-5)
    dx, mine = layer.backward(dy, memory)
    for a, b in zip([dx, *mine], gradients, strict=True):
        assert_allclose(a, b.numpy(), rtol=0, atol=1e-4)


@pytest.mark.parametrize(("layer", "shape", "name", "settings"), LIKE_KERAS)
def test_two_passes_do_not_disturb_each_other(layer, shape, name, settings):
    first, second = np.random.default_rng(0).normal(size=(2, 3, *shape))
    alone, memory = layer.forward(first)
    expected = layer.backward(alone, memory)
    before = vars(layer).copy()
    y, memory = layer.forward(first)
    layer.backward(*layer.forward(second))
    dx, gradients = layer.backward(y, memory)
    assert vars(layer) == before  # nothing of a pass stays
    for a, b in zip([dx, *gradients], [expected[0], *expected[1]], strict=True):
        assert_array_equal(a, b)


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (layers.Conv2D(6, 5), "Conv2D(6, 5, strides=1, padding=0)"),
        (layers.Conv2D(6, (5, 3), 2), "Conv2D(6, (5, 3), strides=2, padding=0)"),
        (layers.Conv2D(6, 5, 1, "valid"), "Conv2D(6, 5, strides=1, padding=0)"),
        (layers.MaxPooling2D(2), "MaxPooling2D(2, strides=2)"),
        (layers.AveragePooling2D((2, 2), 1), "AveragePooling2D(2, strides=1)"),
        (layers.Dense(10), "Dense(10)"),
        (layers.Dropout(0.5), "Dropout(0.5)"),
        (layers.ReLU(), "ReLU()"),
    ],
)
def test_a_layer_shows_its_settings(layer, text):
    assert repr(layer) == text


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layers.Conv2D(0, 3), r"filters: expected an int of at least 1"),
        (lambda: layers.Conv2D(1, 0), r"kernel_size: .* received 0"),
        (lambda: layers.Conv2D(1, 3, strides=0), r"strides: .* received 0"),
        (lambda: layers.Conv2D(1, 3, padding=-1), r"padding: .* received -1"),
        (lambda: layers.MaxPooling2D(0), r"pool_size: .* received 0"),
        (lambda: layers.AveragePooling2D(2, 0), r"strides: .* received 0"),
        (lambda: layers.Dense(0), r"units: .* received 0"),
        (lambda: layers.Dropout(1), r"rate: expected a number from 0 to below 1"),
    ],
)
def test_bad_settings_are_named(make, message):
    with pytest.raises(ValueError, match="^" + message):
        make()


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (layers.Conv2D(6, 5), (28, 28), r"input of Conv2D.*N, H, W, C.*\(N, 28, 28\)"),
        (layers.Conv2D(6, 5), (4, 28, 1), r"kernel_size: expected .* 4 pixels"),
        (
            layers.MaxPooling2D(2),
            (10,),
            r"input of MaxPooling2D.* received shape \(N, 10\)",
        ),
        (layers.Dense(10), (4, 4, 16), r"input of Dense.*Flatten\(\).*\(N, 4, 4, 16\)"),
    ],
)
def test_inputs_that_do_not_fit_are_named(layer, shape, message):
    with pytest.raises(ValueError, match="^" + message):
        layer.output_shape(shape)


ALL = {
    "AveragePooling2D": layers.AveragePooling2D,
    "Conv2D": lambda: layers.Conv2D(2, 3),
    "Dense": lambda: layers.Dense(3),
    "Dropout": lambda: layers.Dropout(0.5),
    "Flatten": layers.Flatten,
    "LocallyConnected2D": lambda: layers.LocallyConnected2D(2, 3),
    "MaxPooling2D": layers.MaxPooling2D,
    "ReLU": layers.ReLU,
    "Sigmoid": layers.Sigmoid,
    "Tanh": layers.Tanh,
}
IMAGES = ("AveragePooling2D", "Conv2D", "LocallyConnected2D", "MaxPooling2D")


def test_the_table_has_every_layer():
    assert ALL.keys() == set(layers.__all__) - {"Layer", "from_plan"}


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "a photo",
        [[1], [1, 2]],
        np.ones((1, 8, 8, 1), object),
        np.ones((1, 8, 8, 1)) + 0j,
        np.ones((2, 0, 3, 1)),
        np.ma.masked_array(np.ones((1, 8, 8, 1)), mask=np.ones((1, 8, 8, 1), bool)),
    ],
)
@pytest.mark.parametrize("name", ALL)
def test_what_is_no_batch_is_named_and_draws_nothing(name, bad):
    layer = ALL[name]()
    with pytest.raises((TypeError, ValueError), match=r"^x: expected "):
        layer.forward(bad)
    assert layer.parameters() == {}


@pytest.mark.parametrize("shape", [(), (28,), (28, 28), (28, 28, 1), (1, 2, 2, 1, 1)])
@pytest.mark.parametrize("name", IMAGES)
def test_a_batch_of_another_rank_is_named_and_draws_nothing(name, shape):
    layer = ALL[name]()
    with pytest.raises(
        ValueError, match=r"^(x|input of \w+\(.*\)): expected shape \(N"
    ):
        layer.forward(np.ones(shape))
    assert layer.parameters() == {}
    layer.forward(np.ones((1, 8, 8, 2)))  # and the next one is not spoiled


@pytest.mark.parametrize("shape", [(), (5,), (2, 8, 8), (1, 8, 8, 2)])
def test_a_dense_layer_wants_rows(shape):
    layer = layers.Dense(3)
    with pytest.raises(
        ValueError, match=r"^(x|input of Dense\(3\)): expected shape \(N"
    ):
        layer.forward(np.ones(shape))
    assert layer.parameters() == {}
    assert layer.forward(np.ones((2, 128)))[0].shape == (2, 3)


@pytest.mark.parametrize("name", ["Conv2D", "Dense", "LocallyConnected2D"])
def test_backward_before_forward_is_named(name):
    layer = ALL[name]()
    with pytest.raises(ValueError, match=rf"^{name}.*: expected forward before backw"):
        layer.backward(np.ones((1, 3)), np.ones((1, 3)))


@pytest.mark.parametrize("name", ALL)
def test_an_upstream_gradient_that_is_no_array_is_named(name):
    layer, x = ALL[name](), np.ones((2, 8) if name == "Dense" else (2, 8, 8, 1))
    _, memory = layer.forward(x, np.random.default_rng(0))
    for bad in ("dy", None, np.ones((2, 2), object), np.ones((7, 7))):
        with pytest.raises((TypeError, ValueError), match=r"^dy: expected "):
            layer.backward(bad, memory)


@pytest.mark.parametrize(
    "make",
    [
        lambda: layers.Conv2D("4", 3),
        lambda: layers.Conv2D(4.0, 3),
        lambda: layers.Conv2D(True, 3),
        lambda: layers.Conv2D(np.True_, 3),
        lambda: layers.Conv2D(4, "33"),
        lambda: layers.Conv2D(4, 3, None),
        lambda: layers.Conv2D(4, 3, 1, None),
        lambda: layers.Conv2D(4, np.array([3, 3])),
        lambda: layers.Dense(None),
        lambda: layers.Dropout("a half"),
        lambda: layers.Dropout(True),
        lambda: layers.MaxPooling2D(None),
        lambda: layers.MaxPooling2D(2, "2"),
        lambda: layers.LocallyConnected2D(2, 3.0),
    ],
)
def test_settings_of_a_wrong_kind_are_named(make):
    with pytest.raises(
        TypeError, match=r"^\w+: expected (an int|a finite number).*, rec"
    ):
        make()
