"""GoogLeNet: table 1 of Szegedy et al. (2015), row by row, and one module by itself.

The table was read in five copies of its text, alike in every number, not on the
printed page. Its K is 1,024: of its rows, that of the dense layer and of conv2 are then
exact, and none is with 1,000.
"""

from math import prod

from benchmarks.papers.counting import named, total, trainable
from benchmarks.papers.row import MILLION, Row
from cnnlib import plans
from cnnlib.plans import Conv2D, Dense, walk

IMAGE, MAP = (224, 224, 3), (28, 28, 192)
K = 1024
# row of the table: what its names begin with, K of weights, millions of products
TABLE = {
    "conv1": ("conv1", 2.7, 34),
    "conv2": ("conv2", 112, 360),
    "3a": ("inception_3a", 159, 128),
    "3b": ("inception_3b", 380, 304),
    "4a": ("inception_4a", 364, 73),
    "4b": ("inception_4b", 437, 88),
    "4c": ("inception_4c", 463, 100),
    "4d": ("inception_4d", 580, 119),
    "4e": ("inception_4e", 840, 170),
    "5a": ("inception_5a", 1072, 54),
    "5b": ("inception_5b", 1388, 71),
    "linear": ("predictions", 1000, 1),
}


def weights(plan, shape):
    """Yield (name, weights without biases, products) of each layer that has any."""
    for step in walk(plan, shape):
        if isinstance(step.entry, Conv2D | Dense):
            biases = step.output_shape[-1]
            yield step.entry.name, step.parameters - biases, step.multiplications


def table(models):
    """Both columns of the paper's table 1."""
    found = list(weights(plans.googlenet(), IMAGE))
    keras = {
        layer.name: layer.kernel.shape
        for layer in models.googlenet().layers
        if hasattr(layer, "kernel")
    }
    for row, (start, thousands, millions) in TABLE.items():
        count = sum(n for name, n, _ in found if name.startswith(start))
        products = sum(n for name, _, n in found if name.startswith(start))
        theirs = sum(prod(s) for name, s in keras.items() if name.startswith(start))
        yield Row(
            f"{row}, weights",
            count,
            theirs,
            int(thousands * K),
            unit=K,
            shown=f"{thousands:g} K",
            seen="quoted",
            why=_off(count / K, thousands, "K"),
        )
        yield Row(
            f"{row}, multiplications",
            products,
            None,
            millions * MILLION,
            unit=MILLION,
            shown=f"{millions} million",
            seen="quoted",
            why=_off(products / MILLION, millions, "million"),
        )
    count = sum(n for _, n, _ in found)
    said = sum(thousands for _, thousands, _ in TABLE.values())
    yield Row(
        "sum, weights",
        count,
        None,
        int(said * K),
        unit=K,
        shown=f"{said:,.1f} K",
        seen="quoted",
        why=f"{_off(count / K, said, 'K')}; 4c has too few, 5a too many",
    )
    said = sum(millions for _, _, millions in TABLE.values())
    yield Row(
        "sum, multiplications",
        sum(n for _, _, n in found),
        None,
        said * MILLION,
        unit=MILLION,
        shown=f"{said:,} million",
        seen="quoted",
        why="84 million of conv1 are missing, and 3 million of 5a are too many",
    )


def _off(counted, said, unit):
    """Say what was counted in the paper's unit, and by how much it was missed.

    Nothing is said of a number that becomes the paper's when it is rounded.
    """
    if int(counted + 0.5) == said:
        return ""
    if int(counted) == said:
        return f"{counted:,.1f} {unit}, cut and not rounded"
    share = 100 * abs(said / counted - 1)
    direction = "less" if said < counted else "more"
    return f"{share:.1f}% {direction} than {counted:,.1f} {unit}"


def depth(plan):
    """Count the layers with weights along the longest way through a plan."""
    count = 0
    for entry in plan:
        count += isinstance(entry, Conv2D | Dense)
        count += max(map(depth, getattr(entry, "branches", [()])))
    return count


def whole(models):
    """The network as a whole, and its outputs on the side."""
    plan, keras = plans.googlenet(), trainable(models.googlenet())["total"]
    what = "layers with weights, one behind the other"
    yield Row(what, depth(plan), None, 22)
    yield Row("all parameters", total(plan, IMAGE), keras)
    heads, both = plans.googlenet(auxiliary=True), models.googlenet(auxiliary=True)
    yield Row("with both heads", total(heads, IMAGE), trainable(both)["total"])
    steps = named(heads, IMAGE)
    shapes = [steps[f"auxiliary_{n}_pool"].output_shape for n in (1, 2)]
    said = ["4×4×512", "4×4×528"]
    counted = ["×".join(map(str, shape)) for shape in shapes]
    yield Row("what the heads' pooling leaves", counted, None, said, seen="quoted")
    alexnet = total(plans.alexnet(), (227, 227, 3))
    fewer = f"{alexnet / total(plan, IMAGE):.1f} times"
    why = "60,965,224 / 6,998,552"
    what = "parameters of AlexNet, how many times as many"
    yield Row(what, fewer, None, "12 times", seen="quoted", why=why)
    from keras.applications import InceptionV3

    third = InceptionV3(weights=None).count_params()
    yield Row("InceptionV3, which Keras ships: another network", third)


def module(models):
    """Module 3a, with its convolutions of 1 x 1 and without."""
    widths = plans.INCEPTION["3a"]
    for reduced in (False, True):
        name = "reduced" if reduced else "naive"
        plan = plans.inception(widths, reduced=reduced)
        model = models.inception(MAP, widths, reduced)
        biases = sum(layer.output.shape[-1] for layer in model.layers if layer.weights)
        count = sum(n for _, n, _ in weights(plan, MAP))
        yield Row(f"3a {name}, weights", count, model.count_params() - biases)
        products = total(plan, MAP, "multiplications")
        yield Row(f"3a {name}, multiplications", products)
        channels = walk(plan, MAP)[-1].output_shape[-1]
        yield Row(f"3a {name}, channels", channels, model.output_shape[-1])


NETWORKS = {
    "GoogLeNet, table 1": ("szegedy2015", "table 1", table),
    "GoogLeNet": ("szegedy2015", "abstract, section 5", whole),
    "Inception module": (None, None, module),
}
