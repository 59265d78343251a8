"""The slips of the theme, mended in the written pages.

A page that is opened as a file may load scripts and styles beside it, but no fonts.
So a dozen icons stand in the page itself, in place of a script and fonts for all there
are.
"""

import re
from pathlib import Path
from shutil import copyfile, rmtree

from sphinx.errors import ExtensionError

from tools.book.icons import ICON, drawn
from tools.book.resources import MARK

# a page that was not written again is repaired again: each must be harmless then
REPAIRS = [
    # the theme is known before the page is drawn, and not drawn twice
    (
        r'localStorage\.getItem\("theme"\) \|\| "auto";',
        'document.documentElement.dataset.mode !== "auto" '
        "? document.documentElement.dataset.mode "
        ': matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";',
    ),
    # and who runs no script gets the light one
    (r'(<html[^>]*) data-theme="auto"', r'\1 data-theme="light"'),
    # the icons stand in the page
    (r'<link rel="preload" as="font"[^>]*>\s*', ""),
    (r'<link href="[^"]*/vendor/fontawesome/[^>]*>\s*', ""),
    (r'<script src="[^"]*/vendor/fontawesome/[^>]*></script>\s*', ""),
    (ICON, lambda match: drawn(*match.group(2, 3, 4))),
    # what is loaded late is not asked for early, and nothing asks for the page's name
    (r'<link rel="preload" as="script"[^>]*>\s*', ""),
    (r"<script>DOCUMENTATION_OPTIONS\.pagename = '[^']*';</script>\s*", ""),
    # docutils and the theme both name the viewport, after Sphinx did
    (r'<meta name="viewport" content="width=device-width, initial-scale=1" ?/>', ""),
    # a second title and table of contents, only for print; the page has its own
    (r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)', ""),
    # the sidebar is no landmark, so its title and search are outside of all
    (
        r'<div class="(bd-sidebar-primary[^"]*)">',
        r'<div class="\1" role="complementary" aria-label="Book">',
    ),
    # the visible words name a fold better
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # else a line may begin with the full stop that ends a formula
    (
        r'(?<!text-nowrap">)(<span class="math">(?:(?!</span>).)*</span>[.,;:!?)]+)',
        r'<span class="text-nowrap">\1</span>',
    ),
    # a server may call a notebook JSON, and a browser then shows it
    (r'target="_blank"(?=\s+class="[^"]*btn-download)', 'target="_blank" download'),
    # the page's head has them, each once
    (MARK.pattern, ""),
    # the search page has two fields of this name, and nothing asks for it
    (r' id="search-input"', ""),
    # the search dialog lies outside of the landmarks and is one itself
    (r'<form class="bd-search', '<form role="search" class="bd-search'),
]


def setup(app):
    """Register the hooks."""
    app.add_config_value("repairs_are_needed", True, "")  # by some page of the book
    app.connect("builder-inited", notice_clean_build)
    app.connect("build-finished", make_whole)


def notice_clean_build(app):
    """Remember whether all pages are written: then each repair has its page."""
    app.clean_build = not any(Path(app.outdir).rglob("*.html"))


def make_whole(app, exception):
    """Put into the built book what its pages would look for elsewhere."""
    if exception or app.builder.format != "html":
        return
    book = Path(app.outdir)
    for folder in book.glob("_static/vendor/fontawesome"):
        rmtree(folder)  # only its icons are needed, and they stand in the pages
    for template in book.glob("_static/*macros.html"):
        template.unlink()  # the theme's own, not a page
    matched = set()
    for page in book.rglob("*.html"):
        html, found = repair(page.read_text("utf-8"))
        page.write_text(html, "utf-8")
        matched |= found
    idle = [pattern for pattern, _ in REPAIRS if pattern not in matched]
    if idle and app.clean_build and app.config.repairs_are_needed:
        raise ExtensionError(f"repairs that no page needs any longer: {idle}")
    # a page, where Jupyter Book would write a redirection that nobody can read
    copyfile(book / f"{app.config.root_doc}.html", book / "index.html")


def repair(html):
    """Return a page with the theme's slips mended, and the set of patterns found."""
    found = set()
    for pattern, replacement in REPAIRS:
        html, count = re.subn(pattern, replacement, html, flags=re.DOTALL)
        found |= {pattern} if count else set()
    return html, found
