"""Checks of lecture L3, padding and strides."""

import numpy as np

from cnnlib.checks.engine import Function, SameShape, Value, any_of
from cnnlib.shapes import output_size, same_padding

# every size of an image to 32, kernel to 7 and step to 4 that has an output
_SETTINGS = [(n, k, p, s) for n in range(1, 33) for k in range(1, 8) for p in (0, "same") for s in range(1, 5) if p == "same" or k <= n]
_HAND = [(6, 3, 0, 1), (6, 3, 1, 1), (6, 3, 0, 2), (32, 5, 2, 2), (6, 3, "same", 2)]
_RANDOM = np.random.default_rng(3).integers(1, 10, (7, 5))


def _size(n):
    return any_of(n, (n, n))


def _out_size(n, k, p, s):
    return output_size(n, k, s, p)


def _with(valid=None, same=None):
    """Make a wrong out_size from its formula for pixels, or that for "same"."""

    def out_size(n, k, p, s):
        if p == "same":
            return same(n, k, s) if same else output_size(n, k, s, p)
        return valid(n, k, p, s) if valid else output_size(n, k, s, p)

    return out_size


def _padded(image, rows, columns):
    return np.pad(image, (rows, columns))


def _pad_same(image, k, s):
    height, width = image.shape
    return _padded(image, same_padding(height, k, s), same_padding(width, k, s))


