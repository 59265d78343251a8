"""Exercises and their solutions: each rule yields what it finds wrong.

An exercise stands with its stub and its check. Its solution stands in a section behind
them, under names that are nobody else's: running the whole notebook changes nothing
that a reader wrote, nor what a check says of it.
"""

import re

from tools.notebooks.canonical import COLLAPSED, cell_name, code_cells, has_tag
from tools.notebooks.names import made, used
from tools.notebooks.outline import (
    anchor,
    code,
    headings,
    role,
    section,
    span,
    until_heading,
)

EXERCISES = range(4, 6)
PARTS = ("exercise", "check")
SECTION = "Solutions"
# what a solution may call its values: the reader's names look otherwise
OWN_NAME = re.compile(r"_[a-zA-Z]\w*")
HIDDEN = {"jupyter": {"outputs_hidden": True, "source_hidden": True}}


def exercises(notebook, number):
    """Check the exercises: heading, link to the solution, stub, check."""
    found = _headings(notebook, "Exercises", "Exercise")
    if len(found) not in EXERCISES:
        yield f"{span(EXERCISES)} exercises are expected, received {len(found)}"
    for place, line in enumerate(found, start=1):
        if not re.match(rf"Exercise {place}\b", line.title):
            yield f"'Exercise {place}' is expected, received {line.title!r}"
        yield from _linked(notebook, line, f"[Solution {place}](#Solution-{place})")
        roles = _roles(notebook, line)
        if roles != PARTS:
            yield f"{line.title}: its code cells must be {PARTS}, received {roles}"


def solutions(notebook, number):
    """Check their section: one solution an exercise, shut, executed, linked back."""
    exercises = _headings(notebook, "Exercises", "Exercise")
    found = _headings(notebook, SECTION, "Solution")
    expected = [f"Solution {place + 1}" for place in range(len(exercises))]
    if [line.title for line in found] != expected:
        titles = [line.title for line in found]
        yield f"{SECTION!r} must hold {expected}, received {titles}"
        return
    for place, (line, exercise) in enumerate(zip(found, exercises, strict=True), 1):
        back = f"[exercise {place}](#{anchor(exercise.title)})"
        yield from _linked(notebook, line, back)
        if notebook.cells[line.cell].metadata.get(COLLAPSED) is not True:
            yield f"{line.title}: its heading's metadata must have {COLLAPSED}: true"
        roles = _roles(notebook, line)
        if roles != ("solution",):
            yield f"{line.title}: one code cell, its solution, received {roles}"
    inside = [id(cell) for cell in section(notebook, SECTION)]
    for index, cell in code(notebook):
        if has_tag(cell, "solution"):
            if id(cell) not in inside:
                yield f"{cell_name(index, cell)}: solutions belong to {SECTION!r}"
            yield from (f"{cell_name(index, cell)}: {fault}" for fault in _shut(cell))


def own_names(notebook, number):
    """Check that no solution makes, changes or asks for a name of the reader."""
    cells = code_cells(notebook)
    readers = {
        name
        for cell in cells
        if has_tag(cell, "exercise")
        for name in made(cell.source)
    }
    for place, line in enumerate(_headings(notebook, SECTION, "Solution"), start=1):
        for cell in until_heading(notebook, line.cell):
            if cell.cell_type != "code":
                continue
            free = re.compile(rf"solution_{place}(_\w+)?")
            for name in sorted(made(cell.source)):
                if not (free.fullmatch(name) or OWN_NAME.fullmatch(name)):
                    yield (
                        f"{line.title}: {name!r} must be called solution_{place} or "
                        f"_{name}, so that it is nobody else's"
                    )
            for name in sorted(readers & used(cell.source)):
                yield f"{line.title}: it must not use {name!r}, which the reader writes"
    for index, cell in code(notebook):
        if role(cell) != "solution":
            for name in sorted(made(cell.source)):
                if re.match(r"solution_\d", name) or OWN_NAME.fullmatch(name):
                    yield f"{cell_name(index, cell)}: {name!r} is a solution's name"


RULES = (exercises, solutions, own_names)


def _headings(notebook, title, start):
    """Return the H3 headings of a section that start with a word."""
    inside = [id(cell) for cell in section(notebook, title)]
    return [
        line
        for line in headings(notebook)
        if line.level == 3
        and line.title.startswith(f"{start} ")
        and id(notebook.cells[line.cell]) in inside
    ]


def _roles(notebook, line):
    cells = until_heading(notebook, line.cell)
    return tuple(role(cell) for cell in cells if cell.cell_type == "code")


def _linked(notebook, line, link):
    text = "\n".join(
        cell.source
        for cell in until_heading(notebook, line.cell)
        if cell.cell_type == "markdown"
    )
    if link not in text:
        yield f"{line.title}: the link {link} is missing"


def _shut(cell):
    if not has_tag(cell, "hide-cell"):
        yield "the solution must be tagged 'hide-cell'"
    if cell.metadata.get("jupyter") != HIDDEN["jupyter"]:
        yield f"the solution's metadata must have {HIDDEN}"
    if cell.metadata.get("cellView") != "form":
        yield "the solution's metadata must have cellView: 'form'"
    if cell.execution_count is None:
        yield "the solution must be executed"
