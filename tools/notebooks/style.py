"""How a lecture's cells are written: each rule yields what it finds wrong."""

import ast
import re
from itertools import pairwise

from tools.notebooks.canonical import cell_name, code_cells, has_tag
from tools.notebooks.exercises import PARTS
from tools.notebooks.figures import FIGURE_TYPES
from tools.notebooks.fingerprint import is_ignored, nbval_options
from tools.notebooks.outline import code, role, section, span, words
from tools.notebooks.reach import parsed, readers_names

NOTES_SECTION = "What the notes said"
WORDS = range(1200, 2501)
NOT_READ_THROUGH = ("Exercises", "Further reading", "Solutions")  # looked up
CELL_LINES = 20
NETWORK_MODULES = {"ftplib", "http", "requests", "socket", "urllib", "urllib3"}
ARTEFACTS = ("δelu", "n+k+2p", "20k classifier")  # slips of the scan

EXTERNAL_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*https?:|<img[^>]+src=.https?:")
FILE_LINK = re.compile(r"\]\([^)\s]*\.(?:ipynb|md)(?:#[^)]*)?\)")
MAGIC = re.compile(r"^\s*[%!]", re.MULTILINE)


def cell_sizes(notebook, number):
    """Check that code cells are short and not empty."""
    for index, cell in code(notebook):
        count = len(cell.source.splitlines())
        if not 1 <= count <= CELL_LINES:
            yield f"{cell_name(index, cell)}: 1 to {CELL_LINES} lines, received {count}"


def prose(notebook, number):
    """Check that words stand between code cells, and how many words there are."""
    cells = code_cells(notebook)
    imports = cells[1] if len(cells) > 1 else None
    for index, (cell, following) in enumerate(pairwise(notebook.cells), start=1):
        if cell.cell_type == following.cell_type == "code":
            pair = (role(cell), role(following))
            if pair != PARTS and not (pair[0] == "setup" and following is imports):
                yield f"{cell_name(index, following)}: a sentence must stand before it"
    count = words(notebook, without=NOT_READ_THROUGH)
    if count not in WORDS:
        yield (
            f"{span(WORDS)} words before the exercises are expected, received {count}"
        )


def figures(notebook, number):
    """Check that each figure has a caption, a name and a text for who cannot see."""
    for index, cell in code(notebook):
        shown = [
            output
            for output in cell.outputs
            if any(kind in output.get("data", {}) for kind in FIGURE_TYPES)
        ]
        if not shown or has_tag(cell, "explorer"):
            continue
        if len(shown) > 1:
            yield f"{cell_name(index, cell)}: one figure a cell, received {len(shown)}"
        for key, value in _figure_texts(cell).items():
            if not isinstance(value, str) or not value.strip():
                yield f"{cell_name(index, cell)}: metadata mystnb.{key} is missing"
            elif key == "figure.name" and not value.startswith("fig-"):
                yield f"{cell_name(index, cell)}: {value!r} must start with 'fig-'"


def code_style(notebook, number):
    """Check for magics, print, the jet colormap and the network."""
    for index, cell in code(notebook):
        if has_tag(cell, "setup"):
            continue
        if MAGIC.search(cell.source):
            yield f"{cell_name(index, cell)}: magics belong to the set-up cell"
            continue
        for fault in sorted(set(_code_faults(cell))):
            yield f"{cell_name(index, cell)}: {fault}"


def tested(notebook, number):
    """Check that nbval runs every cell, and compares each check and explorer."""
    readers = readers_names(cell.source for _, cell in code(notebook))
    for index, cell in code(notebook):
        options = nbval_options(cell)
        if options.get("skip") or options.get("check_exception"):
            yield f"{cell_name(index, cell)}: only nbval-ignore-output is allowed"
        used = readers & {
            getattr(node, "id", "") for node in ast.walk(parsed(cell.source))
        }
        if is_ignored(cell) and used:
            names = ", ".join(sorted(used))
            yield f"{cell_name(index, cell)}: what {names} shows must be compared"


def text_style(notebook, number):
    """Check for links by file name, images from elsewhere and slips of the scan."""
    box = section(notebook, NOTES_SECTION)
    for index, cell in enumerate(notebook.cells):
        where = cell_name(index, cell)
        if cell.cell_type == "markdown":
            if FILE_LINK.search(cell.source):
                yield f"{where}: refer by label, not by file name"
            if EXTERNAL_IMAGE.search(cell.source):
                yield f"{where}: an image must not come from the network"
        if not any(cell is other for other in box):
            for slip in ARTEFACTS:
                if slip in str(cell):
                    yield f"{where}: {slip!r} belongs to {NOTES_SECTION!r} only"


RULES = (cell_sizes, prose, figures, code_style, tested, text_style)


def figure_names(notebook):
    """Return the names of the notebook's figures."""
    names = [_figure_texts(cell)["figure.name"] for cell in code_cells(notebook)]
    return [name for name in names if name]


def _figure_texts(cell):
    metadata = cell.metadata.get("mystnb", {})
    figure, image = metadata.get("figure", {}), metadata.get("image", {})
    return {
        "figure.caption": figure.get("caption"),
        "figure.name": figure.get("name"),
        "image.alt": image.get("alt"),
    }


def _code_faults(cell):
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield f"not Python: {error.msg}"
        return
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield "make the value the last expression instead of print"
            case ast.Attribute(attr="jet") | ast.Constant(value="jet"):
                yield "the colormap jet is not used here"
            case ast.Import() | ast.ImportFrom():
                for name in _modules(node):
                    if name.split(".")[0] in NETWORK_MODULES:
                        yield f"a lecture opens no socket: {name}"


def _modules(node):
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [name.name for name in node.names]
