"""What the names in a notebook stand on: all of it, and nothing else."""

import ast

import pytest

from tools.notebooks.names import made, needed, run, used


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = b + 1", {"b"}),
        ("a = 1\nb = a", set()),
        ("b = a\na = 1", {"a"}),
        ("a += 1", {"a"}),
        ("a[0] = b", {"a", "b"}),
        ("def f(x, y=c):\n    z = x + d\n    return g(z)", {"c", "d", "g"}),
        ("[n * k for n in range(3)]", {"k", "range"}),
        ("f = lambda x: x + y", {"y"}),
        ("%time a\nb = c", {"c"}),
        ("not python(", set()),
    ],
)
def test_used(source, expected):
    assert used(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = b + 1\nc, d = a, 2", {"a", "c", "d"}),
        ("a += 1", {"a"}),
        ("a[0].b = c", {"a"}),
        ("def f(x):\n    y = x", {"f"}),
        ("class A:\n    b = 1", {"A"}),
        ("for n in range(3):\n    e = n", {"n", "e"}),
        ("[n for n in b]", set()),
        ("import os.path\nfrom a import b as c", {"os", "c"}),
        ("with open(a) as h:\n    %time b\n    c = 1", {"h", "c"}),
        ("a.append(b)", set()),
    ],
)
def test_made(source, expected):
    assert made(source) == expected


CELLS = [
    "import math\nimport heavy",
    "a = 1\nb = [0, 0]\nc = heavy.load()",
    "b[1] = a\na = 5",
    "def f(x):\n    c = x\n    return g(c)\n\ndef g(x):\n    return math.floor(x) + a",
    "d = f(b[1] + 0.5)\na = 7",
    "def f(x):\n    return -x",
    "for n in range(3):\n    e = n",
    "with open_(a) as h:\n    import late",
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a", ["a = 7"]),
        ("b", ["a = 1", "b = [0, 0]", "b[1] = a"]),
        ("e", ["for n in range(3):\n    e = n"]),
        ("late", ["a = 7", "with open_(a) as h:\n    import late"]),
        ("nowhere", []),
    ],
)
def test_needed(name, expected):
    assert [ast.unparse(statement) for statement in needed(CELLS, [name])] == expected


def test_a_function_that_was_called_counts_as_it_was_then():
    assert (
        run(CELLS, ["d"])["d"] == 6
    )  # floor(1.5) + 5, by the first f and the second a


def test_a_function_sees_what_stands_at_the_end():
    assert run(CELLS, ["g"])["g"](2.5) == 9


def test_what_is_given_is_not_run():
    room = run(CELLS, ["c"], {"heavy": None, "c": 3})
    assert room["c"] == 3
    with pytest.raises(ModuleNotFoundError, match="heavy"):
        run(CELLS, ["c"])


def test_a_magic_is_left_out():
    assert run(["%matplotlib inline\na = 1", "!ls\nb = a"], ["b"])["b"] == 1
