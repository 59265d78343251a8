"""Instant feedback on an answer: `check("L02.1", answer)` says in words what it found.

Each lecture has one table of checks, loaded when the first of its names is asked for:
`cnnlib.checks.tables.l02` holds "L02.predict1", "L02.1" and so on.
"""

import os

from cnnlib._validate import complaint
from cnnlib.checks import tables
from cnnlib.checks.answer_box import answer_box
from cnnlib.checks.result import NOT_WRITTEN, PASSED, CheckFailed, Result

__all__ = ["CheckFailed", "Result", "check"]


def check(name, answer):
    """Compare an answer with what the exercise asks for.

    Args:
        name: the lecture and the exercise, such as "L02.1" or "L02.predict1".
        answer: the value you found, or the function you wrote, without parentheses.
    Returns:
        A Result that shows itself in words and is true only if the check passed.
    Raises:
        TypeError: if `name` is not a string.
        ValueError: if there is no check of that name.
        CheckFailed: if the environment has CNNLIB_STRICT=1 and the check did not pass.
    """
    item = _find(name)
    status, message = item.judge(answer)
    box = answer_box(name, item) if status == NOT_WRITTEN else ""
    result = Result(name, status, message, box)
    if status != PASSED and os.environ.get("CNNLIB_STRICT", "0") not in ("", "0"):
        raise CheckFailed(str(result)) from None
    return result


def _find(name):
    """Load the lecture's table and take the check out of it."""
    if not isinstance(name, str):
        expected = 'a string such as "L02.1"'
        raise TypeError(complaint("name", expected, type(name).__name__))
    lecture, _, exercise = name.partition(".")
    lectures = tables.lectures()
    if lecture not in lectures:
        expected = f"one of {', '.join(lectures)}, a dot, a check"
        raise ValueError(complaint("name", expected, repr(name)))
    checks = tables.load(lecture)
    if exercise not in checks:
        known = ", ".join(f"{lecture}.{key}" for key in checks)
        raise ValueError(complaint("name", f"one of {known}", repr(name)))
    return checks[exercise]
