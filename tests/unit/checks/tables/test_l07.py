import numpy as np

from cnnlib import ops
from cnnlib.checks import check
from cnnlib.checks.result import NOT_WRITTEN, PASSED

from .check_tables import CheckTables

DK, DX = [[12, 16], [24, 28]], [[1, 3, 2], [4, 10, 6], [3, 7, 4]]
UNTURNED = [[4, 7, 3], [6, 10, 4], [2, 3, 1]]
ROUTED = [[0, 0, 0, 0], [0, 1, 0, 2], [3, 0, 0, 0], [0, 0, 0, 4]]
SHARED = np.kron([[1, 2], [3, 4]], np.full((2, 2), 0.25))
INPUT = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
X1 = np.array([[2, 0, 1], [1, 3, 0], [0, 1, 2]])
K1 = np.array([[1, -1], [2, 0]])
DY1 = np.array([[1, 2], [0, -1]])
DK1, DX1 = [[-1, 2], [6, 1]], [[1, 1, -2], [2, 3, 1], [0, -2, 0]]
K, DY2 = np.array([[1, 2], [3, 4]]), np.array([[1, 0], [2, -1]])
ONES = np.ones((2, 2), int)


def both(dk, dx):
    return [*np.ravel(dk), *np.ravel(dx)]


def numeric_gradient(f, x, epsilon):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = epsilon
        gradient[place] = (f(x + nudge) - f(x - nudge)) / (2 * epsilon)
    return gradient


def in_place(f, x, epsilon):
    gradient = np.zeros_like(x)
    for i in range(x.size):
        x.flat[i] += epsilon
        above = f(x)
        x.flat[i] -= 2 * epsilon
        gradient.flat[i] = (above - f(x)) / (2 * epsilon)
        x.flat[i] += epsilon
    return gradient


def one_sided(f, x, epsilon):
    step = numeric_gradient(f, x, epsilon)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = epsilon
        step[place] = (f(x + nudge) - f(x)) / epsilon
    return step


def doubled(f, x, epsilon):
    return 2 * numeric_gradient(f, x, epsilon)


def half_way(f, x, epsilon):
    return one_sided(f, x, epsilon) / 2


def stays_moved(f, x, epsilon):
    x, gradient = x.copy(), np.zeros_like(x)
    for i in range(x.size):
        x.flat[i] += epsilon
        above = f(x)
        x.flat[i] -= 2 * epsilon
        gradient.flat[i] = (above - f(x)) / (2 * epsilon)
    return gradient


def all_at_once(f, x, epsilon):
    slope = (f(x + epsilon) - f(x - epsilon)) / (2 * epsilon)
    return np.full(x.shape, slope)


def windows(x, step=2):
    rows, columns = range(0, len(x) - 1, step), range(0, len(x[0]) - 1, step)
    return [x[r : r + 2, c : c + 2] for r in rows for c in columns]


def tied_windows(x):
    return sum((w == w.max()).sum() > 1 for w in windows(x))


def by_sorting(x):
    return sum(float(np.sort(w, axis=None)[-2] == w.max()) for w in windows(x))


def any_two(x):
    return sum(len(set(w.flat)) < 4 for w in windows(x))


def overlapping(x):
    return sum((w == w.max()).sum() > 1 for w in windows(x, 1))


def all_four(x):
    return sum(len(set(w.flat)) == 1 for w in windows(x))


RIGHT = [
    ("predict1", [0.67, -0.76, 0.09]),
    ("predict1", [0.665, -0.755, 0.090]),
    ("predict2", DK),
    ("predict2", np.array(DK, float)),
    ("predict3", 4),
    ("predict4", DX),
    ("predict5", ROUTED),
    ("predict6", 0.5),
    ("predict6", [[0.5, 0.5], [0.5, 0.5]]),
    ("predict7", 0.1),
    ("predict7", (0.1, -0.1)),
    ("1", both(DK1, DX1)),
    ("2", [[1, 2, 0, 0], [3, 4, 0, 0], [2, 4, -1, -2], [6, 8, -3, -4]]),
    ("3", numeric_gradient),
    ("3", in_place),
    ("4", -2),
    ("4", 0.01),
    ("5", tied_windows),
    ("5", by_sorting),
]

