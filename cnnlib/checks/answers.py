"""Read whatever a student hands in as an array, or say in words why that fails."""

import re
import unicodedata
from collections.abc import KeysView, ValuesView
from decimal import Decimal
from numbers import Real

import numpy as np

# what a text may bring along when it is typed or copied, as in typed.js
INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
QUOTES = "\"'$`´‘’‚‛“”„‟‹›«»"
_AROUND = rf"[\s.,;:!?…()[\]{{}}{QUOTES}]+"
_NUMBERS = (Real, Decimal)
_PARTLY = "A part of your answer is still `...` or None."


class Problem(Exception):
    """Something is wrong with the answer itself; the message is for the student."""


class NotWritten(Problem):
    """The answer is still the stub."""


class AnyOf:
    """Several forms of one answer, such as a number or a matrix filled with it.

    Attributes:
        forms: the accepted forms, arrays.
        named: those of them that are said to be expected.
    """

    def __init__(self, forms, shorter=()):
        self.forms, self.named = [*forms, *shorter], list(forms)


def any_of(*forms):
    """Accept each form, which may be an any_of itself: any_of(4, (4, 4))."""
    return AnyOf([array for form in forms for array in forms_of(form)])


def forms_of(wanted):
    """Return the accepted forms of an answer as arrays, text in its plain form."""
    return wanted.forms if isinstance(wanted, AnyOf) else [_plain(np.asarray(wanted))]


def named_of(wanted):
    """Return those forms of an answer that are said to be expected."""
    return wanted.named if isinstance(wanted, AnyOf) else forms_of(wanted)


def or_shorter(wanted):
    """Accept a table in fewer brackets and numbers as well, where they say the same.

    That is its values in one row, as they are read; one of its rows or columns, where
    all of them are the same; and one number, where all its values are.
    """
    forms = forms_of(wanted)
    return AnyOf(forms, [short for form in forms for short in _shorter(form)])


def _shorter(form):
    if form.ndim < 2 or not form.size:
        return
    yield form.ravel()
    if form.ndim == 2 and (form == form[:1]).all():
        yield form[0]
    if form.ndim == 2 and (form == form[:, :1]).all():
        yield form[:, 0]
    if (form == form.flat[0]).all():
        yield np.array(form.flat[0])


def _plain(array):
    if array.dtype.kind != "U":
        return array
    return np.array([word(text) for text in array.flat], str).reshape(array.shape)


def word(text):
    """Return a text without its quotes, end stops, capitals and surplus blanks."""
    seen = _bare(re.sub(INVISIBLE, "", text))
    return " ".join(_bare(unicodedata.normalize("NFKC", seen)).lower().split())


def _bare(text):
    return re.sub(rf"^{_AROUND}|{_AROUND}$", "", text)


def read(answer, wanted, subject="Your answer"):
    """Turn an answer into an array of text, numbers or truth values.

    Args:
        answer: whatever the student gave: a number, a list, an array, a tensor.
        wanted: the right answer, which decides between text, truth values and numbers.
        subject: how the messages call the answer.
    Returns:
        Text in its plain form; numbers as float64, all finite, but numbers of 8 bits
        and truth values as they are, since both tell how a mistake came about.
    Raises:
        NotWritten: if the answer, or a part of it, is `...` or None.
        Problem: if the answer cannot be read.
    """
    array = _as_array(answer, subject)
    kind = forms_of(wanted)[0].dtype.kind
    if kind != "U":
        numbers = _numbers(answer, array, subject)
        return numbers if kind == "b" or not _holds_bool(answer) else numbers != 0
    if array.dtype.kind != "U":
        raise _wrong_type(answer, array, str, subject, "text is expected")
    return _plain(array)


