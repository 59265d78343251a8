"""Checks of lecture L13, VGG."""

from math import prod

from cnnlib import models, plans
from cnnlib.checks.engine import Function, Value, any_of
from cnnlib.checks.networks import Model

_BLOCK = [(3, 1), (3, 1), (2, 2)]
_ALEXNET = [(11, 4), (3, 2), (5, 1), (3, 2)]
_WINDOWS = [[(3, 1)] * 3, _BLOCK * 2, _ALEXNET, [(5, 1), (2, 2), (5, 1), (2, 2)], []]
_CONFIGURATIONS = [[2, 2, 3, 3, 3], [2, 2, 4, 4, 4], [1, 1, 2, 2, 2], [2, 2, 2, 2, 2]]
_MIXED = (
    plans.Conv2D(4, 3, strides=2),
    plans.ReLU(),
    plans.AveragePooling2D(2),
    plans.Conv2D(8, 3, padding="same"),
    plans.GlobalAveragePooling2D(),
    plans.Dense(5),
    plans.Softmax(),
)
_PLANS = [
    (plans.vgg(16), 224),
    (plans.vgg(11, 10, plans.VGG_SMALL), 64),
    (_MIXED, 21),
    ((plans.MaxPooling2D(2), *_MIXED), 30),  # a pool keeps the channels of the image
]


def _field(windows, add=lambda k: k - 1, uses_jump=True):
    field = jump = 1
    for k, s in windows:
        field += add(k) * (jump if uses_jump else 1)
        jump *= s
    return field, jump


def _jump_first(windows):
    field = jump = 1
    for k, s in windows:
        jump *= s
        field += (k - 1) * jump
    return field, jump


def _count(blocks, bias=1, side=7, widths=(64, 128, 256, 512, 512), dense=True, image=3):
    total, channels = 0, image
    for repeats, filters in zip(blocks, widths):
        for _ in range(repeats):
            total += (9 * channels + bias) * filters
            channels = filters
    inputs = side * side * channels
    for units in (4096, 4096, 1000) if dense else ():
        total += (inputs + bias) * units
        inputs = units
    return total


def _first_of_each(blocks):
    return _count([1] * len(blocks))


def _all_from_one(blocks):
    """Forget that the first layer of a block reads the channels of the block before."""
    total = _count(blocks)
    for before, width in zip((3, 64, 128, 256), (64, 128, 256, 512)):
        total += 9 * (width - before) * width
    return total


def _kept(plan, size, skip=(plans.Activation, plans.Dropout, plans.Flatten), image=True):
    steps = plans.walk(plan, (size, size, 3))
    values = [prod(s.output_shape) for s in steps if not isinstance(s.entry, skip)]
    return sum(values) + (3 * size * size if image else 0)


def _network(kernel_size, number, bends=True, first=(3, 1), times=2):
    plan = []
    for side, repeats in (first, *[(kernel_size, number)] * times):
        conv = plans.Conv2D(16, side, padding="same")
        between = (conv, plans.ReLU()) if bends else (conv,)
        plan += [*between * (repeats - 1), conv, plans.ReLU(), plans.MaxPooling2D(2)]
    return models.build((*plan, plans.Flatten(), plans.Dense(10)), (32, 32, 3))


_POOLS = (plans.MaxPooling2D, plans.AveragePooling2D, plans.GlobalAveragePooling2D)
_IN_PLACE = (plans.Activation, plans.Dropout, plans.Flatten)

