"""Measure what augmentation buys and costs (lecture L10), over several seeds.

Run: .venv/bin/python -m benchmarks.l10_augmentation
The network, the views and the training are those of the lecture; every network sees
48,000 images in training, however few of them are different. With "short" as an
argument, nothing is recorded, and little is trained, to see that the script runs.
"""

import sys

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data

SIZES, KINDS, SEEDS = (200, 1000, 4000), ("none", "turn and shift", "too much"), 3
LABELS, LABEL_SEEDS = ("none", "turn and shift", "any angle"), 5
ALL, SEEN = 4000, 48_000
ANGLES = range(0, 181, 15)


def read(net, images, labels):
    """Return the part of each class that a network reads, shape (10,)."""
    right = net.predict(images, batch_size=500, verbose=0).argmax(axis=1) == labels
    return [right[labels == digit].mean() for digit in range(10)]


def measure(net, images, labels, by_views, answers_by_angle):
    """Return what one network reads: upright, at each angle, turned over, by views."""
    answers = answers_by_angle(net, images, ANGLES)  # (angles, images)
    digits = [labels == digit for digit in range(10)]
    views = by_views(net, images).argmax(axis=1)
    return {
        "accuracy": (answers[0] == labels).mean(),
        "at each angle": [
            [(a[d] == labels[d]).mean() for d in digits] for a in answers
        ],
        "6 as 9": (answers[-1][digits[6]] == 9).mean(),
        "9 as 6": (answers[-1][digits[9]] == 6).mean(),
        "ten views": (views == labels).mean(),
    }


def main(short=False):
    """Train every network with every seed and write the two records."""
    train, (x_test, y_test) = data.load_mnist()
    given = {"x_train": train[0], "y_train": train[1]}
    names = "trained", "by_views", "answers_by_angle"
    trained, *views = functions("L10", *names, **given)
    seen, seeds, label_seeds = (ALL, 1, 1) if short else (SEEN, SEEDS, LABEL_SEEDS)

    nets = {
        (kind, seed): trained(kind, ALL, seen, seed)
        for kind in LABELS
        for seed in range(label_seeds)
    }
    labels = {}
    for kind in LABELS:
        several = [
            measure(nets[kind, seed], x_test, y_test, *views)
            for seed in range(label_seeds)
        ]
        for name in several[0]:
            labels[f"{kind}, {name}"] = [found[name] for found in several]

    grid = {}
    for count in SIZES:
        for kind in KINDS:
            grid[f"{kind}, {count}"] = accuracies = []
            for seed in range(seeds):
                net = nets.get((kind, seed)) if count == ALL else None
                net = net or trained(kind, count, seen, seed)
                accuracies.append(np.mean(read(net, x_test, y_test)))
    if short:
        return

    settings = {"test images": len(x_test), "images seen": seen, "batch size": 64}
    what = "accuracy on held-out digits of MNIST"
    with_seeds = {**settings, "seeds": range(seeds)}
    report.record("l10_augmentation", what, with_seeds, grid)
    more = {"images": ALL, "angles": ANGLES, "seeds": range(label_seeds)}
    what += ": of all, of each class at each angle, and by the mean of ten views"
    report.record("l10_labels", what, {**settings, **more}, labels)


if __name__ == "__main__":
    main("short" in sys.argv)
