"""Checks of lecture L12, AlexNet."""

import numpy as np

from cnnlib import plans
from cnnlib.checks.engine import Between, Value, any_of
from cnnlib.checks.networks import Model
from cnnlib.measured import measured

_RUNS = measured("l12_alexnet")

_CUT = (2, 4, 5)  # convolutions with two groups


def _base(groups=None, padding="same", strides=4, pool=3, filters=plans.ALEXNET.filters):
    """Build the convolutions of AlexNet; the settings make the mistakes."""
    from cnnlib.models import build

    groups = dict.fromkeys(_CUT, 2) if groups is None else groups

    def conv(number, kernel_size):
        width = filters[number - 1]
        return plans.Conv2D(width, kernel_size, 1, padding, groups.get(number, 1)), plans.ReLU()

    between = plans.MaxPooling2D(pool, 2)
    first = plans.Conv2D(filters[0], 11, strides), plans.ReLU()
    rest = *conv(3, 3), *conv(4, 3), *conv(5, 3)
    plan = *first, between, *conv(2, 5), between, *rest, between
    return build(plan, (227, 227, 3))


def _without(*numbers):
    """Leave the groups out in some convolutions."""
    return lambda: _base({n: 2 for n in _CUT if n not in numbers})


def _gains(mean=np.mean, part=""):
    """Return the points that augmentation brings, without dropout and with it."""
    score = {name: 100 * mean(_last(_RUNS[f"{name}{part}"])) for name in _RUNS.settings["variants"]}
    return np.array([score["no dropout"] - score["neither of the two"], score["all three"] - score["no augmentation"]])


def _last(values):
    """Return one value a seed: of histories the last one."""
    return values if values.ndim == 1 else values[:, -1]


