"""Checks of lecture L4, convolution on color images."""

import numpy as np

from cnnlib.checks.engine import Between, Function, SameShape, Value, any_of
from cnnlib.data import LUMA
from cnnlib.ops import KERNELS, correlate2d

_RNG = np.random.default_rng(4)
_ORANGE_BLACK = np.zeros((4, 4, 3))
_ORANGE_BLACK[:, :2] = (255, 128, 0)
_SUM = (1, 1, 1)  # of the three factors in exercise 2
_SAME = np.stack([KERNELS["sobel_x"]] * 3, axis=-1)  # (3, 3, 3)
_RANDOM = _RNG.integers(0, 256, (6, 5, 4)), _RNG.integers(-3, 4, (3, 2, 4))
_BGR = np.array([[[0, 128, 255]] * 2, [[255, 0, 0]] * 2, [[90, 7, 61]] * 2], np.uint8)
_RANDOM_BGR = _RNG.integers(0, 256, (4, 3, 3)).astype(np.uint8)


def _everywhere(*values):
    """Accept a value, or the (2, 2) result that holds it everywhere."""
    return any_of(*values, *(np.full((2, 2), value) for value in values))


def _map(*size):
    """Accept a size with and without an axis for one image, or for one channel."""
    return any_of(size, (*size, 1), (1, *size), (1, *size, 1))


def _channel_maps(image, kernel):
    planes = zip(np.moveaxis(image, -1, 0), np.moveaxis(kernel, -1, 0))
    return np.array([correlate2d(plane, weights) for plane, weights in planes])


def _color_correlate(image, kernel):
    return _channel_maps(image, kernel).sum(axis=0)


def _luma(rgb):
    return rgb.astype(float) @ np.array(LUMA)


