"""Call a student's function so that nothing it does can hurt the notebook."""

import ast
import contextlib
import copy
import ctypes
import dis
import inspect
import io
import linecache
import os
import re
import sysconfig
import textwrap
import traceback
import warnings
from pathlib import Path

import numpy as np

from cnnlib.checks.answers import NotWritten, Problem, read
from cnnlib.checks.timelimit import OutOfTime, limited

# code in these places is not the student's
_LIBRARIES = (
    str(Path(__file__).parents[1]) + os.sep,
    *(sysconfig.get_path(name) + os.sep for name in ("stdlib", "purelib", "platlib")),
    "<frozen",
)


class _Kept(io.BufferedIOBase):
    """A stream that keeps the first bytes that are written and drops the rest."""

    def __init__(self, kept, descriptor):
        self._kept, self._descriptor = kept, descriptor
        self.name = {1: "<stdout>", 2: "<stderr>"}[descriptor]

    def writable(self):
        return True

    def write(self, data):
        self._kept.extend(bytes(data)[: 200 - len(self._kept)])
        return len(data)

    def fileno(self):
        return self._descriptor


def call_all(function, calls, wanted, seconds, read=read):
    """Call a function on copies of its arguments, in silence and within a time limit.

    Args:
        function: the student's function.
        calls: tuples of arguments, one for each call.
        wanted: the right results, one for each call.
        seconds: the time for all calls together.
        read: makes of a result what is compared, an array, given the right result and
            a name for it.
    Returns:
        The results as arrays, and notes for the student, a list of sentences.
    Raises:
        NotWritten: if the function is still a stub.
        Problem: if a call fails, or returns something that cannot be read.
    """
    name = getattr(function, "__name__", type(function).__name__)
    printed, results, given = bytearray(), [], copies(calls)

    def call():
        for args, right in zip(given, wanted, strict=True):
            results.append(_call(function, name, args, right, read))

    try:
        with _silence(printed):
            limited(call, seconds)
    except (KeyboardInterrupt, Problem):
        raise
    except BaseException as error:
        if _is_half_written(function, error):
            raise NotWritten(_still_a_stub(name)) from None
        told = f"`{name}` {_ending(error, seconds)}{_line(error)}"
        on = ", ".join(_describe(value) for value in calls[len(results)])
        text = printed.decode(errors="ignore").strip()
        heard = f"\nIt had printed: {text}" if text else ""
        raise Problem(f"{told}\nIt was called on {on}.{heard}") from None
    changed = _is_changed(calls, given)
    return results, [f"`{name}` changes its input: work on a copy."] * changed


def copies(calls):
    """Copy every argument by itself: calls that share an array share none after it."""
    return [tuple(copy.deepcopy(argument) for argument in args) for args in calls]


@contextlib.contextmanager
def _silence(printed):
    out, err = (
        io.TextIOWrapper(
            _Kept(printed, descriptor), "utf-8", "backslashreplace", write_through=True
        )
        for descriptor in (1, 2)
    )
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _muted(1),
        _muted(2),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _muted(descriptor):
    """Drop what other programs and code in C write to a file descriptor."""
    try:
        saved = os.dup(descriptor)
    except OSError:  # there is none, so nobody can write to it
        yield
        return
    _write_out()
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), descriptor)
    try:
        yield
    finally:
        _write_out()
        os.dup2(saved, descriptor)
        os.close(saved)


def _write_out():
    """Let code in C write what it still holds back to where that belongs."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # on Windows
        ctypes.CDLL(None).fflush(None)


def _call(function, name, args, right, read):
    result = function(*args)
    if result is ... or (result is None and _is_stub(function)):
        raise NotWritten(_still_a_stub(name))
    if result is None:
        raise Problem(f"`{name}` returns None: is the `return` missing?")
    return read(result, right, f"The result of `{name}`")


def _stub(): ...


def _is_stub(function):
    """Tell whether the body does nothing: `...`, `pass` or a docstring alone."""
    return _steps(function) <= _steps(_stub)


def _steps(function):
    """Return the names of the instructions of a function, none for a built-in."""
    code = getattr(function, "__code__", None)
    return (
        {step.opname for step in dis.get_instructions(code)} if code else {"built in"}
    )


def _is_half_written(function, error):
    """Tell whether a `...` that still stands for a value may have made the error."""
    if type(error) is NotImplementedError:
        return True
    # an index may hold a `...`, and Python's message on two of them names it as well
    is_named = re.search("ellipsis", _message(error), re.IGNORECASE)
    return bool(is_named and type(error) is not IndexError) or _has_gap(function)


def _has_gap(function):
    """Tell whether the source has a `...` that is neither a line nor in an index."""
    try:
        source = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return False  # typed where no source is kept, or a lambda amid a call
    nodes = list(ast.walk(source))
    lines = [node.value for node in nodes if isinstance(node, ast.Expr)]
    indices = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    parts = [part for index in indices for part in getattr(index, "elts", [index])]
    return any(
        isinstance(node, ast.Constant)
        and node.value is ...
        and node not in lines + parts
        for node in nodes
    )


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
