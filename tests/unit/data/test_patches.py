import numpy as np
import pytest

from cnnlib.data import PATCHES, load_patches, photo


def test_form():
    (x_train, y_train), (x_test, y_test) = load_patches()
    assert x_train.shape == (576, 32, 32, 1)
    assert x_test.shape == (192, 32, 32, 1)
    assert x_train.dtype == "float32"
    assert y_train.tolist() == [0, 1, 2] * 192
    assert y_test.tolist() == [0, 1, 2] * 64
    assert y_test.dtype == "int64"


@pytest.mark.parametrize("size", [8, 32, 60, 128])
def test_each_patch_is_a_part_of_its_photo_and_of_no_other(size):
    """Put back in their places, the patches are the photographs, each pixel once."""
    (x_train, y_train), (x_test, y_test) = load_patches(size)
    across = 512 // size
    for label, name in enumerate(PATCHES):
        patches = np.concatenate([x_train[y_train == label], x_test[y_test == label]])
        rows = patches[..., 0].reshape(across, across, size, size)
        again = rows.swapaxes(1, 2).reshape(across * size, across * size)
        expected = photo(name)[: across * size, : across * size]
        assert (np.rint(again * 255) == expected).all()
    held_out = len(y_test) // 3
    assert held_out == across * (across // 4)  # the lowest rows, whole


@pytest.mark.parametrize(
    ("size", "error", "words"),
    [
        (7, ValueError, "an int of at least 8, received 7"),
        (129, ValueError, "at most 128, received 129"),
        (32.0, TypeError, "an int of at least 8, received 32.0"),
    ],
)
def test_another_size_is_refused(size, error, words):
    with pytest.raises(error, match=f"^patch_size: expected {words}"):
        load_patches(size)
