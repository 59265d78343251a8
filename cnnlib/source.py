"""Show library code inside a lecture, so that no lecture retypes it."""

import ast
import inspect
import re
import textwrap

from cnnlib._validate import complaint, flag


class Source:
    """The source text of a function or class, shown as highlighted code."""

    def __init__(self, function, docstring=True):
        """Read the source of `function`, with or without its docstring."""
        text = textwrap.dedent(inspect.getsource(function))
        self.text = text.rstrip() if docstring else _without_docstring(text)

    def __repr__(self):
        """Return the code itself."""
        return self.text

    def _repr_markdown_(self):
        # a fence is longer than any run of backticks inside it
        runs = re.findall("`+", self.text)
        fence = "`" * max([3, *(len(run) + 1 for run in runs)])
        return f"{fence}python\n{self.text}\n{fence}"


def show(function, docstring=True):
    """Show a function of cnnlib as it stands.

    Args:
        function: a Python function or class with a name and source.
        docstring: False leaves the docstring out, unless it is all there is.
    Returns:
        An object that a notebook shows as code.
    Raises:
        TypeError: if `function` is anything else, or `docstring` is not a bool.
    """
    docstring = flag("docstring", docstring)
    expected = "a function or class that is written in Python"
    named = inspect.isroutine(function) or inspect.isclass(function)
    try:
        if not named or function.__name__ == "<lambda>":
            raise TypeError
        return Source(function, docstring)
    except (OSError, TypeError):
        raise TypeError(complaint("function", expected, repr(function))) from None


def _without_docstring(text):
    definition = ast.parse(text).body[0]
    first, *others = definition.body
    if ast.get_docstring(definition) is None or not others:
        return text.rstrip()
    lines = text.splitlines()
    start, end = first.lineno - 1, first.end_lineno - 1
    # columns count bytes
    before = lines[start].encode()[: first.col_offset].decode()
    after = lines[end].encode()[first.end_col_offset :].decode().lstrip("; ")
    shared = before.strip() or after  # with the def, or with another statement
    lines[start : end + 1] = [before + after] if shared else []
    return "\n".join(lines).rstrip()
