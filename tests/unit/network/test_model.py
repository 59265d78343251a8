import copy
import pickle

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from stripes import X, Y, copies, same, tiny

from cnnlib import plans
from cnnlib.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    Layer,
    ReLU,
    from_plan,
)
from cnnlib.network import Network, check_gradients
from cnnlib.optimizers import SGD, Adam


def lenet():
    return Network(from_plan(plans.LENET))


def test_the_seed_of_the_network_decides_its_weights():
    weights = [tiny(seed) for seed in (0, 0, 1)]
    for network in weights:
        network.build((8, 8, 1))
    assert same(*map(copies, weights[:2]))
    assert not same(*map(copies, weights[1:]))


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
        (
            {"validation_data": (X[:3], Y)},
            ValueError,
            r"x of validation_data and y of .* 3 and 60",
        ),
        ({"validation_data": X}, ValueError, r"validation_data: expected a pair"),
        (
            {"validation_data": (NAN, Y)},
            ValueError,
            r"x of valid.*: expected finite numbers",
        ),
        (
            {"validation_data": (X, Y + 1)},
            ValueError,
            r"y of valid.*: expected classes from 0 to",
        ),
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
        ([Dense], TypeError, r"layers: expected a list of layers"),
        ([ReLU()] * 2, ValueError, r"layers: expected .* each one once"),
    ],
)
def test_bad_layers_are_named(layers, error, message):
    with pytest.raises(error, match="^" + message):
        Network(layers)


def test_the_end_has_to_be_logits():
    with pytest.raises(ValueError, match=r"^layers: expected an end .* \(6, 6, 2\)"):
        Network([Conv2D(2, 3)]).predict(X)


def test_the_seed_decides_the_weights_whatever_is_called_first():
    first_calls = {
        "predict": lambda network: network.predict(X),
        "forward": lambda network: network.forward(X),
        "forward, training": lambda network: network.forward(X, rng=0),
        "backpropagate": lambda network: network.backpropagate(X, Y),
        "build": lambda network: network.build((8, 8, 1)),
        "evaluate": lambda network: network.evaluate(X, Y),
    }
    for call in first_calls.values():
        network, expected = tiny(seed=3), tiny(seed=3)
        call(network)
        expected.build((8, 8, 1))
        assert same(copies(network), copies(expected))
        assert network.input_shape == (8, 8, 1)


def test_two_equal_layers_draw_different_weights(capsys):
    network = Network([Conv2D(4, 3), Conv2D(4, 3), Flatten(), Dense(4)], seed=1)
    network.forward(np.repeat(X, 4, axis=3))
    first, second = (layer.w for layer in network.layers[:2])
    assert (first != second).any()
    network.summary()
    assert "Conv2D" in capsys.readouterr().out


def test_a_layer_can_serve_in_two_networks():
    whole = Network([Conv2D(4, 3), Conv2D(4, 3), Flatten(), Dense(2)])
    tail = Network(whole.layers[1:])
    alone = Network([Conv2D(4, 3), Conv2D(4, 3), Flatten(), Dense(2)])
    settings = {"epochs": 1, "batch_size": 10}
    whole.fit(X, Y, **settings, optimizer=SGD(0.1))
    alone.fit(X, Y, **settings, optimizer=SGD(0.1))
    assert same(copies(whole), copies(alone))
    maps = whole.layers[0].forward(X)[0]
    assert_allclose(tail.predict(maps), whole.predict(X), rtol=1e-5)
    tail.fit(maps, Y, **settings, optimizer=SGD(0.1))
    whole.layers.insert(0, Conv2D(1, 1))
    whole.fit(X, Y, **settings, optimizer=SGD(0.1))


def test_backpropagate_changes_nothing_and_gives_every_gradient():
    network = tiny()
    loss, hits, gradients = network.backpropagate(X, Y)
    before = copies(network)
    again = network.backpropagate(X, Y)
    assert (loss, hits) == again[:2]
    assert same(gradients, again[2])
    assert same(copies(network), before)
    shapes = {name: array.shape for name, array in before.items()}
    assert {name: array.shape for name, array in gradients.items()} == shapes


