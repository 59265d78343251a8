"""How well does LeNet-5 read MNIST, as it was published and as it is built today?

Run: .venv/bin/python -m benchmarks.lenet_keras (a quarter of an hour on two cores; with
CNNLIB_DATA set to a folder with the original MNIST files, half an hour more for all of
MNIST). The 1998 network with its loss and its range of inputs, and the functions that
change one choice of it, are those of lecture L8.

Rates of learning were chosen on held-out training images: for all of MNIST on its last
10,000 with one seed, which no record uses; for the activations on the last 500 of the
sample, below. The test images are looked at once a seed and an epoch, and nothing
follows from what they show.
"""

import os
import sys
from functools import partial

import numpy as np

os.environ.setdefault("CNNLIB_PROGRESS", "0")

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import models, plans
from cnnlib.data import load_mnist
from cnnlib.startup import quiet

with quiet():
    import keras

BATCH_SIZE, RATE = 64, 0.002
FULL_EPOCHS, SAMPLE_EPOCHS = 15, 12
FULL_SEEDS, SEEDS = range(3), range(5)
RATES = (0.0005, 0.002, 0.008)
PAPER_RANGE = {"background": -0.1, "ink": 1.175}
ACTIVATIONS = {
    "scaled tanh, average": ("scaled_tanh", "average"),
    "sigmoid, average": ("sigmoid", "average"),
    "ReLU, max": ("relu", "max"),
}
framed, loss_1998, mixed = functions(
    "L08", "framed", "loss_1998", "mixed", np=np, keras=keras, plans=plans
)


def from_logits(labels, scores):
    """Return the cross-entropy of scores without a softmax."""
    entropy = keras.losses.sparse_categorical_crossentropy
    return entropy(labels, scores, from_logits=True)


def today(activation="relu", pooling="max", frozen=()):
    """Build today's LeNet-5; the layers named in `frozen` keep their first weights."""
    model = models.lenet5(
        activation=activation, pooling=pooling, classifier_activation=None
    )
    for name in frozen:
        model.get_layer(name).trainable = False
    return model


def choices():
    """Return {choice: (arguments of mixed, loss, range of inputs)}."""
    softmax = {"end": plans.Dense}
    relu, pool = {"bend": plans.ReLU()}, {"pool": plans.MaxPooling2D}
    full = {"connections": None}
    return {
        "as in 1998": ({}, loss_1998, PAPER_RANGE),
        "pixels from 0 to 1": ({}, loss_1998, {}),
        "every map of S2 for C3": (full, loss_1998, PAPER_RANGE),
        "max pooling": (pool, loss_1998, PAPER_RANGE),
        "ReLU": (relu, loss_1998, PAPER_RANGE),
        "softmax": (softmax, from_logits, PAPER_RANGE),
        "all five": (relu | pool | full | softmax, from_logits, {}),
    }


def train(build, seed, train, test, loss=from_logits, epochs=SAMPLE_EPOCHS, rate=RATE):
    """Train one network; return test accuracies, one an epoch, and its confusion.

    Returns:
        (epochs,) shares of test images read, and a 10 x 10 count at the end: rows are
        the labels, columns the answers.
    """
    keras.utils.set_random_seed(seed)
    model = build()
    steps = epochs * -(-len(train[0]) // BATCH_SIZE)
    falling = keras.optimizers.schedules.CosineDecay(rate, steps)
    model.compile(keras.optimizers.Adam(falling), loss)
    accuracies = []
    for _ in range(epochs):
        model.fit(*train, batch_size=BATCH_SIZE, verbose=0)
        answers = model.predict(test[0], batch_size=500, verbose=0).argmax(axis=1)
        accuracies.append(float((answers == test[1]).mean()))
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (test[1], answers), 1)
    print(f"seed {seed}: {accuracies[-1]:.4f}", flush=True)
    return accuracies, confusion


def settings(sets, seeds, epochs, **others):
    """Return what all records say of how they were made."""
    return {
        "images": [len(labels) for _, labels in sets],
        "pixels": "padded by 2 on each side to 32 x 32",
        "optimizer": "Adam, its rate falling to 0 by half a cosine",
        "learning rate": RATE,
        "batch_size": BATCH_SIZE,
        "epochs": epochs,
        "seeds": seeds,
        **others,
    }


