"""What follows from the repository's address, which stands in _config.yml alone."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.notebooks.canonical import replace_text

CONFIG = "_config.yml"
URL = re.compile(r"https://github\.com/[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
COLAB = "https://colab.research.google.com"
START, END = "<!-- lectures:start -->", "<!-- lectures:end -->"


@dataclass(frozen=True)
class Address:
    """Where the repository is: https://github.com/owner/name, and its branch."""

    url: str
    branch: str

    @property
    def archive(self):
        """The address of the branch as a zip file, which pip installs."""
        return f"{self.url}/archive/refs/heads/{self.branch}.zip"

    def colab(self, path):
        """Return the address that opens a notebook of the repository on Colab."""
        place = self.url.removeprefix("https://github.com/")
        return f"{COLAB}/github/{place}/blob/{self.branch}/{path}"


def read_address(root):
    """Read the address out of _config.yml; None while `repository: url` is empty.

    Raises: ValueError if it is not of the form https://github.com/owner/name.
    """
    repository = _mapping(_config(root).get("repository"), "`repository:`")
    url, branch = repository.get("url"), repository.get("branch")
    if url in (None, ""):
        return None
    if not isinstance(url, str) or not URL.fullmatch(url) or url.endswith(".git"):
        raise ValueError(
            f"{CONFIG}: `repository: url` must be empty or of the form "
            f"https://github.com/owner/name, received {url!r}"
        )
    if not isinstance(branch, str | None):
        raise ValueError(
            f"{CONFIG}: `repository: branch` must be text, and YAML reads "
            f"{branch!r} there: put the name in quotes"
        )
    if branch is None or not _is_branch(branch):
        raise ValueError(
            f"{CONFIG}: `repository: branch` must be a branch's name such as main, "
            f"received {branch!r}"
        )
    return Address(url, branch)


def _config(root):
    try:
        text = (Path(root) / CONFIG).read_text(encoding="utf-8")
        return _mapping(yaml.safe_load(text), "the file")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        what = " ".join((getattr(error, "problem", None) or str(error)).split())
        raise ValueError(f"{CONFIG}: this is no YAML{place}: {what}") from None


def _mapping(value, what):
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(
            f"{CONFIG}: {what} must hold lines `key: value`, received {value!r}"
        )
    return value


def _is_branch(name):
    """Tell whether git takes a name for a branch, and a web address takes it as is."""
    parts = name.split("/")
    return bool(BRANCH.fullmatch(name)) and not (
        ".." in name
        or name.endswith(".")
        or any(not part or part[0] in ".-" or part.endswith(".lock") for part in parts)
    )


def update_readme(root, titles, address):
    """Write the table of lectures into README.md; return whether it changed.

    Args:
        root: the repository's folder.
        titles: {path in the repository: title} in the order of the book.
        address: an Address or None.
    """
    path = Path(root) / "README.md"
    before, start, rest = path.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"README.md must have the lines {START} and {END}")
    table = readme_table(titles, address)
    return replace_text(path, f"{before}{START}\n{table}\n{END}{after}")


def readme_table(titles, address):
    """Return the table of lectures, with a Colab badge each if there is an address."""
    if address is None:
        rows = [f"| [{title}]({path}) |" for path, title in titles.items()]
        return "\n".join(["| Lecture |", "|---|", *rows])
    rows = [
        f"| [{title}]({path}) "
        f"| [![Open in Colab]({COLAB}/assets/colab-badge.svg)]({address.colab(path)}) |"
        for path, title in titles.items()
    ]
    return "\n".join(["| Lecture | Run it |", "|---|---|", *rows])
