"""Arrays in, Axes out: every figure of the course in one style."""

from cnnlib.plots.gradients import sliding, there_and_back
from cnnlib.plots.matrices import (
    WINDOW_COLOR,
    equation,
    frame,
    kernel,
    matrix,
    number,
    places,
    planes,
    positions,
    write_number,
)
from cnnlib.plots.pictures import gradient_panels, images, timeline, use_style
from cnnlib.plots.volumes import FILTER_COLORS, exploded, layer_volumes

__all__ = [
    "FILTER_COLORS",
    "WINDOW_COLOR",
    "equation",
    "exploded",
    "frame",
    "gradient_panels",
    "images",
    "kernel",
    "layer_volumes",
    "matrix",
    "number",
    "places",
    "planes",
    "positions",
    "sliding",
    "there_and_back",
    "timeline",
    "use_style",
    "write_number",
]
