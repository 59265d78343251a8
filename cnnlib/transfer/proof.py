"""Which weights moved: a copy before, a comparison after."""

import numpy as np

from cnnlib._validate import complaint


def snapshot(model):
    """Copy all weights of a model, those that training never changes too.

    Args:
        model: a Keras model.
    Returns:
        {name of a layer: {kind of a weight: array}}; a kind is kernel, bias, gamma,
        beta, moving_mean, moving_variance or what else the layer calls it. Layers of
        a model inside have its name before theirs, as "vgg16/block1_conv1".
    """
    found = {}
    for name, layer in _with_weights(model):
        # what Keras hands out may be the very memory that training writes to
        values = [np.array(value) for value in layer.get_weights()]
        found[name] = dict(zip((weight.name for weight in layer.weights), values))
    return found


def changed(before, model):
    """Tell which weights are not, to the last bit, what they were.

    Args:
        before: what `snapshot` gave for this model.
        model: the model now.
    Returns:
        {name of a layer: names of its weights that changed}; layers in which nothing
        changed are left out, so {} says that all is as it was.
    Raises:
        ValueError: if the model has other layers than the snapshot.
    """
    now = snapshot(model)
    for name in [*before, *now]:
        shapes = [_shapes(weights.get(name)) for weights in (before, now)]
        if shapes[0] != shapes[1]:
            expected = f"{shapes[0] or 'no layer'} in {name}, as in the snapshot"
            raise ValueError(complaint("model", expected, shapes[1] or "no such layer"))
    found = {}
    for name, weights in now.items():
        old = before[name]
        kinds = tuple(
            kind
            for kind, value in weights.items()
            if not np.array_equal(old[kind], value, equal_nan=True)
        )
        if kinds:
            found[name] = kinds
    return found


def _shapes(weights):
    return weights and {kind: value.shape for kind, value in weights.items()}


def _with_weights(model, before=""):
    """Yield (name, layer) of each layer that has weights of its own."""
    for layer in model.layers:
        name = f"{before}{layer.name}"
        if hasattr(layer, "layers"):
            yield from _with_weights(layer, f"{name}/")
        elif layer.weights:
            yield name, layer
