"""Pictures that keep their place, come when they are needed, and are small.

A picture's size stands in the page, so that nothing moves when it comes; all but the
first wait until they are scrolled to. A PNG becomes a WebP, pixel by pixel the same,
where that saves a quarter and 10 kB, as it does of photographs.
"""

import re
from pathlib import Path

import imagesize
from PIL import Image

PICTURE = re.compile(r'<img\b(?![^>]* loading=)([^>]*?) src="([^":?]+)"([^>]*?) ?/?>')
SIZED = re.compile(r"\b(?:width|height)[=:]")
WORTH_BYTES, WORTH_PART = 10_000, 0.75


def setup(app):
    """Register the hook, after the repairs and before the styles."""
    app.connect("build-finished", finish_pictures, priority=700)


def finish_pictures(app, exception):
    """Give each picture of the written pages its size, its time and its format."""
    if exception or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        html = page.read_text("utf-8")
        new = with_pictures(html, page)
        if new != html:
            page.write_text(new, "utf-8")


def with_pictures(html, page):
    """Return a page with its pictures finished; a second time changes nothing."""
    waits = ' loading="lazy"' if ' loading="eager"' in html else ' loading="eager"'

    def finished(match):
        nonlocal waits
        before, name, after = match.groups()
        file = page.parent / name
        size = ""
        if not SIZED.search(before + after):
            width, height = map(round, imagesize.get(file))
            size = f' width="{width}" height="{height}"' if width > 0 else ""
        name = name.removesuffix(file.name) + smaller(file).name
        wait, waits = waits, ' loading="lazy"'
        return f'<img{before} src="{name}"{after}{size}{wait} decoding="async" />'

    return PICTURE.sub(finished, html)


def smaller(file):
    """Return a WebP of a PNG, written beside it, or the PNG if that gains little."""
    if file.suffix != ".png" or file.stat().st_size < WORTH_BYTES:
        return file
    webp = file.with_suffix(".webp")
    if not webp.exists() or webp.stat().st_mtime < file.stat().st_mtime:
        with Image.open(file) as picture:
            picture.save(webp, lossless=True)
    before, now = file.stat().st_size, webp.stat().st_size
    wins = before - now >= WORTH_BYTES and now <= WORTH_PART * before
    return webp if wins else file
