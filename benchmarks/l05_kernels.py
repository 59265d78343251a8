"""Measure lecture L5's contest of kernels: made by hand, learned, random.

Run: .venv/bin/python -m benchmarks.l05_kernels. With CNNLIB_DATA set to a folder with
the original MNIST files, the full set is measured too.
"""

import os

import numpy as np

from benchmarks import report
from cnnlib import data, ops
from cnnlib.startup import quiet

with quiet():
    import keras

SAMPLE = {"seeds": range(5), "batch_size": 32, "epochs": 5}
FULL = {"seeds": range(3), "batch_size": 128, "epochs": 5}


def compass():
    """Return Sobel's kernel in eight directions, shape (3, 3, 1, 8), in Keras' size."""
    rows, columns = [0, 0, 0, 1, 2, 2, 2, 1], [0, 1, 2, 2, 2, 1, 0, 0]
    ring = ops.KERNELS["sobel_y"][rows, columns]
    kernels = np.zeros((3, 3, 1, 8))
    for turn in range(8):
        kernels[rows, columns, 0, turn] = np.roll(ring, turn)
    return kernels * np.sqrt(2 / (9 + 9 * 8)) / kernels.std()


# name -> (kernels to start from, are they frozen)
KINDS = {
    "by hand": (compass(), True),
    "by hand, then trained on": (compass(), False),
    "learned": (None, False),
    "random": (None, True),
}


def network(kind, seed):
    """Build the network of the lecture; return it and its first layer."""
    kernels, frozen = KINDS.get(kind, (None, False))
    keras.utils.set_random_seed(seed)
    # a layer draws its seed when it is made: the same order as in the lecture
    layers = [keras.layers.Conv2D(8, 3, activation="relu")] if kind in KINDS else []
    layers += [keras.layers.Flatten(), keras.layers.Dense(10)]
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers])
    if kernels is not None:
        layers[0].set_weights([kernels, np.zeros(8)])
    layers[0].trainable = not frozen
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=["accuracy"])
    return model, layers[0]


def accuracy(kind, seed, train, test, batch_size, epochs):
    """Train the network of the lecture once and return its test accuracy."""
    model, _ = network(kind, seed)
    model.fit(*train, batch_size=batch_size, epochs=epochs, verbose=0)
    return model.evaluate(*test, verbose=0)[1]


def contest(kinds, train, test, seeds, **settings):
    """Return {kind: accuracies and their spread} over the seeds."""
    result = {}
    for kind in kinds:
        values = [accuracy(kind, s, train, test, **settings) for s in seeds]
        values = [round(value, 4) for value in values]
        result[kind] = {"accuracy": values} | report.spread(values)
    return {"seeds": list(seeds)} | settings | {"test accuracy": result}


def unit(kernels):
    """Return kernels as vectors of length 1, (3, 3, 1, 8) -> (9, 8)."""
    vectors = kernels.reshape(9, 8)
    return vectors / np.linalg.norm(vectors, axis=0)


def cosines(start, learned):
    """Say how much kernels kept of their start, and came nearer to the compass."""
    nearest = {
        name: (unit(kernels).T @ unit(compass())).max(axis=1).mean()
        for name, kernels in (("start", start), ("learned", learned))
    }
    kept = (unit(start) * unit(learned)).sum(axis=0).mean()
    return {"kept": kept, **{f"{n} to compass": c for n, c in nearest.items()}}


def measure_cosines(train, seeds, batch_size, epochs):
    """Train the learned kernels and compare them with their start, over the seeds."""
    runs = []
    for seed in seeds:
        model, convolution = network("learned", seed)
        start = convolution.get_weights()[0]
        model.fit(*train, batch_size=batch_size, epochs=epochs, verbose=0)
        runs.append(cosines(start, convolution.get_weights()[0]))
    return {k: report.spread([float(run[k]) for run in runs], 2) for k in runs[0]}


def main():
    """Measure, and write results/l05_kernels.json."""
    result = {"machine": report.machine()}
    result["versions"] = report.versions("keras", "tensorflow", "numpy")
    sample = data.load_mnist()
    result["sample"] = contest([*KINDS, "dense layer alone"], *sample, **SAMPLE)
    result["cosines of the learned kernels"] = measure_cosines(sample[0], **SAMPLE)
    if os.environ.get("CNNLIB_DATA"):
        kinds = ["by hand", "learned", "random"]
        result["full set"] = contest(kinds, *data.load_mnist(full=True), **FULL)
    report.write("l05_kernels", result)


if __name__ == "__main__":
    main()
