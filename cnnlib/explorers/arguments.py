"""What explorers ask of their arguments, with the limits that a phone shows well.

A limit is always a pair, (lowest, highest).
"""

import numpy as np

from cnnlib._validate import complaint, integer, numeric


def setting(name, value, limits):
    """Return `value` as an int within the limits."""
    low, high = limits
    value = integer(name, value, low)
    if value > high:
        raise ValueError(complaint(name, f"an int from {low} to {high}", value))
    return value


def named(name, value, names, other=""):
    """Return `value` if it is one of the names; `other` words what else may come."""
    expected = f"{other}one of {', '.join(names)}"
    if not isinstance(value, str):
        raise TypeError(complaint(name, expected, repr(value)))
    if value not in names:
        raise ValueError(complaint(name, expected, repr(value)))
    return value


def matrix(name, value, values, sides=(1, np.inf)):
    """Return `value` as float64, shape (H, W), sides and numbers within the limits."""
    array = within(name, value, "H, W", values)
    low, high = sides
    if min(array.shape) < low or max(array.shape) > high:
        expected = f"{low} to {high} rows and columns"
        raise ValueError(complaint(name, expected, f"shape {array.shape}"))
    return array


def within(name, value, axes, limits):
    """Return `value` as float64 with the named axes, its numbers within the limits."""
    array = numeric(name, value, axes).astype(np.float64)
    low, high = limits
    outside = array[~((array >= low) & (array <= high))]  # NaN too
    if outside.size:
        expected = f"numbers from {low} to {high}"
        raise ValueError(complaint(name, expected, str(outside[0])))
    return array
