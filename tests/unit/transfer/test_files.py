import hashlib

import numpy as np
import pytest

from cnnlib.transfer.files import checked_bytes, load_into, save


@pytest.fixture
def build(keras):
    def built(filters=3, classes=2):
        layers = keras.layers
        inputs = keras.Input((6, 6, 2))
        x = layers.Conv2D(4, 3, name="conv1")(inputs)
        x = layers.BatchNormalization(name="bn1")(x)
        x = layers.Conv2D(filters, 3, name="conv2")(x)
        x = layers.Dense(classes, name="head")(layers.Flatten(name="flatten")(x))
        return keras.Model(inputs, x)

    return built


def as_keras_2(model, path):
    """Write the format of the files of keras.applications."""
    import h5py

    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            group = file.create_group(layer.name)
            names = [f"{layer.name}/{w.name}:0".encode() for w in layer.weights]
            group.attrs["weight_names"] = names
            for name, weight in zip(names, layer.weights):
                group[name] = weight.numpy()


WRITERS = {".npz": lambda m, p: save(m, p, np.float32), ".h5": as_keras_2}
both = pytest.mark.parametrize("suffix", WRITERS)


@both
def test_there_and_back(build, tmp_path, suffix):
    one, other = build(), build()
    path = tmp_path / f"net{suffix}"
    WRITERS[suffix](one, path)
    load_into(other, path)
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        assert np.array_equal(a, b)


def test_half_precision_loses_what_it_loses(build, tmp_path):
    one, other = build(), build()
    save(one, tmp_path / "net.npz")
    load_into(other, tmp_path / "net.npz")
    for a, b in zip(one.get_weights(), other.get_weights()):
        assert np.array_equal(a.astype(np.float16), b)
    one.get_layer("bn1").gamma.assign([1e6] * 4)
    with pytest.raises(ValueError, match="numbers that float16 can hold, received 1e"):
        save(one, tmp_path / "net.npz")


@both
def test_another_architecture_is_told_by_its_first_layer(build, tmp_path, suffix):
    path = tmp_path / f"net{suffix}"
    WRITERS[suffix](build(filters=5, classes=7), path)
    model = build()
    before = model.get_weights()
    words = (
        r"net\S+: expected weights of \[\(3, 3, 4, 3\), \(3,\)\] for conv2, "
        r"received \[\(3, 3, 4, 5\), \(5,\)\] of its conv2"
    )
    with pytest.raises(ValueError, match=words):
        load_into(model, path)
    for a, b in zip(before, model.get_weights()):
        assert np.array_equal(a, b)


@both
def test_a_file_that_ends_too_early_or_too_late(build, keras, tmp_path, suffix):
    whole, path = build(), tmp_path / f"net{suffix}"
    part = keras.Model(whole.input, whole.get_layer("conv2").output)
    WRITERS[suffix](part, path)
    with pytest.raises(ValueError, match="for head, received the end of the file"):
        load_into(whole, path)
    WRITERS[suffix](build(), path)
    with pytest.raises(ValueError, match=r"expected the end of the model, .*its head"):
        load_into(part, path)
    load_into(part, path, part=True)


@both
@pytest.mark.parametrize("keep", [0, 30, 0.5, 0.99])
def test_a_truncated_file_is_refused(build, tmp_path, suffix, keep):
    path = tmp_path / f"net{suffix}"
    WRITERS[suffix](build(), path)
    content = path.read_bytes()
    path.write_bytes(content[: keep if keep > 1 else int(keep * len(content))])
    with pytest.raises(ValueError, match=rf"expected a whole file {suffix} of weights"):
        load_into(build(), path)


def test_a_file_of_pickles_is_not_opened(build, tmp_path):
    path = tmp_path / "net.npz"
    np.savez(path, **{"conv1/kernel": np.array([print], object)})
    with pytest.raises(ValueError, match=r"expected a whole file .npz of weights"):
        load_into(build(), path)


@pytest.mark.parametrize("name", ["net.txt", "net.weights.h5", "net.keras", "net"])
def test_other_kinds_of_files_are_refused(build, tmp_path, name):
    with pytest.raises(ValueError, match=r"weights: expected a file .npz, or .h5 of"):
        load_into(build(), tmp_path / name)


def test_a_missing_file_is_named(build, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.npz"):
        load_into(build(), tmp_path / "none.npz")


def test_one_byte_that_differs_is_seen(tmp_path):
    path = tmp_path / "file"
    content = bytes(range(256))
    digest = hashlib.sha256(content).hexdigest()
    path.write_bytes(content)
    assert checked_bytes(path, digest) == content
    for other in (content[:-1], content[:-1] + b"x"):
        path.write_bytes(other)
        with pytest.raises(ValueError, match=f"SHA-256 {digest}, .*truncated or al"):
            checked_bytes(path, digest)
