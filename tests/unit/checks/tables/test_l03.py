import numpy as np
import pytest

from cnnlib import data, ops
from cnnlib.checks.tables.l03 import CHECKS
from cnnlib.shapes import output_size, same_padding

from .check_tables import CheckTables

STEP = data.step_image()
GY = ops.KERNELS["sobel_y"]


def out_size(n, k, p, s):
    if p == "same":
        return -(-n // s)
    return (n - k + 2 * p) // s + 1


def no_floor(n, k, p, s):
    return out_size(n, k, p, s) if p == "same" else (n - k + 2 * p) / s + 1


def no_first_place(n, k, p, s):
    return out_size(n, k, p, s) if p == "same" else (n - k + 2 * p) // s


def padding_once(n, k, p, s):
    return out_size(n, k, p, s) if p == "same" else (n - k + p) // s + 1


def plus_kernel(n, k, p, s):
    return out_size(n, k, p, s) if p == "same" else (n + k + 2 * p) // s + 1


def ceiling(n, k, p, s):
    return (
        out_size(n, k, p, s) if p == "same" else int(np.ceil((n - k + 2 * p) / s)) + 1
    )


def nearest(n, k, p, s):
    return out_size(n, k, p, s) if p == "same" else round((n - k + 2 * p) / s) + 1


def same_floors(n, k, p, s):
    return n // s if p == "same" else out_size(n, k, p, s)


def same_keeps(n, k, p, s):
    return n if p == "same" else out_size(n, k, p, s)


def same_for_odd_kernels(n, k, p, s):
    return out_size(n, k, (k - 1) // 2 if p == "same" else p, s)


def same_divides(n, k, p, s):
    return n / s if p == "same" else out_size(n, k, p, s)


def total(n, k, s):
    return max((-(-n // s) - 1) * s + k - n, 0)


def pad_same(image, k, s):
    borders = [(t // 2, t - t // 2) for t in (total(n, k, s) for n in image.shape)]
    return np.pad(image, borders)


def symmetric(image, k, s):
    return np.pad(image, k // 2 if k % 2 else (k - 1) // 2)


def without_strides(image, k, s):
    return np.pad(image, ((k - 1) // 2, k // 2))


def odd_zero_first(image, k, s):
    borders = [(t - t // 2, t // 2) for t in (total(n, k, s) for n in image.shape)]
    return np.pad(image, borders)


def all_after(image, k, s):
    return np.pad(image, [(0, total(n, k, s)) for n in image.shape])


def total_twice(image, k, s):
    return np.pad(image, [(total(n, k, s),) * 2 for n in image.shape])


def replicated(image, k, s):
    borders = [(t // 2, t - t // 2) for t in (total(n, k, s) for n in image.shape)]
    return np.pad(image, borders, mode="edge")


def height_for_both(image, k, s):
    t = total(image.shape[0], k, s)
    return np.pad(image, (t // 2, t - t // 2))


def ring(a):
    inside = np.zeros(a.shape, bool)
    inside[1:-1, 1:-1] = True
    return a[~inside].astype(float)


def blur_errors():
    """Return the differences of the blurred ring from the truth, one row a mode."""
    photograph = data.photo("coffee")
    truth = ring(ops.correlate2d(photograph, ops.KERNELS["box"]))
    padded = [
        np.pad(photograph[1:-1, 1:-1], 1, mode)
        for mode in ("constant", "edge", "reflect")
    ]
    rings = [ring(ops.correlate2d(image, ops.KERNELS["box"])) for image in padded]
    return np.array(rings) - truth, truth, photograph.size


PADDED = ops.correlate2d(STEP, GY, padding=1)

RIGHT = [
    ("predict1", 4),
    ("predict1", ops.correlate2d(STEP, GY).shape),
    ("predict2", 6),
    ("predict2", PADDED.shape),
    ("predict3", PADDED[5, 2]),
    ("predict4", PADDED[2, 0]),
    ("predict4", PADDED[3, 5]),
    ("predict5", ops.correlate2d(STEP, GY, strides=2).shape),
    ("predict6", output_size(224, 11, 4)),
    ("predict7", same_padding(6, 3, 2)),
    ("predict7", [0, 1]),
    ("1", [16, 4]),
    ("1", (output_size(32, 5, 2, 2), output_size(10, 3, 2))),
    ("2", (3, 2)),
    (
        "2",
        [
            (p, s)
            for p in range(7)
            for s in range(1, 225)
            if out_size(224, 7, p, s) == 112
        ],
    ),
    ("3", out_size),
    ("3", lambda n, k, p, s: output_size(n, k, s, p)),
    ("4", [34.3, 1.8, 2.7]),
    ("4", np.abs(blur_errors()[0]).mean(axis=1)),
    ("5", pad_same),
    ("5", lambda image, k, s: pad_same(image, k, s).tolist()),
]

WRONG = [
    ("2", [(3, 2), (1, 2)], "only one such pair"),
    ("3", no_floor, "no floor"),
    ("3", no_first_place, "+ 1 is missing"),
    ("3", padding_once, "one side only"),
    ("3", plus_kernel, "You add the kernel"),
    ("3", ceiling, "You round up"),
    ("3", nearest, "to the nearest"),
    ("3", same_floors, "the division rounds up: ⌈n / s⌉."),
    ("3", same_keeps, "strides 1 only"),
    ("3", same_for_odd_kernels, "odd kernels only"),
    ("3", same_divides, "to a whole number"),
    ("4", blur_errors()[0].mean(axis=1), "signs cancel"),
    (
        "4",
        np.abs(blur_errors()[0]).sum(axis=1) / blur_errors()[2],
        "mean over all pixels",
    ),
    ("4", np.sqrt((blur_errors()[0] ** 2).mean(axis=1)), "root of the mean square"),
    ("5", symmetric, "broken one"),
    ("5", without_strides, "leave the strides out"),
    ("5", odd_zero_first, "The total is right"),
    ("5", all_after, "all zeros at the bottom"),
    ("5", total_twice, "on each side: it is for both"),
    ("5", replicated, "repeat the border"),
    ("5", height_for_both, "for both axes"),
]


class TestChecks(CheckTables):
    lecture = "L03"
    right = RIGHT
    wrong = WRONG


def test_the_settings_of_exercise_3_are_the_1708_of_the_lecture():
    assert len(CHECKS["3"].inputs) == 5 + 1708


def test_numbers_of_exercise_4_are_those_of_the_photograph():
    errors, truth, _ = blur_errors()
    assert CHECKS["4"].expected == pytest.approx(np.abs(errors).mean(axis=1), abs=0.006)
    ratios = 1 + errors.mean(axis=1) / truth.mean()
    assert ratios == pytest.approx([0.665, 0.999, 0.998], abs=6e-4)
