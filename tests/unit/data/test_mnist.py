import gzip
import hashlib
import struct

import numpy as np
import pytest

from cnnlib.data import load_mnist, mnist

IMAGES = np.arange(3 * 28 * 28, dtype="uint8").reshape(3, 28, 28)
LABELS = np.array([7, 2, 1], "uint8")


def idx(array):
    """Pack an array as the original files are packed."""
    head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return gzip.compress(head + array.tobytes())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make the four files with three images each, and let them pass as originals."""
    (tmp_path / "mnist").mkdir()
    hashes = {}
    for name in mnist.FILES:
        content = idx(IMAGES if "images" in name else LABELS)
        (tmp_path / "mnist" / name).write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(mnist, "FILES", hashes)
    monkeypatch.setenv("CNNLIB_DATA", str(tmp_path))
    return tmp_path / "mnist"


def test_the_sample_is_there_without_a_download():
    (x_train, y_train), (x_test, y_test) = load_mnist()
    assert x_train.shape == (4000, 28, 28, 1)
    assert x_test.shape == (1000, 28, 28, 1)
    for x, y in [(x_train, y_train), (x_test, y_test)]:
        assert x.dtype == "float32"
        assert (x.min(), x.max()) == (0, 1)
        assert y.dtype == "int64"
        assert y[:10].tolist() == list(range(10))
        assert set(np.bincount(y)) == {len(y) // 10}
    images = np.concatenate([x_train, x_test]).reshape(5000, -1)
    assert len(np.unique(images, axis=0)) == 5000  # no image is on both sides


def test_the_sample_is_always_the_same():
    (x_train, _), (x_test, _) = load_mnist()
    pixels = np.rint(np.concatenate([x_train, x_test]) * 255).astype("uint8")
    assert hashlib.sha256(pixels.tobytes()).hexdigest().startswith("d7099ff73588a67d")


def test_the_full_set_comes_from_the_folder(folder):
    (x_train, y_train), (x_test, y_test) = load_mnist(full=True)
    for x, y in [(x_train, y_train), (x_test, y_test)]:
        assert x.dtype == "float32"
        assert np.allclose(x[..., 0] * 255, IMAGES)
        assert y.tolist() == [7, 2, 1]
        assert y.dtype == "int64"


def test_the_folder_says_where_and_never_whether(folder):
    assert len(load_mnist()[0][0]) == 4000


def damage(path, how):
    content = path.read_bytes()
    if how == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif how == "altered":
        path.write_bytes(content[:20] + bytes([content[20] ^ 1]) + content[21:])
    else:
        path.write_bytes(b"")


@pytest.mark.parametrize("how", ["truncated", "altered", "empty"])
@pytest.mark.parametrize("name", mnist.FILES)
def test_a_damaged_file_is_refused_by_name_and_left_alone(folder, name, how):
    damage(folder / name, how)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ValueError, match=rf"{name}: expected the original {name}"):
        load_mnist(full=True)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_missing_file_is_named_and_nothing_takes_its_place(folder):
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError, match="t10k-labels-idx1-ubyte"):
        load_mnist(full=True)


def test_the_hashes_are_those_of_the_originals():
    assert len(mnist.FILES) == 4
    assert all(len(bytes.fromhex(sha256)) == 32 for sha256 in mnist.FILES.values())


def test_without_a_folder_the_full_set_comes_through_keras(keras, monkeypatch):
    monkeypatch.delenv("CNNLIB_DATA", raising=False)
    answer = (IMAGES, LABELS), (IMAGES[:2], LABELS[:2])
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: answer)
    (x_train, y_train), (x_test, y_test) = load_mnist(full=True)
    assert x_train.shape == (3, 28, 28, 1)
    assert x_test.shape == (2, 28, 28, 1)
    assert y_train.tolist() == [7, 2, 1]
    assert y_test.tolist() == [7, 2]


def test_without_a_network_the_error_names_the_sample(keras, monkeypatch):
    def offline():
        raise Exception("URL fetch failure")

    monkeypatch.delenv("CNNLIB_DATA", raising=False)
    monkeypatch.setattr(keras.datasets.mnist, "load_data", offline)
    with pytest.raises(ConnectionError, match=r"load_mnist\(\) .* sample .*CNN"):
        load_mnist(full=True)


def test_full_is_a_bool():
    with pytest.raises(TypeError, match=r"^full: expected True or False, received 1"):
        load_mnist(1)
