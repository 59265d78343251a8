"""Read whatever a student hands in as an array, or say in words why that fails."""

import numpy as np


class Problem(Exception):
    """Something is wrong with the answer itself; the message is for the student."""


class NotWritten(Problem):
    """The answer is still the stub."""


class AnyOf:
    """Several forms of one answer, such as a number or a matrix filled with it."""

    def __init__(self, forms):
        self.forms = forms


def any_of(*forms):
    """Accept each form, which may be an any_of itself: any_of(4, (4, 4))."""
    return AnyOf([array for form in forms for array in forms_of(form)])


def forms_of(wanted):
    """Return the accepted forms of an answer as arrays, text in lower case."""
    return wanted.forms if isinstance(wanted, AnyOf) else [_plain(np.asarray(wanted))]


def _plain(array):
    return np.char.lower(np.char.strip(array)) if array.dtype.kind == "U" else array


def read(answer, wanted, subject="Your answer"):
    """Turn an answer into an array of text, of finite float64 numbers or of bools.

    Args:
        answer: whatever the student gave: a number, a list, an array, a tensor.
        wanted: the right answer, which decides between text, truth values and numbers.
        subject: how the messages call the answer.
    Raises:
        NotWritten: if the answer, or a part of it, is `...` or None.
        Problem: if the answer cannot be read.
    """
    array = _as_array(answer, subject)
    kind = forms_of(wanted)[0].dtype.kind
    came = f"{subject} is of type `{type(answer).__name__}`"
    if kind == "U":
        if array.dtype.kind != "U":
            raise Problem(f"{came}, and text is expected.")
        return _plain(array)
    if array.dtype.kind == "b" and kind != "b":
        return array  # compared as what it is: a known mistake may return a bool
    _refuse_non_numbers(array.dtype.kind, subject)
    try:
        numbers = array.astype(float)
    except Exception:
        raise Problem(f"{came}, and numbers are expected.") from None
    if not np.isfinite(numbers).all():
        index = tuple(np.argwhere(~np.isfinite(numbers))[0])
        value = "NaN (not a number)" if np.isnan(numbers[index]) else "infinity"
        raise Problem(f"{subject} holds {value}{place(index)}.")
    return numbers


def _as_array(answer, subject):
    if answer is None or answer is ...:
        raise NotWritten("Put your answer where the `...` stands, then run the cell.")
    if callable(answer) and not hasattr(answer, "__array__"):
        raise Problem(f"{subject} is a function, and a value is expected: call it.")
    try:
        array = np.array(answer)
    except Exception as error:
        raise Problem(
            f"{subject} cannot be read as an array ({type(error).__name__}): "
            "are all its rows equally long?"
        ) from None
    if array.dtype == object and any(
        part is None or part is ... for part in array.flat
    ):
        raise NotWritten("A part of your answer is still `...` or None.")
    return array


def _refuse_non_numbers(found, subject):
    if found == "U":
        raise Problem(
            f"{subject} is text, and numbers are expected: drop the quotation marks."
        )
    if found == "c":
        raise Problem(f"{subject} holds complex numbers: take the real part.")


def place(index):
    """Say where in an array an index lies: " in row 1, column 0 (counted from 0)"."""
    if not index:
        return ""
    words = {1: "at position {}", 2: "in row {}, column {}"}.get(
        len(index), "at index (" + ", ".join(["{}"] * len(index)) + ")"
    )
    return f" {words.format(*index)} (counted from 0)"
