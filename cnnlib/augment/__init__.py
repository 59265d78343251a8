"""More views of the images that there are: by hand, and as Keras layers.

Whether a view keeps its label is not known here: that is for the user to say.
"""

from cnnlib.augment.pipeline import layers
from cnnlib.augment.warp import (
    affine,
    crop,
    flip,
    noise,
    rotate,
    scale,
    shift,
    zoom,
)

__all__ = [
    "affine",
    "crop",
    "flip",
    "layers",
    "noise",
    "rotate",
    "scale",
    "shift",
    "zoom",
]
