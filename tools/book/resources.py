"""The styles and scripts of cnnlib's outputs, each once a page.

An output of a stored notebook names the files of cnnlib that its style or script is
made of; what makes it live is `cnnlib._page`.
"""

import os
import re
from pathlib import Path
from zlib import crc32

from docutils import nodes
from sphinx.errors import ExtensionError

MARK = re.compile(r'<(style|script) data-cnnlib="([^"]+)"></\1>')
# of a script: lines of comment, and what stands before a line
UNREAD = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
LIBRARY = Path(__file__).resolve().parents[2] / "cnnlib"


def setup(app):
    """Register the hook."""
    app.connect("html-page-context", bring_resources)


def bring_resources(app, pagename, templatename, context, doctree):
    """Load the scripts that a page's outputs ask for, each once a page, in one file.

    The styles of all outputs are in the book's style sheet.
    """
    outputs = doctree.findall(nodes.raw) if doctree is not None else []
    marks = (mark for output in outputs for mark in MARK.findall(output.astext()))
    texts = []
    for kind, names in dict.fromkeys(marks):
        try:
            text = resource(kind, names.split())
        except FileNotFoundError as error:
            file = Path(error.filename).relative_to(LIBRARY.parent)
            message = f"{pagename} asks for {file}, which is not there: make notebooks"
            raise ExtensionError(message) from None
        texts += [text] if kind == "script" else []
    if texts:
        name = f"{LIBRARY.name}/{pagename.replace('/', '-')}.js"
        file = Path(app.outdir, "_static", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(texts), "utf-8")
        app.add_js_file(name, loading_method="defer")


def resource(kind, names):
    """Return the text of a style or script, joined as `cnnlib._page` joins it."""
    text = "\n".join((LIBRARY / name).read_text("utf-8") for name in names)
    if kind == "style":
        return text
    return f'(() => {{\n"use strict";\n{UNREAD.sub("", text)}}})();\n'


def versioned(file, page):
    """Return the address of a file, seen from a page, that changes with the file."""
    address = Path(os.path.relpath(file, page.parent)).as_posix()
    return f"{address}?v={crc32(file.read_bytes()):08x}"
