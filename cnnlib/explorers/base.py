"""What every explorer shares: one object shown as HTML, as PNG and as text."""

import base64
import io
import json
import re
from html import escape
from importlib.resources import files

from cnnlib._validate import complaint

STATIC_NOTE = (
    "This is the static picture. The window moves where scripts may run: in the book, "
    "on Colab, in a trusted notebook."
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
        config = escape(json.dumps(self.config(), separators=(",", ":")), quote=False)
        config = config.replace("'", "&#39;")  # JSON itself is full of double quotes
        script = _resource("grid.js") + _resource(f"{self.kind}.js")
        return (
            f'<div class="cnnlib-explorer" id="cnnlib-{self.name}" role="group" '
            f'aria-label="{escape(self.title)}" data-explorer="{self.kind}" '
            # JupyterLab would take the arrow keys for itself
            f"data-lm-suppress-shortcuts=\"true\" data-config='{config}'>\n"
            f'<div class="ce-static">\n{self.static_html()}\n'
            f'<p class="ce-note">{STATIC_NOTE}</p>\n</div>\n'
            f"<style>\n{self._style()}</style>\n"
            f'<script>\n(() => {{\n"use strict";\n{script}}})();\n</script>\n</div>'
        )

    def _style(self):
        """Return the shared style, and that of this kind where <kind>.css is there."""
        own = f"{self.kind}.css"
        has_own = files(__package__).joinpath(own).is_file()
        return _resource("explorer.css") + (_resource(own) if has_own else "")

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


def _resource(filename):
    """Read a file beside this one, without indentation and comment lines."""
    text = files(__package__).joinpath(filename).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{x}\n" for x in lines if x and not x.startswith(("//", "/*")))
