"""Sphinx extension of the book: what Jupyter Book leaves to a network or to chance.

Each module is one part of it, with a `setup(app)` of its own.
"""

import hashlib
from pathlib import Path

from tools.book import (
    api,
    dialect,
    drawings,
    formulas,
    images,
    pages,
    predictions,
    repairs,
    resources,
    scripts,
    search,
    styles,
)

PARTS = (
    api,
    dialect,
    drawings,
    formulas,
    pages,
    predictions,
    search,
    resources,
    repairs,
    images,
    scripts,
    styles,
)
OWN = Path(__file__).parent
METADATA = {"parallel_read_safe": True, "parallel_write_safe": True}


def setup(app):
    """Register the hooks of all parts."""
    app.add_config_value("book_files", "", "html")
    app.connect("config-inited", notice_changes)
    for part in PARTS:
        part.setup(app)
    return METADATA


def notice_changes(app, config):
    """Let a change of a style or script, or of this package, write all pages again."""
    files = sorted(Path(app.srcdir, "_static").rglob("*.*"))
    files += sorted(
        path for kind in ("js", "css") for path in resources.LIBRARY.rglob(f"*.{kind}")
    )
    files += sorted(OWN.glob("*.*"))
    contents = b"".join(path.read_bytes() for path in files)
    config.book_files = hashlib.sha256(contents).hexdigest()
