"""What a lecture computes: the values that numbers in its text can be traced to."""

import ast
import html
import re
from collections import defaultdict

from cnnlib.checks import tables
from cnnlib.checks.answers import forms_of
from cnnlib.checks.engine import Value
from cnnlib.measured import RESULTS, measured
from tools.notebooks.canonical import code_cells, has_tag
from tools.notebooks.drawings import BOOK_TYPE
from tools.notebooks.outline import CHECK

# the strongest first
KINDS = ("output", "code", "check", "record", "drawn")
FEW = 12  # columns of a result; one with more holds a curve
SHORT_OUTPUT = 40  # numbers; a longer one holds an image
# what is drawn is no evidence: sizes, colors and limits of a figure
_DRAWING = {"ax", "axes", "fig", "plt", "plots"}
_SHOWN = re.compile(
    r"(?<![\w.])([-−]?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+\.?\d*|\.\d+))"
    r"(?:e([-+]?\d+))?"
)
_RECORD = re.compile(r"\bmeasured\(f?\"(\w+)(\{)?")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^<>]+>", re.DOTALL)
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)
_WORD = re.compile(r"(?:<use [^<]*/>\s*)+")
_GLYPH = re.compile(r'href="#DejaVuSans-(?:Bold-)?([0-9a-f]+)"')
_MINUS = 0xC9C  # the glyph in DejaVu Sans


def evidence(notebook, lecture):
    """Return {id of a cell: {kind: values}}.

    Kinds are "output" (what it showed), "code" (numbers in code, and sums of them),
    "check" (right answers of its checks), "record" (the records that it reads) and
    "drawn" (numbers in its figure).
    """
    checks = tables.load(lecture) if lecture in tables.lectures() else {}
    found = {}
    for cell in code_cells(notebook):
        if has_tag(cell, "setup"):
            continue
        found[cell.id] = kinds = defaultdict(list)
        kinds["code"] = literals(cell.source)
        kinds["output"] = shown(cell)
        kinds["drawn"] = drawn(cell)
        for name in CHECK.findall(cell.source):
            kinds["check"] += _right(checks.get(name.partition(".")[2]))
        for name, goes_on in _RECORD.findall(cell.source):
            paths = RESULTS.glob(f"{name}*.json" if goes_on else f"{name}.json")
            kinds["record"] += [v for path in paths for v in recorded(path.stem)]
    return found


def recorded(name):
    """Return the settings of a record, and mean, lowest and highest of its results."""
    record = measured(name)
    found = flat(record.settings)
    for result in record.values:
        columns = record[result].reshape(len(record[result]), -1)
        if columns.shape[1] <= FEW:
            spreads = columns.mean(axis=0), columns.min(axis=0), columns.max(axis=0)
            found += [value for spread in spreads for value in spread.tolist()]
    return found


def literals(source):
    """Return the numbers in a cell's code, and the sums of numbers alone."""
    try:
        tree = ast.parse(_MAGIC.sub("", source))
    except SyntaxError:
        return []
    found, nodes = [], [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Call) and _root(node) in _DRAWING:
            continue
        value = _folded(node)
        found += [] if value is None else [value]
        nodes += ast.iter_child_nodes(node)
    return found


def _root(node):
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _folded(node):
    """Work out a sum of numbers alone; None if it is none."""
    if not isinstance(node, ast.BinOp | ast.UnaryOp | ast.Constant):
        return None
    for part in ast.walk(node):
        if isinstance(part, ast.Constant):
            if type(part.value) not in (int, float):
                return None
        elif not isinstance(part, ast.BinOp | ast.UnaryOp | ast.operator | ast.unaryop):
            return None
    try:
        return eval(compile(ast.Expression(node), "", "eval"), {"__builtins__": {}})
    except ArithmeticError:
        return None


def shown(cell):
    """Return the numbers in a cell's outputs: texts, and tables in HTML."""
    found = []
    for output in cell.outputs:
        data = output.get("data", {})
        kinds = ("text/html", "text/markdown", "text/plain")  # one says all
        parts = [data[kind] for kind in kinds if kind in data]
        text = _MARKUP.sub(" ", parts[0] if parts else output.get("text", ""))
        found += _numbers_in(_DATE.sub("", html.unescape(text)))
    return found


def _numbers_in(text):
    found = []
    for digits, exponent in _SHOWN.findall(text):
        plain = digits.replace(",", "").replace("−", "-")
        is_whole = plain.lstrip("-").isdecimal() and not exponent
        found.append(int(plain) if is_whole else float(f"{plain}e{exponent or 0}"))
    return found


def drawn(cell):
    """Return the numbers in a cell's drawing, of which matplotlib stores the glyphs."""
    words = []
    for output in cell.outputs:
        text = output.get("data", {}).get(BOOK_TYPE, "")
        for word in _WORD.findall(text):
            glyphs = [int(glyph, 16) for glyph in _GLYPH.findall(word)]
            words.append("".join(_letter(glyph) for glyph in glyphs))
    return _numbers_in("\n".join(words))


def _letter(glyph):
    return "−" if glyph == _MINUS else chr(glyph + 29) if glyph < 98 else " "


def _right(check):
    if not isinstance(check, Value):
        return []
    forms = [form for form in forms_of(check.expected) if form.dtype.kind in "iuf"]
    return [number for form in forms for number in form.ravel().tolist()]


def flat(value):
    """Return all numbers in nested lists and dicts."""
    if isinstance(value, bool | str | None):
        return []
    if isinstance(value, int | float):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [number for part in parts for number in flat(part)]
