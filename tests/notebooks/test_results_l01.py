"""The measured accuracies in the text of L1 are those that the benchmark has stored."""

import json
import re
from pathlib import Path

from tools.notebooks.canonical import read

ROOT = Path(__file__).parents[2]
STORED = ROOT / "benchmarks" / "results" / "l01_experiments.json"
QUOTED = re.compile(r"(\d+\.\d) \((\d+\.\d) to (\d+\.\d)\)")


def test_every_quoted_spread_was_measured():
    accuracy = json.loads(STORED.read_text(encoding="utf-8"))["accuracy"].values()
    measured = {
        tuple(f"{100 * value:.1f}" for value in column)
        for a in accuracy
        for column in zip(a["mean"], a["lowest"], a["highest"])
    }
    notebook = read(ROOT / "lectures" / "L01_introduction.ipynb")
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    quoted = QUOTED.findall(text)
    assert len(quoted) == 4 + 14 + 4  # shuffled, shifted, and two exercises
    assert set(quoted) <= measured
