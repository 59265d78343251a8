"""Checks of lecture L10, data augmentation."""

import numpy as np

from cnnlib.checks.engine import Function, Value, any_of
from cnnlib.measured import measured

_NINE = np.arange(9).reshape(3, 3)
_RANDOM = np.random.default_rng(10).integers(1, 100, (5, 8))
_LARGE = np.random.default_rng(12).integers(1, 100, (21, 30))
_SQUARE = np.random.default_rng(11).integers(1, 100, (6, 6))

_GRID = measured("l10_augmentation")
_SIZES, _KINDS = (200, 1000, 4000), ("none", "turn and shift", "too much")
_CELLS = 100 * np.array([[_GRID[f"{k}, {n}"] for k in _KINDS] for n in _SIZES])
_TABLE = _CELLS.mean(axis=2)  # sizes, kinds

_SURVIVES = np.array([1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0])


def _but(*places):
    """Return the twelve answers with the wrong one at some places, from 0."""
    answers = _SURVIVES.copy()
    answers[list(places)] = 1 - answers[list(places)]
    return answers


def _turn(image, degrees, nearest=round, middle=None, radians=np.radians):
    image = np.asarray(image)
    if middle is None:
        middle = (np.array(image.shape) - 1) / 2
    cosine, sine = np.cos(radians(degrees)), np.sin(radians(degrees))
    result = np.zeros_like(image)
    for row, column in np.ndindex(image.shape):
        down, right = row - middle[0], column - middle[1]
        top = nearest(float(cosine * down + sine * right + middle[0]))
        left = nearest(float(cosine * right - sine * down + middle[1]))
        if 0 <= top < image.shape[0] and 0 <= left < image.shape[1]:
            result[row, column] = image[top, left]
    return result


def _pushed(image, degrees):
    image = np.asarray(image)
    height, width = image.shape
    middle = (height - 1) / 2, (width - 1) / 2
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    result = np.zeros_like(image)
    for row, column in np.ndindex(height, width):
        down, right = row - middle[0], column - middle[1]
        top = round(float(cosine * down - sine * right + middle[0]))
        left = round(float(sine * down + cosine * right + middle[1]))
        if 0 <= top < height and 0 <= left < width:
            result[top, left] = image[row, column]
    return result


def _around(image, degrees):
    """Take what lies outside from the other side, as negative indices do."""
    image = np.asarray(image)
    tiled = np.tile(image, (3, 3))
    height, width = image.shape
    turned = _turn(tiled, degrees)
    return turned[height : 2 * height, width : 2 * width]


def _leaked(train_sources, test_sources):
    known = set(np.ravel(train_sources).tolist())
    return sum(source in known for source in np.ravel(test_sources).tolist())


