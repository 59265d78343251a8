import errno
import gzip
import hashlib
import http.client
import struct
import subprocess
import sys
import urllib.error

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
        assert y.tolist() == list(range(10)) * (len(y) // 10)
    images = np.concatenate([x_train, x_test]).reshape(5000, -1)
    assert len(np.unique(images, axis=0)) == 5000  # no image is on both sides


def test_the_sample_is_always_the_same():
    (x_train, _), (x_test, _) = load_mnist()
    pixels = np.rint(np.concatenate([x_train, x_test]) * 255).astype("uint8")
    assert hashlib.sha256(pixels.tobytes()).hexdigest().startswith("d7099ff73588a67d")


def test_the_sample_is_read_once(monkeypatch):
    load_mnist()
    monkeypatch.setattr(np, "loadtxt", None)
    assert load_mnist()[0][0].shape == (4000, 28, 28, 1)


def test_no_caller_spoils_what_the_next_one_gets():
    (x_train, y_train), _ = load_mnist()
    first = x_train[0].copy()
    x_train[:], y_train[:] = 7, 7
    (x_train, y_train), _ = load_mnist()
    assert (x_train[0] == first).all()
    assert y_train[0] == 0


def test_what_is_kept_cannot_be_written_to():
    for array in mnist._sorted_sample():
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.setflags(write=True)


def test_another_file_is_not_the_sample(tmp_path, monkeypatch):
    path = tmp_path / "mnist_5k.csv.gz"
    path.write_bytes(gzip.compress(b"1,2,3\n"))
    monkeypatch.setattr(mnist, "installed", lambda *parts: path)
    mnist._sorted_sample.cache_clear()
    with pytest.raises(ValueError, match=r"expected the original mnist_5k\.csv\.gz"):
        load_mnist()


def test_reading_the_sample_imports_no_other_package():
    code = "import sys; from cnnlib.data import load_mnist; load_mnist()"
    code += "; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"mlxtend", "pandas", "scipy", "sklearn", "keras", "tensorflow"}
    assert not heavy & set(answer.stdout.split())


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


def fails(error):
    def load_data():
        raise error

    return load_data


@pytest.fixture
def download(keras, monkeypatch):
    """Let Keras' download of MNIST fail with the error that the test gives."""
    monkeypatch.delenv("CNNLIB_DATA", raising=False)
    return lambda error: monkeypatch.setattr(
        keras.datasets.mnist, "load_data", fails(error)
    )


@pytest.mark.parametrize(
    "error",
    [
        Exception("URL fetch failure"),
        ConnectionResetError("URL fetch failure"),
        TimeoutError("URL fetch failure"),
        http.client.HTTPException("URL fetch failure"),
        urllib.error.URLError("URL fetch failure"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_without_a_network_the_error_names_the_sample(download, error):
    download(error)
    words = r"^full=True: .*URL fetch failure.*load_mnist\(\) .* sample .*CNN"
    with pytest.raises(ConnectionError, match=words):
        load_mnist(full=True)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError("of 179 MB"),
        PermissionError(errno.EACCES, "Permission denied", ".keras/datasets"),
        OSError(errno.ENOSPC, "No space left on device"),
        ValueError("the sha256 file hash does not match"),
        KeyError("x_train"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_another_cause_is_not_called_the_network(download, error):
    download(error)
    with pytest.raises(type(error)) as caught:
        load_mnist(full=True)
    assert caught.value is error


def test_without_keras_the_error_names_it_and_the_sample(monkeypatch):
    monkeypatch.delenv("CNNLIB_DATA", raising=False)
    monkeypatch.setitem(sys.modules, "keras", None)
    words = "expected keras and its backend, received .*keras.* sample "
    with pytest.raises(ModuleNotFoundError, match=words):
        load_mnist(full=True)


def test_full_is_a_bool():
    with pytest.raises(TypeError, match=r"^full: expected True or False, received 1"):
        load_mnist(1)
