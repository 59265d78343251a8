import numpy as np
import pytest

from cnnlib import training
from cnnlib.transfer import (
    attach,
    changed,
    dense_head,
    extract_features,
    fine_tune,
    snapshot,
    swap_head,
    unfreeze,
    vgg_small,
)

RNG = np.random.default_rng(0)
SHAPE = (8, 8, 3)
X = RNG.random((12, *SHAPE)).astype(np.float32)
Y = np.arange(12) % 3


@pytest.fixture
def base(keras):
    """Return a frozen base of two convolutions, with the contract of vgg_small."""
    training.set_seed(0)
    inputs = x = keras.Input(SHAPE)
    for number in (1, 2):
        x = keras.layers.Conv2D(6, 3, use_bias=False, name=f"conv{number}")(x)
        x = keras.layers.BatchNormalization(name=f"bn{number}")(x)
        x = keras.layers.Activation("relu", name=f"relu{number}")(x)
    x = keras.layers.MaxPooling2D(2, name="pool")(x)
    model = keras.Model(inputs, x, name="vgg_small")
    model.trainable = False
    return model


def with_head(base):
    """Train a head for an epoch with rate 0.001, and attach it."""
    head = dense_head(6, 3)
    training.fit(head, (extract_features(base, X), Y), epochs=1)
    return attach(base, head)


@pytest.fixture
def trained(base):
    return with_head(base)


def numpy(tensor):
    import keras

    return keras.ops.convert_to_numpy(tensor)


def learning(model):
    return [layer.name for layer in model.layers if layer.trainable_weights]


# case I


def test_a_swapped_head_is_all_that_learns():
    network = vgg_small((16, 16, 3))
    model = swap_head(network, 3)
    assert model.output_shape == (None, 3)
    assert learning(model) == ["head"]
    before, statistics = snapshot(model), snapshot(network)
    images = RNG.random((12, 16, 16, 3))
    training.fit(model, (images, Y), epochs=1)
    assert changed(before, model) == {"head": ("kernel", "bias")}
    assert changed(statistics, network) == {}


def test_all_but_the_old_head_stays():
    network = vgg_small()
    names = [layer.name for layer in swap_head(network, 3).layers]
    # the activation went with the classifier that it belonged to
    assert names == [x.name for x in network.layers[:-2]] + ["head"]


def test_logits_can_be_asked_for():
    model = swap_head(vgg_small(), 3, classifier_activation=None)
    scores = numpy(model(RNG.random((2, 32, 32, 3))))
    assert not np.allclose(scores.sum(axis=1), 1)


def test_a_base_without_a_head_has_none_to_swap(base):
    words = "a model that ends in a dense layer: include_top=True, received Batch"
    with pytest.raises(ValueError, match=words):
        swap_head(base, 3)


def test_for_another_head_of_a_base_attach_is_told(base, trained):
    unfreeze(trained, "conv2")
    with pytest.raises(ValueError, match="network: expected a network without a he"):
        swap_head(trained, 5)
    assert learning(trained) == FROM_CONV2
    assert attach(base, dense_head(6, 5))(X).shape == (12, 5)


# case II


@pytest.mark.parametrize(
    ("pooling", "shape"),
    [("avg", (12, 6)), ("flatten", (12, 24)), (None, (12, 2, 2, 6))],
)
def test_features(base, pooling, shape):
    before = snapshot(base)
    features = extract_features(base, X, pooling, batch_size=5)
    assert features.shape == shape
    assert features.dtype == np.float32
    maps = numpy(base(X, training=False))
    assert changed(before, base) == {}
    expected = maps.mean(axis=(1, 2)) if pooling == "avg" else maps.reshape(shape)
    np.testing.assert_allclose(features, expected, rtol=1e-4)


def test_batch_norm_is_in_inference_mode_even_if_it_could_learn(base):
    base.trainable = True
    expected, before = numpy(base(X, training=False)), snapshot(base)
    found = extract_features(base, X, None)
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    assert changed(before, base) == {}


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (255 * X, "images: expected values from 0 to 1, received .* preprocess"),
        (X / 255, "images: expected values from all of its range"),
        (2 * X - 1, "images: expected values from 0 to 1, received -"),
        (X[..., :1], r"images: expected shape \(N, H, W, 3\)"),
    ],
)
def test_images_that_break_the_contract_are_refused(base, trained, images, words):
    with pytest.raises(ValueError, match=words):
        extract_features(base, images)
    for data in [((images, Y),), ((X, Y), (images, Y))]:
        with pytest.raises(ValueError, match=words):
            fine_tune(trained, "conv2", *data, epochs=1)
    assert learning(trained) == ["head"]


