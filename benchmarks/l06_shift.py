"""Measure what pooling buys on shifted digits (lecture L6), over several seeds.

Run: .venv/bin/python -m benchmarks.l06_shift [number of seeds]
The networks, the training and the shifts are those of the lecture.
"""

import json
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np

from cnnlib import data
from cnnlib.startup import quiet

with quiet():
    import keras
    import tensorflow as tf

KINDS = ("pooling", "strided", "neither")
SHIFTS = range(7)
WAYS = ((0, 1), (0, -1), (1, 0), (-1, 0))
RESULT = Path(__file__).parent / "results" / "l06_shift.json"


def shifted(images, down, right):
    """Shift images by at most 6 pixels, (N, 28, 28, 1); zeros come in."""
    padded = np.pad(images, ((0, 0), (6, 6), (6, 6), (0, 0)))
    top, left = 6 - down, 6 - right
    return padded[:, top : top + 28, left : left + 28]


def small_network(kind):
    """Build two convolutions, each followed by what `kind` says, and a dense layer."""
    strides = 2 if kind == "strided" else 1
    layers = [keras.Input((28, 28, 1))]
    for filters in (8, 16):
        layers += [keras.layers.Conv2D(filters, 3, strides, "same", activation="relu")]
        if kind == "pooling":
            layers += [keras.layers.MaxPooling2D(2)]
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(10)])


def accuracy_by_shift(kind, seed, train, test):
    """Train one network and return its accuracy at each shift, mean of four ways."""
    keras.utils.set_random_seed(seed)
    model = small_network(kind)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.005), loss)
    model.fit(*train, batch_size=64, epochs=4, verbose=0)

    def accuracy(down, right):
        logits = model.predict_on_batch(shifted(test[0], down, right))
        return float((logits.argmax(axis=1) == test[1]).mean())

    return [np.mean([accuracy(k * d, k * r) for d, r in WAYS]) for k in SHIFTS]


def spread(values):
    """Return mean, lowest and highest, to three decimals."""
    parts = np.mean(values), np.min(values), np.max(values)
    return dict(zip(("mean", "lowest", "highest"), np.round(parts, 3).tolist()))


def main(seeds):
    """Train every kind with every seed and write the result."""
    train, test = data.load_mnist()
    start = time.perf_counter()
    curves = {
        kind: np.array([accuracy_by_shift(kind, s, train, test) for s in range(seeds)])
        for kind in KINDS
    }
    pooling, strided, neither = (curves[kind] for kind in KINDS)
    gains = {"neither": pooling - neither, "strided": pooling - strided}
    ink = [float(shifted(test[0], 0, k).sum() / test[0].sum()) for k in SHIFTS]
    record = {
        "what": "accuracy on 1,000 MNIST digits, shifted by 0 to 6 pixels, mean of "
        "right, left, down and up; 4,000 training digits, 4 epochs",
        "machine": f"{os.cpu_count()} CPU cores, {platform.machine()}, no GPU",
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
        "seeds": list(range(seeds)),
        "seconds": round(time.perf_counter() - start),
        "parameters": {kind: small_network(kind).count_params() for kind in KINDS},
        "ink_left_after_a_shift_to_the_right": np.round(ink, 3).tolist(),
        "accuracy": {
            kind: [spread(column) for column in curve.T]
            for kind, curve in curves.items()
        },
        "gain_of_pooling_over": {
            kind: [spread(column) for column in gain.T] for kind, gain in gains.items()
        },
        "by_seed": {kind: curve.round(4).tolist() for kind, curve in curves.items()},
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