@pytest.mark.parametrize(
    ("shape", "dtype", "error", "message"),
    [
        ((8, 8, 1), np.int64, ValueError, "dtype: expected float32 or float64, rec"),
        ((8, 8, 1), "float16", ValueError, "dtype: expected float32 or float64, rec"),
        ((8, 8, 1), bool, ValueError, "dtype: expected float32 or float64, received"),
        ((8, 8, 1), "single-ish", TypeError, "dtype: expected float32 or float64"),
        ((8, 8, 1), None, TypeError, "dtype: expected float32 or float64, received N"),
        ((8, -8, 1), "float32", ValueError, "input_shape: expected a shape such as"),
        ((0, 8, 1), "float32", ValueError, "input_shape: expected a shape such as"),
        ("881", "float32", TypeError, "input_shape: expected a shape such as"),
        (8, "float32", TypeError, "input_shape: expected a shape such as"),
        ((8.0, 8, 1), "float32", TypeError, "input_shape: expected a shape such as"),
        ((True, 8, 1), "float32", TypeError, "input_shape: expected a shape such as"),
        ((8, 8), "float32", ValueError, "input of Conv2D"),
    ],
)
def test_a_build_that_is_refused_draws_nothing(shape, dtype, error, message):
    network = tiny()
    with pytest.raises(error, match="^" + message):
        network.build(shape, dtype)
    assert network.parameters() == {}
    assert network.input_shape is None


class Scale(Layer):
    """A layer with one parameter, no bias, and a count that lasts."""

    trainable, state = ("gamma",), ("seen",)

    def __init__(self):
        self.gamma, self.seen = np.ones(1, "float32"), np.zeros(1, "float32")

    def forward(self, x, rng=None):
        """Multiply by gamma, and count the images while training."""
        if rng is not None:
            self.seen += len(x)
        return self.gamma * x, x

    def backward(self, dy, x, needs_dx=True):
        """Give the gradient for x and for gamma."""
        return self.gamma * dy, [(dy * x).sum(keepdims=True).reshape(1)]


def test_a_layer_of_ones_own_needs_no_bias(tmp_path, capsys):
    network = Network([Flatten(), Dense(4), Scale(), Dense(2)])
    network.fit(X, Y, epochs=1, batch_size=20, optimizer=SGD(0.1))
    assert network.layers[2].gamma != 1
    assert network.layers[2].seen == 60
    errors = check_gradients(network, X[:3], Y[:3])
    assert errors.keys() == network.parameters().keys()
    assert max(errors.values()) < 1e-7
    network.save(tmp_path / "own.npz")
    other = Network([Flatten(), Dense(4), Scale(), Dense(2)], seed=5)
    other.load(tmp_path / "own.npz")
    assert same(other.arrays(), network.arrays())
    network.summary()
    assert "Scale()" in capsys.readouterr().out


def test_a_copy_of_a_network_carries_no_images():
    network = tiny()
    network.predict(np.repeat(X, 50, axis=0))
    size = sum(array.nbytes for array in network.arrays().values())
    assert len(pickle.dumps(network)) < size + 5_000


ONE_STEP = {"epochs": 1, "batch_size": 20}
REFUSED = {
    "predict: batch_size": lambda net: net.predict(X, 0),
    "predict: x": lambda net: net.predict(NAN),
    "evaluate: y": lambda net: net.evaluate(X, Y + 5),
    "forward: rng": lambda net: net.forward(X, rng="abc"),
    "backpropagate: classes": lambda net: net.backpropagate(X, Y + 1),
    "backpropagate: too few": lambda net: net.backpropagate(X, Y[:3]),
    "backpropagate: floats": lambda net: net.backpropagate(X, Y / 1),
    "backpropagate: masked": lambda net: net.backpropagate(
        X, np.ma.masked_array(Y, mask=Y > 0)
    ),
    "backward": lambda net: net.backward(np.ones((2, 2)), [None] * 6),
    "backward: memories": lambda net: net.backward(np.ones((2, 2)), None),
    "fit: seed": lambda net: net.fit(X, Y, **ONE_STEP, optimizer=SGD(), seed=-1),
    "fit: x": lambda net: net.fit(X[0, 0, 0], Y, **ONE_STEP, optimizer=SGD()),
    "fit: optimizer": lambda net: net.fit(X, Y, **ONE_STEP, optimizer=used()),
    "check_gradients: seed": lambda net: check_gradients(net, X[:2], Y[:2], seed=1.5),
    "save": lambda net: net.save("x.npz"),
    "load": lambda net: net.load(3),
}


def used():
    """Return an optimizer that has moved the parameters of another network."""
    optimizer = SGD(0.1)
    tiny().fit(X, Y, **ONE_STEP, optimizer=optimizer)
    return optimizer


