"""One line that tells how far a long run is."""

import sys
import time

from cnnlib._validate import switch


class Progress:
    """A line that is written over and over, in a terminal and in a notebook.

    Nothing is written where nobody watches: into a file or a pipe, or where the
    environment variable CNNLIB_PROGRESS is 0 (or no, off, false).
    """

    pause = 0.1  # seconds between two updates, so that writing costs nothing

    def __init__(self):
        notebook = "ipykernel" in sys.modules
        watched = notebook or (sys.stdout is not None and sys.stdout.isatty())
        self._shown = watched and switch("CNNLIB_PROGRESS", default=True)
        self._last = 0.0
        self._width = 0

    def show(self, text):
        """Replace the line, unless the last time was a moment ago."""
        if self._shown and time.monotonic() - self._last >= self.pause:
            self._write(text, "")
            self._last = time.monotonic()

    def keep(self, text):
        """Replace the line for good and begin a new one."""
        if self._shown:
            self._write(text, "\n")
            self._width = 0

    def _write(self, text, end):
        # blanks cover what a longer line has left behind
        sys.stdout.write("\r" + text.ljust(self._width) + end)
        sys.stdout.flush()
        self._width = len(text)
