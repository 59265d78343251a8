"""A lecture in the book's own dialect, made when the book reads it.

A lecture is plain Markdown, which reads well in Jupyter, on Colab and on GitHub. What
the book can do beyond that is added here and stands in no file: a citation leads to the
list of references, a figure has its caption, and the mention of a figure leads to it.
"""

import json
import re

from tools.notebooks import glossary
from tools.notebooks.outline import CAPTION, FIGURE
from tools.notebooks.references import CITATION, citations

# an entry of the list of references, and the lectures that cite it
ENTRY = re.compile(r'^- <a id="([^"]+)"></a>(.*) Cited in (.*)$', re.MULTILINE)
BACK = re.compile(r"\[([^]]+)\]\(([^()]+)\.ipynb\)")


def setup(app):
    """Register the hook."""
    app.connect("source-read", translate)


def translate(app, docname, source):
    """Replace what Sphinx read by what the book understands."""
    if app.env.doc2path(docname).endswith(".ipynb"):
        source[0] = json.dumps(translated(json.loads(source[0])))
    else:
        source[0] = ENTRY.sub(_entry, source[0])
        source[0] = glossary.ENTRY.sub(_term, source[0])


def translated(notebook):
    """Return a notebook, as JSON holds it, with figures, mentions and references.

    A figure's caption is the first paragraph of the cell behind its cell.
    """
    previous, seen = None, set()
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
            text = _linked(FIGURE.sub(_mention, text), seen)
            cell["source"] = glossary.LINK.sub(_explained, text)
        previous = cell
    return notebook


def figure_name(number):
    """Return the label of a figure: "fig-2-1" of "2.1"."""
    return f"fig-{number.replace('.', '-')}"


def _mention(match):
    return f"[{match[0]}](#{figure_name(match['number'])})"


def _linked(text, seen):
    """Let each citation lead to the list of references; the first can be led back to.

    Args:
        text: Markdown.
        seen: the keys of the works that the lecture has cited before; it grows.
    """

    def link(match):
        ((label, _, work),) = citations(match[0])
        if not work:
            return match[0]
        place = "" if work.key in seen else f'<span id="{_place(work.key)}"></span>'
        seen.add(work.key)
        return f"{place}[{label}](#{work.key})"

    return CITATION.sub(link, text)


def _entry(match):
    """Write an entry of the list, with the way back to the first citation of each."""
    key, text, lectures = match.groups()
    back = BACK.sub(rf'<a href="\2.html#{_place(key)}">\1</a>', lectures)
    return f"- ({key})=\n  {text} Cited in {back}"


def _place(key):
    return f"cited-{key}"


def _explained(match):
    """Let a term lead to the glossary, and be led back to."""
    term, key = match.groups()
    return f'<span id="explained-{key}"></span>{term}(#term-{key})'


def _term(match):
    """Write an entry of the glossary, with the way back to where it is explained."""
    key, lecture = match["key"], match["lecture"]
    if match["path"]:
        page = match["path"].removesuffix(".ipynb")
        lecture = f'<a href="{page}.html#explained-{key}">{lecture}</a>'
    text = f"**{match['name']}**: {match['definition']} ({lecture})"
    return f"- (term-{key})=\n  {text}"
