"""One script for all pages, in place of those that the theme loads one by one."""

import re
from pathlib import Path

from tools.book.resources import versioned

SCRIPT = "pages.js"
# in the order in which a page would run them
JOINED = (
    "documentation_options.js",
    "doctools.js",
    "book.js",  # it asks what one searched for before the next forgets it
    "sphinx_highlight.js",
    "clipboard.min.js",
    "copybutton.js",
    "scripts/sphinx-book-theme.js",
    "scripts/bootstrap.js",
    "scripts/pydata-sphinx-theme.js",
)
NAMES = "|".join(map(re.escape, (*JOINED, SCRIPT)))
LOADED = re.compile(
    rf'<script[^>]* src="(?:\.\./)*_static/(?:{NAMES})(?:\?[^"]*)?"[^>]*></script>\s*'
)
CLASSIC = re.compile(r"<script src=")


def setup(app):
    """Register the hook, after the repairs and before the styles."""
    app.connect("build-finished", write_script, priority=800)


def write_script(app, exception):
    """Write the joined script, and let each page load it in place of its parts."""
    if exception or app.builder.format != "html":
        return
    book = Path(app.outdir)
    static = book / "_static"
    parts = [(static / name).read_text("utf-8") for name in JOINED]
    (static / SCRIPT).write_text("\n;\n".join(parts), "utf-8")
    for page in book.rglob("*.html"):
        html = page.read_text("utf-8")
        first = LOADED.search(html).start()
        before, rest = html[:first], LOADED.sub("", html[first:])
        # scripts that do not wait, those of the search page, find it loaded
        wait = "" if CLASSIC.search(rest) else "defer "
        source = versioned(static / SCRIPT, page)
        script = f'<script {wait}src="{source}"></script>\n    '
        page.write_text(before + script + rest, "utf-8")


def all_of(book):
    """Return the files of all scripts that pages of the book may load."""
    static = book / "_static"
    others = [*static.glob("*.js"), *static.glob("cnnlib/*.js")]
    return sorted({*(static / name for name in JOINED), *others})
