"""The classic kernels by name."""

from types import MappingProxyType

import numpy as np


def _kernels():
    """Build the table of classic kernels, read-only so that no cell can spoil it."""
    smooth, difference = np.array([1, 2, 1]), np.array([1, 0, -1])
    scharr = np.array([3, 10, 3])
    # prewitt_y answers + where the image gets brighter downwards, so prewitt_x does
    # where it gets brighter to the right: the opposite signs of sobel and scharr
    prewitt_y = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
    table = {
        # Sobel & Feldman (1968), printed in Duda & Hart (1973): smooth one way,
        # take the difference the other way; 8 times the derivative
        "sobel_x": np.outer(smooth, difference),
        "sobel_y": np.outer(difference, smooth),
        # Prewitt (1970), Object enhancement and extraction
        "prewitt_x": prewitt_y.T,
        "prewitt_y": prewitt_y,
        # Scharr (2000), Optimal operators in digital image processing
        "scharr_x": np.outer(scharr, difference),
        "scharr_y": np.outer(difference, scharr),
        # the two vectors, shape (3,), that Sobel's kernels are made of
        "smooth": smooth,
        "difference": difference,
        "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        # the mean of the neighborhood; Gonzalez & Woods (2018), section 3.5
        "box": np.full((3, 3), 1 / 9),
        # second derivatives added up; Gonzalez & Woods (2018), section 3.6
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }
    for kernel in table.values():
        kernel.flags.writeable = False
    return MappingProxyType(table)


KERNELS = _kernels()
"""Classic kernels by name, such as `KERNELS["sobel_y"]`: read-only, shape (KH, KW)."""
