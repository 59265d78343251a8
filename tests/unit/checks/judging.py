"""A check of a function, and what checks say, for the tests beside this file."""

import numpy as np

from cnnlib.checks.engine import Function, Value
from cnnlib.checks.result import NOT_YET, PASSED

HAND = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
RANDOM = np.random.default_rng(0).normal(size=(4, 3))
DOUBLE = Function(reference=lambda image: 2 * image, inputs=[HAND, RANDOM])
MATRIX = Value(expected=np.arange(6).reshape(2, 3) - 2)


def passes(answer, expected):
    """Tell whether an answer to a Value check passes."""
    return Value(expected=expected).judge(answer).status == PASSED


def not_yet(answer, item=DOUBLE):
    """Return what is said to an answer that is not right yet."""
    status, message, _ = item.judge(answer)
    assert status == NOT_YET
    return message
