"""Each number in the running text of a lecture is computed, cited or excused.

`untraced.toml` excuses, with a reason for each. How sharp this is, is measured here
too: one digit of a traced number is changed, and the change has to be found.
"""

import random
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tools.notebooks import lecture_paths
from tools.notebooks.canonical import lecture_of, read
from tools.notebooks.trace import Lecture, is_cited, main, message
from tools.notebooks.written import numbers, texts

EXCUSED = tomllib.loads(
    Path(__file__).with_name("untraced.toml").read_text(encoding="utf-8")
)["untraced"]
LECTURES = lecture_paths()
MOST_EXCUSES = 40
CHANGES = 300  # at least, in all lectures together
FOUND_AT_LEAST = {2: 0.68, 3: 0.88}  # by digits, where 3 are 3 or more
NOT_LOOKED_UP = (None, "citation", "rough")


@cache
def traced(path):
    lecture = Lecture(read(path), lecture_of(path))
    return lecture, lecture.trace()


def excuses(path, found):
    """Return the entries of the list that excuse a number."""
    return [
        entry
        for entry in EXCUSED
        if entry["lecture"] == lecture_of(path)
        and found.number.text in entry["numbers"]
        and (entry["where"] in found.around or entry["where"] == found.number.cell)
    ]


@pytest.mark.parametrize("path", LECTURES, ids=lecture_of)
def test_every_number_is_traced(path):
    _, found = traced(path)
    missing = [f for f in found if f.kind is None and not excuses(path, f)]
    advice = "let a cell assert it, write out the sum, cite, or add it to untraced.toml"
    lines = [message(lecture_of(path), f) for f in missing]
    assert not missing, "\n".join([advice, *lines])


def test_every_excuse_is_needed():
    used = [
        (entry["where"], found.number.text)
        for path in LECTURES
        for found in traced(path)[1]
        if found.kind is None
        for entry in excuses(path, found)
    ]
    listed = [(entry["where"], n) for entry in EXCUSED for n in entry["numbers"]]
    assert set(used) == set(listed)


def test_excuses_are_few_and_say_why():
    assert len(EXCUSED) <= MOST_EXCUSES
    assert all(len(entry["why"].split()) > 4 for entry in EXCUSED)


def changed(text, number, rng):
    """Return a text in which one digit of a number is another."""
    places = [i for i in range(number.start, number.end) if text[i].isdigit()]
    at = rng.choice(places)
    others = set("0123456789") - {text[at]} - ({"0"} if at == places[0] else set())
    return text[:at] + rng.choice(sorted(others)) + text[at + 1 :]


def test_a_changed_digit_is_found():
    rng = random.Random(0)
    all_of_them = [
        (path, cell.id, text, is_figure)
        for path in LECTURES
        for cell, text, is_figure in texts(read(path))
        for _ in numbers(text)
    ]
    seen, tried = Counter(), Counter()
    for path, cell, text, is_figure in rng.sample(all_of_them, 2 * CHANGES):
        lecture, _ = traced(path)
        before = lecture.trace_text(text, cell, is_figure)
        kept = [f.number for f in before if f.kind not in NOT_LOOKED_UP]
        kept = [number for number in kept if number.digits > 1]
        if not kept:
            continue
        number = rng.choice(kept)
        after = lecture.trace_text(changed(text, number, rng), cell, is_figure)
        digits = min(number.digits, 3)
        tried[digits] += 1
        seen[digits] += missing(after) > missing(before)
    shares = {digits: seen[digits] / tried[digits] for digits in tried}
    assert sum(tried.values()) > CHANGES
    assert min(tried.values()) > CHANGES // 3
    assert all(shares[d] >= least for d, least in FOUND_AT_LEAST.items()), shares


def missing(found):
    """Count what is not traced; a citation would hide a wrong number of ours."""
    return sum(f.kind in NOT_LOOKED_UP for f in found)


class TestTrace:
    @pytest.fixture
    def kinds(self, lecture):
        """Return a function from a text in the first section to {number: kind}."""
        codes = [cell for cell in lecture.cells if cell.cell_type == "code"]
        codes[2].source = "assert conv == 25_088\nx = 28, 96.2, 48"
        first = next(c.id for c in lecture.cells if c.source.startswith("## One"))

        def of(text, is_figure=False):
            whole = Lecture(lecture, "L02")
            whole.trace()
            found = whole.trace_text(text, first, is_figure)
            return {f.number.text: f.kind for f in found}

        return of

    def test_code(self, kinds):
        found = kinds("25,088 and 96%, but 25,089")
        assert found == {"25,088": "code", "96%": "code", "25,089": None}

    def test_a_sum_is_traced_by_its_parts(self, kinds):
        assert kinds("$28+48=76$")["76"] == "sum"
        assert kinds("$28+49=77$") == {"28": "code", "49": None, "77": None}

    def test_parts_are_traced_by_the_result(self, kinds):
        assert kinds("$28\\cdot28\\cdot32=25{,}088$")["32"] == "sum"

    def test_what_a_sum_made_may_be_said_again(self, kinds):
        assert kinds("$28+48=76$, so 76 in all")["76"] == "sum"
        assert kinds("$28+48=76$. 77 in all")["77"] is None

    def test_a_wrong_sum_is_a_fault(self, kinds):
        found = kinds("$28\\cdot28=48$")
        assert set(found.values()) == {None}

    def test_citation(self, kinds):
        cited = "It has 777 ([Solo 1999](https://d.org)). "
        assert kinds(f"{cited}We have 778.") == {"777": "citation", "778": None}
        assert kinds("The paper says 777.")["777"] == "citation"

    def test_roughly(self, kinds):
        text = "It falls from about 777 to 778"
        assert kinds(text, is_figure=True) == {"777": "rough", "778": None}
        assert kinds(text) == {"777": None, "778": None}


def test_a_row_of_a_table_is_cited_as_a_whole():
    text = "| 11.7 | Clarifai. Then 14.8 ([Solo 1999](https://d.org)) |\n| 2 | 15.3 |"
    assert [is_cited(text, n) for n in numbers(text)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The paper's errors:", False),
        ("As the paper has it:", True),
        ("The paper has some.\nOurs:", False),
        ("The paper has more.", False),
    ],
)
def test_a_table_is_cited_by_the_line_that_leads_to_it(lead, expected):
    text = f"{lead}\n\n| nets | error |\n|---|---|\n| 7 | 6.67% |"
    assert [is_cited(text, n) for n in numbers(text)] == [expected] * 2


def test_what_another_lecture_computes(lecture):
    linked = "VGG-16 has 138,357,544 parameters ([L13](L13_vgg.ipynb))."
    first = lecture.cells[0].id
    trace = Lecture(lecture, "L02").trace_text
    assert [f.kind for f in trace(linked, first)] == ["lecture"]
    assert [f.kind for f in trace(linked.replace("544", "545"), first)] == [None]
    assert [f.kind for f in trace("It has 138,357,544.", first)] == [None]


def test_message(lecture):
    lecture.cells[0].source = "So it has 4,711 parameters."
    text = message("L02", Lecture(lecture, "L02").trace()[0])
    assert text.endswith("4,711 (nothing computes it): … So it has 4,711 parameters. …")


def test_report(capsys):
    main(["L02"])
    assert capsys.readouterr().out.startswith("L02 code ")
