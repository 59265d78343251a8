"""What explorers share that show lines of texts in place of grids of numbers."""

from cnnlib.explorers import tables
from cnnlib.explorers.base import Explorer


class Listings(Explorer):
    """An explorer whose static picture is one table or more, with facts below.

    A subclass gives `listings` in place of `panels`, and draws its own PNG.
    """

    def listings(self):
        """Return (caption, heads, lines) of each table; a line begins with its name."""
        raise NotImplementedError

    def static_html(self):
        """Return tables, facts and note, clear without style and script."""
        facts = self.facts()
        parts = [_table(*each) for each in self.listings()]
        parts += [tables.facts(facts)] if facts else []
        parts += [f'<p class="ce-note">{self.note}</p>'] if self.note else []
        return "\n".join(parts)

    def text(self):
        """Return tables and facts as plain text."""
        lines = [self.title]
        for caption, heads, rows in self.listings():
            lines += [caption, *_aligned([heads, *rows])]
        return "\n".join([*lines, *(f"{name}: {text}" for name, text in self.facts())])

    def draw(self, figure):
        """Draw what the tables say on a matplotlib figure."""
        raise NotImplementedError


def _table(caption, heads, lines):
    """Write lines as a table in a frame that scrolls."""
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    rows = [
        f'<th scope="row">{name}</th>' + "".join(f"<td>{text}</td>" for text in texts)
        for name, *texts in lines
    ]
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="ce-scroll" role="region" tabindex="0" aria-label="{caption}">\n'
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _aligned(lines):
    """Write lines with names to the left and all else to the right of its column."""
    widths = [max(map(len, column)) for column in zip(*lines)]
    return [
        "  ".join(
            [f"{name:<{widths[0]}}", *(f"{o:>{w}}" for o, w in zip(others, widths[1:]))]
        )
        for name, *others in lines
    ]
