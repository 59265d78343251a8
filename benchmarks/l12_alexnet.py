"""Take ReLU, dropout and augmentation out of a small AlexNet (lecture L12), one by one.

Run: .venv/bin/python -m benchmarks.l12_alexnet
The network is the lecture's. Few images and many epochs, so that there is something to
learn by heart; the test images are another part of the same generated figures.
"""

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import augment, data, models, plans, training

SEEDS = range(3)
EPOCHS = 60
(small_alexnet,) = functions("L12", "small_alexnet", models=models, plans=plans)


def views(seed=0):
    """Return the layers that mirror an image and move it by up to 3 pixels."""
    return augment.layers(flip="horizontal", shift=0.1, seed=seed)


def figures():
    """Return training and test images from -1 to 1, with their labels."""
    parts = data.load_figures(500, test_count=1000)
    return [(2 * x - 1, y) for x, y in parts]


VARIANTS = {
    "all three": ({}, views),
    "tanh": ({"activation": "tanh"}, views),
    "no dropout": ({"dropout": 0.0}, views),
    "no augmentation": ({}, None),
    "neither of the two": ({"dropout": 0.0}, None),
}


def measure(name, seed, train, test):
    """Train one variant from one seed.

    Returns:
        (accuracy on the test images, history of the training).
    """
    settings, make_views = VARIANTS[name]
    runs = training.over_seeds(
        lambda: small_alexnet(**settings),
        train,
        test,
        seeds=[seed],
        epochs=EPOCHS,
        batch_size=32,
        augment=make_views and make_views(),
    )
    return float(runs.accuracies[0]), runs.histories[0]


def main():
    """Train every variant with every seed and write the record."""
    train, test = figures()
    values = {}
    for name in VARIANTS:
        found = [measure(name, seed, train, test) for seed in SEEDS]
        values[name] = [accuracy for accuracy, _ in found]
        values[f"{name}, training"] = [history["accuracy"] for _, history in found]
    settings = {
        "images": [len(train[0]), len(test[0])],
        "epochs": EPOCHS,
        "batch size": 32,
        "variants": list(VARIANTS),
        "seeds": SEEDS,
    }
    what = "accuracy of a small AlexNet on generated figures"
    report.record("l12_alexnet", what, settings, values)


if __name__ == "__main__":
    main()
