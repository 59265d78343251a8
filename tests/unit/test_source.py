import ast

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


@pytest.mark.parametrize("function", [len, 3, "conv2d"])
def test_what_has_no_python_source_is_refused(function):
    with pytest.raises(TypeError, match=r"function: expected one .* Python"):
        source.show(function)
