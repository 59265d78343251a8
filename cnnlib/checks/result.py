"""What a check found, shown in words as text and as HTML."""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

PASSED, NOT_YET, NOT_WRITTEN = "passed", "not yet", "not written yet"
FURTHER = "One step further"

# the page's own colors, so that it reads in light and dark; the words carry the meaning
_BOX = "border-left: 0.25em solid; padding: 0.25em 0.75em; white-space: pre-line"
_CODE = '<code style="color: inherit; background: none; border: 0">\\1</code>'


class Verdict(NamedTuple):
    """What a check says: its status, the words, and a further step that is folded."""

    status: str
    message: str
    further: str = ""


class CheckFailed(AssertionError):
    """A check did not pass and CNNLIB_STRICT=1 asks for an error."""


@dataclass(frozen=True)
class Result:
    """The outcome of one check, true only if it passed.

    Attributes:
        name: the lecture and the exercise, such as "L02.1".
        status: PASSED, NOT_YET or NOT_WRITTEN.
        message: what the student is told.
        further: the second step of a hint, folded in HTML, the last line in text.
        box: HTML that follows the message, see `answer_box`.
    """

    name: str
    status: str
    message: str
    further: str = ""
    box: str = field(default="", repr=False, compare=False)

    def __bool__(self):
        """Tell whether the check passed."""
        return self.status == PASSED

    def __repr__(self):
        """Show the outcome as text."""
        further = f"\n{FURTHER}: {self.further}" if self.further else ""
        return f"{self.name}: {self.status}. {self.message}".rstrip() + further

    def _repr_html_(self):
        head = html.escape(f"{self.name}: {self.status}.")
        folded = f"<summary>{FURTHER}</summary>{_html(self.further)}"
        details = f"<details>{folded}</details>" if self.further else ""
        return (
            f'<div role="status" style="{_BOX}"><strong>{head}</strong> '
            f"{_html(self.message)}{details}</div>{self.box}"
        )


def _html(words):
    return re.sub("`([^`]+)`", _CODE, html.escape(words))
