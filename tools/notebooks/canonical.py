"""The stored form of a notebook: one text for one content."""

import json
import os
import re
import stat
import tempfile
from pathlib import Path

import nbformat

from tools.notebooks.figures import strip_notes
from tools.notebooks.machine import traces

MAX_BYTES = 1_500_000
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}
NOTEBOOK_KEYS = ("cnnlib", "mystnb")
COLLAPSED = "jp-MarkdownHeadingCollapsed"
CELL_KEYS = ("cellView", COLLAPSED, "mystnb", "tags")
JUPYTER_KEYS = ("outputs_hidden", "source_hidden")

# A style or script of cnnlib in an output: live outputs bring it, the page of the book
# brings it once, and a stored notebook keeps its mark alone.
RESOURCE = re.compile(r"(<(style|script) data-cnnlib=\"[^\"]*\">)[\s\S]*?(</\2>)")

WIDGET = "application/vnd.jupyter.widget-view+json"


def read(path):
    """Read a notebook as it stands, adding nothing."""
    parts = read_parts(path)
    try:
        return nbformat.v4.to_notebook_json(parts)
    except (AttributeError, TypeError) as error:  # `malformed` says where
        raise ValueError(f"{path} is not a notebook: {error}") from error


def read_parts(path):
    """Read a notebook as it stands, its texts still in lines.

    Raises: ValueError if it has no cells, or is in another format.
    """
    try:
        parts = nbformat.from_dict(json.loads(Path(path).read_text(encoding="utf-8")))
    except (RecursionError, ValueError) as error:
        raise ValueError(f"{path} is not a notebook: {error}") from error
    if not isinstance(parts, dict) or not isinstance(parts.get("cells"), list):
        raise ValueError(f"{path} is not a notebook: it has no list of cells")
    if parts.get("nbformat") != 4:
        found = parts.get("nbformat")
        raise ValueError(f"{path} must be in notebook format 4, received {found}")
    return parts


def write(path, notebook):
    """Write a notebook in canonical form; return whether the file changed.

    The file is replaced in one step, and left alone where nothing changes. A link
    stays one: the file that it leads to is written.
    """
    return replace_text(path, text(notebook, lecture_of(path)))


def replace_text(path, content):
    """Replace a file by `content` in one step; return whether it changed."""
    path = Path(path).resolve()
    if path.exists() and path.read_bytes() == content.encode():
        return False
    if path.exists() and path.stat().st_nlink > 1:
        path.write_bytes(content.encode())  # its other names must see it too
        return True
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def lecture_of(path):
    """Return the lecture's short name: "L02" of lectures/L02_edge_detection.ipynb."""
    return Path(path).stem.split("_")[0]


def code_cells(notebook):
    """Return the code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def has_tag(cell, tag):
    """Tell whether a cell carries a tag."""
    return tag in cell.metadata.get("tags", [])


def without_empty_cells(notebook):
    """Return the cells but those that hold nothing, as Jupyter leaves one at the end.

    An empty cell with a tag stays: `faults` asks for it.
    """
    return [
        cell
        for cell in notebook.cells
        if cell.source.strip() or cell.metadata.get("tags")
    ]


def text(notebook, lecture):
    """Return the canonical text of a notebook, whose missing ids start with `lecture`.

    Nothing here depends on a run: sources, outputs and execution counts stay.
    Raises: nbformat.ValidationError if this is no valid notebook.
    """
    metadata = _only(notebook.metadata, NOTEBOOK_KEYS)
    metadata |= {"kernelspec": KERNELSPEC, "language_info": LANGUAGE}
    cells = [_cell(cell) for cell in without_empty_cells(notebook)]
    _name_cells(cells, lecture.lower())
    _collapse_on_colab(cells, metadata)
    stored = nbformat.from_dict(
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )
    nbformat.validate(stored)
    return nbformat.v4.writes_json(stored) + "\n"


def faults(notebook):
    """List what only a run or an edit can mend, each with its cell."""
    found, count = [], 0
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            count += bool(cell.source.strip())
            found += [
                f"{cell_name(index, cell)}: {fault}" for fault in _faults(cell, count)
            ]
    size = len(text(notebook, "").encode())
    if size > MAX_BYTES:
        found.append(f"{size:,} bytes, at most {MAX_BYTES:,} are allowed")
    return found


def cell_name(index, cell):
    """Name a cell for a message: its place in the file and its number in Jupyter."""
    return f"cell {index + 1} (In [{cell.get('execution_count') or ' '}])"


def _faults(cell, count):
    if not cell.source.strip():
        yield "an empty cell: write it, or delete it"
    elif cell.execution_count != count:
        found = cell.execution_count
        yield f"execution count {found}, expected {count}: run make notebooks"
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"stores an error: {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            yield f"writes to standard error: {output.text.strip()[:300]}"
        if WIDGET in output.get("data", {}):
            yield "shows a widget, which a page cannot show and nbval cannot compare"
        yield from traces(output)


def _cell(cell):
    metadata = _only(cell.metadata, CELL_KEYS)
    hidden = cell.metadata.get("jupyter", {})
    if hidden := {key: True for key in JUPYTER_KEYS if hidden.get(key)}:
        metadata["jupyter"] = hidden
    if "outputs_hidden" in hidden:
        metadata["collapsed"] = True  # JupyterLab writes both
    kept = _only(cell, ("attachments", "cell_type", "id", "source"))
    kept["metadata"] = metadata
    if cell.cell_type == "code":
        kept["execution_count"] = cell.get("execution_count")
        kept["outputs"] = _merge_streams(
            [_output(output, cell) for output in cell.get("outputs", [])]
        )
    return kept


def _output(output, cell):
    kept = _only(output, ("ename", "evalue", "name", "output_type", "text"))
    if output.output_type == "error":
        kept["traceback"] = output.traceback
    if "data" in output:
        kept["data"] = {kind: _stored(kind, x) for kind, x in output.data.items()}
        # the size at which a picture is shown; front ends add more
        kept["metadata"] = _only(output.get("metadata", {}), output.data)
    if output.output_type == "execute_result":
        kept["execution_count"] = cell.get("execution_count")
    return kept


def _stored(kind, value):
    if kind == "image/png":
        return strip_notes(value)
    return RESOURCE.sub(r"\1\3", value) if kind == "text/html" else value


def _merge_streams(outputs):
    merged = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            merged.append(output)
    return merged


def _name_cells(cells, prefix):
    taken = set()
    for index, cell in enumerate(cells, start=1):
        name = cell.get("id")
        if not name or name in taken:
            others = taken | {other.get("id") for other in cells}
            name = f"{prefix}-{index:03d}"
            while name in others:
                name += "x"
        cell["id"] = name
        taken.add(name)


def _collapse_on_colab(cells, metadata):
    """Collapse on Colab the headings that are collapsed in JupyterLab."""
    collapsed = [cell for cell in cells if cell["metadata"].get(COLLAPSED)]
    for cell in collapsed:
        cell["metadata"]["id"] = cell["id"]  # where Colab looks for it
    if collapsed:
        names = [cell["id"] for cell in collapsed]
        metadata["colab"] = {"collapsed_sections": names}


def _only(mapping, keys):
    return {key: mapping[key] for key in keys if key in mapping}
