import ast
from functools import partial

import numpy as np
import pytest

from cnnlib import ops, source


def test_source_shows_the_code_as_it_stands():
    shown = source.show(ops.conv2d)
    assert shown._repr_markdown_() == f"```python\n{shown!r}\n```"
    assert "Slide every filter" in repr(shown)
    ast.parse(repr(shown))


def test_source_without_docstring_is_the_same_code():
    shown = repr(source.show(ops.conv2d, docstring=False))
    assert "Slide every filter" not in shown
    assert shown.splitlines()[0] == repr(source.show(ops.conv2d)).splitlines()[0]
    ast.parse(shown)


def test_a_function_without_docstring_is_left_whole():
    def double(x):
        return 2 * x

    assert repr(source.show(double, docstring=False)) == (
        "def double(x):\n    return 2 * x"
    )


# fmt: off
def one(x): "A docstring."; return x  # noqa: E702
def only(): "A docstring."
def stub(): ...
def spread(x):
    """A docstring: ```."""; y = "− é"  # noqa: E702

    return x, y
# fmt: on


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (one, "def one(x): return x  # noqa: E702"),
        (only, 'def only(): "A docstring."'),
        (stub, "def stub(): ..."),
        (spread, 'def spread(x):\n    y = "− é"  # noqa: E702\n\n    return x, y'),
    ],
)
def test_a_docstring_goes_alone(function, expected):
    shown = repr(source.show(function, docstring=False))
    assert shown == expected
    ast.parse(shown)


def test_backticks_inside_do_not_end_the_fence():
    lines = source.show(spread)._repr_markdown_().splitlines()
    assert lines[0] == "````python"
    assert lines[-1] == "````"


@pytest.mark.parametrize(
    "function", [len, 3, "conv2d", ops, lambda x: x, np.add, partial(one, 1), None]
)
@pytest.mark.parametrize("docstring", [True, False])
def test_what_has_no_python_source_is_refused(function, docstring):
    with pytest.raises(TypeError, match=r"function: expected .* Python, received"):
        source.show(function, docstring)


@pytest.mark.parametrize("docstring", ["no", 0, None])
def test_docstring_is_a_bool(docstring):
    with pytest.raises(TypeError, match=r"^docstring: expected True or False"):
        source.show(ops.relu, docstring)
