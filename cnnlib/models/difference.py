"""Where two models first differ, and the likely cause, in words."""

from dataclasses import dataclass

import numpy as np

from cnnlib._validate import complaint, flag
from cnnlib.models import causes, relations
from cnnlib.models.graph import run
from cnnlib.models.parts import parts_of, sentence


@dataclass(frozen=True)
class Difference:
    """The first difference of two models; false where there is none.

    Attributes:
        words: what differs and why that may be, one or two sentences.
        aspect: "input", "layers", "connections", the name of a setting such as
            "padding", "shape", "parameters", "training", "loss", "weights" or
            "outputs"; "" where nothing differs.
        layer: where, as "layer 3 (conv2)", by its number and name in the first model.
    """

    words: str
    aspect: str = ""
    layer: str = ""

    def __bool__(self):
        """Tell whether there is a difference."""
        return bool(self.aspect)

    def __repr__(self):
        return self.words

    def _repr_markdown_(self):
        return self.words


def first_difference(model, other, weights=True):
    """Name the first layer in which a model differs from another, with a likely cause.

    Compared are, in this order: the shape of the input; layer by layer its kind,
    connections, settings, output shape and number of parameters; what works in
    training only (dropout, momentum) and the loss, if both are compiled; layer by layer
    the weights, and what comes out on one random input.

    An activation is the same as an argument and as a layer. So are zeros round a map
    that a convolution lays and those that a layer lays before it. A subclass is
    followed through its `call`.

    Args:
        model: a Keras model.
        other: the Keras model that is expected.
        weights: False compares what was built alone: `model` then computes with the
            weights of `other`, and keeps its own.
    Returns:
        A `Difference`: it shows itself in words, and is false where nothing differs.
    Raises:
        TypeError: if one of them is no Keras model, or `weights` is not a bool.
        ValueError: if nothing is known of the shape of an input.
    """
    weights = flag("weights", weights)
    theirs = _parts("other", other)
    known = theirs.graph.input_shapes
    mine = _parts("model", model, known[0] if len(known) == 1 else None)
    found = (
        causes.inputs(mine.graph.input_shapes, known)
        or causes.structure(mine, theirs)
        or causes.training(mine, theirs)
        or causes.losses(model, other)
        or _numbers(mine, theirs, weights)
    )
    if found:
        return Difference(*found)
    same = f"{len(mine.graph.steps)} layers, the same shapes and settings"
    same += ", the same weights" if weights else ""
    return Difference(f"No difference: {same}, the same outputs on a random input.")


def _parts(name, model, input_shape=None):
    try:
        return parts_of(model, input_shape)
    except TypeError:
        came = type(model).__name__
        raise TypeError(complaint(name, "a Keras model", came)) from None


def _numbers(mine, theirs, weights):
    """Compare what the layers hold and what they compute, layer by layer."""
    pairs = list(zip(mine.main, theirs.main))
    shared = {}
    for number, (part, other) in enumerate(pairs):
        shapes = [
            [tuple(w.shape) for w in getattr(p.layer, "weights", [])]
            for p in (part, other)
        ]
        if shapes[0] != shapes[1]:
            words = f"has weights of the shapes {shapes[0]}, {shapes[1]} expected."
            return f"{sentence(part.where)} {words}", "weights", part.where
        if other.layer is not None:
            shared[part.step] = getattr(other.layer, "weights", [])
        found = weights and relations.weights(mine, number, other)
        if found:
            return found
    return _outputs(mine, theirs, pairs, shared)


def _outputs(mine, theirs, pairs, shared):
    """Compare what comes out of each layer with the same weights on the same input."""
    rng = np.random.default_rng(0)
    sizes = [[n or 32 for n in shape] for shape in theirs.graph.input_shapes]
    inputs = [rng.normal(size=(1, *size)).astype("float32") for size in sizes]
    mine_run = list(run(mine.graph, inputs, shared))
    theirs_run = list(run(theirs.graph, inputs))
    for part, other in pairs:
        if not (part.is_last and other.is_last):
            continue
        ours, right = (
            np.asarray(values, float)
            for values in (mine_run[part.step], theirs_run[other.step])
        )
        if ours.shape != right.shape:
            continue  # of a layer that hands on several values
        limit = 1e-4 * max(np.abs(right).max(initial=0), 1e-3)
        most = np.abs(ours - right).max(initial=0)
        if not most <= limit:
            words = (
                f"{sentence(part.where)}: the same settings and weights, but other "
                f"outputs on a random input; the largest difference is {most:.3g}."
            )
            return words, "outputs", part.where
    return None
