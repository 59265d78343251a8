"""Measure lecture L5's contest of kernels: made by hand, learned, random.

Run: .venv/bin/python -m benchmarks.l05_kernels. With CNNLIB_DATA set to a folder with
the original MNIST files, the full set is measured too, in a record of its own.
"""

import os

import numpy as np

from benchmarks import report
from cnnlib import data, ops
from cnnlib.startup import quiet

with quiet():
    import keras

SAMPLE = {"batch_size": 32, "epochs": 5, "seeds": range(5)}
FULL = {"batch_size": 128, "epochs": 5, "seeds": range(3)}


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


def unit(kernels):
    """Return kernels as vectors of length 1, (3, 3, 1, 8) -> (9, 8)."""
    vectors = kernels.reshape(9, 8)
    return vectors / np.linalg.norm(vectors, axis=0)


def cosines(start, learned):
    """Say how much kernels kept of their start, and how near the compass they are."""
    nearest = {
        f"learned, {name} to compass": (unit(kernels).T @ unit(compass())).max(axis=1)
        for name, kernels in (("start", start), ("end", learned))
    }
    nearest["learned, end to start"] = (unit(start) * unit(learned)).sum(axis=0)
    return {name: float(each.mean()) for name, each in nearest.items()}


def run(kind, seed, train, test, settings):
    """Train a network once; return its accuracy, and cosines of learned kernels."""
    model, first = network(kind, seed)
    start = first.get_weights()
    size, epochs = settings["batch_size"], settings["epochs"]
    model.fit(*train, batch_size=size, epochs=epochs, verbose=0)
    found = {kind: model.evaluate(*test, verbose=0)[1]}
    if kind == "learned":
        found |= cosines(start[0], first.get_weights()[0])
    return found


def measure(name, kinds, train, test, settings):
    """Train each kind with each seed and write the record."""
    values = {}
    for kind in kinds:
        runs = [run(kind, seed, train, test, settings) for seed in settings["seeds"]]
        values |= {what: [found[what] for found in runs] for what in runs[0]}
    what = "accuracy on digits of MNIST by where the kernels come from, and cosines"
    images = {"images": [len(train[0]), len(test[0])]}
    report.record(name, what, images | settings, values)


def main():
    """Measure on the sample, and on the full set where it is."""
    measure("l05_kernels", [*KINDS, "dense layer alone"], *data.load_mnist(), SAMPLE)
    if os.environ.get("CNNLIB_DATA"):
        kinds = ["by hand", "learned", "random"]
        measure("l05_kernels_full", kinds, *data.load_mnist(full=True), FULL)


if __name__ == "__main__":
    main()
