import contextlib
import importlib
import inspect
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest

from cnnlib.checks import CheckFailed, Result, check, tables
from cnnlib.checks.engine import Function, SameShape, Value, any_of
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED, Verdict

needs_alarm = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="there is no time limit without SIGALRM"
)

HAND = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
RANDOM = np.random.default_rng(0).normal(size=(4, 3))
DOUBLE = Function(reference=lambda image: 2 * image, inputs=[HAND, RANDOM])
MATRIX = Value(expected=np.arange(6).reshape(2, 3) - 2)


def verdict(answer, expected):
    return Value(expected=expected).judge(answer)


def not_yet(answer, item=DOUBLE):
    status, message, _ = item.judge(answer)
    assert status == NOT_YET
    return message


@pytest.fixture(autouse=True)
def normal_mode(monkeypatch):
    monkeypatch.delenv("CNNLIB_STRICT", raising=False)


# names


@pytest.mark.parametrize("name", ["L02.1", "L02.predict1"])
def test_a_name_finds_its_check(name):
    assert check(name, 12345).name == name


def test_unknown_exercise_lists_the_checks_of_the_lecture():
    with pytest.raises(ValueError, match=r"L02\.predict1.*L02\.5, received 'L02\.99'"):
        check("L02.99", 1)


@pytest.mark.parametrize("name", ["L99.1", "l02.1", "", "engine.1", "L02", "predict1"])
def test_unknown_name_lists_what_exists(name):
    with pytest.raises(ValueError, match=r"expected one of .*L02"):
        check(name, 1)


def test_a_name_that_is_no_string_is_refused():
    with pytest.raises(TypeError, match="name: expected a string such as"):
        check(-1020, "L02.1")


