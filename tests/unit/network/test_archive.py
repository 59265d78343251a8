import contextlib
import json
import os

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from stripes import X, Y, copies, same, tiny

from cnnlib.layers import (
    Dense,
    Flatten,
    ReLU,
    Tanh,
)
from cnnlib.network import Network
from cnnlib.optimizers import SGD


def loaded_is(network, path):
    """Tell whether a file holds the arrays of a network."""
    other = tiny(seed=1)
    other.load(path)
    return same(copies(other), copies(network))


def test_save_and_load(tmp_path):
    network, path = tiny(), tmp_path / "tiny.npz"
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    network.save(path)
    assert [file.name for file in tmp_path.iterdir()] == ["tiny.npz"]
    with np.load(path, allow_pickle=False) as stored:
        assert_array_equal(stored["layers[0].w"], network.layers[0].w)
    unbuilt, trained = tiny(1), tiny(2)
    trained.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    for other in (unbuilt, trained):
        other.load(str(path))
        assert other.input_shape == (8, 8, 1)
        assert_array_equal(other.predict(X), network.predict(X))
        other.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))  # and it can go on


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    network, path = tiny(), tmp_path / "tiny.npz"
    network.predict(X)
    network.save(path)
    before = path.read_bytes()

    def full(file, **arrays):
        file.write(b"half of it")
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        network.save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["tiny.npz"]


def test_there_is_nothing_to_save_or_to_sum_up_before_the_first_call(tmp_path):
    for act in (lambda: tiny().save(tmp_path / "x"), tiny().summary):
        with pytest.raises(ValueError, match=r"network: .* call build\(\(H, W, C\)\)"):
            act()
    assert list(tmp_path.iterdir()) == []


def broken_files(good):
    """Yield what a file can look like that is not the right one."""
    yield "empty", b""
    yield "text", b"these are not the weights"
    for part in (10, 100, len(good) // 2, len(good) - 1):
        yield f"cut at {part}", good[:part]
    for place in np.random.default_rng(0).integers(0, len(good), 200):
        altered = bytearray(good)
        altered[place] ^= 255
        yield f"altered at {place}", bytes(altered)


def test_a_broken_file_leaves_the_network_as_it_was(tmp_path):
    network, path = tiny(), tmp_path / "tiny.npz"
    network.fit(X, Y, epochs=1, batch_size=10, optimizer=SGD(0.1))
    network.save(path)
    good, before, refused = path.read_bytes(), copies(network), 0
    for name, content in broken_files(good):
        path.write_bytes(content)
        fresh = tiny(1)
        with contextlib.suppress(ValueError):
            fresh.load(path)
        if fresh.input_shape is None:
            assert fresh.parameters() == {}, name
            refused += 1
        else:  # the byte that was altered means nothing, such as a date
            assert same(copies(fresh), before), name
    assert refused > 150


def arrays_of(network):
    plan = [[type(layer).__name__, layer.settings()] for layer in network.layers]
    return {"layers": json.dumps(plan), "input_shape": [8, 8, 1]} | copies(network)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"layers": ["Dense(2)"]},
            r"path: expected layers \['Conv2D\(filters=2, .* \['De",
        ),
        ({"layers": None}, r"path: expected layers .* received \[\]"),
        (
            {"input_shape": [12, 12, 1]},
            r"path: expected (an input_shape that fits|.* \(50, 2\))",
        ),
        ({"input_shape": [9, 9]}, r"path: expected an input_shape that fits"),
        ({"input_shape": 9}, r"path: expected an input_shape that fits"),
        ({"layers[5].w": None}, r"path: expected layers\[5\].w of shape \(18, 2\)"),
        ({"layers[5].b": np.zeros(3)}, r"path: expected layers\[5\].b .* \(3,\)"),
        ({"layers[5].b": np.zeros(2, int)}, r"path: .* received int64 of shape \(2,\)"),
        ({"layers[5].b": np.full(2, np.nan)}, r"path: .* finite floats, received"),
        ({"layers[5].b": np.zeros(2, object)}, r"path: expected a complete .npz file"),
    ],
)
def test_a_file_of_another_network_leaves_the_network_as_it_was(
    tmp_path, changes, message
):
    network, path = tiny(), tmp_path / "other.npz"
    network.predict(X)
    before = copies(network)
    arrays = arrays_of(network) | changes
    np.savez(path, **{name: a for name, a in arrays.items() if a is not None})
    for other in (network, tiny()):
        with pytest.raises(ValueError, match="^" + message):
            other.load(path)
    assert same(copies(network), before)
    assert network.input_shape == (8, 8, 1)


