"""The first code cell of a lecture, which helps where something is missing.

It looks for `cnnlib`, and for TensorFlow where the lecture uses Keras. On Colab it
installs what is missing and keeps the versions that are there (a machine with TPUs has
no TensorFlow); elsewhere it says how to get it, and stops. Where all is there it does
nothing.
"""

import ast
import textwrap

from tools.notebooks.canonical import code_cells, has_tag
from tools.notebooks.names import needed, used
from tools.notebooks.outline import headings

WIDTH = 66  # of a text in the cell
KERAS = {"keras", "tensorflow"}

WITH_ADDRESS = """\
# on Colab this cell gets what is missing; elsewhere it says how to get it
import sys
from importlib import metadata, util

archive = "{archive}"
wanted = [] if util.find_spec("cnnlib") else [archive]
{keras}if wanted and "google.colab" not in sys.modules:
    how = f"Run: %pip install {{' '.join(wanted)}}"
    raise ModuleNotFoundError(f"{names} missing. {{how}}")
if wanted:
    held = f"numpy=={{metadata.version('numpy')}}"  # the NumPy that is there
    %pip install -q {{" ".join(wanted)}} {{held}}"""
KERAS_WITH_ADDRESS = """\
if not util.find_spec("tensorflow"):
    wanted.append("tensorflow")
{message}
"""

WITHOUT_ADDRESS = """\
# where something is missing, this cell says how to get it
{imports}

if not util.find_spec("cnnlib"):
    raise ModuleNotFoundError(
        "cnnlib is missing. Run in a cell: %pip install .. (the folder of "
        "the course; on Colab, upload it and run: %pip install course.zip)"
    ){keras}"""
KERAS_WITHOUT_ADDRESS = """
if not util.find_spec("tensorflow"):
{message}
    if "google.colab" not in sys.modules:
        raise ModuleNotFoundError("run in a cell: %pip install tensorflow")
    held = f"numpy=={{metadata.version('numpy')}}"  # the NumPy that is there
    %pip install -q tensorflow {{held}}"""


def setup_source(notebook, address):
    """Return the set-up cell of a notebook.

    Args:
        notebook: the notebook; where it uses Keras, the cell names these sections.
        address: the Address of the repository, or None.
    """
    message = _message(keras_sections(notebook))
    if address is not None:
        keras = KERAS_WITH_ADDRESS.format(message=message) if message else ""
        names = "cnnlib or TensorFlow is" if message else "cnnlib is"
        return WITH_ADDRESS.format(archive=address.archive, keras=keras, names=names)
    keras = KERAS_WITHOUT_ADDRESS.format(message=message) if message else ""
    imports = "import sys\nfrom importlib import metadata, util"
    if not keras:
        imports = "from importlib import util"
    return WITHOUT_ADDRESS.format(imports=imports, keras=keras)


def set_up(notebook, address):
    """Write the set-up cell into a notebook; return whether it changed.

    Raises: ValueError unless exactly one code cell is tagged `setup`.
    """
    cells = [cell for cell in code_cells(notebook) if has_tag(cell, "setup")]
    if len(cells) != 1:
        raise ValueError(
            f"one code cell tagged `setup` is expected, received {len(cells)}"
        )
    before, cells[0].source = cells[0].source, setup_source(notebook, address)
    return cells[0].source != before


def keras_sections(notebook):
    """Return the titles of the sections in which a cell stands on Keras.

    The import cell alone does not count, though it runs for all.
    """
    titles = [line for line in headings(notebook) if line.level == 2]
    found, before = [], []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or has_tag(cell, "setup"):
            continue
        title = next((t.title for t in reversed(titles) if t.cell <= index), None)
        if title not in found and any(
            map(_imports_keras, needed(before, used(cell.source)))
        ):
            found.append(title)
        before.append(cell.source)
    return found


def _imports_keras(statement):
    for node in ast.walk(statement):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        if KERAS & {name.partition(".")[0] for name in names}:
            return True
    return False


def _message(sections):
    """Write a call of print that names the sections, or "" if there are none."""
    if not sections:
        return ""
    words = "TensorFlow is missing. Keras, which needs it, is used in: "
    lines = textwrap.wrap(words + "; ".join(sections), WIDTH - 1)
    strings = [_quoted(f"{line} ") for line in lines[:-1]] + [_quoted(lines[-1])]
    return "\n".join(
        ["    print(", *(f"        {string}" for string in strings), "    )"]
    )


def _quoted(text):
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
