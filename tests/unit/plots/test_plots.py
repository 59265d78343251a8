import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnlib import diagrams, plots

STEP = np.repeat([0, 255], 3)[:, None] * np.ones((1, 6), dtype=int)


@pytest.fixture(autouse=True)
def clean_figures():
    with matplotlib.rc_context({"backend": "agg"}):
        plots.use_style()
        yield
        plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_style_ships_with_the_package():
    assert plt.rcParams["axes.spines.top"] is False
    assert plt.rcParams["image.cmap"] == "gray"


def test_images_gives_one_axes_per_picture():
    axes = plots.images([STEP] * 5, list("abcde"), columns=3)
    assert [ax.get_title() for ax in axes] == list("abcde")
    assert len(axes[0].figure.axes) == 6


def test_images_share_their_limits():
    axes = plots.images([STEP, STEP / 2], limits=(0, 255))
    assert {ax.images[0].get_clim() for ax in axes} == {(0, 255)}


def test_a_matrix_shows_its_numbers_in_ink_that_can_be_read():
    ax = plots.matrix([[0, -1020], [255, 0.125]])
    assert texts(ax) == ["0", "−1020", "255", "0.125"]
    assert [text.get_color() for text in plots.matrix([[0, 9]]).texts] == [
        "white",
        "black",
    ]


def test_a_constant_matrix_can_be_drawn():
    assert texts(plots.matrix(np.zeros((2, 2)))) == ["0"] * 4


def test_a_kernel_is_centered_on_zero():
    low, high = plots.kernel([[1, 0, -4]]).images[0].get_clim()
    assert low == -high


def test_a_frame_surrounds_whole_pixels():
    ax = plots.frame(plots.matrix(STEP), 1, 2, 3, 4)
    box = ax.patches[0]
    assert box.get_xy() == (1.5, 0.5)
    assert (box.get_width(), box.get_height()) == (4, 3)


def test_an_equation_frames_the_window_and_its_result():
    image, _, result = plots.equation(STEP, np.eye(3), np.zeros((4, 4)), window=(1, 2))
    assert image.patches[0].get_width() == 3
    assert result.patches[0].get_xy() == (1.5, 0.5)


def test_positions_draws_every_place_of_the_window():
    axes = plots.positions(STEP, (3, 2), np.arange(20).reshape(4, 5))
    assert axes.shape == (4, 5)
    assert axes[3, 4].get_title() == "19"
    assert axes[3, 4].patches[0].get_xy() == (3.5, 2.5)


def test_gradient_panels_color_the_direction():
    ramp = np.ones((5, 5))
    _, strength, hue = diagrams.gradient_panels(np.zeros((7, 7)), ramp, 0 * ramp)
    assert strength.images[0].get_array().min() == 1
    turned = diagrams.gradient_panels(np.zeros((7, 7)), 0 * ramp, ramp)[2]
    assert not np.allclose(hue.images[0].get_array(), turned.images[0].get_array())
