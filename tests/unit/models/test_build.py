"""Plans become models: names, arguments, errors."""

import importlib
import subprocess
import sys

import pytest

from cnnlib import models, plans


def test_a_builder_is_what_the_package_gives():
    importlib.import_module("cnnlib.models.alexnet")  # the file of the same name
    assert models.alexnet.__name__ == "alexnet"
    assert callable(models.alexnet)


def test_the_package_loads_no_keras():
    code = "import sys, cnnlib.models; sys.exit('keras' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_layers_have_names_and_activations():
    model = models.build(plans.lenet5(), (32, 32, 1))
    names = [layer.name for layer in model.layers[1:]]
    assert names == ["C1", "S2", "C3", "S4", "flatten", "C5", "F6", "output"]
    bends = [layer.get_config().get("activation") for layer in model.layers[1:]]
    assert bends == ["relu", None] * 2 + [None, "relu", "relu", "softmax"]


def test_an_activation_alone_and_zeros_in_pixels():
    plan = (
        plans.ReLU(name="first"),
        plans.Conv2D(4, 3, padding=2, use_bias=False, name="conv"),
        plans.MaxPooling2D(2),
        plans.Tanh(),
        plans.GlobalAveragePooling2D(),
    )
    model = models.build(plan, (6, 7, 3))
    kinds = [type(layer).__name__ for layer in model.layers[1:]]
    assert kinds == [
        *("Activation", "ZeroPadding2D", "Conv2D"),
        *("MaxPooling2D", "Activation", "GlobalAveragePooling2D"),
    ]
    assert model.get_layer("conv_zeros").output.shape == (None, 10, 11, 3)
    assert model.count_params() == 3 * 3 * 3 * 4


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: models.alexnet((60, 60, 3)),
            r"input_shape: expected at least 67 x 67 pixels, .*: pool5, MaxPooling2D",
        ),
        (lambda: models.vgg16((16, 16, 3)), r"at least 32 x 32 .* block5_pool, "),
        (lambda: models.lenet5((12, 12, 1)), r"at least 16 x 16 .* C3, Conv2D"),
        (lambda: models.lenet5((28, 28)), r"C1, .*expected shape \(H, W, C\)"),
        (lambda: models.lenet5(activation="gelu"), "activation: expected one of 'rel"),
        (lambda: models.lenet5(pooling="sum"), "pooling: expected one of 'max', 'ave"),
        (lambda: models.lenet5(activation=["relu"]), "activation: expected one of"),
        (
            lambda: models.vgg11((32, 32, 3), classifier_activation="relu"),
            "classifier_activation: expected one of 'softmax', None, received 'relu'",
        ),
        (
            lambda: models.alexnet((67, 67, 3), groups=3),
            r"conv2, .*groups: expected a divisor of in_channels 96 and filters 256",
        ),
    ],
)
def test_what_cannot_be_built_is_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_what_is_no_plan_is_named():
    with pytest.raises(TypeError, match=r"plan\[0\]: expected an entry"):
        models.build(["Conv2D"], (8, 8, 1))


def test_logits_where_they_are_asked_for():
    model = models.lenet5(classifier_activation=None)
    assert model.layers[-1].activation.__name__ == "linear"
