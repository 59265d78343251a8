"""A network that was built is checked by its first difference from the right one."""

import pytest

from cnnlib.checks.networks import Model
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED, Verdict


def stack(*layers, shape=(8, 8, 1)):
    import keras

    return keras.Sequential([keras.Input(shape), *layers])


def net(filters=4, activation="relu", units=3):
    from keras import layers

    conv = layers.Conv2D(filters, 3, activation=activation, name="conv")
    return stack(conv, layers.Flatten(), layers.Dense(units, name="scores"))


ITEM = Model(
    reference=net,
    because="It has 40 + 435 parameters.",
    otherwise="Count again.",
    hints=[("That is one filter.", lambda: net(filters=1))],
)


def test_a_model_or_what_builds_it_passes(keras):
    for answer in (net(), net, lambda: net()):
        assert ITEM.judge(answer) == Verdict(PASSED, "It has 40 + 435 parameters.")


def test_another_style_passes(keras):
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.conv = keras.layers.Conv2D(4, 3)
            self.scores = keras.layers.Dense(3)

        def call(self, x):
            x = keras.ops.relu(self.conv(x))
            return self.scores(keras.layers.Flatten()(x))

    assert ITEM.judge(Net()).status == PASSED
    assert ITEM.judge(Net).status == PASSED


def test_a_wrong_layer_is_named(keras):
    told = {
        "Layer 1 (conv) has 5 filters, 4 expected.": lambda: net(filters=5),
        "Layer 3 (scores) has 2 units, 3 expected.": net(units=2),
        "The activation of layer 1 (conv) is tanh, relu expected.": net(4, "tanh"),
        "The input has shape (9, 9, 1), (8, 8, 1) expected.": stack(
            keras.layers.ReLU(), shape=(9, 9, 1)
        ),
    }
    for words, answer in told.items():
        assert ITEM.judge(answer) == Verdict(NOT_YET, f"{words}\nCount again.")
    assert ITEM.judge(lambda: net(1)) == Verdict(NOT_YET, "That is one filter.")


@pytest.mark.parametrize("stub", [..., None, lambda: ..., lambda: None])
def test_a_stub_is_not_written_yet(keras, stub):
    assert ITEM.judge(stub).status == NOT_WRITTEN


def test_what_is_no_model_is_told_so(keras):
    words = "A Keras model is expected, and this is of type `int`.\nCount again."
    for answer in (3, lambda: 3):
        assert ITEM.judge(answer) == Verdict(NOT_YET, words)


def test_errors_are_told(keras):
    def fails():
        return net(filters=0)

    assert "`fails` stopped with ValueError" in ITEM.judge(fails).message

    class Narrow(keras.Model):
        def call(self, x):
            return keras.ops.reshape(x, (7, 9))

    message = ITEM.judge(Narrow()).message
    assert message.startswith("The model does not take images of shape (8, 8, 1): ")


def test_a_builder_may_have_arguments(keras):
    item = Model(reference=net, inputs=[(4,), (6, "tanh")])
    assert item.judge(net).status == PASSED
    found = item.judge(lambda filters, activation="relu": net(filters))
    assert "is relu, tanh expected" in found.message


def test_the_weights_of_an_answer_stay_its_own(keras):
    model = net()
    before = [w.copy() for w in model.get_weights()]
    assert ITEM.judge(model).status == PASSED
    assert all((a == b).all() for a, b in zip(before, model.get_weights()))


def test_a_loss_is_compared_where_one_is_asked_for(keras):
    logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def compiled(loss=logits):
        model = net()
        model.compile("adam", loss)
        return model

    item = Model(reference=compiled)
    assert item.judge(compiled).status == PASSED
    assert "not compiled" in item.judge(net).message
    wrong = compiled("sparse_categorical_crossentropy")
    assert "from_logits=False, True expected" in item.judge(wrong).message
    wrong = compiled(keras.losses.CategoricalCrossentropy(from_logits=True))
    assert "makes something else of a label" in item.judge(wrong).message
