"""The page of the library, written from its docstrings.

sphinx-autoapi reads the code and imports none of it, so that the book needs neither
NumPy nor matplotlib. Napoleon understands our docstrings but for two of their parts.
"""

import ast
import re
from pathlib import Path
from shutil import rmtree

from sphinx.pycode import ModuleAnalyzer

PAGE = "appendix/api"
LIBRARY = Path(__file__).resolve().parents[2] / "cnnlib"
PART = re.compile(r"^(?P<indent> *)(?P<name>Returns|Source):(?: (?P<text>\S.*))?$")


def setup(app):
    """Register the hooks, the first before that of Napoleon, whose priority is 500."""
    app.connect("autodoc-process-docstring", name_parts, priority=400)
    app.connect("env-get-outdated", notice_code)
    app.connect("html-collect-pages", forget_code, priority=400)
    app.connect("autodoc-skip-member", leave_out)
    app.connect("viewcode-follow-imported", defined_in, priority=400)
    app.connect("viewcode-find-source", find_source, priority=400)


def notice_code(app, env, added, changed, removed):
    """Read the page again after a change of the code, or of this module."""
    files = [Path(__file__), *LIBRARY.rglob("*.py")]
    newest = max(file.stat().st_mtime for file in files)
    # Sphinx notes when it read a page, in microseconds
    return [PAGE] if env.all_docs.get(PAGE, newest * 1e6) < newest * 1e6 else []


def forget_code(app):
    """Let viewcode write all its pages: the theme may have changed, not the code."""
    rmtree(Path(app.outdir, "_modules"), ignore_errors=True)
    return []


def defined_in(app, modname, attribute):
    """Return the module that defines a name, where viewcode would import one to see.

    It follows `from cnnlib.ops.convolution import conv2d` from module to module.
    """
    first = attribute.partition(".")[0]
    for node in ast.walk(ast.parse(_file(modname).read_text("utf-8"))):
        names = node.names if isinstance(node, ast.ImportFrom) else []
        if first in (alias.asname or alias.name for alias in names):
            return defined_in(app, node.module, attribute)
    return modname


def find_source(app, modname):
    """Return a module's code and where its names stand, read and not imported."""
    analyzer = ModuleAnalyzer.for_file(_file(modname), modname)
    return analyzer.code, analyzer.find_tags()


def _file(modname):
    path = LIBRARY.parent.joinpath(*modname.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def name_parts(app, what, name, object_, options, lines):
    """Make fields of the parts Returns and Source, each with all its lines.

    Napoleon takes what stands before a colon in Returns for a type, as in
    "dx, dw: the gradients", and knows no Source.
    """
    for index, line in enumerate(lines):
        if found := PART.match(line):
            indent, text = found["indent"], found["text"] or ""
            lines[index] = f"{indent}:{found['name']}: {text}".rstrip()
    if what in ("attribute", "data", "property"):
        lines[:0] = ["..", ""]  # nor has their first line one: it is a comment now
    lines[:] = _as_code(lines)


def _as_code(lines):
    """Mark what is indented below an empty line as code, and take bars as they are."""
    marked, last = [], ""
    for line in lines:
        indented = line.startswith(" ")
        if indented and marked and not marked[-1] and not last.startswith((" ", "::")):
            marked += ["::", ""]
        # |x| is a magnitude, where reStructuredText would put another text in
        marked.append(line if indented and "::" in marked else line.replace("|", r"\|"))
        last = line or last
    return marked


def leave_out(app, what, name, member, skip, options):
    """Leave out what a module imports for its own use, and attributes without words.

    A package's public names are those of its `__all__`. A field, which has a type,
    stays, unless its class explains all of them.
    """
    objects = app.env.autoapi_all_objects
    parent = objects.get(member.id.rpartition(".")[0])
    if member.imported:
        return name not in (parent.obj["all"] or ()) if parent else True
    if member.type == "attribute" and not member.docstring:
        return not member.annotation or ":ivar " in parent.docstring
    return None
