import re

import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import data, ops
from cnnlib.explorers import DescentExplorer
from cnnlib.explorers.descent import RATES, _brief, _short
from cnnlib.explorers.tables import number

GY = ops.KERNELS["sobel_y"]
RNG = np.random.default_rng(5)
NOISE, START = RNG.normal(size=(5, 6)), RNG.normal(size=(3, 3))


def as_text(values):
    return [[number(value) for value in row] for row in _short(values)]


def walked(picture, kernel, rate, steps):
    """Take the steps with the gradient of the convolution layer."""
    x = picture[None, :, :, None]
    target = ops.conv2d(x, GY[:, :, None, None])
    for _ in range(steps + 1):
        error = ops.conv2d(x, kernel[:, :, None, None]) - target
        dy = 2 * error / error.size
        dw = ops.conv2d_backward(dy, x, kernel[:, :, None, None])[1][:, :, 0, 0]
        before, kernel = kernel, kernel - rate * dw
    return before, error[0, :, :, 0], dw


@pytest.mark.parametrize("picture", ["noise", "step"])
@pytest.mark.parametrize(("rate", "step"), [(0.1, 0), (0.1, 40), (0.02, 7)])
def test_tables_hold_the_steps_of_the_library(picture, rate, step):
    explorer = DescentExplorer(NOISE, START, picture, rate, step)
    x = NOISE if picture == "noise" else data.step_image() / 255
    kernel, error, gradient = walked(x, START, rate, step)
    pixels, weights, result, again, errors, slopes = tables(explorer.static_html(), str)
    assert pixels == again == as_text(x)
    assert weights == as_text(kernel)
    assert result == as_text(ops.correlate2d(x, kernel))
    assert (errors, slopes) == (as_text(error), as_text(gradient))
    text = explorer.text()
    assert f"squared error: {_brief((error**2).mean())}\n" in text
    slope, before = _short(gradient)[0, 0], _short(kernel)[0, 0]
    assert f"≈ {number(slope)} so the next k[0, 0] is {number(before)} − " in text


def test_a_rate_is_too_large_and_the_others_find_sobel():
    for rate in RATES[:-1]:
        kernel = DescentExplorer(rate=rate, step=100).kernel
        assert abs(kernel - GY).max() < 1
    assert abs(DescentExplorer(rate=0.2, step=100).kernel - GY).max() < 1e-3
    with pytest.raises(ValueError, match=r"step.*before the weights pass 999.*100"):
        DescentExplorer(rate=RATES[-1], step=100)
    with pytest.raises(ValueError, match=r"step.*before the weights pass 999"):
        DescentExplorer(rate=RATES[-1], picture="step", step=100)


def test_the_step_image_is_fitted_by_another_kernel():
    zeros = DescentExplorer(start=np.zeros((3, 3)), picture="step", step=100, rate=0.2)
    assert "Sums of the kernel’s rows: 4, 0, −4\n" in zeros.text()
    np.testing.assert_allclose(zeros.kernel[0], 4 / 3, atol=1e-2)


def test_sums_are_written_out():
    lines = DescentExplorer().text().splitlines()
    start = next(i for i, line in enumerate(lines) if "∂L/∂k" in line)
    terms = re.findall(r"\S+·\S+", " ".join(lines[start : start + 4]))
    assert len(terms) == 16
    assert lines[start].startswith("∂L/∂k[0, 0] = 2/16·(0·(−1.82) + 0.3·2.95 + ")
    assert lines[start + 3].endswith(")")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.01, "0.01"),
        (13.576, "13.58"),
        (999.9, "999.9"),
        (0.0061, "6.1·10⁻³"),
        (2.13e-9, "2.1·10⁻⁹"),
        (1.75e7, "1.8·10⁷"),
        (1000, "1.0·10³"),
    ],
)
def test_losses_are_short(value, text):
    assert _brief(value) == text


def test_mime_bundle():
    html, config = checked_bundle(DescentExplorer, "l05-descent")
    assert len(without_resources(html).encode()) < 14_000  # the picture twice
    assert len(html.encode()) < 48_000
    assert config["target"] == GY.tolist()
    assert np.shape(config["noise"]) == (6, 6)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"noise": np.ones((3, 6))}, ValueError, r"noise.*4 to 6 rows.*\(3, 6\)"),
        ({"noise": np.ones((4, 7))}, ValueError, r"noise.*4 to 6 rows.*\(4, 7\)"),
        ({"noise": np.full((4, 4), 10)}, ValueError, "noise.*-9 to 9.*10"),
        ({"noise": "noise"}, TypeError, "noise"),
        ({"start": np.ones((2, 2))}, ValueError, r"start.*\(2, 2\)"),
        ({"start": [[np.nan] * 3] * 3}, ValueError, "start.*nan"),
        ({"picture": "slant"}, ValueError, "picture.*noise, step.*'slant'"),
        ({"picture": 1}, TypeError, "picture.*1"),
        ({"rate": 0.5}, ValueError, "rate.*0.02, 0.1, 0.2, 0.3.*0.5"),
        ({"rate": "0.1"}, ValueError, "rate.*'0.1'"),
        ({"step": -1}, ValueError, "step.*-1"),
        ({"step": 101}, ValueError, "step.*0 to 100.*101"),
        ({"step": 1.5}, TypeError, "step.*1.5"),
        ({"name": "L5"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        DescentExplorer(**arguments)
