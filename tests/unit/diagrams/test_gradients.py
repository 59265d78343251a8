import numpy as np
import pytest

from cnnlib import diagrams, ops


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_there_and_back_writes_every_number_name_and_step():
    values = [np.array([[1, -2, 3]]), np.array([[4], [5]]), 6.0]
    gradients = [np.array([[-0.0, 0.5, 7]]), np.array([[8], [9]]), 1.0]
    axes = diagrams.there_and_back(values, gradients, ["X", "Y", "L"], ["∗", "loss"])
    assert axes.shape == (3, 2)
    assert [ax.get_ylabel() for ax in axes.flat] == ["X", "∂X", "Y", "∂Y", "L", "∂L"]
    assert texts(axes[0, 0]) == ["1", "−2", "3", "∗"]
    assert texts(axes[0, 1]) == ["0.0", "0.5", "7.0"]
    assert texts(axes[1, 0]) == ["4", "5", "↓ loss"]
    assert texts(axes[1, 1]) == ["8", "9"]  # its arrow is drawn
    assert texts(axes[2, 0]) == ["6"]
    axes[0, 0].figure.canvas.draw()


def test_a_gradient_goes_back_to_each_input_of_a_step():
    ones, names = [1.0] * 5, ["X", "K", "b", "Y", "L"]
    axes = diagrams.there_and_back(ones, ones, names, ["∗", "+", "=", "loss"])
    figure = axes[0, 0].figure
    line, *arrows = figure.artists
    middle = [ax.get_position().y0 / 2 + ax.get_position().y1 / 2 for ax in axes[:, 1]]
    assert line.get_ydata()[0] == pytest.approx(middle[3])  # from the result
    ends = [arrow.get_path().vertices[0][1] for arrow in arrows]
    assert ends == pytest.approx(middle[:3], abs=0.02)  # to bias, kernel and input
    assert [texts(ax)[1:] for ax in axes[:, 1]] == [[], [], [], ["↑"], []]


def test_there_and_back_can_be_read():
    values = [np.array([[1, 2]]), np.array([[3, 4, 5], [6, 7, 8]]), 1.408]
    gradients = [np.array([[-0.575, 0.575]]), np.full((2, 3), -0.755), 1.0]
    axes = diagrams.there_and_back(values, gradients, ["x", "W", "L"], ["×", "loss"])
    assert texts(axes[0, 0])[-1] == "×"
    figure = axes[0, 0].figure
    figure.canvas.draw()
    for ax in axes.flat:
        room = ax.get_window_extent().width / round(np.ptp(ax.get_xlim()))
        for text in ax.texts:
            if text.get_text()[-1:].isdigit():
                assert text.get_fontsize() >= 9
                assert text.get_window_extent().width < 0.9 * room
    tops = [[ax.get_window_extent().y1 for ax in pair] for pair in axes]
    assert all(left == right for left, right in tops)  # a gradient beside its number
    assert tops == sorted(tops, reverse=True)


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
