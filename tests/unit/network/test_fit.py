import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.testing import assert_allclose
from stripes import X, Y, copies, same, tiny

from cnnlib import plans
from cnnlib.layers import (
    Conv2D,
    Dense,
    Flatten,
    Layer,
    MaxPooling2D,
    ReLU,
    Tanh,
    from_plan,
)
from cnnlib.network import Network
from cnnlib.optimizers import SGD, Adam


def lenet():
    return Network(from_plan(plans.LENET))


def test_an_explosion_is_named_and_taken_back():
    network = tiny()
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    with pytest.raises(FloatingPointError, match=r"^step \d+: .* learning_rate below"):
        network.fit(X, Y, epochs=5, batch_size=10, optimizer=SGD(1e30))
    loss, _ = network.evaluate(X, Y)
    assert np.isfinite(loss)


def test_the_parameters_are_those_of_the_last_finite_step():
    network, seen = tiny(), []
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))

    class Bomb(SGD):
        def update(self, parameters, gradients):
            seen.append(copies(network))  # of the step whose loss was just finite
            super().update(parameters, gradients)
            if len(seen) == 3:
                parameters[0][...] = 1e38  # finite, but no loss comes out of it

    with pytest.raises(FloatingPointError, match=r"^step 4: a (loss|gradient) is nan"):
        network.fit(X, Y, epochs=1, batch_size=10, optimizer=Bomb(0.1))
    assert same(copies(network), seen[-1])


def test_an_explosion_in_the_last_step_is_seen_too():
    network = tiny()
    network.build((8, 8, 1))
    before = copies(network)
    with pytest.raises(FloatingPointError, match=r"^step 1: a new parameter is nan"):
        network.fit(1e4 * X, Y, epochs=1, batch_size=60, optimizer=SGD(1e38))
    assert same(copies(network), before)


def test_an_explosion_is_seen_in_the_validation_loss():
    network = Network([Flatten(), Dense(2)])
    with pytest.raises(FloatingPointError, match=r"^step 1: a validation loss is nan"):
        network.fit(
            X,
            Y,
            epochs=1,
            batch_size=60,
            optimizer=SGD(1e36),
            validation_data=(1e5 * X, Y),
        )
    assert np.isfinite(network.evaluate(X, Y)[0])


def test_training_learns():
    network = tiny()
    history = network.fit(
        X, Y, epochs=10, batch_size=10, optimizer=Adam(0.02), validation_data=(X, Y)
    )
    assert list(history) == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert [len(values) for values in history.values()] == [10] * 4
    assert history["loss"][-1] < 0.3 * history["loss"][0]
    assert history["val_accuracy"][-1] == 1
    assert network.evaluate(X, Y) == (
        history["val_loss"][-1],
        history["val_accuracy"][-1],
    )


def test_history_without_validation_data():
    history = tiny().fit(X, Y, epochs=2, batch_size=10, optimizer=SGD(0.1))
    assert list(history) == ["loss", "accuracy"]
    assert [type(value) for value in history["loss"]] == [float, float]


