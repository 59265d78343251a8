"""Where on a page each word stands, so that a search leads to the section.

Sphinx' own index knows pages and headings. The search page, and no other, loads beside
it search.js, with what it needs to find the place on a page: a section, or an entry of
the page of the library. A page that is opened as a file may load a script, but read no
data, so the places are a part of the script.
"""

import json
import re
from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

SCRIPT = Path(__file__).with_suffix(".js")
HEADING = 10  # a word in a heading counts as many; one in an explorer is just there
HIDDEN = re.compile(r"<(style|script)\b.*?</\1>|<[^<]+?>", re.DOTALL)


def setup(app):
    """Register the hook."""
    app.connect("html-page-context", bring_places)


def bring_places(app, pagename, templatename, context, doctree):
    """Give the search page, and no other, the places of all pages."""
    if pagename != "search":
        return
    pages = {
        docname: places(app.env.get_doctree(docname), app.builder.indexer.lang)
        for docname in sorted(app.env.found_docs)
    }
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
    file = Path(app.outdir, "_static", SCRIPT.name)
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"const PLACES = {text};\n{SCRIPT.read_text('utf-8')}", "utf-8")
    # after Sphinx' own scripts, before the search begins
    app.add_js_file(SCRIPT.name, loading_method="defer")


def places(doctree, language):
    """Return the places of a page, and how often each has a word.

    Args:
        doctree: the page.
        language: of Sphinx' search, which splits a text and stems its words.
    Returns:
        {"at": list of [anchor, title], "words": {stem: [place, count, place, ...]}}
        with a place as its index in the list.
    """
    at, words = {}, {}
    for node in doctree.findall():
        if isinstance(node, nodes.Text):
            text = node.astext()
            weight = HEADING if isinstance(node.parent, nodes.title) else 1
        elif isinstance(node, nodes.raw) and "html" in node.get("format", ""):
            text, weight = HIDDEN.sub(" ", node.astext()), 0
        else:
            continue
        anchor, title = place_of(node)
        at.setdefault(anchor, title)
        counts = words.setdefault(anchor, Counter())
        for word in language.split(text):
            counts[stem(word, language)] += weight
    found = {}
    for index, counts in enumerate(words.values()):
        for word, count in counts.items():
            if language.word_filter(word) and not word.isdecimal():
                found.setdefault(word, []).extend([index, count])
    return {"at": list(at.items()), "words": found}


def place_of(node):
    """Return (anchor, title) of the section or the entry that a node stands in."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, addnodes.desc) and node[0]["ids"]:
            return node[0]["ids"][0], node[0]["ids"][0]
        if isinstance(node, nodes.section) and isinstance(node.parent, nodes.section):
            return node["ids"][0], node.next_node(nodes.title).astext()
    return "", ""


def stem(word, language):
    """Return the stem of a word as Sphinx' index has it."""
    stemmed = language.stem(word.lower()).lower()
    return stemmed if language.word_filter(stemmed) else word.lower()
