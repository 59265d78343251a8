import base64
import json
import re
import struct
import subprocess
import sys
from html import unescape

import matplotlib.pyplot as plt
import numpy as np
import pytest
from explorer_html import without_resources

from cnnlib import ops
from cnnlib.data import photo, step_image
from cnnlib.explorers import ConvolutionExplorer
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.convolution import PICTURES, WEIGHTS
from cnnlib.explorers.tables import is_rounded, number


def bundle(explorer):
    return explorer._repr_mimebundle_()


def cells(html):
    """Return the numbers of each table, in order."""
    return [
        [
            [
                unescape(re.sub("<[^>]+>", "", td))
                for td in re.findall("<td.*?</td>", row)
            ]
            for row in re.findall("<tr>.*?</tr>", body)
        ]
        for body in re.findall("<tbody>(.*?)</tbody>", html, re.DOTALL)
    ]


def plain_text(html):
    return " ".join(unescape(re.sub("<[^>]+>", "", html)).split())


def config(html):
    return json.loads(unescape(re.search("data-config='(.*?)'", html)[1]))


def test_step_image_static_picture_shows_the_worked_number():
    html = ConvolutionExplorer().static_html()
    image, kernel, output = cells(html)
    assert image == [["0"] * 6] * 3 + [["255"] * 6] * 3
    assert kernel == [["1", "2", "1"], ["0", "0", "0"], ["−1", "−2", "−1"]]
    assert output == [["0"] * 4, ["−1020"] * 4, ["−1020"] * 4, ["0"] * 4]
    assert (
        "y[1, 0] = 0·1 + 0·2 + 0·1 + 0·0 + 0·0 + 0·0 "
        "+ 255·(−1) + 255·(−2) + 255·(−1) = −1020"
    ) in plain_text(html)
    assert "⌊(6 + 2·0 − 3) / 1⌋ + 1 = 4 rows and columns" in html
    assert "3·3 = 9 weights, no bias" in html
    assert "4·4·3·3 = 144" in html


def test_window_and_its_sum_are_bold_without_any_style():
    html = ConvolutionExplorer(padding=1, strides=2).static_html()
    image, kernel, output = re.findall("<table.*?</table>", html, re.DOTALL)
    assert [table.count("<b>") for table in (image, kernel, output)] == [9, 0, 1]


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("strides", [1, 2, 3])
@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (5, 1)])
def test_output_equals_correlate2d(padding, strides, shape):
    rng = np.random.default_rng(4)
    image, kernel = rng.integers(0, 256, (8, 7)), rng.integers(-9, 10, shape)
    html = ConvolutionExplorer(image, kernel, strides, padding).static_html()
    expected = ops.correlate2d(image.astype(float), kernel, strides, padding)
    assert cells(html)[2] == [
        [str(int(v)).replace("-", "−") for v in row] for row in expected
    ]
    height, width = expected.shape
    products = height * width * kernel.size
    assert f"{height}·{width}·{shape[0]}·{shape[1]} = {products}" in html


def test_different_sides_have_their_own_formula():
    html = ConvolutionExplorer(np.eye(6, 8), np.ones((2, 3)), strides=2).static_html()
    formula = "⌊(6 + 2·0 − 2) / 2⌋ + 1 = 3 rows, ⌊(8 + 2·0 − 3) / 2⌋ + 1 = 3 columns"
    assert formula in html


def test_padding_counts_in_the_caption_and_valid_is_none():
    assert "Image 6 × 6 + padding = 10 × 10" in ConvolutionExplorer(padding=2).text()
    valid = ConvolutionExplorer(padding="valid")
    assert valid.html() == ConvolutionExplorer(padding=0).html()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.0001, "0"),
        (100, "100"),
        (-1020.0, "−1020"),
        (1 / 9, "0.111"),
        (1 / 16, "0.063"),  # half up, as toFixed of JavaScript
        (-1 / 16, "−0.063"),
        (2.5, "2.5"),
        (1.0005, "1"),  # below the half: the double is 1.000499999...
        (9999.9996, "10000"),
    ],
)
def test_numbers(value, text):
    assert number(value) == text


def test_rounded_sum_is_only_about_equal():
    assert is_rounded(1 / 9)
    assert not is_rounded(-0.125)
    assert "≈ 255" in plain_text(ConvolutionExplorer(kernel="box").static_html())
    halves = ConvolutionExplorer(kernel=np.full((2, 2), 0.5))
    assert "= 510" in plain_text(halves.static_html())


def test_no_negative_zero():
    explorer = ConvolutionExplorer(kernel=[[-1.0]])
    assert not re.search(r"[-−]0\D", plain_text(explorer.static_html()))
    assert '"kernel":[[-1]]' in explorer.html()


def test_mime_bundle():
    forms = bundle(ConvolutionExplorer())
    assert set(forms) == {"text/html", "image/png", "text/plain"}
    png = base64.b64decode(forms["image/png"])
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert 600 < width < 1500
    assert 300 < height < 1200
    assert "−1020 −1020 −1020 −1020" in forms["text/plain"]
    assert "4·4·3·3 = 144" in forms["text/plain"]


def test_forms_are_deterministic():
    assert bundle(ConvolutionExplorer()) == bundle(ConvolutionExplorer())


def test_png_follows_neither_style_nor_open_figures():
    figures, before = plt.get_fignums(), ConvolutionExplorer().png()
    with plt.style.context("dark_background"):
        assert ConvolutionExplorer().png() == before
        assert plt.rcParams["figure.facecolor"] == "black"
    assert plt.get_fignums() == figures


