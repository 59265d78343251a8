"""Views by hand: exact where they are permutations, and what is refused."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib import augment

NINE = np.arange(9.0).reshape(3, 3)
SIDES = st.integers(1, 9)
SEEDS = st.integers(0, 2**32 - 1)


def picture(seed, *shape):
    return np.random.default_rng(seed).random(shape)


def test_the_numbers_of_the_lecture():
    assert augment.rotate(NINE, 90).tolist() == [[2, 5, 8], [1, 4, 7], [0, 3, 6]]
    assert augment.flip(NINE).tolist() == [[2, 1, 0], [5, 4, 3], [8, 7, 6]]


@given(SIDES, st.integers(-5, 5), SEEDS)
def test_quarter_turns_are_exact(side, quarters, seed):
    image = picture(seed, side, side)
    assert_array_equal(augment.rotate(image, 90 * quarters), np.rot90(image, quarters))


@given(SIDES, SIDES, SEEDS)
def test_half_turns_and_flips_are_exact_on_any_shape(height, width, seed):
    image = picture(seed, height, width)
    assert_array_equal(augment.rotate(image, 180), image[::-1, ::-1])
    assert_array_equal(augment.flip(image), image[:, ::-1])
    assert_array_equal(augment.flip(image, "vertical"), image[::-1])
    assert_array_equal(augment.affine(image, [[1, 0], [0, -1]]), image[:, ::-1])
    assert_array_equal(augment.affine(image, [[-1, 0], [0, 1]]), image[::-1])


@given(st.integers(-10, 10), st.integers(-10, 10), SEEDS)
def test_whole_shifts_move_the_pixels(down, right, seed):
    image = picture(seed, 4, 5)
    expected = np.full((4, 5), -1.0)
    for row, column in np.ndindex(4, 5):
        if 0 <= row - down < 4 and 0 <= column - right < 5:
            expected[row, column] = image[row - down, column - right]
    assert_array_equal(augment.shift(image, down, right, fill=-1), expected)


def test_half_a_pixel_is_the_mean_of_two():
    row = np.array([[0.0, 2, 4, 8]])
    assert augment.shift(row, 0, 0.5).tolist() == [[0, 1, 3, 6]]
    assert augment.shift(row, 0, -0.5).tolist() == [[1, 3, 6, 4]]
    corners = np.array([[0.0, 4], [8, 20]])
    assert augment.shift(corners, -0.5, -0.25).tolist() == [[6, 9], [5.5, 7.5]]


@given(
    st.floats(-180, 180),
    st.tuples(st.floats(0.5, 2), st.floats(0.5, 2)),
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
)
def test_a_plane_stays_a_plane(degrees, factors, move):
    """Bilinear interpolation is exact on a plane, away from the border."""
    down, right = np.indices((41, 41)) - 20.0
    angle = np.radians(degrees)
    turn = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    matrix = np.array(turn) * factors
    moved = augment.affine(3 * down - 2 * right + 5, matrix, move)
    back = np.linalg.inv(matrix) @ (np.stack([down, right]).reshape(2, -1).T - move).T
    inside = (abs(back) <= 20).all(axis=0)
    expected = np.array([3, -2]) @ back + 5
    assert inside.any()
    assert_allclose(moved.ravel()[inside], expected[inside], atol=1e-6)


@given(st.floats(-360, 360), st.floats(0.3, 3), SEEDS)
def test_nothing_is_brighter_or_darker_than_before(degrees, factor, seed):
    image = picture(seed, 7, 6)
    for view in (augment.rotate(image, degrees), augment.zoom(image, factor)):
        assert view.min() >= 0
        assert view.max() <= image.max() + 1e-12


def test_the_middle_of_a_zoom_stays():
    assert augment.zoom(NINE, 2).tolist() == [[2, 2.5, 3], [3.5, 4, 4.5], [5, 5.5, 6]]
    assert augment.scale(NINE, 1, 2).tolist() == [
        [0.5, 1, 1.5],
        [3.5, 4, 4.5],
        [6.5, 7, 7.5],
    ]
    assert_array_equal(augment.zoom(NINE, 1.7), augment.scale(NINE, 1.7, 1.7))
    assert augment.zoom(NINE, 0.5, fill=9).tolist() == [[9, 9, 9], [9, 4, 9], [9, 9, 9]]


def test_every_rank_and_type():
    stack = picture(0, 2, 5, 6, 3).astype("float32")
    for view in (
        lambda x: augment.rotate(x, 20),
        lambda x: augment.zoom(x, 1.3),
        lambda x: augment.flip(x),
        lambda x: augment.crop(x, 1, 2, (3, 4)),
    ):
        turned = view(stack)
        assert turned.dtype == "float32"
        assert_array_equal(view(stack[1]), turned[1])
        assert_array_equal(view(stack[1, :, :, 2]), turned[1, :, :, 2])
        assert view(stack.astype(float)).dtype == "float64"
    assert augment.flip(NINE.astype("uint8")).dtype == "float32"


def test_what_comes_in_stays_as_it_is():
    image = picture(0, 4, 4)
    before = image.copy()
    augment.rotate(image, 10)
    augment.crop(image, 0, 0, 2)
    augment.noise(image, 0.5, 0)
    assert_array_equal(image, before)


def test_there_are_as_many_crops_as_the_lecture_counts():
    image = picture(0, 7, 7)
    crops = {
        view.tobytes()
        for top, left in np.ndindex(4, 4)
        for window in [augment.crop(image, top, left, 4)]
        for view in (window, np.ascontiguousarray(augment.flip(window)))
    }
    assert len(crops) == (7 - 4 + 1) ** 2 * 2
    assert_array_equal(augment.crop(image, 1, 2, (3, 5)), image[1:4, 2:7])


def test_noise_is_clipped_and_repeats_itself():
    gray = np.full((100, 100), 0.5)
    noisy = augment.noise(gray, 0.1, 0)
    assert abs(noisy.std() - 0.1) < 0.005
    assert abs(noisy.mean() - 0.5) < 0.005
    assert_array_equal(noisy, augment.noise(gray, 0.1, np.random.default_rng(0)))
    assert (noisy != augment.noise(gray, 0.1, 1)).any()
    wild = augment.noise(gray, 5, 0)
    assert (wild.min(), wild.max()) == (0, 1)
    assert_array_equal(augment.noise(gray, 0, 0), gray)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: augment.rotate(np.ones(3), 9), ValueError, r"images: .*\(H, W\)"),
        (lambda: augment.rotate(NINE, "9"), TypeError, "degrees: "),
        (lambda: augment.rotate(NINE, np.inf), ValueError, "degrees: "),
        (lambda: augment.affine(NINE, [[1, 2], [2, 4]]), ValueError, "matrix: .*deter"),
        (lambda: augment.affine(NINE, np.eye(3)), ValueError, r"matrix: .*\(2, 2\)"),
        (lambda: augment.affine(NINE, np.eye(2), (1,)), ValueError, r"shift: .*\(2,\)"),
        (lambda: augment.affine(NINE, np.eye(2), fill="0"), TypeError, "fill: "),
        (lambda: augment.shift(NINE, 1, np.nan), ValueError, "right: "),
        (lambda: augment.zoom(NINE, 0), ValueError, "factor: .*above 0"),
        (lambda: augment.scale(NINE, 1, -1), ValueError, "right: .*above 0"),
        (lambda: augment.flip(NINE, "left"), ValueError, 'mode: .*"vertical"'),
        (lambda: augment.crop(NINE, 0, 1, 3), ValueError, "left: .*3 pixels"),
        (lambda: augment.crop(NINE, 0, 0, (4, 1)), ValueError, "top: .*3 pixels"),
        (lambda: augment.crop(NINE, -1, 0, 2), ValueError, "top: .*at least 0"),
        (lambda: augment.noise(NINE, 0.1, 0), ValueError, "images: .*from 0 to 1"),
        (lambda: augment.noise(NINE / 8, -1, 0), ValueError, "deviation: "),
        (lambda: augment.noise(NINE / 8, 1, "now"), TypeError, "rng: "),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error, match=f"^{words}"):
        call()
