"""The fingerprint: what outputs that nbval ignores depend on."""

import hashlib
from pathlib import Path

from nbval.plugin import find_comment_markers, find_metadata_tags

from tools.notebooks.canonical import code_cells, has_tag
from tools.notebooks.reach import reached

LOCK = "requirements.lock"


def nbval_options(cell):
    """Read a cell's nbval tags and comments the way that nbval does."""
    return dict(find_metadata_tags(cell.metadata)) | dict(
        find_comment_markers(cell.source)
    )


def is_ignored(cell):
    """Tell whether nbval runs this cell without comparing its outputs."""
    return nbval_options(cell).get("check") is False


def fingerprint(notebook, root):
    """Hash the notebook's code, what it reaches of cnnlib, and the lock.

    Checks and explorers do not count: what they show is compared to the letter, and
    no cell whose outputs are ignored may use them, so a hint put better makes no
    notebook stale. The set-up cell does not count either: it does nothing outside
    Colab, and a fork that changes its address has nothing to run again.
    Returns: a hexadecimal SHA-256, or None if the notebook ignores no output.
    """
    cells = code_cells(notebook)
    if not any(is_ignored(cell) for cell in cells):
        return None
    sources = [cell.source for cell in cells if not has_tag(cell, "setup")]
    digest = hashlib.sha256()
    for source in sources:
        _add(digest, source.encode())
    for path in reached(sources, root):
        _add(digest, path.relative_to(root).as_posix().encode())
        _add(digest, path.read_bytes())
    _add(digest, (Path(root) / LOCK).read_bytes())
    return digest.hexdigest()


def stale(notebook, root):
    """Say why the ignored outputs are out of date, or return None."""
    stored = notebook.metadata.get("cnnlib", {}).get("fingerprint")
    if stored == fingerprint(notebook, root):
        return None
    return (
        "the outputs that nbval ignores are older than the notebook's code, "
        f"what it imports from cnnlib, or {LOCK}: run make notebooks"
    )


def _add(digest, content):
    # the length in front keeps "ab" + "c" apart from "a" + "bc"
    digest.update(b"%d:" % len(content) + content)