def test_other_activations_are_another_network(tmp_path):
    network = Network([Flatten(), Dense(3), ReLU(), Dense(2)])
    network.predict(X)
    network.save(tmp_path / "relu.npz")
    with pytest.raises(ValueError, match=r"'Tanh\(\)'.*received.*'ReLU\(\)'"):
        Network([Flatten(), Dense(3), Tanh(), Dense(2)]).load(tmp_path / "relu.npz")


def test_a_missing_file_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        tiny().load(tmp_path / "none.npz")
    with pytest.raises(ValueError, match="path: expected a complete"):
        tiny().load(tmp_path)  # a folder


def test_a_file_may_not_bring_code(tmp_path):
    class Surprise:
        def __reduce__(self):
            return print, ("surprise",)

    np.savez(tmp_path / "x.npz", layers=np.array([Surprise()], dtype=object))
    with pytest.raises(ValueError, match="path: expected a complete"):
        tiny().load(tmp_path / "x.npz")


def test_a_link_stays_a_link_and_a_private_file_private(tmp_path):
    network, target, link = tiny(), tmp_path / "real.npz", tmp_path / "link.npz"
    network.predict(X)
    target.write_bytes(b"")
    target.chmod(0o600)
    link.symlink_to(target)
    network.save(link)
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert loaded_is(network, target)


def test_a_neighbor_of_any_name_is_left_alone(tmp_path):
    network, mine = tiny(), tmp_path / "net.npz.part"
    network.predict(X)
    mine.write_text("my notes")
    network.save(tmp_path / "net.npz")
    assert mine.read_text() == "my notes"
    assert {path.name for path in tmp_path.iterdir()} == {"net.npz", "net.npz.part"}


def test_a_file_that_says_it_is_larger_than_it_is_is_refused(tmp_path):
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, layers=np.zeros(10_000_000))
    with pytest.raises(ValueError, match="its parts are larger than itself"):
        tiny().load(path)


def test_a_setting_with_a_default_may_be_missing_in_an_older_file(tmp_path):
    network, path = tiny(), tmp_path / "older.npz"
    network.predict(X)
    arrays = arrays_of(network)
    plan = json.loads(arrays["layers"])
    del plan[0][1]["strides"], plan[0][1]["padding"]
    np.savez(path, **arrays | {"layers": json.dumps(plan)})
    assert loaded_is(network, path)


def test_the_other_name_of_a_file_sees_what_is_saved(tmp_path):
    network, path, other = tiny(), tmp_path / "a.npz", tmp_path / "b.npz"
    network.predict(X)
    path.write_bytes(b"")
    os.link(path, other)
    network.save(path)
    assert path.samefile(other)
    assert {file.name for file in tmp_path.iterdir()} == {"a.npz", "b.npz"}
    assert loaded_is(network, other)


def test_a_link_that_leads_nowhere_yet_makes_its_file(tmp_path):
    network, link = tiny(), tmp_path / "link.npz"
    network.predict(X)
    link.symlink_to(tmp_path / "later.npz")
    network.save(link)
    assert link.is_symlink()
    tiny().load(tmp_path / "later.npz")


def test_a_path_may_be_bytes(tmp_path):
    network, path = tiny(), os.fsencode(tmp_path / "net.npz")
    network.predict(X)
    network.save(path)
    tiny().load(path)


@pytest.mark.parametrize("path", [None, 3, 1.5, ["net.npz"]])
def test_what_is_no_path_is_named(path):
    network = tiny()
    network.predict(X)
    for act in (network.save, network.load):
        with pytest.raises(TypeError, match=r"^path: expected a path, received"):
            act(path)


def test_a_missing_folder_is_named_and_not_made(tmp_path):
    network, path = tiny(), tmp_path / "none" / "net.npz"
    network.predict(X)
    with pytest.raises(
        FileNotFoundError, match=r"^path: .* folder that is there, .*net"
    ):
        network.save(path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_or_a_pipe_is_not_replaced(tmp_path):
    network, pipe = tiny(), tmp_path / "pipe"
    network.predict(X)
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        with pytest.raises(OSError, match=r"^path: expected a file, received"):
            network.save(path)
    assert pipe.is_fifo()
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]
