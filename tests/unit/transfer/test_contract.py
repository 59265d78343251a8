import numpy as np
import pytest

from cnnlib.transfer import CONTRACTS, check_images, preprocess

IMAGES = np.random.default_rng(0).random((2, 4, 5, 3)).astype(np.float32)
OTHERS = [name for name in CONTRACTS if name != "vgg_small"]


def test_the_base_of_the_course_takes_the_images_of_the_course():
    assert np.array_equal(preprocess(IMAGES, "vgg_small"), IMAGES)


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_take_what_keras_makes_of_bytes(keras, name):
    module = "resnet" if name.startswith("resnet") else name
    theirs = getattr(keras.applications, module).preprocess_input(255 * IMAGES)
    ours = preprocess(IMAGES, name)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_one_pixel_of_vgg16_by_hand():
    red = np.array([[[[1, 0, 0]]]], np.float32)
    blue_green_red = preprocess(red, "vgg16")[0, 0, 0]
    assert blue_green_red == pytest.approx([-103.939, -116.779, 255 - 123.68])


@pytest.mark.parametrize("name", CONTRACTS)
def test_what_is_preprocessed_keeps_the_contract(name):
    ready = preprocess(IMAGES, name)
    assert np.array_equal(check_images(ready, name), ready)
    extremes = np.stack([np.zeros((2, 2, 3)), np.ones((2, 2, 3))])
    check_images(preprocess(extremes, name), name)


def test_a_picture_of_one_gray_is_not_suspected():
    gray = np.full((1, 4, 4, 3), 0.5)
    assert np.array_equal(check_images(gray, "vgg_small"), gray)


@pytest.mark.parametrize("name", CONTRACTS)
def test_bytes_break_every_contract(name):
    with pytest.raises(ValueError, match=r"images: expected values from \S+ ") as told:
        check_images(255 * IMAGES, name)
    assert f"preprocess(images, '{name}') makes that" in str(told.value)


@pytest.mark.parametrize("name", OTHERS)
def test_images_from_0_to_1_are_no_others(name):
    with pytest.raises(ValueError, match=r"both sides of 0, .*received none below it"):
        check_images(IMAGES, name)


@pytest.mark.parametrize(
    ("name", "images", "words"),
    [
        ("vgg_small", 2 * IMAGES - 1, "from 0 to 1, received -0.9"),
        ("vgg_small", IMAGES / 255, r"from all of its range, .* received only \S+ to"),
        ("vgg16", 2 * IMAGES - 1, r"vgg16 \(BGR, 0 to 255, minus the mean\) has them"),
        ("vgg16", 255 * IMAGES, "from -123.68 to 151.061, received"),
        ("mobilenet_v2", preprocess(IMAGES, "vgg16"), "from -1 to 1, received -1"),
    ],
)
def test_images_for_another_base_are_refused(name, images, words):
    with pytest.raises(ValueError, match=words):
        check_images(images, name)


@pytest.mark.parametrize("values", [255 * IMAGES, 2 * IMAGES - 1])
def test_only_images_from_0_to_1_are_turned_into_others(values):
    with pytest.raises(ValueError, match="images: expected values from 0 to 1, rec"):
        preprocess(values, "vgg16")


@pytest.mark.parametrize("function", [preprocess, check_images])
@pytest.mark.parametrize(
    ("error", "images", "name", "words"),
    [
        (ValueError, IMAGES, "vgg", "name: expected one of vgg_small, vgg16, "),
        (ValueError, IMAGES, None, "name: expected one of "),
        (ValueError, IMAGES[0], "vgg16", r"images: expected shape \(N, H, W, C\)"),
        (
            ValueError,
            IMAGES[..., :1],
            "vgg16",
            r"images: expected shape \(N, H, W, 3",
        ),
        (ValueError, IMAGES * np.nan, "vgg16", "images: expected finite numbers"),
        (TypeError, "x", "vgg16", "images: expected real numbers"),
    ],
)
def test_bad_input_is_told(function, error, images, name, words):
    with pytest.raises(error, match=words):
        function(images, name)
