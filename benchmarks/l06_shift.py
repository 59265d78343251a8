"""Measure what pooling buys on shifted digits (lecture L6), over several seeds.

Run: .venv/bin/python -m benchmarks.l06_shift
The networks, the training and the shifts are those of the lecture. The same is measured
for the first half of each network: one convolution with one pool, stride, or neither.
"""

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data
from cnnlib.startup import quiet

with quiet():
    import keras

KINDS = ("pooling", "strided", "neither")
SEEDS = range(8)
(small_network,) = functions("L06", "small_network", keras=keras)


def first_half(kind):
    """Build the lecture's network with one of its two convolutions."""
    *blocks, _, _ = small_network(kind).layers
    blocks = blocks[: len(blocks) // 2]
    ends = keras.layers.Flatten(), keras.layers.Dense(10)
    return keras.Sequential([keras.Input((28, 28, 1)), *blocks, *ends])


# what stands before the kind in a result's name -> builder
NETWORKS = {"": small_network, "one convolution, ": first_half}


def main():
    """Train every kind with every seed and write the record."""
    (x_train, y_train), (x_test, y_test) = data.load_mnist()
    given = {"keras": keras, "x_train": x_train, "y_train": y_train, "y_test": y_test}
    given["padded"] = np.pad(x_test, ((0, 0), (6, 6), (6, 6), (0, 0)))
    values, parameters = {}, {}
    for prefix, network in NETWORKS.items():
        given["small_network"] = network
        (accuracy_by_shift,) = functions("L06", "accuracy_by_shift", **given)
        for kind in KINDS:
            name = prefix + kind
            values[name] = [accuracy_by_shift(kind, seed) for seed in SEEDS]
            parameters[name] = network(kind).count_params()
    settings = {
        "images": [len(x_train), len(x_test)],
        "shifts in pixels": range(7),
        "parameters": parameters,
        "seeds": SEEDS,
    }
    what = "accuracy on shifted digits of MNIST, mean of right, left, down and up"
    report.record("l06_shift", what, settings, values)


if __name__ == "__main__":
    main()