CHECKS = {
    "predict1": Value(
        expected=_map(4, 4),
        because="6 − 3 + 1 = 4 places down and 4 across, and one number at each.",
        otherwise="Count the places of the block, then the numbers that one place gives.",
        hints=[
            ("One kernel gives one map. All the products of a place are added to one number, those of the three channels together.", (4, 4, 3)),
            ("There are 27 products at each place, but then they are added.", (4, 4, 27)),
            ("That is the size of the image. The block may not stick out over the border: count its places.", any_of((6, 6, 3), (6, 6, 1), (6, 6))),
            ("That is the size of the kernel. How many places has it on the image?", (3, 3, 3)),
            ("The block does not move through the depth: it has as many channels as the image, so there is one place only.", (4, 4, 4)),
        ],
    ),
    "predict2": Value(
        expected=27,
        because="3 · 3 pixels, and 3 channels in each: 27 products for one number.",
        otherwise="Count the weights of the kernel: each meets one value.",
        hints=[
            ("That is one slice of the kernel. You forgot the depth: each pixel has three values.", 9),
            ("That is the number of channels. The window has more than one pixel.", 3),
            ("The bias is added, not multiplied.", 28),
            ("The sides are multiplied, not added: height times width times depth.", any_of(6, 18)),
            ("The depth counts once: 3 · 3 · 3.", 81),
            ("That is the work for the whole result. Here one cell is asked for.", 432),
        ],
    ),
    "predict3": Value(
        expected=28,
        because="3 · 3 · 3 = 27 weights and one bias.",
        otherwise="Count the numbers in the three slices, then the biases.",
        hints=[
            ("Those are the weights. The bias is missing.", 27),
            ("Three biases are too many: the bias is added once, after the sum over the channels.", 30),
            ("You forgot the depth: the kernel has a slice for each channel.", 10),
            ("You forgot the depth of the kernel, and there is one bias, not three.", 12),
            ("Weights and bias are shared by all places: the 16 places add no parameters.", any_of(43, 448)),
        ],
    ),
    "predict4": Value(
        expected=_everywhere(1532),
        because="4 · (255 + 128 + 0) = 1020 + 512 + 0 = 1532.",
        otherwise="Work out each channel by itself, as in L2, then add the three.",
        hints=[
            ("You averaged the channels. The layer adds them up.", _everywhere(510.67, 510.7, 511, 1532 / 3)),
            ("That is the red channel alone. Green changes at this edge too.", _everywhere(1020)),
            ("That is the green channel alone. Red changes at this edge too.", _everywhere(512)),
            ("These are the three channels, and they are right. One kernel gives one number at a place.", (1020, 512, 0)),
            ("You count each weight as 1: the middle one of a column is 2.", _everywhere(1149)),
            ("That is 255 + 128, the sum of one pixel. The weights of the left column sum to 4.", _everywhere(383)),
            ("The size is right, the sign is not: the plus signs of Gx stand on the left, where it is bright.", _everywhere(-1532)),
            ("That is the edge in the luma. This kernel gives each channel the same weight.", _everywhere(605.524, 605.52, 605.5)),
            ("You have a map for each channel. One kernel gives one map: what happens to the three?", SameShape(np.ones((2, 2, 3)))),
        ],
    ),
    "predict5": Value(
        expected=_everywhere(0),
        because="Red falls by 255 and green rises by 255: +1020 − 1020 = 0.",
        otherwise="Work out each channel by itself, with its sign, then add the three.",
        hints=[
            ("You added the sizes. Red gets darker at this edge, green gets brighter: what are the two signs?", _everywhere(2040)),
            ("That is the red channel alone. What does the same kernel say to green?", _everywhere(1020)),
            ("That is the green channel alone. What does the same kernel say to red?", _everywhere(-1020)),
            ("That is the edge in the luma. This kernel gives each channel the same weight.", _everywhere(-293.76, -293.8)),
            ("These are the three channels, and they are right. Now add them.", (1020, -1020, 0)),
        ],
    ),
    "predict6": Value(
        expected=127,
        because="383 − 256 = 127: eight bits count from 0 to 255 and start again.",
        otherwise="Eight bits hold 256 values, 0 to 255. What comes after 255?",
        hints=[
            ("That is the right sum. But eight bits end at 255.", 383),
            ("NumPy does not stop at the largest value, it starts again at 0.", 255),
            ("After 255 comes 0, not 1: take 256 away.", 128),
            ("These are unsigned numbers: they start again at 0, not at −256.", -129),
        ],
    ),
    "1": Value(
        expected=(75, 1),
        because="5 · 5 · 3 = 75 weights, and one bias after the sum.",
        otherwise="Count the weights of one slice, then the slices.",
        hints=[
            ("One bias per kernel: it is added once, after the sum over the channels.", (75, 3)),
            ("That is one slice: you forgot the depth, the kernel is 5×5×3.", (25, 1)),
            ("Two slips: there is a slice of 25 weights for each channel, and one bias for all.", (25, 3)),
            ("The weights are right. A filter has a bias too.", (75, 0)),
            ("Give two numbers: the weights and the biases.", any_of(75, 76)),
            ("The sides are multiplied, not added: 5 by 5 pixels, 3 deep.", (15, 1)),
            ("The depth is that of the image, 3, not the side of the kernel.", (125, 1)),
        ],
    ),
    "2": Value(
        expected=any_of((1, -1, 0), (-1, 1, 0)),
        because="Red falls and green rises: opposite signs add, 1020 + 1020 = 2040. On white and black they cancel.",
        otherwise=("Write down the response to each of the two edges, with the letters a, b and c.", "The response to red|green is 1020·(a − b), to white|black 1020·(a + b + c)."),
        hints=[
            ("Equal signs: this kernel is silent on red|green, and answers to white|black. It should be the other way round.", (1, 1, 0)),
            ("Red alone answers to red|green, but to white|black as well: what do the three weights sum to?", (1, 0, 0)),
            ("That is silent on every edge.", (0, 0, 0)),
            ("Silent on white|black, but on red|green too: the first two weights must differ.", Between((3,), 0, 0, [_SUM, (1, -1, 0)])),
            ("Both conditions hold, but it can be stronger: the response to red|green is 1020·(a − b).", Between((3,), (0, -1, -1, -1), (0, 1, 1, 1), [_SUM, *np.eye(3)])),
            ("Silent on white|black, but a weight is larger than 1 in size.", Between((3,), 0, 0, [_SUM])),
            ("On white|black all three channels change by the same amount: the response is 1020 times the sum of your weights, and that is not 0.", SameShape((1, 2, 3))),
            ("Give the three factors of Gx only, not the kernel.", SameShape(_SAME)),
        ],
    ),
    "3": Function(
        reference=_color_correlate,
        inputs=[(_ORANGE_BLACK, _SAME), _RANDOM],
        because="A color convolution is a sum of gray ones, for any number of channels.",
        otherwise="Try it on the orange|black image: each cell should be 1532.",
        hints=[
            ("You averaged the channels. The layer adds them up.", lambda image, kernel: _channel_maps(image, kernel).mean(axis=0)),
            ("Each channel has its own map, and the maps are right. One kernel gives one map: add them.", lambda image, kernel: np.moveaxis(_channel_maps(image, kernel), 0, -1)),
            ("You stacked the maps of the channels. One kernel gives one map: add them.", lambda image, kernel: _channel_maps(image, kernel)),
            ("That is the first channel alone.", lambda image, kernel: _channel_maps(image, kernel)[0]),
            ("That is the last channel alone: does your loop overwrite the sum, or return too early?", lambda image, kernel: _channel_maps(image, kernel)[-1]),
            ("You add three channels. The second image has four: take the number from its shape.", lambda image, kernel: _color_correlate(image[..., :3], kernel[..., :3])),
            ("You lay the first slice on every channel. Each channel has its own.", lambda image, kernel: _color_correlate(image, np.stack([kernel[..., 0]] * image.shape[-1], axis=-1))),
            ("Every slice is turned by 180 degrees, as in a true convolution. Keras does not turn it.", lambda image, kernel: _color_correlate(image, kernel[::-1, ::-1])),
            ("You add absolute values. The signs must be able to cancel.", lambda image, kernel: abs(_channel_maps(image, kernel)).sum(axis=0)),
            ("That is the largest channel. The layer adds all of them.", lambda image, kernel: _channel_maps(image, kernel).max(axis=0)),
        ],
    ),
    "4": Value(
        expected=7.973,
        percent=True,
        tolerance=0.06,
        because="8.0%: the plain mean misses a little less than the luma, in the median.",
        otherwise=("Which weights make a plain mean of three planes?", "Call `missed(name, weights)` for the six photographs with a third each, and take the median."),
        hints=[
            ("That is the luma. Each weight of a plain mean is 1/3.", 9.137),
            ("That is the mean of the six percentages. Take their median.", 9.419),
            ("That is the sum of the channels, three times too strong for a fair comparison: the weights of a mean sum to 1.", 0.146),
            ("That is the red channel alone.", 20.09),
            ("That is the green channel alone.", 10.77),
            ("That is the blue channel alone.", 17.44),
            ("That is a fraction. Give it in percent.", 0.0797),
            ("One number is asked for: the median of the six.", SameShape(np.ones(6))),
        ],
    ),
    "5": Function(
        reference=lambda image: _luma(image[..., ::-1]),
        inputs=[_BGR, _RANDOM_BGR],
        tolerance=0.51,
        because="Orange is 151.381, whichever order it is stored in.",
        otherwise="Try it on one pixel of orange: B 0, G 128, R 255.",
        hints=[
            ("You weigh as if it were RGB: orange gives 104.206. In a BGR image channel 0 is blue.", _luma),
            (("You turned the picture upside down. The channels are the last axis.", "`image[..., ::-1]` turns the last axis round."), lambda image: _luma(image[::-1])),
            (("You mirrored the picture from left to right. The channels are the last axis.", "`image[..., ::-1]` turns the last axis round."), lambda image: _luma(image[:, ::-1])),
            ("You rotated the channels by one. Red and blue change places, green stays.", lambda image: _luma(np.roll(image, 1, axis=-1))),
            ("That is the plain mean. The luma has a weight for each color.", lambda image: image.mean(axis=-1)),
            ("Two slips: a plain mean is no luma, and the 8-bit sum wraps round.", lambda image: (image[..., 0] + image[..., 1] + image[..., 2]) / 3),
            ("The order is repaired. Now weigh the three planes and add them to one.", lambda image: np.flip(image, axis=-1)),
        ],
    ),
}
