"""The glossary: its form, and the links between its terms and the lectures."""

import json
import re
from collections import Counter
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.book import dialect
from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import lecture_of, read
from tools.notebooks.glossary import (
    HELP,
    PAGE,
    Term,
    explained,
    key_of,
    pages,
    terms,
)

TEXT = (ROOT / PAGE).read_text("utf-8")
TERMS = terms(TEXT)
SEED = '- <a id="seed"></a>**seed**: The number that sets the dice. (L1)'


def lecture_name(path):
    return f"L{int(lecture_of(path)[1:])}"


@pytest.mark.parametrize("path", lecture_paths(), ids=lecture_of)
def test_a_lecture_links_each_term_that_it_explains_once_and_no_other(path):
    expected = {term.key for term in TERMS if term.lecture == lecture_name(path)}
    found = Counter(explained(read(path)))
    faults = [f"no [**…**](../{PAGE}#{key})" for key in sorted(expected - set(found))]
    faults += [f"#{key} stands {n} times" for key, n in found.items() if n > 1]
    elsewhere = {term.key: term.lecture for term in TERMS}
    for key in sorted(set(found) - expected):
        where = elsewhere.get(key, "no entry")
        faults.append(f"#{key} is linked, but the glossary says: {where}")
    assert not faults, "\n".join([path.name, *faults])


def test_a_page_outside_the_lectures_has_no_link_without_an_entry():
    keys = {term.key for term in TERMS}
    for path in (*ROOT.glob("*.md"), *(ROOT / "appendix").glob("*.md")):
        found = re.findall(r"glossary\.md#([^()\s]*)\)", path.read_text("utf-8"))
        assert set(found) <= keys, path.name


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_term_has_its_place_a_definition_and_a_lecture(term):
    assert term.key == key_of(term.name)
    assert 1 <= int(term.lecture[1:]) <= 16
    assert re.match(r"[A-Z(0-9²]|`|\w²|\w+'", term.definition)
    assert term.definition.endswith(".")
    assert 3 <= len(term.definition.split()) <= 50


def test_the_terms_stand_in_the_order_of_the_alphabet_once_each():
    keys = [term.key for term in TERMS]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys) > 100


def test_each_term_stands_below_its_letter():
    letters = []
    for line in TEXT.splitlines():
        if line.startswith("## "):
            letters.append(line[3:])
        for term in terms(line):
            assert term.name[0].upper() == letters[-1], term.name
    assert letters == sorted(set(letters))


def test_the_ways_back_are_up_to_date():
    lectures = {path: read(path) for path in lecture_paths()}
    for page, text in pages(ROOT, lectures).items():
        assert text == (ROOT / page).read_text("utf-8"), "make identity"


def test_an_entry_is_read():
    linked = SEED.replace("L1", "[L1](../lectures/L01_a.ipynb)")
    for line in SEED, linked:
        assert terms(f"# Glossary\n\n{line}\n") == [
            Term("seed", "seed", "The number that sets the dice.", "L1")
        ]
    assert key_of("RGB, BGR") == "rgb-bgr"
    assert key_of("convolution, 1×1") == "convolution-1-1"


@pytest.mark.parametrize(
    "line", [SEED.replace(" (L1)", ""), "- **seed**: A number. (L1)", "- seed"]
)
def test_what_is_no_entry_is_refused(line):
    with pytest.raises(ValueError, match=r"glossary\.md: expected .* received"):
        terms(line)


def test_the_way_back_is_written_where_there_is_a_lecture(book):
    later = SEED.replace("seed", "base").replace("L1", "L16")
    (book.root / PAGE).write_text(f"# Glossary\n\n{later}\n{SEED}\n")
    book.add("L01_a")
    for _ in range(2):
        assert book.make("--no-run") == 0
        text = (book.root / PAGE).read_text()
        assert text.splitlines()[2:] == [
            later,
            SEED.replace("L1", "[L1](../lectures/L01_a.ipynb)"),
        ]


def test_a_mention_of_a_lecture_becomes_a_link_once(book):
    text = '- See L1, [L1](../lectures/L01_a.ipynb#A), L16 and `check("L01.1")`.\n'
    (book.root / HELP).write_text(text)
    book.add("L01_a")
    for _ in range(2):
        assert book.make("--no-run") == 0
        assert (book.root / HELP).read_text() == text.replace(
            "See L1", "See [L1](../lectures/L01_a.ipynb)"
        )


def test_a_glossary_that_cannot_be_read_stops_before_it_is_written(book, capsys):
    (book.root / PAGE).write_text("- seed\n")
    book.add("L01_a")
    assert book.make("--no-run") == 1
    assert "glossary.md" in capsys.readouterr().err


def test_links_are_those_of_the_text():
    link = f"[**seed**](../{PAGE}#seed)"
    cells = [new_markdown_cell(f"A {link}."), new_code_cell(f"# {link}")]
    assert explained(new_notebook(cells=cells)) == ["seed"]


def test_the_book_leads_to_the_entry_and_back():
    cell = new_markdown_cell(f"Another [**seed**](../{PAGE}#seed).")
    notebook = json.loads(json.dumps(new_notebook(cells=[cell])))
    assert dialect.translated(notebook)["cells"][0]["source"] == (
        'Another <span id="explained-seed"></span>[**seed**](#term-seed).'
    )
    app = SimpleNamespace(env=SimpleNamespace(doc2path="{}.md".format))
    source = [f"{SEED.replace('L1', '[L1](../lectures/L01_a.ipynb)')}\n{SEED}\n"]
    dialect.translate(app, "glossary", source)
    way = '<a href="../lectures/L01_a.html#explained-seed">L1</a>'
    entry = "- (term-seed)=\n  **seed**: The number that sets the dice. "
    assert source == [f"{entry}({way})\n{entry}(L1)\n"]
