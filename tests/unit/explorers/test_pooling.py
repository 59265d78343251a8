import re

import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import ops, shapes
from cnnlib.explorers import PoolingExplorer
from cnnlib.explorers.tables import number

EXAMPLE = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]


def pooled(x, pool_size, strides, operation):
    pool = {"max": ops.max_pool2d, "average": ops.average_pool2d}[operation]
    maps = np.asarray(x, float)[None, :, :, None]
    return pool(maps, pool_size, strides)[0, :, :, 0]


def test_words_of_the_worked_example():
    explorer = PoolingExplorer()
    source, output = tables(explorer.static_html(), str)
    assert source == [[str(v) for v in row] for row in EXAMPLE]
    assert output == [["6", "8"], ["3", "4"]]
    html = explorer.static_html()
    assert re.findall('data-from="(.*?)"', html) == ["1, 1", "1, 3", "2, 0", "3, 3"]
    text = explorer.text()
    assert "y[0, 0] = max(1, 1, 5, 6)\n        = 6 from input row 1, column 1\n" in text
    assert "⌊(4 − 2) / 2⌋ + 1 = 2 rows and columns" in text
    assert "Values that stay: 4 of 16" in text
    assert text.endswith("Parameters: 0")


def test_average_has_no_origin():
    explorer = PoolingExplorer(operation="average")
    html = explorer.static_html()
    assert tables(html, str)[1] == [["3.25", "5.25"], ["2", "2"]]
    assert "data-from" not in html
    assert "kept" not in html
    assert "y[0, 0] = (1 + 1 + 5 + 6) / 4\n        = 3.25\n" in explorer.text()
    thirds = PoolingExplorer([[-1, 2, 0]] * 3, 3, operation="average")
    assert (
        "((−1) + 2 + 0 + (−1) + 2 + 0 + (−1) + 2 + 0) / 9\n        ≈ 0.333"
        in thirds.text()
    )


@pytest.mark.parametrize("operation", ["max", "average"])
@pytest.mark.parametrize("pool_size", [2, 3])
@pytest.mark.parametrize("strides", [1, 2, 3])
@pytest.mark.parametrize("shape", [(3, 3), (6, 5), (8, 7)])
def test_output_equals_the_library(operation, pool_size, strides, shape):
    x = np.random.default_rng(6).integers(-9, 10, shape)
    html = PoolingExplorer(x, pool_size, strides, operation).static_html()
    output = pooled(x, pool_size, strides, operation)
    assert tables(html, str)[1] == [[number(value) for value in row] for row in output]
    rows, columns = shapes.output_size(shape, pool_size, strides)
    assert f"⌊({shape[0]} − {pool_size}) / {strides}⌋ + 1 = {rows}" in html
    assert f"⌊({shape[1]} − {pool_size}) / {strides}⌋ + 1 = {columns}" in html


@pytest.mark.parametrize(("pool_size", "strides"), [(2, 2), (3, 1), (3, 2), (2, 3)])
def test_origins_are_where_the_gradient_goes(pool_size, strides):
    x = np.random.default_rng(3).integers(0, 3, (7, 6))  # full of ties
    explorer = PoolingExplorer(x, pool_size, strides)
    routed = np.zeros(x.shape)
    for place in explorer.origins().values():
        routed[place] += 1
    maps = x[None, :, :, None].astype(float)
    dy = np.ones((1, *explorer.output.shape, 1))
    dx = ops.max_pool2d_backward(dy, maps, pool_size, strides)
    np.testing.assert_array_equal(routed, dx[0, :, :, 0])


def test_a_tie_is_said_and_the_first_wins():
    text = PoolingExplorer(np.ones((4, 4))).text()
    assert "from input row 0, column 0: 4 cells tie, the first one" in text


def test_mime_bundle():
    html, config = checked_bundle(PoolingExplorer, "l06-pooling")
    assert len(without_resources(html).encode()) < 6_000
    assert len(html.encode()) < 40_000
    assert config["x"] == EXAMPLE
    assert config["presets"][1][2][2] == [0, 0, 9, 0, 0, 0]


def test_an_average_can_be_drawn():
    png = PoolingExplorer("single", 3, 2, "average").png()
    assert png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"x": np.zeros((2, 4))}, ValueError, r"x.*3 to 8 rows.*\(2, 4\)"),
        ({"x": np.zeros((9, 4))}, ValueError, r"x.*3 to 8 rows.*\(9, 4\)"),
        ({"x": np.zeros((4, 4, 1))}, ValueError, r"x.*\(H, W\).*\(4, 4, 1\)"),
        ({"x": [[np.nan] * 3] * 3}, ValueError, "x.*-99 to 99.*nan"),
        ({"x": [[100] * 3] * 3}, ValueError, "x.*-99 to 99.*100"),
        ({"x": "digit"}, ValueError, "x.*example, single.*'digit'"),
        ({"pool_size": 1}, ValueError, "pool_size.*1"),
        ({"pool_size": 4}, ValueError, "pool_size.*2 to 3.*4"),
        ({"pool_size": 2.0}, TypeError, "pool_size.*2.0"),
        ({"strides": 4}, ValueError, "strides.*1 to 3.*4"),
        ({"strides": "same"}, TypeError, "strides.*same"),
        ({"operation": "mean"}, ValueError, "operation.*max, average.*'mean'"),
        ({"name": "L6"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        PoolingExplorer(**arguments)
