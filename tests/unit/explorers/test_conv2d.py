import re
from itertools import product

import numpy as np
import pytest
from explorer_html import checked_bundle, without_resources

from cnnlib import shapes
from cnnlib.explorers import Conv2DExplorer
from cnnlib.explorers.conv2d import DEFAULTS, OPTIONS

RNG = np.random.default_rng(11)
INPUTS = [(128, 6), (9, 8, 6), (28, 28, 1), (5, 9, 7, 6), (16, 12, 12, 3)]
GRID = [
    dict(zip(("kernel_size", "strides", "padding", "dilation_rate", "groups"), values))
    for values in product((1, 2, 3, 5), (1, 2, 3), ("valid", "same"), (1, 2), (1, 2, 4))
]


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


def kerass(keras, explorer):
    """Return Keras' layer, built for the input of the explorer."""
    kind = getattr(keras.layers, f"Conv{explorer.rank}D")
    layer = kind(**explorer.arguments)
    layer.build((None, *explorer.input_shape))
    return layer


def last_number(text):
    return int(text.split(" = ")[-1].removesuffix(", no bias").replace(",", ""))


@pytest.mark.parametrize("input_shape", INPUTS)
def test_numbers_and_refusals_are_those_of_keras(keras, input_shape):
    """Every combination: its shapes and parameters, or why Keras refuses it."""
    refused = set()
    for settings in GRID:
        use_bias = bool(RNG.integers(2))
        first = bool(RNG.integers(2))
        shape = (input_shape[-1], *input_shape[:-1]) if first else input_shape
        explorer = Conv2DExplorer(
            shape,
            filters=int(RNG.choice([4, 6, 8])),
            data_format="channels_first" if first else "channels_last",
            use_bias=use_bias,
            **settings,
        )
        facts = dict(explorer.facts())
        if explorer.refusal():
            says, _ = explorer.refusal()
            with pytest.raises(ValueError, match=f"^{re.escape(says)}"):
                kerass(keras, explorer)
            assert list(facts) == ["Code", "Keras refuses", "Because"]
            refused.add(says)
            continue
        layer = kerass(keras, explorer)
        assert explorer.kernel_shape() == layer.kernel.shape
        output = layer.compute_output_shape((None, *shape))
        assert (None, *explorer.output_shape()) == output
        assert facts["Output"] == str(output)
        assert last_number(facts["Parameters"]) == layer.count_params()
        assert str(facts["Kernel"]) == str(tuple(layer.kernel.shape))
    assert len(refused) >= 3  # each kind that the input allows


def test_the_code_makes_the_layer(keras):
    for settings in GRID[::7]:
        explorer = Conv2DExplorer((28, 28, 4), 8, activation="relu", **settings)
        if explorer.refusal():
            continue
        layer = eval(explorer.code(), {"keras": keras})
        assert layer.get_config() | {"name": ""} == (
            kerass(keras, explorer).get_config() | {"name": ""}
        )


def test_defaults_are_those_of_keras(keras):
    config = keras.layers.Conv2D(1, 1).get_config()
    for key, value in DEFAULTS.items():
        plain = config[key][0] if isinstance(config[key], tuple) else config[key]
        assert plain == {"activation": "linear"}.get(key, value)
    assert list(DEFAULTS) == list(OPTIONS)[2:]


@pytest.mark.parametrize("groups", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [1, 2, 3])
def test_sizes_and_costs_are_those_of_the_library(groups, padding, strides):
    n, k, c, f = 11, 4, 6, 12
    explorer = Conv2DExplorer((n, n, c), f, k, strides, padding, groups=groups)
    facts = dict(explorer.facts())
    side = shapes.output_size(n, k, strides, padding)
    work = shapes.conv_multiplications(side, k, c, f, groups)
    assert explorer.output_shape() == (side, side, f)
    assert last_number(facts["Multiplications"]) == work
    assert facts["Size"].endswith(f" = {side}")
    if padding == "same":
        before, after = shapes.same_padding(n, k, strides)
        assert facts["Zeros"] == f"rows and columns: {before} before, {after} after"


