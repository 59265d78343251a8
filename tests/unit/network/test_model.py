import contextlib
import json
import tracemalloc

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    ReLU,
    Tanh,
)
from cnnlib.network import Network
from cnnlib.optimizers import SGD, Adam

RNG = np.random.default_rng(0)
# stripes that lie or stand: what a network of a few weights can learn
Y = RNG.integers(0, 2, 60)
X = RNG.normal(0, 0.1, (60, 8, 8, 1)).astype("float32")
for image, label in zip(X, Y):
    stripes = image[::2] if label else image[:, ::2]
    stripes += 1


def tiny(seed=0):
    layers = [Conv2D(2, 3), ReLU(), MaxPooling2D(2), Flatten(), Dropout(0.2), Dense(2)]
    return Network(layers, seed)


def lenet():
    maps = [
        Conv2D(6, 5),
        ReLU(),
        MaxPooling2D(2),
        Conv2D(16, 5),
        ReLU(),
        MaxPooling2D(2),
    ]
    units = [Flatten(), Dense(120), ReLU(), Dense(84), ReLU(), Dense(10)]
    return Network(maps + units)


def copies(network):
    return {name: array.copy() for name, array in network.parameters().items()}


def same(a, b):
    return a.keys() == b.keys() and all((a[name] == b[name]).all() for name in a)


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


def test_the_seed_of_the_network_decides_its_weights():
    weights = [tiny(seed) for seed in (0, 0, 1)]
    for network in weights:
        network.build((8, 8, 1))
    assert same(*map(copies, weights[:2]))
    assert not same(*map(copies, weights[1:]))


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


def test_predict_gives_logits_whatever_the_batch_size():
    network = tiny()
    logits = network.predict(X)
    assert logits.shape == (60, 2)
    assert logits.dtype == "float32"
    assert_allclose(network.predict(X, batch_size=7), logits, atol=1e-6)
    assert_array_equal(network.predict(X), logits)  # no dropout


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [("float64", "float64"), ("float32", "float32"), ("uint8", "float32")],
)
def test_the_first_images_decide_the_dtype(dtype, expected):
    network, x = tiny(), (10 * abs(X)).astype(dtype)
    network.fit(x, Y, epochs=1, batch_size=20, optimizer=Adam())
    assert network.predict(x).dtype == expected
    _, _, gradients = network.backpropagate(x, Y)
    for array in [*network.parameters().values(), *gradients.values()]:
        assert array.dtype == expected


def test_float32_images_are_never_copied_to_float64(monkeypatch):
    wide = []
    for layer in (network := tiny()).layers:
        forward, backward = layer.forward, layer.backward

        def watched(x, rng=None, forward=forward):
            y, memory = forward(x, rng)
            wide.extend(array for array in (x, y) if array.dtype != "float32")
            return y, memory

        def watched_backward(dy, memory, needs_dx=True, backward=backward):
            dx, gradients = backward(dy, memory, needs_dx)
            found = [a for a in (dy, dx, *gradients) if a is not None]
            wide.extend(array for array in found if array.dtype != "float32")
            return dx, gradients

        monkeypatch.setattr(layer, "forward", watched)
        monkeypatch.setattr(layer, "backward", watched_backward)
    network.predict(X)
    network.backpropagate(X, Y, np.random.default_rng(0))
    assert wide == []
    network.backpropagate(X.astype("float64"), Y)
    assert len(wide) > 10  # and the watch works


def test_weights_set_by_hand_are_used_and_trained():
    network = Network([Conv2D(1, 3), AveragePooling2D(6), Flatten(), Dense(2)])
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])[:, :, None, None]
    network.layers[0].w = sobel
    network.predict(X)
    assert_array_equal(network.layers[0].w, sobel)
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    assert (network.layers[0].w != sobel).any()
    assert sobel.dtype == int  # and the array that was handed in stays


def test_memory_of_a_training_step():
    network, x = lenet(), np.zeros((128, 28, 28, 1), "float32")
    y = np.zeros(128, int)
    network.fit(x, y, epochs=1, batch_size=128, optimizer=Adam())
    tracemalloc.start()
    network.fit(x, y, epochs=1, batch_size=128, optimizer=Adam())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500e6


