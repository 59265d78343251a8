"""Drawings that explain one mechanism each, made of `cnnlib.plots`."""

from cnnlib.diagrams.architectures import architecture
from cnnlib.diagrams.arguments import signature
from cnnlib.diagrams.axes import sliding_axes
from cnnlib.diagrams.branches import branches
from cnnlib.diagrams.edges import gradient_panels
from cnnlib.diagrams.gradients import sliding, there_and_back
from cnnlib.diagrams.places import places
from cnnlib.diagrams.towers import towers
from cnnlib.diagrams.units import connections, unit
from cnnlib.diagrams.volumes import FILTER_COLORS, exploded, layer_volumes, planes

__all__ = [
    "FILTER_COLORS",
    "architecture",
    "branches",
    "connections",
    "exploded",
    "gradient_panels",
    "layer_volumes",
    "places",
    "planes",
    "signature",
    "sliding",
    "sliding_axes",
    "there_and_back",
    "towers",
    "unit",
]
