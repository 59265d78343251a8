"""Checks of lecture L7, training a ConvNet by hand-written gradients."""

import numpy as np

from cnnlib.checks.engine import Between, Function, SameShape, Value, any_of
from cnnlib.ops import conv2d, correlate2d, flatten, max_pool2d_backward, softmax_cross_entropy

_P = np.exp([2, 1, 0]) / np.exp([2, 1, 0]).sum()  # softmax of the logits
_Y = np.array([0, 1, 0])  # class 1 is right
_X = np.arange(1, 10).reshape(3, 3)
_K = np.array([[1, 2], [3, 4]])
_ONES = np.ones((2, 2), int)
_UPSTREAM = _K  # of the pool: 1, 2, 3, 4
_POOLED = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])

# exercise 1
_X1 = np.array([[2, 0, 1], [1, 3, 0], [0, 1, 2]])
_K1 = np.array([[1, -1], [2, 0]])
_DY1 = np.array([[1, 2], [0, -1]])
_DY2 = np.array([[1, 0], [2, -1]])  # exercise 2


def _correlate(image, kernel):
    return correlate2d(image, kernel).astype(int)


def _input_gradient(dy, kernel, turned=True):
    """Correlate dy in a border of zeros with the kernel, shape of the input."""
    return _correlate(np.pad(dy, 1), np.rot90(kernel, 2) if turned else kernel)


def _spread(dy):
    """Repeat each number over its 2 x 2 window."""
    return np.kron(dy, _ONES)


def _stamps(dy, kernel):
    """Lay the kernel, times each number of dy, side by side: strides 2."""
    return np.kron(dy, kernel)


_AT_MAX = max_pool2d_backward(np.ones((1, 2, 2, 1)), _POOLED[None, :, :, None])
_MASK = _AT_MAX[0, :, :, 0].astype(int)

_DK1 = _correlate(_X1, _DY1)
_DX1 = _input_gradient(_DY1, _K1)
_UNTURNED1 = _input_gradient(_DY1, _K1, turned=False)


def _each(value):
    """Accept a number, or the window that holds it in each of its four cells."""
    return any_of(value, np.full((2, 2), value))


def _both(dk, dx):
    return np.concatenate([np.ravel(dk), np.ravel(dx)])


def _first(dk):
    return Between((13,), np.ravel(dk), np.ravel(dk), np.eye(13)[:4])


def _last(dx):
    return Between((13,), np.ravel(dx), np.ravel(dx), np.eye(13)[4:])


def _central(f, x, epsilon, divisor=2.0, back=1.0, restore=True):
    """Take differences of f, one entry at a time; the settings make the mistakes."""
    x = np.array(x, float)
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        value = x[place]
        x[place] = value + epsilon
        above = f(x)
        x[place] = value - back * epsilon
        below = f(x)
        if restore:
            x[place] = value
        gradient[place] = (above - below) / (divisor * epsilon)
    return gradient


def _all_at_once(f, x, epsilon):
    x = np.array(x, float)
    return np.full_like(x, (f(x + epsilon) - f(x - epsilon)) / (2 * epsilon))


def _cubes(x):
    """Sum the cubes with weights that tell the entries apart."""
    return float((np.arange(1, x.size + 1).reshape(x.shape) * x**3).sum())


def _conv_loss(w):
    image = np.arange(12.0).reshape(1, 4, 3, 1) / 12
    return softmax_cross_entropy(flatten(conv2d(image, w)), [1])[0]


def _tied_windows(x, shared=lambda w: (w == w.max()).sum() > 1, step=2):
    places = np.lib.stride_tricks.sliding_window_view(x, (2, 2))[::step, ::step]
    return sum(bool(shared(window)) for row in places for window in row)


_RANDOM = np.random.default_rng(7).integers(0, 6, (6, 10))  # three rows of windows

