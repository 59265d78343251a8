"""Start TensorFlow without its chatter, and without hiding anything real."""

import os
import re
import sys
import tempfile
from contextlib import contextmanager

KNOWN_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        r"WARNING: All log messages before absl::InitializeLog\(\) is called",
        r"oneDNN custom operations are on",
        r"This TensorFlow binary is optimized to use available CPU instructions",
        r"To enable the following instructions: .* rebuild TensorFlow",
        r"Could not find cuda drivers on your machine, GPU will not be used",
        r"Unable to register cu\w+ (factory|plugin)",
        r"computation_placer already registered",
        r"failed call to cuInit: .*(UNKNOWN ERROR \(303\)|no CUDA-capable device)",
        r"(Failed to find|Could not load) dynamic library 'libcuda",
    )
)
"""What TensorFlow writes at every start on a machine where all is well; `quiet` shows
whatever is not on this list."""


@contextmanager
def quiet():
    """Hold standard error back while TensorFlow loads, then show what is new.

    Used as `with quiet(): import keras`. File descriptor 2 is held, because
    TensorFlow's C++ code writes there past Python. When the block ends, each
    held line that is not in `KNOWN_LINES` is written to `sys.stderr`; this also
    happens if the block raises.
    """
    if sys.stderr is None:  # as under pythonw, where there is no console
        yield
        return
    sys.stderr.flush()
    before = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
            if sys.modules.get("tensorflow"):  # None is there to forbid it
                # the first look for devices writes lines too: have them now
                sys.modules["tensorflow"].config.list_physical_devices()
        finally:
            os.dup2(before, 2)
            os.close(before)
            held.seek(0)
            text = held.read().decode(errors="replace")
            for line in text.splitlines():
                if line.strip() and not any(k.search(line) for k in KNOWN_LINES):
                    sys.stderr.write(line + "\n")


def load_keras():
    """Return the module keras; the first time, without TensorFlow's chatter."""
    with quiet():
        import keras
    return keras
