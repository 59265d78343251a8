"""Answers as people type them: one table, for Python and for the script of the page.

`cases` makes texts out of the tables of all lectures: each right answer and each known
wrong one of a `Value` check, in the forms that fit it. A new check is covered as soon
as it stands in its table, a new form as soon as it stands here. `SAID` holds what is
said to single texts, right, wrong, ambiguous or unreadable.
"""

import random
import re
from fractions import Fraction
from string import ascii_letters
from typing import NamedTuple

import numpy as np

from cnnlib.checks import tables
from cnnlib.checks.answers import forms_of, or_shorter
from cnnlib.checks.compare import tolerance_of
from cnnlib.checks.engine import Between, SameShape, Value, any_of
from cnnlib.checks.result import NOT_YET, PASSED

VALUES = {
    f"{lecture}.{exercise}": item
    for lecture in tables.lectures()
    for exercise, item in tables.load(lecture).items()
    if isinstance(item, Value)
}
# a sentence that says how a text was read, which may come before any other
READ_AS = re.compile(r"^Read as [^ ,]+(, [^ ,]+)*\. ")

MINUS_SIGNS = "-−—–‐‑‒―－﹣˗"
GROUPINGS = [",", " ", "\u00a0", "\u202f", "\u2009", "'", "’", "_"]
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(33, 127)})


class Case(NamedTuple):
    """One text for a check, and the value that a reader means by it."""

    check: str
    text: str
    value: np.ndarray


def digits(number, tolerance=0.0):
    """Write a number down with no more digits than its check asks for."""
    for places in range(18):
        rounded = round(float(number), places)
        if abs(rounded - number) <= tolerance / 2:
            return f"{rounded:.{places}f}"
    return repr(float(number))


def grouped(text, sign):
    whole, *rest = text.split(".")
    return ".".join([f"{int(whole):,}".replace(",", sign), *rest])


def comma(text):
    return text.replace(".", ",")


def number_forms(text, percent=False, pairs=False):
    """Yield the forms of one number, which is written as -1234.5."""
    whole, _, rest = text.partition(".")
    size = abs(float(text))
    yield from (text, f"  {text} ", f"\ufeff{text}\u200b", text.translate(FULL_WIDTH))
    yield from (f"{text}{end}" for end in (".", "!", ";", ",", " .", "…"))
    yield from (f"({text})", f"[{text}]", f"{{{text}}}", f"[[{text}]]", f"({text},)")
    yield from (f"{a}{text}{b}" for a, b in ("''", '""', "``", "“”", "‘’", "„“", "«»"))
    yield from (f"{a}{text}" for a in ("= ", "=", "y = ", "≈ ", "~", "b0: ", "It is: "))
    yield from (
        f"array({text})",
        f"np.float64({text})",
        f"array({text}, dtype=float32)",
    )
    yield f"tf.Tensor({text}, shape=(), dtype=float32)"
    yield f"<tf.Tensor: shape=(), dtype=float32, numpy={text}>"
    yield from (f"${text}$", f"print({text})", f"x2 = {text}")
    if text.startswith("-"):
        yield from (sign + text[1:] for sign in MINUS_SIGNS)
        yield from (f"− {text[1:]}", f"({text})".replace("-", "−"), f"“−{text[1:]}”")
    else:
        yield from (f"+{text}", f"+ {text}")
    if size >= 1000:
        yield from (grouped(text, sign) for sign in GROUPINGS)
        yield comma(grouped(text, " ")).replace("-", "−")
        yield f"y = {grouped(text, ',')}."
    if size >= 1000 and not rest:
        yield from (grouped(text, "."), grouped(text, ".").replace("-", "−"))
        yield from (f"{grouped(text, ',')}.0", f"{grouped(text, '.')},0")
    if rest:
        yield from (
            comma(text),
            f"{comma(text)}.",
            f"“{comma(text)}”",
            f"y = {comma(text)}",
        )
        yield text.replace("0.", ".", 1) if whole in ("0", "-0") else text
        yield from fractions(text)
    else:
        yield from (f"{text}.0", f"{text}.00", f"np.int64({text})")
        if not pairs:  # where two numbers are asked for, 4,0 is two
            yield f"{text},0"
    if size >= 1:
        yield f"{float(text):.15e}".replace("e+0", "e+")
    if percent:
        yield from (f"{text}%", f"{text} %", f"{comma(text)} %", f"{text} percent")
        yield from (
            f"{text} per cent",
            f"{text}％",
            f"{text}\u202f%",
            f"{comma(text)}%",
        )
    elif 0 < size < 1:
        share = digits(100 * float(text), 1e-9)
        yield from (f"{share}%", f"{share} %", f"{comma(share)} %")


