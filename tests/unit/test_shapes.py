import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib.shapes import (
    conv_multiplications,
    conv_parameters,
    output_size,
    receptive_field,
    same_padding,
)

SIZES = st.integers(1, 40)
KERNEL_SIZES = st.integers(1, 9)
STRIDES = st.integers(1, 5)


@pytest.mark.parametrize(
    ("size", "kernel_size", "padding", "strides", "expected"),
    [
        (6, 3, 0, 1, 4),
        (8, 5, 0, 1, 4),
        (8, 3, 0, 1, 6),
        (6, 3, 1, 1, 6),
        (6, 3, 0, 2, 2),
        (7, 3, 0, 2, 3),
        (10, 3, 0, 2, 4),
        (32, 5, 2, 2, 16),
        (227, 11, 0, 4, 55),
        (224, 11, 0, 4, 54),
        (224, 11, 2, 4, 55),
        (224, 11, 1, 4, 54),  # the padding of D2L's AlexNet
        (4, 2, "valid", 2, 2),
        (6, 3, "same", 2, 3),
        (7, 3, "same", 2, 4),
        (28, 11, "same", 4, 7),
        (3, 5, "same", 1, 3),  # larger than the image: legal with "same"
    ],
)
def test_output_sizes_worked_by_hand(size, kernel_size, padding, strides, expected):
    assert output_size(size, kernel_size, strides, padding) == expected


@pytest.mark.parametrize(
    ("first", "pools", "sizes"),
    [
        (output_size(227, 11, 4), 3, [55, 27, 13, 6]),
        (output_size(224, 11, 4, 1), 3, [54, 26, 12, 5]),
        (output_size(256, 11, 4, 2), 3, [63, 31, 15, 7]),
    ],
)
def test_overlapping_pooling_in_alexnet(first, pools, sizes):
    chain = [first]
    for _ in range(pools):
        chain.append(output_size(chain[-1], 3, 2))
    assert chain == sizes


def test_sizes_in_vgg():
    chain = [224]
    for _ in range(5):
        same = output_size(chain[-1], 3, padding="same")
        chain.append(output_size(same, 2, 2))
    assert chain == [224, 112, 56, 28, 14, 7]


def test_only_padding_3_strides_2_takes_224_to_112_with_a_7x7_kernel():
    found = [
        (padding, strides)
        for padding in range(7)
        for strides in range(1, 225)
        if output_size(224, 7, strides, padding) == 112
    ]
    assert found == [(3, 2)]


@given(SIZES, KERNEL_SIZES, STRIDES, st.integers(0, 5), st.integers(1, 3))
def test_output_size_counts_the_places_of_the_window(n, k, s, p, d):
    window = range(0, d * (k - 1) + 1)
    places = [start for start in range(-p, n + p, s) if start + window[-1] < n + p]
    if places:
        assert output_size(n, k, s, p, d) == len(places)
    else:
        with pytest.raises(ValueError, match="kernel_size"):
            output_size(n, k, s, p, d)


def test_output_size_equals_keras(keras):
    cases = 0
    for k in range(1, 8):
        for s in range(1, 5):
            for padding in ("valid", "same"):
                layer = keras.layers.Conv2D(1, k, strides=s, padding=padding)
                for n in range(k if padding == "valid" else 1, 33):
                    keras_size = layer.compute_output_shape((None, n, n, 1))[1]
                    assert output_size(n, k, s, padding) == keras_size
                    cases += 1
    assert cases == 1708


def test_what_does_not_fit_fits_neither_here_nor_in_keras(keras):
    layer = keras.layers.Conv2D(1, 7)
    with pytest.raises(ValueError, match="zero or negative"):
        layer.compute_output_shape((None, 6, 6, 1))
    with pytest.raises(ValueError, match=r"at most 6 pixels .* received 7 pixels"):
        output_size(6, 7)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("dilation", [2, (3, 1)])
