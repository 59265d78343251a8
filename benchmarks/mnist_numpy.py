"""How well does the NumPy network of lecture L7 read MNIST: the sample, and all of it?

Run: .venv/bin/python -m benchmarks.mnist_numpy. With CNNLIB_DATA set to a folder with
the original MNIST files, the full set is measured too, in a record of its own. Settings
were chosen on the sample's held-out digits; the full test set is looked at once a seed,
at the end.
"""

import os
import time

os.environ.setdefault("CNNLIB_PROGRESS", "0")

from benchmarks import report
from cnnlib import plans
from cnnlib.data import load_mnist
from cnnlib.layers import from_plan
from cnnlib.network import Network
from cnnlib.optimizers import Adam

BATCH_SIZE = 32
PLAN = ((9, 0.002), (3, 0.0005))  # epochs, learning rate


def lenet(seed):
    """Build LeNet with dropout behind its first dense layer."""
    *others, hidden, relu, logits = plans.LENET
    plan = (*others, plans.Dropout(0.5), hidden, relu, logits)
    return Network(from_plan(plan), seed)


def run(seed, train, test):
    """Train one network; return its test accuracy, its loss and the seconds."""
    network, start = lenet(seed), time.perf_counter()
    for epochs, learning_rate in PLAN:
        network.fit(
            *train,
            epochs=epochs,
            batch_size=BATCH_SIZE,
            optimizer=Adam(learning_rate),
            seed=seed,
        )
    seconds = round(time.perf_counter() - start, 1)
    loss, accuracy = network.evaluate(*test)
    return {"accuracy": accuracy, "loss": loss, "seconds": seconds}


def measure(name, seeds, train, test):
    """Train one network a seed and write the record."""
    runs = [run(seed, train, test) for seed in seeds]
    values = {what: [found[what] for found in runs] for what in runs[0]}
    settings = {
        "images": [len(train[0]), len(test[0])],
        "layers": [repr(layer) for layer in lenet(0).layers],
        "optimizer": "Adam",
        "epochs and learning rates": PLAN,
        "batch_size": BATCH_SIZE,
        "seeds": seeds,
    }
    what = "accuracy on digits of MNIST of a LeNet in NumPy, its loss, seconds to train"
    report.record(name, what, settings, values)


def main():
    """Measure on the sample, and on the full set where it is."""
    measure("mnist_numpy", range(9), *load_mnist())
    if os.environ.get("CNNLIB_DATA"):
        measure("mnist_numpy_full", range(3), *load_mnist(full=True))


if __name__ == "__main__":
    main()