def fractions(text):
    """Yield a number as a fraction, if it is a simple one."""
    exact = Fraction(text)
    sign, size = "-" * (exact < 0), abs(exact)
    if size.denominator > 8:
        return
    yield from (f"{sign}{size}", f"{sign}{size}".replace("/", " / "))
    whole, part = divmod(size, 1)
    glyph = {"1/2": "½", "1/4": "¼", "3/4": "¾", "1/8": "⅛", "1/3": "⅓"}.get(str(part))
    if whole:
        yield f"{sign}{whole} {part}"
    if glyph:
        yield from (
            f"{sign}{whole or ''}{glyph}",
            f"{sign}{whole or ''} {glyph}".strip(),
        )


def list_forms(texts):
    """Yield the forms of a list of numbers."""
    plain = ", ".join(texts)
    *most, last = texts
    is_whole = not any("." in text for text in texts)
    negative = any(text.startswith("-") for text in texts)
    for between in (
        ", ",
        ",",
        "; ",
        ";",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        " | ",
        "\u2003",
    ):
        yield between.join(texts)
    yield from (f"{', '.join(most)} {word} {last}" for word in ("and", "&", "And"))
    yield from (f"{plain}{end}" for end in (".", ",", ";", " !"))
    yield from (
        f"({plain})",
        f"[{plain}]",
        f"{{{plain}}}",
        f"({plain},)",
        f"[ {plain} ]",
    )
    yield from (
        f"“{plain}”",
        f"'{plain}'",
        f"y = [{plain}]",
        f"y: {plain}",
        f"= {plain}",
    )
    yield from (f"array([{plain}])", f"np.array([{plain}])", f"[{' '.join(texts)}]")
    yield f"array([{plain}], dtype=float32)"
    yield f"tf.Tensor([{' '.join(texts)}], shape=({len(texts)},), dtype=float32)"
    yield f"<tf.Tensor: shape=({len(texts)},), dtype=int64, numpy=array([{plain}])>"
    yield f"[{', '.join(f'np.float64({text})' for text in texts)}]"
    labeled = [f"{name} = {text}" for name, text in zip(ascii_letters, texts)]
    yield from (", ".join(labeled), "\n".join(labeled), f"${plain}$")
    yield "; ".join(labeled).replace(" =", ":").replace("-", "−")
    yield "{" + ", ".join(f"'x{i}': {text}" for i, text in enumerate(texts)) + "}"
    yield f"| {' | '.join(texts)} |"
    yield f"({plain})".translate(FULL_WIDTH)
    yield ", ".join(f"“{text}”" for text in texts)
    if negative:
        yield from (plain.replace("-", sign) for sign in MINUS_SIGNS)
    if is_whole and not negative and len(texts) < 4:
        yield from (
            sign.join(texts) for sign in ("x", "×", " x ", " × ", "X", "*", " by ")
        )
    if not is_whole:
        yield from (
            between.join(map(comma, texts)) for between in ("; ", " ", "\t", ", ")
        )
        yield f"({'; '.join(map(comma, texts))})"
        yield f"{'; '.join(map(comma, most))} and {comma(last)}"
    if any(abs(float(text)) >= 1000 for text in texts):
        for sign in GROUPINGS:
            many = [grouped(text, sign) for text in texts]
            yield "; ".join(many)
            if sign != " ":
                yield from (", ".join(many), f"[{', '.join(many)}]", " ".join(many))
        many = [grouped(text, ".") for text in texts]
        yield from (sign.join(many) for sign in ("; ", ",", ", ", " "))


