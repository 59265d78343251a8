import matplotlib
import numpy as np
import pytest

from cnnlib import diagrams, plots

ORANGE_BLACK = np.zeros((4, 4, 3), int)
ORANGE_BLACK[:, :2] = 255, 128, 0
KERNEL = np.stack([[[1, 0, -1], [2, 0, -2], [1, 0, -1]]] * 3, axis=-1)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_planes_shows_the_image_in_color_and_each_plane_in_numbers():
    image, *planes = diagrams.planes(ORANGE_BLACK)
    assert image.images[0].get_array().shape == (4, 4, 3)
    assert [ax.get_title() for ax in planes] == ["R", "G", "B"]
    assert [texts(ax)[:3] for ax in planes] == [
        ["255", "255", "0"],
        ["128", "128", "0"],
        ["0", "0", "0"],
    ]
    # one scale for all: 128 is gray, and a plane of zeros is black
    assert {ax.images[0].get_clim() for ax in planes} == {(0, 255)}


def test_exploded_computes_the_sum_of_each_plane():
    ax = diagrams.exploded(ORANGE_BLACK, KERNEL, np.full((2, 2), 1532))
    words = texts(ax)
    assert words.count("=") == 3
    assert words.count("1020") == 1
    assert [word for word in words if word.startswith("+ ")] == ["+ 512", "+ 0"]
    assert words.count("1532") == 1 + 4  # the sum, and the cells of the result
    assert [word for word in words if word in list("RGB")] == ["R", "G", "B"]


def test_exploded_looks_at_the_window_of_the_chosen_cell():
    image = np.zeros((4, 5, 2), int)
    image[1:, 2:, 0] = 10  # under the cell in row 1, column 2
    kernel = np.ones((3, 3, 2), int)
    words = texts(diagrams.exploded(image, kernel, np.ones((2, 3)), 1, 2, names="ab"))
    assert {"90", "+ 0"} <= set(words)


def frames(ax):
    orange = matplotlib.colors.to_rgba(plots.WINDOW_COLOR)
    return [patch for patch in ax.patches if patch.get_edgecolor() == orange]


def test_exploded_frames_the_window_in_each_plane_and_one_cell():
    ax = diagrams.exploded(ORANGE_BLACK, KERNEL, np.ones((2, 2)))
    widths = [np.ptp(frame.get_xy()[:2, 0]) for frame in frames(ax)]
    assert widths == pytest.approx([3, 3, 3, 1.4])  # that of the result is wide
