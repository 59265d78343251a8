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
    ax = plots.matrix([[0, -1020], [255, 12]])
    assert texts(ax) == ["0", "−1020", "255", "12"]
    assert [text.get_color() for text in plots.matrix([[0, 9]]).texts] == [
        "white",
        "black",
    ]


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([[3.25, 2], [5.25, -0.0]], ["3.25", "2.00", "5.25", "0.00"]),
        ([-1.6, 2, 0.4], ["−1.6", "2.0", "0.4"]),
        ([1 / 3, np.nan, -np.inf], ["0.3333", "nan", "−inf"]),
        ([1e-7, 2], ["1e−07", "2"]),
        ([1020.4, 3], ["1020", "3"]),
        ([], []),
    ],
)
def test_numbers_of_one_matrix_have_as_many_decimals(values, written):
    assert plots.numbers(values) == written


def test_a_matrix_is_framed_on_all_sides_and_its_numbers_lie_in_their_cells():
    ax = plots.matrix([[-1020, 1020, 3]])
    assert all(spine.get_visible() for spine in ax.spines.values())
    ax.figure.canvas.draw()
    room = ax.get_window_extent().width / 3
    assert all(text.get_window_extent().width < room for text in ax.texts)


def test_images_are_framed_and_share_one_scale():
    axes = plots.images([STEP, -STEP, STEP], None, "RdBu", (-255, 255), "r", 2)
    assert all(spine.get_visible() for ax in axes for spine in ax.spines.values())
    *pictures, empty, scale = axes[0].figure.axes
    assert len(pictures) == 3
    assert not empty.axison
    assert scale.get_ylabel() == "r"


def test_no_picture_is_wider_than_a_phone_can_show():
    pictures = [
        plots.images([STEP] * 5, list("abcde"), columns=3)[0],
        plots.positions(STEP, (3, 3), np.zeros((4, 4)))[0, 0],
        diagrams.unit([1, 2], [3, 4], 5),
        diagrams.connections([[1, 2]]),
        diagrams.planes(np.zeros((4, 4, 3)))[0],
        diagrams.exploded(np.ones((4, 4, 3)), np.ones((3, 3, 3)), np.ones((2, 2))),
        diagrams.layer_volumes((6, 6, 3), (3, 3, 3, 4), (4, 4, 4)),
        plt.subplots()[1],
    ]
    assert {ax.figure.get_figwidth() <= plots.WIDTH for ax in pictures} == {True}


def test_a_constant_matrix_can_be_drawn():
    assert texts(plots.matrix(np.zeros((2, 2)))) == ["0"] * 4


@pytest.mark.parametrize(
    ("weights", "reach"),
    [([[2]], 3.2), ([[-3, -3]], 4.8), ([[0]], 1.6), ([[-1, 9]], 14.4)],
)
def test_a_kernel_reaches_as_far_both_ways(weights, reach):
    low, high = plots.kernel(weights).images[0].get_clim()
    assert (-low, high) == pytest.approx((reach, reach))


def test_kernels_that_are_compared_share_one_scale():
    axes = [plots.kernel([[weight]], largest=5) for weight in (1, -5)]
    assert {ax.images[0].get_clim() for ax in axes} == {(-8, 8)}
    assert plots.kernel([[0]], largest=0).images[0].get_clim() == (-1.6, 1.6)


def test_a_kernel_is_centered_on_zero():
    low, high = plots.kernel([[1, 0, -4]]).images[0].get_clim()
    assert low == -high


def test_a_frame_surrounds_whole_pixels():
    ax = plots.frame(plots.matrix(STEP), 1, 2, 3, 4)
    box = ax.patches[0]
    assert box.get_xy() == (1.5, 0.5)
    assert (box.get_width(), box.get_height()) == (4, 3)


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


@pytest.mark.parametrize(
    "values", [np.full((2, 2), 255, "uint8"), np.ones((2, 2), bool)]
)
def test_small_numbers_do_not_wrap_round(values):
    ax = plots.matrix(values)
    low, high = ax.images[0].get_clim()
    assert (low, high) == (int(values[0, 0]), int(values[0, 0]) + 1)
    assert texts(ax) == [str(int(values[0, 0]))] * 4


def test_the_lowest_of_8_bits_is_as_far_from_zero_as_its_opposite():
    low, high = plots.kernel(np.array([[-128]], "int8")).images[0].get_clim()
    assert (low, high) == (-1.6 * 128, 1.6 * 128)


def test_a_zero_has_no_sign():
    assert plots.number(-0.0) == plots.number(np.float32(-0.0)) == "0"


def test_numbers_that_are_none_are_left_out_of_the_limits():
    ax = plots.matrix([[np.nan, 2], [np.inf, 5]])
    assert ax.images[0].get_clim() == (2, 5)
    assert texts(ax) == ["nan", "2", "inf", "5"]


