"""What every explorer shares: one object shown as HTML, as PNG and as text."""

import base64
import io
import re
from html import escape
from importlib.resources import files

import numpy as np

from cnnlib import _page
from cnnlib._validate import complaint
from cnnlib.explorers import tables
from cnnlib.explorers.parts import Panel
from cnnlib.explorers.tables import number

LIVE_WHERE = (
    "where scripts run: on the pages of the book in a browser that allows "
    "JavaScript, and in Colab or Jupyter once this cell has run; not on GitHub."
)


class Explorer:
    """A figure to play with, for any place that shows the outputs of a notebook.

    The HTML begins with a static picture made of tables, because GitHub and untrusted
    notebooks strip styles and scripts; the script then puts the live one in its place.
    A subclass sets `kind` and `title` and gives the data: `config` for the script, and
    `parts`, `reading` and `facts` (or several `panels`) for the static picture.

    Args:
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if `name` is not a string.
        ValueError: if `name` is not lower-case words joined by hyphens.
    """

    kind = ""  # <kind>.js, beside this file, draws the live explorer
    title = ""
    still = (  # what the static picture is, and what it cannot do
        "This is the static picture; the window and what it makes are bold. The window "
        "moves"
    )
    note = ""  # what the reader of the picture has to know
    arrow = "="  # from the parts to the output, in the PNG
    stacked = False  # whether the panels of the PNG stand below each other
    scripts = ("base", "panel")  # what the script of this kind is joined to
    styles = ("base",)

    def __init__(self, name):
        expected = "lower-case words joined by hyphens, as 'sobel-and-box'"
        if not isinstance(name, str):
            raise TypeError(complaint("name", expected, repr(name)))
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
            raise ValueError(complaint("name", expected, repr(name)))
        self.name = name

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        raise NotImplementedError

    def parts(self):
        """Return each `Part` from left to right; the output is last."""
        raise NotImplementedError

    def reading(self):
        """Return how the framed output comes about, a `Sum`; None for nothing."""
        return None

    def facts(self):
        """Return (name, text) of each fact below the parts."""
        return ()

    def panels(self):
        """Return what stands side by side: one `Panel`, if a subclass has no more."""
        return (Panel(self.parts(), self.facts(), self.reading()),)

    def static_html(self):
        """Return the static picture: HTML that is clear without style and script."""
        panels = "\n".join(map(_panel_html, self.panels()))
        note = f'\n<p class="ce-note">{self.note}</p>' if self.note else ""
        return f'<div class="ce-panels">\n{panels}\n</div>{note}'

    def text(self):
        """Return captions, outputs, sums and facts as plain text."""
        lines = [self.title]
        for panel in self.panels():
            captions = ", ".join(part.caption for part in panel.parts)
            heading = ": ".join(filter(None, (panel.title, captions)))
            lines += [heading] if heading else []
            rows = panel.parts[-1].values if panel.parts else ()
            lines += [" ".join(f"{number(v):>5}" for v in row) for row in rows]
            lines += panel.lines()
        return "\n".join(lines)

    def draw(self, figure):
        """Draw the panels on a matplotlib figure, sums and facts below their parts."""
        panels = self.panels()
        widths, heights = zip(*map(_inches, panels))
        if self.stacked:
            figure.set_size_inches(max(widths), sum(heights))
            areas = figure.subfigures(len(panels), 1, height_ratios=heights)
        else:
            figure.set_size_inches(sum(widths), max(heights))
            areas = figure.subfigures(1, len(panels), width_ratios=widths)
        for area, panel in zip(np.ravel(areas), panels):
            _draw_panel(area, panel, self.arrow)
        if self.note:
            figure.supxlabel(self.note, fontsize=9)

    def html(self):
        """Return the static picture, the style and the script in one element."""
        config = _page.attribute(self.config())
        scripts = (f"explorers/{name}.js" for name in (*self.scripts, self.kind))
        return (
            f'<div class="cnnlib-explorer" id="cnnlib-{self.name}" role="group" '
            f'aria-label="{escape(self.title)}" data-explorer="{self.kind}" '
            f"data-config='{config}'>\n"
            f'<div class="ce-static">\n{self.static_html()}\n'
            f'<p class="ce-note">{self.still} {LIVE_WHERE}</p>\n</div>\n'
            f"{_page.style(*self._styles())}\n"
            f"{_page.script(*scripts)}\n</div>"
        )

    def _styles(self):
        """Return the names of the style sheets; this kind's own is last, if any."""
        sheets = [f"explorers/{name}.css" for name in (*self.styles, self.kind)]
        return [sheet for sheet in sheets if (files("cnnlib") / sheet).is_file()]

    def png(self):
        """Return the static picture as PNG bytes."""
        from matplotlib import rc_context, rcdefaults
        from matplotlib.figure import Figure

        from cnnlib import plots

        buffer = io.BytesIO()
        with rc_context():  # the same picture whatever style the notebook has set
            rcdefaults()
            plots.use_style()
            figure = Figure()
            self.draw(figure)
            figure.savefig(buffer, format="png", dpi=150)
        return buffer.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/html": self.html(),
            "image/png": base64.b64encode(self.png()).decode("ascii"),
            "text/plain": self.text(),
        }


def _panel_html(panel):
    """Write the tables in a row, the sum and the facts below."""
    title = f'<p class="ce-title">{panel.title}</p>\n' if panel.title else ""
    reading = tables.paragraph(panel.reading) + "\n" if panel.reading else ""
    facts = tables.facts(panel.facts) if panel.facts else ""
    side = stage = ""
    if panel.parts:
        columns = [part.columns for part in panel.parts]
        side = f' style="--side:{columns[0]}"'
        stage = (
            f'<div class="ce-stage" style="--all:{sum(columns)}">\n'
            f"{''.join(map(tables.table, panel.parts))}</div>\n"
        )
    return (
        f'<div class="ce-panel"{side}>\n{title}{stage}'
        f'<div class="ce-reading">\n{reading}{facts}\n</div>\n'
        "</div>"
    )


def _widths(panel):
    """Return the inches for each part: what its cells need, or its caption."""
    return [max(0.45 * p.columns, 0.09 * len(p.caption) + 0.2) for p in panel.parts]


def _inches(panel):
    """Return the width and the height that a panel needs in the PNG."""
    lines = panel.lines()
    rows = max((len(part.values) for part in panel.parts), default=0)
    height = 0.45 * rows + 0.19 * len(lines)
    text = 0.075 * max(map(len, lines), default=0) + 0.3
    margin = 0.9 if panel.title else 0.6 if panel.parts else 0.3
    return max(sum(_widths(panel)) + 0.6, text), height + margin


def _draw_panel(area, panel, arrow):
    from cnnlib import plots

    signs = {"kernel": "∗  ", "output": f"{arrow}  "}
    widths = _widths(panel)
    axes = area.subplots(1, len(widths), width_ratios=widths) if widths else ()
    for ax, part in zip(np.ravel(axes), panel.parts):
        title = signs.get(part.kind, "") + part.caption
        if part.kind == "image":
            plots.matrix(part.values, ax, title, limits=part.limits)
        else:
            plots.kernel(part.values, ax, title)
        if part.counted:
            for axis, side in zip((ax.yaxis, ax.xaxis), part.values.shape):
                axis.set_ticks(range(side), range(side), minor=True)
                axis.set_tick_params(which="minor", length=0)
        for frame in (*part.frames, part.window):
            if frame:
                plots.frame(ax, *frame)
    area.suptitle(panel.title or None, fontsize=11)
    area.supxlabel("\n".join(panel.lines()), fontsize=9, x=0.02, ha="left")
