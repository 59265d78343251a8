"""Write down the first filters of VGG16 and VGG19 as ImageNet made them (lecture L16).

Run: .venv/bin/python -m benchmarks.l16_filters VGG16.h5 VGG19.h5
The arguments are files of weights in Keras' form that hold block1_conv1. The numbers
are rounded to three digits; the channels stand as there: blue, green, red.
"""

import sys

import h5py
import numpy as np

from benchmarks import report

LICENSE = (
    "Simonyan and Zisserman, Visual Geometry Group, University of Oxford; "
    "CC BY 4.0, creativecommons.org/licenses/by/4.0; rounded here"
)


def kernel(path):
    """Return the kernel of block1_conv1, shape (3, 3, 3, 64), rounded."""
    found = []

    def collect(name, part):
        if isinstance(part, h5py.Dataset) and part.shape == (3, 3, 3, 64):
            found.append(np.asarray(part, np.float64))

    with h5py.File(path) as file:
        file.visititems(collect)
    (only,) = found
    return only.round(3)


def main():
    """Read both files and write the record."""
    paths = sys.argv[1:]
    if len(paths) != 2:
        raise SystemExit("expected the files of VGG16 and VGG19")
    kernels = [kernel(path) for path in paths]
    settings = {
        "networks": ["VGG16", "VGG19"],
        "layer": "block1_conv1, shape (rows, columns, channels b g r, filters)",
        "license": LICENSE,
        "repeats": len(kernels),
    }
    what = "the first filters of two networks that were trained on ImageNet"
    report.record("l16_filters", what, settings, {"kernel": kernels})


if __name__ == "__main__":
    main()
