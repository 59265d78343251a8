"""Networks that somebody trained already: the small one of the course, and Keras'."""

import os
import re
import tempfile
from pathlib import Path

from cnnlib._validate import checked_shape, complaint, flag
from cnnlib.data.full import NETWORK_ERRORS
from cnnlib.measured import measured
from cnnlib.startup import load_keras
from cnnlib.transfer.contract import contract_of
from cnnlib.transfer.files import checked_bytes, load_into
from cnnlib.transfer.small import vgg_small

WEIGHTS = Path(__file__).parents[1] / "weights"
"""The folder of the weights that come with the course."""

FUNCTIONS = {
    "vgg16": "VGG16",
    "vgg19": "VGG19",
    "resnet50": "ResNet50",
    "mobilenet_v2": "MobileNetV2",
}
"""Name of a base -> its function in `keras.applications`."""


def pretrained_base(
    name="vgg_small",
    input_shape=None,
    include_top=False,
    weights="pretrained",
    last_layer=None,
    **settings,
):
    """Return a trained network, frozen, so that another one can be built on it.

    `vgg_small` comes with the course: `vgg_small()` trained on ten classes of small
    photographs. The others come through `keras.applications`, which downloads their
    weights once; what they were trained on is ImageNet.

    Args:
        name: "vgg_small", "vgg16", "vgg19", "resnet50" or "mobilenet_v2".
        input_shape: (H, W, C); None for what it was trained on.
        include_top: whether its own classifier stays at its end.
        weights: "pretrained"; None for random ones, as a control; or the path of a
            file, .h5 as `keras.applications` has them.
        last_layer: name of the layer that the base ends with; None for all layers.
        settings: what else the function of `keras.applications` takes: alpha and so
            on.
    Returns:
        A functional `keras.Model` with this name, not compiled, no layer trainable.
        How its images have to be is in `CONTRACTS`.
    Raises:
        ConnectionError: if weights have to be downloaded and cannot be.
        FileNotFoundError: if there is no such file.
        ValueError: if an argument is out of range; if a file is truncated or altered;
            if it is one of another architecture: the message names the first layer
            that does not fit.
    """
    contract_of(name)
    include_top = flag("include_top", include_top)
    if isinstance(weights, str) and weights in ("imagenet", "random"):
        expected = '"pretrained", None for random weights, or the path of a file'
        raise ValueError(complaint("weights", expected, repr(weights)))
    if input_shape is not None:
        input_shape = checked_shape("input_shape", input_shape)
        if input_shape[2:] != (3,):
            expected = "(H, W, 3), as for color images"
            raise ValueError(complaint("input_shape", expected, input_shape))
    shipped = weights == "pretrained"
    if name == "vgg_small":
        if settings:
            raise ValueError(complaint("settings", "none for vgg_small", settings))
        model = _small(input_shape or (32, 32, 3), shipped, include_top)
    else:
        settings["input_shape"] = input_shape or (224, 224, 3)
        settings["include_top"] = include_top
        model = _from_keras(name, "imagenet" if shipped else None, settings)
    if last_layer is not None:
        model = _cut(model, last_layer)
    if not shipped and weights is not None:
        part = last_layer is not None or not include_top
        load_into(model, weights, part=part)
    model.trainable = False
    return model


def _small(input_shape, shipped, include_top):
    """Build vgg_small, with the weights of the file that was recorded."""
    model = vgg_small(input_shape)
    if shipped:
        settings = measured("l16_base").settings
        path = WEIGHTS / settings["file"]
        load_into(model, path, checked_bytes(path, settings["sha256"]))
    return model if include_top else _cut(model, "block4_pool")


def _from_keras(name, weights, settings):
    keras = load_keras()
    try:
        build = getattr(keras.applications, FUNCTIONS[name])
        return build(weights=weights, name=name, **settings)
    except Exception as error:
        # for a failed download Keras raises a bare Exception
        if not (type(error) is Exception or isinstance(error, NETWORK_ERRORS)):
            raise
        raise ConnectionError(_without_network(name, error)) from error


def _without_network(name, error):
    address = re.search(r"https?://\S+/([\w.+-]+\.h5)", str(error))
    file = address[1] if address else "its file of weights"
    message = complaint(f"pretrained_base({name!r})", f"a download of {file}", error)
    return (
        f"{message}. Put {file} into {_cache()}, where Keras looks for it, or give the "
        "path of a copy as weights; pretrained_base('vgg_small') comes with the course "
        "and needs no network."
    )


def _cache():
    """Return the folder in which Keras keeps files of weights."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    if not os.access(home, os.W_OK):
        home = Path(tempfile.gettempdir(), ".keras")
    return home / "models"


def _cut(model, last_layer):
    import keras

    names = [layer.name for layer in model.layers]
    if last_layer not in names:
        expected = f"one of {', '.join(names)}"
        raise ValueError(complaint("last_layer", expected, repr(last_layer)))
    end = model.get_layer(last_layer).output
    return keras.Model(model.input, end, name=model.name)
