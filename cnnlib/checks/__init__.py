"""Instant feedback on an answer: `check("L02.1", answer)` says in words what it found.

Each lecture has one table of checks: `cnnlib.checks.tables.l02` holds "L02.predict1",
"L02.1" and so on.
"""

from cnnlib._validate import complaint, switch
from cnnlib.checks import tables
from cnnlib.checks.answer_box import answer_box
from cnnlib.checks.result import NOT_WRITTEN, CheckFailed, Result

__all__ = ["CheckFailed", "Result", "check"]


def check(name, answer, *others):
    """Compare an answer with what the exercise asks for.

    With CNNLIB_ANSWER_BOX=0 in the environment no output holds the right answer.

    Args:
        name: the lecture and the exercise, such as "L02.1" or "L02.predict1".
        answer: the value you found, or the function you wrote, without parentheses.
            Several values stand in brackets; a text is read as it was typed.
        others: nothing; what a decimal comma or missing brackets make of an answer.
    Returns:
        A Result that shows itself in words and is true only if the check passed.
    Raises:
        TypeError: if `name` is not a string, or there are several answers.
        ValueError: if there is no check of that name.
        CheckFailed: if the environment has CNNLIB_STRICT=1 and the check did not pass.
    """
    item = _find(name)
    if others:
        expected = "one answer: several values in brackets, decimals with a point"
        raise TypeError(complaint("answer", expected, f"{1 + len(others)} answers"))
    verdict = item.judge(answer)
    box = ""
    if verdict.status == NOT_WRITTEN and switch("CNNLIB_ANSWER_BOX", default=True):
        box = answer_box(name, item)
    result = Result(name, *verdict, box=box)
    if not result and switch("CNNLIB_STRICT", default=False):
        raise CheckFailed(str(result)) from None
    return result


# all of them at once, before a notebook can put functions of its own into cnnlib.ops
_TABLES = {lecture: tables.load(lecture) for lecture in tables.lectures()}


def _find(name):
    """Take a check out of the table of its lecture."""
    if not isinstance(name, str):
        expected = 'a string such as "L02.1"'
        raise TypeError(complaint("name", expected, type(name).__name__))
    lecture, _, exercise = name.partition(".")
    if lecture not in _TABLES:
        expected = f"one of {', '.join(_TABLES)}, a dot, a check"
        raise ValueError(complaint("name", expected, repr(name)))
    checks = _TABLES[lecture]
    if exercise not in checks:
        known = ", ".join(f"{lecture}.{key}" for key in checks)
        raise ValueError(complaint("name", f"one of {known}", repr(name)))
    return checks[exercise]
