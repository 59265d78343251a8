import numpy as np

from cnnlib import augment
from cnnlib.measured import measured

from .check_tables import CheckTables

GRID = measured("l10_augmentation")
SIZES, KINDS = (200, 1000, 4000), ("none", "turn and shift", "too much")
MEANS = [[round(100 * GRID[f"{k}, {n}"].mean(), 1) for k in KINDS] for n in SIZES]
SURVIVES = [1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0]


def turn(image, degrees, sign=1, off=0.5):
    """Turn all places at once, by arrays."""
    height, width = np.shape(image)
    middle = np.array([height, width]) / 2 - off
    angle = sign * np.radians(degrees)
    matrix = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    target = np.stack(np.indices((height, width)), axis=-1) - middle
    top, left = np.moveaxis(np.rint(target @ matrix + middle).astype(int), -1, 0)
    inside = (top >= 0) & (top < height) & (left >= 0) & (left < width)
    result = np.zeros_like(image)
    result[inside] = np.asarray(image)[top[inside], left[inside]]
    return result


def by_loop(train_sources, test_sources):
    count = 0
    for source in test_sources:
        if source in train_sources:
            count += 1
    return count


def survives(**changed):
    return [changed.get(f"at{i}", answer) for i, answer in enumerate(SURVIVES)]


RIGHT = [
    ("predict1", augment.rotate(np.arange(9).reshape(3, 3), 90)),
    ("predict1", "2 5 8, 1 4 7, 0 3 6"),
    ("predict2", augment.shift([[0, 4], [8, 20]], -0.5, -0.25)[0, 0]),
    ("predict3", "2178"),
    ("predict3", "2,178"),
    ("predict4", "36"),
    ("predict4", np.degrees(0.1 * 2 * np.pi)),
    ("1", "162"),
    ("2", "1 0 0 1 1 0 1 1 1 1 0 0"),
    ("2", SURVIVES),
    ("3", turn),
    ("4", MEANS),
    ("4", np.array(MEANS)),
    ("5", by_loop),
    ("5", lambda train, test: int(np.isin(test, train).sum())),
]

WRONG = [
    ("predict1", np.rot90(np.arange(9).reshape(3, 3), 3), "clockwise"),
    ("predict2", np.mean([0, 4, 8, 20]), "plain mean"),
    ("predict2", augment.shift([[0, 4], [8, 20]], -0.25, -0.5)[0, 0], "exchanged"),
    ("predict3", 32 * 32 * 2, "33 places"),
    ("predict3", "2048", "33 places"),
    ("predict4", np.degrees(0.1), "radians"),
    ("predict4", "0.1", "for degrees"),
    ("1", (72 - 64) ** 2 * 2, "9 places"),
    ("2", survives(at1=1), "is a 9"),
    ("2", survives(at2=1), "mirrored digit"),
    ("2", survives(at11=1), "one to the right"),
    ("3", lambda image, degrees: turn(image, degrees, sign=-1), "clockwise"),
    ("3", lambda image, degrees: turn(image, degrees, off=0), "half a pixel"),
    ("4", np.transpose(MEANS), "exchanged"),
    ("4", np.array(MEANS) / 100, "shares"),
    ("5", lambda train, test: len(set(train).intersection(test)), "count images"),
    ("5", lambda train, test: by_loop(test, train), "views in training"),
]


class TestChecks(CheckTables):
    lecture = "L10"
    right = RIGHT
    wrong = WRONG
