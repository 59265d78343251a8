"""How long does a step of LeNet take in NumPy, and how long in Keras?

Run: .venv/bin/python -m benchmarks.lenet_speed
Both train on the same random images of MNIST's size, in turns, so that whatever else
the machine does slows both.
"""

import os
import time

os.environ["CNNLIB_PROGRESS"] = "0"

import numpy as np

from benchmarks import report
from cnnlib import plans
from cnnlib.layers import from_plan
from cnnlib.network import Network
from cnnlib.optimizers import SGD
from cnnlib.startup import quiet

with quiet():
    import keras

BATCH_SIZE, STEPS, REPEATS = 128, 50, 15


def keras_layer(entry):
    """Make Keras' layer of an entry of a plan."""
    settings = dict(vars(entry))
    if settings.get("padding") == 0:
        settings["padding"] = "valid"
    return getattr(keras.layers, type(entry).__name__)(**settings)


def keras_lenet():
    """Build LeNet, compiled as Keras does by default."""
    layers = [keras_layer(entry) for entry in plans.LENET]
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.01), loss, metrics=["accuracy"])
    return model


def milliseconds_per_step(fit):
    """Time one epoch of STEPS steps."""
    start = time.perf_counter()
    fit()
    return (time.perf_counter() - start) / STEPS * 1000


def main():
    """Measure both in turns and write the record."""
    rng = np.random.default_rng(0)
    x = rng.random((BATCH_SIZE * STEPS, 28, 28, 1), dtype=np.float32)
    y = rng.integers(0, 10, len(x))
    network, model = Network(from_plan(plans.LENET)), keras_lenet()
    optimizer = SGD(0.01)
    fits = {
        "NumPy": lambda: network.fit(
            x, y, epochs=1, batch_size=BATCH_SIZE, optimizer=optimizer
        ),
        "Keras": lambda: model.fit(x, y, BATCH_SIZE, epochs=1, verbose=0),
    }
    for fit in fits.values():  # Keras builds its graph in the first epoch
        fit()
    times = {name: [] for name in fits}
    for _ in range(REPEATS):
        for name, fit in fits.items():
            times[name].append(milliseconds_per_step(fit))
    settings = {
        "batch_size": BATCH_SIZE,
        "image": [28, 28, 1],
        "steps a repeat": STEPS,
        "repeats": REPEATS,
    }
    what = "milliseconds a training step of a LeNet, float32, in turns"
    report.record("lenet_speed", what, settings, times)


if __name__ == "__main__":
    main()
