"""What a page of the built book loads, and what it weighs."""

import gzip
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup

LOADS = (
    "script[src], img[src], iframe[src], source[srcset], link[rel~=stylesheet], "
    "link[rel~=preload], link[rel~=icon]"
)
IN_STYLES = re.compile(r"""(?:url\(|@import )\s*["']?([^"')]+)""")


def loaded(page):
    """Return the files that a page may load, itself first, each once.

    What its styles name counts as loaded, and so does a picture far down the page.
    """
    html = BeautifulSoup(Path(page).read_text("utf-8"), "html.parser").select(LOADS)
    names = [tag.get("src") or tag.get("href") or tag["srcset"] for tag in html]
    files = [Path(page).resolve()]
    for name in names:
        files += _beside(files[0], name)
    for style in [file for file in files if file.suffix == ".css"]:
        for name in IN_STYLES.findall(style.read_text("utf-8")):
            files += _beside(style, name)
    return list(dict.fromkeys(files))


def _beside(file, name):
    """Return [the file of this name], as `file` names it, or [] for data in place."""
    if name.startswith("data:"):
        return []
    return [(file.parent / unquote(re.split("[?#]", name)[0])).resolve()]


@cache
def sizes(file):
    """Return (bytes, bytes as a server sends them, compressed where that helps)."""
    data = file.read_bytes()
    return len(data), min(len(data), len(gzip.compress(data, 6)))


def weight(page):
    """Return {"bytes", "gzip", "requests"} of all that a page may load."""
    all_sizes = [sizes(file) for file in loaded(page)]
    plain, compressed = map(sum, zip(*all_sizes, strict=True))
    return {"bytes": plain, "gzip": compressed, "requests": len(all_sizes)}
