"""Citations: what a lecture writes, and the list that is written from them."""

import pytest

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import read, write
from tools.notebooks.references import PAGE, citations, references_page, works


def test_a_citation_is_authors_and_year(book):
    found = works(book.root)
    assert {key: work.beside for key, work in found.items()} == {
        "many": "A et al. 2000",
        "both": "Müller and van den Oord 2001",
        "one": "Solo 1999a",
        "two": "Solo 1999b",
    }
    assert [work.address for work in found.values()] == [
        "https://d.org",
        "https://doi.org/10.1/x_y",
        None,
        "https://arxiv.org/abs/1.2",
    ]
    assert found["both"].title == "On X"


def test_a_citation_must_have_both_label_and_address(book):
    text = (
        "[Solo (1999a)](../appendix/references.md) and "
        "([Solo 1999b](https://arxiv.org/abs/1.2)), not "
        "[Solo (1999)](https://arxiv.org/abs/1.2) nor [this](https://d.org)"
    )
    found = [work and work.key for *_, work in citations(text, book.root)]
    assert found == ["one", "two", None]


def test_the_list_has_what_is_cited_and_the_way_back(book):
    path = book.add("L01_a")
    notebook = read(path)
    notebook.cells[0].source += "\n\nSee [A et al. (2000)](https://d.org)."
    write(path, notebook)
    assert book.make("--no-run") == 0
    text = (book.root / PAGE).read_text()
    assert '- <a id="many"></a>**A et al. (2000).** ' in text
    assert "Cited in [L1](../lectures/L01_a.ipynb).\n" in text
    assert text.count("<a id=") == 1
    assert text.startswith("# References\n")
    assert text.endswith("\nend\n")


def test_a_page_without_its_marks_is_refused(book, capsys):
    (book.root / PAGE).write_text("# References\n")
    book.add("L01_a")
    assert book.make("--no-run") == 1
    assert "must have the lines" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["@misc{a, title = {", "@misc{a, year = {2000}}"])
def test_a_bibliography_that_cannot_be_read_is_named(book, content, capsys):
    (book.root / "references.bib").write_text(content)
    book.add("L01_a")
    assert book.make("--no-run") == 1
    assert "references.bib" in capsys.readouterr().err


def test_the_list_of_this_book_is_up_to_date():
    lectures = {path: read(path) for path in lecture_paths()}
    text = (ROOT / PAGE).read_text("utf-8")
    assert text == references_page(ROOT, lectures), "make notebooks"
