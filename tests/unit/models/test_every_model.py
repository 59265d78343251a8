"""One table drives the tests of all models (`tests/unit/course_models.py`)."""

import numpy as np
import pytest
from course_models import CASES, SMALL_CASES, losses_around_a_step

from benchmarks.papers.counting import weightless
from cnnlib import models, plans

every_model = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
every_small_model = pytest.mark.parametrize(
    "case", SMALL_CASES.values(), ids=SMALL_CASES
)


def names(model):
    return [layer.name for layer in model.layers]


def random_weights(model, seed=0):
    """Give a model weights of a usual size, and biases that are not zero."""
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        fan_in = np.prod(weight.shape[:-1], dtype=int)
        scale = np.sqrt(2 / fan_in) if len(weight.shape) > 1 else 0.1
        values = rng.standard_normal(weight.shape, dtype=np.float32)
        if "variance" in weight.path or "gamma" in weight.path:
            weight.assign(0.5 + np.abs(values))
        else:
            weight.assign(np.float32(scale) * values)


def moving_statistics(model):
    """Count a mean and a variance for each channel that is normalized."""
    kind = "BatchNormalization"
    return sum(
        2 * layer.output.shape[-1]
        for layer in model.layers
        if type(layer).__name__ == kind
    )


@every_model
def test_parameters_and_outputs_of_the_full_size(keras, case):
    with weightless():
        model = case.build()
        assert sum(np.prod(w.shape) for w in model.trainable_weights) == case.parameters
        assert model.count_params() == case.parameters + moving_statistics(model)
        assert model.output_shape == (None, case.classes)
        assert not model.compiled


@pytest.mark.parametrize("case", [CASES["alexnet"]], ids=["alexnet"])
def test_a_full_size_is_built_and_run(keras, case):
    model = case.build()
    assert sum(w.numpy().size for w in model.weights) == case.parameters
    image = np.random.default_rng(0).random((1, 227, 227, 3), dtype=np.float32)
    shares = keras.ops.convert_to_numpy(model(image))
    assert shares.shape == (1, 1000)
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert shares.min() > 0


@every_small_model
def test_one_step_lowers_the_loss(keras, case):
    before, after = losses_around_a_step(case)
    assert np.isfinite(before)
    assert after < before - 1e-5


@pytest.mark.parametrize(
    "case",
    [case for case in CASES.values() if case.too_small],
    ids=[name for name, case in CASES.items() if case.too_small],
)
def test_too_small_an_image_is_refused_by_name(case):
    side, channels = case.too_small, 1 if case.builder == "lenet5" else 3
    size = f"at least {side + 1} x {side + 1} pixels"
    message = f"^input_shape: expected {size}, .*: {case.out_of_pixels}, MaxPooling2D"
    with pytest.raises(ValueError, match=message):
        case.build(input_shape=(side, side, channels))
    with weightless():
        model = case.build(input_shape=(side + 1, side + 1, channels))
        assert model.output_shape == (None, case.classes)


# Keras' own, as it writes
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@every_small_model
def test_a_model_comes_back_from_its_file(keras, case, tmp_path):
    model = case.build_small()
    random_weights(model)
    x, _ = case.batch(size=2)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    assert names(again) == names(model)
    assert [type(a) for a in again.layers] == [type(b) for b in model.layers]
    for weight, stored in zip(model.get_weights(), again.get_weights(), strict=True):
        assert np.array_equal(weight, stored)
    assert np.array_equal(model(x), again(x))


@every_small_model
def test_one_seed_gives_one_model(keras, case):
    weights = []
    for seed in (0, 0, 1):
        keras.utils.set_random_seed(seed)
        weights.append(case.build_small().get_weights())
    same, other = (
        [np.array_equal(a, b) for a, b in zip(weights[0], weights[n], strict=True)]
        for n in (1, 2)
    )
    assert all(same)
    assert not all(other)


@pytest.mark.parametrize("depth", [16, 19])
def test_vgg_is_that_of_keras_applications(keras, depth):
    image = (32, 32, 3)  # the smallest, with the dense layers at their full width
    theirs = getattr(keras.applications, f"VGG{depth}")(
        weights=None, input_shape=image, classes=10, classifier_activation=None
    )
    ours = getattr(models, f"vgg{depth}")(image, 10, classifier_activation=None)
    kept = [name for name in names(ours) if not name.startswith("dropout")]
    assert kept[1:] == names(theirs)[1:]  # the first is the input
    random_weights(theirs)
    ours.set_weights(theirs.get_weights())
    x = np.random.default_rng(1).random((2, *image), dtype=np.float32)
    found, wanted = (keras.ops.convert_to_numpy(model(x)) for model in (ours, theirs))
    assert np.abs(wanted).max() > 0.1
    assert np.abs(found - wanted).max() <= 1e-5 * np.abs(wanted).max()


