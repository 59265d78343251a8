"""How well does the NumPy network of lecture L7 read MNIST: the sample, and all of it?

Run: .venv/bin/python -m benchmarks.mnist_numpy. With CNNLIB_DATA set to a folder with
the original MNIST files, the full set is measured too. Settings were chosen on the
sample's held-out digits; the full test set is looked at once a seed, at the end.
"""

import os
import time

os.environ.setdefault("CNNLIB_PROGRESS", "0")

from benchmarks import report
from cnnlib.data import load_mnist
from cnnlib.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D, ReLU
from cnnlib.network import Network
from cnnlib.optimizers import Adam

BATCH_SIZE = 32
PLAN = ((9, 0.002), (3, 0.0005))  # epochs, learning rate


def lenet(seed):
    """Build LeNet with ReLU and max pooling, and dropout in the dense part."""
    maps = [
        Conv2D(6, 5),
        ReLU(),
        MaxPooling2D(2),
        Conv2D(16, 5),
        ReLU(),
        MaxPooling2D(2),
    ]
    hidden = [Dense(120), ReLU(), Dropout(0.5), Dense(84), ReLU()]
    return Network([*maps, Flatten(), *hidden, Dense(10)], seed)


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
    return {"seed": seed, "accuracy": accuracy, "loss": loss, "seconds": seconds}


def measure(seeds, train, test):
    """Train one network a seed, and sum the runs up."""
    runs = [run(seed, train, test) for seed in seeds]
    return {
        "images": [len(train[0]), len(test[0])],
        "accuracy": report.spread([r["accuracy"] for r in runs]),
        "seconds": report.spread([r["seconds"] for r in runs], 1),
        "runs": runs,
    }


def main():
    """Measure, and write results/mnist_numpy.json."""
    result = {
        "what": "test accuracy of LeNet in NumPy",
        "layers": [repr(layer) for layer in lenet(0).layers],
        "optimizer": "Adam",
        "epochs_and_learning_rates": PLAN,
        "batch_size": BATCH_SIZE,
        "machine": report.machine(),
        "versions": report.versions("numpy"),
        "sample": measure(range(9), *load_mnist()),
    }
    if os.environ.get("CNNLIB_DATA"):
        result["full set"] = measure(range(3), *load_mnist(full=True))
    report.write("mnist_numpy", result)


if __name__ == "__main__":
    main()
