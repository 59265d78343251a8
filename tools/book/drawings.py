"""The figures of the book: SVG, where a notebook carries one beside its PNG."""

import re
from pathlib import Path

from tools.notebooks.drawings import BOOK_TYPE

PATH = re.compile(r'(?<= d=")[^"]+')  # scales stay: a letter's is below a hundredth
COMMAND = re.compile(r"\s*([A-Za-z])\s*")  # it needs no space around it
LONG = re.compile(r"-?\d+\.\d{3,}")  # a number with three decimals or more


def setup(app):
    """Register the hook."""
    app.connect("source-read", show_drawings)
    app.connect("build-finished", shorten, priority=800)


def show_drawings(app, docname, source):
    """Give each drawing the type that the book knows, and prefers to a PNG."""
    source[0] = source[0].replace(f'"{BOOK_TYPE}"', '"image/svg+xml"')


def shorten(app, exception):
    """Write lengths in hundredths of a point, finer than any screen shows."""
    if exception or app.builder.format != "html":
        return
    for drawing in Path(app.outdir, "_images").glob("*.svg"):
        drawing.write_text(short(drawing.read_text("utf-8")), "utf-8")


def short(svg):
    """Return the text of a drawing whose paths have two decimals and no idle spaces."""
    return PATH.sub(lambda path: COMMAND.sub(r"\1", LONG.sub(_rounded, path[0])), svg)


def _rounded(number):
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
