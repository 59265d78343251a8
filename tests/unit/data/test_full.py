"""The three full sets, by one table: from a folder, through Keras, and neither."""

import errno
import gzip
import hashlib
import http.client
import pickle
import struct
import sys
import urllib.error

import numpy as np
import pytest

from cnnlib.data import full, load_cifar10, load_fashion_mnist, load_mnist
from cnnlib.data.cifar import CIFAR10
from cnnlib.data.fashion import FASHION
from cnnlib.data.mnist import MNIST

LABELS = np.array([7, 2, 1], "uint8")
GRAY = np.arange(3 * 28 * 28, dtype="uint8").reshape(3, 28, 28)
COLOR = (np.arange(3 * 32 * 32 * 3) * 7 % 256).astype("uint8").reshape(3, 32, 32, 3)


def idx(name):
    """Pack images or labels as the original files of MNIST are packed."""
    array = GRAY if "images" in name else LABELS
    head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return gzip.compress(head + array.tobytes())


def batch(name):
    """Pack images and labels as the original files of CIFAR-10 are packed."""
    planes = COLOR.transpose(0, 3, 1, 2).reshape(3, -1)
    content = {b"data": planes, b"labels": LABELS.tolist(), b"batch_label": b""}
    return pickle.dumps(content, protocol=2)


SETS = {
    "mnist": (MNIST, lambda: load_mnist(full=True), idx, GRAY, 1),
    "fashion": (FASHION, load_fashion_mnist, idx, GRAY, 1),
    "cifar10": (CIFAR10, load_cifar10, batch, COLOR, 5),
}


@pytest.fixture(params=SETS)
def the_set(request):
    return SETS[request.param]


@pytest.fixture
def folder(the_set, tmp_path, monkeypatch):
    """Write the files with three images each, and let them pass as originals."""
    full_set, _, pack, *_ = the_set
    path = tmp_path / full_set.folder
    path.mkdir()
    for name, digest in list(full_set.files.items()):
        content = pack(name)
        (path / name).write_bytes(content)
        kind = full.DIGESTS[len(digest)]
        monkeypatch.setitem(
            full_set.files, name, hashlib.new(kind, content).hexdigest()
        )
    monkeypatch.setenv("CNNLIB_DATA", str(tmp_path))
    return path


def test_the_full_set_comes_from_the_folder(the_set, folder):
    _, load, _, pixels, batches = the_set
    (x_train, y_train), (x_test, y_test) = load()
    for x, y, times in [(x_train, y_train, batches), (x_test, y_test, 1)]:
        assert x.dtype == "float32"
        assert x.ndim == 4
        assert np.allclose(x.reshape(-1, *pixels.shape) * 255, pixels)
        assert y.tolist() == [7, 2, 1] * times
        assert y.dtype == "int64"


def damage(path, how):
    content = path.read_bytes()
    if how == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif how == "altered":
        path.write_bytes(content[:20] + bytes([content[20] ^ 1]) + content[21:])
    else:
        path.write_bytes(b"")


@pytest.mark.parametrize("how", ["truncated", "altered", "empty"])
def test_a_damaged_file_is_refused_by_name_and_left_alone(the_set, folder, how):
    full_set, load, *_ = the_set
    for name in full_set.files:
        sound = (folder / name).read_bytes()
        damage(folder / name, how)
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        with pytest.raises(ValueError, match=rf"{name}: expected the original {name}"):
            load()
        assert before == {path.name: path.read_bytes() for path in folder.iterdir()}
        (folder / name).write_bytes(sound)


def test_nothing_is_unpickled_that_is_not_the_original(tmp_path, monkeypatch):
    path = tmp_path / CIFAR10.folder / "data_batch_1"
    path.parent.mkdir()
    path.write_bytes(b"cbuiltins\nexit\n(tR.")  # what would end this test
    monkeypatch.setenv("CNNLIB_DATA", str(tmp_path))
    with pytest.raises(ValueError, match="data_batch_1 with MD5 c99cafc1"):
        load_cifar10()


def test_a_missing_file_is_named_and_nothing_takes_its_place(the_set, folder):
    full_set, load, *_ = the_set
    last = list(full_set.files)[-1]
    (folder / last).unlink()
    with pytest.raises(FileNotFoundError, match=last):
        load()


def test_each_file_has_a_digest_of_its_own():
    digests = [d for s in (MNIST, FASHION, CIFAR10) for d in s.files.values()]
    assert [len(bytes.fromhex(digest)) for digest in digests] == [32] * 8 + [16] * 6
    assert len(set(digests)) == 14


@pytest.fixture
def download(the_set, keras, monkeypatch):
    """Let Keras' loader of the set do what the test gives."""
    monkeypatch.delenv("CNNLIB_DATA", raising=False)
    module = getattr(keras.datasets, the_set[0].module)
    return lambda load_data: monkeypatch.setattr(module, "load_data", load_data)


def test_without_a_folder_the_full_set_comes_through_keras(the_set, download):
    _, load, _, pixels, _ = the_set
    labels = LABELS[:, None] if pixels is COLOR else LABELS  # as Keras has them
    download(lambda: ((pixels, labels), (pixels[:2], labels[:2])))
    (x_train, y_train), (x_test, y_test) = load()
    assert x_train.shape == (*pixels.shape, 1)[:4]
    assert x_test.shape[0] == 2
    assert y_train.tolist() == [7, 2, 1]
    assert y_test.tolist() == [7, 2]


def fails(error):
    def load_data():
        raise error

    return load_data


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
def test_without_a_network_the_error_says_what_needs_none(the_set, download, error):
    full_set, load, *_ = the_set
    download(fails(error))
    with pytest.raises(ConnectionError, match="URL fetch failure") as caught:
        load()
    message = str(caught.value)
    assert message.startswith(f"{full_set.call}: expected a download of all of ")
    assert full_set.title in message
    assert full_set.instead in message
    words = f"put the {len(full_set.files)} original files into a folder "
    assert f"{words}{full_set.folder} and name its parent in CNNLIB_DATA." in message


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
def test_another_cause_is_not_called_the_network(the_set, download, error):
    download(fails(error))
    with pytest.raises(type(error)) as caught:
        the_set[1]()
    assert caught.value is error


def test_without_keras_the_error_names_it_and_what_needs_none(the_set, monkeypatch):
    full_set, load, *_ = the_set
    monkeypatch.delenv("CNNLIB_DATA", raising=False)
    for name in ("keras", "keras.datasets", f"keras.datasets.{full_set.module}"):
        monkeypatch.setitem(sys.modules, name, None)
    words = "expected keras and its backend, received .*keras.* neither; or"
    with pytest.raises(ModuleNotFoundError, match=words):
        load()
