import contextlib
import os
import signal
import sys
import threading
import time

import pytest

from cnnlib.checks.timelimit import OutOfTime, limited

needs_alarm = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="there is no time limit without SIGALRM"
)


def endless():
    while True:
        pass


def test_what_the_function_returns_comes_back():
    assert limited(lambda: 7, 5) == 7


@needs_alarm
def test_an_endless_loop_is_stopped():
    started = time.monotonic()
    with pytest.raises(OutOfTime):
        limited(endless, 0.2)
    assert 0.2 <= time.monotonic() - started < 2


@needs_alarm
def test_except_exception_does_not_keep_it():
    def stubborn():
        while True:
            with contextlib.suppress(Exception):
                sys.nothing()

    with pytest.raises(OutOfTime):
        limited(stubborn, 0.2)


@needs_alarm
def test_an_alarm_that_a_callback_swallows_rings_again(monkeypatch):
    class Swallows:
        def __del__(self):
            time.sleep(0.3)

    def swallowing():
        waits = Swallows()
        del waits
        endless()

    monkeypatch.setattr(sys, "unraisablehook", lambda lost: None)
    with pytest.raises(OutOfTime):
        limited(swallowing, 0.1)


@needs_alarm
@pytest.mark.parametrize("ending", ["returns", "raises", "runs out"])
def test_previous_handler_and_timer_come_back(ending):
    def handler(signum, frame):
        raise AssertionError

    def function():
        if ending == "raises":
            raise ValueError
        while ending == "runs out":
            pass

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 60, 7)
        with contextlib.suppress(ValueError, OutOfTime):
            limited(function, 0.1)
        left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
        assert signal.getsignal(signal.SIGALRM) is handler
        assert 50 < left < 60
        assert interval == 7
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@needs_alarm
def test_no_timer_is_left_running():
    limited(lambda: None, 5)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_in_a_thread_there_is_no_limit_and_no_error():
    results = []
    slow = lambda: time.sleep(0.1) or "done"  # noqa: E731
    thread = threading.Thread(target=lambda: results.append(limited(slow, 0.01)))
    thread.start()
    thread.join()
    assert results == ["done"]


def test_without_sigalrm_there_is_no_limit_and_no_error(monkeypatch):
    monkeypatch.delattr(signal, "setitimer", raising=False)
    assert limited(lambda: time.sleep(0.1) or "done", 0.01) == "done"


@needs_alarm
def test_ctrl_c_reaches_the_user():
    def waits():
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

    # a run that was started in the background ignores the signal until it is told
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            limited(waits, 5)
    finally:
        signal.signal(signal.SIGINT, before)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
