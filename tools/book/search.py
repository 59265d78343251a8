"""A search that leads to the section, the lectures before the library.

Sphinx' own index knows pages and headings, and ranks what has a word in its name before
the text that explains it. The search page, and no other, loads search.js, which ranks
the places where a word stands: a section, or an entry of the page of the library. It
may be opened as a file, which may load a script, but read no data, so the places are
a part of the script.
"""

import html
import json
import re
from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from tools.book import api

SCRIPT = Path(__file__).with_suffix(".js")
# how much a word says of its place; one in an explorer's drawing is just there
PROSE, CODE, DRAWING = 4, 1, 0  # in code: once for each cell or output
NAMED = 100  # in a heading, or in bold, as a term has it where it is defined
TERM = 3  # a term in bold has at most so many words; a longer text is an instruction
SUBJECT = 2  # a word in a page's title says so many times more in all its places
TASKS = {"exercises", "solutions"}  # they use what the lecture explains:
TASK = 10  # so a word there says so many times less
EMPTY = "Nothing further."  # all that a section without a finding says
EXPLORER = re.compile(r"cnnlib\.explorers\.\w+\.")  # whose parts no reader calls
HIDDEN = re.compile(r"<(style|script)\b.*?</\1>|<[^<]+?>", re.DOTALL)


def setup(app):
    """Register the hook."""
    app.connect("html-page-context", bring_places)


def bring_places(app, pagename, templatename, context, doctree):
    """Give the search page, and no other, the places of all pages."""
    if pagename != "search":
        return
    env = app.env
    pages = [
        [docname, html.escape(env.titles[docname].astext()), rank(docname)]
        for docname in sorted(env.found_docs)
    ]
    found = {"pages": pages, "places": [], "words": {}}
    for index, (docname, _, _) in enumerate(pages):
        add_places(found, index, env.get_doctree(docname), app.builder.indexer.lang)
    found["words"] = {word: steps(told) for word, told in found["words"].items()}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    file = Path(app.outdir, "_static", SCRIPT.name)
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"const PLACES = {text};\n{SCRIPT.read_text('utf-8')}", "utf-8")
    # after Sphinx' own scripts, before the search begins
    app.add_js_file(SCRIPT.name, loading_method="defer")


def rank(docname):
    """Return 0 for a lecture, 2 for the page of the library, and 1 for all others."""
    if docname.startswith("lectures/"):
        return 0
    return 2 if docname == api.PAGE else 1


def add_places(found, page, doctree, language):
    """Add the places of a page, and how much each says of a word.

    Args:
        found: {"places": list of [page, anchor, title], "words": {stem: [place, weight,
            place, ...]}}, with a place as its index in the list.
        page: index of the page.
        doctree: the page.
        language: of Sphinx' search, which splits a text and stems its words.
    """
    titles, words, defined = {}, {}, set()
    subject = {stem(x, language) for x in language.split(found["pages"][page][1])}
    for node in doctree.findall():
        weight = weight_of(node)
        anchor, title, divisor = place_of(node) if weight is not None else ("", "", 0)
        if not divisor:
            continue
        text = node.astext()
        if isinstance(node, nodes.raw):
            text = HIDDEN.sub(" ", text)
        titles.setdefault(anchor, title)
        counts = words.setdefault(anchor, Counter())
        stems = [stem(word, language) for word in language.split(text)]
        for word in set(stems) if weight == CODE else stems:
            is_told_again = isinstance(node.parent, nodes.strong) and word in defined
            factor = (SUBJECT if word in subject else 1) / divisor
            counts[word] += (PROSE if is_told_again else weight) * factor
        if isinstance(node.parent, nodes.strong):
            defined.update(stems)
    for anchor, title in titles.items():
        place = len(found["places"])
        found["places"].append([page, anchor, html.escape(title)])
        for word, weight in words[anchor].items():
            if language.word_filter(word) and not word.isdecimal():
                found["words"].setdefault(word, []).extend([place, round(weight)])


def steps(told):
    """Return [place, weight, place, ...] with each place as its distance from the last.

    So most are written with one or two digits.
    """
    places, weights = told[::2], told[1::2]
    apart = [here - last for last, here in zip([0, *places], places)]
    return [number for pair in zip(apart, weights) for number in pair]


def weight_of(node):
    """Return how much each word of a node says of its place, or None for no text."""
    if isinstance(node, nodes.raw):
        return DRAWING if "html" in node.get("format", "") else None
    if not isinstance(node, nodes.Text):
        return None
    inside = node.parent
    text = node.astext()
    is_term = len(text.split()) <= TERM and not text.startswith("Predict")
    if isinstance(inside, nodes.strong) and is_term:
        return NAMED
    while inside is not None:
        if isinstance(inside, nodes.title | addnodes.desc_name):
            return NAMED
        if isinstance(inside, nodes.literal_block | addnodes.desc_signature):
            return CODE
        inside = inside.parent
    return PROSE


def place_of(node):
    """Return (anchor, title, divisor) of the section or the entry of a node.

    The divisor of its weights is 0 for a place that is no result.
    """
    while node.parent is not None:
        node = node.parent
        if isinstance(node, addnodes.desc) and node[0]["ids"]:
            name = node[0]["ids"][0]
            return name, name, 0 if EXPLORER.match(name) else 1
        if isinstance(node, nodes.section) and isinstance(node.parent, nodes.section):
            heading = node.next_node(nodes.title).astext()
            above = {x for x in sections(node) for x in x["ids"]}
            is_empty = node[-1].astext() == EMPTY
            divisor = 0 if is_empty else TASK if above & TASKS else 1
            return node["ids"][0], heading, divisor
    return "", "", 1


def sections(node):
    """Yield a section and all those round it."""
    while isinstance(node, nodes.section):
        yield node
        node = node.parent


def stem(word, language):
    """Return the stem of a word as Sphinx' index has it."""
    stemmed = language.stem(word.lower()).lower()
    return stemmed if language.word_filter(stemmed) else word.lower()
