"""A lecture in the book's own dialect, made when the book reads it.

A lecture is plain Markdown, which reads well in Jupyter, on Colab and on GitHub. What
the book can do beyond that is added here and stands in no file: a citation leads to the
list of references, a figure has its caption, and the mention of a figure leads to it.
"""

import json
import re

from tools.notebooks.outline import CAPTION, FIGURE
from tools.notebooks.references import CITATION, citations

ANCHOR = re.compile(r'^- <a id="([^"]+)"></a>', re.MULTILINE)


def setup(app):
    """Register the hook."""
    app.connect("source-read", translate)


def translate(app, docname, source):
    """Replace what Sphinx read by what the book understands."""
    if app.env.doc2path(docname).endswith(".ipynb"):
        source[0] = json.dumps(translated(json.loads(source[0])))
    else:
        source[0] = ANCHOR.sub(r"- (\1)=\n  ", source[0])


def translated(notebook):
    """Return a notebook, as JSON holds it, with figures, mentions and references.

    A figure's caption is the first paragraph of the cell behind its cell.
    """
    previous = None
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])
            caption = CAPTION.match(text)
            if caption and previous["cell_type"] == "code":
                text = text[caption.end() :].lstrip("\n")
                figure = previous["metadata"].setdefault("mystnb", {})
                name = figure_name(caption["number"])
                words = FIGURE.sub(_mention, caption["words"])
                figure["figure"] = {
                    "caption": f"Figure {caption['number']}: {words}",
                    "name": name,
                }
            cell["source"] = _linked(FIGURE.sub(_mention, text))
        previous = cell
    return notebook


def figure_name(number):
    """Return the label of a figure: "fig-2-1" of "2.1"."""
    return f"fig-{number.replace('.', '-')}"


def _mention(match):
    return f"[{match[0]}](#{figure_name(match['number'])})"


def _linked(text):
    """Let each citation lead to its place in the list of references."""

    def link(match):
        ((label, _, work),) = citations(match[0])
        return f"[{label}](#{work.key})" if work else match[0]

    return CITATION.sub(link, text)
