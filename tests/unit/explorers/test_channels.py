import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import data, ops
from cnnlib.explorers import ChannelsExplorer
from cnnlib.explorers.channels import COLORS, KERNELS, PICTURES
from cnnlib.explorers.tables import number

RNG = np.random.default_rng(4)


@pytest.mark.parametrize("shape", [(3, 3), (4, 4), (4, 3)])
@pytest.mark.parametrize("factors", [(1, 1, 1), (2, -1, 0)])
def test_tables_hold_the_sums_of_the_library(shape, factors):
    image = RNG.integers(0, 256, (*shape, 3))
    explorer = ChannelsExplorer(image, factors)
    kernel = ops.KERNELS["sobel_x"][:, :, None] * np.array(factors, float)
    *planes, output = tables(explorer.static_html())
    expected = []
    for c in range(3):
        one = ops.correlate2d(image[..., c], kernel[..., c])
        expected += [image[..., c], kernel[..., c], one]
    assert planes == [values.tolist() for values in expected]
    color = ops.conv2d(image[None].astype(float), kernel[..., None])
    assert output == color[0, :, :, 0].tolist()


def test_words_of_the_worked_example():
    text = ChannelsExplorer().text()
    for line in (
        "Output 2 × 2\n 1532  1532\n 1532  1532\n",
        "      G = 128·1 + 128·0 + 0·(−1) + 128·2 + 128·0 + 0·(−2) "
        "+ 128·1 + 128·0 + 0·(−1) = 512\n",
        "y[0, 0] = 1020 + 512 + 0\n        = 1532\n",
        "Output size: 2 × 2 × 1: the maps are added\n",
        "Parameters: 3·3·3 = 27 weights, no bias\n",
    ):
        assert line in text
    assert text.endswith("Multiplications: 27 for each output, 4·27 = 108")


@pytest.mark.parametrize(
    ("picture", "kernel", "value"),
    [
        ("red-green", "same", 0),
        ("red-green", "red", 1020),
        ("red-green", "luma", -293.76),
        ("red-dark-green", "same", 500),
        ("red-dark-green", "luma", -0.26),
        ("white-black", "green-blue", 0),
    ],
)
def test_edges_of_the_lecture(picture, kernel, value):
    explorer = ChannelsExplorer(picture, kernel)
    np.testing.assert_allclose(explorer.output, value, atol=1e-9)
    shown = tables(explorer.static_html(), str)[-1]
    assert shown == [[number(round(value, 1))] * 2] * 2
    assert explorer.reading().last[1] == number(value)


def test_presets_are_the_lectures():
    assert tuple(KERNELS["luma"][1]) == data.LUMA
    luma = {name: np.dot(color, data.LUMA) for name, color in COLORS.items()}
    assert abs(luma["red"] - luma["dark green"]) < 0.1
    assert {color for pair in PICTURES.values() for color in pair} < set(COLORS)


def test_mime_bundle():
    html, config = checked_bundle(ChannelsExplorer, "l04-channels")
    assert len(without_resources(html).encode()) < 13_000  # three planes
    assert len(html.encode()) < 46_000
    assert config["image"][0] == [[255, 128, 0]] * 2 + [[0, 0, 0]] * 2
    assert config["factors"] == [1, 1, 1]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"image": "flower"}, ValueError, "image.*orange-black.*'flower'"),
        ({"image": np.ones((4, 4))}, ValueError, r"image.*H, W, C.*\(4, 4\)"),
        ({"image": np.ones((4, 4, 4))}, ValueError, r"\(H, W, 3\).*\(4, 4, 4\)"),
        ({"image": np.ones((2, 4, 3))}, ValueError, r"3 to 4 rows.*\(2, 4, 3\)"),
        ({"image": np.ones((4, 5, 3))}, ValueError, r"3 to 4 rows.*\(4, 5, 3\)"),
        ({"image": np.full((4, 4, 3), 256)}, ValueError, "image.*0 to 255.*256"),
        ({"image": np.full((4, 4, 3), np.nan)}, ValueError, "image.*0 to 255.*nan"),
        ({"kernel": "sobel_x"}, ValueError, "kernel.*same, red.*'sobel_x'"),
        ({"kernel": (1, 1)}, ValueError, r"kernel.*three factors.*\(2,\)"),
        ({"kernel": 1}, ValueError, "kernel"),
        ({"kernel": (1, 3, 0)}, ValueError, "kernel.*-2 to 2.*3"),
        ({"name": "L4"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        ChannelsExplorer(**arguments)
