"""What the book's extension makes of pictures."""

import numpy as np
import pytest
from PIL import Image

from tools.book.images import with_pictures


@pytest.fixture
def page(tmp_path):
    """A page beside a photograph, which shrinks, and a small drawing."""
    rows = np.linspace(0, 255, 300)[:, None, None]
    noise = np.random.default_rng(0).integers(0, 4, (300, 400, 1))
    gray = np.repeat((rows + noise).clip(0, 255).astype(np.uint8), 3, axis=2)
    Image.fromarray(gray).save(tmp_path / "photo.png")
    Image.new("RGB", (30, 20)).save(tmp_path / "small.png")
    return tmp_path / "page.html"


HTML = '<p><img alt="a" src="photo.png"><img src="small.png" alt="b" /></p>'


def test_pictures_are_finished_once(page):
    once = with_pictures(HTML, page)
    assert once == (
        '<p><img alt="a" src="photo.webp" width="400" height="300" loading="eager" '
        'decoding="async" /><img src="small.png" alt="b" width="30" height="20" '
        'loading="lazy" decoding="async" /></p>'
    )
    assert with_pictures(once, page) == once


def test_a_webp_has_the_pixels_of_its_png(page):
    with_pictures(HTML, page)
    png, webp = (Image.open(page.with_name(f"photo.{x}")) for x in ("png", "webp"))
    assert np.array_equal(png, webp)


def test_a_size_that_is_given_stays(page):
    given = '<img style="width: 50%" src="small.png" alt="b" />'
    assert " height=" not in with_pictures(given, page)
