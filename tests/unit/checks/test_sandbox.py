import ctypes
import faulthandler
import logging
import math
import os
import subprocess
import sys
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest

from cnnlib.checks import tables
from cnnlib.checks.engine import Function
from cnnlib.checks.result import NOT_WRITTEN, PASSED, Result

from .judging import DOUBLE, HAND, not_yet
from .test_timelimit import needs_alarm

FUNCTIONS = {
    f"{lecture}.{exercise}": item
    for lecture in tables.lectures()
    for exercise, item in tables.load(lecture).items()
    if isinstance(item, Function)
}
ON_ARRAYS = [
    name
    for name, item in FUNCTIONS.items()
    if any(isinstance(part, np.ndarray) for args in item._calls() for part in args)
]
QUICK = replace(DOUBLE, seconds=0.2)


# stubs and half-written functions


def dots(image):
    """Say what to do."""
    ...


def docstring(image):
    """Say what to do."""


def dots_returned(image):
    return ...


def dots_in_a_list(image):
    return [image, ...]


def dots_in_an_array(image):
    return np.full((2, 3), ...)


def not_implemented(image):
    raise NotImplementedError("your turn")


def times_dots(image):
    factor = ...
    return factor * image


def unpacked(image):
    height, width = ...
    return image[:height, :width]


def in_a_list(image):
    factors = [...]
    return factors[0] + image


def in_a_loop(image):
    out = np.zeros_like(image)
    for i in range(...):
        out[i] = 2 * image[i]
    return out


def put_into_an_array(image):
    out = np.zeros_like(image)
    out[0, 0] = ...
    return out


def padded_by_names(image):
    before, after = ..., ...
    return np.pad(image, (before, after))


@pytest.mark.parametrize(
    "stub",
    [
        dots,
        docstring,
        dots_returned,
        dots_in_a_list,
        dots_in_an_array,
        not_implemented,
        times_dots,
        unpacked,
        in_a_list,
        in_a_loop,
        put_into_an_array,
        padded_by_names,
        lambda image: ...,
        lambda image: math.floor(...),
        lambda image: math.sqrt(...),
        lambda image: int(...),
        lambda image: len(...),
        lambda image: sum(...),
        lambda image: -(...),
        lambda image: image @ ...,
        lambda image: image.reshape(...),
        lambda image: image.max(axis=...),
        lambda image: image.astype(...),
        lambda image: np.pad(image, ...),
        lambda image: np.zeros(...),
        lambda image: np.arange(...),
        lambda image: np.concatenate(...),
        lambda image: np.einsum(..., image),
    ],
)
def test_half_written_functions_are_not_written_yet(stub):
    assert DOUBLE.judge(stub)[0] == NOT_WRITTEN


def wrong_index(image):
    return image[..., 99]


def wrong_line(image):
    ...
    return image.nothing


@pytest.mark.parametrize("function", [wrong_index, wrong_line])
def test_dots_that_are_no_gap_hide_no_error(function):
    assert "stopped with" in not_yet(function)


def test_a_library_that_does_not_implement_something_is_not_a_stub():
    class NoInput(NotImplementedError):
        pass

    def asks(image):
        raise NoInput("no keyboard here")

    assert "stopped with NoInput" in not_yet(asks)


def test_forgotten_return_is_not_a_stub():
    def forgets(image):
        doubled = 2 * image
        doubled.sum()

    assert "is the `return` missing" in not_yet(forgets)


# what a function does to its input


@pytest.mark.parametrize("name", ON_ARRAYS)
def test_a_right_function_may_overwrite_its_input(name):
    item = FUNCTIONS[name]

    def overwrites(*args):
        result = np.array(item.reference(*args))
        for value in args:
            if isinstance(value, np.ndarray):
                value[...] = 0
        return result

    status, message, _ = item.judge(overwrites)
    assert status == PASSED
    assert "`overwrites` changes its input: work on a copy." in message
    assert item.judge(item.reference).status == PASSED


def test_changed_input_is_noted_and_does_no_harm():
    def doubles_in_place(image):
        image *= 2
        return image

    before = HAND.copy()
    status, message, _ = DOUBLE.judge(doubles_in_place)
    assert status == PASSED
    assert "`doubles_in_place` changes its input" in message
    assert np.array_equal(HAND, before)
    assert "changes its input" not in DOUBLE.judge(lambda image: 2 * image)[1]


def test_reused_buffer_is_copied():
    buffer = np.zeros((2, 3))

    def fills(image):
        buffer[:] = 2 * image
        return buffer

    item = Function(reference=lambda image: 2 * image, inputs=[HAND, HAND + 1])
    assert item.judge(fills)[0] == PASSED


# what a function writes


