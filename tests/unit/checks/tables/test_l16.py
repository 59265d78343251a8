import numpy as np

from cnnlib import plans, shapes

from .check_tables import CheckTables


def layers(size=224):
    return plans.walk(plans.vgg(16), (size, size, 3))


def parameters(*beginnings):
    """Count the layers of VGG-16 whose names begin like one of these."""
    kept = [s for s in layers() if (s.entry.name or "").startswith(beginnings)]
    return sum(step.parameters for step in kept)


def dense(inputs, units):
    return shapes.conv_parameters(1, inputs, units)


BLOCKS = tuple(f"block{b}" for b in range(1, 6))
PIXEL = np.array([255.0, 128.0, 0.0])
MEAN = np.array([103.939, 116.779, 123.68])
CELLS = "1, 2, 3, 4, 1, 4, 2, 3, 1, 2, 3, 4"


def cells(**changed):
    answer = [int(cell) for cell in CELLS.split(", ")]
    for task, cell in changed.items():
        answer[int(task[1:]) - 1] = cell
    return answer


def unchanged(before, after):
    return [b.tobytes() == a.tobytes() for b, a in zip(before, after)]


def nearly(before, after):
    pairs = zip(before, after)
    return [bool(np.abs(b - a).max() < 1e-6) for b, a in pairs]


def same_mean(before, after):
    return [bool(b.mean() == a.mean()) for b, a in zip(before, after)]


def any_same(before, after):
    return [bool(np.any(b == a)) for b, a in zip(before, after)]


def first_of_each(labels, count):
    seen, places = {}, []
    for place, label in enumerate(labels.tolist()):
        seen[label] = seen.get(label, 0) + 1
        if seen[label] <= count:
            places.append(place)
    return places


def first_of_all(labels, count):
    return list(range(count))


def class_after_class(labels, count):
    return [
        place for c in sorted(set(labels)) for place in np.where(labels == c)[0][:count]
    ]


RIGHT = [
    ("predict1", dense(4096, 2)),
    ("predict1", "8,194"),
    ("predict2", dense(512, 2)),
    ("predict2", "1026"),
    ("predict3", parameters("block3", "block4", "block5")),
    ("predict3", "14,454,528"),
    ("predict4", PIXEL[::-1] - MEAN),
    ("predict4", "-103.939, 11.221, 131.32"),
    ("predict5", 2),
    ("1", parameters("block5") + dense(512, 2)),
    ("1", "7,080,450"),
    ("2", CELLS),
    ("3", unchanged),
    ("4", first_of_each),
    ("5", "2, 4"),
]

WRONG = [
    ("predict1", dense(4096, 1000), "old layer"),
    ("predict1", 4096 * 2, "biases are missing"),
    ("predict2", 25_088 * 2 + 2, "You flattened"),
    ("predict3", parameters(*BLOCKS), "whole base"),
    ("predict3", parameters("block1", "block2"), "Those are frozen"),
    ("predict4", PIXEL / 255, "divided by 255"),
    ("predict4", "1, 0.5, 0", "divided by 255"),
    ("predict4", PIXEL - MEAN, "that of blue"),
    ("predict4", PIXEL - MEAN[::-1], "blue first"),
    ("predict4", PIXEL[::-1], "not subtracted"),
    ("predict5", 0, "not moved by a gradient"),
    ("predict5", 4, "that is 0"),
    ("1", parameters("block5"), "head is missing"),
    ("1", parameters(*BLOCKS) + dense(512, 2), "Blocks 1 to 4 are frozen"),
    ("1", parameters("block5") + dense(25_088, 2), "You flattened"),
    ("2", [{1: 3, 2: 4, 3: 1, 4: 2}[cell] for cell in cells()], "Few and many"),
    ("2", [{1: 2, 2: 1, 3: 4, 4: 3}[cell] for cell in cells()], "Similar and diff"),
    ("2", cells(t2=1), "X-ray"),
    ("2", cells(t3=1), "Three hundred dishes"),
    ("2", cells(t4=3), "sound"),
    ("2", cells(t5=3), "ninety"),
    ("2", cells(t6=3), "Radar"),
    ("2", cells(t7=1), "handwriting"),
    ("2", cells(t8=1), "Five hundred species"),
    ("2", cells(t10=1), "microscope"),
    ("2", cells(t12=3), "Digits are strokes"),
    ("3", nearly, "has a tolerance"),
    ("3", same_mean, "cancel"),
    ("3", any_same, "One number that stayed"),
    ("4", first_of_all, "first `count` images of all"),
    ("4", class_after_class, "Sort them"),
    ("5", [4, 4], "knows the head alone"),
    ("5", [2, 2], "After the repair"),
]


class TestChecks(CheckTables):
    lecture = "L16"
    right = RIGHT
    wrong = WRONG
