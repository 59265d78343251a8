import gzip
import hashlib
import subprocess
import sys

import numpy as np
import pytest

from cnnlib.data import load_mnist, mnist


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


def test_full_is_a_bool():
    with pytest.raises(TypeError, match=r"^full: expected True or False, received 1"):
        load_mnist(1)


def test_the_folder_says_where_and_never_whether(monkeypatch):
    monkeypatch.setenv("CNNLIB_DATA", "nowhere")
    assert len(load_mnist()[0][0]) == 4000
