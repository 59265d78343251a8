import numpy as np
import pytest
from explorer_html import checked_bundle, without_resources

from benchmarks.papers.counting import weightless
from cnnlib import models, transfer
from cnnlib.explorers import FrozenExplorer
from cnnlib.explorers.frozen import BLOCKS, MOVES, NETS, VARIABLES, rows


def count(head, frozen, **settings):
    """Return the trainable parameters, as the fact says them."""
    terms = dict(FrozenExplorer(head, frozen, **settings).facts())["Trainable"]
    return int(terms.split(" = ")[-1].replace(",", ""))


def test_blocks_of_vgg_16():
    found = [row.parameters for row in rows("vgg16", "original")[:5]]
    assert found == [38_720, 221_440, 1_475_328, 5_899_776, 7_079_424]
    assert sum(found) == 14_714_688
    assert [len(row.layers) for row in rows("vgg16", "original")[:5]] == [2, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("head", "parameters"),
    [
        ("original", 123_642_856),
        ("swapped", 102_764_544 + 16_781_312 + 8_194),
        ("gap-2", 1_026),
        ("gap-256", 131_585),
        ("flatten-256", 6_423_041),
    ],
)
def test_heads(head, parameters):
    assert count(head, BLOCKS) == parameters
    total = dict(FrozenExplorer(head).facts())["Total"]
    assert total == f"{14_714_688 + parameters:,}"


def test_what_trains_in_each_case():
    found = [count(*case[1:]) for case in NETS["vgg16"].cases.values()]
    assert found == [8_194, 131_585, 7_080_450, 14_715_714]
    facts = dict(FrozenExplorer("gap-2", BLOCKS[:2]).facts())
    assert facts["Base alone"] == "14,454,528 of 14,714,688 trainable"
    assert facts["Not trainable"] == "260,160"


@pytest.mark.parametrize("frozen", [("block2",), (*BLOCKS, "fc1"), ("fc2", "block5")])
def test_the_counts_are_those_of_keras(keras, frozen):
    with weightless():
        model = models.vgg16()
        for layer in model.layers:
            layer.trainable = not layer.name.startswith(frozen)
        trainable = sum(np.prod(w.shape) for w in model.trainable_weights)
        arrays = len(model.trainable_weights)
    assert count("original", frozen) == trainable
    facts = dict(FrozenExplorer("original", frozen).facts())
    assert facts["Arrays that move"].startswith(f"{arrays} of 32, in ")


@pytest.mark.parametrize("norm", [True, False])
@pytest.mark.parametrize("frozen", [(), ("block1", "block3"), BLOCKS[:4]])
def test_the_small_base_is_counted_as_keras_counts_it(keras, norm, frozen):
    with weightless():
        model = transfer.vgg_small()
        for layer in model.layers:
            is_norm = isinstance(layer, keras.layers.BatchNormalization)
            is_still = is_norm and not norm
            layer.trainable = not (layer.name.startswith(frozen) or is_still)
        trainable = sum(np.prod(w.shape) for w in model.trainable_weights)
        total = sum(np.prod(w.shape) for w in model.weights)
        arrays = len(model.weights)
    explorer = FrozenExplorer("original", frozen, "vgg_small", norm)
    facts = dict(explorer.facts())
    assert count("original", frozen, net="vgg_small", norm=norm) == trainable
    assert facts["Total"] == f"{total:,}"
    assert f" of {arrays}, in " in facts["Arrays that move"]
    names = [name for row in explorer.rows for name in (*row.layers, *row.norms)]
    with_weights = [layer.name for layer in model.layers if layer.weights]
    assert sorted(names) == sorted(with_weights)


def test_the_small_base_fine_tuned_from_its_last_block():
    explorer = FrozenExplorer(net="vgg_small", norm=False)
    facts = dict(explorer.facts())
    assert facts["Trainable"] == "258,048 + 258 = 258,306"
    assert facts["Arrays that move"] == "4 of 42, in block4_conv1–2, output"
    assert facts["Way back"] == "to block4_conv1"
    moved = dict(FrozenExplorer(net="vgg_small").facts())["Arrays that move"]
    assert moved == "12 of 42, in block4_conv1–2, block4_bn1–2, output"


