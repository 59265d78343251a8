"""Command line: run the lectures and store them in canonical form."""

import argparse
import sys
import time

from tools.notebooks import ROOT, glossary, lecture_paths, results
from tools.notebooks.canonical import lecture_of, read, read_parts, write
from tools.notebooks.errata import PAGE as ERRATA
from tools.notebooks.errata import update_errata
from tools.notebooks.execute import NotebookError, refresh
from tools.notebooks.identity import read_identity, update_texts
from tools.notebooks.references import PAGE, update_references
from tools.notebooks.setup_cell import set_up
from tools.notebooks.wellformed import malformed


def main(arguments=None, root=ROOT):
    """Return the exit status: 0 if every notebook asked for was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks")
    parser.add_argument("lectures", nargs="*", metavar="L02", help="default: all")
    parser.add_argument(
        "--no-run",
        action="store_true",
        help="write the stored form and what follows from _config.yml, and run nothing",
    )
    options = parser.parse_args(arguments)
    paths = lecture_paths(root)
    try:
        chosen = [] if options.no_run else _choose(paths, options.lectures)
        notebooks = {path: _read_well_formed(path) for path in paths}
        _write_unrun(root, notebooks, paths if options.no_run else [], chosen)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return max((_refresh(path, notebooks[path], root) for path in chosen), default=0)


def title_of(notebook):
    """Return the text of a notebook's first heading, or "" if it has none."""
    lines = [line for cell in notebook.cells[:1] for line in cell.source.splitlines()]
    return next((line[2:].strip() for line in lines if line.startswith("# ")), "")


def _choose(paths, names):
    known = {lecture_of(path): path for path in paths}
    unknown = [name for name in names if name not in known]
    if unknown:
        have = ", ".join(known) or "none"
        raise ValueError(f"no lecture {', '.join(unknown)}; there are: {have}")
    return [known[name] for name in names] or paths


def _read_well_formed(path):
    found = [f"{path.name}, {fault}" for fault in malformed(read_parts(path))]
    if found:
        raise ValueError("\n".join(found))
    return read(path)


def _write_unrun(root, notebooks, wanted, chosen):
    """Write what follows from _config.yml, and the form of the notebooks `wanted`.

    A fault stops before the first write. The notebooks in `chosen` are written later,
    after they have run.
    """
    identity = read_identity(root)
    changed = list(wanted)
    for path, notebook in notebooks.items():
        try:
            if set_up(notebook, identity.address) and path not in [*changed, *chosen]:
                changed.append(path)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
    titles = {
        path.relative_to(root).as_posix(): title_of(notebook)
        for path, notebook in notebooks.items()
    }
    for name in update_texts(root, identity, titles):
        print(f"{name}: written")
    if update_references(root, notebooks):
        print(f"{PAGE}: list of references written")
    for name in glossary.update_pages(root, notebooks):
        print(f"{name}: links written")
    if update_errata(root, notebooks):
        print(f"{ERRATA}: corrections written")
    if results.update_results(root, notebooks):
        print(f"{results.PAGE}: written")
    for path in changed:
        if write(path, notebooks[path]):
            print(f"{path.name}: written")


def _refresh(path, notebook, root):
    start = time.monotonic()
    try:
        changed = write(path, refresh(notebook, path, root))
    except NotebookError as error:
        print(f"{error}\n{path.name} is left as it was.", file=sys.stderr)
        return 1
    state = "written" if changed else "unchanged"
    print(f"{path.name}: {state}, {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
