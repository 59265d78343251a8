"""The parts of a lecture, in order: each rule yields what it finds wrong.

A rule takes a notebook and the lecture's number; the rules on exercises are in
`exercises`, those on cells in `style`.
"""

import ast
import re

from tools.notebooks.canonical import cell_name, code_cells, has_tag
from tools.notebooks.outline import (
    CHECK,
    code,
    headings,
    markdown,
    section,
    span,
)
from tools.notebooks.style import NOTES_SECTION

FIRST_SECTION = "Where this leads"
LAST_SECTIONS = [
    NOTES_SECTION,
    "In practice",
    "Bug clinic",
    "Summary",
    "Exercises",
    "Solutions",
    "Further reading",  # JupyterLab opens the last cell when it has run all
]
TOPICS, GOALS = range(3, 7), 3
WITH_EXPLORER = {1, 2, 3, 4, 5, 6, 7}

SEED = re.compile(r"\bdefault_rng\(\d|\bset_random_seed\(\d|\bseed\s*=\s*\d", re.I)


def opening(notebook, number):
    """Check the first cell: title, one-sentence claim, minutes."""
    first = notebook.cells[0]
    lines = [line.strip() for line in first.source.splitlines() if line.strip()]
    if first.cell_type != "markdown" or len(lines) < 2:
        yield "the first cell must be Markdown with title and claim"
        return
    if not re.fullmatch(rf"# L{number}: \S.*", lines[0]):
        yield f"the title must read '# L{number}: ...', received {lines[0]!r}"
    if not re.fullmatch(r"\S[^.?!]*(?:\d\.\d[^.?!]*)*\.", lines[1]):
        yield f"the claim must be one sentence on one line, received {lines[1]!r}"
    if not re.search(r"\bminutes?\b", first.source):
        yield "the first cell must say how many minutes the lecture takes"


def sections(notebook, number):
    """Check the H2 headings and their order."""
    every = headings(notebook)
    if sum(line.level == 1 for line in every) != 1:
        yield "exactly one H1 heading, the title, is expected"
    titles = [line.title for line in every if line.level == 2]
    if titles[:1] != [FIRST_SECTION]:
        yield f"the first section must be {FIRST_SECTION!r}, received {titles[:1]}"
    last = titles[-len(LAST_SECTIONS) :]
    if last != LAST_SECTIONS:
        yield f"the last sections must be {LAST_SECTIONS}, received {last}"
    topics = len(titles) - 1 - len(LAST_SECTIONS)
    if topics not in TOPICS:
        yield f"{span(TOPICS)} topic sections are expected, received {topics}"


def goals(notebook, number):
    """Check that three goals are set, and answered one by one."""
    for title in (FIRST_SECTION, "Summary"):
        text = "\n".join(cell.source for cell in markdown(section(notebook, title)))
        items = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
        if items != [str(item + 1) for item in range(GOALS)]:
            yield f"{title!r} must hold a list numbered 1 to {GOALS}, received {items}"


def setup_and_imports(notebook, number):
    """Check the set-up cell, then one import cell with a seed, and no other."""
    cells = code_cells(notebook)
    marked = [cell for cell in cells if has_tag(cell, "setup")]
    if not cells or marked != cells[:1]:
        yield "the first code cell, and no other, must be tagged 'setup'"
    elif not has_tag(marked[0], "hide-cell"):
        yield "the set-up cell must be tagged 'hide-cell'"
    if len(cells) < 2 or not _imports(cells[1]) or not SEED.search(cells[1].source):
        yield "the cell after the set-up must hold the imports and set the seed"
    for index, cell in code(notebook):
        if cell not in cells[:2] and _imports(cell):
            yield f"{cell_name(index, cell)}: imports belong to the import cell"


def explorer(notebook, number):
    """Check that the lectures that explain by motion have an explorer."""
    have = any(has_tag(cell, "explorer") for cell in code_cells(notebook))
    if number in WITH_EXPLORER and not have:
        yield "a cell tagged 'explorer' is expected"


def predictions(notebook, number):
    """Check that a cell tagged 'prediction' asks Lnn.predictK, and that checks fit."""
    prefix = f"L{number:02d}."
    for index, cell in code(notebook):
        names = CHECK.findall(cell.source)
        for name in names:
            if not name.startswith(prefix):
                yield f"{cell_name(index, cell)}: check {name!r} is not {prefix}..."
        asks = any(re.fullmatch(rf"{prefix}predict\d+", name) for name in names)
        if asks != has_tag(cell, "prediction"):
            yield (
                f"{cell_name(index, cell)}: the tag 'prediction' and a call "
                f"check('{prefix}predict1', ...) belong together"
            )


RULES = (
    opening,
    sections,
    goals,
    setup_and_imports,
    explorer,
    predictions,
)


def _imports(cell):
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