def _as_array(answer, subject):
    if answer is None or answer is ...:
        raise NotWritten("Put your answer where the `...` stands, then run the cell.")
    if callable(answer) and not hasattr(answer, "__array__"):
        raise Problem(f"{subject} is a function, and a value is expected: call it.")
    if np.ma.is_masked(answer):
        raise Problem(f"{subject} holds a masked value, which is no answer.")
    if isinstance(answer, (KeysView, ValuesView)):
        answer = list(answer)
    if isinstance(answer, (bytearray, memoryview)):
        answer = bytes(answer)
    try:
        array = np.array(answer)
    except Exception as error:
        if _has_gap(answer):
            raise NotWritten(_PARTLY) from None
        raise Problem(
            f"{subject} cannot be read as an array ({type(error).__name__}): "
            "are all its rows equally long?"
        ) from None
    if array.dtype.kind == "T":  # the texts of NumPy 2
        array = array.astype(object)
    if array.dtype == object and any(
        part is None or part is ... for part in array.flat
    ):
        raise NotWritten(_PARTLY)
    if hasattr(answer, "columns") and 1 in array.shape:
        array = array.ravel()  # a table of one row or one column, as of pandas
    is_text = array.dtype == object and array.size and _holds_only(array, str)
    return array.astype(str) if is_text else array


def _has_gap(answer, depth=5):
    """Tell whether lists that make no array hold a gap."""
    if isinstance(answer, (list, tuple)) and depth:
        return any(_has_gap(part, depth - 1) for part in answer)
    return answer is None or answer is ...


def _numbers(answer, array, subject):
    kind = array.dtype.kind
    if kind == "U":
        raise Problem(
            f"{subject} is text, and numbers are expected: drop the quotation marks."
        )
    if kind == "c":
        raise Problem(f"{subject} holds complex numbers: take the real part.")
    if kind not in "biufO" or (kind == "O" and not _holds_only(array, _NUMBERS)):
        raise _wrong_type(answer, array, _NUMBERS, subject, "numbers are expected")
    if array.dtype.itemsize == 1:
        return array
    try:
        numbers = array.astype(float)
    except (OverflowError, ValueError):  # 10**400, and the signaling NaN of Decimal
        raise Problem(f"{subject} holds a number that no float can hold.") from None
    return _finite(numbers, subject)


def _holds_only(array, types):
    return not any(_is_odd(part, types) for part in array.flat)


def _is_odd(part, types):
    # a truth value and a span of time are whole numbers to Python and NumPy
    return not isinstance(part, types) or isinstance(part, (bool, np.timedelta64))


def _holds_bool(answer):
    """Tell whether a list mixes truth values and numbers, which NumPy would hide."""
    parts = np.array(answer, object).flat if isinstance(answer, (list, tuple)) else ()
    return any(isinstance(part, (bool, np.bool_)) for part in parts)


def _wrong_type(answer, array, types, subject, expected):
    """Name the type of the answer, or of the first part of it that is none of these."""
    if array.ndim == 0 or not array.size:
        return Problem(
            f"{subject} is of type `{type(answer).__name__}`, and {expected}."
        )
    places = np.ndindex(array.shape)
    if array.dtype == object:
        places = (index for index in places if _is_odd(array[index], types))
    index = next(places)
    kind = f"a value of type `{type(array[index]).__name__}`"
    return Problem(f"{subject} holds {kind}{place(index)}, and {expected}.")


def _finite(numbers, subject):
    if not np.isfinite(numbers).all():
        index = tuple(np.argwhere(~np.isfinite(numbers))[0])
        value = "NaN (not a number)" if np.isnan(numbers[index]) else "infinity"
        raise Problem(f"{subject} holds {value}{place(index)}.")
    return numbers


def place(index):
    """Say where in an array an index lies: " in row 1, column 0 (counted from 0)"."""
    if not index:
        return ""
    words = {1: "at position {}", 2: "in row {}, column {}"}.get(
        len(index), "at index (" + ", ".join(["{}"] * len(index)) + ")"
    )
    return f" {words.format(*index)} (counted from 0)"
