"""Arguments that the builders share: names in, parts of plans out."""

from dataclasses import replace

from cnnlib import plans
from cnnlib._validate import complaint

BENDS = {
    "relu": plans.ReLU(),
    "tanh": plans.Tanh(),
    "scaled_tanh": plans.ScaledTanh(),
    "sigmoid": plans.Sigmoid(),
}
"""Name of an activation -> entry of a plan."""

POOLS = {"max": plans.MaxPooling2D, "average": plans.AveragePooling2D}
"""Name of a kind of pooling -> kind of entry."""


def bend(activation):
    """Return the entry of an activation."""
    return _one_of("activation", activation, BENDS)


def pool(pooling):
    """Return the kind of entry that pools."""
    return _one_of("pooling", pooling, POOLS)


def with_end(plan, classifier_activation):
    """Return a plan with the softmax at its ends, or without."""
    trunk = tuple(
        replace(entry, plan=entry.plan[:-1])
        if isinstance(entry, plans.Auxiliary)
        else entry
        for entry in plan[:-1]
    )
    ends = {"softmax": plan, None: trunk}
    return _one_of("classifier_activation", classifier_activation, ends)


def _one_of(name, value, table):
    if not isinstance(value, (str, type(None))) or value not in table:
        expected = f"one of {', '.join(map(repr, table))}"
        raise ValueError(complaint(name, expected, repr(value)))
    return table[value]
