"""One table drives the tests of all models (`tests/unit/course_models.py`)."""

import numpy as np
import pytest
from course_models import CASES, losses_around_a_step

from benchmarks.papers.counting import weightless
from cnnlib import models, plans

every_model = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def names(model):
    return [layer.name for layer in model.layers]


def random_weights(model, seed=0):
    """Give a model weights of a usual size, and biases that are not zero."""
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        fan_in = np.prod(weight.shape[:-1], dtype=int)
        scale = np.sqrt(2 / fan_in) if len(weight.shape) > 1 else 0.1
        values = rng.standard_normal(weight.shape, dtype=np.float32)
        weight.assign(np.float32(scale) * values)


@every_model
def test_parameters_and_outputs_of_the_full_size(keras, case):
    with weightless():
        model = case.build()
        assert model.count_params() == case.parameters
        assert sum(np.prod(w.shape) for w in model.trainable_weights) == case.parameters
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


@every_model
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
@every_model
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


@every_model
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


def test_the_table_has_every_builder():
    builders = {name for name in models.__all__ if name.startswith(("a", "l", "v"))}
    assert builders - {"layer_table"} == {case.builder for case in CASES.values()}


def test_plans_count_what_the_table_says():
    full = {
        "alexnet": (plans.alexnet(), 227),
        "alexnet without groups": (plans.alexnet(groups=1), 227),
        "alexnet in one tower": (plans.alexnet(groups=1, sizes=plans.ONE_TOWER), 224),
        **{f"vgg{depth}": (plans.vgg(depth), 224) for depth in (11, 13, 16, 19)},
    }
    for name, (plan, side) in full.items():
        steps = plans.walk(plan, (side, side, 3))
        assert sum(step.parameters for step in steps) == CASES[name].parameters
