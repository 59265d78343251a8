"""Figures drawn as SVG: when two show the same, and how small their type is.

matplotlib writes letters as outlines, each under the name of its glyph, so a digit that
changes is another name; numbers may differ by what nobody sees.
"""

import math
import re
from xml.etree import ElementTree

BOOK_TYPE = "application/vnd.cnnlib.svg"  # as `cnnlib.plots.svg` names it
TOLERANCE = 0.002  # points, of which 72 are an inch; or what a scale may differ
COLOR_TOLERANCE = 3  # of 255

PHONE = 358  # pixels for a figure, where the screen has 390
SMALLEST_TYPE = 9  # pixels

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
# names that hang together with the process or with the last bits of a number
RANDOM_NAME = re.compile(r"(?<=#)\w*?[0-9a-f]{10}\b|^\w*?[0-9a-f]{10}$")
COLOR = r"#[0-9a-f]{6}\b"
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
TOKEN = re.compile(rf"{COLOR}|{NUMBER}|[^\s\d#.+-]+|\S")
SCALE = re.compile(r"scale\((-?[\d.]+)")


def drawn_difference(stored, fresh, same_pixels):
    """Say how two SVG texts differ, or return None if they show the same.

    Args:
        stored: the text in the notebook.
        fresh: the text of this run.
        same_pixels: function of two base64 images and their kind, which says how
            they differ, or None.
    """
    try:
        pair = [list(_parts(ElementTree.fromstring(text))) for text in (stored, fresh)]
    except ElementTree.ParseError as error:
        return f"a drawing cannot be read: {error}"
    old, new = pair
    for before, after in zip(old, new):
        if before == after:
            continue
        where, what, value = after
        if before[:2] != after[:2]:
            return f"{where} {what} came, {' '.join(before[:2])} is stored"
        if what.startswith("data:image"):
            found = same_pixels(before[2], value, what.removeprefix("data:"))
        else:
            found = _value_difference(before[2], value)
        if found:
            return f"{what} of {where}: {found}"
    if len(old) != len(new):
        return f"{len(new)} details came, {len(old)} are stored"
    return None


def smallest_type(text):
    """Return the pixels of a drawing's smallest letters on a phone, or None.

    A drawing that is narrower than the screen is not enlarged.
    """
    root = ElementTree.fromstring(text)
    sizes = list(_type_sizes(root, 1))
    points = float(root.get("width").removesuffix("pt"))
    shown = min(PHONE / (points * 96 / 72), 1)
    return min(sizes) * shown * 96 / 72 if sizes else None


def _type_sizes(element, scale):
    """Yield the points of each glyph: matplotlib draws it 100 points large."""
    match = SCALE.search(element.get("transform", ""))
    scale *= abs(float(match[1])) if match else 1
    if element.tag == f"{SVG}use" and "-" in element.get(LINK, ""):
        yield 100 * scale
    for child in element:
        yield from _type_sizes(child, scale)


def _parts(root):
    """Yield (element, attribute, value) of all that a drawing consists of."""
    names = {}

    def numbered(match):
        return names.setdefault(match[0], f"name-{len(names)}")

    for element in root.iter():
        tag = element.tag.removeprefix(SVG)
        yield tag, "text", (element.text or "").strip()
        for key, value in sorted(element.items()):
            if value.startswith("data:image/"):
                kind, data = value.split(";base64,")
                yield tag, kind, data
            elif key in ("id", LINK, "clip-path"):
                yield tag, "name", RANDOM_NAME.sub(numbered, value)
            else:
                yield tag, key, value


def _value_difference(stored, fresh):
    old, new = TOKEN.findall(stored), TOKEN.findall(fresh)
    if len(old) != len(new):
        return f"{len(new)} values came, {len(old)} are stored"
    for before, after in zip(old, new):
        if before != after and not _close(before, after):
            return f"{after} came, {before} is stored"
    return None


def _close(before, after):
    pair = (before, after)
    if all(re.fullmatch(COLOR, text) for text in pair):
        red_green_blue = zip(*(bytes.fromhex(text[1:]) for text in pair))
        return all(abs(a - b) <= COLOR_TOLERANCE for a, b in red_green_blue)
    if all(re.fullmatch(NUMBER, text) for text in pair):
        return math.isclose(*map(float, pair), rel_tol=0, abs_tol=TOLERANCE)
    return False