@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_dilation_is_that_of_the_library(dilation, padding):
    explorer = Conv2DExplorer(
        (20, 20, 1), 1, 3, padding=padding, dilation_rate=dilation
    )
    side = shapes.output_size(20, 3, 1, padding, dilation)
    assert explorer.output_sides() == (side, side)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            (),
            "Code: keras.layers.Conv2D(6, 5)\n"
            "Input: (None, 28, 28, 1)\n"
            "Output: (None, 24, 24, 6)\n"
            "Size: rows and columns: ⌊(28 − 5) / 1⌋ + 1 = 24\n"
            "Kernel: (5, 5, 1, 6)\n"
            "Parameters: 5·5·1·6 + 6 = 156\n"
            "Multiplications: 24·24·5·5·1·6 = 86,400\n"
            "Output values: 24·24·6 = 3,456, no activation: linear",
        ),
        (
            ((128, 3), 8, 5),
            "Output: (None, 124, 8)\nSize: steps: ⌊(128 − 5) / 1⌋ + 1 = 124\n"
            "Kernel: (5, 3, 8)\nParameters: 5·3·8 + 8 = 128\n",
        ),
        (
            ((16, 64, 64, 1), 8, 3),
            "Output: (None, 14, 62, 62, 8)\nSize: frames: ⌊(16 − 3) / 1⌋ + 1 = 14; "
            "rows and columns: ⌊(64 − 3) / 1⌋ + 1 = 62\nKernel: (3, 3, 3, 1, 8)\n"
            "Parameters: 3·3·3·1·8 + 8 = 224\n",
        ),
        (
            ((227, 227, 3), 96, 11, 4),
            "Conv2D(96, 11, strides=4)\nInput: (None, 227, 227, 3)\n"
            "Output: (None, 55, 55, 96)\n"
            "Size: rows and columns: ⌊(227 − 11) / 4⌋ + 1 = 55\n"
            "Kernel: (11, 11, 3, 96)\nParameters: 11·11·3·96 + 96 = 34,944\n",
        ),
        (
            ((224, 224, 3), 96, 11, 4),
            "⌊(224 − 11) / 4⌋ + 1 = ⌊53.25⌋ + 1 = 54\n",
        ),
        (
            ((3, 28, 30), 4, 4, 3, "same", "channels_first", 1, 1, "relu", False),
            'Code: keras.layers.Conv2D(4, 4, strides=3, padding="same", '
            'data_format="channels_first", activation="relu", use_bias=False)\n'
            "Input: (None, 3, 28, 30)\nOutput: (None, 4, 10, 10)\n"
            "Size: rows: ⌈28 / 3⌉ = 10; columns: ⌈30 / 3⌉ = 10\n"
            "Zeros: rows: 1 before, 2 after; columns: 0 before, 1 after\n"
            "Kernel: (4, 4, 3, 4)\nParameters: 4·4·3·4 = 192, no bias\n"
            "Multiplications: 10·10·4·4·3·4 = 19,200\n"
            "Output values: 10·10·4 = 400, relu on each",
        ),
        (
            ((20, 20, 1), 2, 3, 1, "valid", "channels_last", 2, 1, "softmax"),
            "Kernel covers: 2·(3 − 1) + 1 = 5 rows and columns\n"
            "Size: rows and columns: ⌊(20 − 5) / 1⌋ + 1 = 16\n",
        ),
        (
            ((7, 28, 1), 6, 5, 1, "valid", "channels_last", 2),
            "Keras refuses: Computed output size would be zero or negative.\n"
            "Because: the kernel covers 2·(5 − 1) + 1 = 9 rows, the input has 7",
        ),
        (
            ((28, 28, 1), 6, 5, 1, "valid", "channels_last", 1, 4),
            "number of groups.\nBecause: 6 / 4 = 1.5 filters a group",
        ),
        (
            ((28, 28, 1), 6, 5, 1, "valid", "channels_last", 1, 2),
            "number of groups.\nBecause: 1 / 2 = 0.5 channels a group",
        ),
        (
            ((28, 28, 1), 6, 5, 2, "same", "channels_last", 3),
            "Because: strides=2 and dilation_rate=3: one has to be 1",
        ),
    ],
)
def test_words(arguments, words):
    assert words in Conv2DExplorer(*arguments).text()


def test_mime_bundle():
    html, config = checked_bundle(Conv2DExplorer, "l11-conv2d")
    assert "<table" not in html
    assert len(without_resources(html).encode()) < 3_500
    assert len(html.encode()) < 40_000
    assert config["shapes"] == [[128, 3], [28, 28, 1], [16, 64, 64, 1]]
    assert config["arguments"]["activation"] is None


def test_what_is_given_can_be_chosen():
    config = Conv2DExplorer((1, 20, 21), 5, 10, data_format="channels_first").config()
    assert config["shapes"][1] == (20, 21, 1)
    assert {20, 21} < set(config["sides"])
    assert config["sides"] == sorted(config["sides"])
    assert 5 in config["options"]["filters"]
    assert config["options"]["kernel_size"][-2:] == [10, 11]
    assert config["options"]["padding"] == ["valid", "same"]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"input_shape": 28}, TypeError, "input_shape.*28"),
        ({"input_shape": (28,)}, ValueError, r"input_shape.*\(H, W, C\).*28"),
        ({"input_shape": (1,) * 5}, ValueError, "input_shape.*1, 1, 1, 1, 1"),
        ({"input_shape": (28, 28, 0)}, ValueError, "input_shape.*0"),
        ({"input_shape": (2000, 28, 1)}, ValueError, "input_shape.*1024.*2000"),
        ({"filters": 0}, ValueError, "filters.*0"),
        ({"kernel_size": (3, 3)}, TypeError, r"kernel_size.*\(3, 3\)"),
        ({"strides": 33}, ValueError, "strides.*1 to 32.*33"),
        ({"padding": "causal"}, ValueError, "padding.*valid, same.*'causal'"),
        ({"padding": 2}, TypeError, "padding.*valid, same.*2"),
        ({"data_format": "NCHW"}, ValueError, "data_format.*channels_first.*'NCHW'"),
        ({"dilation_rate": 0}, ValueError, "dilation_rate.*0"),
        ({"groups": -1}, ValueError, "groups.*-1"),
        ({"activation": "gelu"}, ValueError, "activation.*None or.*relu.*'gelu'"),
        ({"use_bias": 1}, TypeError, "use_bias.*1"),
        ({"name": "L11"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        Conv2DExplorer(**arguments)