@pytest.mark.parametrize(
    "act",
    [
        lambda: print("x" * 100_000),
        lambda: print("to stderr", file=sys.stderr, flush=True),
        lambda: print("ü", "\ud800"),
        lambda: warnings.warn("careful", stacklevel=1),
        lambda: logging.getLogger("student").warning("careful"),
        lambda: sys.stdout.encoding.lower(),
        lambda: sys.stdout.errors.lower(),
        lambda: sys.stdout.name.lower(),
        lambda: sys.stdout.isatty(),
        lambda: sys.stdout.flush(),
        lambda: sys.stdout.writelines(["x"]),
        lambda: sys.stdout.buffer.write(b"x"),
        lambda: sys.stdout.reconfigure(encoding="latin-1"),
        lambda: sys.stdout.fileno() + sys.stderr.fileno(),
        lambda: sys.stdout.close(),
        lambda: sys.__stdout__.write("x"),
        lambda: os.write(1, b"x"),
        lambda: os.write(2, b"x"),
        lambda: os.system("echo x; echo x >&2"),
        lambda: subprocess.run(["echo", "x"], check=True),
        pytest.param(
            lambda: ctypes.CDLL(None).puts(b"x"),
            marks=pytest.mark.skipif(os.name == "nt", reason="no C library by name"),
        ),
    ],
)
def test_a_right_function_passes_in_silence_whatever_it_writes(capfd, act):
    def talks(image):
        act()
        return 2 * image

    streams = sys.stdout, sys.stderr
    assert DOUBLE.judge(talks)[0] == PASSED
    assert (sys.stdout, sys.stderr) == streams
    if os.name != "nt":
        ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr() == ("", "")


def test_the_crash_handler_can_be_switched_on():
    def watched(image):
        faulthandler.enable()
        return 2 * image

    was_on = faulthandler.is_enabled()
    try:
        assert DOUBLE.judge(watched)[0] == PASSED
    finally:
        if was_on:
            faulthandler.enable(sys.__stderr__)
        else:
            faulthandler.disable()


def test_what_was_written_before_and_after_a_check_is_heard(capfd):
    os.write(1, b"before ")
    DOUBLE.judge(lambda image: os.write(1, b"during ") * image)
    os.write(1, b"after")
    assert capfd.readouterr().out == "before after"


def test_what_was_printed_before_a_failure_is_shown():
    def fails(image):
        print("shape", image.shape)
        raise KeyError("x")

    assert "It had printed: shape (2, 3)" in not_yet(fails)


def test_streams_come_back_after_every_ending():
    streams = sys.stdout, sys.stderr
    DOUBLE.judge(lambda image: sys.exit())
    assert (sys.stdout, sys.stderr) == streams


# how a call ends


def test_exception_names_type_message_and_the_students_line():
    def fails(image):
        total = 0
        return image / int(total) if total else 1 // total

    message = not_yet(fails)
    line = fails.__code__.co_firstlineno + 2
    assert "`fails` stopped with ZeroDivisionError" in message
    assert f"Line {line} of your code: `return image" in message
    assert "It was called on [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] (float64)" in message
    assert "Traceback" not in message
    assert ".py" not in message


def test_line_is_the_students_even_if_a_library_raised():
    def fails(image):
        return np.concatenate([image, image[0]])

    line = fails.__code__.co_firstlineno + 1
    assert f"Line {line} of your code: `return np.concatenate" in not_yet(fails)


def test_line_of_code_without_a_file():
    scope = {}
    exec(compile("def f(image):\n    return image.nothing\n", "<cell>", "exec"), scope)
    message = not_yet(scope["f"])
    assert "AttributeError" in message
    assert "Line 2 of your code." in message


def test_exception_with_a_broken_message():
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError

    def fails(image):
        raise Odd

    assert "stopped with Odd: (its message cannot be shown)" in not_yet(fails)


def test_long_message_is_shortened():
    def fails(image):
        raise ValueError("word " * 10_000)

    assert len(not_yet(fails)) < 1000


def test_a_message_cannot_inject():
    def hostile(image):
        raise ValueError("<script>alert(1)</script>")

    shown = Result("x", *DOUBLE.judge(hostile))._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


def test_exit_is_caught():
    assert "ends the program (SystemExit)" in not_yet(lambda image: sys.exit(3))


def test_recursion_is_caught():
    def again(image):
        return again(image)

    assert "calls itself without end" in not_yet(again)


def test_keyboard_interrupt_goes_through():
    def interrupted(image):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        DOUBLE.judge(interrupted)


@needs_alarm
def test_an_endless_loop_is_named():
    def endless(image):
        while True:
            pass

    message = not_yet(endless, QUICK)
    assert "`endless` was stopped after 0.2 seconds: does a loop never end?" in message
    assert "of your code" in message


@needs_alarm
def test_endless_printing_is_stopped(capfd):
    def chatter(image):
        while True:
            print("again and again")

    message = not_yet(chatter, QUICK)
    assert "was stopped after" in message
    assert len(message) < 1000
    assert capfd.readouterr().out == ""


@needs_alarm
def test_the_limit_holds_for_all_calls_together():
    def slow(image):
        time.sleep(0.15)
        return 2 * image

    assert "was stopped after" in not_yet(slow, QUICK)


# results


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("4", "is text"),
        (b"4", "is of type `bytes`"),
        (np.nan, "NaN"),
        (10**400, "no float can hold"),
        ([[1], [1, 2]], "equally long"),
        (lambda: 0, "is a function"),
        ({}, "of type `dict`"),
        (np.ma.array(HAND, mask=True), "masked"),
    ],
)
def test_unreadable_results_are_named(result, words):
    def gives(image):
        return result

    message = not_yet(gives)
    assert message.startswith("The result of `gives`")
    assert words in message


def test_generator_is_named():
    def yields(image):
        yield image

    assert "of type `generator`" in not_yet(yields)
