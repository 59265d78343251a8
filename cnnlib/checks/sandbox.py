"""Call a student's function so that nothing it does can hurt the notebook."""

import contextlib
import copy
import dis
import io
import linecache
import os
import sysconfig
import textwrap
import traceback
import warnings
from pathlib import Path

import numpy as np

from cnnlib.checks.answers import NotWritten, Problem, read
from cnnlib.checks.timelimit import OutOfTime, limited

_STUB_BODY = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
# code in these places is not the student's
_LIBRARIES = (
    str(Path(__file__).parents[1]) + os.sep,
    *(sysconfig.get_path(name) + os.sep for name in ("stdlib", "purelib", "platlib")),
    "<frozen",
)


class _Printed(io.TextIOBase):
    """Keep the first characters that are printed and drop the rest."""

    text = ""

    def writable(self):
        return True

    def write(self, text):
        self.text = (self.text + text)[:200]
        return len(text)


def call_all(function, calls, wanted, seconds):
    """Call a function on copies of its arguments, in silence and within a time limit.

    Args:
        function: the student's function.
        calls: tuples of arguments, one for each call.
        wanted: the right results, one for each call.
        seconds: the time for all calls together.
    Returns:
        The results as arrays, and notes for the student, a list of sentences.
    Raises:
        NotWritten: if the function is still a stub.
        Problem: if a call fails, or returns something that cannot be read.
    """
    name = getattr(function, "__name__", type(function).__name__)
    printed, results, given = _Printed(), [], copy.deepcopy(calls)

    def call():
        for args, right in zip(given, wanted, strict=True):
            results.append(_call(function, name, args, right))

    try:
        with _silence(printed):
            limited(call, seconds)
    except (KeyboardInterrupt, Problem):
        raise
    except BaseException as error:
        _refuse_stub(error, name)
        told = f"`{name}` {_ending(error, seconds)}{_line(error)}"
        on = ", ".join(_describe(value) for value in calls[len(results)])
        heard = f"\nIt had printed: {printed.text.strip()}" if printed.text else ""
        raise Problem(f"{told}\nIt was called on {on}.{heard}") from None
    changed = _is_changed(calls, given)
    return results, [f"`{name}` changes its input: work on a copy."] * changed


@contextlib.contextmanager
def _silence(printed):
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        warnings.simplefilter("ignore")
        yield


def _call(function, name, args, right):
    result = function(*args)
    if result is ... or (result is None and _is_stub(function)):
        raise NotWritten(_still_a_stub(name))
    if result is None:
        raise Problem(f"`{name}` returns None: is the `return` missing?")
    return read(result, right, f"The result of `{name}`")


def _is_stub(function):
    """Tell whether the body does nothing: `...`, `pass` or a docstring alone."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    return {step.opname for step in dis.get_instructions(code)} <= _STUB_BODY


def _refuse_stub(error, name):
    # a `...` that still stands for a value shows in Python's own message
    if type(error) is NotImplementedError or "'ellipsis'" in _message(error):
        raise NotWritten(_still_a_stub(name)) from None


def _still_a_stub(name):
    return f"Write the body of `{name}`, then run the cell."


def _ending(error, seconds):
    """Say in words how the call ended."""
    if isinstance(error, OutOfTime):
        return f"was stopped after {seconds:g} seconds: does a loop never end?"
    if isinstance(error, RecursionError):
        return "stopped with a RecursionError: a function calls itself without end."
    if isinstance(error, SystemExit):
        return "ends the program (SystemExit): use `return` instead."
    return f"stopped with {type(error).__name__}: {_message(error)}"


def _message(error):
    try:
        return textwrap.shorten(str(error), 300)
    except Exception:
        return "(its message cannot be shown)"


def _line(error):
    """Name the last line of the student's code that ran."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(_LIBRARIES)
    ]
    if not frames:
        return ""
    number = frames[-1].lineno
    source = linecache.getline(frames[-1].filename, number).strip()
    return f"\nLine {number} of your code" + (f": `{source}`" if source else ".")


def _describe(value):
    if not isinstance(value, np.ndarray):
        return textwrap.shorten(repr(value), 80)
    if value.size <= 12:
        return f"{value.tolist()} ({value.dtype})"
    return f"an array of shape {value.shape} ({value.dtype})"


def _is_changed(calls, given):
    return any(
        isinstance(before, np.ndarray) and not np.array_equal(before, after)
        for args, copies in zip(calls, given, strict=True)
        for before, after in zip(args, copies, strict=True)
    )
