import io
import sys

import numpy as np
import pytest

from cnnlib.training import fit, set_seed

RNG = np.random.default_rng(0)
Y = np.arange(60) % 3
X = RNG.normal(size=(60, 4, 4, 1)).astype(np.float32)
X[Y == 0, 0] += 2
X[Y == 1, :, 0] += 2
TRAIN = X, Y


def classifier(keras, end="softmax", dropout=0.0, seed=0):
    set_seed(seed)
    layers = [
        keras.Input((4, 4, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(8, activation="relu"),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(3, activation=end),
    ]
    return keras.Sequential(layers)


def weights(model):
    return [np.array(w) for w in model.get_weights()]


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_it_learns_and_tells_one_number_an_epoch(keras):
    model = classifier(keras)
    history = fit(model, TRAIN, TRAIN, epochs=5, batch_size=10, learning_rate=0.01)
    assert list(history) == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert all(len(values) == 5 for values in history.values())
    assert all(type(v) is float for values in history.values() for v in values)
    assert history["loss"][-1] < history["loss"][0]
    assert history["val_accuracy"][-1] > 0.8
    loss, accuracy = model.evaluate(X, Y, verbose=0)
    assert loss == pytest.approx(history["val_loss"][-1], rel=1e-5)
    assert accuracy == pytest.approx(history["val_accuracy"][-1])


def test_the_same_seed_gives_the_same_weights(keras):
    def trained(seed):
        model = classifier(keras, dropout=0.5)
        fit(model, TRAIN, epochs=1, batch_size=10, seed=seed)
        return weights(model)

    assert same(trained(1), trained(1))
    assert not same(trained(1), trained(2))


def test_dropout_begins_anew_with_the_seed_even_if_the_model_was_used(keras):
    model = classifier(keras, dropout=0.5)
    before = weights(model)
    fit(model, TRAIN, epochs=1, batch_size=10, seed=1)
    first = weights(model)
    model.set_weights(before)
    fit(model, TRAIN, epochs=1, batch_size=10, seed=1)
    assert same(weights(model), first)


@pytest.mark.parametrize("build", ["sequential", "functional", "nested", "subclass"])
@pytest.mark.parametrize("end", ["softmax", None])
def test_the_loss_follows_from_how_the_model_ends(keras, build, end):
    model = inner = classifier(keras, end)
    if build == "functional":
        inputs = keras.Input((4, 4, 1))
        model = keras.Model(inputs, inner(inputs))
    elif build == "nested":
        model = keras.Sequential([inner])
    elif build == "subclass":

        class Own(keras.Model):
            def __init__(self):
                super().__init__()
                self.inner = inner
                self.unused = keras.layers.Activation("relu")  # not the end

            def call(self, x):
                return self.inner(x)

        model = Own()
    fit(model, TRAIN, epochs=1)
    assert model.loss.from_logits is (end is None)


def test_softmax_as_a_layer_gives_probabilities(keras):
    model = keras.Sequential([classifier(keras, None), keras.layers.Softmax()])
    fit(model, TRAIN, epochs=1)
    assert model.loss.from_logits is False


def test_softmax_and_logits_learn_the_same(keras):
    histories = [
        fit(classifier(keras, end), TRAIN, epochs=3, batch_size=10)
        for end in ("softmax", None)
    ]
    np.testing.assert_allclose(
        histories[0]["loss"], histories[1]["loss"], rtol=1e-3, atol=1e-4
    )


def test_augmentation_changes_training_and_nothing_else(keras):
    calls = []

    class Zero(keras.layers.Layer):
        def call(self, x, training=False):
            calls.append(training)
            return 0 * x if training else x

    plain, blind = classifier(keras), classifier(keras)
    settings = {"epochs": 3, "batch_size": 10, "learning_rate": 0.01}
    fit(plain, TRAIN, **settings)
    history = fit(blind, TRAIN, TRAIN, augment=Zero(), **settings)
    assert set(calls) >= {True, False}
    # a net that has seen no ink in training has moved its biases alone
    start = classifier(keras).get_weights()
    assert np.array_equal(blind.get_weights()[0], start[0])
    assert not np.array_equal(plain.get_weights()[0], start[0])
    loss, _ = blind.evaluate(X, Y, verbose=0)
    assert loss == pytest.approx(history["val_loss"][-1], rel=1e-5)


def test_augmentation_begins_anew_with_the_seed(keras):
    augment = keras.layers.GaussianNoise(0.5)

    def trained(seed):
        model = classifier(keras)
        fit(model, TRAIN, epochs=1, batch_size=10, augment=augment, seed=seed)
        return weights(model)

    assert same(trained(3), trained(3))
    assert not same(trained(3), trained(4))


def test_any_optimizer_of_keras(keras):
    by_name = classifier(keras)
    fit(by_name, TRAIN, epochs=1, optimizer="sgd", learning_rate=0.1)
    assert isinstance(by_name.optimizer, keras.optimizers.SGD)
    assert float(by_name.optimizer.learning_rate) == pytest.approx(0.1)
    given = classifier(keras)
    fit(given, TRAIN, epochs=1, optimizer=keras.optimizers.SGD(0.1))
    assert same(weights(by_name), weights(given))


def test_an_explosion_is_named(keras):
    words = r"^epoch 1/3, batch 2: the loss is nan or inf.*smaller learning_rate"
    with pytest.raises(FloatingPointError, match=words):
        fit(
            classifier(keras, None),
            TRAIN,
            epochs=3,
            batch_size=10,
            optimizer="sgd",
            learning_rate=1e30,
        )


@pytest.mark.parametrize(
    ("error", "change", "words"),
    [
        (TypeError, {"model": 3}, "model: expected a model of Keras, received 3"),
        (
            ValueError,
            {"train": X},
            r"train: expected a pair \(x, y\), .* ndarray",
        ),
        (ValueError, {"train": (X, Y[1:])}, "train: expected as many .* 60 and 59"),
        (ValueError, {"train": (X, Y + 1)}, "y of train: expected classes from 0 to 2"),
        (TypeError, {"train": (X, Y / 1)}, "y of train: expected ints"),
        (ValueError, {"train": (X * np.nan, Y)}, "x of train: expected finite numbers"),
        (ValueError, {"train": (Y, Y)}, r"x of train: expected shape \(N, ...\)"),
        (ValueError, {"validation": (X, Y + 1)}, "y of validation: expected classes"),
        (ValueError, {"validation": (X[:, 1:], Y)}, r"validation: .*\(3, 4, 1\)"),
        (ValueError, {"epochs": 0}, "epochs: expected an int of at least 1"),
        (TypeError, {"batch_size": 2.5}, "batch_size: expected an int"),
        (ValueError, {"learning_rate": 0}, "learning_rate: expected a number above 0"),
        (ValueError, {"learning_rate": -1}, "learning_rate: expected .* at least 0"),
        (ValueError, {"optimizer": "adamm"}, "optimizer: expected a name .* 'adamm'"),
        (TypeError, {"optimizer": 3}, "optimizer: expected a name such as"),
        (TypeError, {"augment": abs}, "augment: expected a layer or model of Keras"),
        (ValueError, {"seed": -1}, "seed: expected an int of at least 0"),
        (ValueError, {"seed": 2**32}, r"seed: expected an int below 2\*\*32"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_trained(keras, error, change, words):
    model = classifier(keras)
    before = weights(model)
    arguments = {"model": model, "train": TRAIN, "epochs": 1} | change
    with pytest.raises(error, match=words):
        fit(**arguments)
    assert same(weights(model), before)


def test_a_sigmoid_at_the_end_is_refused(keras):
    with pytest.raises(ValueError, match=r"ends in softmax, .* sigmoid at its end"):
        fit(classifier(keras, "sigmoid"), TRAIN, epochs=1)


def test_a_map_of_scores_is_refused(keras):
    model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(3, 3)])
    with pytest.raises(ValueError, match=r"model: expected scores of shape .*\(32, 2"):
        fit(model, TRAIN, epochs=1)


@pytest.fixture
def watch(monkeypatch):
    """Return what makes a terminal of the standard output, in the test itself."""
    monkeypatch.delenv("CNNLIB_PROGRESS", raising=False)

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def start():
        monkeypatch.setattr(sys, "stdout", Terminal())
        return sys.stdout

    return start


def test_a_terminal_sees_one_line_an_epoch(keras, watch):
    terminal = watch()
    fit(classifier(keras), TRAIN, TRAIN, epochs=2, label="seed 7")
    first, second, rest = terminal.getvalue().split("\n")
    assert rest == ""
    assert first.split("\r")[-1].startswith("seed 7  epoch 1/2  loss ")
    assert "val_accuracy" in second.split("\r")[-1]


def test_it_is_silent_on_request(keras, watch, monkeypatch):
    terminal = watch()
    monkeypatch.setenv("CNNLIB_PROGRESS", "0")
    fit(classifier(keras), TRAIN, epochs=1)
    assert terminal.getvalue() == ""


def test_set_seed_repeats_the_weights_that_are_drawn(keras):
    def drawn(seed):
        return classifier(keras, seed=seed).get_weights()[0]

    assert np.array_equal(drawn(5), drawn(5))
    assert not np.array_equal(drawn(5), drawn(6))


@pytest.mark.parametrize("wrong", [True, 1.0, "1", None])
def test_set_seed_wants_an_int(wrong):
    with pytest.raises(TypeError, match="seed: expected an int"):
        set_seed(wrong)