def test_a_base_without_a_contract_takes_what_fits(keras):
    base = keras.Sequential([keras.Input(SHAPE), keras.layers.MaxPooling2D(4)])
    assert extract_features(base, 1000 * X).shape == (12, 3)


def test_a_head_of_ones_own():
    head = dense_head(128, 3, units=(16, 8), dropout=0.5)
    names = [layer.name for layer in head.layers[1:]]
    assert names == ["head_dense1", "head_dense2", "head_dropout", "head"]
    assert head.count_params() == 128 * 16 + 16 + 16 * 8 + 8 + 8 * 3 + 3
    assert dense_head(7, 3).count_params() == 24


@pytest.mark.parametrize("pooling", ["avg", "flatten"])
def test_base_and_head_are_one_network(base, pooling):
    features = extract_features(base, X, pooling)
    head = dense_head(features.shape[1], 3, units=(5,), dropout=0.5)
    model = attach(base, head, pooling)
    assert not model.compiled
    assert learning(model) == ["head_dense1", "head"]
    expected = numpy(head(features, training=False))
    np.testing.assert_allclose(model(X, training=False), expected, atol=1e-5)


def test_it_is_compiled_as_its_head_is(base):
    head = dense_head(6, 3)
    features = extract_features(base, X)
    training.fit(head, (features, Y), epochs=1, optimizer="sgd", learning_rate=0.2)
    model = attach(base, head)
    assert type(model.optimizer) is type(head.optimizer)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.2)
    expected = head.evaluate(features, Y, verbose=0)
    assert model.evaluate(X, Y, verbose=0) == pytest.approx(expected, rel=1e-4)


def test_a_head_for_other_features_is_refused(base):
    with pytest.raises(ValueError, match=r"head: expected a head for \(6,\), which"):
        attach(base, dense_head(7, 3))
    with pytest.raises(ValueError, match=r"for \(2, 2, 6\), which the base gives"):
        attach(base, dense_head(6, 3), pooling=None)


# case III

FROM_CONV2 = ["conv2", "head"]


def test_from_a_layer_on_and_no_batch_norm(trained):
    before = snapshot(trained)
    history = fine_tune(trained, "conv2", (X, Y), (X, Y), epochs=2, seed=1)
    assert [len(values) for values in history.values()] == [2, 2, 2, 2]
    assert learning(trained) == FROM_CONV2
    assert changed(before, trained) == {
        "conv2": ("kernel",),
        "head": ("kernel", "bias"),
    }
    assert float(trained.optimizer.learning_rate) == pytest.approx(1e-5)


def test_batch_norm_of_an_own_head_goes_on_learning(keras, base):
    head = keras.Sequential([keras.Input((6,)), keras.layers.BatchNormalization()])
    head.add(keras.layers.Dense(3, name="head"))
    model = unfreeze(attach(base, head), "conv2")
    assert learning(model) == ["conv2", head.layers[0].name, "head"]


def test_unfreezing_less_freezes_again(trained):
    assert learning(unfreeze(trained, "conv1")) == ["conv1", *FROM_CONV2]
    assert learning(unfreeze(trained, "conv2")) == FROM_CONV2
    assert learning(unfreeze(trained, "head")) == ["head"]


def test_what_was_compiled_before_cannot_be_trained_by_mistake(trained):
    unfreeze(trained, "conv2")
    with pytest.raises(ValueError, match="compile"):
        trained.fit(X, Y, verbose=0)


def test_after_compiling_the_new_set_learns(trained):
    trained.fit(X, Y, verbose=0)  # Keras keeps what it made of the old set
    unfreeze(trained, "conv2")
    before = snapshot(trained)
    trained.compile("sgd", "sparse_categorical_crossentropy")
    trained.fit(X, Y, verbose=0)
    assert [*changed(before, trained)] == ["conv2", "head"]


