"""README's picture: the explorer of L2 in the built page.

Run: make picture
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tools.chromium import ARGUMENTS, NOT_FOUND, find_chromium
from tools.notebooks import ROOT

PAGE = ROOT / "_build" / "html" / "lectures" / "L02_edge_detection.html"
SIZE = {"width": 1240, "height": 820}
ABOVE = 70  # pixels of the bar that stays at the top


def picture():
    """Return the picture as PNG, in a palette: a page has few colors."""
    path = find_chromium()
    if path is None:
        raise SystemExit(NOT_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(
            viewport=SIZE, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(PAGE.as_uri())
        heading = page.locator("#move-the-window-yourself h3").first
        heading.evaluate(f"h => scrollTo(0, h.getBoundingClientRect().top - {ABOVE})")
        page.wait_for_timeout(500)  # until the contents have marked where we are
        shot = page.screenshot()
        browser.close()
    file = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").quantize().save(file, "png")
    return file.getvalue()


if __name__ == "__main__":
    (target,) = sys.argv[1:]
    Path(target).write_bytes(picture())