CHECKS = {
    "predict1": Value(
        expected=_P - _Y,
        because="In the first two decimals: 0.67, −0.76, 0.09. They sum to 0.",
        otherwise="The first term gives each logit its probability as a slope. What does the second add, and where?",
        tolerance=0.006,
        hints=[
            ("That is the slope of the first term alone. The second takes 1 off in the right logit.", _P),
            ("Your signs are turned: that is the way downhill. The slope in the right logit is negative, because the loss falls when that logit grows.", _Y - _P),
            ("That is the slope in the probability, −1/p. How does the loss follow a logit?", any_of(-_Y / _P, -1 / _P)),
            ("Those are the slopes of the second term alone. A larger logit of another class raises the sum under the logarithm.", -_Y),
            ("The 1 comes off in the right logit alone, that of class 1.", _P - 1),
            ("You took class 1 for the first. Classes are counted from 0.", _P - [1, 0, 0]),
        ],
    ),
    "predict2": Value(
        expected=_correlate(_X, _ONES),
        because="Each weight collects the four pixels that it met.",
        otherwise="Which four pixels does the weight at the top left meet, as the window moves? Then do the same for the other three weights.",
        hints=[
            ("That is the shape of X. ∂K has one number for each weight: the shape of K.", SameShape(np.zeros((3, 3)))),
            ("That is Y. The weights of K do not matter for ∂K, only the pixels that they met.", _correlate(_X, _K)),
            ("You divided by the four places. The effects on the loss add up.", _correlate(_X, np.ones((2, 2))) / 4),
            ("You turned the result. The weight at the top left meets the pixels at the top left.", np.array([[28, 24], [16, 12]])),
            ("That is one place of the window. Add up all four.", np.array([[1, 2], [4, 5]])),
            ("A weight does not meet all nine pixels, only one at each place.", np.full((2, 2), 45)),
        ],
    ),
    "predict3": Value(
        expected=4,
        because="The bias is added at four places, and each upstream number is 1.",
        otherwise="Raise the bias by 1. Which cells of Y rise, and by how much?",
        hints=[
            ("You forgot to sum over the positions: the same bias is added to all four cells of Y.", 1),
            ("That is the sum of the kernel. The bias meets no weight.", 10),
            ("That is the sum of Y. How much does it grow when b grows by 1?", 228),
            ("The bias is added to each cell of Y, so the loss does change with it.", 0),
        ],
    ),
    "predict4": Value(
        expected=_input_gradient(_ONES, _K),
        because="Each pixel collects the weights that lay on it, one for each window.",
        otherwise="For each pixel: which windows see it, and which weight lies on it then? Add these weights.",
        hints=[
            ("Your kernel is not turned. The pixel at the top left is seen by one window, and the weight on it is K[0, 0] = 1.", _input_gradient(_ONES, _K, turned=False)),
            ("∂X has one number for each pixel: the shape of X.", SameShape(_K)),
            ("You counted the windows that see each pixel. Now add the weights that they have there.", np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])),
            ("Only the middle pixel is seen by all four windows.", np.full((3, 3), 10)),
            ("That is X. The pixels' values do not matter for ∂X, only the weights that lay on them.", _X),
        ],
    ),
    "predict5": Value(
        expected=_MASK * _spread(_UPSTREAM),
        because="The whole gradient goes to the maximum, nothing to the others.",
        otherwise="Find the largest number of each window, and ask which inputs the output would follow.",
        hints=[
            ("You divided each gradient by 4 and shared it: that is average pooling. The output follows the maximum alone.", _spread(_UPSTREAM) / 4),
            ("All four cells of a window get the gradient. Move one that is not the maximum a little: does the output change?", _spread(_UPSTREAM)),
            ("Those are the maxima themselves. What travels back is the upstream gradient.", _MASK * _POOLED),
            ("The slope of the maximum is 1, not its value: the gradient arrives unchanged.", _MASK * _POOLED * _spread(_UPSTREAM)),
            ("These are the right places. Now put the upstream numbers there.", _MASK),
            ("The gradient has the shape of the input, 4×4.", SameShape(_UPSTREAM)),
        ],
    ),
    "predict6": Value(
        expected=_each(0.5),
        because="One step up raises the maximum by ε, one step down changes nothing: ε / 2ε.",
        otherwise=("What is the maximum with one cell a little above 1, and what with it a little below?", "1 + ε and 1. Divide the difference by 2ε."),
        hints=[
            ("Shared among four, the sum would be 1. But the difference looks at one cell, the others stay where they are.", _each(0.25)),
            ("Upwards the maximum follows. And downwards?", _each(1)),
            ("Downwards nothing changes. And upwards?", _each(0)),
            ("That is what the code hands out, the first wins. The difference cannot know which cell is the first.", np.array([[1, 0], [0, 0]])),
        ],
    ),
    "predict7": Value(
        expected=any_of(0.1, (0.1, 0.1), (0.1, -0.1)),
        because="In the first step the mean is the gradient and the root of the mean square is its length: only the sign is left.",
        otherwise="Put t = 1 into the formulas of Adam: what are m̂ and ŝ then?",
        tolerance=1e-4,
        hints=[
            ("That is SGD, the rate times the gradient. Adam divides by the gradient's own length.", any_of((0.4, 2.5), (0.4, -2.5), (-0.4, 2.5), 0.4, 2.5)),
            ("You left out that the mean is corrected: m / (1 − β₁) is the full gradient in the first step.", any_of(0.01, (0.01, 0.01))),
            ("You left out both corrections, 1 − β₁ for the mean and 1 − β₂ for the square.", any_of(0.31623, (0.31623, 0.31623))),
            ("That is the gradient divided by its length. The rate is missing.", any_of(1, (1, 1))),
            ("That is uphill: the step goes against the gradient.", (-0.1, 0.1)),
            ("The two gradients have different signs, so both parameters cannot go the same way.", (-0.1, -0.1)),
        ],
    ),
    "1": Value(
        expected=_both(_DK1, _DX1),
        because="∂K is X correlated with ∂Y, ∂X is ∂Y with the turned kernel.",
        otherwise="The first four numbers are ∂K, the last nine are ∂X, row by row.",
        hints=[
            ("One of the two has the wrong shape: ∂K has the shape of K, ∂X that of X.", SameShape(any_of(np.zeros(8), np.zeros(18)))),
            ("Your upstream gradient is all ones. Here it is not.", _both(_correlate(_X1, _ONES), _input_gradient(_ONES, _K1))),
            ("Your ∂K is X correlated with K, which is Y. Correlate X with ∂Y.", _first(_correlate(_X1, _K1))),
            ("In ∂K nothing is turned: correlate X with ∂Y as it is.", _first(_correlate(_X1, np.rot90(_DY1, 2)))),
            ("∂K is right, and in ∂X your kernel is not turned by 180 degrees.", _both(_DK1, _UNTURNED1)),
            ("In ∂X your kernel is not turned by 180 degrees.", _last(_UNTURNED1)),
            ("In ∂X your kernel is transposed. A turn by 180 degrees is not a transposition.", _last(_input_gradient(_DY1, _K1.T))),
            ("∂X is right. Look at ∂K.", _last(_DX1)),
            ("∂K is right. Look at ∂X.", _first(_DK1)),
        ],
    ),
    "2": Value(
        expected=_stamps(_DY2, _K),
        because="The windows do not overlap: each is one stamp of the kernel.",
        otherwise="Where does each of the four windows lie? Stamp the kernel there, times its upstream number.",
        hints=[
            ("That is for an upstream gradient of ones. Multiply each stamp by its own upstream number.", _stamps(_ONES, _K)),
            ("Your stamps are turned. Seen from the output the kernel is stamped as it is; it turns only if you slide it.", _stamps(_DY2, np.rot90(_K, 2))),
            ("You exchanged the two: the places are those of the upstream gradient, the pattern in them is the kernel.", _stamps(_K, _DY2)),
            ("That is the shape for strides 1. Which image gives 2×2 with strides 2?", SameShape(np.zeros((3, 3)))),
            ("These are the upstream numbers. The weights are missing.", _stamps(_DY2, _ONES)),
        ],
    ),
    "3": Function(
        reference=_central,
        inputs=[
            (_cubes, np.array([1.0, 2.0]), 0.5),
            (_cubes, np.array([[0.5, -1.0, 2.0], [1.5, 0.0, -2.0]]), 0.25),
            (_conv_loss, np.array([[0.3, -0.2], [0.1, 0.4]])[:, :, None, None], 1e-3),
        ],
        because="It agrees on a function of two numbers, on a matrix, and on the loss of a convolution.",
        otherwise=("Move one entry at a time, and leave the others where they are.", "f with ε more, f with ε less, the difference divided by 2ε; then put the entry back."),
        hints=[
            ("That is the one-sided difference. Take the value at x − ε in place of that at x.", lambda f, x, e: _central(f, x, e, 1.0, 0.0)),
            ("Your numbers are twice too large: the two points lie 2ε apart.", lambda f, x, e: _central(f, x, e, divisor=1.0)),
            ("You divide by 2ε, but your points lie only ε apart: the lower one is at x − ε.", lambda f, x, e: _central(f, x, e, back=0.0)),
            ("An entry that you moved stays moved when you come to the next. Put it back, or use a copy.", lambda f, x, e: _central(f, x, e, restore=False)),
            ("You move all entries at once. Move one, and leave the others where they are.", _all_at_once),
        ],
    ),
    "4": Value(
        expected=any_of(-2, 0.01),
        because="Round-off is 1e-7 of the loss here, so ε has to be larger.",
        otherwise="Evaluate check_error(10.0**e, 'float32') for e from −1 to −8, and take the e of the smallest error.",
        hints=[
            ("That is best in float64. Did you pass the dtype?", any_of(-5, 1e-5, -6, 1e-6)),
            ("The exponent is negative: ε is a small number.", any_of(2, 5)),
            (("There the curvature of the loss still spoils the difference.", "Go on to smaller steps while the error falls."), any_of(-1, 0.1)),
            ("There round-off is already the larger part of the error. Compare with the next larger step.", any_of(-3, -4, 1e-3, 1e-4)),
            ("There little is left of the difference but round-off: of a loss, float32 keeps about 7 digits.", any_of(-8, -7, 1e-8, 1e-7)),
        ],
    ),
    "5": Function(
        reference=_tied_windows,
        inputs=[
            np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]),
            np.array([[1, 1, 2, 4], [5, 5, 7, 8], [3, 2, 4, 0], [1, 2, 3, 4]]),
            _RANDOM,
        ],
        because="Equal numbers matter only where they are the maximum.",
        otherwise="For each 2×2 window, in steps of 2: does its largest number stand there more than once?",
        hints=[
            ("You count windows with any two equal numbers. Only a tie for the maximum is a kink.", lambda x: _tied_windows(x, lambda w: len(np.unique(w)) < 4)),
            ("Your windows overlap. The pool moves in steps of 2.", lambda x: _tied_windows(x, step=1)),
            ("You count windows of four equal numbers. Two that share the maximum are a tie too.", lambda x: _tied_windows(x, lambda w: len(np.unique(w)) == 1)),
            ("You count the windows without a tie.", lambda x: x.size // 4 - _tied_windows(x)),
            ("You tell whether there is a tie. Count the windows.", lambda x: _tied_windows(x) > 0),
        ],
    ),
}
