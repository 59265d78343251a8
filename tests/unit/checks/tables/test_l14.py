import numpy as np

from cnnlib import ops, plans, shapes
from cnnlib.startup import quiet

from .check_tables import CheckTables

with quiet():
    import keras

SMALL = (32, 32, 3)


def identity_norm(mean, variance, epsilon, shortcut):
    if shortcut:
        return [np.zeros(len(mean)), np.zeros(len(mean))]
    return [(variance + epsilon) ** 0.5, mean]


def zero_gamma(mean, variance, epsilon, shortcut):
    return [np.zeros(len(mean))] * 2


def without_the_root(mean, variance, epsilon, shortcut):
    if shortcut:
        return np.zeros((2, len(mean)))
    return np.array([variance + epsilon, mean])


def steps(depth, shortcut="A"):
    return plans.walk(plans.resnet_cifar(depth, shortcut=shortcut), SMALL)


def count(depth):
    return sum(step.parameters for step in steps(depth))


def norms(depth):
    kinds = plans.BatchNormalization
    return sum(s.parameters for s in steps(depth) if isinstance(s.entry, kinds))


def without_norms(depth):
    return count(depth) - norms(depth)


def all_that_is_kept(depth):
    return count(depth) + norms(depth)


def with_biases(depth):
    return count(depth) + norms(depth) // 2


def with_projections(depth):
    return sum(step.parameters for step in steps(depth, "B"))


def my_block(filters, relu_first=False, shortcut=True):
    inputs = keras.Input((14, 14, filters))
    options = {"padding": "same", "use_bias": False}
    x = keras.layers.Conv2D(filters, 3, **options)(inputs)
    x = keras.layers.BatchNormalization(epsilon=1e-5)(x)
    x = keras.layers.Activation("relu")(x)
    x = keras.layers.Conv2D(filters, 3, **options)(x)
    x = keras.layers.BatchNormalization(epsilon=1e-5)(x)
    if relu_first:
        return keras.Model(inputs, inputs + keras.layers.ReLU()(x))
    if shortcut:
        x = keras.layers.add([x, inputs])
    return keras.Model(inputs, keras.layers.Activation("relu")(x))


def residual(x, w1, w2):
    return ops.conv2d(ops.relu(ops.conv2d(x, w1, None, 1, "same")), w2, None, 1, "same")


RIGHT = [
    ("predict1", ops.relu(ops.relu(np.array([-2, 0, 3])))),
    ("predict1", "0 0 3"),
    ("predict2", "Training"),
    ("predict2", "the training images"),
    ("predict3", 0),
    ("predict4", 1.1**20),
    ("predict4", 6.73),
    ("predict5", shapes.conv_parameters(1, 64, 128, use_bias=False)),
    ("predict5", "8,192"),
    ("predict6", 25_583_592 - 25_557_032),
    ("1", [128 * 256, 0, 0]),
    ("1", "32,768 0 0"),
    ("2", identity_norm),
    ("3", count),
    ("4", my_block),
    ("5", lambda x, w1, w2: np.maximum(0, x + residual(x, w1, w2))),
]

WRONG = [
    ("predict1", [-2, 0, 3], "Those came in"),
    ("predict2", "test", "the worse one"),
    ("predict3", "56", "Adding costs no parameter"),
    ("predict3", 3 * 3 * 64, "Adding costs no parameter"),
    ("predict4", 0.1**20, "plain stack"),
    ("predict4", 20 * 1.1, "added twenty times"),
    ("predict5", shapes.conv_parameters(3, 64, 128, use_bias=False), "3×3"),
    ("predict5", 73_728, "3×3"),
    ("predict5", shapes.conv_parameters(1, 64, 128), "no biases"),
    ("predict6", 25_636_712 - 25_557_032, "whole gap"),
    ("predict6", 53_120, "does not change"),
    ("1", [shapes.conv_parameters(3, 128, 256, False), 0, 0], "Yours is 3×3"),
    ("1", [128 * 256, 0, 256 * 256], "option C"),
    ("2", zero_gamma, "makes everything 0"),
    ("2", without_the_root, "the root of variance"),
    ("2", lambda *given: identity_norm(*given[:3], False), "F has to be 0"),
    ("2", lambda *given: identity_norm(*given)[::-1], "other order"),
    ("3", without_norms, "norms are missing"),
    ("3", all_that_is_kept, "training changes two"),
    ("3", with_biases, "no biases"),
    ("3", with_projections, "shortcuts B"),
    ("4", lambda filters: my_block(filters, relu_first=True), "bug of the clinic"),
    ("4", lambda filters: my_block(filters, shortcut=False), "shortcut is missing"),
    ("5", lambda x, w1, w2: x + ops.relu(residual(x, w1, w2)), "the clinic"),
    ("5", lambda x, w1, w2: x + residual(x, w1, w2), "behind the sum is missing"),
]


class TestChecks(CheckTables):
    lecture = "L14"
    right = RIGHT
    wrong = WRONG
