"""The outline of a notebook: its headings, sections, words and kinds of cells."""

import re
from typing import NamedTuple

from tools.notebooks.canonical import has_tag
from tools.notebooks.references import CITATION

HEADING = re.compile(r"^(#{1,6}) +(.+?) *$")
FENCE = re.compile(r"^ *(`{3,}|~{3,})")
# the caption of a figure, the first paragraph behind it, and the mention of one
CAPTION = re.compile(
    r"\*Figure (?P<number>\d+\.\d+): (?P<words>[^\n]+)\*(?=\n\n|\n?\Z)"
)
FIGURE = re.compile(r"\b[Ff]igure (?P<number>\d+\.\d+)\b")
CHECK = re.compile(r"\bcheck\(\s*[\"']([^\"']+)[\"']")


class Line(NamedTuple):
    """A heading: its level, its text, and the index of its cell."""

    level: int
    title: str
    cell: int


def headings(notebook):
    """Return the headings outside code fences, as a list of Line."""
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "markdown":
            continue
        fence = None
        for line in cell.source.splitlines():
            mark = FENCE.match(line)
            if mark and fence is None:
                fence = mark.group(1)
            elif mark and line.strip() == fence:
                fence = None
            match = HEADING.match(line)
            if fence is None and match:
                found.append(Line(len(match.group(1)), match.group(2), index))
    return found


def anchor(title):
    """Return the address of a heading as JupyterLab and nbconvert make it.

    The book takes this function for its own (`myst_heading_slug_func`), so that one
    link, [a text](#The-title), works everywhere.
    """
    return title.replace(" ", "-")


def section(notebook, title):
    """Return the cells of an H2 section, from its heading to the next H2."""
    found = {h.title: h.cell for h in headings(notebook) if h.level == 2}
    if title not in found:
        return []
    start = found[title]
    ends = [cell for cell in found.values() if cell > start]
    return notebook.cells[start : min(ends, default=len(notebook.cells))]


def words(notebook, without=()):
    """Count the words of the Markdown cells, a citation as one.

    Formulas, captions and the sections `without` are left out.
    """
    left_out = [id(cell) for title in without for cell in section(notebook, title)]
    cells = (cell for cell in notebook.cells if id(cell) not in left_out)
    text = "\n".join(CAPTION.sub("", cell.source) for cell in markdown(cells))
    text = CITATION.sub("citation", text)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", " ", text, flags=re.DOTALL)
    return sum(bool(re.search(r"[^\W\d_]", word)) for word in text.split())


def until_heading(notebook, start):
    """Return the cells from `start` to the next heading's cell."""
    ends = [line.cell for line in headings(notebook) if line.cell > start]
    return notebook.cells[start : min(ends, default=len(notebook.cells))]


def code(notebook):
    """Return (index, cell) of each code cell."""
    return [
        (index, cell)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    ]


def markdown(cells):
    """Return the Markdown cells among `cells`."""
    return [cell for cell in cells if cell.cell_type == "markdown"]


def role(cell):
    """Return what a code cell is: setup, exercise, solution, check or code."""
    for tag in ("setup", "exercise", "solution"):
        if has_tag(cell, tag):
            return tag
    return "check" if CHECK.search(cell.source) else "code"


def span(numbers):
    """Write a range for a message: 3 to 6."""
    return f"{numbers[0]:,} to {numbers[-1]:,}"
