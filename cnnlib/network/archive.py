"""A network's parameters in a plain .npz file, written whole or not at all."""

import copy
import os
import zipfile
from pathlib import Path

import numpy as np

from cnnlib._validate import complaint


def save(network, path):
    """Write the layers in words, the input shape and the parameters."""
    plan = {"layers": np.array(_plan(network)), "input_shape": network.input_shape}
    write_arrays(path, plan | network.parameters())


def load(network, path):
    """Give a network the parameters from a file of the same layers.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is damaged or of other layers. Nothing has changed.
    """
    stored = read_arrays(path)
    plan = stored.get("layers", np.array([])).tolist()
    if plan != _plan(network):
        raise ValueError(complaint("path", f"layers {_plan(network)}", plan))
    other = copy.deepcopy(network)  # a wrong file spoils only the copy
    try:
        other.build(stored.get("input_shape", np.array([])).tolist())
    except (TypeError, ValueError) as error:
        message = complaint("path", "an input_shape that fits", error)
        raise ValueError(message) from error
    for name, parameter in other.parameters().items():
        found = stored.get(name, np.array(0))
        floats = found.dtype.type in (np.float32, np.float64)
        if not (floats and found.shape == parameter.shape and np.isfinite(found).all()):
            expected = f"{name} of shape {parameter.shape}, finite floats"
            received = f"{found.dtype} of shape {found.shape}"
            raise ValueError(complaint("path", expected, received))
    for number, layer in enumerate(network.layers):
        if f"layers[{number}].w" in stored:
            layer.w, layer.b = (stored[f"layers[{number}].{name}"] for name in "wb")
    network.input_shape = other.input_shape


def _plan(network):
    return [repr(layer) for layer in network.layers]


def write_arrays(path, arrays):
    """Write {name: array} to `path`; a file that is there is replaced at the end.

    Raises:
        OSError: if the file cannot be written; the old one is then untouched.
    """
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def read_arrays(path):
    """Read {name: array} from a file that `write_arrays` wrote.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it cannot be read, or is truncated or altered.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()  # compares every checksum
        if damaged is not None:
            raise zipfile.BadZipFile(f"{damaged} is altered")
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged file can fail in many ways
        message = complaint("path", "a complete .npz file of arrays", repr(str(path)))
        raise ValueError(f"{message}: {error}") from error
