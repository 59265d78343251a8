"""Checks of lecture L6, max pooling."""

import numpy as np

from cnnlib.checks.engine import Function, SameShape, Value, any_of
from cnnlib.ops import average_pool2d, correlate2d, max_pool2d, relu

_EXAMPLE = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
_RANDOM = np.random.default_rng(6).integers(-9, 10, (7, 5))  # negative numbers too
_IMAGE = np.random.default_rng(7).integers(0, 256, (8, 6))
_EDGE = np.array([[1.0, -1.0]])
_POOLS = {"max": max_pool2d, "average": average_pool2d}


def _size(n):
    return any_of(n, (n, n))


def _nine(row, column, size=3):
    """Accept the place of the 9, or the whole output that holds it."""
    output = np.zeros((size, size), int)
    output[row, column] = 9
    return any_of((row, column), output)


def _pool(x, pool_size, strides, operation):
    x = np.asarray(x, dtype=float)[None, :, :, None]  # (1, H, W, 1)
    return _POOLS[operation](x, pool_size, strides)[0, :, :, 0]


def _max(x, pool_size=2, strides=2):
    return _pool(x, pool_size, strides, "max")


def _average(x, pool_size=2, strides=2):
    return _pool(x, pool_size, strides, "average")


def _block(image):
    return _average(relu(correlate2d(image.astype(float), _EDGE)))


_MAXIMA, _MEANS, _MINIMA = _max(_EXAMPLE), _average(_EXAMPLE), -_max(-_EXAMPLE)
_TWIN = _EXAMPLE.reshape(2, 2, 2, 2).max(axis=(2, 3))
_LINES = _EXAMPLE.max(axis=0), _EXAMPLE.max(axis=1)

