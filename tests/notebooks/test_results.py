"""Measured numbers in a lecture are those of a record, rendered or, in prose, typed."""

import re
from itertools import product
from pathlib import Path

import pytest

from cnnlib.measured import RESULTS, in_words, measured
from tools.notebooks.canonical import read

LECTURES = sorted((Path(__file__).parents[2] / "lectures").glob("*.ipynb"))
# "94.1% (93.8 to 94.7)" and its like
TYPED = re.compile(r"−?\d+\.(\d+)%? \(−?\d+\.\d+%? to −?\d+\.\d+%?\)")


def typed_spreads(text):
    """Return {(a spread typed in prose, without percent signs, its digits)}."""
    found = TYPED.finditer(text)
    return {(match[0].replace("%", ""), len(match[1])) for match in found}


def stored_spreads(digits):
    """Return all spreads of all records, in words, as shares and in percent."""
    found = set()
    for path in RESULTS.glob("*.json"):
        record = measured(path.stem)
        for name, percent in product(record.values, (True, False)):
            runs = len(record[name])
            for column in record[name].reshape(runs, -1).T:
                spread = record.spread(column, digits, percent)
                found.add(in_words(spread, digits))
    return found


def reads_a_record(cells):
    return any("cnnlib.measured" in c.source for c in cells if c.cell_type == "code")


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem[:3])
def test_a_typed_spread_stands_in_a_record(path):
    cells = read(path).cells
    if not reads_a_record(cells):
        pytest.skip("renders no record")
    prose = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    missing = [
        t for t, digits in typed_spreads(prose) if t not in stored_spreads(digits)
    ]
    assert not missing


def test_a_wrong_spread_would_be_found():
    assert typed_spreads("is 94.1% (93.8 to 94.7), 9.50 (−1.00 to 10.00)%") == {
        ("94.1 (93.8 to 94.7)", 1),
        ("9.50 (−1.00 to 10.00)", 2),
    }
    right = in_words(measured("mnist_numpy").spread("accuracy"))
    assert right in stored_spreads(1)
    assert right.replace("(", "(1") not in stored_spreads(1)


def test_the_numpy_network_reads_mnist():
    assert min(measured("mnist_numpy_full")["accuracy"]) >= 0.985
