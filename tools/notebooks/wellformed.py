"""Whether a notebook is one that the other rules can read at all."""

from base64 import b64decode
from xml.etree import ElementTree

from nbformat.validator import iter_validate

from tools.notebooks.canonical import cell_name
from tools.notebooks.drawings import BOOK_TYPE
from tools.notebooks.figures import FIGURE_TYPES

KINDS = ("code", "markdown", "raw")
MAPPINGS = ("mystnb", "mystnb.figure", "mystnb.image")  # what the book's tools read


def malformed(notebook):
    """Yield what no rule could read, each with its cell, before anything is written.

    Args:
        notebook: as `canonical.read_parts` returns it. Cells without an id are well
            formed, for the stored form names them.
    """
    for key in ("metadata", "metadata.cnnlib", "metadata.mystnb"):
        there = _at(notebook, key)
        if not isinstance(there, dict) and (there is not None or key == "metadata"):
            yield f"{key}: must hold keys and values"
    for index, cell in enumerate(notebook.cells):
        for fault in _faults(cell):
            where = cell_name(index, cell) if isinstance(cell, dict) else index + 1
            yield f"{where}: {fault}"


def _faults(cell):
    if not isinstance(cell, dict):
        yield "must hold keys and values"
    elif cell.get("cell_type") not in KINDS:
        kinds = ", ".join(KINDS)
        yield f"cell_type: expected one of {kinds}, received {cell.get('cell_type')!r}"
    else:
        yield from _against_schema(cell)
        for key in MAPPINGS:
            if not isinstance(_at(cell.get("metadata"), key), dict | None):
                yield f"metadata.{key}: must hold keys and values"
        yield from _pictures(cell)


def _against_schema(cell):
    whole = {"id": "x", **cell}
    ref = f"{cell['cell_type']}_cell"
    for error in iter_validate(whole, ref=ref, version=4, version_minor=5):
        place = ".".join(str(step) for step in error.relative_path)
        yield f"{place}: {error.message[:200]}".removeprefix(": ")


def _pictures(cell):
    outputs = cell.get("outputs")
    outputs = outputs if isinstance(outputs, list) else []
    for number, output in enumerate(outputs, start=1):
        data = _at(output, "data")
        if isinstance(data, dict) and BOOK_TYPE in data:
            yield from _drawing(number, data[BOOK_TYPE])
        for kind in FIGURE_TYPES:
            data = _at(output, f"data.{kind}") or ""
            try:
                b64decode("".join(data) if isinstance(data, list) else data)
            except (ValueError, TypeError) as error:
                yield f"output {number}: {kind} cannot be read: {error}"


def _drawing(number, drawing):
    try:
        ElementTree.fromstring("".join(drawing))
    except (ElementTree.ParseError, TypeError) as error:
        yield f"output {number}: {BOOK_TYPE} cannot be read: {error}"


def _at(value, path):
    """Return what stands under a dotted path; None where nothing does."""
    for key in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value