def test_save_and_load(tmp_path):
    network, path = tiny(), tmp_path / "tiny.npz"
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    network.save(path)
    assert [file.name for file in tmp_path.iterdir()] == ["tiny.npz"]
    with np.load(path, allow_pickle=False) as stored:
        assert_array_equal(stored["layers[0].w"], network.layers[0].w)
    unbuilt, trained = tiny(1), tiny(2)
    trained.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    for other in (unbuilt, trained):
        other.load(str(path))
        assert other.input_shape == (8, 8, 1)
        assert_array_equal(other.predict(X), network.predict(X))
        other.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))  # and it can go on


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    network, path = tiny(), tmp_path / "tiny.npz"
    network.predict(X)
    network.save(path)
    before = path.read_bytes()

    def full(file, **arrays):
        file.write(b"half of it")
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        network.save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["tiny.npz"]


def test_there_is_nothing_to_save_or_to_sum_up_before_the_first_call(tmp_path):
    for act in (lambda: tiny().save(tmp_path / "x"), tiny().summary):
        with pytest.raises(ValueError, match=r"network: .* call build\(\(H, W, C\)\)"):
            act()
    assert list(tmp_path.iterdir()) == []


def broken_files(good):
    """Yield what a file can look like that is not the right one."""
    yield "empty", b""
    yield "text", b"these are not the weights"
    for part in (10, 100, len(good) // 2, len(good) - 1):
        yield f"cut at {part}", good[:part]
    for place in np.random.default_rng(0).integers(0, len(good), 200):
        altered = bytearray(good)
        altered[place] ^= 255
        yield f"altered at {place}", bytes(altered)


def test_a_broken_file_leaves_the_network_as_it_was(tmp_path):
    network, path = tiny(), tmp_path / "tiny.npz"
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    network.save(path)
    good, before, refused = path.read_bytes(), copies(network), 0
    for name, content in broken_files(good):
        path.write_bytes(content)
        fresh = tiny(1)
        with contextlib.suppress(ValueError):
            fresh.load(path)
        if fresh.input_shape is None:
            assert fresh.parameters() == {}, name
            refused += 1
        else:  # the byte that was altered means nothing, such as a date
            assert same(copies(fresh), before), name
    assert refused > 150


def arrays_of(network):
    plan = [[type(layer).__name__, layer.settings()] for layer in network.layers]
    return {"layers": json.dumps(plan), "input_shape": [8, 8, 1]} | copies(network)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"layers": ["Dense(2)"]}, r"path: expected layers \['Conv2D\(2, 3, .* \['De"),
        ({"layers": None}, r"path: expected layers .* received \[\]"),
        (
            {"input_shape": [12, 12, 1]},
            r"path: expected (an input_shape that fits|.* \(50, 2\))",
        ),
        ({"input_shape": [9, 9]}, r"path: expected an input_shape that fits"),
        ({"input_shape": 9}, r"path: expected an input_shape that fits"),
        ({"layers[5].w": None}, r"path: expected layers\[5\].w of shape \(18, 2\)"),
        ({"layers[5].b": np.zeros(3)}, r"path: expected layers\[5\].b .* \(3,\)"),
        ({"layers[5].b": np.zeros(2, int)}, r"path: .* received int64 of shape \(2,\)"),
        ({"layers[5].b": np.full(2, np.nan)}, r"path: .* finite floats, received"),
        ({"layers[5].b": np.zeros(2, object)}, r"path: expected a complete .npz file"),
    ],
)
def test_a_file_of_another_network_leaves_the_network_as_it_was(
    tmp_path, changes, message
):
    network, path = tiny(), tmp_path / "other.npz"
    network.predict(X)
    before = copies(network)
    arrays = arrays_of(network) | changes
    np.savez(path, **{name: a for name, a in arrays.items() if a is not None})
    for other in (network, tiny()):
        with pytest.raises(ValueError, match="^" + message):
            other.load(path)
    assert same(copies(network), before)
    assert network.input_shape == (8, 8, 1)


def test_other_activations_are_another_network(tmp_path):
    network = Network([Flatten(), Dense(3), ReLU(), Dense(2)])
    network.predict(X)
    network.save(tmp_path / "relu.npz")
    with pytest.raises(ValueError, match=r"'Tanh\(\)'.*received.*'ReLU\(\)'"):
        Network([Flatten(), Dense(3), Tanh(), Dense(2)]).load(tmp_path / "relu.npz")


def test_a_missing_file_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        tiny().load(tmp_path / "none.npz")
    with pytest.raises(ValueError, match="path: expected a complete"):
        tiny().load(tmp_path)  # a folder


