import hashlib
import subprocess
import sys

import numpy as np
import pytest

from cnnlib import data
from cnnlib.data.installed import installed


@pytest.mark.parametrize("name", data.PHOTOS)
def test_every_photo_comes_in_gray_and_in_color(name):
    gray, color = data.photo(name), data.photo(name, color=True)
    assert gray.dtype == color.dtype == np.uint8
    assert color.shape == (*gray.shape, 3)
    assert gray.max() > gray.min()


# hashes of what scikit-learn's own reader gives
@pytest.mark.parametrize(
    ("name", "sha256"), [("china", "e701459344fd6979"), ("flower", "3202904ed246795b")]
)
def test_a_photo_of_scikit_learn_comes_without_it(name, sha256):
    pixels = data.photo(name, color=True)
    assert pixels.shape == (427, 640, 3)
    assert hashlib.sha256(pixels.tobytes()).hexdigest().startswith(sha256)
    pixels[0, 0] = 0  # the array is the caller's own


def test_no_photo_loads_scikit_learn():
    code = "import sys; from cnnlib import data; [data.photo(p) for p in data.PHOTOS]"
    code += "; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "sklearn" not in answer.stdout.split()


def test_a_missing_package_or_file_is_named():
    with pytest.raises(ModuleNotFoundError, match="expected nowhere, installed"):
        installed("nowhere", "a.jpg")
    with pytest.raises(FileNotFoundError, match=r"numpy: expected a file .*a\.jpg"):
        installed("numpy", "data", "a.jpg")


def test_an_unknown_photo_names_those_that_exist():
    with pytest.raises(ValueError, match=r"name: .*camera.*received 'lenna'"):
        data.photo("lenna")


def test_gray_is_the_luma():
    orange = np.array([[[255, 128, 0]]], dtype=np.uint8)
    assert data.to_gray(orange).tolist() == [[151]]  # 151.381, rounded


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4), (3,)])
def test_luma_needs_three_planes(shape):
    with pytest.raises(ValueError, match=r"image: expected uint8 of shape \(H, W, 3\)"):
        data.to_gray(np.zeros(shape, dtype=np.uint8))


def test_luma_needs_8_bit_pixels():
    with pytest.raises(ValueError, match="float64"):
        data.to_gray(np.zeros((2, 2, 3)))


def test_the_step_is_the_worked_example():
    assert data.step_image().tolist() == [[0] * 6] * 3 + [[255] * 6] * 3


@pytest.mark.parametrize("size", [0, -2, 5, 2.5, float("nan"), "6", True, None])
def test_a_step_needs_two_halves(size):
    with pytest.raises((ValueError, TypeError), match="size: expected"):
        data.step_image(size)


def test_an_edge_image_turns():
    assert data.edge_image(0)[:, 1].tolist() == [0, 127.5, 255]
    assert np.allclose(data.edge_image(90), data.edge_image(0).T, atol=1e-4)
    assert np.allclose(data.edge_image(180), data.edge_image(0)[::-1], atol=1e-4)


@pytest.mark.parametrize("angle", [float("nan"), float("inf")])
def test_an_edge_needs_a_finite_angle(angle):
    with pytest.raises(ValueError, match="angle: expected a finite number"):
        data.edge_image(angle)


@pytest.mark.parametrize("angle", ["up", None])
def test_an_edge_needs_a_number(angle):
    with pytest.raises(TypeError, match="angle: expected a finite number"):
        data.edge_image(angle)


@pytest.mark.parametrize("high", [0.5, "255", None, True, [255]])
def test_the_bright_half_is_an_int(high):
    with pytest.raises(TypeError, match=r"^high: expected an int, received"):
        data.step_image(6, high)


def test_the_bright_half_may_be_dark():
    assert data.step_image(2, np.int8(-7)).tolist() == [[0, 0], [-7, -7]]


@pytest.mark.parametrize("color", ["no", 1, None, "RGB"])
def test_color_is_a_bool(color):
    with pytest.raises(TypeError, match=r"^color: expected True or False, received"):
        data.photo("camera", color)


@pytest.mark.parametrize("name", [None, 3, [], {}, "Camera", ""])
def test_what_is_no_name_is_named(name):
    with pytest.raises(
        ValueError, match=r"^name: expected one of astronaut, .* receiv"
    ):
        data.photo(name)
