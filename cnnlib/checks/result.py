"""What a check found, shown in words as text and as HTML."""

import html
import re
from dataclasses import dataclass

PASSED, NOT_YET, NOT_WRITTEN = "passed", "not yet", "not written yet"

# the page's own colors, so that it reads in light and dark; the words carry the meaning
_BOX = "border-left: 0.25em solid; padding: 0.25em 0.75em; white-space: pre-line"
_CODE = '<code style="color: inherit; background: none; border: 0">\\1</code>'


class CheckFailed(AssertionError):
    """A check did not pass and CNNLIB_STRICT=1 asks for an error."""


@dataclass(frozen=True)
class Result:
    """The outcome of one check, true only if it passed."""

    name: str
    status: str
    message: str

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
        )
