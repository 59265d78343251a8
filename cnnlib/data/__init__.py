"""Names in, arrays out: real pictures without a download, and pictures made here."""

from cnnlib.data.mnist import load_mnist
from cnnlib.data.photos import LUMA, PHOTOS, photo, to_gray
from cnnlib.data.pictures import edge_image, step_image

__all__ = [
    "LUMA",
    "PHOTOS",
    "edge_image",
    "load_mnist",
    "photo",
    "step_image",
    "to_gray",
]
