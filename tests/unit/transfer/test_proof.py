import numpy as np
import pytest

from cnnlib.transfer import changed, snapshot

X = np.random.default_rng(0).normal(size=(8, 4, 4, 2)).astype(np.float32)
Y = np.arange(8) % 2


@pytest.fixture
def model(keras):
    keras.utils.set_random_seed(0)
    layers = keras.layers
    inputs = keras.Input((4, 4, 2))
    x = layers.Conv2D(3, 3, name="conv")(inputs)
    x = layers.BatchNormalization(name="bn")(x)
    x = layers.Dropout(0.5, name="dropout")(layers.Flatten(name="flatten")(x))
    return keras.Model(inputs, layers.Dense(2, activation="softmax", name="head")(x))


def step(model):
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(X, Y, verbose=0)


def test_a_snapshot_is_a_copy_with_names(model):
    before = snapshot(model)
    kinds = {name: list(weights) for name, weights in before.items()}
    assert kinds == {
        "conv": ["kernel", "bias"],
        "bn": ["gamma", "beta", "moving_mean", "moving_variance"],
        "head": ["kernel", "bias"],
    }
    kernel = before["conv"]["kernel"].copy()
    step(model)
    assert np.array_equal(before["conv"]["kernel"], kernel)


def test_what_trains_moves_and_what_is_frozen_does_not(model):
    before = snapshot(model)
    assert changed(before, model) == {}
    model.get_layer("conv").trainable = False
    step(model)
    assert changed(before, model) == {
        "bn": ("gamma", "beta", "moving_mean", "moving_variance"),
        "head": ("kernel", "bias"),
    }


@pytest.mark.parametrize(
    ("trainable", "training", "moved"),
    [
        (True, True, ("moving_mean", "moving_variance")),
        (True, False, None),
        (False, True, None),
        (False, False, None),
    ],
)
def test_statistics_move_only_where_both_say_so(model, trainable, training, moved):
    before = snapshot(model)
    model.get_layer("bn").trainable = trainable
    model(X, training=training)
    assert changed(before, model).get("bn") == moved


def test_one_bit_is_seen(model):
    before = snapshot(model)
    bias = model.get_layer("head").bias
    bias.assign(np.nextafter(bias.numpy(), np.float32(1)))
    assert changed(before, model) == {"head": ("bias",)}


def test_a_model_inside_is_looked_into(keras, model):
    whole = keras.Sequential([keras.Input((4, 4, 2)), model])
    before = snapshot(whole)
    assert f"{model.name}/conv" in before
    model.get_layer("conv").bias.assign([1, 1, 1])
    assert changed(before, whole) == {f"{model.name}/conv": ("bias",)}


def test_another_model_is_refused(keras, model):
    before = snapshot(model)
    part = keras.Model(model.input, model.get_layer("bn").output)
    with pytest.raises(ValueError, match=r"model: expected .* in head, as in the s"):
        changed(before, part)
    with pytest.raises(ValueError, match="expected no layer in head, as in the snapsh"):
        changed(snapshot(part), model)