@pytest.mark.parametrize("name", REFUSED)
def test_a_call_that_is_refused_draws_nothing(name):
    network = tiny()
    with pytest.raises((TypeError, ValueError), match=r"^[\w ]+: expected "):
        REFUSED[name](network)
    assert network.parameters() == {}
    assert network.input_shape is None
    network.build((8, 8, 1))
    expected = tiny()
    expected.build((8, 8, 1))
    assert same(copies(network), copies(expected))  # the seed is where it was


@pytest.mark.parametrize("name", sorted(set(REFUSED) - {"save", "backward"}))
def test_a_call_that_is_refused_moves_nothing(name):
    network = tiny()
    network.predict(X)
    before = copies(network)
    with pytest.raises((TypeError, ValueError), match="expected"):
        REFUSED[name](network)
    assert same(copies(network), before)


def test_a_layer_that_is_too_large_leaves_the_others_undrawn():
    network = Network([Flatten(), Dense(3), Dense(10**15)])
    with pytest.raises(MemoryError):
        network.build((8, 8, 1))
    assert network.parameters() == {}
    network.layers.pop()
    network.build((8, 8, 1))
    expected = Network([Flatten(), Dense(3)])
    expected.build((8, 8, 1))
    assert same(copies(network), copies(expected))


@pytest.mark.parametrize("seed", ["abc", -1, 1.5, True, {}])
def test_a_bad_seed_is_named(seed):
    with pytest.raises(
        (TypeError, ValueError), match=r"^seed: expected a seed such as"
    ):
        Network([Dense(2)], seed)


@pytest.mark.parametrize("layers", [Dense(2), 5, None, plans.LENET, [Dense]])
def test_layers_are_a_list_of_layers(layers):
    with pytest.raises(TypeError, match=r"^layers: expected a list of layers of cnnl"):
        Network(layers)


@pytest.mark.parametrize(
    "form",
    [
        np.ndarray.tolist,
        np.asfortranarray,
        lambda x: np.repeat(x, 2, axis=0)[::2],
        lambda x: np.ma.masked_array(x, mask=np.zeros(x.shape, bool)),
        lambda x: x.astype(np.longdouble),
    ],
)
def test_the_same_images_in_another_form(form):
    expected = tiny().predict(X)
    assert_allclose(tiny().predict(form(X)), expected, rtol=1e-4, atol=1e-6)
    assert_allclose(
        tiny().backpropagate(form(X), Y.tolist())[0], tiny().evaluate(X, Y)[0]
    )


def test_images_of_a_broadcast_view_can_be_trained_on():
    view = np.broadcast_to(X[:1], X.shape)
    network, expected = tiny(), tiny()
    network.fit(view, Y, **ONE_STEP, optimizer=SGD(0.1))
    expected.fit(view.copy(), Y, **ONE_STEP, optimizer=SGD(0.1))
    assert same(copies(network), copies(expected))


@pytest.mark.parametrize(
    "twice", [copy.deepcopy, lambda pair: pickle.loads(pickle.dumps(pair))]
)
@pytest.mark.parametrize("make", [lambda: SGD(0.1, momentum=0.9), Adam])
def test_a_network_and_its_optimizer_are_copied_together(twice, make):
    network, optimizer = tiny(), make()
    network.fit(X, Y, **ONE_STEP, optimizer=optimizer)
    twin, other = twice((network, optimizer))
    for net, opt in [(network, optimizer), (twin, other)]:
        net.fit(X, Y, **ONE_STEP, optimizer=opt)
    assert same(copies(network), copies(twin))
    with pytest.raises(ValueError, match=r"^optimizer: expected the arrays that it"):
        twice(network).fit(X, Y, **ONE_STEP, optimizer=optimizer)


def test_a_saved_network_fits_a_loaded_one_with_a_new_optimizer(tmp_path):
    network, optimizer = tiny(), SGD(0.1)
    network.fit(X, Y, **ONE_STEP, optimizer=optimizer)
    network.save(tmp_path / "net.npz")
    network.load(tmp_path / "net.npz")  # other arrays, so another optimizer
    with pytest.raises(ValueError, match="make a new optimizer"):
        network.fit(X, Y, **ONE_STEP, optimizer=optimizer)
    network.fit(X, Y, **ONE_STEP, optimizer=SGD(0.1))
