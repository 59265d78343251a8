"""The figures of the book: SVG, where a notebook carries one beside its PNG."""

from tools.notebooks.drawings import BOOK_TYPE


def setup(app):
    """Register the hook."""
    app.connect("source-read", show_drawings)


def show_drawings(app, docname, source):
    """Give each drawing the type that the book knows, and prefers to a PNG."""
    source[0] = source[0].replace(f'"{BOOK_TYPE}"', '"image/svg+xml"')