def test_html_is_one_small_element_that_asks_no_network():
    html = bundle(ConvolutionExplorer(name="sobel-1"))["text/html"]
    assert html.startswith('<div class="cnnlib-explorer" id="cnnlib-sobel-1"')
    assert html.endswith("</div>")
    assert html.count("<div") == html.count("</div>")
    assert html.count("<script") == html.count("</script>") == 1
    assert html.index("<table") < html.index("<style") < html.index("<script")
    assert not re.search(r"https?:|@import|url\(|\bsrc=|fetch\(|currentScript", html)
    assert len(re.findall(r'\bid="', html)) == 1
    assert len(without_resources(html).encode()) < 6_000  # what a notebook stores
    # with playing and drawing, and styles that hold against those of any notebook
    assert len(html.encode()) < 41_000


def test_config_survives_quotes_and_signs():
    html = ConvolutionExplorer(image=[[0.5, -3]], kernel=[[1, 1]]).html()
    found = config(html)
    assert found["image"] == [[0.5, -3]]
    assert found["preset"] is None
    assert [key for key, *_ in found["presets"]][:2] == ["sobel_y", "sobel_x"]
    for key, _, kernel in found["presets"]:
        np.testing.assert_array_equal(kernel, WEIGHTS[key])
    assert {key for key, *_ in found["presets"]} & set(ops.KERNELS) == {
        key for key in ops.KERNELS if ops.KERNELS[key].ndim == 2
    }
    for key, _, picture in found["pictures"]:
        np.testing.assert_array_equal(picture, PICTURES[key][1])


def test_the_kernels_of_the_explorer_are_the_outer_products():
    np.testing.assert_array_equal(WEIGHTS["gauss_3"][1], [2, 4, 2])
    np.testing.assert_array_equal(WEIGHTS["gauss_5"][2], [6, 24, 36, 24, 6])
    assert WEIGHTS["gauss_5"].sum() == 256
    # two of the small ones, one after the other
    padded = np.pad(WEIGHTS["gauss_3"], 2)
    twice = ops.correlate2d(padded, WEIGHTS["gauss_3"])
    np.testing.assert_array_equal(WEIGHTS["gauss_5"], twice)


def test_the_patch_is_a_piece_of_the_photo():
    blocks = photo("camera")[40:280, 140:380].reshape(10, 24, 10, 24)
    np.testing.assert_array_equal(PICTURES["photo"][1], blocks.mean((1, 3)).round())


@pytest.mark.parametrize(
    ("picture", "shape", "words"),
    [
        ("step", (6, 3), "= 4 rows, ⌊(3 + 2·0 − 3) / 1⌋ + 1 = 1 column"),
        ("step", (3, 6), "= 1 row, ⌊(6 + 2·0 − 3) / 1⌋ + 1 = 4 columns"),
        ("dot", (3, 3), "⌊(3 + 2·0 − 3) / 1⌋ + 1 = 1 row and column"),
    ],
)
def test_one_row_is_no_rows(picture, shape, words):
    rows, columns = shape
    image = PICTURES[picture][1][:rows, :columns]
    assert f"{words}</dd>" in ConvolutionExplorer(image).static_html()


def test_arguments_are_not_changed():
    image, kernel = step_image(), np.ones((3, 3))
    ConvolutionExplorer(image, kernel, padding=2).html()
    np.testing.assert_array_equal(image, step_image())
    np.testing.assert_array_equal(kernel, 1)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"image": np.zeros((6, 6, 1))}, ValueError, r"image.*\(H, W\).*\(6, 6, 1\)"),
        ({"image": np.zeros((11, 4))}, ValueError, r"image.*10 rows.*\(11, 4\)"),
        ({"image": "stripes"}, ValueError, "image.*step, diagonal.*'stripes'"),
        ({"image": np.zeros((0, 4))}, ValueError, "image.*empty"),
        ({"image": [["a"]]}, TypeError, "image.*real numbers"),
        ({"image": [[np.nan] * 3] * 3}, ValueError, "image.*-999 to 999.*nan"),
        ({"image": [[1000] * 3] * 3}, ValueError, "image.*-999 to 999.*1000"),
        ({"kernel": "sobel"}, ValueError, "kernel.*sobel_y.*'sobel'"),
        ({"kernel": "smooth"}, ValueError, "kernel.*'smooth'"),
        ({"kernel": np.ones((6, 6))}, ValueError, r"kernel.*5 rows.*\(6, 6\)"),
        ({"kernel": np.ones(3)}, ValueError, r"kernel.*\(H, W\).*\(3,\)"),
        ({"kernel": [[np.inf]]}, ValueError, "kernel.*inf"),
        ({"image": [[1, 2]], "kernel": "box"}, ValueError, "1 x 2.*3 x 3"),
        ({"strides": 0}, ValueError, "strides.*0"),
        ({"strides": 4}, ValueError, "strides.*1 to 3.*4"),
        ({"strides": 1.5}, TypeError, "strides.*1.5"),
        ({"strides": (1, 2)}, TypeError, "strides.*int"),
        ({"padding": -1}, ValueError, "padding.*-1"),
        ({"padding": 3}, ValueError, "padding.*0 to 2.*3"),
        ({"padding": "same"}, TypeError, "padding.*int.*same"),
        ({"name": "L2 step"}, ValueError, "name.*hyphens.*'L2 step'"),
        ({"name": ""}, ValueError, "name"),
        ({"name": 2}, TypeError, "name.*2"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        ConvolutionExplorer(**arguments)


@pytest.mark.parametrize("method", ["config", "static_html", "text"])
def test_a_new_explorer_has_to_write_its_own_forms(method):
    with pytest.raises(NotImplementedError):
        getattr(Explorer("mine"), method)()


def test_matplotlib_waits_until_a_png_is_wanted():
    code = (
        "import sys; from cnnlib.explorers import ConvolutionExplorer as C; "
        "C().html(); print('matplotlib' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert out.stdout.strip() == b"False"
