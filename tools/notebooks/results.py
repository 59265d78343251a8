"""The page of the measured results, written from the records in cnnlib/results."""

import json
import re
from pathlib import Path

from cnnlib.measured import Record, in_words, rounded
from tools.notebooks.canonical import code_cells, lecture_of, replace_text
from tools.notebooks.identity import between

PAGE = "appendix/results.md"
RECORDS = "cnnlib/results"
READ = re.compile(r"\bmeasured\(\s*[\"'](\w+)[\"']")
NAMES = {"python": "Python", "numpy": "NumPy", "keras": "Keras"}
NAMES |= {"tensorflow": "TensorFlow", "openblas": "OpenBLAS", "openmp": "OpenMP"}
SHORT = 80  # characters of a setting that the page repeats


def update_results(root, notebooks):
    """Write the page; return whether it changed."""
    return replace_text(Path(root, PAGE), results_page(root, notebooks))


def results_page(root, notebooks):
    """Return the text of the page: a section a lecture, a table a record.

    Args:
        root: the repository's folder.
        notebooks: {path: notebook} of all lectures, in the order of the book.
    Raises: ValueError if the page has no place for them.
    """
    records = {
        path.stem: Record(json.loads(path.read_text("utf-8")))
        for path in sorted(Path(root, RECORDS).glob("*.json"))
    }
    shown = {name: [] for name in records}
    for path, notebook in notebooks.items():
        code = "\n".join(cell.source for cell in code_cells(notebook))
        for name in sorted(set(READ.findall(code)) & set(records)):
            shown[name].append(path)
    sections = {path: [] for path in (*notebooks, None)}
    for name, paths in shown.items():
        sections[paths[0] if paths else None].append(name)
    parts = []
    for path, names in sections.items():
        title = _short(path) if path else "In no lecture"
        parts += [f"## {title}", ""] if names else []
        for name in names:
            parts += [_described(name, records[name], shown[name]), ""]
    text = Path(root, PAGE).read_text("utf-8")
    return between(text, "results", "\n".join(["", *parts]), PAGE)


def _short(path):
    return f"L{int(lecture_of(path)[1:])}"


def _described(name, record, paths):
    """Return the part of one record: what it is, where it comes from, its numbers."""
    what = f"{record.what[0].upper()}{record.what[1:]}."
    links = [f"[{_short(path)}](../lectures/{Path(path).name})" for path in paths]
    what += f" Shown in {' and '.join(links)}." if links else ""
    settings = [
        f"{key.replace('_', ' ')} {_plain(setting)}"
        for key, setting in record.settings.items()
        if key not in ("seeds", "repeats") and len(str(setting)) <= SHORT
    ]
    rows = ["| result | mean (lowest to highest) |", "|---|--:|", *_rows(record)]
    lines = [f"### {name}", "", what, ""]
    lines += [f"- Settings: {'; '.join(settings)}."] if settings else []
    lines += [f"- Measured: {_measured(record)}.", "", *rows]
    return "\n".join(lines)


def _measured(record):
    """Return seeds or repeats, machine, threads, versions and date, in words."""
    machine, settings = record.machine, record.settings
    threads, versions = (
        ", ".join(f"{NAMES.get(name, name)} {named[name]}" for name in _ordered(named))
        for named in (vars(record).get("threads", {}), record.versions)
    )
    several = "s" if len(next(iter(record.values.values()))) > 1 else ""
    runs = f"{settings.get('repeats')} repeat{several}"
    if "seeds" in settings:
        runs = f"seed{several} {_plain(settings['seeds'])}"
    where = f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}"
    threads = f"threads: {threads}" if threads else ""
    return "; ".join(filter(None, [runs, where, threads, versions, record.date]))


def _ordered(named):
    """Return the names of programs in one order for all records."""
    known = list(NAMES)
    return sorted(
        named, key=lambda name: (name not in known, [*known, name].index(name))
    )


def _rows(record):
    """Yield a row for each result; of several numbers a run, the first and last."""
    for name in record.values:
        runs = record[name].reshape(len(record[name]), -1)
        count = runs.shape[1]
        for place in sorted({0, count - 1}):
            column = runs[:, place].tolist()
            spread = record.spread(column, _digits(column), percent=False)
            label = name if count == 1 else f"{name}, {place + 1} of {count}"
            yield f"| {label} | {in_words(spread, _digits(column))} |"


def _digits(values):
    """Return how many digits after the point values need, 4 at most, 1 from 10 on."""
    most = 1 if max(map(abs, values)) >= 10 else 4
    return next(
        digits
        for digits in range(most + 1)
        if digits == most or all(rounded(v, digits) == rounded(v, 9) for v in values)
    )


def _plain(setting):
    """Write a setting without the brackets of Python; a run of seeds as "0 to 9"."""
    if isinstance(setting, dict):
        return ", ".join(f"{key}: {_plain(part)}" for key, part in setting.items())
    if not isinstance(setting, list):
        return str(setting)
    if len(setting) > 2 and all(isinstance(part, int) for part in setting):
        first, last = setting[0], setting[-1]
        if setting == list(range(first, last + 1)):
            return f"{first} to {last}"
    parts = (f"({_plain(p)})" if isinstance(p, list) else str(p) for p in setting)
    return ", ".join(parts)
