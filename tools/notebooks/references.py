"""The works that lectures cite: references.bib, and what is written from it.

In a lecture a citation is plain Markdown, a link with the work's label as its text:
`[Hubel and Wiesel (1962)](https://doi.org/…)` in a sentence, and
`([Hubel and Wiesel 1962](https://doi.org/…))` beside one. The page of references is
written from the same file, with the lectures that cite each work.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.notebooks import ROOT
from tools.notebooks.canonical import lecture_of, replace_text
from tools.notebooks.identity import between

BIBLIOGRAPHY = "references.bib"
PAGE = "appendix/references.md"
FROM_LECTURES = f"../{PAGE}"  # what a work without an address is linked to

# text that ends with a year, in brackets or not, behind the address of a work
CITATION = re.compile(
    r"\[((?:[^\[\]]+ )\(?\d{4}[a-z]?\)?)\]\(([^()\s]*(?:\([^()\s]*\))?[^()\s]*)\)"
)


@dataclass(frozen=True)
class Work:
    """A work that may be cited.

    Attributes:
        key: its name in references.bib.
        authors: as a citation writes them: "Hubel and Wiesel", "LeCun et al.".
        year: with a letter where the same authors have several works of it.
        title: as Markdown.
        address: its DOI, its page on arXiv or another; None if none is known.
        text: the whole entry, as Markdown.
    """

    key: str
    authors: str
    year: str
    title: str
    address: str | None
    text: str

    @property
    def in_sentence(self):
        """The label that is a part of a sentence."""
        return f"{self.authors} ({self.year})"

    @property
    def beside(self):
        """The label that stands in brackets beside a sentence."""
        return f"{self.authors} {self.year}"

    @property
    def link(self):
        """The address that a lecture links to."""
        return self.address or FROM_LECTURES


@cache
def works(root=ROOT):
    """Return the works of references.bib as {key: Work}, by authors and year.

    Raises: ValueError if it cannot be read, naming the place.
    """
    from pybtex.database import parse_file
    from pybtex.exceptions import PybtexError
    from pybtex.plugin import find_plugin

    try:
        entries = parse_file(Path(root, BIBLIOGRAPHY)).entries
    except PybtexError as error:
        raise ValueError(f"{BIBLIOGRAPHY}: {error}") from None
    for key, entry in entries.items():
        missing = {"title", "year"} - set(entry.fields)
        missing |= {"author"} - set(entry.persons)
        if missing:
            raise ValueError(
                f"{BIBLIOGRAPHY}: {key} has no {', '.join(sorted(missing))}"
            )
    style = find_plugin("pybtex.style.formatting", "plain")()
    texts = {key: style.format_entry(key, entry).text for key, entry in entries.items()}
    authors = {key: _authors(entry) for key, entry in entries.items()}
    pairs = {
        key: (authors[key], entry.fields["year"]) for key, entry in entries.items()
    }
    several = {pair for pair, count in Counter(pairs.values()).items() if count > 1}
    seen, found = Counter(), []
    for key, (names, year) in sorted(pairs.items()):
        if (names, year) in several:
            seen[names, year] += 1
            year += "abcdefgh"[seen[names, year] - 1]
        fields = entries[key].fields
        title = _markdown(fields["title"])
        found.append(
            Work(key, names, year, title, _address(fields), _markdown(texts[key]))
        )
    found.sort(key=lambda work: (work.authors.casefold(), work.year))
    return {work.key: work for work in found}


def citations(markdown, root=ROOT):
    """Yield (label, address, the Work or None) of each citation in a text."""
    known = _by_citation(root)
    for label, address in CITATION.findall(markdown):
        yield label, address, known.get((label, address))


@cache
def _by_citation(root):
    """Return {(label, address): Work}, both labels of each work."""
    return {
        (label, work.link): work
        for work in works(root).values()
        for label in (work.in_sentence, work.beside)
    }


def cited(notebooks, root=ROOT):
    """Return {key: the paths that cite it, in order}.

    Args:
        notebooks: {path: notebook}.
    """
    found = {}
    for path, notebook in notebooks.items():
        text = "\n".join(
            cell.source for cell in notebook.cells if cell.cell_type == "markdown"
        )
        for _, _, work in citations(text, root):
            if work and path not in found.setdefault(work.key, []):
                found[work.key].append(path)
    return found


def update_references(root, notebooks):
    """Write the list into the page of references; return whether it changed."""
    return replace_text(Path(root, PAGE), references_page(root, notebooks))


def references_page(root, notebooks):
    """Return the text of the page of references, with the list as it should be.

    Args:
        root: the repository's folder.
        notebooks: {path: notebook} of all lectures, in the order of the book.
    Raises: ValueError if the page has no place for the list.
    """
    where = cited(notebooks, root)
    items = [
        _item(work, where[work.key])
        for work in works(root).values()
        if work.key in where
    ]
    text = Path(root, PAGE).read_text("utf-8")
    return between(text, "references", "\n".join(["", *items, ""]), PAGE)


def _item(work, paths):
    back = ", ".join(
        f"[{_short(path)}](../lectures/{Path(path).name})" for path in paths
    )
    anchor = f'<a id="{work.key}"></a>'
    return f"- {anchor}**{work.in_sentence}.** {work.text} Cited in {back}."


def _short(path):
    return f"L{int(lecture_of(path)[1:])}"


def _authors(entry):
    names = [
        " ".join([*person.prelast_names, *person.last_names])
        for person in entry.persons["author"]
    ]
    names = names if len(names) < 3 else [f"{names[0]} et al."]
    return _markdown(" and ".join(names))


def _address(fields):
    if "doi" in fields:
        return f"https://doi.org/{fields['doi']}"
    if "eprint" in fields:
        return f"https://arxiv.org/abs/{fields['eprint']}"
    return fields.get("url")


def _markdown(text):
    """Return LaTeX, or pybtex's text, as Markdown without needless backslashes."""
    from pybtex.richtext import Text

    rich = Text.from_latex(text) if isinstance(text, str) else text
    line = " ".join(rich.render_as("markdown").split())
    return re.sub(r"\\([-.():!,])", r"\1", line)
