"""Compare arrays by value and say in words how a wrong one differs."""

import numpy as np

from cnnlib.checks.answers import forms_of, named_of, place

COMMAS = " A comma separates values: write 1792 and 0.5, not 1,792 and 0,5."


def matches(answer, wanted, tolerance=None):
    """Tell whether an answer equals one of the accepted forms.

    Args:
        answer: an array, as `answers.read` returns it.
        wanted: the right answer, or several forms from `any_of`.
        tolerance: the largest difference that counts as equal; None stands for 0.001
            on whole numbers, otherwise for 1e-5 of the largest wanted value.
    """
    return any(_equal(answer, form, tolerance) for form in forms_of(wanted))


def _equal(answer, form, tolerance):
    if answer.dtype.kind == "b" and form.dtype.kind != "b":
        return False  # True is not 1
    if form.ndim == 0 and answer.size == 1:
        answer = answer.reshape(())  # [-1020] is as good as -1020
    return answer.shape == form.shape and bool(_close(answer, form, tolerance).all())


def _close(answer, form, tolerance):
    """Compare value by value, two arrays of one shape -> booleans of that shape."""
    if "U" in (form.dtype.kind, answer.dtype.kind):
        return np.asarray(answer == form)
    limit = tolerance_of(form, tolerance)
    return np.asarray(np.abs(answer - form.astype(float)) <= limit)


def tolerance_of(form, tolerance=None):
    """Return the largest difference from a form that counts as equal, a float."""
    if tolerance is not None:
        return float(tolerance)
    if form.dtype.kind != "f":
        return 1e-3
    return float(1e-5 * (np.abs(form).max(initial=0) or 1))


def difference(answer, wanted, tolerance=None, inputs=()):
    """Say how a wrong answer differs, without giving the right one away.

    Args:
        answer: an array, as `answers.read` returns it.
        wanted: the right answer, or several forms from `any_of`.
        tolerance: as in `matches`.
        inputs: the arguments of the call that returned the answer.
    """
    forms = forms_of(wanted)
    if answer.dtype.kind == "b" and forms[0].dtype.kind != "b":
        return "You have True or False, and numbers are expected."
    for form in forms:
        habit = _habit(answer, form, tolerance)
        if habit:
            return habit
    same = [form for form in forms if form.shape == answer.shape]
    if not same:
        return _shapes(answer, named_of(wanted), inputs)
    if answer.size == 1:
        return f"{_show(answer)} is not it{_thousands(answer, same[0], tolerance)}."
    wrong = ~_close(answer, same[0], tolerance)
    index = tuple(np.argwhere(wrong)[0])
    return (
        f"The shape is right, {wrong.sum()} of the {wrong.size} values are not. "
        f"The first of them{place(index)}: you have {_show(answer[index])}."
    )


def _thousands(answer, form, tolerance):
    """Explain 1.792 where 1792 is right."""
    is_whole = form.dtype.kind in "iu" and answer.dtype.kind == "f"
    if is_whole and _equal(1000 * answer, form, tolerance):
        return ": a point marks decimals, write thousands without it"
    return ""


def _habit(answer, form, tolerance):
    """Name a mistake that is common everywhere, or return None."""
    if "U" in (form.dtype.kind, answer.dtype.kind):
        return None
    is_wrapped = _is_wrapped(answer, form)
    answer = answer.astype(float)
    if _equal(-answer, form, tolerance):
        return "Every value has the right size and the opposite sign."
    if _equal(np.abs(answer), np.abs(form), tolerance):
        return "The sizes are right, some of the signs are not."
    if _equal(answer.T, form, tolerance):
        return "Rows and columns are exchanged: your result is transposed."
    if answer.ndim > 1 and _equal(np.flip(answer), form, tolerance):
        return "Your result is turned by 180 degrees."
    if is_wrapped:
        return (
            "Your values are off by multiples of 256: 8-bit numbers wrap round. "
            "Change the dtype before you calculate."
        )
    return None


def _is_wrapped(answer, form):
    if answer.ndim == 0 and answer.dtype.itemsize > 1:
        return False  # one number that was typed, or counted
    if answer.shape != form.shape or not ((answer >= 0) & (answer <= 255)).all():
        return False
    return bool(np.allclose((answer - form.astype(float)) % 256, 0))


def _shapes(answer, forms, inputs):
    shapes, note = [form.shape for form in forms], ""
    if answer.shape in [np.shape(value) for value in inputs]:
        note = " Yours has the shape of the input."
    elif answer.squeeze().shape in shapes:
        note = " Some axes of length 1 are left over: index them away, as in `[0]`."
    elif not inputs and _has_commas_inside(answer, forms):
        note = COMMAS
    return misshapen(answer.shape, shapes) + note


def misshapen(shape, shapes):
    """Say in words which shape came, and which are expected."""
    return f"You have {_describe(shape)}; expected: {listed(shapes)}."


def listed(shapes):
    """Name shapes in words: "a single value, 2, 3 or 4 values"."""
    words = list(dict.fromkeys(map(_describe, shapes)))
    for i, later in enumerate(words[1:]):
        if words[i].endswith(" values") and later.endswith(" values"):
            words[i] = words[i].removesuffix(" values")
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _has_commas_inside(answer, forms):
    """Tell whether there are too many values since a comma stood in a number."""
    if answer.ndim != 1 or any(form.size >= answer.size for form in forms):
        return False
    tail = answer[1:].astype(float)
    return bool(((tail == tail.round()) & (tail >= 0) & (tail <= 999)).all())


def _describe(shape):
    if not shape:
        return "a single value"
    if len(shape) > 1:
        return f"an array of shape {shape}"
    return "1 value in a list" if shape == (1,) else f"{shape[0]} values"


def _show(value):
    return value.item() if value.dtype.kind == "U" else f"{value.item() + 0.0:.10g}"
