"""Checks of lecture L16, Transfer learning."""

import numpy as np

from cnnlib.checks.engine import Between, Function, Value, any_of

_CONTRACT = [-103.939, 11.221, 131.32]
_TASKS = [1, 2, 3, 4, 1, 4, 2, 3, 1, 2, 3, 4]
_SWAPPED = {"columns": [3, 4, 1, 2], "rows": [2, 1, 4, 3], "corners": [1, 3, 2, 4], "both": [4, 3, 2, 1]}

_rng = np.random.default_rng(16)
_W = _rng.normal(size=(3, 3, 2)).astype("float32")
_B = np.array([0.5, -0.25], "float32")
_TINY = _W.copy()
_TINY[0, 1, 1] = np.nextafter(_TINY[0, 1, 1], np.float32(9))
_CANCELS = _W.copy()
_CANCELS[0, 0] += np.array([0.5, -0.5], "float32")
_PAIRS = [
    ([_B, _B], [_B.copy(), _B + 1]),
    ([_W, _B], [_W.copy(), _B.copy()]),
    ([_W, _B, _W, _B], [_TINY, _B.copy(), _CANCELS, _B[::-1].copy()]),
    ([_B], [np.array([0.5, 1], "float32")]),
    ([_B, _B, _B], [_B - 1, _B + 1, _B.copy()]),
]
_LABELS = [
    (np.array([0, 1, 0, 0, 1, 1]), 2),
    (np.array([2, 2, 2, 0, 1, 0, 1, 2, 0, 1]), 2),
    (_rng.permutation(np.repeat([0, 1, 2, 3], 5)), 3),
    (np.array([1, 0, 1, 1, 0]), 1),
]


def _unchanged(before, after, same=np.array_equal):
    return [bool(same(b, a)) for b, a in zip(before, after)]


def _first_of_each(labels, count):
    taken = [np.flatnonzero(labels == c)[:count] for c in np.unique(labels)]
    return np.sort(np.concatenate(taken))


def _by_class(labels, count):
    return np.concatenate([np.flatnonzero(labels == c)[:count] for c in np.unique(labels)])


def _last_of_each(labels, count):
    return np.sort(np.concatenate([np.flatnonzero(labels == c)[-count:] for c in np.unique(labels)]))


def _where(places, cell):
    """Recognize answers that put each of these tasks into one cell."""
    rows = np.eye(12)[np.array(places) - 1]
    return Between((12,), cell, cell, rows)


def _turned(how):
    return [_SWAPPED[how][cell - 1] for cell in _TASKS]


