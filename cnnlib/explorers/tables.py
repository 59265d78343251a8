"""Grids of numbers as HTML tables, with the classes that explorer.css styles."""

import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

MINUS = "\N{MINUS SIGN}"


def number(value):
    """Write a number as grid.js does: at most 3 decimals, a true minus sign."""
    # toFixed of JavaScript rounds the exact value half up, format() half to even
    exact = Decimal(float(value)).quantize(Decimal("0.001"), ROUND_HALF_UP)
    text = f"{exact:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


def is_rounded(value):
    """Tell whether `number` shows less than the value, so that "=" would be a lie."""
    return abs(float(number(value).replace(MINUS, "-")) - value) > 1e-9


def plain(array):
    """Return an array, shape (H, W), as lists for JSON, whole numbers as int."""
    return [[int(v) if v == int(v) else v for v in row] for row in array.tolist()]


def table(caption, cells, kind):
    """Write rows of cells as a table; `kind` is one more class from explorer.css."""
    chars = max(len(re.sub(r"<[^>]+>", "", cell)) for row in cells for cell in row)
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    style = f"--cols:{len(cells[0])};--chars:{max(chars, 3)}"
    return (
        f'<div class="ce-part {kind}">\n<table style="{style}">\n'
        f"<caption>{caption}</caption>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n"
    )


def number_cells(values):
    """Write each number of a matrix, shape (H, W), into a bare cell."""
    return [[_cell(value) for value in row] for row in values]


def pixel_cells(pixels, window, border=0):
    """Write an image into cells of its grays.

    Args:
        pixels: the padded image, shape (H, W); the darkest gray is 0 or its minimum.
        window: (top, left, height, width) of the frame; its numbers are bold.
        border: padding in pixels.
    """
    low, high = min(pixels.min(), 0), max(pixels.max(), 0)
    grays = (pixels - low) / ((high - low) or 1)
    inside = np.pad(np.ones(np.subtract(pixels.shape, 2 * border)), border)
    return [
        [
            _cell(
                pixels[r, c],
                _pixel_class(grays[r, c], inside[r, c]) + frame_class(r, c, window),
                f"--g:{grays[r, c]:.3g}",
            )
            for c in range(pixels.shape[1])
        ]
        for r in range(pixels.shape[0])
    ]


def result_cells(values, row, column):
    """Write a result into cells, blue above 0 and red below; frame one of them."""
    reach = np.abs(values).max() or 1
    window = (row, column, 1, 1)
    return [
        [
            _cell(
                value,
                ("neg" if value < 0 else "pos") + frame_class(r, c, window),
                f"--t:{abs(value) / reach:.3g}",
            )
            for c, value in enumerate(line)
        ]
        for r, line in enumerate(values)
    ]


def frame_class(row, column, window):
    """Name the class of a cell in the window, and the edges where it touches it."""
    top, left, height, width = window
    r, c = row - top, column - left
    if not (0 <= r < height and 0 <= c < width):
        return ""
    edges = {"t": r == 0, "b": r == height - 1, "l": c == 0, "r": c == width - 1}
    return " w" + "".join(f" {edge}" for edge, touches in edges.items() if touches)


def _pixel_class(gray, inside):
    if not inside:
        return "pad"
    return "px deep" if gray < 0.46 else "px"  # white ink, or black


def _cell(value, classes="", style=""):
    text = number(value)
    if " w" in classes:
        text = f"<b>{text}</b>"  # bold survives where styles are stripped
    attributes = f' class="{classes}" style="{style}"' if classes else ""
    return f"<td{attributes}>{text}</td>"