def test_import_is_light():
    code = (
        "import sys, cnnlib.checks;"
        "print([m for m in ('matplotlib', 'tensorflow', 'keras') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


@pytest.mark.parametrize("lecture", tables.lectures())
def test_what_a_notebook_puts_into_the_library_does_not_reach_the_tables(lecture):
    module = importlib.import_module(f"cnnlib.checks.tables.{lecture.lower()}")
    kept = [name for name, value in vars(module).items() if inspect.ismodule(value)]
    assert kept == ["np"]
    # and they are all loaded with cnnlib.checks
    code = f"import sys, cnnlib.checks; print({module.__name__!r} in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "True", run.stderr


# results


def test_result_is_true_only_if_passed():
    assert Result("L02.1", PASSED, "")
    assert not Result("L02.1", NOT_YET, "")
    assert not Result("L02.1", NOT_WRITTEN, "")


def test_result_says_its_status_in_words():
    assert repr(Result("L02.1", NOT_YET, "Try again.")) == "L02.1: not yet. Try again."
    assert repr(Result("L02.1", PASSED, "")) == "L02.1: passed."


def test_html_holds_the_words_escaped_and_no_color_of_its_own():
    shown = Result("L02.1", NOT_YET, "`a < b` & so on")._repr_html_()
    assert "<strong>L02.1: not yet.</strong>" in shown
    assert ">a &lt; b</code> &amp; so on" in shown
    assert "color: inherit" in shown
    assert not any(word in shown for word in ("#", "rgb", "background-color", "id="))


def test_html_of_a_student_message_cannot_inject():
    def hostile(image):
        raise ValueError("<script>alert(1)</script>")

    shown = Result("x", *DOUBLE.judge(hostile))._repr_html_()
    assert "<script>" not in shown


# strict mode


def test_normal_mode_returns():
    assert not check("L02.1", 0)
    assert not check("L02.1", ...)


@pytest.mark.parametrize(("answer", "words"), [(80, "flipped"), (..., "not written")])
def test_strict_mode_raises(monkeypatch, answer, words):
    monkeypatch.setenv("CNNLIB_STRICT", "1")
    with pytest.raises(CheckFailed, match=words) as caught:
        check("L02.1", answer)
    assert isinstance(caught.value, AssertionError)
    assert caught.value.__suppress_context__


def test_strict_mode_returns_what_passed(monkeypatch):
    monkeypatch.setenv("CNNLIB_STRICT", "1")
    assert check("L02.1", -80)


@pytest.mark.parametrize("value", ["", "0"])
def test_strict_mode_can_be_switched_off(monkeypatch, value):
    monkeypatch.setenv("CNNLIB_STRICT", value)
    assert not check("L02.1", 80)


# stubs


def dots(image):
    """Say what to do."""
    ...


def docstring(image):
    """Say what to do."""


def dots_returned(image):
    return ...


def dots_used(image):
    factor = ...
    return factor * image


def not_implemented(image):
    raise NotImplementedError("your turn")


@pytest.mark.parametrize(
    "stub", [dots, docstring, dots_returned, dots_used, not_implemented, ..., None]
)
def test_stub_functions_are_not_written_yet(stub):
    assert DOUBLE.judge(stub)[0] == NOT_WRITTEN


@pytest.mark.parametrize("stub", [..., None, [..., ...], (1, None), [[1, ...], [2, 3]]])
def test_stub_values_are_not_written_yet(stub):
    assert MATRIX.judge(stub)[0] == NOT_WRITTEN


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


# answers in many types


@pytest.mark.parametrize(
    "answer", [4, 4.0, np.float32(4), np.int64(4), np.uint8(4), [4], np.array([[4]])]
)
def test_one_number_in_every_form_passes(answer):
    assert verdict(answer, 4)[0] == PASSED


@pytest.mark.parametrize("answer", [[0, 1], (0, 1), np.array([0, 1]), np.uint8([0, 1])])
def test_lists_tuples_and_arrays_pass(answer):
    assert verdict(answer, [0, 1])[0] == PASSED


class Tensor:
    """Answers to NumPy as a tensor does, and can be called as well."""

    def __array__(self, dtype=None, copy=None):
        return np.array([0.0, 1.0])

    def __call__(self):
        raise AssertionError


def test_whatever_becomes_an_array_passes():
    assert verdict(Tensor(), [0, 1])[0] == PASSED


def test_tensorflow_tensor_passes():
    tf = pytest.importorskip("tensorflow")
    assert verdict(tf.constant([0.0, 1.0]), [0, 1])[0] == PASSED
    status, *_ = DOUBLE.judge(lambda image: tf.constant(2 * image))
    assert status == PASSED


@pytest.mark.parametrize("answer", ["edges", " Edges ", np.str_("EDGES")])
def test_text_is_compared_without_case(answer):
    assert verdict(answer, "edges")[0] == PASSED


def test_wrong_text_gets_its_hint():
    item = Value(expected=["a", "b"], hints=[("Swapped.", ["b", "a"])])
    assert item.judge(["B", "A"]) == Verdict(NOT_YET, "Swapped.")
    assert "1 of the 2 values" in not_yet(["a", "c"], item)
    assert "text is expected" in not_yet(3, item)


def test_truth_values_can_be_asked_for():
    assert verdict(True, True)[0] == PASSED
    assert verdict([True, False], [True, True])[0] == NOT_YET


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (["4"], "is text"),
        (4 + 1j, "complex"),
        ({4}, "of type `set`"),
        ({"a": 4}, "of type `dict`"),
        (lambda: 4, "is a function"),
        (len, "is a function"),
        (float("nan"), "NaN"),
        (float("inf"), "infinity"),
        ([[1, 2], [3]], "equally long"),
        (object(), "of type `object`"),
        (iter([4]), "of type `list_iterator`"),
    ],
)
def test_unreadable_values_are_named(answer, words):
    assert words in not_yet(answer, Value(expected=4))


def test_nan_is_located():
    assert "NaN (not a number) in row 1, column 2" in not_yet(
        [[0, 0, 0], [0, 0, np.nan]], MATRIX
    )


# comparison


def test_whole_numbers_are_exact_however_large():
    assert verdict(138_357_544, 138_357_544)[0] == PASSED
    assert verdict(138_357_545, 138_357_544)[0] == NOT_YET


def test_floats_have_a_tolerance_relative_to_the_largest():
    assert verdict([1000.001, 0.001], [1000.0, 0.0])[0] == PASSED
    assert verdict([1000.1, 0.0], [1000.0, 0.0])[0] == NOT_YET
    assert verdict(2e-6, 1e-6)[0] == NOT_YET


