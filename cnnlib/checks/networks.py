"""The check of a network that was built in Keras: which layer is wrong, and why."""

import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from cnnlib.checks.answers import NotWritten
from cnnlib.checks.engine import Function
from cnnlib.checks.sandbox import call_all
from cnnlib.startup import load_keras


@dataclass(frozen=True, kw_only=True)
class Model(Function):
    """A Keras model, or a function that builds one, compared with a reference.

    What was built is compared, not the numbers in its weights: the answer computes
    with the weights of the reference. A wrong one gets the sentence of
    `cnnlib.models.first_difference`, unless a hint knows it.

    Attributes:
        reference: builds the right model; if it is compiled, an answer has to be, with
            a loss that takes the same for scores.
        inputs: the arguments of each call, a list of tuples; () is a call without.
            Where there is one call, the model itself is an answer as well.
        hints: a wrong answer is a function that builds a wrong model.
        seconds: the time for all calls together.
    """

    reference: Callable
    inputs: list = field(default_factory=lambda: [()])
    seconds: float = 20.0

    def _answers(self, answer):
        if answer is None or answer is ...:
            raise NotWritten("Build the model, then hand it over by its name.")
        if not callable(answer):
            return [answer], []
        if _is_model(answer):
            return [answer] * len(self.inputs), []
        load_keras()  # which takes seconds that are not the answer's
        calls = self._calls()
        nothing = [None] * len(calls)
        return call_all(answer, calls, nothing, self.seconds, lambda made, *_: made)

    def _agree(self, answers, outputs):
        return not any(map(_words, answers, outputs))

    def _difference(self, answers, wanted):
        return next(filter(None, map(_words, answers, wanted)))


def _is_model(value):
    """Tell whether something is a model; where Keras was never loaded, nothing is."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Model)


def _words(answer, right):
    """Say where a model differs, or return ""."""
    if not _is_model(answer):
        kind = type(answer).__name__
        return f"A Keras model is expected, and this is of type `{kind}`."
    if getattr(right, "compiled", False) and not getattr(answer, "compiled", False):
        return "The model is not compiled: it has no loss yet."
    from cnnlib.models import first_difference

    try:
        found = first_difference(answer, right, weights=False)
    except Exception as error:
        why = textwrap.shorten(str(error), 300)
        return f"The model does not take {_shape(right)}: {why}"
    if found:
        return found.words
    compiled = getattr(right, "compiled", False)
    if compiled and not np.isclose(_loss(answer), _loss(right), equal_nan=True):
        return "The loss makes something else of a label and its scores."
    return ""


def _loss(model):
    """Return the loss of a compiled model for one label, or NaN if it takes none."""
    import keras

    label, scores = np.array([1]), np.array([[0.2, 0.7, 0.1]], "float32")
    try:
        return float(keras.ops.mean(keras.losses.get(model.loss)(label, scores)))
    except Exception:
        return np.nan


def _shape(model):
    return f"images of shape {tuple(model.inputs[0].shape[1:])}"
