import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import ops
from cnnlib.explorers import EquivarianceExplorer

RNG = np.random.default_rng(1)


@pytest.mark.parametrize("size", [5, 8, 10])
@pytest.mark.parametrize("place", [(0, 0), (1, 1), (2, 0)])
def test_tables_hold_the_answers_of_the_library(size, place):
    pattern, kernel = RNG.integers(-3, 4, (2, 3, 3))
    explorer = EquivarianceExplorer(pattern, kernel, 1, place, size)
    picture = np.zeros((size, size))
    weights = picture.copy()
    block = tuple(slice(i, i + 3) for i in place)
    picture[block], weights[block] = pattern, kernel
    unit = ops.dense(picture.reshape(1, -1), weights.reshape(-1, 1), [1])
    maps = ops.conv2d(picture[None, ..., None], kernel[..., None, None], [1])
    first, own, answer, second, shared, result = tables(explorer.static_html())
    assert first == second == picture.tolist()
    assert (own, shared) == (weights.tolist(), kernel.tolist())
    assert answer == ops.relu(unit).tolist()
    assert result == ops.relu(maps)[0, :, :, 0].tolist()


def test_words_of_the_worked_example():
    text = EquivarianceExplorer().text()
    assert (
        "unit = max(0, 1·2 + 0·(−1) + 0·(−1)\n"
        "     + 0·(−1) + 1·2 + 0·(−1)\n"
        "     + 0·(−1) + 0·(−1) + 1·2\n"
        "     + 0 from 55 dark pixels\n"
        "     + (−4))\n"
        "     = 2\n"
    ) in text
    assert "map[1, 1] = max(0, 1·2" in text
    assert "Parameters of the unit: 8·8 + 1 = 65" in text
    assert "Of a unit for each place: 6·6 units, 36·65 = 2340" in text
    assert text.endswith("Parameters of the kernel: 3·3 + 1 = 10, for all places")


def test_the_unit_finds_its_shape_at_one_place_and_the_kernel_at_all():
    explorer = EquivarianceExplorer()
    flat, bias = explorer.weights.reshape(-1, 1), [explorer.bias]
    kernel = explorer.kernel[..., None, None]
    found = []
    for row, column in np.ndindex(6, 6):
        picture = np.zeros((8, 8))
        picture[row : row + 3, column : column + 3] = explorer.pattern
        if ops.dense(picture.reshape(1, -1), flat, bias) > 0:
            found.append((row, column))
        maps = ops.conv2d(picture[None, ..., None], kernel, bias)[0, :, :, 0]
        assert np.argwhere(maps > 0).tolist() == [[row, column]]
    assert found == [(1, 1)]


def test_the_picture_enlarges_the_unit_and_not_the_kernel():
    text = EquivarianceExplorer(size=10).text()
    assert "Parameters of the unit: 10·10 + 1 = 101" in text
    assert text.endswith("3·3 + 1 = 10, for all places")


def test_mime_bundle():
    html, config = checked_bundle(EquivarianceExplorer, "l01-equivariance")
    assert len(without_resources(html).encode()) < 14_000  # the picture twice
    assert len(html.encode()) < 47_000
    assert config["bias"] == -4
    assert config["place"] == [1, 1]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"pattern": np.ones((2, 3))}, ValueError, r"pattern.*3 to 3 rows.*\(2, 3\)"),
        ({"pattern": np.ones(9)}, ValueError, r"pattern.*\(H, W\).*\(9,\)"),
        ({"kernel": np.full((3, 3), 10)}, ValueError, "kernel.*-9 to 9.*10"),
        ({"kernel": "sobel_y"}, TypeError, "kernel.*real numbers"),
        ({"bias": np.nan}, ValueError, "bias.*-9 to 9.*nan"),
        ({"bias": "none"}, TypeError, "bias"),
        ({"place": 1}, ValueError, r"place.*\(row, column\).*1"),
        ({"place": (1, 3)}, ValueError, "place.*0 to 2.*3"),
        ({"place": (1, 0.5)}, TypeError, "place.*0.5"),
        ({"size": 4}, ValueError, "size.*4"),
        ({"size": 11}, ValueError, "size.*5 to 10.*11"),
        ({"name": "L1"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        EquivarianceExplorer(**arguments)
