"""What cannot be drawn is named before a figure is opened."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnlib import diagrams

A = np.arange(12.0).reshape(3, 4)
COLOR = np.ones((4, 4, 3))
KERNEL = np.ones((3, 3, 3))


REFUSED = {
    "gradient_panels": [
        ((A, A, A.T), ValueError, r"down: expected shape \(3, 4\), received"),
        ((A[0], A, A), ValueError, r"image: expected shape \(H, W\)"),
        ((A, A.astype(str), A), TypeError, "right: expected real numbers"),
        ((A, A, A * np.nan), ValueError, "down: expected finite numbers"),
    ],
    "places": [
        ((0, 3), ValueError, "size: expected an int of at least 1"),
        ((6.0, 3), TypeError, "size: expected an int"),
        ((6, 7), ValueError, "kernel_size: .* at most 6 pixels"),
        ((6, 3, 0), ValueError, "strides: expected an int of at least 1"),
        ((6, 3, 1, 2), ValueError, r"border: expected \(before, after\)"),
        ((6, 3, 1, (0, -1)), ValueError, "border: expected an int of at least 0"),
        ((6, 3, 1, (0, True)), TypeError, "border: expected an int"),
    ],
    "unit": [
        (([1, 2], [1], 0), ValueError, r"w: expected shape \(2,\)"),
        (([], [], 0), ValueError, "x: .* without an empty axis"),
        (([[1]], [[1]], 0), ValueError, r"x: expected shape \(D\)"),
        ((["a"], [1], 0), TypeError, "x: expected real numbers"),
        (([1], [1], "0"), TypeError, "b: expected a finite number"),
    ],
    "connections": [
        (([[0.5, 1]],), TypeError, "weights: expected ints"),
        (([1, 2],), ValueError, r"weights: expected shape \(units, inputs\)"),
        (([[1, 2], [3]],), ValueError, "weights: expected rows of equal length"),
    ],
    "planes": [
        ((A,), ValueError, r"image: expected shape \(H, W, C\)"),
        ((COLOR[..., :2],), ValueError, r"image: expected shape \(H, W, 3\)"),
        ((-COLOR,), ValueError, "image: expected values from 0 to 255"),
        ((COLOR * np.nan,), ValueError, "image: expected values from 0 to 255"),
        ((COLOR, "IRGB"), TypeError, "titles: expected a list of 4"),
    ],
    "exploded": [
        ((COLOR, KERNEL[..., :2], np.eye(2)), ValueError, r"weights: .*\(KH, KW, 3\)"),
        ((COLOR, KERNEL, np.eye(3)), ValueError, r"result: expected shape \(2, 2\)"),
        ((COLOR, KERNEL, np.eye(2), 2), ValueError, "row and column: expected a cell"),
        ((COLOR, KERNEL, np.eye(2), 0, 0.5), TypeError, "column: expected an int"),
        ((COLOR, KERNEL, np.eye(2), 0, 0, "RG"), ValueError, "names: expected 3"),
    ],
    "layer_volumes": [
        (((4, 4), (3, 3, 3, 2), (2, 2, 2)), ValueError, r"image: .*\(H, W, C\)"),
        (((4, 4, 3), (3, 3, 1, 2), (2, 2, 2)), ValueError, "weights: expected 3 ch"),
        (((4, 4, 3), (3, 3, 3, 9), (2, 2, 9)), ValueError, "weights: .* 8 filters"),
        (((4, 4.0, 3), (3, 3, 3, 2), (2, 2, 2)), TypeError, "image: expected a shape"),
    ],
    "there_and_back": [
        (([A, 1], [A, 1], ["a"], []), ValueError, "values: expected a list of 1"),
        (
            ([A, 1], [A.T, 1], "ab", ["+"]),
            ValueError,
            r"gradients\[0\]: expected shape",
        ),
        (([A, 1], [A, 1], ["a", "b"], []), ValueError, "steps: expected a list of 1"),
        (([A, "x"], [A, 1], ["a", "b"], ["+"]), TypeError, "values: expected real"),
    ],
    "sliding": [
        ((A, A[:2, :2], A), ValueError, r"values: expected shape \(2, 3\)"),
        ((A[0], A, A), ValueError, r"image: expected shape \(H, W\)"),
    ],
}
CASES = [(name, *case) for name, cases in REFUSED.items() for case in cases]


@pytest.mark.parametrize(("name", "arguments", "error", "message"), CASES)
def test_what_cannot_be_drawn_is_named(name, arguments, error, message):
    with pytest.raises(error, match="^" + message):
        getattr(diagrams, name)(*arguments)
    assert plt.get_fignums() == []


def test_8_bit_numbers_do_not_wrap_round():
    ax = diagrams.unit(np.array([200], "uint8"), np.array([2], "uint8"), 0)
    assert "400" in [text.get_text() for text in ax.texts]
    image, kernel = np.full((3, 3, 3), 200, "uint8"), np.ones((3, 3, 3), "uint8")
    ax = diagrams.exploded(image, kernel, [[5400]])
    assert "+ 1800" in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("change", [0, 7])
def test_a_flat_picture_has_no_edges_and_a_ramp_the_same_everywhere(change):
    flat = np.full((3, 3), change)
    _, strength, _ = diagrams.gradient_panels(np.ones((5, 5)), flat, flat)
    assert (strength.images[0].get_array() == (change > 0)).all()
