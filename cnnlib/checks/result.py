"""What a check found, shown in words as text and as HTML."""

import html
import re
from dataclasses import dataclass, field

PASSED, NOT_YET, NOT_WRITTEN = "passed", "not yet", "not written yet"

# the page's own colors, so that it reads in light and dark; the words carry the meaning
_BOX = "border-left: 0.25em solid; padding: 0.25em 0.75em; white-space: pre-line"
_CODE = '<code style="color: inherit; background: none; border: 0">\\1</code>'


class CheckFailed(AssertionError):
    """A check did not pass and CNNLIB_STRICT=1 asks for an error."""


@dataclass(frozen=True)
class Result:
    """The outcome of one check, true only if it passed.

    Attributes:
        name: the lecture and the exercise, such as "L02.1".
        status: PASSED, NOT_YET or NOT_WRITTEN.
        message: what the student is told.
        box: HTML that follows the message, see `answer_box`.
    """

    name: str
    status: str
    message: str
    box: str = field(default="", repr=False, compare=False)

    def __bool__(self):
        """Tell whether the check passed."""
        return self.status == PASSED

    def __repr__(self):
        """Show the outcome as text."""
        return f"{self.name}: {self.status}. {self.message}".rstrip()

    def _repr_html_(self):
        message = re.sub("`([^`]+)`", _CODE, html.escape(self.message))
        head = html.escape(f"{self.name}: {self.status}.")
        return (
            f'<div role="status" style="{_BOX}"><strong>{head}</strong> {message}</div>'
            f"{self.box}"
        )
