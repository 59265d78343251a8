from itertools import pairwise

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnlib import diagrams, ops, plots


@pytest.fixture(autouse=True)
def style():
    with matplotlib.rc_context({"backend": "agg"}):
        plots.use_style()
        yield
        plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_there_and_back_writes_every_number_name_and_step():
    values = [np.array([[1, -2, 3]]), np.array([[4], [5]]), 6.0]
    gradients = [np.array([[-0.0, 0.5, 7]]), np.array([[8], [9]]), 1.0]
    axes = diagrams.there_and_back(values, gradients, ["X", "Y", "L"], ["∗", "loss"])
    assert axes.shape == (2, 3)
    assert [ax.get_title() for ax in axes.flat] == ["X", "Y", "L", "∂X", "∂Y", "∂L"]
    assert texts(axes[0, 0]) == ["1", "−2", "3", "∗"]
    assert texts(axes[1, 0]) == ["0", "0.5", "7", ""]
    assert texts(axes[0, 1]) == ["4", "5", "loss\n→"]
    assert texts(axes[1, 1]) == ["8", "9", "←"]
    assert texts(axes[0, 2]) == ["6"]
    axes[0, 0].figure.canvas.draw()


def test_there_and_back_can_be_read():
    values = [np.array([[1, 2]]), np.array([[3, 4, 5], [6, 7, 8]]), 1.408]
    gradients = [np.array([[-0.575, 0.575]]), np.full((2, 3), -0.755), 1.0]
    axes = diagrams.there_and_back(values, gradients, ["x", "W", "L"], ["·", "loss"])
    assert texts(axes[0, 0]) == ["1", "2", "·"]
    assert texts(axes[1, 0]) == ["−0.575", "0.575", ""]
    assert min(t.get_fontsize() for ax in axes.flat for t in ax.texts) >= 8
    axes[0, 0].figure.canvas.draw()
    boxes = [ax.get_window_extent() for ax in axes.flat]
    columns = [value.shape[1] for value in map(np.atleast_2d, values)]
    sides = [box.width / n for box, n in zip(boxes, 2 * columns)]
    assert np.allclose(sides, sides[0], rtol=0.1)  # cells of one size
    assert all(a.x1 < b.x0 for a, b in pairwise(boxes[:3]))


def test_sliding_lays_the_weights_on_each_place():
    image = np.pad(np.ones((2, 2)), 1)
    weights = np.array([[4, 3], [2, 1]])
    axes = diagrams.sliding(image, weights, ops.correlate2d(image, weights))
    assert axes.shape == (3, 3)
    assert axes[0, 0].get_title() == "1"
    assert axes[1, 1].get_title() == "10"
    places = {t.get_text(): t.get_position() for t in axes[2, 1].texts}
    assert places == {"4": (1, 2), "3": (2, 2), "2": (1, 3), "1": (2, 3)}
    inks = [t.get_color() for t in axes[0, 0].texts]
    assert inks == ["white", "white", "white", "black"]  # black lies on the white one


def test_sliding_over_one_gray():
    axes = diagrams.sliding(np.zeros((2, 2)), np.ones((1, 1)), np.zeros((2, 2)))
    assert axes.shape == (2, 2)
