import hashlib
import shutil
import urllib.error

import numpy as np
import pytest

from cnnlib.data import CIFAR10_CLASSES
from cnnlib.measured import measured
from cnnlib.transfer import bases, pretrained_base, snapshot
from cnnlib.transfer.files import save


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Let Keras look for files in an empty folder."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(tmp_path))


@pytest.fixture
def no_network(monkeypatch):
    def refused(*args, **kwargs):
        raise urllib.error.URLError("no network")

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", refused)


def test_the_shipped_file_is_the_recorded_one():
    record = measured("l16_base")
    content = (bases.WEIGHTS / record.settings["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == record.settings["sha256"]
    assert len(content) == record.settings["bytes"] <= 2_500_000


def test_the_record_says_what_the_base_knows_and_from_where():
    record = measured("l16_base")
    assert tuple(record.settings["classes"]) == CIFAR10_CLASSES
    assert "JPEG" in record.settings["data"]
    assert "states none" in record.settings["license"]
    assert record["accuracy"][0] >= 0.78
    half, full = record["accuracy"], record["accuracy, weights in float32"]
    np.testing.assert_allclose(half, full, atol=0.002)
    np.testing.assert_allclose(record["by class"].mean(axis=1), half, atol=1e-5)


def test_the_small_base_is_frozen_and_has_no_head():
    base = pretrained_base()
    assert base.name == "vgg_small"
    assert base.output_shape == (None, 2, 2, 128)
    assert base.trainable_weights == []
    assert not any(layer.trainable for layer in base.layers)
    assert not base.compiled


def test_with_and_without_head_it_is_the_same_network():
    base, whole = (
        snapshot(pretrained_base()),
        snapshot(pretrained_base(include_top=True)),
    )
    assert [*whole] == [*base, "predictions"]
    for name, weights in base.items():
        for kind, value in weights.items():
            assert np.array_equal(value, whole[name][kind])


def test_it_is_trained():
    variance = pretrained_base().get_layer("block1_bn1").moving_variance
    assert not np.array_equal(variance.numpy(), np.ones(24))


def test_any_size_and_any_end():
    base = pretrained_base(input_shape=(64, 48, 3), last_layer="block2_pool")
    assert base.output_shape == (None, 16, 12, 48)
    assert base.layers[-1].name == "block2_pool"


def test_random_weights_are_a_control(keras):
    keras.utils.set_random_seed(3)
    one = pretrained_base(weights=None)
    keras.utils.set_random_seed(3)
    other = pretrained_base(weights=None)
    kernels = [m.get_layer("block1_conv1").get_weights()[0] for m in (one, other)]
    assert np.array_equal(*kernels)
    (trained,) = pretrained_base().get_layer("block1_conv1").get_weights()
    assert not np.array_equal(kernels[0], trained)
    assert one.trainable_weights == []


@pytest.mark.parametrize("harm", [lambda c: c[:-100], lambda c: c[:-1] + b"?"])
def test_a_truncated_or_altered_file_is_refused(tmp_path, monkeypatch, harm):
    name = measured("l16_base").settings["file"]
    content = (bases.WEIGHTS / name).read_bytes()
    (tmp_path / name).write_bytes(harm(content))
    monkeypatch.setattr(bases, "WEIGHTS", tmp_path)
    with pytest.raises(ValueError, match=r"vgg_small\.npz: expected the file with SHA"):
        pretrained_base()


def test_a_file_of_ones_own(tmp_path):
    one = pretrained_base(weights=None)
    save(one, tmp_path / "own.npz", np.float32)
    other = pretrained_base(weights=tmp_path / "own.npz")
    for a, b in zip(one.get_weights(), other.get_weights()):
        assert np.array_equal(a, b)


def test_a_file_of_the_whole_network_serves_a_part(tmp_path):
    name = measured("l16_base").settings["file"]
    shutil.copy(bases.WEIGHTS / name, tmp_path / "copy.npz")
    part = pretrained_base(weights=tmp_path / "copy.npz", last_layer="block1_pool")
    expected = pretrained_base(last_layer="block1_pool")
    for a, b in zip(part.get_weights(), expected.get_weights()):
        assert np.array_equal(a, b)


def test_a_file_of_another_architecture_is_told_by_its_first_layer(tmp_path):
    save(pretrained_base(weights=None), tmp_path / "own.npz")
    words = r"own.npz: expected weights of .* for block1_conv1, received .*, 24\)\] of"
    with pytest.raises(ValueError, match=words):
        pretrained_base("vgg16", weights=tmp_path / "own.npz")


@pytest.mark.parametrize(
    ("name", "file", "settings"),
    [
        ("vgg16", "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5", {}),
        (
            "mobilenet_v2",
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5",
            {"alpha": 0.35},
        ),
    ],
)
def test_without_a_network_one_error_says_it_all(
    tmp_path, no_network, name, file, settings
):
    with pytest.raises(ConnectionError) as told:
        pretrained_base(name, **settings)
    message = str(told.value)
    assert message.startswith(
        f"pretrained_base('{name}'): expected a download of {file}"
    )
    assert f"Put {file} into {tmp_path / 'models'}, where Keras looks" in message
    assert "pretrained_base('vgg_small') comes with the course" in message


def test_a_broken_file_in_the_cache_is_told(tmp_path, monkeypatch, no_network):
    file = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / file).write_bytes(b"broken")
    # Keras removes it, as it removes what it could not download
    with pytest.raises(ConnectionError, match=f"expected a download of {file}"):
        pretrained_base("vgg16")


def test_another_cause_is_not_called_the_network(keras, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", full)
    with pytest.raises(OSError, match="No space left") as told:
        pretrained_base("vgg16")
    assert not isinstance(told.value, ConnectionError)


@pytest.mark.parametrize("name", ["vgg16", "mobilenet_v2"])
def test_keras_bases_with_random_weights(name):
    base = pretrained_base(name, (64, 64, 3), weights=None)
    assert base.name == name
    assert base.output_shape[1:3] == (2, 2)
    assert base.trainable_weights == []


@pytest.mark.parametrize(
    ("error", "arguments", "words"),
    [
        (ValueError, {"name": "vgg"}, "name: expected one of vgg_small, vgg16"),
        (ValueError, {"weights": "imagenet"}, 'weights: expected "pretrained", None'),
        (ValueError, {"weights": "a.txt"}, "weights: expected a file .npz, or .h5"),
        (FileNotFoundError, {"weights": "no.npz"}, r"no\.npz"),
        (ValueError, {"last_layer": "block9"}, "last_layer: expected one of .*block1"),
        (ValueError, {"alpha": 0.5}, "settings: expected none for vgg_small"),
        (TypeError, {"include_top": 1}, "include_top: expected True or False"),
        (TypeError, {"input_shape": 32}, "input_shape: expected a shape"),
        (ValueError, {"input_shape": (16, 8, 3)}, r"with at least 16 x 16 pixels, rec"),
        (ValueError, {"input_shape": (32, 32, 1)}, r"expected \(H, W, 3\), as for col"),
        (ValueError, {"input_shape": (32, 32)}, r"expected \(H, W, 3\), as for color"),
    ],
)
def test_bad_input_is_told(error, arguments, words):
    with pytest.raises(error, match=words):
        pretrained_base(**arguments)