def table_forms(rows):
    """Yield the forms of a table of numbers, texts in rows."""
    inside = [", ".join(row) for row in rows]
    yield "[" + ", ".join(f"[{row}]" for row in inside) + "]"
    yield ", ".join(f"[{row}]" for row in inside)
    yield " ".join(f"({row})" for row in inside)
    yield "(" + ", ".join(f"({row})" for row in inside) + ")"
    yield "{" + ", ".join(f"{{{row}}}" for row in inside) + "}"
    yield "[" + "\n ".join(f"[{' '.join(row)}]" for row in rows) + "]"
    yield "[" + "\n ".join(f"[ {'  '.join(row)} ]" for row in rows) + "]"
    yield "array([" + ",\n       ".join(f"[{row}]" for row in inside) + "])"
    yield "array([" + ", ".join(f"[{row}]" for row in inside) + "], dtype=float32)"
    yield "y = np.array([" + ", ".join(f"[{row}]" for row in inside) + "])"
    yield "[" + ", ".join(f"[{row}]" for row in inside).replace("-", "−") + "]."
    for row, column in (
        ("\n", "\t"),
        ("\n", " "),
        ("; ", " "),
        ("; ", ", "),
        ("\n", ", "),
    ):
        yield row.join(column.join(cells) for cells in rows)
    yield " ".join(" ".join(row) for row in rows).replace("-", "−")
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if any("." in cell for row in rows for cell in row):
        yield "\n".join("\t".join(map(comma, row)) for row in rows)


def word_forms(text):
    """Yield the forms of one text."""
    yield from (text, text.upper(), text.title(), f"  {text} ", f"\ufeff{text}\u200b")
    yield from (f"{a}{text}{b}" for a, b in ("''", '""', "``", "“”", "‘’", "„“", "«»"))
    yield from (
        f"“{text}.”",
        f"‘{text}’.",
        f"´{text}´",
        f"＂{text}＂",
        f"“{text}”\u2009",
    )
    yield from (f"{text}{end}" for end in (".", "!", "…", "?", ",", " ."))
    yield from (f"({text})", f"[{text}]", f'["{text}"]', text.translate(FULL_WIDTH))
    yield from (text.replace(" ", blank) for blank in ("  ", "\u00a0", "\t", "\u2009"))


def words_forms(texts):
    """Yield the forms of a list of texts."""
    plain = ", ".join(texts)
    *most, last = texts
    for between in (
        ", ",
        ",",
        "; ",
        " ",
        "\t",
        "\n",
        " > ",
        " → ",
        " | ",
        " / ",
        ",\n",
    ):
        yield between.join(texts)
    yield from (f"{', '.join(most)} {word} {last}" for word in ("and", "&"))
    yield from (
        f"{', '.join(most)}, and {last}",
        plain.upper(),
        f"{plain}.",
        f"{plain},",
    )
    for a, b in ("''", '""', "“”", "‘’", "„“", "«»"):
        quoted = ", ".join(f"{a}{text}{b}" for text in texts)
        yield from (quoted, f"[{quoted}]", f"({quoted})")
    quoted = ", ".join(f"'{text}'" for text in texts)
    yield from (
        f"[{plain}]",
        f"({plain})",
        f"{{{quoted}}}",
        plain.translate(FULL_WIDTH),
    )
    yield f"array([{quoted}], dtype='<U8')"
    yield f"Index([{quoted}], dtype='object')"


def forms(item, value):
    """Yield (text, meant value) for the forms that fit one value of a check."""
    if value.dtype.kind == "U":
        many = words_forms(value.tolist()) if value.ndim else word_forms(value.item())
        yield from ((text, value) for text in many)
        return
    tolerance = tolerance_of(value, item.tolerance)
    texts = np.array([digits(number, tolerance) for number in value.flat], object)
    meant = texts.astype(float).reshape(value.shape)
    if value.ndim == 0:
        pairs = all(form.ndim for form in forms_of(item.expected))
        many = number_forms(texts[0], item.percent, pairs)
    elif value.ndim == 1 and value.size > 1:
        many = list_forms(texts.tolist())
    elif value.ndim == 2:
        many = table_forms(texts.reshape(value.shape).tolist())
    else:
        many = [str(meant.tolist())]
    yield from ((text, meant) for text in many)