def test_a_file_may_not_bring_code(tmp_path):
    class Surprise:
        def __reduce__(self):
            return print, ("surprise",)

    np.savez(tmp_path / "x.npz", layers=np.array([Surprise()], dtype=object))
    with pytest.raises(ValueError, match="path: expected a complete"):
        tiny().load(tmp_path / "x.npz")


def test_summary_of_lenet(capsys):
    network = lenet()
    network.build((28, 28, 1))
    network.summary()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 13
    assert lines[0].split("  ")[0] == "Conv2D(6, 5, strides=1, padding=0)"
    assert lines[0].endswith("(24, 24, 6)        156")
    assert lines[6].endswith("(256,)          0")
    assert lines[-1].split() == ["parameters", "44,426"]


NAN, INF = X.copy(), X.copy()
NAN[3, 2, 2], INF[3, 2, 2] = np.nan, np.inf


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"x": NAN}, ValueError, r"x: expected finite numbers, received nan or inf"),
        ({"x": INF}, ValueError, r"x: expected finite numbers, received nan or inf"),
        ({"x": X[:0], "y": Y[:0]}, ValueError, r"x: expected .* without an empty axis"),
        ({"x": X[:5]}, ValueError, r"x and y: expected .* received 5 and 60"),
        ({"x": X[0, 0, 0]}, ValueError, r"x: expected shape \(N, ...\)"),
        ({"x": X[..., 0]}, ValueError, r"input of Conv2D.* \(N, 8, 8\)"),
        ({"x": X[:, :2]}, ValueError, r"kernel_size: expected .* at most 2 pixels"),
        ({"x": "stripes"}, TypeError, r"x: expected real numbers"),
        ({"y": Y + 1}, ValueError, r"y: expected classes from 0 to 1, received 2"),
        ({"y": Y - 1}, ValueError, r"y: expected classes from 0 to 1, received -1"),
        ({"y": Y.astype(float)}, TypeError, r"y: expected ints, received dtype float"),
        ({"y": np.eye(2, dtype=int)[Y]}, ValueError, r"y: expected shape \(N\)"),
        ({"epochs": 0}, ValueError, r"epochs: expected an int of at least 1"),
        ({"epochs": 1.0}, TypeError, r"epochs: expected an int"),
        ({"batch_size": 0}, ValueError, r"batch_size: expected an int of at least 1"),
        ({"batch_size": 2.5}, TypeError, r"batch_size: expected an int"),
        (
            {"optimizer": "adam"},
            TypeError,
            r"optimizer: .* SGD\(0.1\), received 'adam'",
        ),
        ({"optimizer": SGD}, TypeError, r"optimizer: expected an optimizer such as"),
        ({"validation_data": (X[:3], Y)}, ValueError, r"validation_data: .* 3 and 60"),
        ({"validation_data": X}, ValueError, r"validation_data: expected a pair"),
        ({"validation_data": (NAN, Y)}, ValueError, r"x: expected finite numbers"),
        ({"validation_data": (X, Y + 1)}, ValueError, r"y: expected classes from 0 to"),
    ],
)
def test_bad_input_is_named_before_any_step(changes, error, message):
    network = tiny()
    network.build((8, 8, 1))
    before = copies(network)
    good = {"x": X, "y": Y, "epochs": 1, "batch_size": 10, "optimizer": SGD(0.1)}
    with pytest.raises(error, match="^" + message):
        network.fit(**{**good, **changes})
    assert same(copies(network), before)


def test_images_of_another_size_than_before_are_named():
    network = tiny()
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    wide = np.zeros((2, 12, 12, 1), "float32")
    for act in (network.predict, lambda x: network.evaluate(x, [0, 1])):
        with pytest.raises(ValueError, match=r"input of Dense\(2\): .* \(18, 2\)"):
            act(wide)
    assert network.input_shape == (8, 8, 1)


@pytest.mark.parametrize(
    ("layers", "error", "message"),
    [
        ([], ValueError, r"layers: expected at least one layer"),
        ([Dense], TypeError, r"layers: expected layers only"),
        ([ReLU()] * 2, ValueError, r"layers: expected .* each one once"),
    ],
)
def test_bad_layers_are_named(layers, error, message):
    with pytest.raises(error, match="^" + message):
        Network(layers)


def test_the_end_has_to_be_logits():
    with pytest.raises(ValueError, match=r"^layers: expected an end .* \(6, 6, 2\)"):
        Network([Conv2D(2, 3)]).predict(X)


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
