"""The corrections of the notes: what the lectures say, and the page written from it.

A correction is a row `| the notes | what is true |`. Those that a reader learns from
stand in the lecture's section "What the notes said", and there alone; the others, slips
and gaps of the scan, in a file of their own. The page of errata is written from both.
What is true ends with its source: a link to a work, or to the section of the lecture
that counts or shows it.
"""

import re
import tomllib
from collections import namedtuple
from pathlib import Path

from tools.notebooks import ROOT
from tools.notebooks.canonical import lecture_of, replace_text
from tools.notebooks.identity import LISTED, between
from tools.notebooks.outline import FIGURE, headings, section
from tools.notebooks.style import NOTES_SECTION

PAGE = "appendix/errata.md"
FURTHER = "appendix/errata.toml"
HEAD = "| the notes | what is true |"
LINK = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\))?[^()\s]*)\)")
BAR = re.compile(r"(?<!\\)\|")

Correction = namedtuple("Correction", ["said", "true"])
Correction.__doc__ = "A correction: what the notes say, and what is true; Markdown."


def in_lecture(notebook):
    """Return the Corrections in a lecture's section, in order.

    Raises: ValueError if a row has not two cells.
    """
    found = []
    for table in _tables(_notes(notebook)):
        for row in table:
            cells = [cell.strip() for cell in BAR.split(row.strip()[1:-1])]
            if len(cells) != 2:
                raise ValueError(f"two cells are expected, received {row}")
            found.append(Correction(*cells))
    return found


def further(root=ROOT):
    """Return {lecture: its Corrections} of the file of further ones.

    Raises: ValueError if it cannot be read, a row has other parts than `said` and
        `true`, or a lecture is none of the course's.
    """
    try:
        parts = tomllib.loads(Path(root, FURTHER).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{FURTHER}: {error}") from None
    planned = between(Path(root, "intro.md").read_text("utf-8"), "lectures", None, "")
    known = [f"L{int(number):02}" for number, _ in LISTED.findall(planned)]
    found = {}
    for name, rows in parts.items():
        if name not in known:
            raise ValueError(f"{FURTHER}: no lecture {name}; there are: {known}")
        for row in rows:
            if set(row) != {"said", "true"}:
                raise ValueError(
                    f"{FURTHER}: {name}: `said` and `true`, received {row}"
                )
        found[name] = [Correction(**row) for row in rows]
    return found


def without_source(corrections):
    """Return those that say nothing, or lead nowhere."""
    return [row for row in corrections if not row.said or not LINK.search(row.true)]


def update_errata(root, notebooks):
    """Write the corrections into the page of errata; return whether it changed."""
    return replace_text(Path(root, PAGE), errata_page(root, notebooks))


def errata_page(root, notebooks):
    """Return the text of the page of errata, with the corrections of all lectures.

    Args:
        root: the repository's folder.
        notebooks: {path: notebook} of all lectures, in the order of the book.
    Raises: ValueError if the page has no place for them, or a source is damaged.
    """
    more = further(root)
    lines = []
    for path, notebook in notebooks.items():
        try:
            rows = in_lecture(notebook) + more.get(lecture_of(path), [])
        except ValueError as error:
            raise ValueError(f"{Path(path).name}: {error}") from None
        if rows:
            lines += _part(Path(path).name, headings(notebook)[0].title, rows)
    text = Path(root, PAGE).read_text("utf-8")
    return between(text, "errata", "\n".join(["", *lines]), PAGE)


def _part(file, title, rows):
    where = NOTES_SECTION.replace(" ", "-")
    yield f"## {title}"
    yield ""
    yield f"The lecture: [{NOTES_SECTION}](../lectures/{file}#{where})."
    yield ""
    yield from (HEAD, "|---|---|")
    for row in rows:
        yield f"| {_from_page(row.said, file)} | {_from_page(row.true, file)} |"
    yield ""


def _from_page(text, file):
    """Let the links of a lecture lead from the page, and figures to their lecture."""

    def link(match):
        address = match[1]
        if address.startswith("#"):
            address = f"../lectures/{file}{address}"
        elif address.startswith("../appendix/"):
            address = address.removeprefix("../appendix/")
        elif re.match(r"L\d+_", address):
            address = f"../lectures/{address}"
        return f"]({address})"

    text = LINK.sub(link, text)
    return FIGURE.sub(rf"[\g<0>](../lectures/{file})", text)


def _notes(notebook):
    """Return the lines of the section, without what comes behind it in its cell."""
    text = "\n\n".join(
        cell.source
        for cell in section(notebook, NOTES_SECTION)
        if cell.cell_type == "markdown"
    )
    _, _, text = text.partition(f"## {NOTES_SECTION}\n")
    return re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0].splitlines()


def _tables(lines):
    """Yield the rows of each table of corrections."""
    for place, line in enumerate(lines):
        if line.strip() == HEAD:
            rows = []
            for row in lines[place + 2 :]:
                if not row.startswith("|"):
                    break
                rows.append(row)
            yield rows
