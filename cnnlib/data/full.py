"""The whole of a data set: from its original files in a folder, or through Keras."""

import gzip
import hashlib
import http.client
import os
import ssl
import urllib.error
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnlib._validate import complaint

NETWORK_ERRORS = (
    ConnectionError,
    TimeoutError,
    http.client.HTTPException,
    ssl.SSLError,
    urllib.error.URLError,
)
DIGESTS = {32: "md5", 64: "sha256"}  # told by the number of hexadecimal digits


class FullSet(NamedTuple):
    """Where the whole of a data set is found.

    Attributes:
        call: how a reader asked for it; complaints begin with that.
        title: its name.
        module: its module in `keras.datasets`.
        folder: the folder of its original files in the folder of CNNLIB_DATA.
        files: the names of these files, each with its digest in hexadecimal.
        read: function of a path and its digest that returns what one file holds.
        join: function of what the files hold that returns x_train, y_train, x_test,
            y_test.
        instead: what a reader without a network can do.
    """

    call: str
    title: str
    module: str
    folder: str
    files: dict
    read: Callable
    join: Callable
    instead: str


def load_full(full_set):
    """Load the whole of a data set.

    Args:
        full_set: a `FullSet`. Where the environment variable CNNLIB_DATA names a
            folder, its files are read from there, else `keras.datasets` downloads
            them once.
    Returns:
        (x_train, y_train), (x_test, y_test), as `examples` makes them.
    Raises:
        ConnectionError: if the set has to be downloaded and cannot be.
        FileNotFoundError: if a file is missing in the folder of CNNLIB_DATA.
        ModuleNotFoundError: if it has to be downloaded and Keras or its backend is
            not installed.
        OSError: if a file cannot be read, or Keras cannot write its copy.
        ValueError: if a file is not the original, byte for byte.
    """
    folder = os.environ.get("CNNLIB_DATA")
    if folder:
        paths = [Path(folder, full_set.folder, name) for name in full_set.files]
        parts = [full_set.read(p, full_set.files[p.name]) for p in paths]
        x_train, y_train, x_test, y_test = full_set.join(parts)
    else:
        (x_train, y_train), (x_test, y_test) = _from_keras(full_set)
    return examples(x_train, y_train), examples(x_test, y_test)


def examples(pixels, labels):
    """Return images and labels in the form that all data sets of the course have.

    Args:
        pixels: N images of bytes, shape (N, H, W) or (N, H, W, C).
        labels: N classes, in any shape.
    Returns:
        float32 array of shape (N, H, W, C), 0 to 1; int64 array of shape (N,).
    """
    scaled = np.true_divide(pixels, 255, dtype=np.float32)
    images = scaled if scaled.ndim == 4 else scaled[..., None]
    return images, labels.reshape(-1).astype(np.int64)


def original(path, digest):
    """Read a file that has to be the original, byte for byte.

    Args:
        path: the file.
        digest: its SHA-256 or MD5, in hexadecimal.
    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if its digest is another one.
    """
    content = path.read_bytes()
    kind = DIGESTS[len(digest)]
    if hashlib.new(kind, content, usedforsecurity=False).hexdigest() != digest:
        kind = {"md5": "MD5", "sha256": "SHA-256"}[kind]
        expected = f"the original {path.name} with {kind} {digest}"
        raise ValueError(complaint(str(path), expected, f"{len(content)} other bytes"))
    return content


def read_idx(path, digest):
    """Read an array of bytes from a file in MNIST's idx format.

    Args:
        path: the gzipped file.
        digest: what the file's SHA-256 has to be, in hexadecimal.
    Returns:
        uint8 array; the file's head says its shape.
    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the digest differs: the file is truncated or altered.
    Source: the end of LeCun, Cortes & Burges, The MNIST database.
    """
    content = gzip.decompress(original(path, digest))
    axes = content[3]  # two zeros, 8 for bytes, then the number of axes
    shape = np.frombuffer(content, dtype=">u4", count=axes, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def _from_keras(full_set):
    """Read the full set from Keras' cache, which downloads it once."""
    try:
        import keras
    except ModuleNotFoundError as error:
        message = _without(full_set, "keras and its backend", error)
        raise ModuleNotFoundError(message, name=error.name) from error
    try:
        return getattr(keras.datasets, full_set.module).load_data()
    except Exception as error:
        # for a failed download Keras raises a bare Exception; what else goes wrong,
        # such as memory or permissions, has a class of its own and says so itself
        if not (type(error) is Exception or isinstance(error, NETWORK_ERRORS)):
            raise
        download = f"a download of all of {full_set.title}"
        raise ConnectionError(_without(full_set, download, error)) from error


def _without(full_set, expected, error):
    return (
        f"{complaint(full_set.call, expected, error)}. {full_set.instead}; or put the "
        f"{len(full_set.files)} original files into a folder {full_set.folder} and "
        "name its parent in CNNLIB_DATA."
    )
