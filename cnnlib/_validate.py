"""What public functions ask of their arguments, and one form for every complaint.

Each helper takes the argument's name first and gives back the value in the one form
that the caller works with.
"""

import math
import numbers
import operator
import os
import reprlib
from collections.abc import Sequence

import numpy as np


def switch(name, default):
    """Tell whether a variable of the environment is on; unset or empty: the default."""
    word = os.environ.get(name, "").strip().lower()
    if not word:
        return default
    return word.strip("0") not in ("", "n", "no", "none", "off", "f", "false")


def complaint(name, expected, received):
    """Word an error message: which argument, what was expected, what came."""
    return f"{name}: expected {expected}, received {received}"


def integer(name, value, minimum=1):
    """Return `value` as an int of at least `minimum`; a float or a bool is refused."""
    expected = "an int" if minimum is None else f"an int of at least {minimum}"
    return _integer(name, value, minimum, expected, value)


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
        flag = isinstance(value, (bool, np.bool_))
        number = None if flag else operator.index(value)
    except TypeError:
        number = None
    if number is None:
        raise TypeError(complaint(name, expected, reprlib.repr(received)))
    if minimum is not None and number < minimum:
        raise ValueError(complaint(name, expected, reprlib.repr(received)))
    return number


def checked_padding(name, value):
    """Return the padding as "same" or as a number of pixels; "valid" is 0 pixels."""
    expected = 'an int of at least 0, "valid" or "same"'
    if not isinstance(value, str):
        return _integer(name, value, 0, expected, value)
    if value not in ("valid", "same"):
        raise ValueError(complaint(name, expected, reprlib.repr(value)))
    return 0 if value == "valid" else "same"


def checked_shape(name, value):
    """Return a shape as a tuple of ints, each at least 1; at least one axis."""
    expected = "a shape such as (28, 28, 1)"
    if not isinstance(value, (Sequence, np.ndarray)):  # a set has no order
        raise TypeError(complaint(name, expected, reprlib.repr(value)))
    sides = entries(name, value, expected)
    if not sides:
        raise ValueError(complaint(name, expected, reprlib.repr(value)))
    return tuple(_integer(name, side, 1, expected, value) for side in sides)


def entries(name, value, expected):
    """Return a list of what `value` holds, if it can be gone through."""
    try:
        return list(value)
    except TypeError as error:
        raise TypeError(complaint(name, expected, reprlib.repr(value))) from error


