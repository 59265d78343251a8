"""One thread for each matrix product, while any network is at work."""

import functools
import threading
from contextlib import contextmanager

import threadpoolctl

_lock = threading.Lock()
_users, _limit = 0, None


@functools.cache
def _controller():
    # to look for the libraries takes milliseconds; NumPy's is there since its import
    return threadpoolctl.ThreadpoolController()


def _own():
    """Let this thread change the limit, whichever one changed it before."""
    library = getattr(threadpoolctl, "OpenBLASController", None)
    release = getattr(library, "clear_controlling_thread", None)  # newer versions
    if release is not None:
        release(force=True)


@contextmanager
def one_thread():
    """Hold BLAS to one thread: where both cores are busy, that is far faster.

    The limit is the process's own, so it begins with the first of several overlapping
    blocks, in whatever threads, and ends with the last of them.
    """
    global _users, _limit
    with _lock:
        if _users == 0:
            _own()
            _limit = _controller().limit(limits=1, user_api="blas")
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                _own()
                _limit.restore_original_limits()
                _own()
