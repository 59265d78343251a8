"""CIFAR-10: small color photographs of ten kinds of things."""

import pickle

import numpy as np

from cnnlib.data.full import FullSet, load_full, original

CIFAR10_CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
"""What the labels of CIFAR-10 stand for, 0 to 9."""


def read_batch(path, digest):
    """Read one file of CIFAR-10, pickled by Python 2.

    Args:
        path: the file.
        digest: what its MD5 has to be, in hexadecimal; nothing else is unpickled.
    Returns:
        uint8 arrays: pixels of shape (N, 32, 32, 3), labels of shape (N,).
    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the digest differs: the file is truncated or altered.
    Source: Krizhevsky (2009); "Dataset layout" on the page of CIFAR-10.
    """
    batch = pickle.loads(original(path, digest), encoding="bytes")
    planes = batch[b"data"].reshape(-1, 3, 32, 32)  # all reds, all greens, all blues
    return planes.transpose(0, 2, 3, 1), np.array(batch[b"labels"], np.uint8)


def join_batches(batches):
    """Return x_train, y_train, x_test, y_test: all batches but the last, and that."""
    *train, (x_test, y_test) = batches
    pixels, labels = zip(*train)
    return np.concatenate(pixels), np.concatenate(labels), x_test, y_test


CIFAR10 = FullSet(
    call="load_cifar10()",
    title="CIFAR-10",
    module="cifar10",
    folder="cifar-10-batches-py",
    files={
        "data_batch_1": "c99cafc152244af753f735de768cd75f",
        "data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
        "data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
        "data_batch_4": "634d18415352ddfa80567beed471001a",
        "data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
        "test_batch": "40351d587109b95175f43aff81a1287e",
    },
    read=read_batch,
    join=join_batches,
    instead="load_figures() gives color pictures of the same size that need neither",
)


def load_cifar10():
    """Load all of CIFAR-10: 50,000 and 10,000 color photographs of 32 x 32 pixels.

    They come through `keras.datasets`, which downloads them once; where the
    environment variable CNNLIB_DATA names a folder, from the six original files in
    its `cifar-10-batches-py`, as the archive for Python unpacks.

    Returns:
        (x_train, y_train), (x_test, y_test): images of shape (N, 32, 32, 3), float32
        from 0 to 1, red, green, blue, and labels of shape (N,), ints from 0 to 9,
        which `CIFAR10_CLASSES` names.
    Raises:
        ConnectionError: if the set has to be downloaded and cannot be.
        FileNotFoundError: if a file is missing in the folder of CNNLIB_DATA.
        ModuleNotFoundError: if it has to be downloaded and there is no Keras.
        OSError: if a file cannot be read, or Keras cannot write its copy.
        ValueError: if a file is truncated or altered.
    Source: Krizhevsky (2009), Learning multiple layers of features from tiny images.
    """
    return load_full(CIFAR10)
