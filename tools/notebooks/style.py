"""How a lecture's cells are written: each rule yields what it finds wrong."""

import ast
import re
from itertools import pairwise

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import cell_name, code_cells, has_tag, lecture_of
from tools.notebooks.drawings import BOOK_TYPE, SMALLEST_TYPE, smallest_type
from tools.notebooks.exercises import PARTS
from tools.notebooks.figures import FIGURE_TYPES
from tools.notebooks.fingerprint import is_ignored, nbval_options
from tools.notebooks.glossary import PAGE as GLOSSARY
from tools.notebooks.outline import (
    CAPTION,
    FIGURE,
    anchor,
    code,
    headings,
    markdown,
    role,
    section,
    span,
    words,
)
from tools.notebooks.reach import parsed, readers_names
from tools.notebooks.references import BIBLIOGRAPHY, citations, works

NOTES_SECTION = "What the notes said"
WORDS = range(1200, 2501)
NOT_READ_THROUGH = ("Exercises", "Solutions", "Further reading")  # looked up
CELL_LINES = 20
NETWORK_MODULES = {"ftplib", "http", "requests", "socket", "urllib", "urllib3"}
ARTEFACTS = ("δelu", "n+k+2p", "20k classifier")  # slips of the scan

EXTERNAL_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*https?:|<img[^>]+src=.https?:")
LINK = re.compile(r"\]\(([^()\s]+)\)")
CODE = re.compile(r"`[^`\n]+`|\$\$[^$]+\$\$|\$[^$\n]+\$")  # brackets there are no link
# a label, a role, a directive in either fence, and what a comment is in MyST
RAW = re.compile(
    r"^\([^()\s]+\)=\s*$|\{[a-z][\w:.+-]*\}`[^`]*`|^ *[:`~]{3,} *\{.*$|^% .*$",
    re.MULTILINE,
)
LECTURES = ROOT / "lectures"
LECTURE = re.compile(r"(?<![\w\[/])L(\d+)\b(?!\])")  # its number, not in a link
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
    """Check that each figure has a text for who cannot see, and a numbered caption."""
    shown = list(_shown_figures(notebook))
    for place, (index, cell) in enumerate(shown, start=1):
        where = cell_name(index, cell)
        count = sum(map(_is_figure, cell.outputs))
        if count > 1:
            yield f"{where}: one figure a cell, received {count}"
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        if not isinstance(alt, str) or not alt.strip():
            yield f"{where}: metadata mystnb.image.alt is missing"
        if "figure" in cell.metadata.get("mystnb", {}):
            yield f"{where}: the caption stands in the cell behind, not in metadata"
        following = notebook.cells[index + 1 : index + 2]
        found = [CAPTION.match(cell.source) for cell in markdown(following)]
        numbers = [match and match["number"] for match in found]
        if numbers != [f"{number}.{place}"]:
            start = f"*Figure {number}.{place}: ...*"
            yield f"{where}: the next cell must begin with the caption {start}"
    for index, cell in enumerate(notebook.cells):
        for match in FIGURE.finditer(
            cell.source if cell.cell_type == "markdown" else ""
        ):
            lecture, place = map(int, match["number"].split("."))
            if lecture == number and place not in range(1, len(shown) + 1):
                yield f"{cell_name(index, cell)}: there is no {match[0]}"


def figures_on_a_phone(notebook, number):
    """Check that each figure has its SVG, and type that a phone shows large enough."""
    for index, cell in _shown_figures(notebook):
        where = cell_name(index, cell)
        for output in filter(_is_figure, cell.outputs):
            drawing = output.data.get(BOOK_TYPE)
            if drawing is None:
                yield f"{where}: the figure has no {BOOK_TYPE}: run make notebooks"
            elif (pixels := smallest_type(drawing) or SMALLEST_TYPE) < SMALLEST_TYPE:
                yield (
                    f"{where}: the smallest type is {pixels:.1f} pixels on a phone, at "
                    f"least {SMALLEST_TYPE} are expected: stack the panels"
                )


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


def plain_markdown(notebook, number):
    """Check that Markdown reads well where there is no book, and its links lead."""
    anchors = {anchor(line.title) for line in headings(notebook)}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "markdown":
            continue
        where = cell_name(index, cell)
        text = CODE.sub("", cell.source)
        for match in RAW.finditer(cell.source):
            yield f"{where}: only the book understands {match[0]!r}"
        for target in LINK.findall(text):
            file, _, place = target.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            if file and not (LECTURES / file).is_file():
                yield f"{where}: there is no file {file}, seen from lectures/"
            if file == f"../{GLOSSARY}":
                continue  # tests/notebooks/test_glossary.py knows its places
            if place and (file or place not in anchors):
                yield f"{where}: there is no heading for #{place} in this notebook"


def citations_are_known(notebook, number):
    """Check each citation against references.bib, and the titles to read further."""
    addresses = {work.address for work in works().values()} - {None}
    for index, cell in enumerate(notebook.cells):
        where = cell_name(index, cell)
        text = cell.source if cell.cell_type == "markdown" else ""
        for label, address, work in citations(text):
            if work is None:
                yield f"{where}: {BIBLIOGRAPHY} has no [{label}]({address})"
        cited = {address for _, address, _ in citations(text)}
        for address in sorted(addresses & set(LINK.findall(text)) - cited):
            yield f"{where}: a citation of {address} must read 'Authors (year)'"
    for cell in markdown(section(notebook, "Further reading")):
        for line in re.findall(r"^- (.*)", cell.source, re.MULTILINE):
            (work,) = [work for *_, work in citations(line)][:1] or [None]
            start = work and f"[{work.in_sentence}]({work.link}), *{work.title}*"
            if start is None or not line.startswith(start):
                yield f"further reading must begin with a work and its title: {line}"


def later_lectures_are_linked(notebook, number):
    """Check that the mention of a lecture which comes later is a link to it."""
    there = {int(lecture_of(path)[1:]) for path in lecture_paths()}
    for index, cell in enumerate(notebook.cells):
        text = CODE.sub("", cell.source) if cell.cell_type == "markdown" else ""
        for found in map(int, LECTURE.findall(LINK.sub("]", text))):
            if found > number and found in there:
                name = cell_name(index, cell)
                yield f"{name}: the mention of L{found}, which comes later, is no link"


def text_style(notebook, number):
    """Check for images from elsewhere and slips of the scan."""
    box = section(notebook, NOTES_SECTION)
    for index, cell in enumerate(notebook.cells):
        where = cell_name(index, cell)
        if cell.cell_type == "markdown" and EXTERNAL_IMAGE.search(cell.source):
            yield f"{where}: an image must not come from the network"
        if not any(cell is other for other in box):
            for slip in ARTEFACTS:
                if slip in str(cell):
                    yield f"{where}: {slip!r} belongs to {NOTES_SECTION!r} only"


RULES = (
    cell_sizes,
    prose,
    figures,
    figures_on_a_phone,
    code_style,
    tested,
    plain_markdown,
    citations_are_known,
    later_lectures_are_linked,
    text_style,
)


def _shown_figures(notebook):
    """Yield (index, cell) of each cell that shows a figure."""
    for index, cell in code(notebook):
        if any(map(_is_figure, cell.outputs)) and not has_tag(cell, "explorer"):
            yield index, cell


def _is_figure(output):
    return any(kind in output.get("data", {}) for kind in FIGURE_TYPES)


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
