import numpy as np

from cnnlib import shapes

from .check_tables import CheckTables

RIGHT = [
    ("predict1", shapes.output_size(6, 3)),
    ("predict1", "4"),
    ("1", shapes.output_size(8, 3)),
    ("2", shapes.output_size(8, 3, 2)),
    ("3", shapes.conv_parameters(3, 1, 2)),
    ("4", np.ones((3, 3)).sum()),
]

WRONG = [
    ("predict1", shapes.output_size(6, 3) ** 2, "all places of the image"),
    ("3", shapes.conv_parameters(3, 1, 2, use_bias=False), "a bias too"),
]


class TestChecks(CheckTables):
    lecture = "L16"
    right = RIGHT
    wrong = WRONG
