import numpy as np

from cnnlib import plans, shapes
from cnnlib.startup import quiet

from .check_tables import CheckTables

with quiet():
    import keras

WEIGHTS = [
    n * shapes.conv_parameters(k, 8, 8, False) for k, n in ((3, 3), (7, 1), (3, 1))
]


def walk_of(depth, size):
    return plans.walk(plans.vgg(depth), (size, size, 3))


def last_pool(size):
    [pool] = [s for s in walk_of(16, size) if s.entry.name == "block5_pool"]
    return pool.output_shape


def field_and_jump(windows):
    return shapes.receptive_field(windows), int(np.prod([s for _, s in windows]))


def adds_k(windows):
    jumps = np.cumprod([1, *(s for _, s in windows)])
    return 1 + sum(k * j for (k, _), j in zip(windows, jumps)), int(jumps[-1])


def forgets_the_jump(windows):
    return 1 + sum(k - 1 for k, _ in windows), field_and_jump(windows)[1]


def multiplies_first(windows):
    jumps = np.cumprod([s for _, s in windows])
    field = 1 + sum((k - 1) * j for (k, _), j in zip(windows, jumps))
    return field, field_and_jump(windows)[1]


def parameters(blocks):
    return sum(step.parameters for step in walk_of(sum(blocks) + 3, 224))


def without_biases(blocks):
    steps = walk_of(sum(blocks) + 3, 224)
    return sum(
        s.multiplications // np.prod(s.output_shape[:-1], dtype=int) for s in steps
    )


def without_the_last_pool(blocks):
    return parameters(blocks) + 3 * 7 * 7 * 512 * 4096


def convolutions_only(blocks):
    steps = walk_of(sum(blocks) + 3, 224)
    return sum(s.parameters for s in steps if isinstance(s.entry, plans.Conv2D))


def kept_values(plan, size):
    """Count what differs from what comes before it, as an array would."""
    in_place = plans.Activation | plans.Dropout | plans.Flatten
    steps = plans.walk(plan, (size, size, 3))
    return 3 * size**2 + sum(
        np.prod(s.output_shape) for s in steps if not isinstance(s.entry, in_place)
    )


def every_entry(plan, size):
    return 3 * size**2 + sum(s.activations for s in plans.walk(plan, (size, size, 3)))


def without_the_image(plan, size):
    return kept_values(plan, size) - 3 * size * size


def only(*kinds):
    """Count the layers of these kinds alone, as the clinic does with `KEPT`."""

    def counted(plan, size):
        steps = plans.walk(plan, (size, size, 3))
        kept = (step.activations for step in steps if isinstance(step.entry, kinds))
        return 3 * size**2 + sum(kept)

    return counted


KEPT = plans.Conv2D, plans.MaxPooling2D, plans.Dense


def in_keras(kernel_size, number, activation="relu"):
    """Build the network layer by layer; `activation` stands inside the stacks."""
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for side, repeats in ((3, 1), (kernel_size, number), (kernel_size, number)):
        for bend in [activation] * (repeats - 1) + ["relu"]:
            model.add(keras.layers.Conv2D(16, side, padding="same", activation=bend))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


RIGHT = [
    ("predict1", 19),
    ("predict1", "19"),
    ("predict1", sum(step.parameters > 0 for step in walk_of(19, 224))),
    ("predict2", shapes.receptive_field([(3, 1)] * 2)),
    ("predict2", "5×5"),
    ("predict3", 100 * (1 - WEIGHTS[0] / WEIGHTS[1])),
    ("predict3", "44.9 %"),
    ("predict3", 44.9),
    ("predict4", shapes.receptive_field([(3, 1), (3, 1), (2, 2), (3, 1), (3, 1)])),
    ("predict5", shapes.conv_parameters(7, 512, 4096)),
    ("predict5", "102,764,544"),
    ("1", [last_pool(32), last_pool(150)]),
    ("1", "1 1 512 4 4 512"),
    ("2", field_and_jump),
    ("3", parameters),
    ("4", in_keras),
    ("5", kept_values),
]

WRONG = [
    (
        "predict1",
        len([s for s in walk_of(19, 224) if s.parameters]) + 5,
        "and is not counted",
    ),
    ("predict2", 3 + 3, "k − 1 = 2 pixels"),
    ("predict3", 100 * (1 - WEIGHTS[2] / WEIGHTS[1]), "Three are needed"),
    ("predict3", "81.6 %", "Three are needed"),
    ("predict3", 100 * (WEIGHTS[1] / WEIGHTS[0] - 1), "how many more the 7×7 has"),
    ("predict3", "81 %", "how many more the 7×7 has"),
    ("predict3", 45, "one decimal"),
    ("predict3", "45 %", "one decimal"),
    ("predict3", round(1 - WEIGHTS[0] / WEIGHTS[1], 3), "times 100"),
    ("predict4", 6 + 2 + 2, "two pixels apart"),
    ("predict4", 6 + 2 * 2, "one kernel too few"),
    ("predict5", shapes.conv_parameters(14, 512, 4096), "last pool comes first"),
    ("predict5", 411_045_888, "last pool comes first"),
    ("predict5", shapes.conv_parameters(7, 512, 4096, False), "biases are missing"),
    ("1", [[1, 1, 512], [-(-150 // 32)] * 2 + [512]], "75 becomes 37"),
    ("2", adds_k, "A kernel adds k − 1 steps"),
    ("2", forgets_the_jump, "multiply by the jump"),
    ("2", multiplies_first, "before you use it"),
    ("2", lambda windows: field_and_jump(windows)[::-1], "other order"),
    ("3", without_biases, "biases are missing"),
    ("3", without_the_last_pool, "you have 14×14"),
    ("3", convolutions_only, "convolutions only"),
    ("4", lambda *given: in_keras(*given, activation=None), "Each convolution needs"),
    ("4", lambda kernel_size, number: in_keras(kernel_size, 1), "whatever `number`"),
    ("5", every_entry, "as the clinic does"),
    ("5", without_the_image, "The image is missing"),
    ("5", only(*KEPT), "Average and global pools"),
    ("5", only(*KEPT, plans.AveragePooling2D), "A global pool"),
]


class TestChecks(CheckTables):
    lecture = "L13"
    right = RIGHT
    wrong = WRONG
