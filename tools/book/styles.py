"""One style sheet for all pages, without the rules that no page can use.

The theme brings Bootstrap, and of 400 kB our pages use a fifth. Lightning CSS joins the
sheets and drops what is named for a class, an id or a property that occurs nowhere: in
no page, and in no script, which might make it.
"""

import re
from base64 import b64encode
from mimetypes import guess_type
from pathlib import Path

import lightningcss
from sphinx.errors import ExtensionError

from tools.book import formulas, scripts
from tools.book.resources import LIBRARY, versioned

STYLE = "pages.css"
# the sheets of the theme and of extensions, in the order in which pages name them
THEME = (
    "styles/theme.css",
    "styles/bootstrap.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "copybutton.css",
    "mystnb.*.css",
    "graphviz.css",
)
OWN = "book.css"  # after the theme's, and before those of cnnlib
LINK = re.compile(r'<link\b[^>]*? rel="stylesheet"[^>]*>\s*')
NAME = re.compile(r'href="(?:\.\./)*_static/([^"?]+)')
BESIDE = re.compile(r'url\("?((?!data:)[^")]+)"?\)')
MADE_BY_SCRIPT = ("bs-tooltip-",)  # of parts of words
WORD = re.compile(r"[\w-]+")


def setup(app):
    """Register the hook, after those that finish the pages."""
    app.connect("build-finished", write_styles, priority=900)


def write_styles(app, exception):
    """Write the style sheets, and let each page load the one or two that it needs."""
    if exception or app.builder.format != "html":
        return
    book = Path(app.outdir)
    formulas.write_style(book)
    static = book / "_static"
    files = [find(static, name) for name in THEME]
    known = {file.relative_to(static).as_posix() for file in files}
    pages = {page: page.read_text("utf-8") for page in sorted(book.rglob("*.html"))}
    for page, html in pages.items():
        links = LINK.findall(html)
        names = {name for link in links for name in NAME.findall(link)}
        if unknown := names - known - {OWN, STYLE, formulas.STYLE}:
            message = f"{page.relative_to(book)} loads {sorted(unknown)}"
            raise ExtensionError(f"{message}: tools/book/styles.py does not know it")
    own = [static / OWN, *sorted(LIBRARY.rglob("*.css"))]
    texts = [
        *pages.values(),
        *(file.read_text("utf-8") for file in scripts.all_of(book)),
    ]
    (static / STYLE).write_text(joined(static / STYLE, files, own, texts), "utf-8")
    for page, html in pages.items():
        new = [STYLE, formulas.STYLE][: 1 + bool(formulas.FORMULA.search(html))]
        sources = [versioned(static / name, page) for name in new]
        links = "".join(f'<link rel="stylesheet" href="{x}" />\n  ' for x in sources)
        first = LINK.search(html).start()
        page.write_text(html[:first] + links + LINK.sub("", html[first:]), "utf-8")


def joined(main, files, own, texts):
    """Return the text of one style sheet.

    Args:
        main: where it will stand, beside what its sheets name.
        files: the sheets of others, from which unused rules are dropped.
        own: our sheets, which stay whole.
        texts: of all that may use a rule.
    """
    main.write_text("".join(f'@import "{file}";\n' for file in files), "utf-8")
    others = lightningcss.bundle_css(str(main), minify=False)
    others = BESIDE.sub(lambda match: in_place(main.parent / match[1]), others)
    ours = "".join(file.read_text("utf-8") for file in own)
    used = {word for text in [ours, *texts] for word in WORD.findall(text)}
    names = re.findall(r"[.#](-?[A-Za-z_][\w-]*)", others)
    unused = {name for name in names if not name.startswith(MADE_BY_SCRIPT)} - used
    text, dropped = others + ours, {"at first"}
    while dropped:  # a property may be named by one that is dropped
        text = lightningcss.process_stylesheet(text, unused_symbols=unused)
        asked = set(re.findall(r"var\((--[\w-]+)", text)) | used
        dropped = set(re.findall(r"(--[\w-]+):", text)) - asked - unused
        unused |= dropped
    return text


def in_place(file):
    """Return a picture as the address that holds it."""
    data = b64encode(file.read_bytes()).decode()
    return f'url("data:{guess_type(file.name)[0]};base64,{data}")'


def find(folder, pattern):
    """Return the one file of a name."""
    found = list(folder.glob(pattern))
    if len(found) != 1:
        message = f"expected one style sheet {pattern}, found {len(found)}"
        raise ExtensionError(
            f"{message}: tools/book/styles.py names what the theme has"
        )
    return found[0]