def _symmetric(image, k, s):
    return np.pad(image, (k - 1) // 2)


def _odd_pixel_before(image, k, s):
    height, width = image.shape
    rows, columns = same_padding(height, k, s), same_padding(width, k, s)
    return _padded(image, rows[::-1], columns[::-1])


def _all_after(image, k, s):
    rows, columns = (sum(same_padding(side, k, s)) for side in image.shape)
    return _padded(image, (0, rows), (0, columns))


def _as_at_step_one(image, k, s):
    return _pad_same(image, k, 1)


def _total_on_each_side(image, k, s):
    rows, columns = (sum(same_padding(side, k, s)) for side in image.shape)
    return _padded(image, (rows, rows), (columns, columns))


def _replicated(image, k, s):
    height, width = image.shape
    borders = same_padding(height, k, s), same_padding(width, k, s)
    return np.pad(image, borders, mode="edge")


def _square(image, k, s):
    return np.pad(image, same_padding(image.shape[0], k, s))


CHECKS = {
    "predict1": Value(
        expected=_size(4),
        because="6 − 3 + 1 = 4: the window starts on pixel 0, 1, 2 or 3.",
        otherwise="Draw six pixels in a row and lay three fingers on them.",
        hints=[
            ("You added the kernel to the image. A wider window has fewer places, not more: its sign is minus.", any_of(_size(10), _size(9))),
            ("6 − 3 = 3 counts the steps from place to place. The place before the first step counts too.", _size(3)),
            ("At two of these places the window would stick out.", _size(6)),
            ("The window moves one pixel on, not three.", _size(2)),
        ],
    ),
    "predict2": Value(
        expected=_size(6),
        because="6 + 2 · 1 − 3 + 1 = 6: the border makes up for the loss.",
        otherwise="How wide is the picture with its border? Then count places again.",
        hints=[
            ("You counted the padding on one side only. It lies on the left and on the right.", _size(5)),
            ("That is the width of the padded picture. Now slide the window over it.", _size(8)),
            ("That is the result without a border.", _size(4)),
            ("The padded picture has 8 pixels. A window of 3 cannot start on either of the last two.", _size(7)),
            ("You added the kernel. Its sign is minus.", _size(12)),
        ],
    ),
    "predict3": Value(
        expected=1020,
        because="255 · (1 + 2 + 1) − 0 = +1020: a full edge, bright above black.",
        otherwise="Its rows hold 255, 255 and 0. Lay Gy on them.",
        hints=[
            ("So it would be if the picture went on. Below its last row there are zeros now, and zero is black.", 0),
            ("The size is right. Here it is bright above and dark below: which weights lie on the bright rows?", -1020),
            ("You count each weight as 1, or you are at the end of the row. In its middle all three columns are bright.", any_of(765, -765)),
            ("Add all three products of the upper row.", any_of(255, 510)),
        ],
    ),
    "predict4": Value(
        expected=-765,
        because="255 · (−2 − 1) = −765: one column of the window is padding.",
        otherwise="Write down the nine pixels, with a column of zeros on the left.",
        hints=[
            ("That is the value without a border. Here one column of the window lies on zeros.", -1020),
            ("The bright row is the lower one, and its weights are negative.", any_of(765, 1020)),
            ("Only one column of the window is padding. Two weights of the lower row still meet 255.", any_of(-255, -510)),
            ("The window still holds black above white: the edge is there.", 0),
        ],
    ),
    "predict5": Value(
        expected=_size(2),
        because="⌊(6 − 3) / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2.",
        otherwise="Lay the window on pixels 1 to 3, then move it on by 2, and again.",
        hints=[
            ("There is no half place: what sticks out does not count. Round the division down.", _size(2.5)),
            ("⌊3 / 2⌋ = 1 counts the steps. The place before the first step counts too.", _size(1)),
            ("Two slips at once: round down, and count the first place.", _size(1.5)),
            ("The third window would need a seventh pixel.", _size(3)),
            ("That is the result at steps of one pixel.", _size(4)),
        ],
    ),
    "predict6": Value(
        expected=_size(54),
        because="⌊(224 − 11) / 4⌋ + 1 = ⌊53.25⌋ + 1 = 54.",
        otherwise=("Count the steps of 4 that fit, then the places.", "Subtract, divide by 4, round down, add 1."),
        hints=[
            ("You forgot the floor: a quarter of a place is none.", _size(54.25)),
            ("That counts steps. The place before the first step counts too.", any_of(_size(53), _size(53.25))),
            ("The last of them would end on pixel 227, and there are 224. Round down.", _size(55)),
            ("The division by the strides comes after the kernel is subtracted.", any_of(_size(56), _size(224))),
            ("You added the kernel. Its sign is minus.", _size(59)),
            ("The window moves by 4 pixels at a time.", _size(214)),
        ],
    ),
    "predict7": Value(
        expected=[0, 1],
        because="Three windows at steps of 2 cover 7 pixels: one zero, and it goes after.",
        otherwise="How many pixels do three windows cover? Subtract the six there are.",
        hints=[
            ("One zero in all is right. Give two numbers: the zeros before, and those after.", 1),
            ("That border has two zeros, and the windows need only one: they cover 2 · 2 + 3 = 7 pixels.", (1, 1)),
            ("One zero is right. Keras puts the odd one at the bottom and on the right.", (1, 0)),
            ("A pixel cannot be split: it goes to one side.", (0.5, 0.5)),
            ("Without a zero only two windows fit, and ⌈6 / 2⌉ is 3.", (0, 0)),
            ("Two zeros are one too many: three windows cover 2 · 2 + 3 = 7 pixels.", any_of((0, 2), (2, 0))),
        ],
    ),
    "1": Value(
        expected=[16, 4],
        because="⌊(32 − 5 + 4) / 2⌋ + 1 = 16 and ⌊(10 − 3) / 2⌋ + 1 = 4.",
        otherwise="Take the formula, and put in n, k, p and s one by one.",
        hints=[
            ("You forgot the floor, both times.", (16.5, 4.5)),
            ("You forgot the + 1: the first place, before any step.", (15, 3)),
            ("In the first one you counted the padding on one side only.", any_of((15, 4), (15.5, 4.5))),
            ("You rounded up. A window that sticks out does not count.", (17, 5)),
            ("You added the kernel. Its sign is minus.", any_of((21, 7), (21.5, 7.5))),
            ("These are the sizes at strides 1. Divide by the strides before you add 1.", (31, 8)),
            ("The first one is right. The second one has no padding, and the last window must not stick out.", (16, 5)),
        ],
    ),
    "2": Value(
        expected=any_of((3, 2), [(3, 2)]),
        because="⌊(224 − 7 + 6) / 2⌋ + 1 = ⌊111.5⌋ + 1 = 112.",
        otherwise=("Put k, n and the size of the result into the formula. Which strides can give about half?", "Set s = 1, 2, 3 in turn and solve ⌊(217 + 2p) / s⌋ = 111 for p."),
        hints=[
            ("Right numbers, wrong order: p first, then s.", any_of((2, 3), [(2, 3)])),
            ("Half a pixel cannot be laid on. Use the floor: 2p may be one more than you need.", any_of((2.5, 2), [(2.5, 2)])),
            ("That gives ⌊221 / 2⌋ + 1 = 111, one less.", any_of((2, 2), [(2, 2)])),
            ("That gives ⌊225 / 2⌋ + 1 = 113, one more.", any_of((4, 2), [(4, 2)])),
            ("There is only one such pair. Test each of yours with `shapes.output_size(224, 7, s, p)`.", SameShape(any_of([(3, 2)] * 2, [(3, 2)] * 3))),
        ],
    ),
    "3": Function(
        reference=_out_size,
        inputs=_HAND + _SETTINGS,
        because="All 1,708 settings agree with Keras.",
        otherwise='Treat the two kinds of padding apart: pixels, and "same".',
        hints=[
            ("There is no floor: use `//`, so that half a place does not count.", _with(lambda n, k, p, s: (n - k + 2 * p) / s + 1)),
            ("The + 1 is missing: the place before the first step.", _with(lambda n, k, p, s: (n - k + 2 * p) // s)),
            ("You count the padding on one side only.", _with(lambda n, k, p, s: (n - k + p) // s + 1)),
            ("You add the kernel. Its sign is minus.", _with(lambda n, k, p, s: (n + k + 2 * p) // s + 1)),
            ("You round up. A window that sticks out does not count.", _with(lambda n, k, p, s: -(-(n - k + 2 * p) // s) + 1)),
            ("You round to the nearest, the window needs the floor: use `//`.", _with(lambda n, k, p, s: round((n - k + 2 * p) / s) + 1)),
            ('For "same" the division rounds up: ⌈n / s⌉.', _with(same=lambda n, k, s: n // s)),
            ('"same" keeps the size at strides 1 only. At larger ones it is ⌈n / s⌉.', _with(same=lambda n, k, s: n)),
            ('For "same" you take p = (k − 1) / 2, which is right for odd kernels only.', _with(same=lambda n, k, s: (n - k + (k - 1) // 2 * 2) // s + 1)),
            ('For "same" the division rounds up to a whole number: ⌈n / s⌉.', _with(same=lambda n, k, s: n / s)),
        ],
    ),
    "4": Value(
        expected=[34.35, 1.81, 2.65],
        tolerance=0.06,
        because="34.3, 1.8 and 2.7: zeros darken the ring by a third, the other two are nearly right.",
        otherwise="Blur the whole photograph and take the ring: that is the truth. Then cut one pixel off all round, pad, blur, and compare the rings.",
        hints=[
            ("The numbers are right, the order is not: zero, replicate, reflect.", any_of((34.35, 2.65, 1.81), (1.81, 34.35, 2.65), (2.65, 1.81, 34.35))),
            ("These are ratios of the means. Asked is the mean of the absolute differences, in gray levels.", any_of((0.665, 0.999, 0.998), (0.67, 1, 1))),
            ("Differences of both signs cancel: take their absolute values before the mean.", any_of((34.35, 0.1, 0.18), (-34.35, -0.1, -0.18))),
            ("That is the mean over all pixels. Only the ring can differ: take the mean there.", (0.29, 0.02, 0.02)),
            ("That is the root of the mean square. Take the mean of the absolute values.", (39.56, 2.95, 4.28)),
        ],
    ),
    "5": Function(
        reference=_pad_same,
        inputs=[
            (np.arange(36).reshape(6, 6), 3, 2),
            (_RANDOM, 3, 2),
            (_RANDOM, 4, 1),
            (_RANDOM, 5, 3),
            (_RANDOM, 1, 3),
            (_RANDOM, 2, 4),
        ],
        because="The total follows from the strides, and the odd zero goes after.",
        otherwise="Work out the total for the height, then for the width.",
        hints=[
            ("This is the broken one: the same zeros on all sides, whatever the strides.", _symmetric),
            ("You leave the strides out of the total: (⌈n / s⌉ − 1)·s + k − n.", _as_at_step_one),
            ("The total is right. The odd zero goes to the bottom and the right.", _odd_pixel_before),
            (("You put all zeros at the bottom and the right. Some go before.", "Half of them, rounded down, go before."), _all_after),
            ("You lay the whole total on each side: it is for both together.", _total_on_each_side),
            ("You repeat the border. Keras pads with zeros.", _replicated),
            ("You use the height for both axes. The width has a total of its own.", _square),
        ],
    ),
}