def known_values(item):
    """Yield the right answer in its shapes, then the wrong ones that have a hint."""
    yield from forms_of(or_shorter(item.expected))
    for _, wrong in item.hints:
        if not isinstance(wrong, Between):
            yield from forms_of(
                wrong.example if isinstance(wrong, SameShape) else wrong
            )


def cases(name, every=4):
    """Yield the cases of one check: right answers in every form, wrong ones in some.

    Args:
        name: of the check.
        every: each wrong answer gets one form of so many, the next one others.
    """
    item, seen = VALUES[name], set()
    right = len(forms_of(or_shorter(item.expected)))
    for i, value in enumerate(known_values(item)):
        chosen = list(forms(item, value))
        for text, meant in chosen if i < right else chosen[i % every :: every]:
            if text not in seen:
                yield Case(name, text, meant)
            seen.add(text)


SIGN = Value(
    expected=-1020,
    because="It is `255 · −4`.",
    otherwise="Add up <nine> products & don't </script> forget.",
    hints=[("The sign.", 1020), ("One\nproduct.", any_of(-255, [0, 0, 3]))],
)
LARGE = Value(expected=1792, hints=[("That is one kernel.", 28)])
SHARE = Value(expected=0.943, tolerance=5e-4, otherwise="More digits.")
PERCENT = Value(
    expected=7.973, tolerance=0.06, percent=True, hints=[("In percent.", 0.08)]
)
SIZE = Value(
    expected=any_of(4, (4, 4)), hints=[("That is the image.", any_of(6, (6, 6)))]
)
PAIR = Value(expected=[8, 5.75], hints=[("Other order.", (5.75, 8))])
FEW = Value(expected=[896, 3_538_944], hints=[("A layer.", 896)])
POWER = Value(expected=any_of(-2, 0.01))
TABLE = Value(
    expected=np.arange(6).reshape(2, 3),
    otherwise="Count.",
    hints=[
        ("Transposed.", SameShape(np.zeros((3, 2)))),
        ("More than one.", SameShape(any_of(1, [1]))),
        ("All zero.", np.zeros((2, 3))),
        ("Not these values.", SameShape(np.ones((2, 3)))),
    ],
)
SQUARE = Value(expected=[[1, 2], [3, 4]], hints=[("Turned.", [[4, 3], [2, 1]])])
CUBE = Value(expected=np.ones((2, 1, 2)), otherwise="Count.")
ONE = Value(expected=[5])
FLAT = Value(expected=np.full((2, 3), 7), hints=[("Eight.", np.full((2, 3), 8))])
COLUMNS = Value(
    expected=[[0, 9, 0], [0, 9, 0]],
    hints=[("The other way.", [[9, 9, 9], [0, 0, 0]])],
)
MAPS = Value(expected=any_of((4, 4), (4, 4, 1), (1, 4, 4), (1, 4, 4, 1)))
SUMS = Value(
    expected=(1, -1, 0),
    hints=[
        ("Small.", Between((3,), (0, -1), (0, 1), [(1, 1, 1), (0, 0, 1)])),
        ("No sum.", Between((3,), 0, 0, [(1, 1, 1)])),
        ("One.", Between((), 0.5, 1.5)),
    ],
)
TRUTH = Value(expected=True, otherwise="Think.", hints=[("No.", False)])
TRUTHS = Value(expected=[True, False], otherwise="Two.")
WORD = Value(
    expected=any_of("same", "the same"),
    otherwise=("Look again.", "Closer."),
    hints=[("Both?", any_of("better", "worse")), (("In two.", "Steps."), "equal")],
)
WORDS = Value(
    expected=["edges", "blobs"],
    otherwise="Two words.",
    hints=[("Swapped.", ["blobs", "edges"]), ("And the other?", "edges")],
)
COMMAS = " A comma separates values: write 1792 and 0.5, not 1,792 and 0,5."
ASK = (
    "Type a number such as −3, 0.5, 2/3 or 784*128, "
    "or several with commas between them."
)
# (check, text, status, how the message begins); where the text is not in the message,
# it was read as what it stands for
SAID = [
    (SIGN, "-1020", PASSED, "It is `255"),
    (SIGN, "−1.020", PASSED, "Read as -1020. It is"),
    (SIGN, "-2040/2", PASSED, "It is"),
    (SIGN, "-1.02e3", PASSED, "It is"),
    (SIGN, "1020", NOT_YET, "The sign."),
    (SIGN, "1.020", NOT_YET, "Read as 1020. The sign."),
    (SIGN, "0, 0, 3", NOT_YET, "One\nproduct."),
    (SIGN, "7", NOT_YET, "7 is not it.\nAdd up <nine>"),
    (SIGN, "1e-7", NOT_YET, "1e-7 is not it."),
    (SIGN, "12345678901.5", NOT_YET, "12345678900 is not it."),
    (SIGN, "1e30", NOT_YET, "1e+30 is not it."),
    (SIGN, "0.00001", NOT_YET, "0.00001 is not it."),
    (SIGN, "-0", NOT_YET, "0 is not it."),
    (SIGN, "1,021", NOT_YET, "1021 is not it."),
    (SIGN, "3, 4", NOT_YET, "You have 2 values; expected: a single value."),
    (SIGN, "64*28", NOT_YET, "1792 is not it."),
    (SIGN, "64 by 28", NOT_YET, "You have 2 values; expected: a single value."),
    (SIGN, "1/2/3", NOT_YET, "0.1666666667 is not it."),
    (SIGN, "1-2", NOT_YET, "-1 is not it."),
    (SIGN, "1020 = 255*4", NOT_YET, "Read as 1020. The sign."),
    (SIGN, "255*4 = 1020", NOT_YET, "The sign."),
    *(
        (SIGN, text, PASSED, "Read as -1020. It is")
        for text in [
            "255*(-1-2-1)",
            "255·(−1 − 2 − 1)",
            "255 × (−1 − 2 − 1)",
            "−255 − 510 − 255",
            "0 - 1020",
            "-(1020)",
            "4*-255",
            "-4 * 255",
            "-4x255",
            "-4 x 255.",
            "y = −4·255",
            "−2²·255",
            "-2^2*255",
            "-2 ** 2 * 255",
            "-10^3 - 20",
            "−10³−2·10¹",
            "-1,000 - 20",
            "-255(1+2+1)",
            "-4080 / (4)",
            "-4081//4 + 1",
            "⌊−4079/4⌋",
            "-floor(4083 / 4)",
            "-ceil(4077/4)",
            "-⌈4077/4⌉",
            "-abs(-1020)",
            "-√1040400",
            "-1020*exp(0)",
            "-2040 * 50%",
            "-2040*½",
        ]
    ),
    (
        SIGN,
        "1,50,529",
        NOT_YET,
        f"Read as 1, 50, 529. You have 3 values; expected: a single value.{COMMAS}",
    ),
    *(
        (SIGN, text, NOT_YET, f"“{part}” cannot be read. {ASK}")
        for text, part in [
            ("about five", "about"),
            ("1792 weights", "weights"),
            ("5.75 px", "px"),
            ("true", "true"),
            ("nan", "nan"),
            ("Infinity", "Infinity"),
            ("1e999", "1e999"),
            ("1/0", "1/0"),
            ("0/0", "0/0"),
            ("/2", "/2"),
            ("784*128+", "784*128+"),
            ("64 * a", "64*a"),
            ("sqrt(-1)", "sqrt(-1)"),
            ("(-8)^(1/3)", "(-8)^(1/3)"),
            ("2^2^2^2^2^2", "2^2^2^2^2^2"),
            ("10^400", "10^400"),
            ("7 - 1/0", "7-1/0"),
            ("2*(3, 4)", "2*(3, 4)"),
            ("sqrt 2 x", "x"),
            ("eval(1)", "eval"),
            ("pow(2, 3)", "pow"),
            ("1.2.3", "1.2.3"),
            ("--5", "--5"),
            ("f(1020)", "f"),
            ("-1020 = y", "y"),
            ("٣", "٣"),
            ("<img onerror>", "<img"),
        ]
    ),
    *((SIGN, text, NOT_YET, ASK) for text in ("", "  ", "...", "…", "?", "()", "y = ")),
    *(
        (SIGN, text, NOT_YET, "Is a bracket missing?")
        for text in ("[1, 2", "1, 2)", "(1]]", "2*(3+1", "(" * 60 + "5" + ")" * 60)
    ),
    *(
        (SIGN, text, NOT_YET, "Are all rows equally long?")
        for text in ("[[1, 2], [3]]", "[1, [2]]", "[[1 2]\n [3]]")
    ),
    # a point and three digits: a thousand in German, and a decimal in English
    (LARGE, "1.792", PASSED, "Read as 1792."),
    (LARGE, "28.0", NOT_YET, "That is one kernel."),
    (LARGE, "28,0", NOT_YET, "Read as 28. That is one kernel."),
    (LARGE, "1.793", NOT_YET, "1.793 is not it."),
    (LARGE, "1 793", NOT_YET, "1793 is not it."),
    (LARGE, "1\u202f793", NOT_YET, "1793 is not it."),
    (SHARE, "0,943", PASSED, "Read as 0.943."),
    (SHARE, ",943", PASSED, "Read as 0.943."),
    (SHARE, "94.3 %", PASSED, ""),
    (SHARE, "0.9434", PASSED, ""),
    *(
        (SHARE, text, PASSED, "Read as 0.9428090416.")
        for text in [
            "2*sqrt(2)/3",
            "2√2/3",
            "2 √2 / 3",
            "2·√(2)/3",
            "2 * 2^0.5 / 3",
            "2*2**(1/2)/3",
            "np.sqrt(8)/3",
            "SQRT 8 / 3",
            "√8/3 = 2√2/3",
        ]
    ),
    (SHARE, "2√2/3 = 0.943", PASSED, ""),
    (SHARE, "2√2/3 ≈ 0,943", PASSED, "Read as 0.943."),
    (SHARE, "0,5 + 0,443", PASSED, "Read as 0.943."),
    (SHARE, "0,94", NOT_YET, "0.94 is not it.\nMore digits."),
    (SHARE, "943", NOT_YET, "943 is not it."),
    (PERCENT, "7,973", PASSED, "Read as 7.973."),
    (PERCENT, "8%", PASSED, ""),
    (PERCENT, "8 percent", PASSED, ""),
    (PERCENT, "0.08", NOT_YET, "In percent."),
    (PERCENT, "0,08", NOT_YET, "Read as 0.08. In percent."),
    (PERCENT, "12 %", NOT_YET, "12 is not it."),
    *(
        (SIZE, text, PASSED, "")
        for text in ("4x4", "4 × 4", "4х4", "4 by 4", "4,4,", "4 4")
    ),
    (SIZE, "6×6", NOT_YET, "That is the image."),
    (SIZE, "4x5", NOT_YET, "The shape is right, some values are not."),
    (
        SIZE,
        "4x4x1",
        NOT_YET,
        "16 is not it.",
    ),
    (SIZE, "4; 4; 1", NOT_YET, "You have 3 values; expected: a single value or 2"),
    *(
        (SIZE, text, PASSED, "Read as 4.")
        for text in ("6-3+1", "6 − 3 + 1", "⌊(6−3)/1⌋+1", "2 + 2", "12 // 3", "1*2*2")
    ),
    (SIZE, "6-3+1, 6-3+1", PASSED, "Read as 4, 4."),
    # two sizes are two sizes, and no product
    (SIZE, "2*2", NOT_YET, "The shape is right, some values are not."),
    (SIZE, "2x2", NOT_YET, "The shape is right, some values are not."),
    (SIZE, "(4; 4)", PASSED, ""),
    (PAIR, "(8; 5,75)", PASSED, "Read as 8, 5.75."),
    (PAIR, "8 and 5 3/4", PASSED, ""),
    (PAIR, "8, 5¾", PASSED, ""),
    (PAIR, "max = 8, mean = 5.75", PASSED, ""),
    (PAIR, "{'max': 8, 'mean': 5.75}", PASSED, ""),
    (PAIR, "max: 8; mean: 5,75", PASSED, "Read as 8, 5.75."),
    (PAIR, "8:5.75", PASSED, ""),
    (PAIR, "8,5,75", NOT_YET, f"You have 3 values; expected: 2 values.{COMMAS}"),
    (PAIR, "5,75; 8", NOT_YET, "Read as 5.75, 8. Other order."),
    (PAIR, "8; 5,7", NOT_YET, "Read as 8, 5.7. The shape is right"),
    (FEW, "896, 3,538,944", PASSED, ""),
    (FEW, "896 3,538,944", PASSED, ""),
    (FEW, "896; 3 538 944", PASSED, ""),
    (FEW, "896, 3'538'944", PASSED, ""),
    (FEW, "896", NOT_YET, "A layer."),
    *(
        (FEW, text, PASSED, "Read as 896, 3538944.")
        for text in [
            "32*28, 64*64*32*27",
            "32·(3·3·3 + 1); 64·64·32·27",
            "(32 * 28, 3,538,944)",
            "[32*28 64**2*32*27]",
            "896 and 64 × 64 × 864",
        ]
    ),
    (POWER, "10^−2", PASSED, ""),
    (POWER, "10**-2", PASSED, ""),
    (POWER, "1/100", PASSED, ""),
    (POWER, "1%", PASSED, ""),
    (TABLE, "0 1 1+1; 3 2*2 5", PASSED, "Read as 0, 1, 2, 3, 4, 5."),
    (TABLE, "[[0, 1, 3-1], [3, 4, 5]]", PASSED, "Read as 0, 1, 2, 3, 4, 5."),
    *((TABLE, text, PASSED, "") for text in ("[[0 1 2]\n [3 4 5]]", "0 1 2; 3 4 5")),
    (TABLE, "0\t1\t2\n3\t4\t5", PASSED, ""),
    # all values in a row will do
    (TABLE, "[0, 1, 2, 3, 4, 5]", PASSED, ""),
    (TABLE, "[0, 1, 2, 3, 5, 4]", NOT_YET, "The shape is right, some values are not."),
    (TABLE, "[[0, 3], [1, 4], [2, 5]]", NOT_YET, "Transposed."),
    (TABLE, "0 0 0 0 0 0", NOT_YET, "All zero."),
    (TABLE, "9 9 9 9 9 9", NOT_YET, "Not these values."),
    (TABLE, "4", NOT_YET, "More than one."),
    (TABLE, "[4]", NOT_YET, "More than one."),
    (
        TABLE,
        "[[4]]",
        NOT_YET,
        "You have an array of shape (1, 1); expected: an array of",
    ),
    (TABLE, "1 2 3", NOT_YET, "You have 3 values; expected: an array of shape (2, 3)."),
    (SQUARE, "| 1 | 2 |\n| 3 | 4 |", PASSED, ""),
    (SQUARE, "4 3 2 1", NOT_YET, "Turned."),
    (SQUARE, "array([[1, 2],\n       [3, 4]])", PASSED, ""),
    (CUBE, "[[[1, 1]], [[1, 1]]]", PASSED, ""),
    (CUBE, "1 1 1 1", PASSED, ""),
    (
        CUBE,
        "[[1, 1], [1, 1]]",
        NOT_YET,
        "You have an array of shape (2, 2); expected: an",
    ),
    (ONE, "5", PASSED, ""),
    (ONE, "[5]", PASSED, ""),
    *((TRUTH, text, PASSED, "") for text in ("True", "true.", "TRUE", "“True”", "1")),
    (TRUTH, "False", NOT_YET, "No."),
    (TRUTH, "0", NOT_YET, "No."),
    (TRUTH, "2", NOT_YET, "2 is not it."),
    (TRUTH, "perhaps", NOT_YET, "“perhaps” cannot be read. Type True or False."),
    (TRUTH, "", NOT_YET, "Type True or False."),
    *((TRUTHS, text, PASSED, "") for text in ("[True, False]", "true false", "1, 0")),
    (TRUTHS, "True, True", NOT_YET, "The shape is right, some values are not."),
    *(
        (FLAT, text, PASSED, "")
        for text in ("7", "7, 7, 7", "7 7", "[[7 7 7] [7 7 7]]")
    ),
    (FLAT, "7, 7, 7, 7", NOT_YET, "You have 4 values; expected: an array of shape"),
    (FLAT, "8, 8", NOT_YET, "Eight."),
    (FLAT, "6", NOT_YET, "6 is not it."),
    (COLUMNS, "0, 9, 0", PASSED, ""),
    (COLUMNS, "9, 0", NOT_YET, "The other way."),
    *((COLUMNS, text, PASSED, "") for text in ("0 9 0 0 9 0", "0 9 0; 0 9 0")),
    (MAPS, "3", NOT_YET, "You have a single value; expected: 2, 3 or 4 values."),
    (MAPS, "[3]", NOT_YET, "You have 1 value in a list; expected: 2, 3 or 4 values."),
    (SUMS, "1, 1, -2", NOT_YET, "No sum."),
    (SUMS, "0.4, 0.3, -0.7", NOT_YET, "Small."),
    (SUMS, "(-1/3, 2/3, −⅓)", NOT_YET, "Small."),
    (SUMS, "22%, 33%, 55%", NOT_YET, "The shape is right, some values are not."),
    (SUMS, "9, 9, 9", NOT_YET, "The shape is right, some values are not."),
    (WORD, "", NOT_YET, "Type your answer in words."),
    (WORD, " ... ", NOT_YET, "Type your answer in words."),
    *(
        (WORD, text, PASSED, "")
        for text in ("“Same.”", "‘same’", "the\u2009same", "＂same＂")
    ),
    (WORD, "better", NOT_YET, "Both?"),
    (WORD, "Equal", NOT_YET, "In two."),
    (WORD, "same, better", NOT_YET, "same, better is not it.\nLook again."),
    (WORD, "12", NOT_YET, "12 is not it."),
    *(
        (WORDS, text, PASSED, "")
        for text in ("edges, blobs", "Edges and blobs", "edges/blobs")
    ),
    (WORDS, "blobs > edges", NOT_YET, "Swapped."),
    (WORDS, "“edges”", NOT_YET, "And the other?"),
    (WORDS, "edges, dots", NOT_YET, "The shape is right, some values are not."),
    (WORDS, "a, b, c", NOT_YET, "You have 3 values; expected: 2 values."),
]

PIECES = [
    *"12480-−—+,;.!…/½¾%x×*&=:≈“”'’\"$`^_１，．|>→[](){}?é",
    *" \t\n\u00a0\u202f\u200b\ufeff",
    *("28", "792", "943", "1792", "3,538,944", "5.75", "5,75", "0,5", ".5", "nan"),
    *("same", "edges", "blobs", "The", "True", "false", "e3", "1e", "10^", "10**"),
    *("sqrt(", "√", "2^", " - ", " + ", "·", "//", "²", "⌊", "⌋", "exp", "np.", "* "),
    *("percent", " by ", " and ", "y = ", "[[", "]]", "array(", "np.float64("),
    *(", ", "; ", ", dtype=int", "shape=(2,)"),
]


def scrambled(n=3000):
    """Yield (check, text) of pieces of answers in any order, the same every time."""
    chance = random.Random(0)
    items = [item for item, *_ in SAID]
    for _ in range(n):
        pieces = chance.choices(PIECES, k=chance.randint(1, 7))
        yield chance.choice(items), "".join(pieces)
