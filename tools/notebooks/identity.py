"""What follows from the course's title, author and address, and from its lectures.

Title, author, year and address stand in _config.yml alone. README.md, intro.md,
CITATION.cff and the licenses are written from there, and the lists of lectures from
the titles of the notebooks.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.notebooks.address import COLAB, CONFIG, Address, read_address, read_config
from tools.notebooks.canonical import lecture_of, replace_text

NO_ADDRESS = (
    "The book has no public address yet; `make book` builds it on your machine."
)
LICENSES = ("LICENSE", "LICENSE-text")
COPYRIGHT = re.compile(r"^Copyright \(c\) .*\n", re.MULTILINE)
LISTED = re.compile(r"(\d+)\. (.*)")


@dataclass(frozen=True)
class Identity:
    """Whose course this is, what it is called, and where it is, if anywhere."""

    title: str
    author: str
    year: str
    address: Address | None


def read_identity(root):
    """Read title, author, copyright and repository out of _config.yml.

    Raises: ValueError if one of them is missing, or not what it should be.
    """
    address, config = read_address(root), read_config(root)
    for key in ("title", "author", "copyright"):
        value = config.get(key)
        if not isinstance(value, str) or value != " ".join(value.split()) or not value:
            raise ValueError(
                f"{CONFIG}: `{key}:` must be a text in one line, received {value!r}; "
                "a number or a word that YAML knows stands in quotes"
            )
    return Identity(config["title"], config["author"], config["copyright"], address)


def texts(root, identity, titles):
    """Return {file name: its text as it should be}; nothing is written.

    Args:
        root: the repository's folder.
        identity: an Identity.
        titles: {path in the repository: title} in the order of the book.
    Raises: ValueError if a file has not the place that is written.
    """
    root = Path(root)
    old = {
        name: (root / name).read_text("utf-8")
        for name in ("README.md", "intro.md", "CITATION.cff", *LICENSES)
    }
    readme = _under(identity.title, "README.md", old["README.md"])
    readme = between(readme, "book", _where(identity.address), "README.md")
    readme = between(readme, "lectures", table(titles, identity.address), "README.md")
    intro = _under(identity.title, "intro.md", old["intro.md"])
    kept = between(intro, "lectures", None, "intro.md")
    intro = between(intro, "lectures", _numbered(titles, kept), "intro.md")
    new = {"README.md": readme, "intro.md": intro}
    new["CITATION.cff"] = _cited(identity, old["CITATION.cff"])
    for name in LICENSES:
        new[name] = _licensed(identity, name, old[name])
    return new


def update_texts(root, identity, titles):
    """Write what follows from an identity and the titles; return the changed names."""
    new = texts(root, identity, titles)
    return [name for name in new if replace_text(Path(root) / name, new[name])]


def between(text, name, content, file):
    """Put a content between two marks of a file, or return it if `content` is None.

    Raises: ValueError if the marks are not there.
    """
    start, end = f"<!-- {name}:start -->\n", f"<!-- {name}:end -->"
    before, found, rest = text.partition(start)
    inside, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{file} must have the lines {start.strip()} and {end}")
    return inside if content is None else f"{before}{start}{content}\n{end}{after}"


def table(titles, address):
    """Return README's table of lectures, with a Colab badge each if it can."""
    if address is None:
        rows = [f"| [{title}]({path}) |" for path, title in titles.items()]
        return "\n".join(["| Lecture |", "|---|", *rows])
    rows = [
        f"| [{title}]({path}) "
        f"| [![Open in Colab]({COLAB}/assets/colab-badge.svg)]({address.colab(path)}) |"
        for path, title in titles.items()
    ]
    return "\n".join(["| Lecture | Run it |", "|---|---|", *rows])


def _numbered(titles, before):
    """Return intro's list: each lecture there is, and as before those to come."""
    planned = {int(n): what for n, what in LISTED.findall(before) if "](" not in what}
    there = {
        int(lecture_of(path)[1:]): f"[{re.sub(r'^L[0-9]+: ', '', title)}]({path})"
        for path, title in titles.items()
    }
    every = sorted((planned | there).items())
    return "\n".join(f"{number}. {what}" for number, what in every)


def _where(address):
    if address is None:
        return NO_ADDRESS
    return f"Read it at <{address.pages}>."


def _under(title, file, text):
    """Put a title in the first line of a file."""
    first, _, rest = text.partition("\n")
    if not first.startswith("# "):
        raise ValueError(f"{file}: the first line must be a title, received {first!r}")
    return f"# {title}\n{rest}"


def _cited(identity, text):
    """Write title, author and addresses into CITATION.cff, whose other lines stay."""
    lines = {"title": identity.title}
    if identity.address:
        lines |= {"url": identity.address.pages}
        lines |= {"repository-code": identity.address.url}
    text = re.sub(r"^(url|repository-code): .*\n", "", text, flags=re.MULTILINE)
    head = "".join(_yaml(lines[key], key) for key in lines)
    author = f"authors:\n  - {_yaml(identity.author, 'name')}"
    text = _once("title: ", r"^title: .*\n", head, text)
    return _once("authors:", r"^authors:\n(?:  .*\n)+", author, text)


def _once(name, pattern, new, text):
    text, count = re.subn(pattern, lambda _: new, text, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"CITATION.cff must have {name!r} once, received {count}")
    return text


def _yaml(value, key):
    return yaml.safe_dump({key: value}, allow_unicode=True, width=10_000)


def _licensed(identity, name, text):
    """Add the author to those who have the copyright: their lines must stay."""
    holders = list(COPYRIGHT.finditer(text))
    if not holders:
        raise ValueError(f"{name} must have a line 'Copyright (c) ...'")
    if any(line[0].rstrip().endswith(f" {identity.author}") for line in holders):
        return text
    place = holders[-1].end()
    line = f"Copyright (c) {identity.year} {identity.author}\n"
    return text[:place] + line + text[place:]