CHECKS = {
    "predict1": Value(
        expected=any_of(55, (55, 55)),
        because="224 + 4 − 11 = 217, and 217 / 4 = 54.25: 54 whole steps, so 55 places.",
        otherwise="Add the zeros of both sides to 224, then ⌊(n − 11) / 4⌋ + 1.",
        hints=[
            ("That is the size without the padding, or with the padding on one side forgotten: 2 on each side makes 228 pixels.", any_of(54, (54, 54), 54.25)),
            ("You did not round: a step that does not fit whole is not made.", 55.25),
            ("The + 1 belongs there too, once: the first place counts.", any_of(56, (56, 56))),
            ("That is the size behind the pool.", any_of(27, (27, 27))),
        ],
    ),
    "predict2": Value(
        expected=307_456,
        because="256 · (5 · 5 · 48 + 1).",
        otherwise="How many channels does one filter see? Count its weights, add its bias, then take 256 of them.",
        hints=[
            ("You forgot the groups: a filter sees 48 channels, not 96.", 614_656),
            ("You forgot the groups and the biases: a filter sees 48 channels, and has a bias.", 614_400),
            ("Those are the weights. Each of the 256 filters has a bias too.", 307_200),
            ("That is one tower. conv2 is both, 256 filters together.", any_of(153_728, 153_600)),
            ("Each filter has a bias of its own, and there are 256 of them.", 307_201),
        ],
    ),
    "predict3": Value(
        expected=37_752_832,
        because="4,096 · (6 · 6 · 256 + 1).",
        otherwise="How many numbers come in? Take the map behind pool5 and its channels.",
        hints=[
            ("You forgot pool5: it leaves 6×6 of the 13×13 pixels.", any_of(177_213_440, 177_209_344)),
            ("Those are the weights. Each of the 4,096 units has a bias too.", 37_748_736),
            ("The maps are 6×6 with 256 channels in both towers together. fc6 reads both.", any_of(18_878_464, 18_874_368)),
            ("That is how many numbers come in. Each of the 4,096 units has a weight for each of them.", 9_216),
            ("You left the channels out: 6×6 pixels of 256 maps.", any_of(151_552, 147_456)),
            ("That is fc7, which reads the 4,096 units of fc6.", any_of(16_781_312, 16_777_216)),
        ],
    ),
    "predict4": Value(
        expected="conv2",
        because="27 · 27 places times 307,200 weights: 223,948,800.",
        otherwise="Multiply the weights of each layer with the places of its map: conv1 has 55 · 55, conv2 27 · 27, the next three 13 · 13, a dense layer 1.",
        hints=[
            ("That is the layer with the most weights. Each is used once an image, so its work is as much as its weights: 38 million. Compare with a convolution, whose weights are used at each place.", "fc6"),
            ("conv1 has the most places, 55 · 55, but only 34,848 weights: 105 million. Look one layer further.", "conv1"),
            ("conv3 has the most weights of the convolutions, but its map has 13 · 13 places: 150 million. Look at a larger map.", "conv3"),
            ("It has 13 · 13 places only. Look at a larger map.", any_of("conv4", "conv5")),
            ("A dense layer uses each weight once an image. A convolution uses each at every place of its map.", any_of("fc7", "fc8")),
            ("Pools compare, they do not multiply.", any_of("pool1", "pool2", "pool5")),
        ],
    ),
    "1": Value(
        expected=307_200,
        because="Half of the 614,400 weights; the biases stay.",
        otherwise="Count the weights of a filter that sees all 96 channels, and of one that sees 48.",
        hints=[
            ("That is what conv2 has with groups, biases included. How much less is it than without?", 307_456),
            ("Those are all weights without groups. How many are left with them?", any_of(614_400, 614_656)),
            ("You counted for one filter. There are 256.", 1_200),
            ("That is one tower. The filters of both see 48 channels less.", 153_600),
            ("That is for all of the network: conv4 and conv5 are cut too. Asked is conv2 alone.", 1_413_120),
        ],
    ),
    "2": Value(
        expected=2,
        because="224 + 2 · 2 = 228, which holds 55 places; 226 holds 54.",
        otherwise="55 places need (55 − 1) · 4 + 11 pixels. How many are missing, and on how many sides do the zeros stand?",
        hints=[
            ("With 1 there are 226 pixels, and (226 − 11) / 4 + 1 = 54.75: one place too few.", 1),
            ("That is how many pixels are missing in all. The same number goes on both sides.", any_of(3, 1.5)),
            ("That is the padding of both sides together.", 4),
            ("That is the padding that keeps the size with a step of 1. Here the map is to have 55 pixels.", 5),
            ("Without zeros 224 pixels give 54.", 0),
        ],
    ),
    "3": Value(
        expected=(7, 51_384_320),
        because="256 → 63 → 31 → 15 → 7, and 4,096 · (7 · 7 · 256 + 1).",
        otherwise="First the side of the map behind conv1, then three pools of 3×3 in steps of 2. fc6 reads all pixels of all 256 maps.",
        hints=[
            ("Those are the numbers for 227×227. Begin again with 256 pixels.", (6, 37_752_832)),
            ("The side is right. Now add the biases, one for each of the 4,096 units.", (7, 51_380_224)),
            ("That is the map before pool5. One pool is missing.", Between((2,), (15, 0), (15, 1e9))),
            ("The side is right. fc6 has 4,096 units, each with a weight for each of 7 · 7 · 256 numbers, and a bias.", Between((2,), (7, 0), (7, 1e9))),
            ("You forgot to round down, or a pool: 63, 31, 15, and then?", Between((2,), (7.5, 0), (8.5, 1e9))),
        ],
    ),
    "4": Value(
        expected=_gains(),
        because="Beside dropout, in as many passes, the views did not pay here.",
        otherwise="Without dropout: the mean of “no dropout” minus that of “neither of the two”. With dropout: “all three” minus “no augmentation”.",
        tolerance=0.11,  # the rounded means of the table, subtracted
        hints=[
            ("Those are the two in the other order: first without dropout, then with it.", _gains()[::-1]),
            ("Your signs are turned: with augmentation minus without.", -_gains()),
            ("Those are parts of 1. Asked are points, hundredths.", _gains() / 100),
            ("Those are the gains on the training images. Take the test images.", _gains(part=", training")),
            ("Those are the gains of one seed, the best. Take the means of all three.", _gains(np.max)),
        ],
    ),
    "5": Model(
        reference=_base,
        because="2,334,080 parameters, as in the paper.",
        otherwise=("Three convolutions are cut.", "conv2, conv4 and conv5 have groups=2."),
        hints=[
            ("That is the clinic's network: conv2 sees both towers. It needs groups=2.", _without(2)),
            ("No layer is cut: conv2, conv4 and conv5 need groups=2.", _without(*_CUT)),
            ("Now conv3 is cut too. It is the convolution that reads both towers.", lambda: _base(dict.fromkeys((2, 3, 4, 5), 2))),
            ("The towers have 48 filters each in conv1 and so on: the layer has both, 96.", lambda: _base(filters=(48, 128, 192, 192, 128))),
        ],
    ),
}
