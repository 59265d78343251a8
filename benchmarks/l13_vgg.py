"""Measure one large kernel against a stack of 3x3 (lecture L13), over several seeds.

Run: .venv/bin/python -m benchmarks.l13_vgg
Nets, images and training are those of the lecture. The stack without ReLU between its
kernels computes one large convolution, so it tells fewer weights from more bends.
"""

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data, models, plans, training

KINDS = {
    "one 7×7": (7, 1),
    "one 7×7, 12 filters": (7, 1, True, 12),
    "three 3×3": (3, 3),
    "three 3×3, no ReLU between": (3, 3, False),
    "one 5×5": (5, 1),
    "two 3×3": (3, 2),
}
IMAGES = 2000
SEEDS = range(3)
SETTINGS = {"epochs": 20, "batch_size": 64, "learning_rate": 0.002}


def main():
    """Train every net with every seed and write the record."""
    (network,) = functions("L13", "network", models=models, plans=plans)
    train, test = data.load_figures(IMAGES)
    accuracies, parameters = {}, {}
    for name, kind in KINDS.items():
        parameters[name] = network(*kind).count_params()
        runs = training.over_seeds(
            lambda kind=kind: network(*kind), train, test, seeds=SEEDS, **SETTINGS
        )
        accuracies[name] = runs.accuracies
        print(name, runs, flush=True)
    settings = {"images": [IMAGES, len(test[0])], **SETTINGS}
    settings |= {"parameters": parameters, "seeds": SEEDS}
    what = "accuracy on generated figures, by what sees 5 x 5 or 7 x 7 in a block"
    report.record("l13_vgg", what, settings, accuracies)


if __name__ == "__main__":
    main()
