"""Sphinx extension of the book: what Jupyter Book leaves to a network or to chance.

A page that is opened as a file may load scripts and styles beside it, but no fonts.
So formulas are drawn by MathJax's SVG output, and a dozen icons stand in the page
itself, in place of a script and fonts for all there are.
"""

import hashlib
import re
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile, rmtree

from docutils import nodes
from sphinx.errors import ExtensionError

MATHJAX = "tex-svg.js"
# an icon of the theme, by its name in Font Awesome
ICON = r'<(i|span) class="((?:[^"]* )?fa(?:s|-solid) fa-([a-z-]+)[^"]*)"([^>]*)></\1>'
ICONS = "theme/pydata_sphinx_theme/static/vendor/fontawesome/*/js/all.min.js"
# an output of a stored notebook names the files of cnnlib that its style or script is
# made of; what makes it live is `cnnlib._page`
MARK = re.compile(r'<(style|script) data-cnnlib="([^"]+)"></\1>')
LIBRARY = Path(__file__).resolve().parents[1] / "cnnlib"
FOLDED = {"tag_solution": "solution", "tag_setup": "set-up"}

# a page that was not written again is repaired again: each must be harmless then
REPAIRS = [
    # the icons stand in the page
    (r'<link rel="preload" as="font"[^>]*>\s*', ""),
    (r'<link href="[^"]*/vendor/fontawesome/[^>]*>\s*', ""),
    (r'<script src="[^"]*/vendor/fontawesome/[^>]*></script>\s*', ""),
    (ICON, lambda match: drawn(*match.group(2, 3, 4))),
    # a page without formulas needs nothing to draw them
    (rf'<script[^>]*/{MATHJAX}[^>]*></script>\s*(?!.*class="math)', ""),
    # docutils and the theme both name the viewport, after Sphinx did
    (r'<meta name="viewport" content="width=device-width, initial-scale=1" ?/>', ""),
    # a second title and table of contents, only for print; the page has its own
    (r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)', ""),
    # the sidebar is no landmark, so its title and search are outside of all
    (
        r'<div class="(bd-sidebar-primary[^"]*)">',
        r'<div class="\1" role="complementary" aria-label="Book">',
    ),
    # docutils calls each citation list a list, whose items are no list items
    (r'<div role="list" class="citation-list">', '<div class="citation-list">'),
    (r' role="doc-biblioentry"', ""),
    # the visible words name a fold better
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # else a line may begin with the full stop that ends a formula
    (
        r'(?<!text-nowrap">)(<span class="math [^>]*>[^<]*</span>[.,;:!?)]+)',
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


def launch_only_with_address(app, config):
    """Leave the launch button out until the repository has a public address."""
    if not config.html_theme_options.get("repository_url"):
        config.html_theme_options.pop("launch_buttons", None)


def notice_clean_build(app):
    """Remember whether all pages are written: then each repair has its page."""
    app.clean_build = not any(Path(app.outdir).rglob("*.html"))


def notice_changes(app, config):
    """Let a change of a style or script, or of this file, write all pages again."""
    files = sorted(Path(app.srcdir, "_static").rglob("*.*"))
    files += sorted(
        path for kind in ("js", "css") for path in LIBRARY.rglob(f"*.{kind}")
    )
    contents = b"".join(path.read_bytes() for path in [*files, Path(__file__)])
    config.book_files = hashlib.sha256(contents).hexdigest()


def name_folds(app, doctree):
    """Say what a folded cell holds: a solution, the set-up, or just code."""
    for cell in doctree.findall(nodes.container):
        if "prompt_show" in cell:
            tags = cell["classes"]
            what = next((FOLDED[tag] for tag in tags if tag in FOLDED), "code")
            cell["prompt_show"] = f"Show the {what}"
            cell["prompt_hide"] = f"Hide the {what}"


def describe(app, pagename, templatename, context, doctree):
    """Make the page's first paragraph its meta description."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree is not None else []
    text = next((paragraph.astext() for paragraph in paragraphs), None)
    if text is None:  # a page that Sphinx made
        text = f"{context.get('title', pagename)}: {app.config.html_title}"
    text = escape(" ".join(text.split()), quote=True)
    tag = f'<meta name="description" content="{text}" />'
    context["metatags"] = context.get("metatags", "") + tag


def bring_resources(app, pagename, templatename, context, doctree):
    """Load the styles and scripts that a page's outputs ask for, each once a page."""
    outputs = doctree.findall(nodes.raw) if doctree is not None else []
    marks = (mark for output in outputs for mark in MARK.findall(output.astext()))
    folder = Path(app.outdir, "_static", LIBRARY.name)
    for kind, names in dict.fromkeys(marks):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / names.replace("/", "-").replace(" ", "+")
        try:
            file.write_text(resource(kind, names.split()), "utf-8")
        except FileNotFoundError as error:
            file = Path(error.filename).relative_to(LIBRARY.parent)
            message = f"{pagename} asks for {file}, which is not there: make notebooks"
            raise ExtensionError(message) from None
        if kind == "style":  # after the theme's, as it would be inside an output
            app.add_css_file(f"{LIBRARY.name}/{file.name}", priority=900)
        else:
            app.add_js_file(f"{LIBRARY.name}/{file.name}", loading_method="defer")


def resource(kind, names):
    """Return the text of a style or script, joined as `cnnlib._page` joins it."""
    text = "\n".join((LIBRARY / name).read_text("utf-8") for name in names)
    return text if kind == "style" else f'(() => {{\n"use strict";\n{text}}})();\n'


def make_whole(app, exception):
    """Put into the built book what its pages would look for elsewhere."""
    if exception or app.builder.format != "html":
        return
    book = Path(app.outdir)
    carry_mathjax(book / "_static" / "mathjax")
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


def carry_mathjax(folder):
    """Copy the one file of MathJax that the pages load."""
    package = find_spec("sphinx-mathjax-offline").submodule_search_locations[0]
    folder.mkdir(exist_ok=True)
    copyfile(Path(package, "static", "mathjax", MATHJAX), folder / MATHJAX)


def repair(html):
    """Return a page with the theme's slips mended, and the set of patterns found."""
    found = set()
    for pattern, replacement in REPAIRS:
        html, count = re.subn(pattern, replacement, html, flags=re.DOTALL)
        found |= {pattern} if count else set()
    return html, found


def drawn(classes, name, attributes):
    """Return an icon as the SVG that Font Awesome's script would put in its place."""
    width, height, path = solid_icons()[name]
    return (
        f'<svg class="book-icon {classes}"{attributes} aria-hidden="true" '
        f'viewBox="0 0 {width} {height}"><path d="{path}"/></svg>'
    )


@cache
def solid_icons():
    """Return {name: (width, height, path)} of the icons that the theme brings."""
    theme = Path(*find_spec("pydata_sphinx_theme").submodule_search_locations)
    (script,) = theme.glob(ICONS)
    icon = re.compile(
        r'"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"'
    )
    # the styles follow each other, the solid one last
    return {name: shape for name, *shape in icon.findall(script.read_text("utf-8"))}


def setup(app):
    """Register the hooks."""
    app.add_config_value("book_files", "", "html")
    app.add_config_value("repairs_are_needed", True, "")  # by some page of the book
    app.connect("config-inited", launch_only_with_address)
    app.connect("config-inited", notice_changes)
    app.connect("builder-inited", notice_clean_build)
    app.connect("doctree-read", name_folds)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", bring_resources)
    app.connect("build-finished", make_whole)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
