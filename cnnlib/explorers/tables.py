"""Numbers and grids of numbers as HTML, with the classes that base.css styles."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

MINUS = "\N{MINUS SIGN}"


def number(value):
    """Write a number as base.js does: at most 3 decimals, a true minus sign."""
    # toFixed of JavaScript rounds the exact value half up, format() half to even
    exact = Decimal(float(value)).quantize(Decimal("0.001"), ROUND_HALF_UP)
    text = f"{exact:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


def brief(value):
    """Write a number as base.js does: three digits, as 6.73, 1e−20 or 1.08e6."""
    exact = Decimal(float(value))
    for _ in range(2):  # 9.996 is 10.00 at first, with a digit too many
        last = exact.adjusted() - 2
        exact = exact.quantize(Decimal((0, (1,), last)), ROUND_HALF_UP)
    power = exact.adjusted()
    is_plain = -4 < power < 4
    text = f"{exact if is_plain else exact.scaleb(-power):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("0", "-0"):
        return "0"
    return f"{text}{'' if is_plain else f'e{power}'}".replace("-", MINUS)


def thousands(value):
    """Write a whole number with commas, as 151,600."""
    return f"{value:,}"


def rounded(array, places):
    """Return an array with its numbers rounded as base.js does."""
    # sums that should be equal differ in their last bits, which are no matter
    step, same = Decimal(10) ** -places, array.round(9)
    texts = [Decimal(float(v)).quantize(step, ROUND_HALF_UP) for v in same.flat]
    return np.array(texts, float).reshape(array.shape)


def is_rounded(value):
    """Tell whether `number` shows less than the value, so that "=" would be a lie."""
    return abs(float(number(value).replace(MINUS, "-")) - value) > 1e-9


def plain(array):
    """Return an array, shape (H, W), as lists for JSON, whole numbers as int."""
    return [[int(v) if v == int(v) else v for v in row] for row in array.tolist()]


def table(part):
    """Write a `Part` as a table with its caption."""
    rows, columns = part.values.shape
    chars = max(len(number(value)) for value in part.values.flat)
    lines = [
        "".join(_cell(part, row, column) for column in range(columns))
        for row in range(rows)
    ]
    head = foot = ""
    if part.counted:
        sums = map(number, part.values.sum(axis=1))
        lines = [
            f"<th>{row}</th>{line}<th>{total}</th>"
            for row, (line, total) in enumerate(zip(lines, sums))
        ]
        head = f"<thead>\n{_heads('', *range(columns), 'sum')}\n</thead>\n"
        sums = map(number, (*part.values.sum(axis=0), part.values.sum()))
        foot = f"\n<tfoot>\n{_heads('sum', *sums)}\n</tfoot>"
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return (
        f'<div class="ce-part ce-{part.kind}">\n'
        f'<table style="--cols:{columns};--rows:{rows};--chars:{max(chars, 3)}">\n'
        f"<caption>{part.caption}</caption>\n{head}<tbody>\n{body}\n</tbody>{foot}\n"
        "</table>\n</div>\n"
    )


def facts(pairs):
    """Write facts, (name, text) each, as a list of descriptions."""
    rows = "\n".join(f"<dt>{name}</dt>\n<dd>{text}</dd>" for name, text in pairs)
    return f'<dl class="ce-facts">\n{rows}\n</dl>'


def paragraph(reading):
    """Write a `Sum` as a paragraph, its result in bold."""
    lines = "".join(f"<span>{lead}</span> {text}<br>\n" for lead, text in reading.lines)
    result = f"<span>{reading.sign}</span> <b>{number(reading.result)}</b>"
    return f'<p class="ce-sum">{lines}{result} {reading.remark}'.rstrip() + "</p>"


def frame_class(row, column, window):
    """Name the class of a cell in the window, and the edges where it touches it."""
    top, left, height, width = window
    r, c = row - top, column - left
    if not (0 <= r < height and 0 <= c < width):
        return ""
    edges = {"t": r == 0, "b": r == height - 1, "l": c == 0, "r": c == width - 1}
    return " w" + "".join(f" {edge}" for edge, touches in edges.items() if touches)


def _heads(*texts):
    return f"<tr>{''.join(f'<th>{text}</th>' for text in texts)}</tr>"


def _cell(part, row, column):
    text = number(part.values[row, column])
    attributes = dict(part.look(row, column))
    frame = frame_class(row, column, part.window) if part.window else ""
    if frame:
        text = f"<b>{text}</b>"  # bold survives where styles are stripped
        attributes["class"] = attributes.get("class", "") + frame
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<td{written}>{text}</td>"
