import numpy as np
import pytest

from cnnlib import ops, plans
from cnnlib.data import load_mnist
from cnnlib.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    ReLU,
    Sigmoid,
    Tanh,
    from_plan,
)
from cnnlib.network import Network, check_gradients
from cnnlib.optimizers import Adam

DIGITS = np.zeros((3, 12, 12, 1), "float32")  # mostly blank, as digits are
DIGITS[0, 2:9, 5] = DIGITS[1, 4, 2:9] = DIGITS[2, 3:8, 3:8] = 1
LABELS = np.array([1, 0, 2])


def network(*, seed=0):
    return Network(
        [
            Conv2D(3, 3, padding="same"),
            ReLU(),
            MaxPooling2D(3, 2),
            Conv2D(4, 2, strides=2),
            Tanh(),
            AveragePooling2D(2, 1),
            Flatten(),
            Dropout(0.5),
            Dense(6),
            Sigmoid(),
            Dense(3),
        ],
        seed,
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_gradients_of_all_layers_are_right(seed):
    errors = check_gradients(network(seed=seed), DIGITS, LABELS)
    assert list(errors) == [
        f"layers[{number}].{name}" for number in (0, 3, 8, 10) for name in "wb"
    ]
    assert max(errors.values()) < 1e-7  # nan would not pass


def test_a_wrong_gradient_is_found(monkeypatch):
    right = ops.conv2d_backward

    def unturned(dy, x, w, *settings):
        dx, dw, db = right(dy, x, w, *settings)
        return dx, dw[::-1], db

    monkeypatch.setattr(ops, "conv2d_backward", unturned)
    errors = check_gradients(network(), DIGITS, LABELS)
    assert errors["layers[0].w"] > 1e-2
    assert errors["layers[3].w"] > 1e-2
    assert errors["layers[8].w"] < 1e-7


def test_the_network_stays_as_it_is():
    unbuilt = network()
    check_gradients(unbuilt, DIGITS, LABELS)
    assert unbuilt.input_shape is None
    assert unbuilt.parameters() == {}

    built = network()
    built.predict(DIGITS)
    before = {name: array.copy() for name, array in built.parameters().items()}
    check_gradients(built, DIGITS, LABELS)
    for name, array in built.parameters().items():
        assert array.dtype == "float32"
        assert (array == before[name]).all()


def test_an_epsilon_that_does_not_fit_never_looks_right():
    smooth = Network([Conv2D(2, 3), Tanh(), Flatten(), Dense(3)])
    large, fitting, small = [
        check_gradients(smooth, DIGITS, LABELS, epsilon)["layers[0].w"]
        for epsilon in (1, 1e-5, 1e-12)
    ]
    assert fitting < 1e-7 < small
    assert not large < 1e-7  # it is nan


def test_where_only_kinks_are_there_is_no_answer():
    # every step of 1 crosses kinks
    net = Network([Conv2D(2, 3), ReLU(), Flatten(), Dense(3)])
    errors = check_gradients(net, DIGITS, LABELS, epsilon=1)
    assert np.isnan(errors["layers[0].b"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"epsilon": 0}, r"epsilon: expected a number above 0, received 0"),
        ({"entries": 0}, r"entries: expected an int of at least 1"),
        ({"y": [0, 1]}, r"x and y: expected as many images as labels"),
        ({"x": DIGITS + np.nan}, r"x: expected finite numbers"),
    ],
)
def test_bad_input_is_named(changes, message):
    good = {"x": DIGITS, "y": LABELS}
    with pytest.raises(ValueError, match="^" + message):
        check_gradients(network(), **{**good, **changes})


def test_a_trained_network_is_right_too():
    (x, y), _ = load_mnist()
    net = Network(from_plan(plans.LENET))
    net.fit(x[:300], y[:300], epochs=11, batch_size=20, optimizer=Adam(0.01))
    assert net.evaluate(x[:300], y[:300])[1] > 0.99
    for start in range(0, 10, 2):
        pair = slice(start, start + 2)
        errors = check_gradients(net, x[pair], y[pair], entries=10)
        assert max(errors.values()) < 1e-7


@pytest.mark.parametrize("scale", [1, 255, 1e4])
@pytest.mark.parametrize("curve", [Tanh, Sigmoid])
def test_a_saturated_network_is_right_too(scale, curve):
    net = Network([Flatten(), Dense(8), curve(), Dense(3)])
    x = scale * np.random.default_rng(0).uniform(size=(3, 6, 6, 1))
    assert max(check_gradients(net, x, LABELS).values()) < 1e-7


def test_large_logits_are_right_too():
    net = Network([Flatten(), Dense(3)])
    net.build((12, 12, 1))
    net.layers[1].w *= 1e3
    assert max(check_gradients(net, DIGITS, LABELS).values()) < 1e-7
