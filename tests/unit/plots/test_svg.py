import io
import re
from base64 import b64decode
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from PIL import Image

from cnnlib import data, plots
from cnnlib.plots.svg import BOOK_TYPE, bring_svg, svg

PICTURES = re.compile(r'href="data:image/(\w+);base64,([^"]+)"')


@pytest.fixture(autouse=True)
def clean_figures():
    with matplotlib.rc_context({"backend": "agg"}):
        plots.use_style()
        yield
        plt.close("all")


def step():
    return plots.matrix(np.repeat([0, 255], 3)[:, None] * np.ones((1, 6))).figure


def pictures(text):
    found = (
        (kind, io.BytesIO(b64decode(data))) for kind, data in PICTURES.findall(text)
    )
    return [(kind, Image.open(file)) for kind, file in found]


def test_the_same_figure_is_the_same_text():
    assert svg(step()) == svg(step())


def test_letters_are_outlines_and_nothing_tells_of_the_day_or_the_network():
    text = svg(step())
    root = ElementTree.fromstring(text)
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert "DejaVuSans-" in text
    assert "metadata" not in text
    assert "<!--" not in text
    assert "\n" not in text
    addresses = set(re.findall(r"https?://[^\"]+", text))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_pixels_that_are_counted_stay_what_they_are():
    ((kind, image),) = pictures(svg(step()))
    assert (kind, image.size) == ("png", (6, 6))
    assert "image-rendering:pixelated" in svg(step())


def test_a_photograph_keeps_its_pixels_and_costs_little():
    photograph = data.photo("camera")
    text = svg(plots.images([photograph])[0].figure)
    ((kind, image),) = pictures(text)
    assert kind == "webp"
    assert image.size == (480, 480)
    there = Image.fromarray(photograph.astype("uint8")).resize(image.size)
    shown = np.asarray(image.convert("L"), float)
    assert abs(shown - np.asarray(there, float)).mean() < 6
    assert "image-rendering" not in text
    assert len(text) < 50_000


@pytest.mark.parametrize("switch", ["1", "0", None])
def test_a_notebook_that_is_stored_carries_it_beside_the_png(monkeypatch, switch):
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.delenv("CNNLIB_SVG", raising=False)
    if switch:
        monkeypatch.setenv("CNNLIB_SVG", switch)
    formatter = shell.display_formatter
    formatter.active_types = list(formatter.formatters)
    formatter.formatters["image/png"].for_type(Figure, lambda figure: b"pixels")
    bring_svg()
    bundle, _ = formatter.format(step())
    assert "image/png" in bundle
    assert (BOOK_TYPE in bundle) is (switch == "1")


def test_what_is_no_figure_is_refused():
    with pytest.raises(TypeError, match=r"^figure: expected a Figure, received 3"):
        svg(3)


def test_every_name_that_a_drawing_asks_for_is_in_it():
    figure, ax = plt.subplots()
    ax.contour(np.eye(5))
    ax.scatter([0, 1], [2, 3])
    ax.plot([0, 4], "o-", label="a line")
    ax.legend()
    text = svg(figure)
    asked = set(re.findall(r'(?:href="|url\()#([^")]+)', text))
    assert asked <= set(re.findall(r' id="([^"]+)"', text))
    assert len(asked) > 5
