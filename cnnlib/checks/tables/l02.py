"""Checks of lecture L2, edge detection."""

import numpy as np

from cnnlib.checks.engine import Between, Function, SameShape, Value, any_of
from cnnlib.ops import KERNELS, correlate2d

_STEP = np.repeat([0.0, 255.0], 3)[:, None] * np.ones(6)  # (6, 6), dark above bright
_RANDOM = np.random.default_rng(2).integers(0, 256, (7, 5))


def _rows(*values):
    """Accept the four values down the result, or the whole (4, 4) result."""
    return any_of(values, np.repeat(values, 4).reshape(4, 4))


def _everywhere(value):
    """Accept one value, or the (4, 4) result that holds it everywhere."""
    return any_of(value, np.full((4, 4), value))


def _at_edge(value):
    """Accept the value at the edge, or the whole result of the step image."""
    return any_of(value, _rows(0, value, value, 0))


def _size(n):
    return any_of(n, (n, n))


def _smoothed(image, weights=KERNELS["smooth"]):
    return correlate2d(image, weights[:, None])  # (H - 2, W)


def _differences(image):
    return correlate2d(image, KERNELS["difference"][None, :])  # (H, W - 2)


def _two_pass(image):
    return _differences(_smoothed(image))


def _upper_minus_lower(image):
    return image[:-1].astype(int) - image[1:].astype(int)