def test_training_equals_keras_step_by_step(keras):
    layers = [
        Conv2D(3, 3),
        ReLU(),
        MaxPooling2D(2),
        Flatten(),
        Dense(4),
        Tanh(),
        Dense(2),
    ]
    network = Network(layers)
    network.build((8, 8, 1))
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(3, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(4, activation="tanh"),
            keras.layers.Dense(2),
        ]
    )
    model.set_weights(list(copies(network).values()))
    model.compile(
        keras.optimizers.SGD(0.1, momentum=0.9),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    optimizer, epochs = SGD(0.1, momentum=0.9), 5  # whole batches: no order matters
    mine = network.fit(X, Y, epochs=epochs, batch_size=len(X), optimizer=optimizer)
    theirs = model.fit(X, Y, len(X), epochs, verbose=0).history
    assert_allclose(mine["loss"], theirs["loss"], rtol=1e-4)
    assert_allclose(mine["accuracy"], theirs["accuracy"], rtol=1e-6)
    for a, b in zip(network.parameters().values(), model.get_weights()):
        assert_allclose(a, b, atol=1e-4)


def test_the_history_is_a_mean_over_images_and_not_over_batches():
    network = Network([Flatten(), Dense(2)])
    loss, accuracy = network.evaluate(X, Y)
    history = network.fit(
        X, Y, epochs=1, batch_size=50, optimizer=SGD(0)
    )  # a batch of 50 and one of 10
    assert_allclose(history["loss"], loss, rtol=1e-6)
    assert_allclose(history["accuracy"], accuracy)


def test_the_seed_decides_the_training():
    first, again, other = tiny(), tiny(), tiny()
    for network, seed in [(first, 1), (again, 1), (other, 2)]:
        network.fit(X, Y, epochs=2, batch_size=7, optimizer=Adam(0.02), seed=seed)
    assert same(copies(first), copies(again))
    assert not same(copies(first), copies(other))


def test_fit_goes_on_from_where_it_is():
    network = tiny()
    losses = [
        network.fit(X, Y, epochs=2, batch_size=10, optimizer=SGD(0.1))["loss"][0]
        for _ in range(4)
    ]
    assert losses == sorted(losses, reverse=True)


def test_a_batch_of_one_and_a_batch_of_more_than_all():
    for batch_size in (1, 1000):
        network = tiny()
        before = network.evaluate(X, Y)[0]
        network.fit(X[:5], Y[:5], epochs=1, batch_size=batch_size, optimizer=SGD(0.01))
        assert network.evaluate(X, Y)[0] != before


def test_memory_of_a_training_step():
    network, x = lenet(), np.zeros((128, 28, 28, 1), "float32")
    y = np.zeros(128, int)
    network.fit(x, y, epochs=1, batch_size=128, optimizer=Adam())
    tracemalloc.start()
    network.fit(x, y, epochs=1, batch_size=128, optimizer=Adam())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500e6


class Mean(Layer):
    """A layer without parameters that keeps a running mean while training."""

    state = ("mean",)

    def __init__(self):
        self.mean = np.zeros(1, "float32")

    def forward(self, x, rng=None):
        """Give x back."""
        if rng is not None:
            self.mean += 0.1 * (x.mean() - self.mean)
        return x, None

    def backward(self, dy, memory, needs_dx=True):
        """Give dy back."""
        return dy, []


def test_what_lasts_of_a_layer_is_taken_back_too():
    network = Network([Flatten(), Dense(2), Mean()])
    network.fit(X, Y, epochs=1, batch_size=60, optimizer=SGD(0.1))
    before = network.layers[2].mean.copy()
    assert before != 0
    with pytest.raises(FloatingPointError):
        network.fit(X, Y, epochs=9, batch_size=60, optimizer=SGD(1e38))
    assert np.isfinite(network.layers[2].mean)
    loss, _ = network.evaluate(X, Y)
    assert np.isfinite(loss)


def test_a_refused_optimizer_leaves_what_lasts_of_a_layer():
    network, optimizer = Network([Flatten(), Dense(2), Mean()]), SGD(0.1)
    tiny().fit(X, Y, epochs=1, batch_size=60, optimizer=optimizer)
    network.build((8, 8, 1))
    with pytest.raises(ValueError, match=r"^optimizer: expected the arrays that it"):
        network.fit(X, Y, epochs=1, batch_size=60, optimizer=optimizer)
    assert network.layers[2].mean == 0
    assert optimizer.iterations == 1


def test_fits_in_two_threads_are_the_same_as_one_after_the_other():
    def train(seed):
        network = tiny(seed)
        network.fit(X, Y, epochs=3, batch_size=10, optimizer=Adam(0.02), seed=seed)
        return copies(network)

    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(train, range(3)))
    for seed, found in enumerate(together):
        assert same(found, train(seed))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((X, Y + 1), "y of validation_data: expected classes from 0 to 1"),
        ((X, None), "y of validation_data: expected real numbers, received None"),
        ((X.astype(object), Y), "x of validation_data: expected real numbers"),
        ((X, Y[:, None]), r"y of validation_data: expected shape \(N\)"),
        ((X,), "validation_data: expected a pair"),
        ([X, Y, Y], "validation_data: expected a pair"),
    ],
)
def test_validation_data_is_named_as_such(given, message):
    network = tiny()
    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        network.fit(
            X, Y, epochs=1, batch_size=9, optimizer=SGD(), validation_data=given
        )
    assert network.parameters() == {}
