"""What the book's extension makes of a formula, and of one that is none."""

import io
from itertools import pairwise
from types import SimpleNamespace

import pytest
from docutils import nodes
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

from tools.book import formulas


@pytest.fixture
def mathml():
    translator = SimpleNamespace(builder=SimpleNamespace(current_docname="L02"))

    def converted(tex, **options):
        return formulas.mathml(translator, nodes.math(tex, tex), **options)

    return converted


def test_a_function_s_name_is_upright_and_one_word(mathml):
    assert "<mi>atan2</mi>" in mathml(r"\operatorname{atan2}(G_y, G_x)")


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\foo{x}", r'Unknown command "\\foo"'),
        (r"\frac{a", "Expected closing token"),
        (r"a_b_c", "Duplicate subscript"),
        (r"a & b", "table-like environment"),
        (r"a \\ b", "needs an environment"),
    ],
)
def test_what_is_no_formula_is_named_with_its_page(mathml, tex, reason):
    with pytest.raises(ExtensionError, match=reason) as error:
        mathml(tex, display=True)
    assert f"L02: in the formula {tex}: " in str(error.value)


@pytest.fixture(scope="module")
def style(tmp_path_factory):
    """Return the font of a book with one formula, and its style sheet."""
    book = tmp_path_factory.mktemp("book")
    (book / "_static").mkdir()
    formula = "<math><msup><mi>h</mi><mo>′</mo></msup><mo>≤</mo><mn>2</mn></math>"
    (book / "page.html").write_text(f"<p>no letter q</p>{formula}", "utf-8")
    formulas.write_style(book)
    return (book / "_static" / formulas.STYLE).read_text("utf-8")


def test_the_font_stands_in_its_style_sheet(style):
    assert 'url("data:' in style or "url(data:" in style
    assert len(style) < 30_000


def test_the_font_has_what_the_formulas_show_and_no_more():
    font = TTFont(io.BytesIO(formulas.font("2=ℎ′√≤")))
    assert set("2=′ℎ√≤") <= set(map(chr, font.getBestCmap()))
    assert len(font.getBestCmap()) < 9  # ≤ and ≥ are forms of each other
    prime = font["glyf"][font.getBestCmap()[ord("′")]]
    assert prime.yMin < 100, "not the form for exponents, which begins at the line"
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_roots_come_in_small_steps_of_one_width():
    font = TTFont(io.BytesIO(formulas.font("√")))
    (sizes,) = font["MATH"].table.MathVariants.VertGlyphConstruction
    heights = [record.AdvanceMeasurement for record in sizes.MathGlyphVariantRecord]
    steps = [high / low for low, high in pairwise(heights)]
    assert all(1.1 < step < 1.3 for step in steps)
    names = [record.VariantGlyph for record in sizes.MathGlyphVariantRecord]
    assert len({font["hmtx"][name] for name in names}) == 1
    for name, height in zip(names, heights):
        drawn = font["glyf"][name]
        assert drawn.yMax - drawn.yMin == pytest.approx(height, abs=9)


def test_a_character_that_the_font_lacks_is_named():
    with pytest.raises(ExtensionError, match="lacks 水"):
        formulas.font("水2")
