"""The page of notation: each sign is used where the page says that it is said."""

import re

import pytest

from tools.notebooks import ROOT
from tools.notebooks.canonical import read
from tools.notebooks.outline import HEADING, anchor, headings

TEXT = (ROOT / "appendix/notation.md").read_text("utf-8")
ROW = re.compile(r"^\| (.+?) \| .+ \| \[L\d+\]\(\.\./(lectures/.+?)#(.+)\) \|$", re.M)
ROWS = ROW.findall(TEXT)


def test_each_row_is_read():
    lines = [line for line in TEXT.splitlines() if line.startswith("| ")]
    titles = [line for line in lines if line.startswith("| sign |")]
    assert len(ROWS) == len(lines) - len(titles) > 25


@pytest.mark.parametrize(("sign", "file", "place"), ROWS)
def test_a_sign_is_used_in_its_section(sign, file, place):
    words = re.escape(plain(sign))
    text = plain(section(read(ROOT / file), place))
    assert re.search(rf"(?<![A-Za-z]){words}(?![A-Za-z])", text), f"{sign}: {place}"


def plain(text):
    return re.sub("[$`]", "", text)


def section(notebook, place):
    """Return the lines from a heading to the next one, of text and code."""
    found, inside = [], False
    titles = {anchor(line.title) for line in headings(notebook)}
    assert place in titles
    for cell in notebook.cells:
        for line in cell.source.splitlines():
            heading = cell.cell_type == "markdown" and HEADING.match(line)
            if heading:
                inside = anchor(heading[2]) == place
            elif inside:
                found.append(line)
    return "\n".join(found)
