"""Plans become layers."""

from dataclasses import fields
from inspect import signature

from cnnlib._validate import complaint, entries
from cnnlib.layers.activations import ReLU, Sigmoid, Tanh
from cnnlib.layers.convolution import Conv2D
from cnnlib.layers.dense import Dense
from cnnlib.layers.dropout import Dropout
from cnnlib.layers.flatten import Flatten
from cnnlib.layers.pooling import AveragePooling2D, MaxPooling2D

_LAYERS = {
    kind.__name__: kind
    for kind in (
        AveragePooling2D,
        Conv2D,
        Dense,
        Dropout,
        Flatten,
        MaxPooling2D,
        ReLU,
        Sigmoid,
        Tanh,
    )
}


def from_plan(plan):
    """Make the layers of a plan, new ones at each call.

    Args:
        plan: entries of `cnnlib.plans`, first to last, such as `plans.LENET`.
    Returns:
        A list of layers, for `cnnlib.network.Network`; they draw their weights there.
    Raises:
        TypeError: if there is no layer for an entry, or a setting has the wrong type.
        ValueError: if a setting is out of range, or the layer does not have it, as
            the `groups` of a convolution.
    """
    layers = []
    for number, entry in enumerate(entries("plan", plan, "entries of cnnlib.plans")):
        layer = _LAYERS.get(type(entry).__name__)
        if layer is None:
            expected = f"an entry of cnnlib.plans for one of {', '.join(_LAYERS)}"
            raise TypeError(complaint(f"plan[{number}]", expected, repr(entry)))
        layers.append(layer(**_settings(f"plan[{number}]", entry, layer)))
    return layers


def _settings(place, entry, layer):
    """Return what a layer is made with; a name is left out, as layers have none."""
    known, settings = signature(layer).parameters, {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in known:
            settings[field.name] = value
        elif field.name != "name" and value != field.default:
            expected = f"settings of cnnlib.layers.{layer.__name__}: {', '.join(known)}"
            raise ValueError(complaint(place, expected, repr(entry)))
    return settings
