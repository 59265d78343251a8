"""Wrong solutions made by machine: a check that lets one pass looks too little.

Each mutant is the solution of an exercise with one slip of a student in it.
The way to judge checks is that of R. A. DeMillo, R. J. Lipton and F. G. Sayward, "Hints
on test data selection", Computer 11(4), 1978.
"""

import ast
import difflib
import warnings
from collections import Counter
from typing import NamedTuple

from tools.notebooks.canonical import code_cells, has_tag
from tools.notebooks.names import needed, run, used
from tools.notebooks.reach import parsed


class Solution(NamedTuple):
    """The solution of an exercise that asks for a function.

    Attributes:
        check: what its check is called, such as "L02.3".
        function: the function's name.
        source: the statements of the solution that the function stands on.
        before: the source texts of the cells before.
    """

    check: str
    function: str
    source: str
    before: list

    def room(self):
        """Run what the solution uses of the cells before; return the namespace."""
        return run(self.before, used(self.source))

    def define(self, source, room):
        """Run a form of the source in a copy of a room; return the function."""
        room = dict(room)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what no one would write
            exec(compile(source, "<mutant>", "exec"), room)
        return room[self.function]


class Mutant(NamedTuple):
    """A wrong form of a solution: the change, "before -> after", and its source."""

    change: str
    source: str


def solutions(notebook):
    """Yield the Solution of each exercise that hands a name to its check."""
    cells = [cell for cell in code_cells(notebook) if not has_tag(cell, "setup")]
    for place, cell in enumerate(cells):
        if not has_tag(cell, "solution"):
            continue
        for node in ast.walk(parsed(cell.source)):
            match node:
                case ast.Call(
                    func=ast.Name("check"), args=[ast.Constant(check), ast.Name(name)]
                ):
                    body = needed([cell.source], [name])
                    source = "\n\n".join(map(ast.unparse, body))
                    before = [cell.source for cell in cells[:place]]
                    yield Solution(check, name, source, before)


def mutants(source, function, axes):
    """List the mutants of a function, no two of them alike.

    Args:
        source: its source, with what else is to be changed.
        function: its name.
        axes: the number of axes of each argument that is an array, 0 for a number,
            as {"image": 2, "k": 0}.
    """
    tree = ast.parse(source)
    right = ast.unparse(tree)
    found, times = {}, Counter()
    for change in _changes(tree, function, axes):
        wrong = ast.unparse(ast.fix_missing_locations(tree))
        if wrong not in (right, *found):
            name = change or _difference(right, wrong)
            times[name] += 1
            # lines may be equal
            found[wrong] = name if times[name] == 1 else f"{name} ({times[name]})"
    return [Mutant(name, wrong) for wrong, name in found.items()]


def _difference(right, wrong):
    """Write the lines that differ, "before -> after"."""
    lines = list(difflib.ndiff(right.splitlines(), wrong.splitlines()))
    before, after = (
        "; ".join(line[2:].strip() for line in lines if line[0] == mark)
        for mark in "-+"
    )
    return f"{before} -> {after}".strip()


