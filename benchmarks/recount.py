"""Count every network of the course again: what the paper says, what comes out, Keras.

Run: make recount (a minute)
Writes the ledger, cnnlib/recount.json, which `cnnlib.recount` reads, and the appendix
made of it, appendix/recount.md. A paper has a module in `benchmarks.papers`, and its
lecture a line in LECTURES.
"""

import json
import sys
from pathlib import Path

from benchmarks.papers import alexnet, googlenet, lenet, resnet, vgg
from benchmarks.papers.counting import weightless
from benchmarks.report import versions
from cnnlib.recount import LEDGER, ledger, recount, shown
from cnnlib.startup import load_keras
from tools.notebooks.canonical import replace_text
from tools.notebooks.identity import between
from tools.notebooks.references import works

PAGE = Path(__file__).parents[1] / "appendix" / "recount.md"
TORCHVISION = "https://docs.pytorch.org/vision/stable/models/alexnet.html"
LECTURES = {
    "L08": lenet.NETWORKS,
    "L12": alexnet.NETWORKS,
    "L13": vgg.NETWORKS,
    "L14": resnet.NETWORKS,
    "L15": googlenet.NETWORKS,
}
"""Lecture -> {name of a network: (key in references.bib, place, its rows)}."""


def rows():
    """Return all rows of the ledger, counted now."""
    from cnnlib import models

    with weightless():
        return [
            {"lecture": lecture, "network": network, **row.fields()}
            for lecture, networks in LECTURES.items()
            for network, (_, _, count) in networks.items()
            for row in count(models)
        ]


def sources():
    """Return {network: what its numbers are compared with, as Markdown}."""
    known = {key: (work.in_sentence, work.link) for key, work in works().items()}
    known["torchvision"] = "torchvision", TORCHVISION
    found = {}
    for networks in LECTURES.values():
        for network, (key, place, _) in networks.items():
            if key:
                label, address = known[key]
                link = f"[{label}]({address})"
                found[network] = f"{link}, {place}" if place else link
    return found


def page(text):
    """Return the appendix with all tables, and before them what differs."""
    rows = [row for row in ledger()["rows"] if row["verdict"].startswith("differs")]
    heads = [["", "said", "counted", "why"], ["---", "--:", "--:", "---"]]
    lines = []
    for row in rows:
        what, why = f"{row['network']}: {row['what']}", row["verdict"].split(": ", 1)[1]
        lines.append([what, row["said"], shown(row["counted"]), why])
    differ = [f"| {' | '.join(line)} |" for line in heads + lines]
    parts = ["## What differs", "", *differ, ""]
    for lecture in LECTURES:
        parts += [f"## L{int(lecture[1:])}", "", recount(lecture).text, ""]
    return between(text, "recount", "\n".join(["", *parts]), PAGE.name)


def main():
    """Write the ledger, then the page."""
    load_keras()
    counted = rows()
    head = {
        "what": "networks of the course, counted again",
        "versions": versions(),
        "sources": sources(),
    }
    lines = [f" {json.dumps(k)}: {json.dumps(v)}" for k, v in head.items()]
    table = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in counted)
    lines.append(f' "rows": [\n{table}\n ]')
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    for path, new in ((LEDGER, text), (PAGE, None)):
        new = page(path.read_text("utf-8")) if new is None else new
        print(f"{path.name}: {'written' if replace_text(path, new) else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