CHECKS = {
    "predict1": Value(
        expected=_MAXIMA.astype(int),
        because="Each window gives its largest number.",
        otherwise="Cut the input into four 2×2 windows and keep the largest of each.",
        hints=[
            ("You averaged. Max pooling keeps one number of each window as it is.", _MEANS),
            ("You added the four numbers. Nothing is added here: keep the largest.", 4 * _MEANS),
            ("Those are the smallest numbers of the windows.", _MINIMA),
            ("Your window moves one pixel at a time. Here it moves by its own width, so no number is used twice.", _max(_EXAMPLE, 2, 1)),
            ("That is the largest number of the whole input. Each window gives one.", 8),
            ("You took the maximum of rows or columns. A window is two rows high and two columns wide.", any_of(*_LINES)),
        ],
    ),
    "predict2": Value(
        expected=_size(2),
        because="⌊(4 − 2) / 2⌋ + 1 = 2, down and across.",
        otherwise="Count the places where the window can stand.",
        hints=[
            ('Your "+1" stands inside the fraction, as in the notes. There are no one and a half places: divide the steps first, then add 1.', _size(1.5)),
            ("(4 − 2) / 2 counts the steps. The place before the first step counts too.", _size(1)),
            ("That is a stride of 1. This window moves two pixels at a time.", _size(3)),
            ("That is how many values there are, or the size of the input. Give the number of rows and columns.", _size(4)),
        ],
    ),
    "predict3": Value(
        expected=_TWIN,
        because="Each four numbers that follow each other in a row are taken for a window.",
        otherwise="Write down the first four numbers in reading order. They are what the twin takes for its first window.",
        hints=[
            (("That is what the right form gives. The twin groups other numbers.", "Reading order is 1, 1, 2, 4, then 5, 6, 7, 8: the first four are one row."), _MAXIMA.astype(int)),
            ("You took the maximum of columns. Reshaping goes through the numbers row by row.", _LINES[0]),
            ("Those are the smallest of each four. It asks for the largest.", _EXAMPLE.min(axis=1).reshape(2, 2)),
            ("Those are means. It asks for the largest.", _EXAMPLE.mean(axis=1).reshape(2, 2)),
        ],
    ),
    "predict4": Value(
        expected=0,
        because="The largest of four is the largest of four: nothing can be learned.",
        otherwise="Ask which numbers in this layer training could change.",
        hints=[
            ("A 2×2 kernel would have 4 weights, perhaps a bias. But a pool multiplies by nothing: what would it learn?", any_of(4, 5)),
            ("That counts numbers that go in or come out. Parameters are what training can change.", any_of(16, 8)),
            ("A bias would be one per channel. Nothing is added after a maximum.", 1),
        ],
    ),
    "predict5": Value(
        expected=[27, 13, 6],
        because="⌊(55 − 3) / 2⌋ + 1 = 27, then ⌊24 / 2⌋ + 1 = 13 and ⌊10 / 2⌋ + 1 = 6.",
        otherwise=("Which formula gives the size, and what goes into it the second time?", "Use ⌊(n − 3) / 2⌋ + 1 three times, each time on the last result."),
        hints=[
            ("The place before the first step is missing: add 1 after the division.", any_of([26, 12, 5], [26, 11, 4])),
            ("Round down: where a step would push the window over the border, there is no place.", any_of([28, 14, 7], [27, 14, 7], [28, 14, 8])),
            ("Halving is nearly right. Use the formula with the window of 3.", any_of([27, 13, 7], [27.5, 13.75, 6.875])),
            ("The stride is 2, not 1: it halves the map, about.", (53, 51, 49)),
            ("The stride is 2, not 3: these windows overlap.", (18, 6, 2)),
        ],
    ),
    "predict6": Value(
        expected=_nine(1, 2),
        because="Columns 4 and 5 belong to the third window, so the 9 moves one cell.",
        otherwise="Write down which columns each of the three windows covers.",
        hints=[
            ("That would be full invariance. The window in the middle covers columns 2 and 3: where is the 9 after two steps from column 2?", _nine(1, 1)),
            ("Two pixels of the input are one cell of the output: the stride is 2.", any_of((1, 3), (2, 4), (1, 4))),
            ("The 9 moves along its row. Give the row first, then the column.", _nine(2, 1)),
            ("The 9 moves to the right.", any_of(_nine(1, 0), _nine(0, 1))),
        ],
    ),
    "predict7": Value(
        expected=170,
        because="16 · 10 weights and 10 biases: one number a map goes in.",
        otherwise="Count the numbers that go in, one a map; each has a weight to each unit, and each unit has a bias.",
        hints=[
            ("The biases are missing: one a unit.", 160),
            ("That is behind the flattened maps. How many numbers does a global pool give for 16 maps?", any_of(7_850, 7_840)),
            ("The pool itself has no parameters, but the dense layer behind it has.", 0),
            ("One bias a unit, not one a map.", any_of(176, 16)),
            ("Each of the numbers that go in has a weight to each of the ten units.", any_of(26, 10)),
            ("Each map gives one number, not 49.", any_of(490, 500)),
        ],
    ),
    "1": Value(
        expected=_size(2),
        because="⌊(6 − 3) / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2.",
        otherwise="Count the columns where the window's left column can stand.",
        hints=[
            ("Round 1.5 down before you add 1: half a step is no step.", _size(2.5)),
            ("⌊1.5⌋ = 1 counts the steps. The place before the first one counts too.", _size(1)),
            ("That is a stride of 1, or the number of values. Give rows and columns.", _size(4)),
            ("6 / 2 = 3 is for a window of 2. This one is 3 wide: on which columns would its third place stand?", _size(3)),
        ],
    ),
    "2": Value(
        expected=(8, 5.75),
        because="Up to 8 the maximum stays 8; (5 + 8 + 2 + 8) / 4 = 5.75, up from 4.",
        otherwise="Raise the 1 step by step, and watch the maximum and the mean.",
        hints=[
            ("One more fits: a tie with the 8 leaves the maximum where it is.", any_of((7, 5.5), 7)),
            ("With a 9 in the window the maximum is 9.", any_of((9, 6), 9)),
            ("4 is the average before the change. Average the new window.", any_of((8, 4), (1, 4))),
            ("That is the sum. Divide by the four cells.", (8, 23)),
            ("8 is the maximum. The average counts all four cells.", (8, 8)),
            ("That is the number. Give the average of the new window too.", 8),
            ("Right numbers, other order: the number first.", (5.75, 8)),
        ],
    ),
    "3": Function(
        reference=_pool,
        inputs=[
            (_EXAMPLE, 2, 2, "max"),
            (_EXAMPLE, 2, 2, "average"),
            (_RANDOM, 3, 2, "max"),
            (_RANDOM, 3, 1, "average"),
            (_RANDOM - 10, 2, 2, "max"),
        ],
        because="One loop over the places serves both.",
        otherwise="Compare with `ops.max_pool2d` and `ops.average_pool2d`.",
        hints=[
            ("You always take the maximum: look at `operation`.", lambda x, k, s, _: _pool(x, k, s, "max")),
            ("You always average: look at `operation`.", lambda x, k, s, _: _pool(x, k, s, "average")),
            ("The two operations are swapped.", lambda x, k, s, op: _pool(x, k, s, "average" if op == "max" else "max")),
            ("Your window always moves by its own size: look at `strides`.", lambda x, k, s, op: _pool(x, k, k, op)),
            ("Your window always moves by one pixel: look at `strides`.", lambda x, k, s, op: _pool(x, k, 1, op)),
            (
                ("Some windows hold negative numbers only, and you give them another maximum.", "It seems that your maximum starts at 0. Begin with the first number of the window."),
                lambda x, k, s, op: np.maximum(_pool(x, k, s, op), 0) if op == "max" else _pool(x, k, s, op),
            ),
            ("Your result holds whole numbers only: make it an array of floats.", lambda x, k, s, op: np.trunc(_pool(x, k, s, op))),
            ("You add where an average is asked for: divide by the number of cells.", lambda x, k, s, op: _pool(x, k, s, op) * (1 if op == "max" else k * k)),
        ],
    ),
    "4": Value(
        expected=["pooling", "neither", "strided"],
        because="So it was with each of eight seeds. A pool and a stride of 2 both pass on one number of four; perhaps it helps that the pool has looked at all four.",
        otherwise="Give the three names from the highest accuracy to the lowest.",
        hints=[
            ("Turn it round: from the highest to the lowest.", ("strided", "neither", "pooling")),
            ("Look again at the strided network: does it lose less than the one that keeps every position?", any_of(["pooling", "strided", "neither"], ["strided", "pooling", "neither"])),
            ("Nothing is thrown away without pooling, and yet it is not the best here: measure at 3 pixels, over more than one seed.", any_of(["neither", "pooling", "strided"], ["neither", "strided", "pooling"])),
        ],
    ),
    "5": Function(
        reference=_block,
        inputs=[_IMAGE, _IMAGE.T, _RANDOM],  # an even and an odd width of the edges
        because="ReLU first: what is negative cannot cancel what is positive.",
        otherwise="Convolve with [[1, −1]], then ReLU, then average pooling by 2.",
        hints=[
            (("The average is still taken too early: rising and falling edges cancel in it.", "Apply ReLU to the convolved map, then average."), lambda image: relu(_average(correlate2d(image.astype(float), _EDGE)))),
            ("ReLU is missing.", lambda image: _average(correlate2d(image.astype(float), _EDGE))),
            ("You take the absolute value. ReLU sets negative responses to 0.", lambda image: _average(np.abs(correlate2d(image.astype(float), _EDGE)))),
            ("That is max pooling. It would be right in either order; repair the average.", lambda image: _max(relu(correlate2d(image.astype(float), _EDGE)))),
            ("The pooling is missing.", SameShape(lambda image: correlate2d(image, _EDGE))),
            ("Your result is as if the kernel were one pixel wide: convolve without padding.", SameShape(lambda image: _max(image))),
        ],
    ),
}
