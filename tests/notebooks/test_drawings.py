"""Drawings that differ are told apart, and what nobody sees is let pass."""

import io
import re
from base64 import b64encode

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image

from cnnlib import plots
from cnnlib.plots import svg as library
from tools.book.drawings import short
from tools.notebooks import drawings
from tools.notebooks.drawings import SMALLEST_TYPE, drawn_difference, smallest_type
from tools.notebooks.figures import difference, mismatch


def drawing(number="−1020", color="#0072b2", x=0.5, width=4.9, size=9, level=0):
    with rc_context():
        plots.use_style()
        figure = Figure(figsize=(width, 3))
        ax = figure.subplots()
        ax.imshow(np.full((8, 8), level), vmin=0, vmax=255, aspect="auto")
        ax.set(xticks=[], yticks=[])
        ax.plot([0, 7], [0, 7], "o-", color=color, clip_on=True)
        figure.text(x, 0.5, number, fontsize=size)
        return library.svg(figure)


def compare(old, new):
    return drawn_difference(old, new, difference)


def test_the_type_has_one_name():
    assert drawings.BOOK_TYPE == library.BOOK_TYPE


def test_the_same_is_the_same_under_other_names():
    renamed = re.sub(r"\bp[0-9a-f]{10}\b", "p0123456789", drawing())
    assert renamed != drawing()
    assert compare(drawing(), renamed) is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": "−1021"}, "name of use"),
        ({"number": "1020"}, "came, "),
        ({"number": "−10200"}, "came, "),
        ({"color": "#0072c2"}, "#0072c2 came, #0072b2 is stored"),
        ({"x": 0.501}, "came, .* is stored"),
        ({"size": 9.5}, "transform of g: "),
        ({"level": 200}, "data.* of image: 64 pixels differ"),
        ({"width": 5}, "of svg: .* came, .* is stored"),
    ],
)
def test_a_change_is_seen(changes, message):
    assert re.search(message, compare(drawing(), drawing(**changes)))


@pytest.mark.parametrize("changes", [{"color": "#0073b2"}, {"x": 0.500002}])
def test_rounding_is_not_seen(changes):
    assert drawing(**changes) != drawing()
    assert compare(drawing(), drawing(**changes)) is None


def test_what_is_no_drawing_is_named():
    assert "cannot be read" in compare(drawing(), "<svg")


def test_what_is_left_out_is_seen():
    short = re.sub(r"<g><g transform[^>]*scale[\s\S]*?</g></g>", "", drawing())
    assert short != drawing()
    assert compare(drawing(), short)
    assert compare(short, drawing())


def test_figures_are_compared_in_both_forms(png):
    def outputs(number, level=0):
        data = {"image/png": png([[level] * 9]), drawings.BOOK_TYPE: drawing(number)}
        return [{"data": data}]

    assert mismatch(outputs("1"), outputs("1")) is None
    assert "figure 1 differs" in mismatch(outputs("1"), outputs("2"))
    assert "figure 1 differs" in mismatch(outputs("1"), outputs("1", 255))
    fewer = outputs("1")
    del fewer[0]["data"][drawings.BOOK_TYPE]
    assert "figure 1 came as image/png and application" in mismatch(fewer, outputs("1"))


def test_a_photograph_may_round_otherwise():
    rng = np.random.default_rng(0)
    levels = np.clip(np.cumsum(rng.normal(0, 9, (64, 64)), axis=1) + 128, 0, 255)

    def picture(levels):
        file = io.BytesIO()
        image = Image.fromarray(levels.astype("uint8")).convert("RGB")
        image.save(file, "WEBP", quality=library.QUALITY)
        data = b64encode(file.getvalue()).decode("ascii")
        link = f'xlink:href="data:image/webp;base64,{data}"'
        names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink='
        return f'<svg {names}"http://www.w3.org/1999/xlink"><image {link}/></svg>'

    nudged = levels.copy()
    nudged[::16, ::16] += 1
    kind, old = drawings.BOOK_TYPE, picture(levels)
    assert difference(old, picture(nudged), kind) is None
    assert "pixels differ" in difference(old, picture(levels[::-1]), kind)


def test_the_book_writes_hundredths_of_a_point():
    svg = '<g transform="scale(0.015625)"><path d="M 1.235 -0.001 L 20.500 3 z "/></g>'
    wanted = '<g transform="scale(0.015625)"><path d="M1.24 0L20.5 3z"/></g>'
    assert short(svg) == wanted
    assert len(short(drawing())) < len(drawing())
    assert short(short(drawing())) == short(drawing())


@pytest.mark.parametrize(
    ("size", "width", "pixels"), [(9, 4.9, 9.25), (10, 7.4, 6.7), (12, 3, 16)]
)
def test_the_smallest_type_on_a_phone(size, width, pixels):
    assert smallest_type(drawing(width=width, size=size)) == pytest.approx(
        pixels, abs=0.15
    )


def test_exponents_are_the_smallest_type_where_there_are_some():
    assert smallest_type(drawing(number="$10^{-4}$", size=10)) < SMALLEST_TYPE


def test_a_drawing_without_letters_has_no_smallest_type():
    with rc_context():
        plots.use_style()
        assert smallest_type(library.svg(Figure(figsize=(7, 2)))) is None
