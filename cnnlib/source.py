"""Show library code inside a lecture, so that no lecture retypes it."""

import ast
import inspect
import textwrap


class Source:
    """The source text of a function, shown as highlighted code."""

    def __init__(self, function, docstring=True):
        """Read the source of `function`, with or without its docstring."""
        text = textwrap.dedent(inspect.getsource(function))
        self.text = text.rstrip() if docstring else _without_docstring(text)

    def __repr__(self):
        """Return the code itself."""
        return self.text

    def _repr_markdown_(self):
        return f"```python\n{self.text}\n```"


def _without_docstring(text):
    body = ast.parse(text).body[0].body
    first = body[0]
    if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
        return text.rstrip()
    lines = text.splitlines()
    return "\n".join(lines[: first.lineno - 1] + lines[first.end_lineno :])


def show(function, docstring=True):
    """Show a function of cnnlib as it stands.

    Args:
        function: a Python function or class with source.
        docstring: False leaves the docstring out.
    Returns:
        An object that a notebook shows as code.
    Raises:
        TypeError: if `function` has no Python source.
    """
    try:
        return Source(function, docstring)
    except (OSError, TypeError):
        raise TypeError(
            f"function: expected one that is written in Python; got {function!r}"
        ) from None
