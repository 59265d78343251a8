from cnnlib import plans, shapes
from cnnlib.startup import quiet

from .check_tables import CheckTables

with quiet():
    import keras

DIRECT = shapes.conv_multiplications(28, 5, 192, 32)
WAIST = [
    shapes.conv_multiplications(28, 1, 192, 16),
    shapes.conv_multiplications(28, 5, 16, 32),
]
THREE_B = plans.INCEPTION["3b"]


def table_of_4a(size=14, channels=480, first=1, read=16):
    direct = shapes.conv_multiplications(size, 5, channels, 48)
    stages = [
        shapes.conv_multiplications(size, first, channels, 16),
        shapes.conv_multiplications(size, 5, read, 48),
    ]
    return [direct, *stages, sum(stages)]


def counts(widths=THREE_B, channels=256, size=28, reduced=False, biases=False):
    plan = plans.inception(widths, reduced=reduced)
    steps = plans.walk(plan, (size, size, channels))
    products = sum(step.multiplications for step in steps)
    parameters = sum(step.parameters for step in steps)
    return [
        parameters if biases else products // size**2,
        products,
        steps[-1].output_shape[-1],
    ]


def fit(branch):
    """Send one bright row through kernels of ones, and look where it comes out."""
    size = 60
    rows = {size // 2: 1}
    length = size
    for k, before, after in branch:
        length += before + after - (k - 1)
        spread = {}
        for row, value in rows.items():
            for i in range(k):
                spread[row + before - i] = spread.get(row + before - i, 0) + value
        rows = spread
    middle = sum(row * value for row, value in rows.items()) / sum(rows.values())
    return length - size, round(size // 2 - middle)


def forgets_the_middle(branch):
    return fit(branch)[0], -sum(before for _, before, _ in branch)


def in_keras(modules, num_classes, image, same=False, order=(0, 1, 2, 3), pool=True):
    """Build GoogLeNet without the plans."""
    kl = keras.layers
    settings = {"padding": "same", "activation": "relu"}
    inputs = keras.Input(image)
    if same:
        x = kl.Conv2D(64, 7, 2, **settings)(inputs)
    else:
        x = kl.Conv2D(64, 7, 2, activation="relu")(kl.ZeroPadding2D(3)(inputs))
    x = kl.MaxPooling2D(3, 2, padding="same")(x)
    x = kl.Conv2D(64, 1, activation="relu")(x)
    x = kl.Conv2D(192, 3, **settings)(x)
    x = kl.MaxPooling2D(3, 2, padding="same")(x)
    for name, widths in modules.items():
        a, b_before, b, c_before, c, d = widths
        ways = [
            kl.Conv2D(a, 1, **settings)(x),
            kl.Conv2D(b, 3, **settings)(kl.Conv2D(b_before, 1, **settings)(x)),
            kl.Conv2D(c, 5, **settings)(kl.Conv2D(c_before, 1, **settings)(x)),
            kl.Conv2D(d, 1, **settings)(kl.MaxPooling2D(3, 1, padding="same")(x)),
        ]
        x = kl.Concatenate()([ways[i] for i in order])
        if name in ("3b", "4e") and pool:
            x = kl.MaxPooling2D(3, 2, padding="same")(x)
    x = kl.Dropout(0.4)(kl.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, kl.Dense(num_classes, activation="softmax")(x))


RIGHT = [
    ("predict1", 5 * 5 * 192),
    ("predict1", "4,800"),
    ("predict2", DIRECT),
    ("predict2", "120 422 400"),
    ("predict3", DIRECT / sum(WAIST)),
    ("predict3", 9.7),
    ("predict4", 154),
    ("predict5", sum(plans.INCEPTION["3a"][i] for i in (0, 2, 4, 5))),
    ("predict6", 22),
    ("1", table_of_4a()),
    ("2", 9 * 192 * 128 // (192 + 9 * 128)),
    ("3", counts()),
    ("4", in_keras),
    ("5", fit),
]

WRONG = [
    ("predict1", 28 * 28 * 192 * 5 * 5 * 192, "every place of the input"),
    ("predict1", 25, "one channel"),
    ("predict2", shapes.conv_multiplications(24, 5, 192, 32), "24×24 are left"),
    ("predict2", shapes.conv_multiplications(28, 5, 196, 32), "With 196 channels"),
    ("predict2", "128,049,152", "whole reduced module"),
    ("predict3", DIRECT / WAIST[1], "forgot the 1×1 stage"),
    ("predict3", 12.0, "forgot the 1×1 stage"),
    ("predict3", DIRECT / WAIST[0], "1×1 stage alone"),
    ("predict4", round(153_600 / 992), "already costs more"),
    ("predict4", 192, "compared the 5×5 alone"),
    ("predict5", max(plans.INCEPTION["3a"]), "widest branch"),
    ("predict5", 64 * 128 * 32 * 32, "none is multiplied"),
    ("predict6", 22 + 5, "Pools have no weights"),
    ("predict6", 3 + 9 * 6 + 1, "along one way"),
    ("1", [*table_of_4a()[:3], table_of_4a()[2]], "the 1×1 is missing"),
    ("1", table_of_4a(size=28), "maps have 14×14"),
    ("1", table_of_4a(channels=192), "480 come into 4a"),
    ("1", table_of_4a(read=480), "16 thinned channels"),
    ("2", 165, "165 already costs more"),
    ("2", 154, "5×5 of the lecture"),
    ("3", counts(biases=True), "without biases"),
    ("3", counts(reduced=True), "which the ledger has"),
    ("3", counts(reduced=True, biases=True), "which the ledger has"),
    ("3", counts(channels=192), "256 channels of 3a"),
    ("3", counts(size=14), "there is no pool"),
    ("3", [*counts()[:2], max(THREE_B[0::2])], "widest branch"),
    ("4", lambda *given: in_keras(*given, same=True), "three zeros"),
    ("4", lambda *given: in_keras(*given, order=(0, 2, 1, 3)), "another order"),
    ("4", lambda *given: in_keras(*given, pool=False), "pool behind 3b"),
    ("5", forgets_the_middle, "centered on its middle"),
    ("5", lambda branch: fit(branch)[::-1], "other order"),
    ("5", lambda branch: (fit(branch)[0], -fit(branch)[1]), "other sign"),
]


class TestChecks(CheckTables):
    lecture = "L15"
    right = RIGHT
    wrong = WRONG