@pytest.mark.parametrize("rate", [1e-3, 1.0])
def test_a_step_as_large_as_the_heads_is_refused(trained, rate):
    before = snapshot(trained)
    words = f"learning_rate: expected a number below 0.001, .* received {rate:g}"
    with pytest.raises(ValueError, match=words):
        fine_tune(trained, "conv2", (X, Y), epochs=1, learning_rate=rate)
    assert learning(trained) == ["head"]
    assert changed(before, trained) == {}
    trained.evaluate(X, Y, verbose=0)  # it is compiled as before


def test_the_same_layers_may_go_on_at_the_same_rate(trained):
    for _ in range(2):
        fine_tune(trained, "conv2", (X, Y), epochs=1, learning_rate=1e-4)
    with pytest.raises(ValueError, match=r"learning_rate: expected a number below 0"):
        fine_tune(trained, "conv1", (X, Y), epochs=1, learning_rate=1e-4)
    fine_tune(trained, "conv1", (X, Y), epochs=1, learning_rate=1e-5)


def test_a_head_at_random_is_refused(base):
    model = attach(base, dense_head(6, 3))
    with pytest.raises(ValueError, match="model: expected a model whose head was tra"):
        fine_tune(model, "conv2", (X, Y), epochs=1)


def test_a_falling_rate_does_not_stand_in_the_way(keras, base):
    head = dense_head(6, 3)
    falling = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, 9))
    training.fit(head, (extract_features(base, X), Y), epochs=1, optimizer=falling)
    model = attach(base, head)
    fine_tune(model, "conv2", (X, Y), epochs=1)
    assert learning(model) == FROM_CONV2


@pytest.mark.parametrize(
    ("error", "change", "words"),
    [
        (
            ValueError,
            {"from_layer": "conv9"},
            "from_layer: expected one of .*conv1",
        ),
        (ValueError, {"epochs": 0}, "epochs: expected an int of at least 1"),
        (ValueError, {"batch_size": 0}, "batch_size: expected an int of at least 1"),
        (ValueError, {"train": (X, Y + 1)}, "y of train: expected classes from 0 to 2"),
        (ValueError, {"learning_rate": 0}, "learning_rate: expected a number above 0"),
        (TypeError, {"learning_rate": "1"}, "learning_rate: expected a finite number"),
        (TypeError, {"model": 3}, "model: expected a Keras model that knows its input"),
    ],
)
def test_bad_input_changes_nothing(trained, error, change, words):
    arguments = {"model": trained, "from_layer": "conv2", "train": (X, Y)}
    before = snapshot(trained)
    with pytest.raises(error, match=words):
        fine_tune(**{**arguments, "epochs": 1, **change})
    assert learning(trained) == ["head"]
    assert changed(before, trained) == {}
    trained.evaluate(X, Y, verbose=0)


@pytest.mark.parametrize(
    ("error", "call", "words"),
    [
        (TypeError, lambda base: swap_head("x", 3), "network: expected a Keras"),
        (ValueError, lambda base: swap_head(base, 1), "num_classes: expected an int"),
        (
            TypeError,
            lambda base: extract_features(1, X),
            "base: expected a Keras",
        ),
        (
            ValueError,
            lambda base: extract_features(base, X, "max"),
            "pooling: expect",
        ),
        (
            ValueError,
            lambda base: extract_features(base, X, batch_size=0),
            "batch_size",
        ),
        (ValueError, lambda base: dense_head(0, 3), "num_features: expected an int"),
        (TypeError, lambda base: dense_head(9, 3, units=5), "units: expected ints"),
        (
            ValueError,
            lambda base: dense_head(9, 3, units=(0,)),
            "units: expected an in",
        ),
        (
            ValueError,
            lambda base: dense_head(9, 3, dropout=1),
            "dropout: expected a n",
        ),
        (TypeError, lambda base: attach(base, 3), "head: expected a Keras model"),
        (ValueError, lambda base: unfreeze(base, "x"), "from_layer: expected one of"),
        (TypeError, lambda base: unfreeze(None, "x"), "model: expected a Keras model"),
    ],
)
def test_bad_input_is_told(base, error, call, words):
    with pytest.raises(error, match=words):
        call(base)