CHECKS = {
    "predict1": Value(
        expected=np.rot90(_NINE),
        because="The right column, 2 5 8, lies on top, read from above; the left one lies at the bottom.",
        otherwise="Turn the paper to the left: which column comes to the top, and which of its numbers is then on the left?",
        hints=[
            ("That is clockwise. Counterclockwise the right column goes to the top.", np.rot90(_NINE, -1)),
            ("That is half a turn: every number is opposite to where it was.", np.rot90(_NINE, 2)),
            ("That is the transpose, which mirrors at the diagonal. In a turn no row keeps its order and its side.", _NINE.T),
            ("The columns are on the right places, but each is upside down.", np.rot90(_NINE.T, 2)),
            ("That is the mirror: each row is reversed. In a turn columns become rows.", _NINE[:, ::-1]),
            ("That is the mirror at a horizontal line.", _NINE[::-1]),
            ("Nothing has moved.", _NINE),
        ],
    ),
    "predict2": Value(
        expected=6,
        because="The upper row gives 1, the lower one 11, and halfway between them is 6.",
        otherwise="Mix 0 and 4 by b, then 8 and 20 by b, and the two results by a.",
        hints=[
            ("That is the plain mean of the four. With b = ¼ the left two count three times as much.", 8),
            ("You exchanged a and b: a goes down, b goes right.", 5),
            ("The weight 1 − b belongs to the left pixel: the place is nearer to it.", 10),
            ("That is the upper row alone. Mix it with the lower one.", 1),
            ("That is the lower row alone. Mix it with the upper one.", 11),
            ("You added the two rows. Their weights, 1 − a and a, have the sum 1.", 12),
        ],
    ),
    "predict3": Value(
        expected=2178,
        because="33 places in each direction, and two mirrors: 33 · 33 · 2.",
        otherwise="At how many places can the window begin, from top to bottom? As many from left to right, and each window has a mirror image.",
        hints=[
            ("One place too few: the window begins at 0, 1, …, 32, which are 33 places. (The paper has this slip.)", any_of(2048, 1024)),
            ("Each of these windows can be mirrored.", 1089),
            ("The places down and the places to the right combine freely: multiply them.", any_of(66, 132, 64)),
            ("Those are the pixels of one window. Count where it can begin.", any_of(50176, 100352)),
            ("Those are the pixels of the image. The window has to fit in.", any_of(65536, 131072)),
            ("A mirror makes two of one, not four: only left and right are exchanged.", 4356),
        ],
    ),
    "predict4": Value(
        expected=36,
        because="0.1 of a full turn of 360 degrees, to either side.",
        otherwise="0.1 is a fraction. Of what?",
        tolerance=0.02,
        hints=[
            ("That takes 0.1 for radians. The factor is a fraction of a full turn.", any_of(5.73, 5.7296, 5.7)),
            ("That takes 0.1 for degrees: nobody would see it. The factor is a fraction of a full turn.", 0.1),
            ("That is the whole range, from the one side to the other.", 72),
            ("The factor is a fraction of a full turn, not of half a turn.", 18),
            ("The factor is a fraction of a full turn, not of a right angle.", 9),
            ("That reads 0.1 as 10%, and of 100 degrees. A full turn has 360.", 10),
        ],
    ),
    "1": Value(
        expected=162,
        because="(72 − 64 + 1)² · 2 = 81 · 2.",
        otherwise="At how many places can the window begin, in each direction?",
        hints=[
            ("The first place is 0 and the last is 8: these are 9 places, not 8.", any_of(128, 64)),
            ("Each window can be mirrored.", 81),
            ("The two directions combine freely: multiply them.", any_of(18, 36)),
            ("Only left and right are exchanged: a mirror makes two of one, not four.", 324),
            ("Those are the pixels of the window. Count where it can begin.", any_of(4096, 8192)),
        ],
    ),
    "2": Value(
        expected=_SURVIVES,
        because="A transform keeps a label if what the label says stays true, and is still to be seen.",
        otherwise=("Ask of each: is there a class for which the new picture would get another label, or none?", "Six, two and a turned-over nine; a 3 in the mirror; half an 8; a patch of fur; a bend in the mirror."),
        hints=[
            ("Everything survives, you say. Turn a 6 by 180 degrees.", np.ones(12, int)),
            ("That is the opposite: 1 stands for a label that survives.", 1 - _SURVIVES),
            ("A 6 that is turned by 180 degrees is a 9.", any_of(_but(1), _but(1, 2), _but(1, 2, 11))),
            ("A mirrored digit is a 2, 3 or 7 no more, and may look like another one.", any_of(_but(2), _but(2, 11))),
            ("The upper half of a 9 can be that of an 8.", _but(5)),
            ("A small patch of fur, or of sky, does not say which animal it is.", _but(10)),
            ("In the mirror a bend to the left is one to the right.", _but(11)),
            ("An animal in the mirror is the same animal.", _but(6)),
            ("A sign is not an animal: read the last one again. And an animal in the mirror is the same animal.", _but(6, 11)),
            ("A lean of 10 degrees is within what people write.", _but(0)),
            ("A move by 2 pixels cuts off at most the end of a stroke: it is the same digit.", _but(3)),
            ("Smaller by a tenth, it is the same digit.", _but(4)),
            ("So little light or noise changes no animal.", any_of(_but(7), _but(8), _but(7, 8))),
            ("Nine tenths of each side still show the animal, or nearly always.", _but(9)),
        ],
    ),
    "3": Function(
        reference=_turn,
        inputs=[
            (_NINE, 90),
            (_NINE, 180),
            (_SQUARE, -90),
            (_RANDOM, 30),
            (_RANDOM, -100),
            (_RANDOM.astype(float), 33.5),
            (_LARGE, 20),
        ],
        because="It equals np.rot90 at quarter turns, and the reference between them, on images that are not square.",
        otherwise=("Go through the places of the result, and ask where each comes from.", "From the middle: down' = cos · down + sin · right, right' = cos · right − sin · down."),
        hints=[
            ("Your image turns clockwise. For the way back the sine changes its sign.", lambda x, d: _turn(x, -d)),
            ("You took degrees for radians.", lambda x, d: _turn(x, d, radians=float)),
            ("You turn about the corner. Measure places from the middle, (H − 1) / 2 and (W − 1) / 2.", lambda x, d: _turn(x, d, middle=(0, 0))),
            ("Your middle lies half a pixel off: it is (H − 1) / 2, because the places begin at 0.", lambda x, d: _turn(x, d, middle=np.array(np.shape(x)) / 2)),
            ("You pushed the pixels forward, which leaves holes. Ask for each pixel of the result where it comes from.", _pushed),
            ("You cut off the digits after the point. The nearest place is the rounded one.", lambda x, d: _turn(x, d, nearest=int)),
            ("You round down. The nearest place is the rounded one.", lambda x, d: _turn(x, d, nearest=lambda v: int(np.floor(v)))),
            ("Outside of the image your result takes the other side of it, as negative indices do. It should be 0.", _around),
            ("Nothing has moved.", lambda x, d: np.array(x)),
        ],
    ),
    "4": Value(
        expected=_TABLE,
        because="In each row a little turning and shifting has the highest mean, and the belief that goes too far the lowest.",
        otherwise=('grid["none, 200"] holds three accuracies: take their mean, times 100.', "The rows are 200, 1,000 and 4,000 images; the columns are none, turn and shift, too much."),
        tolerance=0.11,
        hints=[
            ("Rows and columns are exchanged: a row for each number of images.", _TABLE.T),
            ("Those are standard deviations. What are the means?", _CELLS.std(axis=2, ddof=1)),
            ("Those are standard deviations, and of a whole population. What are the means?", _CELLS.std(axis=2)),
            ("Those are the highest of three seeds. Take the mean.", _CELLS.max(axis=2)),
            ("Those are the lowest of three seeds. Take the mean.", _CELLS.min(axis=2)),
            ("Those are errors. The table should say how many are read.", 100 - _TABLE),
            ("The values are shares. Give percent.", _TABLE / 100),
            ("The rows stand in the opposite order: 200 images first.", _TABLE[::-1]),
        ],
    ),
    "5": Function(
        reference=_leaked,
        inputs=[
            ([0, 0, 1, 2], [0, 0, 3, 1]),
            ([0, 1, 2], [3, 4, 5]),
            ([7, 7, 7, 8], [9, 7]),
            (np.random.default_rng(1).integers(0, 12, 9).tolist(), np.random.default_rng(2).integers(0, 12, 14).tolist()),
        ],
        because="Each test view counts whose image has a view in training.",
        otherwise="For each test view: does its image stand in train_sources?",
        hints=[
            ("You count images. Each view of such an image counts.", lambda a, b: len(set(a) & set(b))),
            ("You count views in training. The question is how many test views have a twin.", lambda a, b: _leaked(b, a)),
            ("You count pairs. A test view counts once, however many twins it has.", lambda a, b: sum(list(a).count(source) for source in b)),
            ("You count the test views that are clean.", lambda a, b: len(b) - _leaked(a, b)),
            ("You compare the two lists place by place. A twin can stand anywhere.", lambda a, b: sum(x == y for x, y in zip(a, b, strict=False))),
            ("You tell whether there is a leak. Count the views.", lambda a, b: _leaked(a, b) > 0),
            ("That is a share of the test views. Give their number.", lambda a, b: _leaked(a, b) / len(b)),
        ],
    ),
}
