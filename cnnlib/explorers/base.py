"""What every explorer shares: one object shown as HTML, as PNG and as text."""

import base64
import io
import re
from html import escape
from importlib.resources import files

from cnnlib import _page
from cnnlib._validate import complaint

STATIC_NOTE = (
    "This is the static picture. The window moves in the book, and in a notebook once "
    "this cell has run."
)


class Explorer:
    """A figure to play with, for any place that shows the outputs of a notebook.

    The HTML begins with a static picture made of tables, because GitHub and untrusted
    notebooks strip styles and scripts; the script then puts the live one in its place.
    A subclass sets `kind` and `title` and writes the four methods that raise here.

    Args:
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if `name` is not a string.
        ValueError: if `name` is not lower-case words joined by hyphens.
    """

    kind = ""  # <kind>.js, beside this file, draws the live explorer
    title = ""

    def __init__(self, name):
        expected = "lower-case words joined by hyphens, as 'sobel-and-box'"
        if not isinstance(name, str):
            raise TypeError(complaint("name", expected, repr(name)))
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
            raise ValueError(complaint("name", expected, repr(name)))
        self.name = name

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        raise NotImplementedError

    def static_html(self):
        """Return the static picture: HTML that is clear without style and script."""
        raise NotImplementedError

    def text(self):
        """Return the plain text form."""
        raise NotImplementedError

    def draw(self, figure):
        """Draw the static picture on a matplotlib figure."""
        raise NotImplementedError

    def html(self):
        """Return the static picture, the style and the script in one element."""
        config = _page.attribute(self.config())
        return (
            f'<div class="cnnlib-explorer" id="cnnlib-{self.name}" role="group" '
            f'aria-label="{escape(self.title)}" data-explorer="{self.kind}" '
            # JupyterLab would take the arrow keys for itself
            f"data-lm-suppress-shortcuts=\"true\" data-config='{config}'>\n"
            f'<div class="ce-static">\n{self.static_html()}\n'
            f'<p class="ce-note">{STATIC_NOTE}</p>\n</div>\n'
            f"{_page.style('explorers/explorer.css', *self._own_style())}\n"
            f"{_page.script('explorers/grid.js', f'explorers/{self.kind}.js')}\n</div>"
        )

    def _own_style(self):
        """Return the name of this kind's own style sheet in a list, if there is one."""
        own = f"explorers/{self.kind}.css"
        return [own] if (files("cnnlib") / own).is_file() else []

    def png(self):
        """Return the static picture as PNG bytes."""
        from matplotlib import rc_context, rcdefaults
        from matplotlib.figure import Figure

        from cnnlib import plots

        buffer = io.BytesIO()
        with rc_context():  # the same picture whatever style the notebook has set
            rcdefaults()
            plots.use_style()
            figure = Figure()
            self.draw(figure)
            figure.savefig(buffer, format="png", dpi=150)
        return buffer.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/html": self.html(),
            "image/png": base64.b64encode(self.png()).decode("ascii"),
            "text/plain": self.text(),
        }
