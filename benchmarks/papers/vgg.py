"""VGG: what Simonyan and Zisserman (2015) say in tables 1 and 2 and section 2.3."""

from math import prod

from benchmarks.papers.counting import convolutions, named, total, trainable
from benchmarks.papers.row import MILLION, Row
from cnnlib import plans, shapes
from cnnlib.plans import Conv2D, Dense, GlobalAveragePooling2D, MaxPooling2D, walk

IMAGE = (224, 224, 3)


def vgg(models):
    """Table 2 of the paper, and what its section 2.3 says of stacks."""
    from keras.applications import VGG16, VGG19

    builders = {"A": models.vgg11, "B": models.vgg13, "D": models.vgg16}
    builders |= {"E": models.vgg19}
    theirs = {"D": VGG16, "E": VGG19}
    depths = {"A": 11, "B": 13, "C": 16, "D": 16, "E": 19}
    millions = {"A": 133, "B": 133, "C": 134, "D": 138, "E": 144}
    for letter, depth in depths.items():
        plan = plans.vgg(depth) if letter != "C" else configuration_c()
        layers = sum(step.parameters > 0 for step in walk(plan, IMAGE))
        yield Row(f"{letter}, layers with weights", layers, None, depth)
        keras = builders[letter]().count_params() if letter in builders else None
        if letter in theirs and keras != theirs[letter](weights=None).count_params():
            raise ValueError(f"{letter}: keras.applications counts another number")
        said = millions[letter]
        yield Row(
            f"{letter}, parameters",
            total(plan, IMAGE),
            keras,
            said * MILLION,
            unit=MILLION,
            shown=f"{said} million",
        )
    for number, side in ((2, 5), (3, 7)):
        field = shapes.receptive_field([(3, 1)] * number)
        said = f"{side}×{side}"
        yield Row(f"{number} layers of 3×3 see", f"{field}×{field}", None, said)
    more = 100 * (49 - 27) / 27
    yield Row("7×7 against three 3×3, weights", f"{more:.0f}% more", None, "81% more")


def configuration_c():
    """Return VGG16 with kernels of 1 x 1 in the last layers of blocks 3 to 5."""
    last = {f"block{block}_conv3" for block in (3, 4, 5)}
    return tuple(
        Conv2D(entry.filters, 1, padding="same", name=entry.name)
        if entry.name in last
        else entry
        for entry in plans.vgg(16)
    )


def vgg16(models):
    """Where VGG16's parameters and multiplications are."""
    from keras.applications import VGG16

    plan = plans.vgg(16)
    steps, keras = named(plan, IMAGE), trainable(models.vgg16())
    base = sum(step.parameters for step in convolutions(plan, IMAGE))
    without_top = VGG16(weights=None, include_top=False).count_params()
    yield Row("convolutions, parameters", base, without_top)
    yield Row("fc1, parameters", steps["fc1"].parameters, keras["fc1"])
    blocks = [entry for entry in plan if (entry.name or "").startswith("block")]
    averaged = [*blocks, GlobalAveragePooling2D(), Dense(1000)]
    yield Row("parameters, global average and Dense(1000)", total(averaged, IMAGE))
    yield Row("multiplications", total(plan, IMAGE, "multiplications"))
    deeper = total(plans.vgg(19), IMAGE, "multiplications")
    yield Row("multiplications of VGG19", deeper)
    values = prod(IMAGE) + sum(activations(plan, IMAGE))
    yield Row("values kept for one image, itself included", values)
    fields = [steps[f"block5_{name}"].receptive_field for name in ("conv3", "pool")]
    yield Row("receptive fields, block5_conv3 and block5_pool", fields)


def activations(plan, shape):
    """Yield the values behind each layer that makes new ones, activation included."""
    for step in walk(plan, shape):
        if isinstance(step.entry, Conv2D | Dense | MaxPooling2D):
            yield step.activations


NETWORKS = {
    "VGG, A to E": ("simonyan2015", "tables 1 and 2, section 2.3", vgg),
    "VGG16": (None, None, vgg16),
}
