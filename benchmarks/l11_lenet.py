"""Train the LeNet of lecture L11 with several seeds, right and with two slips.

Run: .venv/bin/python -m benchmarks.l11_lenet
The slips: the rows of C5 in the order of channels first, put in after training; and
logits with a loss that expects probabilities, trained from the start.
"""

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data
from cnnlib.startup import quiet

with quiet():
    import keras

SEEDS, EPOCHS, BATCH_SIZE = range(6), 6, 32
lenet, to_channels_first, stuck = functions(
    "L11", "lenet", "to_channels_first", "stuck", keras=keras, kl=keras.layers
)


def digits():
    """Return the sample with the border of the lecture, as in `load_mnist`."""
    border = [(0, 0), (2, 2), (2, 2), (0, 0)]
    return [(np.pad(x, border), y) for x, y in data.load_mnist()]


def trained(model, train):
    """Train a compiled model as the lecture does; return the loss of the last epoch."""
    history = model.fit(*train, batch_size=BATCH_SIZE, epochs=EPOCHS, verbose=0)
    return history.history["loss"][-1]


def accuracy(model, test):
    """Return the share of digits whose score is the largest."""
    scores = model.predict(test[0], verbose=0)
    return float((scores.argmax(axis=1) == test[1]).mean())


def main():
    """Train with every seed and write the record."""
    train, test = digits()
    names = "accuracy", "channels first", "stuck accuracy", "stuck loss"
    values = {name: [] for name in names}
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        model = lenet()
        model.compile("adam", "sparse_categorical_crossentropy")
        trained(model, train)
        values["accuracy"].append(accuracy(model, test))
        weights = model.get_weights()
        weights[4] = to_channels_first(weights[4])
        model.set_weights(weights)
        values["channels first"].append(accuracy(model, test))
        keras.utils.set_random_seed(seed)
        model = stuck()
        values["stuck loss"].append(trained(model, train))
        values["stuck accuracy"].append(accuracy(model, test))
    settings = {"seeds": SEEDS, "epochs": EPOCHS, "batch_size": BATCH_SIZE}
    settings |= {"images": len(train[0]), "held_out": len(test[0])}
    report.record("l11_lenet", "LeNet of L11 on digits", settings, values)


if __name__ == "__main__":
    main()