def test_dilation_equals_keras(keras, padding, dilation):
    layer = keras.layers.Conv2D(1, 3, padding=padding, dilation_rate=dilation)
    expected = layer.compute_output_shape((None, 11, 8, 1))[1:3]
    assert output_size((11, 8), 3, padding=padding, dilation=dilation) == expected


def test_one_number_or_a_pair():
    assert output_size(7, 3) == 5
    assert output_size((7, 9), 3) == (5, 7)
    assert output_size([7, 9], (3, 1), (2, 1)) == (3, 9)
    assert output_size(7, 3, (1, 2)) == (5, 3)
    assert same_padding((6, 7), 3, 2) == ((0, 1), (1, 1))
    assert same_padding(6, (3, 5)) == ((1, 1), (2, 2))
    assert receptive_field([((3, 1), 1), (2, 2)]) == (4, 2)


def test_numpy_integers_give_python_integers():
    answer = output_size(np.uint8(250), np.int64(3), np.int32(1), np.uint8(10))
    assert answer == 268
    assert type(answer) is int
    assert conv_multiplications(np.int8(100), 3, 64, 64) == 368_640_000


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [((6, 3, 2), (0, 1)), ((6, 3), (1, 1)), ((6, 2), (0, 1)), ((5, 1, 3), (0, 0))],
)
def test_same_padding_by_hand(arguments, expected):
    assert same_padding(*arguments) == expected


@given(SIZES, KERNEL_SIZES, STRIDES)
def test_same_padding_gives_the_size_that_same_promises(n, k, s):
    before, after = same_padding(n, k, s)
    assert after - before in (0, 1)
    padded = n + before + after
    assert output_size(padded, k, s) == output_size(n, k, s, "same") == -(-n // s)


LENET = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]
ALEXNET = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]
VGG16 = [
    layer for convs in (2, 2, 3, 3, 3) for layer in [*[(3, 1)] * convs, (2, 2)]
]  # fmt: skip


@pytest.mark.parametrize(
    ("layers", "field"),
    [
        ([], 1),
        ([(3, 1), (3, 1)], 5),
        ([(3, 1), (3, 1), (3, 1)], 7),
        (LENET[:1], 5),
        (LENET[:2], 6),
        (LENET[:3], 14),
        (LENET[:4], 16),
        (LENET, 32),
        (ALEXNET, 195),
        (VGG16[:-1], 196),
        (VGG16, 212),
    ],
)
def test_receptive_fields_of_known_networks(layers, field):
    assert receptive_field(layers) == field


@given(st.lists(st.tuples(KERNEL_SIZES, STRIDES), max_size=6))
def test_an_image_of_the_receptive_field_gives_one_output(layers):
    size = receptive_field(iter(layers))
    for kernel_size, strides in layers:
        size = output_size(size, kernel_size, strides)
    assert size == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((3, 3, 64), 1792),
        ((5, 3, 16), 1216),
        ((5, 3, 16, False), 1200),
        ((5, 1, 16), 416),
        ((3, 3, 32), 896),
        ((5, 192, 32), 153_632),
        ((5, 192, 32, False), 153_600),
        ((5, 1, 6), 156),
        ((5, 6, 16), 2416),
        ((5, 16, 120), 48_120),
        ((1, 120, 84), 10_164),
        ((1, 84, 10), 850),
        ((3, 1, 32), 320),
        (((5, 1), 3, 8), 128),  # Conv1D(8, 5) on 3 channels
        ((1, 150_528, 1000), 150_529_000),
        ((3, 512, 512, False), 7_077_888 // 3),
        ((7, 512, 512, False), 12_845_056),
        ((1, 64, 128, False), 8192),
        ((3, 64, 128, False), 73_728),
        ((1, 25_088, 4096), 102_764_544),
    ],
)
def test_parameters_worked_by_hand(arguments, expected):
    assert conv_parameters(*arguments) == expected


def test_parameters_of_the_mlp():
    mlp = conv_parameters(1, 784, 128) + conv_parameters(1, 128, 10)
    assert mlp == 101_770