def test_words_of_what_moves_and_of_the_way_back():
    facts = dict(FrozenExplorer().facts())
    assert facts["Trainable"] == "7,079,424 + 1,026 = 7,080,450"
    which = "8 of 28, in block5_conv1–3, output"
    assert facts["Arrays that move"] == which
    assert facts["Way back"] == "to block5_conv1"
    through = dict(FrozenExplorer(frozen=("block3", "output")).facts())
    assert through["Way back"] == "to block1_conv1, through block3, output"
    every = dict(FrozenExplorer(frozen=(*BLOCKS, "output")).facts())
    assert every["Trainable"] == "0"
    assert every["Arrays that move"] == "0 of 28"
    assert every["Way back"] == "none"


@pytest.fixture(scope="module")
def batch():
    return np.random.default_rng(0).normal(3, 2, (64, 4)).astype("float32")


def one_step(keras, bn, model, batch):
    """Train a step; return the variables of the layer that it moved."""
    model.compile("sgd", "mse")
    before = [weight.numpy().copy() for weight in bn.weights]
    model.train_on_batch(batch, np.ones((len(batch), 1)))
    after = [weight.numpy().copy() for weight in bn.weights]
    names = [weight.name.replace("_", " ") for weight in bn.weights]
    assert names == list(VARIABLES)
    return tuple(n for n, a, b in zip(names, before, after) if (a != b).any())


@pytest.mark.parametrize(("flags", "moves"), MOVES.items())
def test_batch_normalization_moves_what_keras_moves(keras, batch, flags, moves):
    trainable, training = flags

    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.norm = keras.layers.BatchNormalization()
            self.top = keras.layers.Dense(1)

        def call(self, x):
            return self.top(self.norm(x, training=training))

    model = Model()
    model(batch)
    model.norm.trainable = trainable
    assert one_step(keras, model.norm, model, batch) == moves
    output = keras.ops.convert_to_numpy(model.norm(batch, training=training))
    is_by_batch = abs(output.mean()) < 0.1  # its mean is 3, what it holds is near 0
    assert is_by_batch == ("moving mean" in moves)


def test_fit_calls_the_layers_of_a_functional_model_with_true(keras, batch):
    norm = keras.layers.BatchNormalization()
    inputs = keras.Input((4,))
    outputs = keras.layers.Dense(1)(norm(inputs, training=False))
    model = keras.Model(inputs, outputs)
    assert one_step(keras, norm, model, batch) == MOVES[True, True]


def test_forms():
    explorer = FrozenExplorer("flatten-256", ("block1",))
    text = explorer.text()
    assert "VGG-16, Flatten, Dense(256), Dense(1)\n" in text
    assert "block1  112 × 112 × 64      38,720       frozen" in text
    assert explorer.static_html().count("<table>") == 2
    assert "moving values" in text


def test_mime_bundle():
    html, config = checked_bundle(FrozenExplorer, "l16-frozen")
    assert len(without_resources(html).encode()) < 8_000
    assert len(html.encode()) < 44_000  # of which half is base.js and base.css
    assert config["head"] == "gap-2"
    assert config["frozen"] == list(BLOCKS[:4])
    assert [key for key, *_ in config["nets"]] == list(NETS)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"head": "gap"}, ValueError, "head.*gap-2.*'gap'"),
        ({"head": 2}, TypeError, "head.*2"),
        ({"frozen": ("block6",)}, ValueError, "frozen.*block5.*'block6'"),
        ({"frozen": ("fc1",)}, ValueError, "frozen.*output.*'fc1'"),
        ({"frozen": "block1"}, TypeError, "frozen.*'block1'"),
        ({"frozen": 1}, TypeError, "frozen.*1"),
        ({"head": "swapped", "net": "vgg_small"}, ValueError, "head.*'swapped'"),
        ({"frozen": ("block5",), "net": "vgg_small"}, ValueError, "frozen.*'block5'"),
        ({"net": "vgg19"}, ValueError, "net.*vgg_small.*'vgg19'"),
        ({"norm": 1}, TypeError, "norm.*True or False.*1"),
        ({"name": "L16"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        FrozenExplorer(**arguments)