CHECKS = {
    "predict1": Value(
        expected=8_194,
        because="(4,096 + 1) · 2.",
        otherwise="How many values come from fc2, and how many weights has a unit?",
        hints=[
            ("That is the old layer, with its 1,000 classes. You have two.", 4_097_000),
            ("The biases are missing: one a unit.", 8_192),
            ("One bias a unit, not one in all.", 8_193),
            ("That is one unit. Two classes have two.", any_of(4_097, 4_096)),
            ("fc1 and fc2 stay: the new layer reads the 4,096 values of fc2, not the maps.", any_of(50_178, 1_026)),
            ("That is the whole head. Only its last layer is new.", 123_642_856),
            ("That counts what is frozen, too.", any_of(134_268_738, 119_554_050)),
        ],
    ),
    "predict2": Value(
        expected=1_026,
        because="(512 + 1) · 2.",
        otherwise="What remains of a map when it is averaged? How many maps are there?",
        hints=[
            ("You flattened: 7·7·512 = 25,088 values. The average leaves one of each map.", any_of(50_178, 50_176)),
            ("The biases are missing: one a unit.", 1_024),
            ("One bias a unit, not one in all.", 1_025),
            ("That is one unit. Two classes have two.", any_of(513, 512)),
            ("That reads fc2. In case II the old head is gone, and the maps are averaged.", 8_194),
            ("That counts the frozen base, too.", 14_715_714),
        ],
    ),
    "predict3": Value(
        expected=14_454_528,
        because="14,714,688 − 38,720 − 221,440.",
        otherwise="Add up blocks 3 to 5.",
        hints=[
            ("That is the whole base. What is frozen does not train.", 14_714_688),
            ("Those are frozen. What is left?", 260_160),
            ("Block 1 is frozen as well.", 14_493_248),
            ("Block 2 is frozen as well.", 14_675_968),
            ("That is block 5 alone.", 7_079_424),
            ("Without the head: the question is of the base.", any_of(14_455_554, 138_097_384)),
        ],
    ),
    "predict4": Value(
        expected=_CONTRACT,
        because="Blue first: 0 − 103.939, 128 − 116.779, 255 − 123.68.",
        otherwise="Turn the three numbers round, then subtract the mean of each channel.",
        hints=[
            ("You divided by 255. Not every network wants 0 to 1: this one was trained on 0 to 255 less a mean.", any_of([1, 128 / 255, 0], [0, 128 / 255, 1], [1, 0.502, 0], [0, 0.502, 1], [1, 0.5, 0], [0, 0.5, 1])),
            ("That is −1 to 1, the contract of other networks.", any_of([1, 2 * 128 / 255 - 1, -1], [-1, 2 * 128 / 255 - 1, 1], [1, 0.004, -1], [-1, 0.004, 1])),
            ("Right numbers, but red stands first. This network wants blue first.", [131.32, 11.221, -103.939]),
            ("The means stand in the order blue, green, red: 103.939 is that of blue.", any_of([151.061, 11.221, -123.68], [-123.68, 11.221, 151.061])),
            ("The channels are turned round, and the means are not subtracted.", [0, 128, 255]),
            ("The means are subtracted, not added.", [103.939, 244.779, 378.68]),
            ("After the means nothing is divided: these numbers are not brought into −1 to 1.", any_of([-103.939 / 255, 11.221 / 255, 131.32 / 255], [-0.408, 0.044, 0.515])),
        ],
    ),
    "predict5": Value(
        expected=2,
        because="Moving mean and moving variance follow the batches, not the gradient.",
        otherwise="Which of the four does the optimizer move, and what moves the others?",
        hints=[
            ("A rate of 0 holds what the gradient moves. The two statistics are not moved by a gradient.", 0),
            ("Gamma and beta move by the rate, and that is 0.", 4),
            ("Mean and variance are two.", 1),
            ("Gamma and beta go together: both move by the rate.", 3),
        ],
    ),
    "1": Value(
        expected=7_080_450,
        because="7,079,424 + 1,026.",
        otherwise="Add the convolutions of block 5 and the two units on 512 averages.",
        hints=[
            ("The head is missing: it trains as well.", 7_079_424),
            ("That is the whole base with its head. Blocks 1 to 4 are frozen.", 14_715_714),
            ("That is the whole base.", 14_714_688),
            ("You flattened in place of the average: its head has 50,178.", any_of(7_129_602, 7_129_600)),
            ("The biases of the head are missing.", 7_080_448),
            ("That is the head alone. Block 5 trains, too.", 1_026),
            ("That head reads fc2, which case II does without.", 7_087_618),
            ("That is what is frozen. What trains?", 7_635_264),
            ("Block 4 is frozen as well.", any_of(12_980_226, 12_979_200)),
        ],
    ),
    "2": Value(
        expected=_TASKS,
        because="The number of labels decides the column, what the images show the row; the number of classes neither.",
        otherwise="For each task: are these color photographs of things? Are there thousands of labels or hundreds?",
        hints=[
            ("Few and many are the other way round.", _turned("columns")),
            ("Similar and different are the other way round.", _turned("rows")),
            ("Cells 2 and 3 are the other way round: 2 is different with few labels.", _turned("corners")),
            ("Both are the other way round: 1 is similar with few labels.", _turned("both")),
            ("An X-ray is gray, and shows shadows of what is inside: the classes of ImageNet do not prepare for it.", _where([2], 1)),
            ("Pages of handwriting are strokes on paper, not photographs of things.", _where([7], 1)),
            ("A slice of tissue under an electron microscope looks like nothing in ImageNet.", _where([10], 1)),
            ("Five hundred species are many classes, and 250,000 photographs are many labels: what counts is the labels.", _where([8], 1)),
            ("Three hundred dishes are many classes; 500,000 labels are many all the same.", _where([3], 1)),
            ("Three kinds are few classes. Are ninety labels many?", _where([5], 3)),
            ("A spectrogram is a picture of sound: its axes are time and pitch, and nothing in it is a thing.", _where([4], 3)),
            ("Radar from above, without colors: few of the things of ImageNet look like that.", _where([6], 3)),
            ("Digits are strokes, not photographs of things, however many there are.", _where([12], 3)),
        ],
    ),
    "3": Function(
        reference=_unchanged,
        inputs=_PAIRS,
        because="Not a bit may differ, and the last bit is found.",
        otherwise="Compare each pair of arrays, number by number, without any tolerance.",
        hints=[
            ("A change in the last digit passes: `allclose` has a tolerance, and bit for bit has none.", lambda b, a: _unchanged(b, a, np.allclose)),
            ("Two changes that cancel pass: compare the numbers, not their sum or mean.", lambda b, a: _unchanged(b, a, lambda x, y: x.sum() == y.sum())),
            ("A list with the same numbers in another order passes.", lambda b, a: _unchanged(b, a, lambda x, y: np.array_equal(np.sort(x, None), np.sort(y, None)))),
            ("One number that stayed is not enough: all of them have to.", lambda b, a: _unchanged(b, a, lambda x, y: (x == y).any())),
            ("That tells what changed. Asked is what did not.", lambda b, a: [not same for same in _unchanged(b, a)]),
            ("Give an answer for each array, not one for all.", lambda b, a: all(_unchanged(b, a))),
            ("The shape stays in any case. Compare the numbers.", lambda b, a: [x.shape == y.shape for x, y in zip(b, a)]),
        ],
    ),
    "4": Function(
        reference=_first_of_each,
        inputs=_LABELS,
        because="The same number of each class, in the order of the images.",
        otherwise="For each class: where does it stand, and which are its first places? Then sort all places.",
        hints=[
            ("Those are the first images, whatever their class: some class has fewer than `count`.", lambda y, n: np.arange(n * len(np.unique(y)))),
            ("Those are the first `count` images of all. Each class has so many.", lambda y, n: np.arange(n)),
            ("Right places, but class after class. Sort them.", _by_class),
            ("Those are the last of each class.", _last_of_each),
            ("Those are their labels. Return their places.", lambda y, n: y[_first_of_each(y, n)]),
            ("One of each class too many.", lambda y, n: _first_of_each(y, n + 1)),
        ],
    ),
    "5": Value(
        expected=[2, 4],
        because="Without `compile` the step that was built for the head goes on; with it all four move.",
        otherwise="Take a snapshot between the two calls of `fit`, and compare after the second.",
        hints=[
            ("`fit` goes on with the step that it built the first time, and that one knows the head alone.", [4, 4]),
            ("The head moves in both.", any_of([0, 4], [0, 2])),
            ("After the repair the base moves as well: its kernel and its bias.", [2, 2]),
            ("Right numbers, other order: first as it stands.", [4, 2]),
            ("You counted layers. Each has a kernel and a bias.", [1, 2]),
        ],
    ),
}
