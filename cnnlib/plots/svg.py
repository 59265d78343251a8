"""Figures as SVG: what the book shows, sharp on any screen and on paper.

A notebook's own picture is a PNG: GitHub loses the letters of an SVG by matplotlib,
and Jupyter shows none before its reader trusts the notebook. So the SVG stands beside
it under a type that only the book reads, and only where notebooks are stored
(`CNNLIB_SVG=1`, which `make notebooks` sets).
"""

import io
import re
import sys
from base64 import b64decode, b64encode

import matplotlib
from matplotlib.figure import Figure

from cnnlib._validate import switch

BOOK_TYPE = "application/vnd.cnnlib.svg"

PHOTOGRAPH = 50_000  # pixels, from which on WebP is worth its loss
QUALITY = 75
SIDE = 480  # pixels at most; two photographs stand beside each other in a figure
# nothing that is seen: comments, lines, names of groups, and more than 0.001 points
LEFT_OUT = [
    (r"<!--[\s\S]*?-->", ""),
    (r"\s*\n\s*", " "),
    (r"(?<=>) (?=<)", ""),
    (r' id="[a-z0-9.]+_\d+"', ""),
    (r"(?<![\d.])([1-9]\d*\.\d{3})\d+", r"\1"),
]
EMBEDDED = re.compile(r'<image [^>]*?xlink:href="data:image/png;base64,([^"]+)"[^>]*>')
AS_DRAWN = ("style", "image-rendering:crisp-edges;image-rendering:pixelated")


def svg(figure):
    """Return a figure as SVG: the same text for the same figure, letters as outlines.

    Raises:
        TypeError: if it is no figure of matplotlib.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"figure: expected a Figure, received {figure!r}")
    text = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": "cnnlib"}):
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(text, format="svg", bbox_inches="tight", metadata=nothing)
    drawing = text.getvalue()
    for pattern, replacement in LEFT_OUT:
        drawing = re.sub(pattern, replacement, drawing)
    return EMBEDDED.sub(_smaller, drawing[drawing.index("<svg") :])


def _smaller(match):
    """Store a photograph in an SVG as WebP, and let the reader's screen smooth it."""
    from PIL import Image

    element, data = match.group(0, 1)
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(b64decode(data))) as image:
        opaque = image.convert("RGBA").getextrema()[3][0] == 255
        if not opaque or image.width * image.height < PHOTOGRAPH:
            return element
        image = image.convert("RGB")
        image.thumbnail((SIDE, SIDE))
        image.save(buffer, "WEBP", quality=QUALITY, method=6)
    name, value = AS_DRAWN
    webp = "webp;base64," + b64encode(buffer.getvalue()).decode("ascii")
    return element.replace(f"png;base64,{data}", webp).replace(f'{name}="{value}"', "")


def bring_svg():
    """Let each figure that a notebook shows bring its SVG too, where it is stored."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if shell and switch("CNNLIB_SVG", default=False):
        bundles = shell.display_formatter.mimebundle_formatter
        bundles.for_type(Figure, lambda figure: {BOOK_TYPE: svg(figure)})
