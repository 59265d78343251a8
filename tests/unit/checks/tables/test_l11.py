import math

import numpy as np
import pytest

from cnnlib import shapes
from cnnlib.checks import check
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET

from .check_tables import CheckTables

SIX = [80, 0, 3216, 0, 0, 4010]
RIGHT = [
    ("predict1", 8 * shapes.conv_parameters((1, 5), 3, 1)),
    ("predict1", "128"),
    ("predict2", "14, 62, 62, 8"),
    ("predict2", [14, 62, 62, 8]),
    ("predict3", "-1020"),
    ("predict4", (7, 32 * 32 * 6)),
    ("predict4", "(7, 6144)"),
    ("predict5", "1.46"),
    ("predict5", math.log(math.e + 9) - 1),
    ("1", "26, 26, 32, 320"),
    ("1", [26, 26, 32, shapes.conv_parameters(3, 1, 32)]),
    ("2", SIX),
    ("2", "80 0 3216 0 0 4010"),
    ("4", 5.0),
    ("4", "12.8"),
    ("4", "10.8%"),
]

WRONG = [
    ("predict1", 8 * (5 + 1), "five readings of each"),
    ("predict1", 8 * 5 * 3, "forgot the bias"),
    ("predict2", (16, 64, 64, 8), "kept the sizes"),
    ("predict3", 1020, "true convolution"),
    ("predict4", 7 * 6144, "keeps the axis of the batch"),
    ("predict4", 6144, "one image"),
    ("predict4", (None, 32 * 32 * 6), "any number"),
    ("predict2", (13, 61, 61, 8), "n − 3 + 1"),
    ("predict5", 2.3026, "knows nothing"),
    ("predict5", 2.461, "right logit"),
    ("1", [26, 26, 32, 288], "forgot the bias"),
    ("1", [28, 28, 32, 320], "valid"),
    ("1", [28, 28, 32, 288], "forgot the bias"),
    ("1", [32, 26, 26, 320], "channels stand last"),
    ("1", [26, 26, 1, 320], "are the filters"),
    ("1", [25, 25, 32, 320], "n − 3 + 1"),
    ("1", [26, 26, 32, 26 * 26 * 320], "at every place"),
    ("1", [26, 26, 32, 10], "one filter"),
    ("2", [72, 0, 3200, 0, 0, 4000], "biases"),
    ("2", [80, 0, 3216, 0, 0, 2570], "keeps the size"),
    ("2", [80, 0, 416, 0, 0, 4010], "eight channels"),
    ("2", [80, 1, 3216, 1, 400, 4010], "have no parameters"),
    ("2", [80, 3216, 4010], "six numbers"),
    ("4", 97.1, "as it was"),
    ("4", 0.0, "Hardly any"),
    ("4", 0.108, "a share: times 100"),
    ("4", "0.96", "a share, not percent"),
]


class TestChecks(CheckTables):
    lecture = "L11"
    right = RIGHT
    wrong = WRONG


@pytest.mark.parametrize("answer", [..., [..., ...], [26, 26, 32, ...]])
def test_a_half_written_exercise_is_not_written_yet(answer):
    assert check("L11.1", answer).status == NOT_WRITTEN


def test_a_wrong_network_is_told_which_layer(keras):
    kl = keras.layers

    def strided(filters, num_classes):
        inputs = keras.Input((28, 28, 1))
        same = {"padding": "same", "activation": "relu", "strides": 2}
        maps = [kl.Conv2D(filters, k, **same)(inputs) for k in (3, 5)]
        x = kl.Flatten()(kl.Concatenate()(maps))
        return keras.Model(inputs, kl.Dense(num_classes, activation="softmax")(x))

    found = check("L11.3", strided)
    assert found.status == NOT_YET
    assert "has strides=2, 1 expected" in found.message


def test_the_gap_of_a_half_written_shape_is_not_any_number():
    assert check("L11.predict4", (..., 6144)).status == NOT_WRITTEN


def repaired(loss):
    def build(activation):
        from cnnlib.models import lenet5

        model = lenet5(activation=activation, classifier_activation=None)
        model.compile("sgd", loss)
        return model

    return build


def test_a_loss_for_rows_of_ten_gets_its_hint(keras):
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True, name="any")
    rows = keras.losses.CategoricalCrossentropy(from_logits=True)
    assert check("L11.5", repaired(right))
    found = check("L11.5", repaired(rows))
    assert found.status == NOT_YET
    assert "the sparse loss is needed" in found.message


def test_the_floor_of_the_loss():
    powers = np.exp([1] + [0] * 9)
    assert check("L11.predict5", -np.log(powers[0] / powers.sum()))
