"""Each check of a function tells its solution from some sixty wrong ones.

`tools/notebooks/mutants.py` makes them of the solution in the notebook.
"""

import inspect
import tomllib
from dataclasses import replace
from numbers import Real
from pathlib import Path

import numpy as np
import pytest

from cnnlib.checks import tables
from cnnlib.checks.engine import Function
from cnnlib.checks.result import PASSED
from tools.notebooks import lecture_paths
from tools.notebooks.canonical import lecture_of, read
from tools.notebooks.mutants import mutants, solutions

# what passes although the solution was changed, with its reasons
SURVIVORS = tomllib.loads(
    Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8")
)["survivors"]
CHECKS = {
    f"{lecture}.{exercise}": item
    for lecture in tables.lectures()
    for exercise, item in tables.load(lecture).items()
    if isinstance(item, Function)
}
SOLUTIONS = {
    solution.check: solution
    for path in lecture_paths()
    for solution in solutions(read(path))
    if solution.check in CHECKS
}


def axes(function, inputs):
    """Return the number of axes of each argument that is an array or a number."""
    names = list(inspect.signature(function).parameters)
    return {
        name: np.ndim(value)
        for call in inputs
        for name, value in zip(names, call if isinstance(call, tuple) else (call,))
        if isinstance(value, Real | np.ndarray)
    }


@pytest.mark.parametrize("name", SOLUTIONS)
def test_every_mutant_fails(name):
    solution, item = SOLUTIONS[name], replace(CHECKS[name], hints=())
    room = solution.room()

    def passes(source, seconds):
        wrong = solution.define(source, room)
        return replace(item, seconds=seconds).judge(wrong).status == PASSED

    assert passes(solution.source, item.seconds)
    right = solution.define(solution.source, room)
    made = mutants(solution.source, solution.function, axes(right, item.inputs))
    assert len(made) > 20
    known = {
        m for group in SURVIVORS if group["check"] == name for m in group["mutants"]
    }
    survived = {
        mutant.change
        for mutant in made
        if passes(mutant.source, item.seconds if mutant.change in known else 1)
    }
    advice = "these pass: give the table an input on which they differ"
    assert not survived - known, "\n".join([advice, *sorted(survived - known)])
    advice = "these no longer pass: take them off the list"
    assert not known - survived, "\n".join([advice, *sorted(known - survived)])


def test_every_function_that_is_checked_has_a_solution_here():
    lectures = {lecture_of(path) for path in lecture_paths()}
    wanted = [name for name in CHECKS if name.partition(".")[0] in lectures]
    assert sorted(SOLUTIONS) == sorted(wanted)


def test_every_survivor_has_a_reason():
    for group in SURVIVORS:
        assert group["check"] in SOLUTIONS
        assert group["reason"].strip()
        assert group["mutants"]
