"""What the names in a notebook's code stand on, so that a part of it runs alone."""

import ast
import dis
from functools import cache
from typing import NamedTuple

from tools.notebooks.reach import parsed

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def used(source):
    """Return the names that code asks for before it has made them, as a set."""
    asked, made = set(), set()
    for statement in _statements(source):
        asked |= statement.asked - made
        made |= statement.made
    return asked


def made(source):
    """Return the names that code makes or writes into, as a set."""
    return set().union(*(statement.made for statement in _statements(source)))


def needed(sources, names, given=()):
    """Return the statements that names stand on, in order.

    These are the last one that makes a name or writes into it, as in `x[0] = 1`, and
    what that one stands on in turn. What a method changes, as in `x.append(1)`, is
    not seen.

    Args:
        sources: the source texts of cells, in order.
        names: those wanted, as they stand after the last cell.
        given: names that need no statement. Nor do those that no cell makes.
    """
    statements = [s for source in sources for s in _statements(source)]
    waiting = [(name, len(statements)) for name in names if name not in given]
    seen, kept = set(waiting), set()
    while waiting:
        name, end = waiting.pop()
        places = [i for i in range(end) if name in statements[i].made]
        for place in places[-1:]:
            kept.add(place)
            # the body of a function runs when it is called, not where it stands
            when = end if isinstance(statements[place].tree, SCOPES) else place
            asked = {(name, when) for name in statements[place].asked - set(given)}
            waiting += asked - seen
            seen |= asked
    return [statements[place].tree for place in sorted(kept)]


def run(sources, names, given=None):
    """Run what names stand on, and nothing else; return the namespace."""
    room = dict(given or {})
    for statement in needed(sources, names, room):
        exec(compile(ast.Module([statement], []), "<cell>", "exec"), room)
    return room


class _Statement(NamedTuple):
    """A statement, the names that it asks for, and those that it makes."""

    tree: ast.stmt
    asked: set
    made: set


@cache
def _statements(source):
    return [_statement(tree) for tree in parsed(source).body]


def _statement(tree):
    code = compile(ast.Module([tree], []), "<cell>", "exec")
    asked = {
        step.argval
        for part in _codes(code)
        for step in dis.get_instructions(part)
        if step.opname in ("LOAD_NAME", "LOAD_GLOBAL")
    }
    made = {
        step.argval
        for step in dis.get_instructions(code)
        if step.opname == "STORE_NAME"
    }
    written = set() if isinstance(tree, SCOPES) else _written(tree)
    return _Statement(tree, asked, made | written)


def _codes(code):
    """Yield a code object and those of the functions and classes inside it."""
    yield code
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from _codes(constant)


def _written(statement):
    """Return the names of the arrays and objects that a statement writes into."""
    names = set()
    for node in ast.walk(statement):
        parts = node
        while isinstance(parts, ast.Subscript | ast.Attribute):
            parts = parts.value
        is_part = parts is not node and isinstance(node.ctx, ast.Store)
        if is_part and isinstance(parts, ast.Name):
            names.add(parts.id)
    return names
