"""The recount: what papers say of their networks, and what comes out on counting again.

The ledger is `recount.json`, written by `benchmarks.recount`: one row a number, with
what the paper says, what `cnnlib.plans` counts, what Keras counts, and the verdict.
"""

import json
from pathlib import Path

from cnnlib._validate import complaint
from cnnlib.measured import Table

LEDGER = Path(__file__).with_name("recount.json")
"""The file of the ledger."""

MARKS = {"quoted": "†", "unseen": "‡"}
"""How a source was read -> its mark in the tables."""
NOTES = {
    "quoted": "† seen as others quote it, not in the paper's own words.",
    "unseen": "‡ not seen: no source of it could be read.",
}
"""What is said of a paper's number that was not seen in the paper's own words."""


def ledger():
    """Return the ledger: what, versions, sources and rows, as in its file."""
    return json.loads(LEDGER.read_text(encoding="utf-8"))


def recount(lecture, network=None):
    """Show the rows of a lecture: the paper's numbers beside those counted again.

    Args:
        lecture: as "L08".
        network: the name of one of its networks; None for all.
    Returns:
        A table for each network, which a notebook shows.
    Raises:
        ValueError: if the ledger has no rows of that lecture, or of that network.
    """
    every = ledger()
    rows = _of("lecture", lecture, every["rows"])
    if network is not None:
        rows = _of("network", network, rows)
    networks = list(dict.fromkeys(row["network"] for row in rows))
    tables = [_table(every, _of("network", name, rows)) for name in networks]
    seen = {row["seen"] for row in rows}
    notes = [note for kind, note in NOTES.items() if kind in seen]
    return Table("\n\n".join([*tables, *notes]))


def _of(name, value, rows):
    known = list(dict.fromkeys(row[name] for row in rows))
    if value not in known:
        expected = f"one of {', '.join(known)}"
        raise ValueError(complaint(name, expected, repr(value)))
    return [row for row in rows if row[name] == value]


def _table(every, rows):
    network = rows[0]["network"]
    source = every["sources"].get(network)
    heads = ["", *(["said"] if source else []), "counted", "Keras", "verdict"]
    lines = [heads, ["---", *["--:"] * (len(heads) - 2), "---"]]
    for row in rows:
        said = [f"{row['said'] or '–'}{MARKS.get(row['seen'], '')}"] if source else []
        counted = [shown(row["counted"]), shown(row["keras"])]
        lines.append([row["what"], *said, *counted, row["verdict"] or "–"])
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"**{network}**{f': {source}' if source else ''}\n\n{table}"


def shown(value):
    """Write a number with commas, a list of them, or "–" for None."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return f"{value:,}" if isinstance(value, (int, float)) else value