def _changes(tree, function, axes):
    """Make each change in the tree, yield its name or None, and take it back."""
    (target,) = (
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == function
    )
    arguments = [argument.arg for argument in target.args.args]
    body = target.body
    for line in ["pass", *_instead(arguments, axes)]:
        target.body = ast.parse(line).body
        yield f"the whole body -> {line}"
    for line in _first(axes):
        target.body = ast.parse(line).body + body
        yield None
    target.body = body
    local = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)} | {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    for node, put in list(_places(tree)):
        for operator in OPERATORS:
            for new in operator(node, local):
                put(new)
                yield None
        put(node)


def _places(tree):
    """Yield each node below, with a function that puts another into its place."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield value, lambda new, p=parent, f=field: setattr(p, f, new)
            elif isinstance(value, list):
                for i, node in enumerate(value):
                    if isinstance(node, ast.AST):
                        yield node, lambda new, v=value, i=i: v.__setitem__(i, new)


def _instead(arguments, axes):
    """Yield bodies that do no work."""
    yield from (f"return {value}" for value in ("None", "0", "1", "False", "True"))
    for name in arguments:
        yield f"return {name}"
        if axes.get(name):
            yield f"return 0 * {name}"


def _first(axes):
    """Yield lines that spoil an argument: turned, transposed, lost, off by one."""
    for name, count in axes.items():
        if count == 0:
            yield from (f"{name} = {value}" for value in ("0", "1"))
            yield from (f"{name} = {name} {sign} 1" for sign in "+-")
            continue
        indices = ["::-1"] if count == 1 else ["::-1", ":, ::-1", "::-1, ::-1"]
        indices += ["..., ::-1"] if count > 2 else []
        yield from (f"{name} = {name}[{index}]" for index in indices)
        yield from (
            f"{name} = {name}.swapaxes({axis}, {axis + 1})" for axis in range(count - 1)
        )


# each operator takes a node and the names that are no module's, and yields what may
# stand in the node's place


def _numbers(node, local):
    match node:
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)


def _off_by_one(node, local):
    match node:
        case ast.Call(
            func=ast.Name("range") | ast.Attribute(attr="ndindex" | "arange")
        ):
            yield from (_with(node, args=args) for args in _each(node.args, _shifted))
        case ast.Subscript(slice=ast.Tuple(elts)):
            yield from (
                _with(node, slice=ast.Tuple(parts)) for parts in _each(elts, _shifted)
            )
        case ast.Subscript(slice=ast.Name()):
            yield from (_with(node, slice=part) for part in _shifted(node.slice))


def _slices(node, local):
    if not isinstance(node, ast.Slice):
        return
    for part in ("lower", "upper"):
        bound = getattr(node, part)
        missing = ast.Constant(1 if part == "lower" else -1)
        others = [None, *_shifted(bound)] if bound else [missing]
        yield from (_with(node, **{part: other}) for other in others)
    steps = [None] if node.step else [ast.Constant(-1), ast.Constant(2)]
    yield from (_with(node, step=step) for step in steps)


SYMMETRIC = {"gcd", "hypot", "max", "maximum", "min", "minimum"}


def _orders(node, local):
    match node:
        case ast.Tuple(elts) | ast.List(elts):
            yield from (_with(node, elts=order) for order in _swapped(elts))
        case ast.Call(func=func, args=args) if _last_name(func) not in SYMMETRIC:
            yield from (_with(node, args=order) for order in _swapped(args))
        case ast.Attribute(attr="shape"):
            yield _turned(node)


def _calls(node, local):
    if not isinstance(node, ast.Call):
        return
    for i in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])
    if len(node.args) > 1:
        yield _with(node, args=node.args[:-1])
    match node.func:
        case ast.Attribute(value=inner) if _stem(inner) in local:
            yield inner
        case _ if node.args:
            yield node.args[0]


def _indices(node, local):
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield node.value


OTHER_NAMES = {
    "all": ["any"],
    "any": ["all"],
    "argmax": ["argmin"],
    "argmin": ["argmax"],
    "average_pool2d": ["max_pool2d"],
    "ceil": ["floor"],
    "correlate2d": ["convolve2d"],
    "float": ["int"],
    "floor": ["ceil"],
    "hstack": ["vstack"],
    "int": ["float"],
    "max": ["min", "sum"],
    "max_pool2d": ["average_pool2d"],
    "maximum": ["minimum"],
    "mean": ["sum", "max"],
    "min": ["max"],
    "minimum": ["maximum"],
    "ones": ["zeros"],
    "sum": ["mean", "max"],
    "vstack": ["hstack"],
    "zeros": ["ones"],
}


def _functions(node, local):
    match node:
        case ast.Name(name) if name not in local:
            yield from (ast.Name(other) for other in OTHER_NAMES.get(name, []))
        case ast.Attribute(attr=name):
            others = OTHER_NAMES.get(name, [])
            yield from (_with(node, attr=other) for other in others)


OTHER_OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Div, ast.Mult, ast.Mod],
    ast.Mod: [ast.FloorDiv],
    ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.Eq: [ast.NotEq, ast.LtE, ast.GtE],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}


def _operators(node, local):
    yield from (other() for other in OTHER_OPERATORS.get(type(node), []))
    match node:
        case ast.BinOp(left, operator, right):
            yield left
            yield right
            if not isinstance(operator, ast.Add | ast.Mult):
                yield ast.BinOp(right, operator, left)
            if isinstance(operator, ast.FloorDiv):  # rounded up
                floor = ast.BinOp(_negative(left), operator, right)
                yield _negative(floor)
        case ast.BoolOp(values=values):
            yield from values
        case ast.UnaryOp(operand=operand):
            yield operand


def _branches(node, local):
    match node:
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
            yield body
            yield orelse
        case ast.If():
            yield from (_with(node, test=ast.Constant(v)) for v in (True, False))
        case ast.For():
            yield _with(node, body=[*node.body, ast.Break()])


def _statements(node, local):
    match node:
        case ast.Return(value) if value:
            yield ast.Return(_negative(value))
            yield ast.Return(ast.BinOp(ast.Constant(0), ast.Mult(), value))
            yield ast.Return(ast.Attribute(value, "T"))
            yield ast.Return(_turned(value))
        case ast.AugAssign(target=target, value=value):
            yield ast.Assign([target], value)
            yield ast.Pass()
        case ast.Expr(ast.Constant()) | ast.Pass() | ast.FunctionDef():
            return
        case ast.stmt():
            yield ast.Pass()


OPERATORS = (
    _numbers,
    _off_by_one,
    _slices,
    _orders,
    _calls,
    _indices,
    _functions,
    _operators,
    _branches,
    _statements,
)


def _with(node, **fields):
    """Return a node with some fields changed."""
    return type(node)(**(dict(ast.iter_fields(node)) | fields))


def _each(nodes, change):
    """Yield copies of a list with one node changed."""
    for i, node in enumerate(nodes):
        yield from ([*nodes[:i], new, *nodes[i + 1 :]] for new in change(node))


def _swapped(nodes):
    """Yield copies of a list with two neighbors exchanged."""
    for i in range(len(nodes) - 1):
        yield [*nodes[:i], nodes[i + 1], nodes[i], *nodes[i + 2 :]]


def _shifted(node):
    """Yield an expression one more and one less; `_numbers` does it for constants."""
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    if not isinstance(inner, ast.Constant | ast.Slice | ast.Starred):
        for operator in (ast.Add(), ast.Sub()):
            yield ast.BinOp(node, operator, ast.Constant(1))


def _turned(node):
    return ast.Subscript(node, ast.Slice(step=ast.Constant(-1)))


def _negative(node):
    return ast.UnaryOp(ast.USub(), node)


def _last_name(node):
    """Return the name of a function: max of np.max."""
    return getattr(node, "attr", getattr(node, "id", None))


def _stem(node):
    """Return the name at the start of an expression, if there is one."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", None)