CHECKS = {
    "predict1": Value(
        expected=-1020,
        because="255 · (−1 − 2 − 1) = −1020: three products are not zero.",
        otherwise="Write down the nine products, pixel times weight, and add them up.",
        hints=[
            ("The size is right, the sign is not: is your kernel flipped, or are its minus signs lost? The weights over the bright pixels are negative.", 1020),
            ("You count each weight as 1: the middle one of a row is 2.", -765),
            ("Two slips at once: the middle weight of a row is 2, and the weights over the bright pixels are negative.", 765),
            ("A window in one flat area would give that. This one has dark rows and a bright one: which weights lie on the bright row?", 0),
            ("These are the weights. Each is still to be multiplied by its pixel, 255.", any_of(-4, 4)),
            ("That is one product. The response is the sum of all nine.", any_of(-255, -510)),
        ],
    ),
    "predict2": Value(
        expected=_size(4),
        because="6 − 3 + 1 = 4 positions down and 4 across.",
        otherwise="Slide the window along one row and count where it can stand.",
        hints=[
            ("That is the size of the image. Count window positions: the window may not stick out over the border.", _size(6)),
            ("6 − 3 = 3 counts the steps between positions. The position before the first step counts too.", _size(3)),
            ("A window 2 pixels wide would have 5 positions. This one is 3 wide: where does its left column stand last?", _size(5)),
            ("The window does not jump by its own width, it moves one pixel on.", _size(2)),
            ("The result would only grow if the window stuck out on all sides.", _size(8)),
            ("That is how many values there are. Give the number of rows and columns.", 16),
        ],
    ),
    "predict3": Value(
        expected=_at_edge(1020),
        because="Gy turned by 180 degrees is −Gy, so the sign tells the two apart.",
        otherwise="Write down Gy turned by 180 degrees, then lay it over the edge.",
        hints=[
            ("That is the correlation. True convolution turns the kernel by 180 degrees before it is laid over the image.", _at_edge(-1020)),
            ("Turned by 90 degrees, Gy would compare left with right and miss this edge. Turn it by 180 degrees.", _everywhere(0)),
            ("The middle weight is 2, in the turned kernel as well.", _at_edge(765)),
        ],
    ),
    "predict4": Value(
        expected=_everywhere(0),
        because="No row changes from left to right, and Gx looks at nothing else.",
        otherwise="Gx compares left with right. Do they differ in this image?",
        hints=[
            ("That is the answer of Gy. Ask along which axis the values change, and along which Gx takes differences.", any_of(_at_edge(-1020), _everywhere(-1020))),
            ("That would be a strong answer. Gx compares left with right: how far apart are they in a row?", any_of(_at_edge(1020), _everywhere(1020))),
        ],
    ),
    "predict5": Value(
        expected=_everywhere(-8),
        because="The smoothing sums to 4, the difference spans 2 pixels and its +1 stands on the left: −(4 · 2) times the slope.",
        otherwise="Write down three rows 0, 1, 2 and lay Gx over them.",
        hints=[
            ("The size is right. The +1 of Gx stands on the left, over the smaller value: which sign has left minus right?", 8),
            ("That is the slope itself. Sobel multiplies it: add up the smoothing weights, and count the pixels that the difference spans.", any_of(1, -1)),
            ("You have the difference. The smoothing weights 1, 2, 1 count too: the response is their sum, not their mean.", any_of(2, -2)),
            ("You have the smoothing. The difference spans two pixels, from the left column to the right one, and the ramp rises at each.", any_of(4, -4)),
            ("Three rows count, and the middle one counts twice.", any_of(6, -6)),
            ("That is the answer of Gy. On this ramp the values change along each row.", 0),
        ],
    ),
    "1": Value(
        expected=-80,
        because="(10 + 2 · 10 + 10) − (30 + 2 · 30 + 30) = 40 − 120 = −80.",
        otherwise="Write down the nine products, pixel times weight, and add them up.",
        hints=[
            ("The size is right, the sign is not: your kernel is flipped. The top row of Gy is the positive one.", 80),
            ("You count each weight as 1: the middle one of a row is 2.", -60),
            ("Two slips at once: the kernel is flipped, and its middle weights are 2.", 60),
            ("All your weights are positive: the bottom row of Gy is subtracted.", 160),
            ("That is Gx, the transposed kernel. Gy takes top row minus bottom row.", -40),
            ("That is one row of the window, or Gx flipped. Gy takes the top row minus the bottom row, each weighted 1, 2, 1.", 40),
        ],
    ),
    "2": Value(
        expected=_rows(0, 765, 765, 0),
        because="The three +1 stand at the bottom, over the bright pixels: 3 · 255.",
        otherwise="Slide the window down one column of the image, position by position.",
        hints=[
            ("Predict the sign first: which row of this kernel lies over the bright pixels, and which sign has it?", _rows(0, -765, -765, 0)),
            ("That is Sobel, with a 2 in the middle. All weights of Prewitt are 1 or −1.", any_of(_rows(0, 1020, 1020, 0), _rows(0, -1020, -1020, 0))),
            ("That is the answer at the edge. Give the value of each row of the result, the flat areas too.", any_of(765, [765, 765])),
            ("Six values: that is the size of the image. Count window positions, there are fewer.", SameShape(any_of(np.ones(6), np.ones((6, 6))))),
        ],
    ),
    "3": Function(
        reference=_two_pass,
        inputs=[_STEP, _STEP.T, _RANDOM, _RANDOM / 8],  # fractions too
        because="Two passes of 3 multiplications do the work of one pass of 9. On 1000×1000 pixels they take 5,982,012 and save 2,982,024.",
        otherwise="Compare it with Gx in one pass, on the step image and its transpose.",
        hints=[
            ("The passes are swapped: this is Gy. Smooth down the columns, take differences along the rows.", lambda image: correlate2d(image, KERNELS["sobel_y"])),
            ("Every sign is reversed, as in a true convolution (`np.convolve` flips): take left minus right.", lambda image: -_two_pass(image)),
            ("You divide by 8. That is the derivative; here the sum is asked for, as Gx has it.", lambda image: _two_pass(image) / 8),
            ("Your smoothing weights are all 1, which is Prewitt: the middle one is 2.", lambda image: _differences(_smoothed(image, np.ones(3)))),
            ("You cut the fractions off the image: convert it to `float`, not to `int`.", lambda image: _two_pass(image.astype(int))),
            ("Your result holds whole numbers only: make it an array of floats.", lambda image: np.trunc(_two_pass(image))),
            ("Your result is as large as the image. Count window positions: each pass loses two pixels along its own axis.", SameShape(lambda image: image)),
            ("Only the smoothing has happened: two rows are gone, no columns. Now take the differences along the rows.", SameShape(_smoothed)),
            ("Only the differences were taken: two columns are gone, no rows. The smoothing down the columns is missing.", SameShape(_differences)),
        ],
    ),
    "4": Value(
        expected=2**0.5 * 2 / 3,  # sqrt(510² + 510²) / 765
        tolerance=5e-4,
        because="2√2 / 3 = 0.943: at 45 degrees Prewitt answers 6% too weakly, Sobel 6% too strongly. Round the whole circle Prewitt spreads over 8.4 points and Sobel over 7.6: neither is clearly the more even one.",
        otherwise=(
            "Which number says how strong an edge is, whatever its direction? Take it at 45 degrees and at 0.",
            "The magnitude √(Gx² + Gy²) of each edge; then divide the one at 45 degrees by the one at 0 degrees.",
        ),
        hints=[
            ("That adds |Gx| and |Gy|. The magnitude is the length of the arrow (Gx, Gy): square both, add, take the root.", 4 / 3),
            ("That is one kernel alone. At 45 degrees both of them answer: combine them to the magnitude.", 2 / 3),
            ("That is the ratio of the squares: the root is missing.", 8 / 9),
            ("Either your ratio is upside down (45 degrees goes on top), or these are the kernels of Sobel.", 1.0607),
            ("That would be a perfectly even pair of kernels. Measure both edges, and give three decimals.", 1),
            ("The first two decimals are right. Give one more.", 0.94),
            ("That is the magnitude at 45 degrees alone. Divide it by the one at 0 degrees.", Between((), 720.25, 722.25)),
        ],
    ),
    "5": Function(
        reference=_upper_minus_lower,
        inputs=[
            np.array([[0, 10], [255, 10], [0, 20]], np.uint8),
            _RANDOM.astype(np.uint8),
            _RANDOM.astype(float),
        ],
        because="Converted before the subtraction, 0 − 255 stays −255.",
        otherwise="Try it on `np.array([[0], [255]], np.uint8)`.",
        hints=[
            (("What is 0 − 255 in uint8, before any change of the dtype?", "It wraps round to 1. Change the dtype before you subtract, not afterwards."), lambda image: image[:-1] - image[1:]),
            ("Two slips at once: it wraps round in uint8, and it takes the lower row minus the upper one.", lambda image: image[1:] - image[:-1]),
            ("The sign is swapped: take the upper row minus the lower one (`np.diff` does the opposite).", lambda image: -_upper_minus_lower(image)),
            ("All your values are positive: the absolute value forgets on which side it is bright.", lambda image: abs(_upper_minus_lower(image))),
            ("Your negative values are clipped to 0: every second edge is gone.", lambda image: _upper_minus_lower(image).clip(0)),
            ("int8 ends at 127: pixels up to 255 do not fit. Take a wider type.", lambda image: image.astype(np.int8)[:-1] - image.astype(np.int8)[1:]),
            ("These are differences between columns. Slice the first axis to get at the rows.", lambda image: _upper_minus_lower(image.T).T),
        ],
    ),
}
