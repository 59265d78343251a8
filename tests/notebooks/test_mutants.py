"""Each check of a function tells its solution from some sixty wrong ones.

`tools/notebooks/mutants.py` makes them of the solution in the notebook.
"""

import ast
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
from tools.notebooks.canonical import code_cells, lecture_of, read
from tools.notebooks.mutants import mutants, solutions
from tools.notebooks.names import used

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


def made_of(source, **axes):
    """Return the changes to a function `f`, each without the line as it was."""
    found = mutants(source, "f", axes)
    assert all(mutant.source != ast.unparse(ast.parse(source)) for mutant in found)
    return {mutant.change.partition("-> ")[2] for mutant in found}


class TestMutants:
    """The maker makes the slips that it says."""

    @pytest.mark.parametrize(
        ("line", "wrong"),
        [
            # off by one
            ("return x[2]", "return x[3]"),
            ("return x[2]", "return x[1]"),
            ("return x[i, 0]", "return x[i + 1, 0]"),
            ("return x[i]", "return x[i - 1]"),
            ("return x[1:]", "return x[2:]"),
            ("return x[a:b]", "return x[a:b - 1]"),
            ("return x[a:b]", "return x[a + 1:b]"),
            ("return x[a:b]", "return x[a:]"),
            ("return x[a:]", "return x[a:-1]"),
            ("return list(range(n))", "return list(range(n - 1))"),
            ("return np.ndindex(h, w)", "return np.ndindex(h, w + 1)"),
            ("return 0.5 * x", "return 1.5 * x"),
            # axes, and turned by 180 degrees
            ("return x[i, j]", "return x[j, i]"),
            ("return x.sum(axis=0)", "return x.sum(axis=1)"),
            ("return x.sum(axis=1)", "return x.sum(axis=0)"),
            ("return x.transpose(0, 2, 1)", "return x.transpose(2, 0, 1)"),
            ("h, w = x.shape", "w, h = x.shape"),
            ("h, w = x.shape", "h, w = x.shape[::-1]"),
            ("return np.zeros((h, w))", "return np.zeros((w, h))"),
            ("return y", "return y.T"),
            ("return y", "return y[::-1]"),
            ("return x[::-1]", "return x[:]"),
            ("return x[:, c]", "return x[::-1, c]"),
            ("return x[::2]", "return x[:]"),
            ("return x[i]", "return x"),
            ("return [1, -1]", "return [-1, 1]"),
            # an argument or a step lost
            ("return g(x, k, strides=2)", "return g(x, k)"),
            ("return g(x, k, s)", "return g(x, k)"),
            ("return g(x, k)", "return g(k, x)"),
            ("return np.pad(x, 1)", "return x"),
            ("return x.astype(float)", "return x"),
            ("return x.astype(float)", "return x.astype(int)"),
            # another function or operator
            ("return x.mean()", "return x.sum()"),
            ("return np.sum(x)", "return np.mean(x)"),
            ("return max(x)", "return min(x)"),
            ("return np.max(x)", "return np.min(x)"),
            ("return np.zeros(3)", "return np.ones(3)"),
            ("return a + b", "return a - b"),
            ("return a + b", "return a"),
            ("return a - b", "return b - a"),
            ("return a * b", "return a / b"),
            ("return n // s", "return n / s"),
            ("return n // s", "return -(-n // s)"),
            ("return a < b", "return a <= b"),
            ("return a == b", "return a != b"),
            ("return a and b", "return a or b"),
            ("return not a", "return a"),
            ("return -a", "return a"),
            ("return a if b else c", "return c if b else a"),
            ("return g(x, full=True)", "return g(x, full=False)"),
            # results and statements
            ("return a", "return -a"),
            ("return a", "return 0 * a"),
            ("return a", "return None"),
            ("return a", "return x"),
            ("return a", "pass"),
            ("y = a", "pass"),
            ("y += a", "y = a"),
            ("y += a", "y -= a"),
            ("for i in x: y = i", "break"),
            ("if a: y = 1", "if False:"),
        ],
    )
    def test_slip(self, line, wrong):
        assert wrong in made_of(f"def f(x):\n    {line}")

    def test_slips_of_the_arguments(self):
        found = made_of("def f(x, k, s):\n    return g(x, k, s)", x=3, k=1, s=0)
        assert {line for line in found if line[:4] in ("x = ", "k = ", "s = ")} == {
            *("x = x[::-1]", "x = x[:, ::-1]", "x = x[::-1, ::-1]", "x = x[..., ::-1]"),
            *("x = x.swapaxes(0, 1)", "x = x.swapaxes(1, 2)"),
            *("k = k[::-1]", "s = 0", "s = 1", "s = s + 1", "s = s - 1"),
        }

    def test_bodies_that_do_no_work(self):
        found = mutants("def f(x, n):\n    return g(x) + n", "f", {"x": 2, "n": 0})
        whole = [change for change, _ in found if change.startswith("the whole body")]
        assert [change.partition("-> ")[2] for change in whole] == [
            *("pass", "return None", "return 0", "return 1", "return False"),
            *("return True", "return x", "return 0 * x", "return n"),
        ]

    def test_what_is_the_same_in_another_order_is_no_slip(self):
        found = made_of("def f(x):\n    return max(a, b) + c * d")
        assert not found & {
            "return max(b, a) + c * d",
            "return c * d + max(a, b)",
            "return max(a, b) + d * c",
        }

    def test_modules_and_docstrings_are_let_be(self):
        found = made_of('def f(x):\n    """Do it."""\n    return np.sum(x)')
        assert "return np" not in found
        assert not any("Do it" in line for line in found)

    def test_no_two_are_alike_and_all_can_be_read(self):
        loop = "for i in range(2):\n        a += x[i, 1]"
        source = f"def f(x):\n    a = 1\n    {loop}\n    return a"
        found = mutants(source, "f", {"x": 2})
        assert len({mutant.source for mutant in found}) == len(found)
        assert len({mutant.change for mutant in found}) == len(found)
        for mutant in found:
            ast.parse(mutant.source)

    def test_two_lines_that_are_equal_are_told_apart(self):
        source = "def f(x):\n    x = g(x)\n    x = g(x)\n    return x"
        changes = [mutant.change for mutant in mutants(source, "f", {})]
        assert len(set(changes)) == len(changes)


@pytest.fixture
def solution(lecture):
    """The solution of a lecture whose other cells cannot run."""
    imports, *others, last = code_cells(lecture)[1:]
    imports.source = "import math\nunit = 2\nlost = nowhere"
    others[0].source = "raise SystemExit"
    last.source = (
        "half = 1 / unit\n\ndef g(x):\n    return math.floor(half * x)\n\n"
        'assert lost\ncheck("L02.4", g)'
    )
    (found,) = solutions(lecture)  # the others hand over a value, or none
    return found


def test_solution(solution):
    assert (solution.check, solution.function) == ("L02.4", "g")
    assert used(solution.source) == {"math", "unit"}
    assert "assert" not in solution.source


def test_a_solution_and_its_mutants_run_without_the_rest(solution):
    room = solution.room()
    assert {"math", "unit"} == set(room) - {"__builtins__"}
    assert solution.define(solution.source, room)(5) == 2
    changed = dict(mutants(solution.source, "g", {"x": 0}))
    wrong = changed["half = 1 / unit -> half = 1 * unit"]
    assert solution.define(wrong, room)(5) == 10
    assert set(room) == {"math", "unit", "__builtins__"}
