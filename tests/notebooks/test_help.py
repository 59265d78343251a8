"""The page of help quotes what comes: each mistake is made and its words compared."""

import math
import re

import keras
import numpy as np
import pytest

from cnnlib import augment, data, layers, models, ops, transfer
from cnnlib.checks import check
from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import read
from tools.notebooks.glossary import HELP
from tools.notebooks.outline import anchor, headings
from tools.notebooks.setup_cell import setup_source

TEXT = (ROOT / HELP).read_text("utf-8")
QUOTED = re.compile(r"^- \*\*`([^`]+)`\*\* \S", re.MULTILINE)
# the address of a section may hold brackets in pairs
SECTION = re.compile(r"\]\(\.\./(lectures/[^#)]+)#((?:[^()\s]|\([^()]*\))+)\)")
SHIPPED = ROOT / "cnnlib" / "weights" / "vgg_small.npz"
kl = keras.layers
IMAGES = np.random.default_rng(0).random((4, 8, 8, 1)).astype("float32")
LABELS = np.arange(4)


def trained(labels, loss, images=IMAGES, **settings):
    model = keras.Sequential([keras.Input((8, 8, 1)), kl.Flatten(), kl.Dense(10)])
    model.compile("sgd", loss, **settings)
    model.fit(images, labels, verbose=0)


def answered(*answer):
    raise ValueError(str(check(*answer)))


def wrapped(image):
    pixels = np.asarray(image).astype(np.uint8)
    return pixels[:-1] - pixels[1:]


def weights_set(*arrays):
    layer = kl.Conv2D(2, 3)
    layer.build((None, 8, 8, 1))
    layer.set_weights(arrays)


def one_optimizer_for_two():
    optimizer = keras.optimizers.Adam()
    for _ in range(2):
        weight = keras.Variable(np.ones(3, "float32"))
        optimizer.apply([np.ones(3, "float32")], [weight])


def without_a_network():
    def refuse(*_, **__):
        raise ConnectionError("no network")

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CNNLIB_DATA", raising=False)
        patch.setattr(keras.datasets.mnist, "load_data", refuse)
        data.load_mnist(full=True)


def base_without_a_network():
    def refuse(*_, **__):
        raise ConnectionError("https://example.org/vgg16.h5")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras.applications, "VGG16", refuse)
        transfer.pretrained_base("vgg16")


def weights_of_another():
    model = keras.Sequential([keras.Input((32, 32, 3)), kl.Conv2D(2, 3)])
    transfer.files.load_into(model, SHIPPED)


def two_channels_for_three():
    ops.conv2d(np.zeros((1, 8, 8, 3)), np.zeros((3, 3, 2, 1)))


