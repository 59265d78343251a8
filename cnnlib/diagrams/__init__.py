"""Drawings that explain one mechanism each, made of `cnnlib.plots`."""

from cnnlib.diagrams.edges import gradient_panels
from cnnlib.diagrams.gradients import sliding, there_and_back
from cnnlib.diagrams.places import places
from cnnlib.diagrams.timeline import timeline
from cnnlib.diagrams.volumes import FILTER_COLORS, exploded, layer_volumes, planes

__all__ = [
    "FILTER_COLORS",
    "exploded",
    "gradient_panels",
    "layer_volumes",
    "places",
    "planes",
    "sliding",
    "there_and_back",
    "timeline",
]