def test_tolerance_can_be_set():
    item = Value(expected=1.0607, tolerance=5e-4)
    assert item.judge(1.061)[0] == PASSED
    assert item.judge(1.06)[0] == NOT_YET


def test_any_of_accepts_each_form():
    item = Value(expected=any_of(4, any_of((4, 4))))
    assert [item.judge(a)[0] for a in (4, [4, 4])] == [PASSED, PASSED]
    assert "expected: a single value or 2 values" in not_yet([4, 4, 4], item)


def test_first_matching_hint_wins_and_predicates_may_fail():
    item = Value(
        expected=1,
        hints=[
            ("breaks", lambda a: a[7] == 2),
            ("Too large.", lambda a: a > 100),
            ("Two.", SameShape(np.zeros(2))),
            ("later", any_of(3, 300)),
        ],
    )
    assert item.judge(300)[1] == "Too large."
    assert item.judge(3)[1] == "later"
    assert item.judge([8, 9])[1] == "Two."


def test_because_and_otherwise_are_shown():
    item = Value(expected=1, because="One is one.", otherwise="Count again.")
    assert item.judge(1) == Verdict(PASSED, "One is one.")
    assert item.judge(7) == Verdict(NOT_YET, "7 is not it.\nCount again.")


RIGHT = np.array([[-1.0, 2.0, -3.0], [4.0, 5.0, 260.0]])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (-RIGHT, "opposite sign"),
        (abs(RIGHT), "some of the signs"),
        (RIGHT.T, "transposed"),
        (RIGHT[::-1, ::-1], "turned by 180 degrees"),
        (RIGHT.astype(int).astype(np.uint8), "multiples of 256"),
        (RIGHT[None, :, :, None], "axes of length 1"),
        (
            np.where(RIGHT == 5, 6, RIGHT),
            "in row 1, column 1 (counted from 0): you have 6",
        ),
        (RIGHT + 1, "6 of the 6 values"),
        (RIGHT[0], "You have 3 values; expected: an array of shape (2, 3)"),
        (7, "You have a single value; expected: an array of shape (2, 3)"),
        ([], "You have 0 values"),
    ],
)
def test_differences_without_a_hint_are_diagnosed(answer, words):
    message = not_yet(answer, Value(expected=RIGHT))
    assert words in message
    assert "260" not in message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (np.zeros((2, 2, 2)) + 1, "at index (0, 0, 0)"),
        (np.array([1.0]), "You have 1 values; expected: an array of shape (2, 2, 2)"),
    ],
)
def test_places_in_many_axes(answer, words):
    assert words in not_yet(answer, Value(expected=np.zeros((2, 2, 2))))


# functions that go wrong


