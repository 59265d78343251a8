"""What of cnnlib a notebook's code reaches by its imports, read and never run."""

import ast
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

LIBRARY = "cnnlib"
# what only shows: no cell whose outputs are ignored may use it (see `style.tested`)
READERS_SIDE = ("checks", "explorers")
READERS = tuple(f"{LIBRARY}.{name}." for name in READERS_SIDE)
MAGIC = re.compile(r"^\s*[%!].*", re.MULTILINE)


def reached(sources, root):
    """Return the files of cnnlib that code depends on, sorted.

    Every import counts, also one that waits inside a function, and so do those of the
    modules that it leads to. Of a name that may be a module or something inside one,
    as in `from cnnlib.ops import conv2d`, the module counts if there is one. Files
    that hold no Python count when a string of that code names them, with or without
    their suffix. The reader's side, checks and explorers, is left out.

    Args:
        sources: the source texts of cells.
        root: the repository's folder.
    """
    root = Path(root)
    waiting = [name for source in sources for name in _imports(source, LIBRARY)]
    texts, modules = list(sources), set()
    while waiting:
        for path in _files(root, waiting.pop()) - modules:
            modules.add(path)
            text = path.read_text(encoding="utf-8")
            texts.append(text)
            waiting += _imports(text, _package(path, root))
    words = {word for text in texts for word in _words(text)}
    named = {
        path for path in _resources(root / LIBRARY) if {path.name, path.stem} & words
    }
    return sorted(modules | named)


def readers_names(sources):
    """Return the names that code imports from checks and explorers, such as "check"."""
    return {
        alias.asname or alias.name.split(".")[0]
        for source in sources
        for alias, full in _asked(source, "")
        if f"{full}.".startswith(READERS)
    }


def parsed(source):
    """Return the syntax tree of a cell, its magics left out."""
    for text in (source, MAGIC.sub("", source)):
        with suppress(SyntaxError):
            return ast.parse(text)
    return ast.Module([], [])  # it cannot run, so it imports nothing


@cache
def _imports(source, package):
    """List the names that code asks cnnlib for, in absolute form."""
    names = (name for _, name in _asked(source, package))
    return [name for name in names if name.split(".")[0] == LIBRARY]


def _asked(source, package):
    """Yield each imported alias with its full name."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            yield from ((alias, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [node.module] if node.module else []
            if node.level:
                parents = package.split(".")
                base = parents[: len(parents) - node.level + 1] + base
            for alias in node.names:
                yield alias, ".".join([*base, alias.name])


@cache
def _words(source):
    """Return the strings of code, a path of several parts in its last one too."""
    strings = (
        node.value
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {part for text in strings for part in (text, text.rpartition("/")[2])}


def _files(root, name):
    """Return the modules that importing `name` runs: its packages and itself."""
    parts = name.split(".")
    if parts[1:2] and parts[1] in READERS_SIDE:
        return set()
    found = set()
    for end in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:end])
        found |= {place / "__init__.py", place.with_name(f"{place.name}.py")}
    if parts[-1] == "*":
        found |= set(root.joinpath(*parts[:-1]).glob("*.py"))
    return {path for path in found if path.is_file()}


def _package(path, root):
    return ".".join(path.relative_to(root).parent.parts)


def _resources(folder):
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if (
            path.is_file()
            and path.suffix not in (".py", ".pyc")
            and parts[0] not in READERS_SIDE
            and not any(part.startswith(".") for part in parts)
        ):
            yield path
