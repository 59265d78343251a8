"""Hold back the result below a prediction.

What follows a prediction's cell in its section is put into one element, with later
predictions and subsections, for they go on from the result; an explorer's subsection
ends it, for it is there to try things out. `_static/book.js` hides the element until
the reader has answered; without scripts and on paper it stands there.
"""

from docutils import nodes

TAG = "tag_prediction"
EXPLORER = "tag_explorer"
HELD_BACK = "held-back"


def setup(app):
    """Register the hook."""
    app.connect("doctree-resolved", hold_back)


def hold_back(app, doctree, docname):
    """Wrap what follows each prediction; what follows the next one lies within."""
    cells = [
        cell for cell in doctree.findall(nodes.container) if TAG in cell["classes"]
    ]
    for cell in reversed(cells):
        section = cell.parent
        first = section.index(cell) + 1
        last = next(
            (place for place in range(first, len(section)) if explores(section[place])),
            len(section),
        )
        if rest := section.children[first:last]:
            del section[first:last]
            section.insert(first, nodes.container("", *rest, classes=[HELD_BACK]))


def explores(node):
    """Tell whether a node is a subsection with an explorer."""
    return isinstance(node, nodes.section) and any(
        EXPLORER in cell["classes"] for cell in node.findall(nodes.container)
    )