def test_right_function_passes_whatever_it_prints(capsys):
    def talks(image):
        print("x" * 100_000)
        print("to stderr", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return 2 * image

    assert DOUBLE.judge(talks)[0] == PASSED
    assert capsys.readouterr() == ("", "")


def test_function_is_called_on_every_input():
    message = not_yet(lambda image: 2 * HAND if len(image) == 2 else image)
    assert "12 of the 12 values" in message


def test_several_arguments():
    item = Function(reference=lambda a, b: a - b, inputs=[(HAND, 1), (RANDOM, RANDOM)])
    assert item.judge(lambda a, b: a - b)[0] == PASSED
    assert "opposite sign" in not_yet(lambda a, b: b - a, item)
    assert "missing 1 required positional argument" in not_yet(lambda a, b, c: a, item)


def test_known_wrong_functions_are_recognized():
    item = replace(
        DOUBLE,
        hints=[
            ("You forgot to double.", lambda image: image),
            ("One row only.", SameShape(lambda image: image[0])),
        ],
    )
    assert not_yet(lambda image: image + 0, item) == "You forgot to double."
    assert not_yet(lambda image: image[0] * 7, item) == "One row only."


def test_a_mistake_that_returns_a_bool_gets_its_hint():
    item = Function(
        reference=lambda image: (image > 1).sum(),
        inputs=[HAND],
        hints=[("Count them.", lambda image: (image > 1).any())],
    )
    assert not_yet(lambda image: bool((image > 1).any()), item) == "Count them."
    assert not_yet(lambda image: 1, item) == "Count them."
    assert "You have True or False" in not_yet(lambda image: image > 1, item)


def test_true_is_not_one():
    assert "You have True or False" in not_yet(True, Value(expected=1))
    assert "You have True or False" in not_yet([True, False], Value(expected=[1, 0]))


def test_shape_of_the_input_is_pointed_out():
    item = Function(reference=lambda image: image[1:], inputs=[HAND])
    message = not_yet(lambda image: image, item)
    assert (
        "expected: an array of shape (1, 3). Yours has the shape of the input."
        in message
    )


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


def test_what_was_printed_before_a_failure_is_shown():
    def fails(image):
        print("shape", image.shape)
        raise KeyError("x")

    assert "It had printed: shape (2, 3)" in not_yet(fails)


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


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("text", "is text"),
        (np.nan, "NaN"),
        ([[1], [1, 2]], "equally long"),
        (lambda: 0, "is a function"),
        ({}, "of type `dict`"),
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


def test_result_that_fails_on_reading_is_reported():
    class Broken:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError

    assert "cannot be read as an array" in not_yet(lambda image: Broken())


def test_value_where_a_function_is_expected():
    assert "the function itself" in not_yet(3.0)


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


# the time limit

QUICK = replace(DOUBLE, seconds=0.2)


@needs_alarm
def test_endless_loop_is_stopped():
    def endless(image):
        while True:
            pass

    started = time.monotonic()
    message = not_yet(endless, QUICK)
    assert time.monotonic() - started < 2
    assert "`endless` was stopped after 0.2 seconds" in message
    assert "of your code" in message


@needs_alarm
def test_endless_loop_with_except_exception_is_stopped():
    def stubborn(image):
        while True:
            with contextlib.suppress(Exception):
                image.nothing()

    assert "was stopped after" in not_yet(stubborn, QUICK)


@needs_alarm
def test_endless_printing_is_stopped(capsys):
    def chatter(image):
        while True:
            print("again and again")

    message = not_yet(chatter, QUICK)
    assert "was stopped after" in message
    assert len(message) < 1000
    assert capsys.readouterr().out == ""


@needs_alarm
def test_the_limit_holds_for_all_calls_together():
    def slow(image):
        time.sleep(0.15)
        return 2 * image

    assert "was stopped after" in not_yet(slow, QUICK)


@needs_alarm
def test_an_alarm_that_a_callback_swallows_rings_again(monkeypatch):
    class Swallows:
        def __del__(self):
            time.sleep(0.5)

    def endless(image):
        waits = Swallows()
        del waits
        while True:
            pass

    monkeypatch.setattr(sys, "unraisablehook", lambda lost: None)
    assert "was stopped after" in not_yet(endless, QUICK)


@needs_alarm
@pytest.mark.parametrize("ending", ["returns", "raises", "runs out"])
def test_previous_handler_and_timer_come_back(ending):
    def handler(signum, frame):
        raise AssertionError

    def student(image):
        if ending == "raises":
            raise ValueError
        while ending == "runs out":
            pass
        return 2 * image

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 60, 7)
        QUICK.judge(student)
        left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
        assert signal.getsignal(signal.SIGALRM) is handler
        assert 50 < left < 60
        assert interval == 7
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@needs_alarm
def test_no_timer_is_left_running():
    QUICK.judge(lambda image: 2 * image)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_streams_come_back_after_every_ending():
    streams = sys.stdout, sys.stderr
    DOUBLE.judge(lambda image: sys.exit())
    assert (sys.stdout, sys.stderr) == streams


def test_in_a_thread_there_is_no_limit_and_no_error():
    results = []

    def slow(image):
        time.sleep(0.15)
        return 2 * image

    thread = threading.Thread(target=lambda: results.append(QUICK.judge(slow)))
    thread.start()
    thread.join()
    assert results[0][0] == PASSED


def test_without_sigalrm_there_is_no_limit_and_no_error(monkeypatch):
    monkeypatch.delattr(signal, "setitimer", raising=False)
    assert QUICK.judge(lambda image: 2 * image)[0] == PASSED


@needs_alarm
def test_ctrl_c_during_a_check_reaches_the_user():
    def waits(image):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

    # a run that was started in the background ignores the signal until it is told
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            DOUBLE.judge(waits)
    finally:
        signal.signal(signal.SIGINT, before)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
