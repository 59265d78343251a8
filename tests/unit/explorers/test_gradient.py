import numpy as np
import pytest
from explorer_html import checked_bundle, tables

from cnnlib import ops
from cnnlib.explorers import GradientExplorer

RNG = np.random.default_rng(7)


@pytest.mark.parametrize(("shape", "side"), [((3, 3), 2), ((5, 4), 3), ((2, 5), 1)])
def test_tables_hold_the_gradients_of_the_library(shape, side):
    x, w = RNG.integers(-9, 10, shape), RNG.integers(-9, 10, (side, side))
    dy = RNG.integers(-9, 10, np.subtract(shape, side - 1))
    dx, dw, db = ops.conv2d_backward(
        dy[None, :, :, None].astype(float), x[None, :, :, None], w[:, :, None, None]
    )
    over, turned, result = tables(GradientExplorer(x, w, dy).static_html())
    assert over == np.pad(dy, side - 1).tolist()
    assert turned == w[::-1, ::-1].tolist()
    assert result == dx[0, :, :, 0].tolist()
    kernel = GradientExplorer(x, w, dy, target="kernel")
    over, sliding, result = tables(kernel.static_html())
    assert (over, sliding) == (x.tolist(), dy.tolist())
    assert result == dw[:, :, 0, 0].tolist()
    assert kernel.text().endswith(f"= {int(db[0])}".replace("-", "−"))


def test_words_of_the_worked_example():
    text = GradientExplorer().text()
    assert "Upstream ∂Y with zeros 4 × 4, Turned kernel 2 × 2, ∂X 3 × 3" in text
    assert "∂X[0, 0] = 0·4 + 0·3\n         + 0·2 + 1·1\n         = 1\n" in text
    assert "∂X has the shape of X, 3 × 3" in text
    assert "∂b = 1 + 1 + 1 + 1 = 4" in text
    text = GradientExplorer(target="kernel", dy=[[1, -1], [0.5, 1 / 3]]).text()
    assert (
        "∂K[0, 0] = 1·1 + 2·(−1)\n         + 4·0.5 + 5·0.333\n         ≈ 2.667\n"
        in text
    )
    assert "∂b = 1 + (−1) + 0.5 + 0.333 ≈ 0.833" in text


def test_mime_bundle():
    html, config = checked_bundle(GradientExplorer, "l07-gradient")
    assert len(html.encode()) < 40_000
    assert config["w"] == [[1, 2], [3, 4]]
    assert config["dy"] == [[1, 1], [1, 1]]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"x": [[1]]}, ValueError, "x.*2 to 5.*1, 1"),
        ({"x": np.ones((6, 3))}, ValueError, "x.*2 to 5.*6, 3"),
        ({"x": "image"}, TypeError, "x"),
        ({"x": [[1, 100], [0, 0]]}, ValueError, "x.*-99 to 99.*100"),
        ({"w": [[1, np.nan], [0, 0]]}, ValueError, "w.*nan"),
        ({"w": [[1, 2]]}, ValueError, "w.*square.*1 × 2"),
        ({"x": np.eye(2), "w": np.eye(3)}, ValueError, "w.*fits into 2 × 2.*3 × 3"),
        ({"dy": [[1]]}, ValueError, r"dy.*\(2, 2\).*\(1, 1\)"),
        ({"target": "bias"}, ValueError, "target.*input, kernel.*bias"),
        ({"name": "L7"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        GradientExplorer(**arguments)