WRONG = [
    ("predict1", [0.67, 0.24, 0.09], "first term alone"),
    ("predict1", [-0.67, 0.76, -0.09], "way downhill"),
    ("predict1", [0, -4.09, 0], "slope in the probability"),
    ("predict1", [-0.33, 0.24, 0.09], "counted from 0"),
    ("predict2", np.ones((3, 3)), "shape of X"),
    ("predict4", UNTURNED, "not turned"),
    ("predict4", np.full((3, 3), 10), "middle pixel"),
    ("predict4", np.arange(1, 10).reshape(3, 3), "That is X"),
    ("predict5", SHARED, "average pooling"),
    ("predict5", 4 * SHARED, "All four cells"),
    ("predict5", np.where(ROUTED, INPUT, 0), "maxima themselves"),
    ("predict5", np.where(ROUTED, INPUT, 0) * ROUTED, "arrives unchanged"),
    ("predict5", (np.array(ROUTED) > 0).astype(int), "right places"),
    ("predict7", 0.1 * 0.1 / np.sqrt(0.001), "both corrections"),
    ("1", both(DX1, DX1), "∂K has the shape of K"),
    ("1", both(DK1, DK1), "∂X that of X"),
    ("1", both(np.zeros((2, 2)), np.zeros((2, 2))), "∂X that of X"),
    ("1", both([[6, 4], [5, 6]], [[1, 0, -1], [3, 2, -1], [2, 2, 0]]), "all ones"),
    ("1", both([[4, 5], [-2, 5]], DX1), "which is Y"),
    ("1", both([[3, 6], [0, 1]], DX1), "nothing is turned"),
    ("1", both(DK1, [[0, 2, 4], [-1, -1, 0], [0, 1, -1]]), "right, and in ∂X"),
    ("1", both(ONES, [[0, 2, 4], [-1, -1, 0], [0, 1, -1]]), "In ∂X your kernel is not"),
    ("1", both(DK1, [[1, 4, 4], [-1, -3, -2], [0, 1, 0]]), "transposed"),
    ("1", both(np.zeros((2, 2)), DX1), "Look at ∂K"),
    ("1", both(DK1, np.zeros((3, 3))), "Look at ∂X"),
    ("2", np.kron(ONES, K), "upstream gradient of ones"),
    ("2", np.kron(DY2, K[::-1, ::-1]), "stamps are turned"),
    ("2", np.kron(K, DY2), "exchanged the two"),
    ("2", np.ones((3, 3)), "strides 1"),
    ("2", np.kron(DY2, ONES), "weights are missing"),
    ("3", one_sided, "one-sided"),
    ("3", doubled, "twice too large"),
    ("3", half_way, "only ε apart"),
    ("3", stays_moved, "stays moved"),
    ("3", all_at_once, "all entries at once"),
    ("5", any_two, "any two equal"),
    ("5", overlapping, "overlap"),
    ("5", all_four, "four equal numbers"),
    ("5", lambda x: x.size // 4 - tied_windows(x), "without a tie"),
    ("5", lambda x: tied_windows(x) > 0, "whether there is"),
]


class TestChecks(CheckTables):
    lecture = "L07"
    right = RIGHT
    wrong = WRONG


def test_a_half_written_exercise_is_not_written_yet():
    assert check("L07.1", both(DK1, ...)).status == NOT_WRITTEN


def test_numbers_of_the_exercises():
    dx, dw, _ = ops.conv2d_backward(
        DY1[None, :, :, None].astype(float), X1[None, :, :, None], K1[:, :, None, None]
    )
    assert (dw[:, :, 0, 0] == DK1).all()
    assert (dx[0, :, :, 0] == DX1).all()
    ones = np.ones((1, 4, 4, 1))
    kernel = K[:, :, None, None]
    dx, _, _ = ops.conv2d_backward(DY2[None, :, :, None], ones, kernel, strides=2)
    assert check("L07.2", dx[0, :, :, 0]).status == PASSED
