"""The page of the measured results is what the records give."""

import json
import re

from cnnlib.measured import RESULTS, in_words, measured
from tools.notebooks import ROOT, lecture_paths, results
from tools.notebooks.canonical import read

TEXT = (ROOT / results.PAGE).read_text("utf-8")
RECORD = {
    "what": "accuracy of something",
    "settings": {
        "epochs": 5,
        "batch_size": 32,
        "images": [4000, 1000],
        "rates": {"a": 0.1},
        "long": "x" * 100,
        "seeds": [3, 4, 5],
    },
    "machine": {"cpu": "A processor", "cores": 2, "system": "Linux"},
    "threads": {"openmp": 1, "openblas": 2},
    "versions": {"numpy": "2.4.6", "python": "3.11.7"},
    "date": "2026-11-27",
    "values": {
        "one": [0.95, 0.9, 1.0],
        "curve": [[0.1, 0.5, 0.25], [0.1, 0.5, 0.25], [0.1, 0.5, 0.5]],
        "steps": [10, 11, 12],
        "seconds": [131.62, 137.14, 150.83],
    },
}
PART = """\
### x_new

Accuracy of something. Shown in [L1](../lectures/L01_a.ipynb).

- Settings: epochs 5; batch size 32; images 4000, 1000; rates a: 0.1.
- Measured: seeds 3 to 5; A processor, 2 cores, Linux; threads: OpenBLAS 2, OpenMP 1; \
Python 3.11.7, NumPy 2.4.6; 2026-11-27.

| result | mean (lowest to highest) |
|---|--:|
| one | 0.95 (0.90 to 1.00) |
| curve, 1 of 3 | 0.1 |
| curve, 3 of 3 | 0.33 (0.25 to 0.50) |
| steps | 11 (10 to 12) |
| seconds | 139.9 (131.6 to 150.8) |
"""


def with_record(book, **changes):
    folder = book.root / results.RECORDS
    folder.mkdir(exist_ok=True)
    (folder / "x_new.json").write_text(json.dumps(RECORD | changes))


def test_the_page_is_up_to_date():
    lectures = {path: read(path) for path in lecture_paths()}
    assert results.results_page(ROOT, lectures) == TEXT, "make identity"


def test_every_record_has_its_part_with_all_that_one_needs_to_get_it_again():
    names = {path.stem for path in RESULTS.glob("*.json")}
    parts = dict(part.split("\n", 1) for part in TEXT.split("\n### ")[1:])
    assert set(parts) == names
    for name, part in parts.items():
        record = measured(name)
        expected = [record.machine["cpu"], record.date, *record.versions.values()]
        assert not [text for text in expected if text not in part], name
        assert re.search(r"\n- Measured: (seeds? \d|\d+ repeats?;)", part)
        for result in record.values:
            assert f"\n| {result}" in part
            if record[result].ndim == 1:
                spreads = (
                    in_words(record.spread(result, digits, percent=False), digits)
                    for digits in range(5)
                )
                assert any(f"| {result} | {spread} |" in part for spread in spreads)


def test_a_record_that_a_lecture_reads_stands_in_its_section(book):
    book.add("L01_a", ('x = measured("x_new")\nmeasured("x_new")',))
    with_record(book)
    assert book.make("--no-run") == 0
    text = (book.root / results.PAGE).read_text()
    assert text.startswith("# Results\n")
    assert text.endswith("\nend\n")
    assert f"\n## L1\n\n{PART}" in text
    assert "In no lecture" not in text


def test_a_record_that_no_lecture_reads_stands_apart(book):
    book.add("L01_a")
    values = {"one": [0.25]}
    with_record(book, settings={"repeats": 1}, values=values)
    assert book.make("--no-run") == 0
    text = (book.root / results.PAGE).read_text()
    assert "## L1" not in text
    assert "## In no lecture\n\n### x_new\n" in text
    assert "\n\n- Measured: 1 repeat; A processor" in text
    assert "\n| one | 0.25 |\n" in text
