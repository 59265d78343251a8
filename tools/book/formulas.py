"""Formulas as MathML, written when the book is built, and the font that draws them.

A page carries no math engine: browsers draw MathML by themselves, screen readers walk
through it, and it is selected, found and printed as text. What they lack is a font with
mathematical shapes, so the pages bring STIX Two Math, cut down to what they show. It
stands in a style sheet: a page that is opened as a file may not load a font beside it.
"""

import io
import re
from base64 import b64encode
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category, normalize

from docutils.nodes import SkipNode
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import MathGlyphVariantRecord
from math_core import LatexError, LatexToMathML
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number

CONVERTER = LatexToMathML(fancy_error=False)
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
STYLE = "formulas.css"
PRIME, ROOT = "′", "√"
# a single letter of a formula is shown as its mathematical italic
ITALIC = {normalize("NFKC", chr(code)): chr(code) for code in range(0x1D434, 0x1D468)}
ITALIC |= {normalize("NFKC", chr(code)): chr(code) for code in range(0x1D6E2, 0x1D71C)}
ITALIC |= {"h": "ℎ", "∂": "𝜕", "ϵ": "𝜖"}
ROOT_HEIGHTS = 1.2, 1.45, 1.75, 2.1, 2.6, 3.2  # in heights of the font's own sign


def setup(app):
    """Register the renderer of formulas, which `_config.yml` chooses by its name."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))


def inline(translator, node):
    """Write a formula in a line of text."""
    translator.body.append(f'<span class="math">{mathml(translator, node)}</span>')
    raise SkipNode


def block(translator, node):
    """Write a formula in a paragraph of its own, with its number if it has one."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(mathml(translator, node, display=True))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})</span>')
    translator.body.append("</div>\n")
    raise SkipNode


def mathml(translator, node, display=False):
    """Return a formula as MathML.

    Raises:
        ExtensionError: names the page, the formula, and what is wrong with it.
    """
    tex, page = node.astext(), translator.builder.current_docname
    if r"\\" in tex and r"\begin" not in tex:  # would be left out without a word
        message = r"a new line (\\) needs an environment, such as aligned"
        raise ExtensionError(f"{page}: in the formula {tex}: {message}")
    try:
        return CONVERTER.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        message = f"{page}: in the formula {tex}: at character {error}"
        raise ExtensionError(message) from None


def write_style(book):
    """Write the style sheet with the font for all formulas of the book.

    Raises:
        ExtensionError: if the font lacks a character of a formula.
    """
    pages = [page.read_text("utf-8") for page in sorted(book.rglob("*.html"))]
    formulas = "".join(formula for page in pages for formula in FORMULA.findall(page))
    shown = set(unescape(re.sub(r"<[^>]*>", "", formulas))) | {ROOT, PRIME}
    shown |= {ITALIC[character] for character in shown & set(ITALIC)}
    # what is for screen readers and line breaks has no shape
    shown = {character for character in shown if category(character)[0] not in "CZ"}
    data = b64encode(font("".join(sorted(shown)))).decode()
    (book / "_static" / STYLE).write_text(
        "/* STIX Two Math, cut down; https://github.com/stipub/stixfonts, OFL 1.1 */\n"
        '@font-face{font-family:"Formulas";'
        f'src:url(data:font/woff2;base64,{data})format("woff2")}}\n',
        "utf-8",
    )


@cache
def font(characters):
    """Return STIX Two Math with these characters alone, as WOFF2.

    Raises:
        ExtensionError: names the characters that it lacks.
    """
    package = find_spec("ziamath").submodule_search_locations[0]
    whole = TTFont(Path(package, "fonts", "STIXTwoMath-Regular.ttf"))
    lacking = set(characters) - set(map(chr, whole.getBestCmap()))
    if lacking:
        message = f"the font of the formulas lacks {' '.join(sorted(lacking))}"
        raise ExtensionError(message)
    fit(whole)
    options = Options()
    options.hinting = False
    options.layout_features = ["ssty", "dtls", "flac"]  # those of MathML
    options.name_IDs += [13, 14]  # the license stays with it
    cut = Subsetter(options)
    cut.populate(text=characters)
    cut.subset(whole)
    whole.flavor = "woff2"
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def fit(whole):
    """Change the two signs of the font that Chromium draws badly.

    It uses a prime as it is, not its form for exponents. Of the sizes of a root it
    takes the next larger one, which is twice as high, and lets it hang; and it leaves
    as much room as the widest size needs. So there are more sizes, all of one width.
    """
    prime, sign = (whole.getBestCmap()[ord(character)] for character in PRIME + ROOT)
    for table in whole["cmap"].tables:
        if ord(PRIME) in table.cmap:
            table.cmap[ord(PRIME)] = f"{prime}.ssty"
    glyphs = whole["glyf"]
    variants = whole["MATH"].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(sign)
    sizes = variants.VertGlyphConstruction[place]
    sizes.MathGlyphVariantRecord = sizes.MathGlyphVariantRecord[:1]
    sizes.GlyphAssembly = None
    for height in ROOT_HEIGHTS:
        name = f"{sign}.h{height * 100:.0f}"
        pen = TTGlyphPen(whole.getGlyphSet())
        glyphs[sign].draw(TransformPen(pen, (1, 0, 0, height, 0, 0)), glyphs)
        whole.setGlyphOrder([*whole.getGlyphOrder(), name])
        glyphs[name] = pen.glyph()
        whole["hmtx"][name] = whole["hmtx"][sign]
        record = MathGlyphVariantRecord()
        record.VariantGlyph = name
        record.AdvanceMeasurement = round(
            sizes.MathGlyphVariantRecord[0].AdvanceMeasurement * height
        )
        sizes.MathGlyphVariantRecord.append(record)
    sizes.VariantCount = len(sizes.MathGlyphVariantRecord)
