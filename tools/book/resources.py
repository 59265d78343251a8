"""The styles and scripts of cnnlib's outputs, each once a page.

An output of a stored notebook names the files of cnnlib that its style or script is
made of; what makes it live is `cnnlib._page`.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError

MARK = re.compile(r'<(style|script) data-cnnlib="([^"]+)"></\1>')
LIBRARY = Path(__file__).resolve().parents[2] / "cnnlib"


def setup(app):
    """Register the hook."""
    app.connect("html-page-context", bring_resources)


def bring_resources(app, pagename, templatename, context, doctree):
    """Load the styles and scripts that a page's outputs ask for, each once a page."""
    outputs = doctree.findall(nodes.raw) if doctree is not None else []
    marks = (mark for output in outputs for mark in MARK.findall(output.astext()))
    folder = Path(app.outdir, "_static", LIBRARY.name)
    for kind, names in dict.fromkeys(marks):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / names.replace("/", "-").replace(" ", "+")
        try:
            file.write_text(resource(kind, names.split()), "utf-8")
        except FileNotFoundError as error:
            file = Path(error.filename).relative_to(LIBRARY.parent)
            message = f"{pagename} asks for {file}, which is not there: make notebooks"
            raise ExtensionError(message) from None
        if kind == "style":  # after the theme's, as it would be inside an output
            app.add_css_file(f"{LIBRARY.name}/{file.name}", priority=900)
        else:
            app.add_js_file(f"{LIBRARY.name}/{file.name}", loading_method="defer")


def resource(kind, names):
    """Return the text of a style or script, joined as `cnnlib._page` joins it."""
    text = "\n".join((LIBRARY / name).read_text("utf-8") for name in names)
    return text if kind == "style" else f'(() => {{\n"use strict";\n{text}}})();\n'