# kernel size, channels, filters, output size, groups of the paper
ALEXNET_LAYERS = [
    (11, 3, 96, 55, 1),
    (5, 96, 256, 27, 2),
    (3, 256, 384, 13, 1),
    (3, 384, 384, 13, 2),
    (3, 384, 256, 13, 2),
    (6, 256, 4096, 1, 1),  # a dense layer is a kernel as large as the map
    (1, 4096, 4096, 1, 1),
    (1, 4096, 1000, 1, 1),
]


def test_parameters_and_multiplications_of_alexnet():
    grouped = [conv_parameters(k, c, f, groups=g) for k, c, f, _, g in ALEXNET_LAYERS]
    dense = [37_752_832, 16_781_312, 4_097_000]
    assert grouped == [34_944, 307_456, 885_120, 663_936, 442_624, *dense]
    assert sum(grouped) == 60_965_224
    assert sum(conv_parameters(k, c, f) for k, c, f, _, _ in ALEXNET_LAYERS) == (
        62_378_344
    )
    assert conv_parameters(5, 96, 256) == 614_656
    assert sum(
        conv_multiplications(n, k, c, f, g) for k, c, f, n, g in ALEXNET_LAYERS
    ) == (724_406_816)
    assert sum(
        conv_multiplications(n, k, c, f) for k, c, f, n, _ in ALEXNET_LAYERS
    ) == (1_135_256_096)


def test_parameters_and_multiplications_of_vgg16():
    parameters = multiplications = 0
    size, channels = 224, 3
    for filters, convs in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(convs):
            parameters += conv_parameters(3, channels, filters)
            multiplications += conv_multiplications(size, 3, channels, filters)
            channels = filters
        size = output_size(size, 2, 2)
    assert parameters == 14_714_688
    for kernel_size, units in [(7, 4096), (1, 4096), (1, 1000)]:
        parameters += conv_parameters(kernel_size, channels, units)
        multiplications += conv_multiplications(1, kernel_size, channels, units)
        channels = units
    assert (parameters, multiplications) == (138_357_544, 15_470_264_320)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((1, 3, 1, 1), 9),
        ((1, 7, 1, 1), 49),
        ((4, 3, 3, 1), 432),
        ((998, 3, 1, 1), 8_964_036),
        ((28, 5, 3, 16), 940_800),
        ((32, 5, 3, 16), 1_228_800),
        ((64, 3, 3, 32), 3_538_944),
        ((28, 5, 192, 32), 120_422_400),
        ((28, 1, 192, 16), 2_408_448),
        ((28, 5, 16, 32), 10_035_200),
    ],
)
def test_multiplications_worked_by_hand(arguments, expected):
    assert conv_multiplications(*arguments) == expected


def test_multiplications_of_a_separable_kernel():
    rows = conv_multiplications(output_size((1000, 1000), (1, 3)), (1, 3), 1, 1)
    columns = conv_multiplications(output_size((1000, 998), (3, 1)), (3, 1), 1, 1)
    assert rows + columns == 5_982_012


def test_inception_3a():
    branches = [(1, 192, 64), (1, 192, 96), (3, 96, 128), (1, 192, 16), (5, 16, 32)]
    branches += [(1, 192, 32)]  # after the pooling
    weights = sum(conv_parameters(*branch, use_bias=False) for branch in branches)
    multiplications = sum(conv_multiplications(28, *branch) for branch in branches)
    assert (weights, multiplications) == (163_328, 128_049_152)


@pytest.mark.parametrize("groups", [1, 2, 3])
@pytest.mark.parametrize("use_bias", [True, False])
def test_parameters_equal_keras(keras, groups, use_bias):
    layer = keras.layers.Conv2D(12, (3, 2), groups=groups, use_bias=use_bias)
    layer.build((None, 8, 8, 6))
    assert layer.count_params() == conv_parameters((3, 2), 6, 12, use_bias, groups)


