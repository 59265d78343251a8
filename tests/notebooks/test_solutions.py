"""Whatever a reader wrote, "Run all" leaves it, and what a check says of it, as it was.

Each exercise is answered in three ways: not at all, wrongly, and rightly.
"""

import ast
import copy
from typing import NamedTuple

import numpy as np
import pytest

from cnnlib.checks import tables
from cnnlib.checks.answers import forms_of
from cnnlib.checks.engine import Function
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED
from tools.notebooks import lecture_paths
from tools.notebooks.canonical import code_cells, has_tag, lecture_of, read
from tools.notebooks.names import made, run, used

LECTURES = {lecture_of(path): path for path in lecture_paths()}
WANTED = {"untouched": NOT_WRITTEN, "wrong": NOT_YET, "right": PASSED}
NUMBER = -12345.5  # no answer


class Parts(NamedTuple):
    """The code of a lecture before its exercises, of these, and of the solutions."""

    before: list
    exercises: list  # pairs of a stub and its check
    solutions: list


def parts(notebook):
    cells = [cell for cell in code_cells(notebook) if not has_tag(cell, "setup")]
    sources = [cell.source for cell in cells]
    stubs = [place for place, cell in enumerate(cells) if has_tag(cell, "exercise")]
    pairs = [(sources[place], sources[place + 1]) for place in stubs]
    solutions = [cell.source for cell in cells if has_tag(cell, "solution")]
    return Parts(sources[: stubs[0]], pairs, solutions)


def check_name(source):
    (name,) = (
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check"
    )
    return name


def answer(form, stub, check, solution, room):
    """Put an answer of one form into a room, under the names of the stub."""
    names = sorted(made(stub))
    lecture, exercise = check_name(check).split(".")
    item = tables.load(lecture)[exercise]
    if form == "untouched":
        exec(stub, room)
    elif form == "wrong":
        is_function = isinstance(item, Function)
        wrong = (lambda *arguments: NUMBER) if is_function else NUMBER
        room.update(dict.fromkeys(names, wrong))
    elif isinstance(item, Function):
        room.update(dict.fromkeys(names, item.reference))
    elif len(names) == 1:
        room[names[0]] = forms_of(item.expected)[0]
    else:  # the values have names of their own in the solution too
        own = {name: name.replace("answer", "solution") for name in names}
        found = run([solution], own.values())
        room.update({name: found[own[name]] for name in names})


def verdicts(exercises, room):
    """Run the checks, and return what each finds."""
    found = {}
    room["check"] = lambda name, value: found.update({name: room["judge"](name, value)})
    for _, check in exercises:
        exec(check, room)
    return {name: result.status for name, result in found.items()}


def answered(form, lecture, room):
    """Answer all exercises of a lecture in a copy of a room."""
    room = dict(room)
    room["judge"] = room["check"]
    for (stub, check), solution in zip(
        lecture.exercises, lecture.solutions, strict=True
    ):
        answer(form, stub, check, solution, room)
    return room


@pytest.fixture(autouse=True)
def lenient(monkeypatch):
    monkeypatch.delenv("CNNLIB_STRICT", raising=False)


def spoiled(lecture, form):
    """Return the verdicts before and after all that solutions make has changed."""
    stubs, checks = map("\n".join, zip(*lecture.exercises))
    wanted = used(checks) - made(stubs)  # of the cells before, not by chance
    room = answered(form, lecture, run(lecture.before, wanted))
    before = verdicts(lecture.exercises, room)
    names = set().union(*map(made, lecture.solutions))
    room.update(dict.fromkeys(names, "spoiled"))
    return before, verdicts(lecture.exercises, room)


@pytest.mark.parametrize("form", WANTED)
@pytest.mark.parametrize("name", LECTURES)
def test_what_solutions_make_changes_no_verdict(name, form):
    lecture = parts(read(LECTURES[name]))
    before, after = spoiled(lecture, form)
    assert len(before) == len(lecture.exercises)
    assert set(before.values()) == {WANTED[form]}
    assert after == before


def test_a_solution_under_the_reader_s_name_would_be_found(lecture):
    imports, *others = code_cells(lecture)[1:]
    imports.source = "from cnnlib.checks import check"
    for cell in others:
        cell.source = cell.source.replace("solution_1 =", "answer_1 =")
    before, after = spoiled(parts(lecture), "untouched")
    assert before["L02.1"] == NOT_WRITTEN
    assert after == before | {"L02.1": NOT_YET}


@pytest.mark.parametrize("form", WANTED)
@pytest.mark.parametrize("name", ["L02", "L05"])  # whose solutions train nothing
def test_run_all_changes_nothing_of_the_reader_s(name, form):
    lecture = parts(read(LECTURES[name]))
    rest = [source for pair in lecture.exercises for source in pair]
    rest += lecture.solutions
    room = answered(form, lecture, run(lecture.before, used("\n".join(rest))))
    before = verdicts(lecture.exercises, room)
    names = {key: value for key, value in room.items() if key != "check"}
    arrays = {k: v for k, v in names.items() if isinstance(v, np.ndarray)}
    contents = copy.deepcopy(arrays)

    room["check"] = lambda name, value: own.append(room["judge"](name, value))
    own = []
    for solution in lecture.solutions:
        exec(solution, room)
    assert [(result.name, result.status) for result in own] == [
        (name, PASSED) for name in before
    ]
    assert [key for key, value in names.items() if room[key] is not value] == []
    for key, content in contents.items():
        assert np.array_equal(arrays[key], content), key
    assert verdicts(lecture.exercises, room) == before
