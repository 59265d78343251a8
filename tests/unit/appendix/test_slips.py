"""The page of slips: each number that it calls right is counted again."""

import re
from math import prod
from pathlib import Path

import keras
import numpy as np
import pytest

from cnnlib import ops, plans, shapes

PAGE = Path(__file__).parents[3] / "appendix" / "slips.md"
TEXT = PAGE.read_text("utf-8")
# a size such as 6×6×256, or a number with its thousands; L13, C3 and float32 are names
NUMBER = re.compile(
    r"(?<![\w.,×])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?:×\d+)*)(?![\w×])"
)
IGNORED = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|April 2016|October 2025")
# what is history, or what a sum starts from
IMAGE = 224, 224, 3
GIVEN = {
    *("1941", "1969", "1990"),  # years of papers, with L8
    *("20×20", "28×28", "32×32"),  # how MNIST was made, with L8
    *("3.2", "5,247", "1,000"),  # ImageNet, with L9
    *("16", "4×4", "224", "227", "11", "4", "1", "32", "650,000", "2"),
}


def steps(plan, shape):
    return {step.entry.name: step for step in plans.walk(plan, shape)}


def size(step):
    return "×".join(str(side) for side in step.output_shape)


def megabytes(count):
    return f"{4 * count / 1e6:.1f}"


def counted():
    """Return the numbers of the page as text, counted from plans and formulas."""
    vgg = steps(plans.vgg(16), IMAGE)
    kept = (plans.Conv2D, plans.MaxPooling2D, plans.Dense)  # as CS231n counts them
    layers = [step for step in vgg.values() if isinstance(step.entry, kept)]
    values = prod(IMAGE) + sum(step.activations for step in layers)
    yield from (f"{values:,}", f"{4 * values / 1e6:.0f}")

    alexnet = steps(plans.alexnet(), (227, 227, 3))
    yield str(sum(isinstance(s.entry, plans.MaxPooling2D) for s in alexnet.values()))
    yield size(alexnet["pool5"])
    dense = [alexnet[name].parameters for name in ("fc6", "fc7", "fc8")]
    in_d2l = shapes.conv_parameters(1, 5 * 5 * 256, 4096)
    in_d2l += shapes.conv_parameters(1, 4096, 4096)
    for count in (sum(dense[:2]), sum(dense), in_d2l):
        yield from (f"{count:,}", megabytes(count))
    matrices = in_d2l - 2 * 4096
    yield f"{4 * matrices / 2**20:.0f}"

    googlenet = sum(step.parameters for step in plans.walk(plans.googlenet(), IMAGE))
    yield from (f"{googlenet:,}", f"{googlenet / 1e6:.1f}")

    lenet = steps(plans.LENET5_1998, (32, 32, 1))
    yield str(np.sum(plans.C3))
    yield str(np.size(plans.C3))
    yield from (str(lenet[name].parameters) for name in ("S2", "S4"))

    patch = np.array([[1, 3, 5, 3], [6, 2, 0, 8], [4, 6, 1, 4], [2, 8, 0, 3]])
    patch = patch[None, :, :, None].astype(float)
    for first in (ops.average_pool2d, ops.max_pool2d):
        yield str(ops.average_pool2d(first(patch)).item())

    yield str((224 - 11) / 4 + 1)
    neurons = alexnet["conv1"].activations
    assert neurons == 55 * 55 * 96
    yield f"{neurons:,}"
    names = [*(f"conv{n}" for n in range(1, 6)), "fc6", "fc7", "fc8"]
    yield f"{sum(alexnet[name].activations for name in names):,}"
    places = shapes.output_size(256, 224)
    yield from (str(places), f"{places**2 * 2:,}")
    yield from map(str, pools(227, 0))


def pools(pixels, padding):
    """Return the sizes of AlexNet's maps, of conv1 and of its three pools."""
    found = [shapes.output_size(pixels, 11, 4, padding)]
    for _ in range(3):
        found.append(shapes.output_size(found[-1], 3, 2))
    return found


def right():
    """Return the numbers in the last column of the tables."""
    rows = [row for row in TEXT.splitlines() if row.startswith("| ")]
    cells = [re.split(r"(?<!\\)\|", row)[3] for row in rows]
    return {n for cell in cells for n in NUMBER.findall(IGNORED.sub("", cell))}


def test_each_right_number_is_counted():
    products = {"55", "48", "96"}  # 55·55·96 and 55·48·96
    assert right() - GIVEN - products - set(counted()) == set()


def test_each_counted_number_is_on_the_page():
    assert set(counted()) - right() == set()


def test_what_the_texts_say_is_what_they_would_get():
    vgg = steps(plans.vgg(16), IMAGE)
    assert size(vgg["block5_pool"]) == "7×7×512"
    assert f"{55 * 48 * 96:,}" == "253,440"
    assert 32 * 32 * 2 == 2048
    assert pools(224, 1) == pools(224, 0) == [54, 26, 12, 5]
    assert pools(224, 2) == pools(227, 0)
    for number in (
        "7×7×512",
        "253,440",
        "2048",
        "54, 26, 12 and 5",
        "55, 27, 13 and 6",
    ):
        assert number in TEXT


@pytest.mark.parametrize("unfrozen", [False, True])
def test_a_frozen_base_does_not_move(unfrozen):
    keras.utils.set_random_seed(0)
    base = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(2, 3)])
    base.trainable = True
    base.trainable = False
    head = [keras.layers.Flatten(), keras.layers.Dense(1)]
    network = keras.Sequential([base, *head])
    network.compile("sgd", "mse")
    before = base.get_weights()
    if unfrozen:
        base.trainable = True
    network.compile(keras.optimizers.Adam(1e-5), "mse")
    network.fit(np.ones((2, 4, 4, 1)), np.ones((2, 1)), verbose=0)
    moved = [(a != b).any() for a, b in zip(before, base.get_weights(), strict=True)]
    assert any(moved) == unfrozen


def test_keras_has_no_generator_of_views_any_more():
    from keras import preprocessing

    assert not hasattr(preprocessing.image, "ImageDataGenerator")


def test_each_place_names_its_revision():
    for link in re.findall(r"https://github\.com/[^)\s]+", TEXT):
        assert re.search(r"/blob/[0-9a-f]{40}/|/issues/\d+$", link), link
