"""Arrays in, Axes out: every figure of the course in one style."""

from cnnlib.plots.matrices import (
    WINDOW_COLOR,
    equation,
    frame,
    kernel,
    matrix,
    number,
    positions,
    write_number,
)
from cnnlib.plots.pictures import images, use_style

__all__ = [
    "WINDOW_COLOR",
    "equation",
    "frame",
    "images",
    "kernel",
    "matrix",
    "number",
    "positions",
    "use_style",
    "write_number",
]
