"""Plans become layers."""

from cnnlib._validate import complaint, entries
from cnnlib.layers.activations import ReLU
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
        ValueError: if a setting is out of range.
    """
    layers = []
    for number, entry in enumerate(entries("plan", plan, "entries of cnnlib.plans")):
        layer = _LAYERS.get(type(entry).__name__)
        if layer is None:
            expected = f"an entry of cnnlib.plans for one of {', '.join(_LAYERS)}"
            raise TypeError(complaint(f"plan[{number}]", expected, repr(entry)))
        layers.append(layer(**vars(entry)))
    return layers