CHECKS = {
    "predict1": Value(
        expected=19,
        because="2 + 2 + 4 + 4 + 4 = 16 convolutions and 3 dense layers.",
        otherwise="Add up the convolutions of E, and count what else has weights.",
        hints=[
            ("A pool has no weights, and is not counted.", 24),
            ("Those are the convolutions. Dense layers have weights, too.", 16),
            ("Those are convolutions and pools. A pool has no weights; a dense layer has.", 21),
        ],
    ),
    "predict2": Value(
        expected=any_of(5, (5, 5)),
        because="3 + (3 − 1) = 5.",
        otherwise="Draw a line of pixels, over it the values that read three of them each, and over these one value.",
        hints=[
            ("The fields overlap: a second kernel adds k − 1 = 2 pixels, not 3.", any_of(6, (6, 6))),
            ("That is one kernel alone. The neighbors that the second one reads see further.", any_of(3, (3, 3))),
            ("That would be three times as wide: the three windows overlap, as they move by one pixel.", any_of(9, (9, 9))),
            ("That is three layers of 3×3.", any_of(7, (7, 7))),
            ("That is the number of pixels. Give the side of the square.", 25),
        ],
    ),
    "predict3": Value(
        expected=100 * 22 / 49,
        percent=True,
        tolerance=0.06,
        because="1 − 27/49 = 44.9%.",
        otherwise="Count the weights of each with C channels, and ask what part of the 7×7 is missing.",
        hints=[
            ("You compared one 3×3 with the 7×7. Three are needed to see as much.", any_of(81.6, 100 * 40 / 49)),
            ("That is how many more the 7×7 has. How many fewer have the three, in percent of the 7×7?", any_of(81.5, 81, 100 * 22 / 27)),
            ("That is what remains. How much is saved?", any_of(55.1, 100 * 27 / 49)),
            ("That is two 3×3 against one 5×5.", 28),
            ("Give one decimal.", 45),
            ("In percent: times 100.", 22 / 49),
        ],
    ),
    "predict4": Value(
        expected=any_of(14, (14, 14)),
        because="6 + (3 − 1)·2 + (3 − 1)·2 = 14.",
        otherwise="How many pixels lie between two neighbors behind the pool? And how many kernels follow it?",
        hints=[
            ("That is block2_conv1, one kernel too few; or you added k − 1 = 2 pixels twice, but behind the pool neighbors are two pixels apart.", any_of(10, (10, 10))),
            ("A kernel adds k − 1 steps of the jump, not k.", any_of(18, (18, 18))),
            ("You added k = 3 pixels twice: a kernel adds k − 1 steps, each as long as the jump.", any_of(12, (12, 12))),
            ("That would be four convolutions in a row, without a pool.", any_of(9, (9, 9))),
            ("That jump is 4. One pool of step 2 makes it 2.", any_of(22, (22, 22))),
            ("That is block2_pool, one layer further.", any_of(16, (16, 16))),
        ],
    ),
    "predict5": Value(
        expected=102_764_544,
        because="(7·7·512 + 1)·4,096.",
        otherwise="How many values come out of the last pool, and how many weights has a unit?",
        hints=[
            ("You flattened 14×14×512. The last pool comes first, and leaves 7×7.", any_of(411_045_888, 411_041_792)),
            ("The biases are missing: one a unit.", 102_760_448),
            ("That is a weight for each map. Every value of a map has one of its own.", any_of(2_101_248, 2_097_152)),
            ("That is what comes in. Each of the 4,096 units has a weight for each.", any_of(25_088, 25_089)),
            ("One bias a unit, not one an input.", 102_785_536),
        ],
    ),
    "1": Value(
        expected=[[1, 1, 512], [4, 4, 512]],
        because="32 halves to 1 in five steps; 150 goes 75, 37, 18, 9, 4.",
        otherwise="Halve the side five times; the filters of the last block are 512.",
        hints=[
            ("A pool drops the last row and column of an odd side: 75 becomes 37, and 9 becomes 4.", [[1, 1, 512], [5, 5, 512]]),
            ("That is four pools. VGG has five.", [[2, 2, 512], [9, 9, 512]]),
            ("The sides are right. How many filters has block 5?", any_of([[1, 1, 3], [4, 4, 3]], [[1, 1, 1024], [4, 4, 1024]], [[1, 1, 64], [4, 4, 64]], [[1, 1, 4096], [4, 4, 4096]])),
            ("Right shapes, other order: first for 32, then for 150.", [[4, 4, 512], [1, 1, 512]]),
            ("That is what 224 gives. The size of the maps follows the image.", [[7, 7, 512], [7, 7, 512]]),
        ],
    ),
    "2": Function(
        reference=_field,
        inputs=_WINDOWS,
        because="One pass serves any stack of windows.",
        otherwise="Begin with r = j = 1, and go through the layers with the rule.",
        hints=[
            ("You add k for each layer. A kernel adds k − 1 steps.", lambda w: _field(w, add=lambda k: k)),
            ("You add k − 1 pixels for each layer: multiply by the jump.", lambda w: _field(w, uses_jump=False)),
            ("You multiply the jump before you use it. A layer's own step counts for the next ones.", _jump_first),
            ("Right numbers, other order: r, then j.", lambda w: _field(w)[::-1]),
            ("Give both, r and j.", lambda w: _field(w)[0]),
            ("The layers are taken from last to first.", lambda w: _field(w[::-1])),
            ("The jump does not change in your function.", lambda w: (_field(w)[0], 1)),
        ],
    ),
    "3": Function(
        reference=_count,
        inputs=_CONFIGURATIONS,
        because="As Keras counts, to the last bias.",
        otherwise="Go through the blocks with the number of channels in hand; then through the three dense layers.",
        hints=[
            ("The biases are missing: one a filter, one a unit.", lambda b: _count(b, bias=0)),
            ("fc1 reads the last pool, which gives 7×7×512; you have 14×14.", lambda b: _count(b, side=14)),
            ("You count the convolutions only. The three dense layers have most of the weights.", lambda b: _count(b, dense=False)),
            ("You count one convolution a block.", _first_of_each),
            ("The first convolution of a block reads the channels of the block before.", _all_from_one),
            ("Block 5 has 512 filters, as block 4 has.", lambda b: _count(b, widths=(64, 128, 256, 512, 1024))),
            ("The image has three channels, not one.", lambda b: _count(b, image=1)),
            ("fc1 has a weight for each of the 7×7 values of a map, not one a map.", lambda b: _count(b, side=1)),
        ],
    ),
    "4": Model(
        reference=_network,
        inputs=[(5, 2)],
        because="The net of the lecture, layer by layer.",
        otherwise="Three stacks, each with a pool behind it; then flatten, and ten logits.",
        hints=[
            ("Each convolution needs its ReLU, those inside a stack, too.", lambda k, n: _network(k, n, bends=False)),
            ("Your function builds one convolution a stack, whatever `number` says.", lambda k, n: _network(k, 1)),
            ("The first stack is one kernel of 3×3, whatever `kernel_size` says.", lambda k, n: _network(k, n, first=(k, 1))),
            ("The stack with `kernel_size` comes twice, each with a pool.", lambda k, n: _network(k, n, times=1)),
        ],
    ),
    "5": Function(
        reference=_kept,
        inputs=_PLANS,
        because="15,237,608 for VGG-16, whatever the plan writes between its layers.",
        otherwise="Walk through the plan, and add up `activations` of the layers that make new values.",
        hints=[
            ("You count every entry, as the clinic does: a ReLU writes over what came in.", lambda p, n: _kept(p, n, skip=())),
            ("The image is missing: it is kept as well.", lambda p, n: _kept(p, n, image=False)),
            ("Pools make new values, too.", lambda p, n: _kept(p, n, skip=(*_IN_PLACE, *_POOLS))),
            ("Average and global pools make new values, too; `KEPT` leaves them out.", lambda p, n: _kept(p, n, skip=(*_IN_PLACE, *_POOLS[1:]))),
            ("A global pool makes new values, too; `KEPT` leaves it out.", lambda p, n: _kept(p, n, skip=(*_IN_PLACE, _POOLS[2]))),
            ("Flattening makes no new values: it reads the old ones in a line.", lambda p, n: _kept(p, n, skip=_IN_PLACE[:2])),
            ("Dropout is one of the layers that write over what came in.", lambda p, n: _kept(p, n, skip=(plans.Activation, plans.Flatten))),
            ("You count dense layers out. Their values are few, but they are kept.", lambda p, n: _kept(p, n, skip=(*_IN_PLACE, plans.Dense))),
            ("That is in bytes. It asks for the number of values.", lambda p, n: 4 * _kept(p, n)),
        ],
    ),
}