def in_range(sets, **limits):
    """Pad the images of a train and a test set, and put them into a range."""
    return [(framed(images, **limits), labels) for images, labels in sets]


def full(sets):
    """Measure both networks, and today's with random filters, on all of MNIST."""
    nets = {
        "today": (today, from_logits, {}),
        "1998": (models.lenet5_1998, loss_1998, PAPER_RANGE),
        "random filters": (partial(today, frozen=("C1", "C3")), from_logits, {}),
    }
    values = {}
    for name, (build, loss, limits) in nets.items():
        given = in_range(sets, **limits)
        runs = [train(build, seed, *given, loss, FULL_EPOCHS) for seed in FULL_SEEDS]
        values[name] = [accuracies[-1] for accuracies, _ in runs]
        values[f"{name}, by epoch"] = [accuracies for accuracies, _ in runs]
        values[f"{name}, confusion"] = [found.ravel() for _, found in runs]
    what = (
        "accuracy of LeNet-5 on all of MNIST, as published and as built today, and "
        "today's with C1 and C3 left as they were drawn; last, and after each epoch; "
        "counts of answers (columns) by labels (rows)"
    )
    about = settings(sets, FULL_SEEDS, FULL_EPOCHS)
    report.record("lenet_keras_full", what, about, values)


def best_rate(kind, images, labels):
    """Choose a rate on the last 500 training images, with two seeds of its own."""
    fit, held_out = slice(-500), slice(-500, None)
    sets = (images[fit], labels[fit]), (images[held_out], labels[held_out])
    scores = [
        [
            train(partial(today, *kind), seed, *sets, rate=rate)[0][-1]
            for seed in (90, 91)
        ]
        for rate in RATES
    ]
    return RATES[int(np.mean(scores, axis=1).argmax())]


def activations(sets):
    """Measure three ways to bend and pool, each at the best of three rates."""
    given = in_range(sets)
    rates = {name: best_rate(kind, *given[0]) for name, kind in ACTIVATIONS.items()}
    values = {
        name: [
            train(partial(today, *kind), seed, *given, rate=rates[name])[0]
            for seed in SEEDS
        ]
        for name, kind in ACTIVATIONS.items()
    }
    what = "accuracy on 1,000 digits of MNIST after each epoch, by activation"
    about = settings(sets, SEEDS, SAMPLE_EPOCHS) | {"learning rate": rates}
    report.record("lenet_activations", what, about, values)


def modernized(sets):
    """Measure the 1998 network with one choice changed at a time, then with all."""
    values, parameters = {}, {}
    for name, (changes, loss, limits) in choices().items():
        plan, given = mixed(**changes), in_range(sets, **limits)
        shape = given[0][0].shape[1:]
        runs = [
            train(partial(models.build, plan, shape), seed, *given, loss)
            for seed in SEEDS
        ]
        values[name] = [accuracies[-1] for accuracies, _ in runs]
        parameters[name] = sum(step.parameters for step in plans.walk(plan, shape))
    what = "accuracy on 1,000 digits of MNIST of LeNet-5 of 1998, one choice changed"
    about = settings(sets, SEEDS, SAMPLE_EPOCHS, parameters=parameters)
    report.record("lenet_choices", what, about, values)


def filters(sets):
    """Measure what trained filters are worth, against those left as they were drawn."""
    kinds = {"trained": (), "C1 random": ("C1",), "C1 and C3 random": ("C1", "C3")}
    given = in_range(sets)
    values = {
        name: [
            train(partial(today, frozen=frozen), seed, *given)[0][-1] for seed in SEEDS
        ]
        for name, frozen in kinds.items()
    }
    what = "accuracy on 1,000 digits of MNIST of today's LeNet-5, some filters random"
    report.record("lenet_filters", what, settings(sets, SEEDS, SAMPLE_EPOCHS), values)


def main(names):
    """Measure what is named, or all: on the sample, and on the full set where it is."""
    every = {f.__name__: f for f in (activations, modernized, filters)}
    if os.environ.get("CNNLIB_DATA"):
        every["full"] = full
    for name in names or every:
        every[name](load_mnist(full=name == "full"))


if __name__ == "__main__":
    main(sys.argv[1:])
