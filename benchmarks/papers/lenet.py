"""LeNet-5: what LeCun et al. (1998) say in section II-B."""

from benchmarks.papers.counting import named, total, trainable
from benchmarks.papers.row import Row
from cnnlib import plans


def lenet_1998(models):
    """Section II-B of the paper, layer by layer."""
    plan, shape = plans.LENET5_1998, (32, 32, 1)
    steps, keras = named(plan, shape), trainable(models.lenet5_1998())
    said = {"C1": (156, 122_304), "S2": (12, 5_880), "C3": (1_516, 151_600)}
    said["S4"] = (32, 2_000)
    for name, counts in said.items():
        step = steps[name]
        row = Row(f"{name}, parameters", step.parameters, keras[name], counts[0])
        yield row._replace(seen="quoted")
        row = Row(f"{name}, connections", step.connections, None, counts[1])
        yield row._replace(seen="quoted")
    for name, both in (("C5", 48_120), ("F6", 10_164)):
        step = steps[name]
        if step.parameters != step.connections:
            raise ValueError(f"{name}: a parameter has several connections")
        what = f"{name}, parameters and connections"
        yield Row(what, step.parameters, keras[name], both, seen="quoted")
    fixed = "not trained: codes of 84 for 10 classes"
    yield Row("output, connections", steps["output"].connections, why=fixed)
    parameters, connections = total(plan, shape), total(plan, shape, "connections")
    yield Row("all parameters", parameters, keras["total"], 60_000)
    yield Row("all connections", connections, None, 340_908)
    fields = [steps[name].receptive_field for name in ("C1", "S2", "C3", "S4", "C5")]
    yield Row("receptive fields, C1 to C5", fields)


def lenet_today(models):
    """What most courses build under the same name."""
    plan = plans.lenet5()
    steps = named(plan, (32, 32, 1))
    keras = trainable(models.lenet5())
    full = "1,516 in the paper: here every map sees all six"
    yield Row("C3, parameters", steps["C3"].parameters, keras["C3"], why=full)
    last = "trained, in place of fixed codes"
    yield Row(
        "output, parameters", steps["output"].parameters, keras["output"], why=last
    )
    yield Row("all parameters, 32 × 32", total(plan, (32, 32, 1)), keras["total"])


def lenet_unpadded(models):
    """What becomes of it when MNIST's digits come in as they are."""
    plan = plans.lenet5()
    small = trainable(models.lenet5((28, 28, 1)))["total"]
    yield Row("all parameters, 28 × 28", total(plan, (28, 28, 1)), small)
    sizes = [named(plan, (n, n, 1))["flatten"].output_shape[0] for n in (32, 28)]
    yield Row("values behind Flatten, 32 and 28 pixels", sizes)


NETWORKS = {
    "LeNet-5, 1998": ("lecun1998", "section II-B", lenet_1998),
    "LeNet-5 as it is built today": (None, None, lenet_today),
    "LeNet-5 of today, fed with 28 × 28": (None, None, lenet_unpadded),
}
