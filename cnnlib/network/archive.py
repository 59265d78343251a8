"""A network's arrays in a plain .npz file, written whole or not at all."""

import json
import math
import os
import secrets
import shutil
import stat
import zipfile
from pathlib import Path

import numpy as np

from cnnlib._validate import complaint


def save(network, path):
    """Write the layers in words, the input shape and what lasts of each layer."""
    plan = json.dumps(_plan(network.layers))
    arrays = {"layers": np.array(plan), "input_shape": network.input_shape}
    write_arrays(path, arrays | network.arrays())


def load(network, path):
    """Give a network the arrays from a file of the same layers.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is damaged or of other layers. Nothing has changed.
    """
    stored = read_arrays(path)
    _compare(network.layers, stored.get("layers"))
    try:
        input_shape = tuple(stored.get("input_shape", np.array([])).tolist())
        shapes = network.array_shapes(input_shape)
    except (TypeError, ValueError) as error:
        message = complaint("path", "an input_shape that fits", error)
        raise ValueError(message) from error
    for name, shape in shapes.items():
        found = stored.get(name, np.array(0))
        floats = found.dtype.type in (np.float32, np.float64)
        if not (floats and found.shape == shape and np.isfinite(found).all()):
            expected = f"{name} of shape {shape}, finite floats"
            received = f"{found.dtype} of shape {found.shape}"
            raise ValueError(complaint("path", expected, received))
    for number, layer in enumerate(network.layers):
        for name in (*layer.trainable, *layer.state):
            if f"layers[{number}].{name}" in shapes:
                setattr(layer, name, stored[f"layers[{number}].{name}"])
    network.input_shape = input_shape


def _plan(layers):
    return [[type(layer).__name__, layer.settings()] for layer in layers]


def _compare(layers, stored):
    """Compare layers with a stored plan; a setting that it lacks has its default."""
    try:
        plan = json.loads(stored.item())
        same = len(plan) == len(layers) and all(map(_alike, layers, plan))
        found = _in_words(plan)
    except (AttributeError, TypeError, ValueError):  # no plan of any layers
        same, found = False, [] if stored is None else stored.tolist()
    if not same:
        raise ValueError(complaint("path", f"layers {_in_words(_plan(layers))}", found))


def _in_words(plan):
    return [
        f"{name}({', '.join(f'{key}={value}' for key, value in settings.items())})"
        for name, settings in plan
    ]


def _alike(layer, entry):
    name, settings = entry
    mine = type(layer)
    return name == mine.__name__ and mine(**settings).settings() == layer.settings()


def write_arrays(path, arrays):
    """Write {name: array} to `path`; a file that is there is replaced at the end.

    A link stays a link, and a file keeps its mode and its other names.

    Raises:
        OSError: if the file cannot be written; the old one is then untouched.
        TypeError: if `path` is no path.
    """
    target = Path(os.path.realpath(_path(path)))
    if not target.parent.is_dir():
        expected = "a file in a folder that is there"
        raise FileNotFoundError(complaint("path", expected, target))
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            if target.exists():
                _may_replace(target)
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            np.savez(file, **arrays)
        if target.exists() and target.stat().st_nlink > 1:
            shutil.copyfile(part, target)  # its other names must see it too
        else:
            os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _path(path):
    try:
        return Path(os.fsdecode(path))
    except TypeError as error:
        raise TypeError(complaint("path", "a path", repr(path))) from error


def _may_replace(target):
    """Refuse what could be replaced, but is not there to be."""
    if not target.is_file():
        raise OSError(complaint("path", "a file", target))
    if not os.access(target, os.W_OK):
        raise PermissionError(complaint("path", "a file that may be written", target))


def read_arrays(path):
    """Read {name: array} from a file that `write_arrays` wrote.

    It takes no more memory than the file has bytes.

    Raises:
        FileNotFoundError: if there is no such file.
        TypeError: if `path` is no path.
        ValueError: if it cannot be read, or is truncated or altered.
    """
    path = _path(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _weigh(archive, path.stat().st_size)
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


def _weigh(archive, size):
    """Refuse a file whose arrays say that they are larger than the file."""
    members = archive.infolist()
    if sum(member.file_size for member in members) > size:
        raise zipfile.BadZipFile("its parts are larger than itself")
    for member in members:
        with archive.open(member) as file:
            version = np.lib.format.read_magic(file)
            if version == (1, 0):
                shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            else:
                shape, _, dtype = np.lib.format.read_array_header_2_0(file)
        if math.prod(shape) * dtype.itemsize > member.file_size:
            raise zipfile.BadZipFile(f"{member.filename} is larger than its part")
