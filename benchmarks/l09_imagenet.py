"""Measure the two nets of lecture L9: top-k errors, and five guesses for photographs.

Run: .venv/bin/python -m benchmarks.l09_imagenet
The net of a hundred classes is trained as in the lecture, from several seeds. The net
of a thousand classes is MobileNetV2: its weights and its class names are taken from
Keras' cache, or from the folder CNNLIB_DATA; without them that record stays as it is.
"""

import json
import os
from pathlib import Path

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data, training
from cnnlib.startup import quiet

with quiet():
    import keras

SEEDS = range(5)
REPEATS = 2  # no seed here: the second run shows that the answers stay
REBUILT = Path("weights") / "mobilenet_v2_1.0_224_imagenet_dequantized.h5"
NAMES = "imagenet_class_index.json"


def hundred_classes():
    """Train the net of a hundred classes with every seed: the top-k error for all k."""
    side_by_side, trained = functions(
        "L09", "side_by_side", "trained", keras=keras, training=training
    )
    train_digits, test_digits = data.load_mnist()
    pairs = np.random.default_rng(9)
    train = side_by_side(train_digits, 8_000, pairs)
    x_test, y_test = side_by_side(test_digits, 2_000, pairs)
    errors = []
    for seed in SEEDS:
        net = trained(seed, train)
        ranks = training.label_ranks(net.predict(x_test, verbose=0), y_test)
        errors.append([float((ranks >= k).mean()) for k in range(1, 101)])
    settings = {
        "images": [len(train[0]), len(x_test)],
        "classes": 100,
        "epochs": 4,
        "parameters": net.count_params(),
        "seeds": SEEDS,
    }
    what = "top-k error, k = 1 to 100, on pairs of digits of MNIST at half their size"
    report.record("l09_topk", what, settings, {"top-k error": errors})


def thousand_classes():
    """Ask MobileNetV2 for five guesses for each photograph of the lecture."""
    build, shorter_side, middle, five_guesses = functions(
        "L09",
        *("thousand_classes", "shorter_side", "middle", "five_guesses"),
        keras=keras,
    )
    folder = Path(os.environ.get("CNNLIB_DATA", "."))
    rebuilt = folder / REBUILT
    weights = rebuilt if rebuilt.exists() else None
    if build(weights) is None:
        return
    kept = Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "models" / NAMES
    index = kept if kept.exists() else folder / "imagenet" / NAMES
    words = json.loads(index.read_text())
    guesses, values = {}, {name: [] for name in data.PHOTOS}
    for net in (build(weights) for _ in range(REPEATS)):
        for name, found in values.items():
            photo = middle(shorter_side(data.photo(name, color=True)))
            best, scores = five_guesses(net, photo)
            found.append(scores)
            names = [words[str(c)][1].replace("_", " ") for c in best]
            if guesses.setdefault(name, names) != names:
                raise ValueError(f"{name}: expected {guesses[name]}, received {names}")
    source = "from 8 bits, batch norm folded in" if weights else "of Keras"
    settings = {"weights": source, "guesses": guesses, "repeats": REPEATS}
    what = "five guesses of MobileNetV2 and their scores, 224 pixels, one crop"
    report.record("l09_photos", what, settings, values)


if __name__ == "__main__":
    hundred_classes()
    thousand_classes()
