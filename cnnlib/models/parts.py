"""A model in one form, whichever way it was written: what `first_difference` compares.

An activation stands by itself, whether it was an argument or a layer; borders of zeros
belong to the convolution behind them, as numbers of pixels; what works in training
only stands aside.
"""

import reprlib
from dataclasses import dataclass, field
from math import prod

from cnnlib.models.graph import Graph, trace
from cnnlib.models.windows import borders

ONLY_IN_TRAINING = ("dropout", "noise", "random")
"""Words in the names of layers that do nothing but in training."""

COMMUTATIVE = ("Add", "Average", "Maximum", "Minimum", "Multiply")
"""Layers that ask for no order of what they get."""

_ACTIVATIONS = {
    *("relu", "softmax", "sigmoid", "tanh", "elu", "selu", "silu", "gelu", "softplus")
}
_NO_SETTINGS = ("name", "trainable", "dtype", "seed", "activation", "synchronized")
_NO_SETTINGS_END = ("initializer", "regularizer", "constraint")


@dataclass
class Part:
    """One thing that a model does.

    Attributes:
        kind: the class of the layer, or the name of an activation, as "relu".
        settings: {argument: value}, those that change what comes out.
        step: the number of its step in the graph.
        where: the layer in words, as "layer 3 (conv2)".
        sources: the numbers of the parts that feed it; inputs are -1, -2, ...
        output_shape: without N.
        parameters: how many it has.
        layer: what holds its weights.
        is_last: whether its result is that of its step.
    """

    kind: str
    settings: dict
    step: int
    where: str
    sources: tuple
    output_shape: tuple
    parameters: int = 0
    layer: object = None
    is_last: bool = True

    @property
    def is_activation(self):
        """Whether it is a function of each number by itself."""
        return self.kind.islower()  # a function, and no class

    def __str__(self):
        """Write it as one would build it."""
        first = ("filters", "units", "kernel_size", "pool_size")
        given = [short(self.settings[key]) for key in first if key in self.settings]
        return f"{self.kind}({', '.join(given)})" if given else self.kind


@dataclass
class Parts:
    """What a model does, first to last.

    Attributes:
        graph: its calls.
        main: a list of `Part`.
        training: (place, kind, settings, where) of what works in training only; the
            place is the number of parts before.
        outputs: the numbers of the parts that it returns.
    """

    graph: Graph
    main: list = field(default_factory=list)
    training: list = field(default_factory=list)
    outputs: tuple = ()


def parts_of(model, input_shape=None):
    """Take a model apart.

    Args:
        model: a Keras model.
        input_shape: as in `trace`.
    Returns:
        Its `Parts`.
    """
    parts = Parts(trace(model, input_shape))
    made = {-1 - i: -1 - i for i in range(len(parts.graph.input_shapes))}
    waiting = {}  # borders of zeros, by the step that lays them
    for number, step in enumerate(parts.graph.steps):
        where = f"layer {number + 1} ({step.name})"
        sources = tuple(made[source] for source in step.sources)
        made[number] = sources[0] if sources else len(parts.main) - 1
        kind, settings = _kind(step), _settings(step)
        if kind in COMMUTATIVE:
            sources = tuple(sorted(sources))
        if any(word in kind.lower() for word in ONLY_IN_TRAINING):
            parts.training.append((len(parts.main), kind, settings, where))
            continue
        if kind == "linear":
            continue
        if kind == "ZeroPadding2D" and _feeds_a_valid_convolution(parts.graph, number):
            waiting[number] = settings["padding"]
            continue
        if step.sources and step.sources[0] in waiting:
            settings["padding"] = waiting[step.sources[0]]
        if "momentum" in settings:
            momentum = {"momentum": settings.pop("momentum")}
            parts.training.append((len(parts.main), kind, momentum, where))
        weights = getattr(step.layer, "weights", []) if step.is_first else []
        made[number] = len(parts.main)
        part = Part(kind, settings, number, where, sources, step.output_shape)
        part.parameters, part.layer = sum(prod(w.shape) for w in weights), step.layer
        parts.main.append(part)
        bend = _bend(step)
        if bend:
            part.is_last = False
            last = Part(bend, {}, number, where, (made[number],), step.output_shape)
            made[number] = len(parts.main)
            parts.main.append(last)
    parts.outputs = tuple(made[output] for output in parts.graph.outputs)
    return parts


def _kind(step):
    """Name a layer by what it does, in one word for all ways to write it."""
    layer, kind = step.layer, step.kind
    if kind == "Activation":
        return _named(layer.activation)
    if kind == "Identity":
        return "linear"
    small = kind.lower()
    if small in _ACTIVATIONS and (small != "relu" or _is_plain(layer)):
        return small
    if kind == "Reshape" and len(step.output_shape) == 1:
        return "Flatten"
    return kind


def _is_plain(relu):
    usual, config = (
        {"max_value": None, "negative_slope": 0, "threshold": 0},
        _config(relu),
    )
    return all(config.get(key, value) == value for key, value in usual.items())


def _bend(step):
    """Return the name of the activation that is an argument of a layer, or None."""
    function = getattr(step.layer, "activation", None)
    if step.kind == "Activation" or function is None:
        return None
    name = _named(function)
    return None if name == "linear" else name


def _named(function):
    name = getattr(function, "__name__", None)
    if name:
        return name
    small = type(function).__name__.lower()  # a layer that is given as an activation
    return small if small in _ACTIVATIONS else type(function).__name__


def _settings(step):
    if _kind(step) == "Flatten" and step.kind == "Reshape":
        return {"data_format": "channels_last"}  # as the values stand
    settings = {
        key: _plain(value)
        for key, value in _config(step.layer).items()
        if key not in _NO_SETTINGS and not key.endswith(_NO_SETTINGS_END)
    }
    if step.kind == "Lambda":
        settings.pop("function", None)  # its code; what it gives is compared
    if isinstance(settings.get("axis"), int) and settings["axis"] < 0:
        settings["axis"] += len(step.output_shape) + 1
    if _kind(step) in _ACTIVATIONS:
        is_usual = settings.get("axis") in (None, len(step.output_shape))
        settings = {} if is_usual else {"axis": settings["axis"]}
    shape = step.input_shapes[0] if step.input_shapes else ()
    if isinstance(settings.get("padding"), str):
        settings["padding"] = borders(step.layer, shape) or settings["padding"]
    return settings


def _config(layer):
    """Return the settings of a layer or an operation, none where it keeps none."""
    try:
        return layer.get_config()
    except (AttributeError, NotImplementedError):
        return {}


def _feeds_a_valid_convolution(graph, number):
    users = [step for step in graph.steps if number in step.sources]
    return number not in graph.outputs and all(
        "Conv" in step.kind and getattr(step.layer, "padding", "") == "valid"
        for step in users
    )


def _plain(value):
    """Make values comparable that are written in different ways."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return tuple(_plain(entry) for entry in value)
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return getattr(value, "__name__", value) if callable(value) else value


def sentence(where):
    """Begin a sentence with a place."""
    return where[:1].upper() + where[1:]


def short(value):
    """Write one number for a pair of equal numbers."""
    if isinstance(value, tuple) and value and len(set(value)) == 1:
        value = value[0]
    return reprlib.repr(value)
