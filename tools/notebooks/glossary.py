"""The glossary: each term with its definition, and the lecture that explains it first.

Terms and definitions are written by hand in the page of the glossary, one a line:
`- <a id="seed"></a>**seed**: The number that sets the dice. (L1)`. Where a lecture
explains a term, it links to it, `[**seed**](../appendix/glossary.md#seed)`; the way
back, a link in place of "L1", is written here, and so are those of the page of help.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.notebooks.canonical import lecture_of, replace_text

PAGE = "appendix/glossary.md"
HELP = "appendix/help.md"
LECTURE = r"\[?(?P<lecture>L\d+)(?:\]\((?P<path>[^()]+)\))?"
ENTRY = re.compile(
    r'^- <a id="(?P<key>[^"]+)"></a>\*\*(?P<name>[^*]+)\*\*: (?P<definition>.+) '
    rf"\({LECTURE}\)$",
    re.MULTILINE,
)
MENTION = re.compile(r"(?<![\w\[/])L[1-9]\d?\b(?!\]|\.\d)")
LINK = re.compile(rf"(\[[^\[\]]+\])\(\.\./{PAGE}#([^()\s]*)\)")


@dataclass(frozen=True)
class Term:
    """A term of the glossary.

    Attributes:
        key: its place on the page, such as "batch-normalization".
        name: as the page writes it.
        definition: as Markdown.
        lecture: the lecture that explains it, such as "L14".
    """

    key: str
    name: str
    definition: str
    lecture: str


def terms(text):
    """Return the terms of the page, in its order.

    Raises: ValueError if an item of a list is no entry.
    """
    items = [line for line in text.splitlines() if line.startswith("- ")]
    wrong = [line for line in items if not ENTRY.fullmatch(line)]
    if wrong:
        form = '- <a id="key"></a>**name**: A definition. (L1)'
        raise ValueError(f"{PAGE}: expected {form!r}, received {wrong[0]!r}")
    fields = "key", "name", "definition", "lecture"
    return [Term(*match.group(*fields)) for match in ENTRY.finditer(text)]


def key_of(name):
    """Return the place of a term: letters and digits in lower case, joined by "-"."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))


def explained(notebook):
    """Return the places of the glossary that a lecture links to, in order."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "markdown")
    return [key for cell in cells for _, key in LINK.findall(cell.source)]


def pages(root, notebooks):
    """Return {path: text} of the pages, with each mention of a lecture a link to it.

    Args:
        root: the repository's folder.
        notebooks: {path: notebook} of all lectures.
    Raises: ValueError if an item of the glossary's lists is no entry.
    """
    names = {f"L{int(lecture_of(path)[1:])}": Path(path).name for path in notebooks}

    def linked(match):
        name = names.get(match[0])
        return f"[{match[0]}](../lectures/{name})" if name else match[0]

    texts = {path: Path(root, path).read_text("utf-8") for path in (PAGE, HELP)}
    terms(texts[PAGE])
    return {path: MENTION.sub(linked, text) for path, text in texts.items()}


def update_pages(root, notebooks):
    """Write the links into the pages; return the paths of those that changed."""
    new = pages(root, notebooks)
    return [path for path in new if replace_text(Path(root, path), new[path])]