MISTAKES = {
    "operands could not be broadcast together": lambda: np.ones((6, 6)) * np.ones(3),
    "cannot reshape array of size": lambda: np.ones((28, 28)).reshape(7, 7),
    "has a mismatch in its core dimension": lambda: np.ones((4, 5)) @ np.ones((4, 5)),
    "all the input array dimensions except for the concatenation axis must match "
    "exactly": lambda: np.concatenate([np.ones((8, 8, 2)), np.ones((6, 6, 2))], -1),
    "expected shape (H, W), received shape": lambda: ops.correlate2d(
        np.ones((8, 8, 3)), np.ones((3, 3))
    ),
    "expected shape (N, H, W, C), received shape": lambda: ops.max_pool2d(
        np.ones((8, 8))
    ),
    "with the channels of x, received shape": two_channels_for_three,
    "expected a window of at most": lambda: models.lenet5((8, 8, 1)),
    "as Flatten() makes it, received shape": lambda: layers.Dense(3).forward(IMAGES),
    "labels: expected shape (N), received shape": lambda: ops.softmax_cross_entropy(
        np.zeros((4, 10)), np.eye(10)[:4]
    ),
    "labels: expected classes from 0 to": lambda: ops.softmax_cross_entropy(
        np.zeros((1, 10)), [10]
    ),
    "expected values from 0 to 1 (divide bytes by 255)": lambda: augment.noise(
        255 * IMAGES, 0.1, np.random.default_rng(0)
    ),
    "expected real numbers, received dtype object": lambda: ops.correlate2d(
        np.array([[1, None], [0, 1]], object), np.ones((1, 1))
    ),
    "expected min_ndim=4, found ndim=3": lambda: kl.Conv2D(2, 3)(IMAGES[0]),
    "expected axis -1 of input shape to have value": lambda: keras.Sequential(
        [keras.Input((8, 8, 3)), kl.Conv2D(2, 3)]
    )(IMAGES),
    "Computed output size would be zero or negative": lambda: kl.Conv2D(2, 9)(
        keras.Input((8, 8, 1))
    ),
    "Incompatible type conversion requested to type uint8": lambda: kl.Conv2D(2, 3)(
        IMAGES.astype("uint8")
    ),
    "must have the same rank (ndim)": lambda: trained(
        LABELS, "categorical_crossentropy"
    ),
    "must have rank (ndim)": lambda: trained(
        np.eye(10)[LABELS], "sparse_categorical_crossentropy"
    ),
    "which is outside the valid range of": lambda: trained(
        LABELS + 7, "sparse_categorical_crossentropy", run_eagerly=True
    ),
    "Data cardinality is ambiguous": lambda: trained(LABELS[:3], "mse"),
    "before using the model": lambda: keras.Sequential(
        [keras.Input((8, 8, 1)), kl.Flatten()]
    ).fit(IMAGES, LABELS),
    "with a weight list of length": lambda: weights_set(np.zeros((3, 3, 1, 2))),
    "is not compatible with provided weight shape": lambda: weights_set(
        np.zeros((2, 1, 3, 3)), np.zeros(2)
    ),
    "missing 1 required positional argument: 'pool_size'": lambda: (
        kl.AveragePooling2D()
    ),
    "must be evenly divisible by the number of groups": lambda: kl.Conv2D(
        4, 3, groups=2
    )(np.zeros((1, 8, 8, 3))),
    "has never been called and thus has no defined": lambda: kl.Dense(2).output,
    "but the layer isn't built": lambda: kl.Dense(2).count_params(),
    "A KerasTensor is symbolic": lambda: np.asarray(keras.Input((8, 8, 1))),
    "inputs with matching shapes except for the concatenation axis": lambda: (
        kl.Concatenate()([keras.Input((8, 8, 2)), keras.Input((6, 6, 2))])
    ),
    "Inputs have incompatible shapes": lambda: kl.Add()(
        [keras.Input((8, 8, 2)), keras.Input((8, 8, 4))]
    ),
    "This optimizer can only be called for the variables it was originally built "
    "with": one_optimizer_for_two,
    "No such layer": lambda: keras.Sequential([kl.Flatten()]).get_layer("block9"),
    "File not found: filepath=": lambda: keras.models.load_model("nowhere.keras"),
    "Input size must be at least 32x32": lambda: keras.applications.VGG16(
        weights=None, include_top=False, input_shape=(28, 28, 3)
    ),
    "makes that of images from 0 to 1": lambda: transfer.check_images(
        np.repeat(IMAGES, 3, axis=-1), "vgg16"
    ),
    "expected a model whose head was trained with the base frozen": lambda: (
        transfer.fine_tune(
            keras.Sequential([keras.Input((8, 8, 1)), kl.Flatten(name="flatten")]),
            "flatten",
            (IMAGES, LABELS),
            epochs=1,
        )
    ),
    "expected weights of": weights_of_another,
    "truncated or altered": lambda: transfer.files.checked_bytes(SHIPPED, "0" * 64),
    "comes with the course and needs no network": base_without_a_network,
    "not written yet": lambda: answered("L02.1", ...),
    "off by multiples of 256: 8-bit numbers wrap round": lambda: answered(
        "L02.5", wrapped
    ),
    "Yours has the shape of the input": lambda: answered("L02.3", np.transpose),
    "Hand over the function itself": lambda: answered("L02.3", 3),
    "cannot be read": lambda: answered("L02.1", "many"),
    "expected a download of all of MNIST": without_a_network,
}
SET_UP = {"cnnlib is missing", "TensorFlow is missing"}
VALUES = {
    r"2.303, ten classes: that is $\ln 10$": math.log(10),
    r"1.461 while": math.log(math.e + 9) - 1,
    r"6.908, a thousand classes: $\ln 1000$": math.log(1000),
}


def test_each_quoted_text_has_its_mistake():
    quoted = QUOTED.findall(TEXT)
    assert len(set(quoted)) == len(quoted)
    assert set(quoted) == set(MISTAKES) | SET_UP


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_says_what_the_page_quotes(text):
    with pytest.raises(Exception, match=re.escape(text)):
        MISTAKES[text]()


def test_a_set_up_cell_says_what_the_page_quotes():
    source = setup_source(read(lecture_paths()[1]), None)
    assert all(text in source for text in SET_UP)


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_computed(text):
    assert text in TEXT
    assert text.startswith(f"{VALUES[text]:.3f}")


def test_each_section_that_the_page_leads_to_is_there():
    sections = set(SECTION.findall(TEXT))
    assert len(sections) == len(set(re.findall(r"\]\((\S+ipynb#\S+?)\)[,;.) ]", TEXT)))
    for path, place in sections:
        titles = headings(read(ROOT / path))
        assert place in {anchor(line.title) for line in titles}, (path, place)


def test_each_item_says_more_than_what_one_sees():
    items = [line for line in TEXT.splitlines() if line.startswith("- ")]
    assert len(items) > 80
    assert all(len(item.split()) > 6 for item in items)
