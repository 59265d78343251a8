"""What public functions ask of their arguments, and one form for every complaint.

Each helper takes the argument's name first and gives back the value in the one form
that the caller works with.
"""

import operator
import reprlib

import numpy as np


def complaint(name, expected, received):
    """Word an error message: which argument, what was expected, what came."""
    return f"{name}: expected {expected}, received {received}"


def integer(name, value, minimum=1):
    """Return `value` as an int of at least `minimum`; a float or a bool is refused."""
    return _integer(name, value, minimum, f"an int of at least {minimum}", value)


def pair(name, value, minimum=1):
    """Return an int, or a tuple or list of two, as (height, width)."""
    expected = f"an int or a pair (H, W) of ints, each at least {minimum}"
    sides = value if isinstance(value, (tuple, list)) else (value, value)
    if len(sides) != 2:
        raise ValueError(complaint(name, expected, reprlib.repr(value)))
    height, width = (_integer(name, side, minimum, expected, value) for side in sides)
    return height, width


def _integer(name, value, minimum, expected, received):
    try:
        # True is an int to Python, but never a size
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is None:
        raise TypeError(complaint(name, expected, reprlib.repr(received)))
    if number < minimum:
        raise ValueError(complaint(name, expected, reprlib.repr(received)))
    return number


def checked_padding(value):
    """Return the padding as "same" or as a number of pixels; "valid" is 0 pixels."""
    expected = 'an int of at least 0, "valid" or "same"'
    if not isinstance(value, str):
        return _integer("padding", value, 0, expected, value)
    if value not in ("valid", "same"):
        raise ValueError(complaint("padding", expected, reprlib.repr(value)))
    return 0 if value == "valid" else "same"


def numeric(name, value, axes):
    """Return `value` as an array of real numbers with the given axes, none empty.

    Args:
        name: the argument's name.
        value: anything that NumPy can turn into an array.
        axes: the names of the axes, as "N, H, W, C".
    Raises:
        TypeError: if the array holds objects, text or complex numbers.
        ValueError: if its rank is not the number of axes, or an axis is empty.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:  # rows of different lengths
        message = complaint(name, "rows of equal length", reprlib.repr(value))
        raise ValueError(message) from error
    if array.dtype.kind not in "biuf":
        raise TypeError(complaint(name, "real numbers", f"dtype {array.dtype}"))
    if array.ndim != len(axes.split(",")):
        raise ValueError(complaint(name, f"shape ({axes})", f"shape {array.shape}"))
    if array.size == 0:
        expected = f"shape ({axes}) without an empty axis"
        raise ValueError(complaint(name, expected, f"shape {array.shape}"))
    return array


def floating(array):
    """Return float64 as it is and any other dtype as float32, never a narrower one."""
    # .type, because float64 of the other byte order is float64 too
    dtype = np.float64 if array.dtype.type is np.float64 else np.float32
    return array.astype(dtype, copy=False)
