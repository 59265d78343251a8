"""Hold back the result below a prediction.

All that follows a prediction's cell, up to the next heading, is put into one element,
the next predictions of that section included. `_static/book.js` hides it until the
reader has answered; without scripts and on paper it stands there as ever.
"""

from docutils import nodes

TAG = "tag_prediction"
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
            (
                place
                for place in range(first, len(section))
                if isinstance(section[place], nodes.section)
            ),
            len(section),
        )
        if rest := section.children[first:last]:
            del section[first:last]
            section.insert(first, nodes.container("", *rest, classes=[HELD_BACK]))
