"""With a reader's own few colors, as in Windows contrast themes, no mark is lost."""

import numpy as np
import pytest

from cnnlib.explorers import (
    ChannelsExplorer,
    ConvolutionExplorer,
    DescentExplorer,
    EquivarianceExplorer,
    GradientExplorer,
    PoolingExplorer,
    SizeExplorer,
)

ONES = np.ones((2, 2), int)
EXPLORERS = {
    "convolution": (ConvolutionExplorer(padding=1), ".pad"),
    "size": (SizeExplorer(6, 3, 0, 2), ".lost"),
    "pooling": (PoolingExplorer(), ".from"),
    "channels": (ChannelsExplorer(), ".color"),
    "descent": (DescentExplorer(), None),
    "equivariance": (EquivarianceExplorer(), None),
    "gradient": (GradientExplorer(np.arange(9).reshape(3, 3), ONES, ONES), ".pad"),
}
# frames are shadows; marks are patterns, or another background than the page's
FRAMED = """cells => cells
    .map(x => getComputedStyle(x).boxShadow)
    .filter(x => x.startsWith("rgb(0, 0, 0)"))
    .length"""
MARKED = """cells => cells
    .map(x => getComputedStyle(x))
    .map(x => [x.backgroundImage, x.backgroundColor])
    .filter(([image, color]) => image != "none" || color != "rgb(255, 255, 255)")
    .length"""


@pytest.mark.parametrize("kind", EXPLORERS)
def test_frames_and_marks_stay(open_html, kind):
    explorer, mark = EXPLORERS[kind]
    page = open_html(
        f'<!doctype html><html lang="en"><title>x</title>{explorer.html()}',
        forced_colors="active",
    )
    root = page.locator(".cnnlib-explorer")
    cells = root.locator(".ce-image td")
    assert 0 < cells.evaluate_all(FRAMED) < cells.count()
    if mark is None:  # a frame says it all
        return
    marked = root.locator(f".ce-image {mark}")
    assert marked.evaluate_all(MARKED) == marked.count() > 0