def test_resnet50_is_that_of_keras_applications(keras):
    image = (32, 32, 3)
    theirs = keras.applications.ResNet50(
        weights=None, input_shape=image, classes=10, classifier_activation=None
    )
    ours = models.resnet50(image, 10, variant="keras", classifier_activation=None)
    assert {*names(theirs)[1:]} - {*names(ours)} == {"conv1_pad"}
    assert {*names(ours)[1:]} - {*names(theirs)} == {"conv1_conv_zeros"}
    random_weights(theirs)
    ours.set_weights(theirs.get_weights())
    x = np.random.default_rng(1).random((2, *image), dtype=np.float32)
    found, wanted = (keras.ops.convert_to_numpy(model(x)) for model in (ours, theirs))
    assert np.abs(wanted).max() > 0.1
    assert np.abs(found - wanted).max() <= 1e-4 * np.abs(wanted).max()


@pytest.mark.parametrize(
    ("depth", "parameters"), [(50, 25_636_712), (101, 44_707_176), (152, 60_419_944)]
)
def test_resnets_of_keras_applications_count_the_same(keras, depth, parameters):
    with weightless():
        theirs = getattr(keras.applications, f"ResNet{depth}")(weights=None)
        ours = getattr(models, f"resnet{depth}")(variant="keras")
        assert ours.count_params() == theirs.count_params() == parameters
        assert ours.output_shape == theirs.output_shape


def test_auxiliary_outputs_leave_on_the_side(keras):
    with weightless():
        model = models.googlenet(auxiliary=True)
        assert model.count_params() == 13_378_280
        assert model.output_names == ["predictions", "auxiliary_1", "auxiliary_2"]
        assert model.output_shape == [(None, 1000)] * 3
        assert model.get_layer("auxiliary_1_pool").output.shape == (None, 4, 4, 512)
        assert model.get_layer("auxiliary_2_pool").output.shape == (None, 4, 4, 528)
        logits = models.googlenet(auxiliary=True, classifier_activation=None)
        ends = [logits.get_layer(name).activation for name in logits.output_names]
        assert ends == [keras.activations.linear] * 3
    with pytest.raises(ValueError, match=r"at least 65 x 65 .*auxiliary_1_pool"):
        models.googlenet((64, 64, 3), auxiliary=True)


@pytest.mark.parametrize(("reduced", "channels"), [(True, 256), (False, 416)])
def test_a_module_by_itself(keras, reduced, channels):
    with weightless():
        model = models.inception(reduced=reduced)
        assert model.output_shape == (None, 28, 28, channels)
        steps = plans.walk(
            plans.inception(plans.INCEPTION["3a"], reduced=reduced), (28, 28, 192)
        )
        assert model.count_params() == sum(step.parameters for step in steps)


def test_a_block_without_weights_hands_its_input_on(keras):
    model = models.resnet_cifar(8, (8, 8, 3), 5, (4, 8, 8))
    block = keras.Model(
        model.get_layer("conv1_relu").output, model.get_layer("conv2_block1_out").output
    )
    x = np.random.default_rng(0).random((2, 8, 8, 4), dtype=np.float32)
    assert not np.array_equal(block(x), x)
    model.get_layer("conv2_block1_2_bn").gamma.assign(np.zeros(4))
    assert np.array_equal(block(x), x)


def test_the_table_has_every_builder():
    others = {"build", "first_difference", "inception", "layer_table"}
    assert {*models.__all__} - others == {case.builder for case in CASES.values()}


def test_plans_count_what_the_table_says():
    full = {
        "alexnet": (plans.alexnet(), 227),
        "alexnet without groups": (plans.alexnet(groups=1), 227),
        "alexnet in one tower": (plans.alexnet(groups=1, sizes=plans.ONE_TOWER), 224),
        **{f"vgg{depth}": (plans.vgg(depth), 224) for depth in (11, 13, 16, 19)},
        **{f"resnet{n}": (plans.resnet(n), 224) for n in plans.RESNET_BLOCKS},
        "keras' resnet50": (plans.resnet(50, variant="keras"), 224),
        "resnet20 of CIFAR": (plans.resnet_cifar(20), 32),
        "resnet20 of CIFAR, option B": (plans.resnet_cifar(20, shortcut="B"), 32),
        "resnet110 of CIFAR": (plans.resnet_cifar(110), 32),
        "plain20 of CIFAR": (plans.plain_cifar(20), 32),
        "googlenet": (plans.googlenet(), 224),
    }
    for name, (plan, side) in full.items():
        steps = plans.walk(plan, (side, side, 3))
        assert sum(step.parameters for step in steps) == CASES[name].parameters
