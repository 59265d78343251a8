import hashlib

import numpy as np
import pytest

from cnnlib.data import FIGURES, load_figures
from cnnlib.data import figures as module

PLAIN = {"color": 0, "texture": 0, "shift": 0, "scale": (1, 1), "rotation": 0}


def digest(images):
    return hashlib.sha256(np.rint(images * 255).astype("uint8").tobytes()).hexdigest()


def one_of_each(image_size=64, **settings):
    return load_figures(10, image_size, test_count=10, **settings)[0][0]


def test_form():
    (x_train, y_train), (x_test, y_test) = load_figures(30, 24, test_count=20)
    assert x_train.shape == (30, 24, 24, 3)
    assert x_test.shape == (20, 24, 24, 3)
    assert x_train.dtype == "float32"
    assert y_train.dtype == "int64"
    assert y_train.tolist() == [*range(10)] * 3
    assert y_test.tolist() == [*range(10)] * 2
    assert x_train.min() >= 0
    assert x_train.max() <= 1
    bytes_again = x_train * 255
    assert np.abs(bytes_again - np.rint(bytes_again)).max() < 1e-4
    assert len(FIGURES) == len(module.DISTANCES) == 10


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "31177197a800cc39"),
        ({"seed": 1}, "44d85d66efc227e6"),
        ({"image_size": 64, "rotation": 180}, "00ddcee9e7e67987"),
    ],
)
def test_the_bytes_are_the_same_on_every_machine(settings, expected):
    (x_train, _), _ = load_figures(300, test_count=10, **settings)
    assert digest(x_train).startswith(expected)


def test_the_table_of_angles_is_far_from_a_tie():
    for f in (np.cos, np.sin):
        scaled = f(module.DEGREES) * 2**20
        assert np.abs(np.abs(scaled - np.floor(scaled)) - 0.5).min() > 1e-3


def test_more_images_begin_with_the_same_ones():
    (few, _), (few_test, _) = load_figures(7, test_count=3)
    (many, _), (many_test, _) = load_figures(300, test_count=300)  # over one chunk
    assert (many[:7] == few).all()
    assert (many_test[:3] == few_test).all()
    assert len(np.unique(many.reshape(300, -1), axis=0)) == 300


def test_seeds_and_parts_differ():
    (train, _), (test, _) = load_figures(20, test_count=20)
    (other, _), _ = load_figures(20, test_count=20, seed=1)
    assert not (train == test).all(axis=(1, 2, 3)).any()
    assert not (train == other).all(axis=(1, 2, 3)).any()


def test_one_factor_changes_and_the_others_stay():
    kept = dict(PLAIN, scale=(0.5, 0.9), shift=0.2)
    upright = one_of_each(**kept)
    turned = one_of_each(**dict(kept, rotation=180))
    assert (upright[0] == turned[0]).all()  # a disc has no angle
    assert not (upright[6:] == turned[6:]).all(axis=(1, 2, 3)).any()
    colored = one_of_each(**dict(kept, color=1))
    gray = upright[..., 0] > 0.79  # inside the figure
    for image, inside in zip(colored, gray):
        assert np.ptp(image[inside], axis=0).max() < 0.02  # one color


def test_the_areas_are_those_of_the_figures():
    """On a large plain image, how many pixels are light tells the area."""
    images = one_of_each(256, **PLAIN)[..., 0]
    shares = ((images - images.min()) / np.ptp(images)).mean(axis=(1, 2)) * 4
    expected = {
        "disc": np.pi * 0.85**2,
        "ring": np.pi * (0.9**2 - 0.5**2),
        "half-disc": np.pi * 0.9**2 / 2,
        "crescent": 1.5295,  # a disc less its lens with one of 0.8, 0.5 away
        "square": 1.4**2,
        "frame": 1.5**2 - 0.82**2,
        "triangle": 3 * np.sqrt(3) * 0.5**2,
        "star": 1.1226,  # of a pentagram whose points lie on the circle
        "cross": 2 * 1.9 * 0.6 - 0.6**2,
        "bar": 1.9 * 0.5,
    }
    for name, area in expected.items():
        assert shares[FIGURES.index(name)] == pytest.approx(area, rel=0.01), name


def test_rotation_turns_by_whole_degrees_to_both_sides():
    words = np.random.PCG64(0).random_raw(1000 * module.WORDS).reshape(1000, -1)
    uniform = (words[:, 0] >> np.uint64(11)) * 2.0**-53
    for rotation in (0, 20, 180):
        angles = np.floor(uniform * (2 * rotation + 1)).astype(int) - rotation
        assert (angles.min(), angles.max()) == (-rotation, rotation)


def test_texture_and_color_can_be_switched_off():
    plain = one_of_each(**PLAIN)
    assert np.ptp(plain, axis=-1).max() == 0  # gray
    assert np.ptp(plain[:, 0, 0], axis=0).max() == 0  # one background
    textured = one_of_each(**dict(PLAIN, texture=1))
    assert np.ptp(textured[:, :4].reshape(10, -1), axis=1).min() > 0.02


def test_figure_and_ground_are_told_apart_in_every_channel():
    """Each color channel of the middle differs from the ground's first color."""
    settings = dict(PLAIN, color=1, scale=(0.8, 0.8))
    (images, labels), _ = load_figures(500, test_count=1, **settings)
    filled = np.isin(labels, [FIGURES.index(n) for n in ("disc", "square", "cross")])
    middle, corner = images[filled, 16, 16], images[filled, 0, 0]
    assert np.abs(middle - corner).min() > 0.34


def test_a_linear_model_learns_next_to_nothing():
    """Least squares on the pixels: what a figure is cannot be read off one pixel."""
    (x, y), (x_test, y_test) = load_figures(2000, test_count=500)
    x, x_test = (a[:, ::2, ::2].reshape(len(a), -1) for a in (x, x_test))
    ridge = x.T @ x + 10 * np.eye(x.shape[1])
    weights = np.linalg.solve(ridge, x.T @ np.eye(10)[y])
    accuracy = ((x_test @ weights).argmax(axis=1) == y_test).mean()
    assert accuracy < 0.25


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"count": 0}, ValueError, "count: expected an int of at least 1"),
        ({"count": 10.0}, TypeError, "count: expected an int"),
        ({"test_count": -1}, ValueError, "test_count: expected an int of at least 1"),
        ({"image_size": 7}, ValueError, "image_size: expected an int of at least 8"),
        ({"seed": -1}, ValueError, "seed: expected an int of at least 0"),
        ({"rotation": 181}, ValueError, "rotation: expected at most 180, received 181"),
        ({"rotation": 0.5}, TypeError, "rotation: expected an int"),
        ({"scale": 0.5}, TypeError, r"scale: expected a pair \(smallest, largest\)"),
        ({"scale": (0.8, 0.5)}, ValueError, "scale: expected a pair"),
        ({"scale": (0, 0.5)}, ValueError, "scale: expected a pair"),
        ({"scale": (0.5, 1.1)}, ValueError, "scale: expected a pair"),
        ({"shift": 0.6}, ValueError, "shift: expected at most 0.5, received 0.6"),
        ({"shift": -0.1}, ValueError, "shift: expected a finite number of at least 0"),
        ({"color": 2}, ValueError, "color: expected at most 1, received 2"),
        ({"texture": True}, TypeError, "texture: expected a finite number"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(settings, error, words):
    with pytest.raises(error, match=f"^{words}"):
        load_figures(**settings)
