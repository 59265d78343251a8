"""Checks of lecture L15, Inception."""

from cnnlib import models, plans
from cnnlib.checks.engine import Function, Value, any_of
from cnnlib.checks.networks import Model

_NARROW = {
    "3a": plans.InceptionWidths(4, 6, 8, 2, 3, 5),
    "3b": plans.InceptionWidths(5, 3, 6, 2, 4, 7),
    "4e": plans.InceptionWidths(3, 4, 5, 3, 2, 6),
}
_BRANCHES = [
    [(3, 0, 2)],
    [(5, 0, 4)],
    [(3, 1, 1)],
    [(1, 0, 0), (5, 2, 2)],
    [(3, 0, 0), (5, 4, 1)],
    [(7, 1, 5), (3, 2, 0), (1, 1, 0)],
    [],
]


def _fit(branch, zeros=sum, lost=1, half=lambda k: k // 2, sign=1):
    change = sum(zeros(around) - (k - lost) for k, *around in branch)
    return change, sign * sum(half(k) - around[0] for k, *around in branch)


def _googlenet(modules, num_classes=1000, image=(224, 224, 3), padding=3, thin=True, pools="3b 4e", reduced=True, order=(0, 1, 2, 3), average=True, drop=True, softmax=True):
    def conv(filters, *settings, padding="same"):
        return plans.Conv2D(filters, *settings, padding=padding), plans.ReLU()

    half = plans.MaxPooling2D(3, 2, "same")
    plan = [*conv(64, 7, 2, padding=padding), half, *(conv(64, 1) if thin else ()), *conv(192, 3), half]
    for name, widths in modules.items():
        (block,) = plans.inception(widths, reduced=reduced, name=name)
        plan.append(plans.Concatenate(tuple(block.branches[i] for i in order)))
        plan += [half] if name in pools else []
    plan.append(plans.GlobalAveragePooling2D() if average else plans.Flatten())
    plan += [plans.Dropout(0.4)] if drop else []
    return models.build((*plan, plans.Dense(num_classes), *([plans.Softmax()] if softmax else [])), image)


CHECKS = {
    "predict1": Value(
        expected=4_800,
        because="5·5·192, one product for each weight of the kernel.",
        otherwise="How many values lie under the window, in all channels?",
        hints=[
            ("That counts every place of the input, too. One value looks at one window.", any_of(722_534_400, 752_953_600)),
            ("That is one channel. The kernel has a slice for each of the 192.", 25),
            ("Those are all 32 filters at one place. One value belongs to one filter.", 153_600),
            ("That is the whole layer. It asks for one value.", 120_422_400),
            ("The bias is added, not multiplied.", 4_801),
            ("The map has 192 channels; 196 is a slip of the scan.", 4_900),
            ("You took the 32 filters for the channels: 32 come out, 192 go in.", 800),
        ],
    ),
    "predict2": Value(
        expected=120_422_400,
        because="28·28·32 values, 4,800 each.",
        otherwise='How many values come out? "Same" padding keeps 28×28, and each filter makes a map.',
        hints=[
            ("That is the whole reduced module, four branches, and no 5×5 alone.", any_of(128_049_152, 128_000_000, 128)),
            ("With 196 channels. The map has 192.", 122_931_200),
            ("That is one map. There are 32 filters.", 3_763_200),
            ("One slice of each kernel is counted. It has one for each of the 192 channels.", 627_200),
            ('"Same" padding keeps 28×28; without it 24×24 are left.', 88_473_600),
            ("A bias is added, not multiplied.", 120_447_488),
            ("Every place of the input is counted for each value. One value looks at one window.", any_of(722_534_400, 722_534_400 * 25_088)),
            ("Those are the values that come out. Each costs 4,800.", 25_088),
            ("In full, please, not in millions.", any_of(120, 120.4, 120.42)),
        ],
    ),
    "predict3": Value(
        expected=120_422_400 / 12_443_648,
        tolerance=0.03,
        because="120,422,400 / 12,443,648 = 9.68.",
        otherwise="Count the 1×1 on 192 channels, then the 5×5 on 16, and add them.",
        hints=[
            ("You forgot the 1×1 stage: it costs 2,408,448.", any_of(12, 120_422_400 / 10_035_200)),
            ("That is the 1×1 stage alone. The 5×5 on 16 channels comes behind it.", 50),
            ("Those are its multiplications. How many times fewer are they?", 12_443_648),
            ("The other way round: how many times fewer?", 12_443_648 / 120_422_400),
            ("That is what is saved, in percent. How many times fewer are they?", any_of(89.7, 89.67, 0.897)),
            ("Give one decimal.", 10),
        ],
    ),
    "predict4": Value(
        expected=154,
        because="At 154.84 both cost the same, so 154 is the last whole number below.",
        otherwise="At each place a width of r costs 192·r + 25·32·r; the direct way costs 25·192·32.",
        hints=[
            ("With 155 it already costs more: 154.84 is where both are equal.", 155),
            ("That is where both are equal. How many whole channels are cheaper?", any_of(154.8, 154.84, 154.839, 153_600 / 992)),
            ("You compared the 5×5 alone. The 1×1 on 192 channels costs, too.", any_of(192, 191)),
            ("That is what the net has. How far could it go?", 16),
            ("Those are the filters. The waist may be wider than what comes out.", any_of(31, 32)),
        ],
    ),
    "predict5": Value(
        expected=256,
        because="64 + 128 + 32 + 32: channels add.",
        otherwise="Which four maps come together, and how many channels has each?",
        hints=[
            ("The channels add: the maps lie behind each other, none is multiplied.", 64 * 128 * 32 * 32),
            ("That is the widest branch. All four are kept.", 128),
            ("That is the naive module. Behind the pool a 1×1 makes 32 of the 192.", 416),
            ("The 96 and 16 are inside a branch. What comes out of it is what its last kernel makes.", 368),
            ("The pool's branch counts, too.", 224),
            ("Those are what comes in.", 192),
        ],
    ),
    "predict6": Value(
        expected=22,
        because="1 + 2 + 9·2 + 1: on the longest way through a module lie two.",
        otherwise="Go down one way, from the image to the classes: how many layers with weights does it meet?",
        hints=[
            ("Those are all of them. Branches stand side by side: count along one way.", any_of(57, 58)),
            ("Pools have no weights.", 27),
            ("A module is two layers deep: a 1×1, and the kernel behind it.", any_of(12, 13)),
            ("conv2 is two layers: a 1×1 thins before the 3×3.", 21),
            ("The modules are 18 of them. Stem and end have weights, too.", 18),
            ("With the two extra heads. They are not on this way.", 64),
        ],
    ),
    "1": Value(
        expected=[112_896_000, 1_505_280, 3_763_200, 5_268_480],
        because="5.3 million for 112.9, 21 times fewer.",
        otherwise="There are 14·14 places; count the products at one of them, for each stage.",
        hints=[
            ("The last number is the sum of both stages: the 1×1 is missing.", [112_896_000, 1_505_280, 3_763_200, 3_763_200]),
            ("That is for 28×28. In 4a the maps have 14×14.", [451_584_000, 6_021_120, 15_052_800, 21_073_920]),
            ("That is for 192 channels. 480 come into 4a.", [45_158_400, 602_112, 3_763_200, 4_365_312]),
            ("The second 5×5 reads the 16 thinned channels, not all 480.", [112_896_000, 1_505_280, 112_896_000, 114_401_280]),
            ("The first stage has a kernel of 1×1, not 5×5.", [112_896_000, 37_632_000, 3_763_200, 41_395_200]),
            ("The 1×1 makes 16 channels, not 48.", [112_896_000, 4_515_840, 3_763_200, 8_279_040]),
            ("Those are the weights. Each is used at 14·14 places.", [576_000, 7_680, 19_200, 26_880]),
        ],
    ),
    "2": Value(
        expected=164,
        because="9·192·128 / (192 + 9·128) = 164.57.",
        otherwise="Write down what a width of r costs at one place, in both stages.",
        hints=[
            ("At 164.57 both cost the same, so 165 already costs more.", 165),
            ("How many whole channels?", any_of(164.6, 164.57, 164.571, 221_184 / 1_344)),
            ("That is the 5×5 of the lecture.", any_of(154, 155)),
            ("The 1×1 stage costs, too.", any_of(191, 192)),
            ("That is what the paper takes. How far could it go?", 96),
            ("That is for the 5×5 with 128 filters.", any_of(180, 181)),
        ],
    ),
    "3": Value(
        expected=[1_089_536, 854_196_224, 672],
        because="Each weight is used at 28·28 places, and 128 + 192 + 96 + 256 channels come out.",
        otherwise="Three convolutions read all 256 channels, and the pool hands its own on.",
        hints=[
            ("That is the reduced module, which the ledger has. Take its 1×1 before and behind away.", any_of([388_096, 304_267_264, 480], [388_736, 304_267_264, 480])),
            ("Those are the parameters. Weights are counted without biases.", [1_089_952, 854_196_224, 672]),
            ("Without a 1×1 behind it the pool hands on all 256 channels.", any_of([1_089_536, 854_196_224, 480], [1_089_536, 854_196_224, 416])),
            ("The channels add: the widest branch is not all of it.", any_of([1_089_536, 854_196_224, 256], [1_089_536, 854_196_224, 192])),
            ("The channels add, they are not multiplied.", [1_089_536, 854_196_224, 128 * 192 * 96 * 256]),
            ("The 1×1 behind the pool belongs to the reduced module.", any_of([1_105_920, 867_041_280, 480], [1_105_920, 867_041_280, 672])),
            ("What comes in are the 256 channels of 3a, not 192.", [817_152, 640_647_168, 608]),
            ("Between 3a and 3b there is no pool: the maps have 28×28.", [1_089_536, 213_549_056, 672]),
        ],
    ),
    "4": Model(
        reference=_googlenet,
        inputs=[(_NARROW, 5, (64, 64, 3))],
        because="Stem, modules and end, layer by layer.",
        otherwise="Go down the list of the exercise, and compare the shapes.",
        hints=[
            ("conv2 has a 1×1 with 64 filters before its 3×3.", lambda *given: _googlenet(*given, thin=False)),
            ("The pool behind 3b and 4e is missing.", lambda *given: _googlenet(*given, pools="")),
            ("The pools stand behind 3b and 4e, not behind every module.", lambda *given: _googlenet(*given, pools="3a 3b 4e")),
            ("The modules are the naive ones.", lambda *given: _googlenet(*given, reduced=False)),
            ("The branches come in another order: 1×1, 3×3, 5×5, pool.", lambda *given: _googlenet(*given, order=(0, 2, 1, 3))),
            ('conv1 has three zeros on each side. With "same" it has two before and three behind, as the step is 2.', lambda *given: _googlenet(*given, padding="same")),
            ("At the end stands the mean of each map, not all of its values.", lambda *given: _googlenet(*given, average=False)),
            ("The dropout of 0.4 before the last layer is missing.", lambda *given: _googlenet(*given, drop=False)),
            ("The last layer ends in softmax.", lambda *given: _googlenet(*given, softmax=False)),
        ],
    ),
    "5": Function(
        reference=_fit,
        inputs=_BRANCHES,
        because="A branch fits where both are 0; size alone does not say so.",
        otherwise="Add up, layer by layer, what the zeros add and what the kernel takes away; then how far the middle moves.",
        hints=[
            ("A kernel of k takes k − 1 rows away, not k.", lambda b: _fit(b, lost=0)),
            ("Right numbers, other order: the change, then the shift.", lambda b: _fit(b)[::-1]),
            ("The shift has the other sign: without zeros, row 0 looks at row k // 2.", lambda b: _fit(b, sign=-1)),
            ("The kernel looks to both sides: row 0 is centered on row k // 2, not on row k − 1.", lambda b: _fit(b, half=lambda k: k - 1)),
            ("Zeros below add rows, too.", lambda b: _fit(b, zeros=lambda around: around[0])),
            ("You forget that a kernel is centered on its middle.", lambda b: _fit(b, half=lambda k: 0)),
            ("You look at the last layer alone. What the layers do adds up.", lambda b: _fit(b[-1:])),
            ("You look at the first layer alone. What the layers do adds up.", lambda b: _fit(b[:1])),
            ("Give both, the change and the shift.", lambda b: _fit(b)[0]),
        ],
    ),
}