def test_one_place_makes_one_axes():
    assert plots.positions(np.eye(2), 2, [[2]]).shape == (1, 1)


def test_images_in_true_color_and_out_of_a_generator():
    color = np.zeros((2, 2, 3))
    assert len(plots.images(image for image in (color, np.eye(2)))) == 2


REFUSED = [
    (lambda: plots.matrix([1, 2]), ValueError, r"values: expected shape \(H, W\)"),
    (lambda: plots.matrix([["a"]]), TypeError, "values: expected real numbers"),
    (lambda: plots.matrix(STEP + 0j), TypeError, "values: expected real numbers"),
    (lambda: plots.matrix(STEP[:0]), ValueError, "values: .* without an empty axis"),
    (
        lambda: plots.matrix(STEP, cmap="grey "),
        ValueError,
        "cmap: expected a color map",
    ),
    (lambda: plots.matrix(STEP, cmap=3), TypeError, "cmap: expected a color map"),
    (lambda: plots.matrix(STEP, limits=3), TypeError, r"limits: expected \(lowest,"),
    (
        lambda: plots.matrix(STEP, limits=(1,)),
        ValueError,
        r"limits: expected \(lowest,",
    ),
    (lambda: plots.matrix(STEP, limits=(1, 0)), ValueError, r"limits: .*\(1.0, 0.0\)"),
    (lambda: plots.matrix(STEP, limits=(1, 1)), ValueError, r"limits: .*\(1.0, 1.0\)"),
    (lambda: plots.matrix(STEP, limits=(0, "1")), TypeError, "highest of limits: exp"),
    (lambda: plots.matrix(STEP, limits=(0, np.nan)), ValueError, "highest of limits:"),
    (lambda: plots.matrix(STEP, window=(1, 2)), ValueError, r"window: expected \(row,"),
    (lambda: plots.matrix(STEP, window=(1, 2, 3, "4")), TypeError, "width of window:"),
    (lambda: plots.kernel([1, 0, -1]), ValueError, r"values: expected shape \(KH, KW"),
    (lambda: plots.kernel(STEP, largest=-1), ValueError, "largest: .* at least 0"),
    (lambda: plots.kernel(STEP, largest="1"), TypeError, "largest: expected a finite"),
    (lambda: plots.images([]), ValueError, "arrays: expected at least one image"),
    (lambda: plots.images(STEP), ValueError, r"arrays\[0\]: .* received shape \(6,\)"),
    (lambda: plots.images(5), TypeError, "arrays: expected a list of images"),
    (lambda: plots.images([STEP[..., None]]), ValueError, r"arrays\[0\]: .* \(6, 6, 1"),
    (lambda: plots.images([STEP], "a"), TypeError, "titles: expected a list of 1"),
    (
        lambda: plots.images([STEP] * 2, ["a"]),
        ValueError,
        "titles: expected a list of 2",
    ),
    (lambda: plots.images([STEP], limits=(0, 0)), ValueError, "limits: expected"),
    (lambda: plots.images([STEP], cmap="nope"), ValueError, "cmap: expected a color"),
    (lambda: plots.images([STEP], scale="r"), ValueError, "limits: expected limits"),
    (lambda: plots.images([STEP], columns=0), ValueError, "columns: .* at least 1"),
    (lambda: plots.images([STEP], columns=1.5), TypeError, "columns: expected an int"),
    (
        lambda: plots.positions(STEP, 3, np.eye(3)),
        ValueError,
        r"values: expected shape \(4, 4\), received shape \(3, 3\)",
    ),
    (lambda: plots.positions(STEP, 7, [[1]]), ValueError, "kernel_size: .* at most 6"),
    (lambda: plots.positions(STEP, 3.0, np.eye(4)), TypeError, "kernel_size: expected"),
]


@pytest.mark.parametrize(("draw", "error", "message"), REFUSED)
def test_what_cannot_be_drawn_is_named_and_opens_no_figure(draw, error, message):
    with pytest.raises(error, match="^" + message):
        draw()
    assert plt.get_fignums() == []


def test_bars_of_layers_show_shares():
    axes = plots.layer_bars(["a", "b", "c"], {"weights": [1, 2999, 0], "sums": [1] * 3})
    assert texts(axes[0]) == ["<0.1%", "100.0%", "0"]
    assert axes[0].get_title() == "weights\n3,000"
    assert axes[0].get_ylim()[0] > axes[0].get_ylim()[1]  # the first on top


@pytest.mark.parametrize(
    ("costs", "error", "words"),
    [
        ([1, 2], TypeError, "what it is"),
        ({}, ValueError, "at least one cost"),
        ({"weights": [1, 2, 3]}, ValueError, "2 numbers"),
        ({"weights": [1, -2]}, ValueError, "at least 0"),
    ],
)
def test_bars_refuse_what_they_cannot_draw(costs, error, words):
    with pytest.raises(error, match=words):
        plots.layer_bars(["a", "b"], costs)
