"""Measure what pooling buys on shifted digits (lecture L6), over several seeds.

Run: .venv/bin/python -m benchmarks.l06_shift
The networks, the training and the shifts are those of the lecture. The same is measured
for the first half of each network: one convolution with one pool, stride, or neither;
and with a global maximum in place of the flattened maps, which makes all three kinds
equal in parameters, after the lecture's epochs and after three times as many.
"""

from functools import partial

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data
from cnnlib.startup import quiet

with quiet():
    import keras

KINDS = ("pooling", "strided", "neither")
SEEDS = range(8)
EPOCHS = 4, 12
GLOBAL = keras.layers.GlobalMaxPooling2D
(small_network,) = functions("L06", "small_network", keras=keras)


def first_half(kind, to_vector=keras.layers.Flatten):
    """Build the lecture's network with one of its two convolutions."""
    *blocks, vector, dense = small_network(kind, to_vector).layers
    layers = [*blocks[: len(blocks) // 2], vector, keras.layers.Dense(dense.units)]
    return keras.Sequential([keras.Input((28, 28, 1)), *layers])


def variants():
    """Yield (name, builder, arguments of it, epochs) of all that is measured."""
    for kind in KINDS:
        yield kind, small_network, (kind,), EPOCHS[0]
        yield f"one convolution, {kind}", first_half, (kind,), EPOCHS[0]
        yield f"{kind}, global", small_network, (kind, GLOBAL), EPOCHS[0]
    longer = f", {EPOCHS[1]} epochs"
    yield "pooling" + longer, small_network, ("pooling",), EPOCHS[1]
    yield "pooling, global" + longer, small_network, ("pooling", GLOBAL), EPOCHS[1]


def main():
    """Train every variant with every seed and write the record."""
    (x_train, y_train), (x_test, y_test) = data.load_mnist()
    given = {"keras": keras, "x_train": x_train, "y_train": y_train, "y_test": y_test}
    given["padded"] = np.pad(x_test, ((0, 0), (6, 6), (6, 6), (0, 0)))
    values, parameters = {}, {}
    for name, network, arguments, epochs in variants():
        (measure,) = functions(
            "L06", "accuracy_by_shift", **given, small_network=network
        )
        kind, *to_vector = arguments
        run = partial(measure, kind, epochs=epochs)
        values[name] = [run(seed, *to_vector) for seed in SEEDS]
        parameters[name] = network(*arguments).count_params()
    settings = {
        "images": [len(x_train), len(x_test)],
        "shifts in pixels": range(7),
        "epochs": EPOCHS[0],
        "parameters": parameters,
        "seeds": SEEDS,
    }
    what = "accuracy on shifted digits of MNIST, mean of right, left, down and up"
    report.record("l06_shift", what, settings, values)


if __name__ == "__main__":
    main()
