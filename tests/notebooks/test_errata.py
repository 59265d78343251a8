"""Corrections: what lectures and the further ones say, and the page written from it."""

import pytest

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import lecture_of, read, write
from tools.notebooks.errata import (
    FURTHER,
    PAGE,
    Correction,
    errata_page,
    further,
    in_lecture,
    without_source,
)

LECTURES = {lecture_of(path): read(path) for path in lecture_paths()}
TABLE = "| the notes | what is true |\n|---|---|\n"
NOTES = "## What the notes said\n\n"
SLIP = "| a \\| b | 2, [shown](#The-place), figure 3.1 |"
FURTHER_ONE = '[[L03]]\nsaid = "S"\ntrue = "s, see [L2](L02_a.ipynb)"\n'


@pytest.fixture
def notes(book):
    """Return a function that gives lecture 3 a section, and writes the page."""

    def make(section, further=""):
        (book.root / FURTHER).write_text(further)
        path = book.add("L03_a")
        notebook = read(path)
        notebook.cells[0].source = f"# L3: A title\n\n{section}"
        write(path, notebook)
        status = book.make("--no-run")
        return status, (book.root / PAGE).read_text()

    return make


def test_a_row_is_a_correction(lecture):
    cell = next(cell for cell in lecture.cells if NOTES.strip() in cell.source)
    cell.source = (
        f"{NOTES}Words.\n\n{TABLE}{SLIP}\n| c | d |\n\n## Next\n\n{TABLE}| e | f |"
    )
    assert in_lecture(lecture) == [
        Correction("a \\| b", "2, [shown](#The-place), figure 3.1"),
        Correction("c", "d"),
    ]


def test_a_section_without_a_table_corrects_nothing(lecture):
    assert in_lecture(lecture) == []


def test_the_page_has_both_and_its_links_lead_from_there(notes):
    citation = "| c | [A (2000)](https://a.org/x_(y)), [R](../appendix/references.md) |"
    status, page = notes(f"{NOTES}{TABLE}{SLIP}\n{citation}\n", FURTHER_ONE)
    assert status == 0
    here = "../lectures/L03_a.ipynb"
    assert page == (
        "# Errata\n<!-- errata:start -->\n\n"
        "## L3: A title\n\n"
        f"The lecture: [What the notes said]({here}#What-the-notes-said).\n\n"
        f"{TABLE}"
        f"| a \\| b | 2, [shown]({here}#The-place), [figure 3.1]({here}) |\n"
        "| c | [A (2000)](https://a.org/x_(y)), [R](references.md) |\n"
        "| S | s, see [L2](../lectures/L02_a.ipynb) |\n"
        "\n<!-- errata:end -->\nend\n"
    )


def test_a_lecture_without_corrections_is_left_out(notes):
    status, page = notes(f"{NOTES}The notes say it well.\n")
    assert status == 0
    assert "L3" not in page


@pytest.mark.parametrize(
    ("section", "more", "message"),
    [
        (f"{NOTES}{TABLE}| one |", "", "two cells are expected, received | one |"),
        ("", "[[L33]]\n", "no lecture L33; there are: ['L02', 'L03']"),
        ("", '[[L03]]\nsaid = "S"\n', "`said` and `true`, received {'said': 'S'}"),
        ("", "[[L03]\n", f"{FURTHER}: "),
    ],
)
def test_a_damaged_source_is_named(notes, capsys, section, more, message):
    status, page = notes(section, more)
    assert status == 1
    assert message in capsys.readouterr().err
    assert "L3" not in page


@pytest.mark.parametrize(
    "row", [("a", "b"), ("", "[b](#c)"), ("[a](#c)", "b [c]"), ("a", "b (c)")]
)
def test_a_correction_without_words_or_source_is_found(row):
    sound = Correction("a", "b [c](#d)")
    assert without_source([sound, Correction(*row)]) == [Correction(*row)]


@pytest.mark.parametrize("name", LECTURES)
def test_each_correction_has_its_source(name):
    rows = in_lecture(LECTURES[name]) + further().get(name, [])
    assert without_source(rows) == [], (
        "a link to a work, or to the section that shows it"
    )


def test_no_correction_stands_twice():
    for name, notebook in LECTURES.items():
        said = [row.said for row in in_lecture(notebook) + further().get(name, [])]
        assert len(said) == len(set(said)), name


def test_the_page_of_this_book_is_up_to_date():
    lectures = {path: read(path) for path in lecture_paths()}
    text = (ROOT / PAGE).read_text("utf-8")
    assert text == errata_page(ROOT, lectures), "make identity"
