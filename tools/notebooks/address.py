"""What follows from the repository's address, which stands in _config.yml alone."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

CONFIG = "_config.yml"
URL = re.compile(r"https://github\.com/[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
COLAB = "https://colab.research.google.com"


@dataclass(frozen=True)
class Address:
    """Where the repository is: https://github.com/owner/name, and its branch."""

    url: str
    branch: str

    @property
    def archive(self):
        """The address of the branch as a zip file, which pip installs."""
        return f"{self.url}/archive/refs/heads/{self.branch}.zip"

    @property
    def place(self):
        """Owner and name, as in "owner/name"."""
        return self.url.removeprefix("https://github.com/")

    @property
    def pages(self):
        """The address of the book, where GitHub Pages publishes it."""
        owner, name = self.place.split("/")
        host = f"{owner.lower()}.github.io"
        return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"

    def colab(self, path):
        """Return the address that opens a notebook of the repository on Colab."""
        return f"{COLAB}/github/{self.place}/blob/{self.branch}/{path}"


def read_address(root):
    """Read the address out of _config.yml; None while `repository: url` is empty.

    Raises: ValueError if it is not of the form https://github.com/owner/name.
    """
    repository = _mapping(read_config(root).get("repository"), "`repository:`")
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


def read_config(root):
    """Read _config.yml as a dict.

    Raises: ValueError if it is no YAML, or no lines `key: value`.
    """
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
