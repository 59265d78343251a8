"""Files of weights: read whole, and only into the layers that they were made for."""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

from cnnlib._validate import complaint


def checked_bytes(path, sha256):
    """Read a file that has to have this SHA-256.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is truncated or altered.
    """
    content = Path(path).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        expected = f"the file with SHA-256 {sha256}"
        received = f"{len(content):,} bytes with SHA-256 {found}: truncated or altered"
        raise ValueError(complaint(str(path), expected, received))
    return content


def load_into(model, path, content=None, part=False):
    """Put the weights of a file into a model, all of them or none.

    Args:
        model: a Keras model.
        path: a file .npz as `save` writes it, or .h5 as Keras 2 and
            `keras.applications` have them.
        content: the file's bytes, if they were read already.
        part: whether the file may hold more layers behind those of the model.
    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is of another kind or broken, or if a layer does not
            fit; the message names the first one.
    """
    path = Path(path)
    if path.suffix not in READERS or path.name.endswith(".weights.h5"):
        expected = "a file .npz, or .h5 of keras.applications"
        raise ValueError(complaint("weights", expected, str(path)))
    content = path.read_bytes() if content is None else content
    try:
        saved = READERS[path.suffix](io.BytesIO(content))
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        expected = f"a whole file {path.suffix} of weights"
        raise ValueError(complaint(str(path), expected, error)) from error
    layers = [layer for layer in model.layers if layer.weights]
    _look_at(layers, saved[: len(layers)] if part else saved, path)
    for layer, (_, weights) in zip(layers, saved):
        layer.set_weights(weights)


def save(model, path, dtype=np.float16):
    """Write the weights of a model into a file .npz, layer by layer.

    Raises:
        ValueError: if a weight is too large or too small a number for `dtype`.
    """
    arrays = {}
    for layer in model.layers:
        for weight, value in zip(layer.weights, layer.get_weights()):
            with np.errstate(over="ignore"):
                stored = value.astype(dtype)
            if not np.isfinite(stored).all():
                expected = f"numbers that {np.dtype(dtype)} can hold"
                received = f"{np.abs(value).max():g} in {layer.name}"
                raise ValueError(complaint("model", expected, received))
            arrays[f"{layer.name}/{weight.name}"] = stored
    np.savez_compressed(path, **arrays)


def _read_npz(stream):
    saved = {}
    with np.load(stream, allow_pickle=False) as arrays:
        for name, value in arrays.items():
            saved.setdefault(name.split("/")[0], []).append(value.astype(np.float32))
    return list(saved.items())


def _read_h5(stream):
    import h5py  # Keras brings it

    with h5py.File(stream, "r") as file:
        layers = file.get("model_weights", file)
        saved = []
        for name in layers.attrs["layer_names"]:
            weights = [layers[name][w][()] for w in layers[name].attrs["weight_names"]]
            if weights:
                saved.append(
                    (name if isinstance(name, str) else name.decode(), weights)
                )
    return saved


READERS = {".npz": _read_npz, ".h5": _read_h5}


def _look_at(layers, saved, path):
    """Refuse a file by the first layer that does not fit."""
    for place in range(max(len(layers), len(saved))):
        layer = layers[place] if place < len(layers) else None
        name, weights = saved[place] if place < len(saved) else (None, [])
        wanted = [tuple(weight.shape) for weight in layer.weights] if layer else []
        found = [weight.shape for weight in weights]
        if wanted != found:
            whose = layer.name if layer else "the end of the model"
            received = f"{found} of its {name}" if name else "the end of the file"
            expected = f"weights of {wanted} for {whose}" if layer else f"{whose}"
            raise ValueError(complaint(str(path), expected, received))
