"""A time limit for a call, from inside the process."""

import signal
import threading
import time


class OutOfTime(BaseException):
    """The time is up; not an Exception, so that `except Exception` lets it through."""


def limited(function, seconds):
    """Call a function and raise OutOfTime inside it when the time is up.

    Outside the main thread, and on systems without SIGALRM, there is no limit.

    Args:
        function: called without arguments.
        seconds: the limit, in seconds of wall-clock time.
    Returns:
        What the function returns.
    Raises:
        OutOfTime: if it takes longer.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        return function()
    running = True

    def stop(signum, frame):
        if running:
            raise OutOfTime

    started = time.monotonic()
    previous = signal.signal(signal.SIGALRM, stop)
    # it rings again and again, since an alarm inside a callback can get lost
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, 0.25)
    try:
        try:
            return function()
        finally:
            running = False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous or signal.SIG_DFL)
        if left:
            left = max(left - (time.monotonic() - started), 0.001)
            signal.setitimer(signal.ITIMER_REAL, left, interval)