NOT_INTS = [2.0, 2.5, float("nan"), float("inf"), "3", None, True, np.True_, 1j]
BAD_PAIRS = [(1, 2, 3), (1,), (), (1, 0), (1, -2)]


@pytest.mark.parametrize("bad", [*NOT_INTS, (1, 2.0), np.array([3, 3])])
@pytest.mark.parametrize("name", ["size", "kernel_size", "strides", "dilation"])
def test_sizes_that_are_no_ints(name, bad):
    with pytest.raises(TypeError, match=rf"^{name}: expected an int or a .* received"):
        output_size(**{"size": 9, "kernel_size": 3, name: bad})


@pytest.mark.parametrize("bad", [0, -1, *BAD_PAIRS])
@pytest.mark.parametrize("name", ["size", "kernel_size", "strides", "dilation"])
def test_sizes_out_of_range(name, bad):
    with pytest.raises(ValueError, match=rf"^{name}: expected .* at least 1, received"):
        output_size(**{"size": 9, "kernel_size": 3, name: bad})


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (-1, ValueError),
        ("full", ValueError),
        ("SAME", ValueError),
        (0.5, TypeError),
        (True, TypeError),
        (None, TypeError),
        ((1, 1), TypeError),
        (float("nan"), TypeError),
    ],
)
def test_unknown_padding(bad, error):
    with pytest.raises(error, match=r'^padding: expected .* "valid" or "same", recei'):
        output_size(9, 3, padding=bad)


@pytest.mark.parametrize("bad", [2.0, float("nan"), True])
def test_other_functions_name_the_argument(bad):
    with pytest.raises(TypeError, match=r"^strides: "):
        same_padding(9, 3, bad)
    with pytest.raises(TypeError, match=r"^kernel_size of layers\[1\]: "):
        receptive_field([(3, 1), (bad, 1)])
    for name in ["in_channels", "filters", "groups"]:
        good = {"kernel_size": 3, "in_channels": 3, "filters": 8}
        with pytest.raises(TypeError, match=rf"^{name}: expected an int of at least 1"):
            conv_parameters(**{**good, name: bad})
        with pytest.raises(TypeError, match=rf"^{name}: expected an int of at least 1"):
            conv_multiplications(4, **{**good, name: bad})


@pytest.mark.parametrize("layer", [3, (3,), (3, 1, 0), "31"])
def test_receptive_field_of_what_is_no_layer(layer):
    with pytest.raises(ValueError, match=r"^layers\[1\]: expected \(kernel_size, str"):
        receptive_field([(3, 1), layer])


def test_groups_that_do_not_divide():
    for channels, filters in [(3, 8), (4, 9)]:
        with pytest.raises(ValueError, match=r"^groups: expected a divisor .* rec.* 2"):
            conv_parameters(3, channels, filters, groups=2)


def test_use_bias_is_a_bool():
    with pytest.raises(TypeError, match=r"^use_bias: expected True or False, received"):
        conv_parameters(3, 4, 8, 2)  # meant as groups


@pytest.mark.parametrize("layers", [5, None, 3.0])
def test_what_is_no_list_of_layers_is_named(layers):
    with pytest.raises(
        TypeError, match=r"^layers: expected \(kernel_size, strides\) of"
    ):
        receptive_field(layers)


@pytest.mark.parametrize("bad", [np.True_, np.bool_(False), np.array(True)])
def test_a_bool_of_numpy_is_no_size_either(bad):
    calls = {
        "padding": lambda: output_size(9, 3, padding=bad),
        "kernel_size": lambda: conv_parameters(bad, 3, 8),
        "filters": lambda: conv_parameters(3, 3, bad),
        "groups": lambda: conv_multiplications(4, 3, 4, 4, groups=bad),
        "strides": lambda: same_padding(9, 3, bad),
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match=rf"^{name}: expected an int"):
            call()


def test_a_bool_of_numpy_is_a_flag():
    assert conv_parameters(3, 4, 8, np.False_) == conv_parameters(3, 4, 8, False)
