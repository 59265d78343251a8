"""Names in, arrays out: real pictures without a download, and pictures made here."""

from cnnlib.data.cifar import CIFAR10_CLASSES, load_cifar10
from cnnlib.data.fashion import FASHION_CLASSES, load_fashion_mnist
from cnnlib.data.figures import FIGURES, load_figures
from cnnlib.data.mnist import load_mnist
from cnnlib.data.patches import PATCHES, load_patches
from cnnlib.data.photos import LUMA, PHOTOS, photo, to_gray
from cnnlib.data.pictures import edge_image, step_image

__all__ = [
    "CIFAR10_CLASSES",
    "FASHION_CLASSES",
    "FIGURES",
    "LUMA",
    "PATCHES",
    "PHOTOS",
    "edge_image",
    "load_cifar10",
    "load_fashion_mnist",
    "load_figures",
    "load_mnist",
    "load_patches",
    "photo",
    "step_image",
    "to_gray",
]
