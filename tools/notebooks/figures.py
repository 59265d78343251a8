"""Figures in a notebook: when a stored one and a fresh one are the same."""

from base64 import b64decode, b64encode
from io import BytesIO

from tools.notebooks.drawings import BOOK_TYPE, drawn_difference

FIGURE_TYPES = ("image/png", "image/jpeg")  # what nbval itself never compares
COMPARED = (*FIGURE_TYPES, BOOK_TYPE)

# Measured: one digit or one sign that changes in a number of 8 to 12 points moves
# at least 4 pixels by more than 32 of 255, whatever the size of the figure, so a
# number of pixels is allowed and not a share. Rounding in the last bit moves colors
# by one or two levels: that is under both limits.
STRONG = 32
MAX_STRONG_PIXELS = 3
MAX_MEAN = 0.25  # levels of 255, over all pixels and channels
MAX_LOSSY_MEAN = 2  # of a photograph in a drawing, whose PNG is compared as well

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_NOTES = (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf")  # software, dates


def difference(stored, fresh, kind="image/png"):
    """Say how two figures of a kind differ, or return None if they show the same."""
    if kind == BOOK_TYPE:
        return drawn_difference(stored, fresh, difference)
    max_mean = MAX_LOSSY_MEAN if kind == "image/webp" else MAX_MEAN
    try:
        old, new = _pixels(stored), _pixels(fresh)
    except (OSError, ValueError) as error:
        return f"an image cannot be read: {error}"
    if old.shape != new.shape:
        return f"size {_size(new)} pixels, stored {_size(old)}"
    gap = abs(new - old)
    strong, mean = int((gap.max(axis=-1) > STRONG).sum()), float(gap.mean())
    if strong <= MAX_STRONG_PIXELS and mean <= max_mean:
        return None
    return (
        f"{strong} pixels differ by more than {STRONG} of 255 "
        f"(allowed: {MAX_STRONG_PIXELS}), "
        f"mean difference {mean:.3f} (allowed: {max_mean})"
    )


def mismatch(stored_outputs, fresh_outputs):
    """Say how the figures of a cell's two runs differ, or return None."""
    stored, fresh = _figures(stored_outputs), _figures(fresh_outputs)
    if len(stored) != len(fresh):
        return f"{len(fresh)} figures came, {len(stored)} are stored"
    for number, (old, new) in enumerate(zip(stored, fresh, strict=True), start=1):
        if old.keys() != new.keys():
            return f"figure {number} came as {_kinds(new)}, {_kinds(old)} is stored"
        for kind in old:
            found = difference(old[kind], new[kind], kind)
            if found:
                return f"figure {number} differs from the stored one: {found}"
    return None


def strip_notes(data):
    """Return a base64 PNG without its text and date chunks; others unchanged."""
    raw = b64decode(data)
    if not raw.startswith(PNG_SIGNATURE):
        return data
    kept, at = PNG_SIGNATURE, len(PNG_SIGNATURE)
    while at < len(raw):
        # a chunk is its length (4 bytes), name (4), content and checksum (4)
        end = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        if raw[at + 4 : at + 8] not in PNG_NOTES:
            kept += raw[at:end]
        at = end
    return b64encode(kept).decode("ascii")


def _figures(outputs):
    bundles = [output.get("data", {}) for output in outputs]
    figures = [
        {kind: data[kind] for kind in COMPARED if kind in data} for data in bundles
    ]
    return [figure for figure in figures if figure]


def _kinds(figure):
    return " and ".join(figure)


def _pixels(data):
    import numpy as np
    from PIL import Image

    with Image.open(BytesIO(b64decode(data))) as image:
        return np.asarray(image.convert("RGBA"), dtype=np.int16)


def _size(pixels):
    return f"{pixels.shape[1]}x{pixels.shape[0]}"
