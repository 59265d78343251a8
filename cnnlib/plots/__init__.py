"""Arrays in, Axes out: every figure of the course in one style."""

from cnnlib.plots.bars import layer_bars
from cnnlib.plots.matrices import (
    WIDTH,
    WINDOW_COLOR,
    frame,
    kernel,
    matrix,
    number,
    numbers,
    positions,
    write_number,
)
from cnnlib.plots.pictures import images, use_style
from cnnlib.plots.results import confusion_matrix, history

__all__ = [
    "WIDTH",
    "WINDOW_COLOR",
    "confusion_matrix",
    "frame",
    "history",
    "images",
    "kernel",
    "layer_bars",
    "matrix",
    "number",
    "numbers",
    "positions",
    "use_style",
    "write_number",
]
