"""AlexNet: what Krizhevsky et al. (2012) say, and three nets of the same name."""

from math import prod

from benchmarks.papers.counting import (
    convolutions,
    in_words,
    named,
    plan_kernels,
    total,
    trainable,
)
from benchmarks.papers.row import MILLION, Row
from cnnlib import plans

CONVOLUTIONS = [f"conv{n}" for n in range(1, 6)]
WEIGHTED = [*CONVOLUTIONS, "fc6", "fc7", "fc8"]


def alexnet(models):
    """Section 3 of the paper and the caption of its figure 2."""
    plan, shape = plans.alexnet(), (227, 227, 3)
    steps, model = named(plan, shape), models.alexnet()
    keras = trainable(model)
    image = "224 · 224 · 3; kernels of 11 in steps of 4 fit on 227"
    yield Row("input, values", prod(shape), None, 150_528, why=image)
    kernels = ["11×11×3", "5×5×48", "3×3×256", "3×3×192", "3×3×192"]
    counted = plan_kernels(plan, shape)
    for name, counts, said in zip(CONVOLUTIONS, counted, kernels, strict=True):
        theirs = model.get_layer(name).kernel.shape[:3]
        yield Row(f"{name}, kernel", in_words(counts), in_words(theirs), said)
    said = (253_440, 186_624, 64_896, 64_896, 43_264, 4_096, 4_096, 1_000)
    for name, neurons in zip(WEIGHTED, said, strict=True):
        outputs = prod(model.get_layer(name).output.shape[1:])
        why = "55 · 48 · 96, where 55 · 55 · 96 fit" if name == "conv1" else ""
        yield Row(
            f"{name}, neurons", steps[name].activations, outputs, neurons, why=why
        )
    whole = "the eight numbers of the paper add up to 622,312"
    neurons = sum(steps[name].activations for name in WEIGHTED)
    yield Row("all neurons", neurons, None, 650_000, unit=10_000, why=whole)
    for name in WEIGHTED:
        yield Row(f"{name}, parameters", steps[name].parameters, keras[name])
    parameters = total(plan, shape)
    yield Row(
        "all parameters",
        parameters,
        keras["total"],
        60 * MILLION,
        unit=10 * MILLION,
        shown="60 million",
        why="to the million it is 61",
    )
    shares = {n: 100 * steps[n].parameters / parameters for n in CONVOLUTIONS}
    largest = max(shares, key=shares.get)
    yield Row(
        "share of one convolution in all parameters",
        f"up to {shares[largest]:.2f}%",
        None,
        "at most 1%",
        why=f"{largest} holds that much, and conv4 {shares['conv4']:.2f}%",
    )
    sizes = [steps[name].output_shape[0] for name in ("conv1", "pool1", "pool2")]
    yield Row("sizes, conv1 to pool5", [*sizes, steps["pool5"].output_shape[0]])
    yield Row("multiplications", total(plan, shape, "multiplications"))
    yield Row("receptive field, pool5", steps["pool5"].receptive_field)


def ungrouped(models):
    """What AlexNet becomes without the cut between its two GPUs."""
    plan, shape = plans.alexnet(groups=1), (227, 227, 3)
    keras = trainable(models.alexnet(groups=1))
    conv2 = named(plan, shape)["conv2"].parameters
    yield Row("conv2, parameters", conv2, keras["conv2"])
    yield Row("all parameters", total(plan, shape), keras["total"])
    yield Row("multiplications", total(plan, shape, "multiplications"))


def one_tower(models):
    """The single-column model of two years later."""
    plan, shape = plans.alexnet(groups=1, sizes=plans.ONE_TOWER), (224, 224, 3)
    filters = [step.output_shape[-1] for step in convolutions(plan, shape)]
    yield Row("filters, conv1 to conv5", filters, None, [64, 192, 384, 384, 256])
    keras = trainable(models.alexnet_one_tower())["total"]
    yield Row("all parameters", total(plan, shape), keras)


def torchvision(models):
    """The one tower that a widely used library has: conv4 is narrower."""
    sizes, shape = plans.TORCHVISION, (224, 224, 3)
    plan = plans.alexnet(groups=1, sizes=sizes)
    keras = trainable(models.alexnet(shape, groups=1, sizes=sizes))["total"]
    yield Row("all parameters", total(plan, shape), keras, 61_100_840)


NETWORKS = {
    "AlexNet": ("krizhevsky2012", "abstract, sections 1 and 3, figure 2", alexnet),
    "AlexNet without groups": (None, None, ungrouped),
    "AlexNet in one tower": ("krizhevsky2014", "footnote 1", one_tower),
    "AlexNet in one tower, conv4 narrower": ("torchvision", None, torchvision),
}