def flag(name, value):
    """Return True or False; anything else that Python takes for one is refused."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(complaint(name, "True or False", reprlib.repr(value)))
    return bool(value)


def generator(name, value):
    """Return a NumPy generator: the one that is given, or one that a seed starts."""
    try:
        if isinstance(value, bool):  # NumPy would take it for 0 or 1
            raise TypeError("a bool is no seed")
        return np.random.default_rng(value)
    except (TypeError, ValueError) as error:
        expected = "a seed such as 0, or a NumPy generator"
        message = complaint(name, expected, reprlib.repr(value))
        raise type(error)(message) from error


def float_type(name, value):
    """Return float32 or float64, given as a dtype or in any way that NumPy reads."""
    expected = "float32 or float64"
    try:
        dtype = None if value is None else np.dtype(value).type
    except TypeError:
        dtype = None
    if dtype is None:
        raise TypeError(complaint(name, expected, reprlib.repr(value)))
    if dtype not in (np.float32, np.float64):
        raise ValueError(complaint(name, expected, np.dtype(value)))
    return dtype


def fraction(name, value):
    """Return a number from 0 to below 1 as a float."""
    expected = "a number from 0 to below 1"
    number = real(name, value)
    if not 0 <= number < 1:
        raise ValueError(complaint(name, expected, number))
    return number


def real(name, value, minimum=-math.inf):
    """Return a finite number of at least `minimum` as a float; a bool is refused."""
    expected = "a finite number"
    if minimum > -math.inf:
        expected += f" of at least {minimum:g}"
    if isinstance(value, (bool, str)) or not isinstance(value, numbers.Real):
        raise TypeError(complaint(name, expected, reprlib.repr(value)))
    try:
        number = float(value)
    except OverflowError:  # an int of hundreds of digits
        number = math.inf
    if not (math.isfinite(number) and number >= minimum):
        raise ValueError(complaint(name, expected, reprlib.repr(value)))
    return number


def numeric(name, value, axes=None):
    """Return `value` as an array of real numbers with the given axes, none empty.

    Args:
        name: the argument's name.
        value: anything that NumPy can turn into an array.
        axes: the names of the axes, as "N, H, W, C"; None for any shape.
    Raises:
        TypeError: if the array holds objects, text or complex numbers.
        ValueError: if its rank is not the number of axes, an axis is empty, or a
            value is masked.
    """
    if value is None:
        raise TypeError(complaint(name, "real numbers", None))
    if np.ma.is_masked(value):
        raise ValueError(complaint(name, "an array without masked values", "some"))
    try:
        array = np.asarray(value)
    except ValueError as error:  # rows of different lengths
        message = complaint(name, "rows of equal length", reprlib.repr(value))
        raise ValueError(message) from error
    if array.dtype.kind not in "biuf":
        raise TypeError(complaint(name, "real numbers", f"dtype {array.dtype}"))
    shape = "a shape" if axes is None else f"shape ({axes})"
    if axes is not None and array.ndim != len(axes.split(",")):
        raise ValueError(complaint(name, shape, f"shape {array.shape}"))
    if array.size == 0:
        expected = f"{shape} without an empty axis"
        raise ValueError(complaint(name, expected, f"shape {array.shape}"))
    # where there are wider floats, little else can work with them
    return cast(name, array, np.float64) if array.dtype.itemsize > 8 else array


def finite(name, array):
    """Return an array, if it holds neither NaN nor infinities."""
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(complaint(name, "finite numbers", "nan or inf"))
    return array


def float_dtype(array):
    """Return float64 for float64 and float32 for any other dtype."""
    # .type, because float64 of the other byte order is float64 too
    return np.float64 if array.dtype.type is np.float64 else np.float32


def cast(name, array, dtype):
    """Return an array in float32 or float64, if that can hold its numbers."""
    try:
        with np.errstate(over="raise"):
            return array.astype(dtype, copy=False)
    except FloatingPointError as error:
        expected = f"numbers that {np.dtype(dtype)} can hold"
        largest = np.abs(array[np.isfinite(array)]).max()
        raise ValueError(complaint(name, expected, f"{largest:g}")) from error


def floats(name, value, axes=None):
    """Return `value` as `numeric` does, in float64 if it is that, else in float32."""
    array = numeric(name, value, axes)
    return cast(name, array, float_dtype(array))


def batch(name, value):
    """Return `value` as `floats` does, if it has at least an axis N."""
    array = floats(name, value)
    if array.ndim == 0:
        raise ValueError(complaint(name, "shape (N, ...)", "shape ()"))
    return array


def shaped(name, value, shape, dtype):
    """Return `value` as an array of exactly this shape, in this dtype."""
    array = numeric(name, value)
    if array.shape != shape:
        raise ValueError(complaint(name, f"shape {shape}", f"shape {array.shape}"))
    return cast(name, array, dtype)


def class_labels(name, value, num_classes):
    """Return labels as an array of ints from 0 to num_classes - 1, shape (N,)."""
    labels = numeric(name, value, "N")
    if labels.dtype.kind not in "iu":
        raise TypeError(complaint(name, "ints", f"dtype {labels.dtype}"))
    low, high = labels.min(), labels.max()
    if low < 0 or high >= num_classes:
        expected = f"classes from 0 to {num_classes - 1}"
        raise ValueError(complaint(name, expected, low if low < 0 else high))
    return labels
