"""The three cases of transfer on photographs of flowers (lecture L16), three seeds.

Run: CNNLIB_DATA=folder .venv/bin/python -m benchmarks.l16_flowers
The folder holds flowers160.tar, photographs of five kinds of flowers, 160 x 160, and
weights/mobilenet_v2_0.35_224_no_top_rebuilt.h5, trained on ImageNet.

What is frozen gives the same numbers for the same image each time; so it is run once,
and its numbers are kept in _build/l16_flowers. Case III keeps those of the last layer
below the first that learns, and trains the rest as a network of its own.
"""

import os
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import report
from cnnlib import training, transfer

NAME, SIZE, ALPHA = "mobilenet_v2", 160, 0.35
WEIGHTS = "weights/mobilenet_v2_0.35_224_no_top_rebuilt.h5"
BELOW, FROM = "block_12_add", "block_13_expand"
A_CLASS = (10, 30, 100, 300)
SEEDS = range(3)
BATCH = 32
HEAD = {"batch_size": BATCH, "learning_rate": 1e-3}
TUNE = {"batch_size": BATCH, "learning_rate": 1e-4}
HEAD_STEPS, TUNE_STEPS = 600, 200
SCRATCH = {"epochs": 20, "batch_size": 32, "learning_rate": 2e-3}
SCRATCH_A_CLASS, SCRATCH_SIZE = 100, 80
CACHE = Path("_build/l16_flowers")
MISTAKES = {
    "0 to 255": lambda x: 255 * x,
    "0 to 1": lambda x: x,
    "BGR": lambda x: transfer.preprocess(x[..., ::-1], NAME),
}


def cached(name, make):
    """Return arrays that were made before, or make them."""
    path = CACHE / f"{name}.npz"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        np.savez(path, *make())
    with np.load(path) as stored:
        return [*stored.values()]


def load():
    """Read images as bytes, shape (N, 160, 160, 3), and labels: training, then test."""
    found = {"train": ([], []), "test": ([], [])}
    with tarfile.open(Path(os.environ["CNNLIB_DATA"], "flowers160.tar")) as tar:
        paths = sorted(name for name in tar.getnames() if name.endswith(".jpg"))
        kinds = sorted({name.split("/")[-2] for name in paths})
        for name in paths:
            part, kind, _ = name.split("/")[-3:]
            image = Image.open(tar.extractfile(name)).convert("RGB")
            found[part][0].append(np.asarray(image))
            found[part][1].append(kinds.index(kind))
    return [np.array(values) for part in found.values() for values in part]


def base(weights, **settings):
    """Return the frozen base with these weights."""
    return transfer.pretrained_base(
        NAME, (SIZE, SIZE, 3), weights=weights, alpha=ALPHA, **settings
    )


def choices(labels, seed):
    """Return which examples to learn from: for each number a class, its rows.

    The fewer are among the more.
    """
    rng = np.random.default_rng(seed)
    mixed = [rng.permutation(np.flatnonzero(labels == k)) for k in np.unique(labels)]
    return [np.concatenate([rows[:count] for rows in mixed]) for count in A_CLASS]


def epochs(steps, images):
    """Return the epochs of about so many steps, whatever the number of images."""
    return max(1, round(steps / -(-images // BATCH)))


def trained_head(x, y, seed, **settings):
    """Train a head on features."""
    training.set_seed(seed)
    head = transfer.dense_head(x.shape[1], 5, **settings)
    training.fit(head, (x, y), epochs=epochs(HEAD_STEPS, len(x)), seed=seed, **HEAD)
    return head


def accuracy(model, x, y):
    """Return the part of right answers."""
    return model.evaluate(x, y, batch_size=100, verbose=0)[1]


def cases(maps, labels, path, note):
    """Run the three cases, with all numbers of examples, from every seed."""
    import keras

    whole = base(path)
    # its layers are those of the base: what is trained here is the base
    upper = keras.Model(whole.get_layer(BELOW).output, whole.output, name="upper")
    start = whole.get_weights()
    features = [transfer.extract_features(upper, part) for part in maps]
    for seed in SEEDS:
        found = {"I": [], "II": [], "III": []}
        for rows in choices(labels[0], seed):
            x, y = features[0][rows], labels[0][rows]
            head = trained_head(x, y, seed)
            found["I"].append(accuracy(head, features[1], labels[1]))
            own = trained_head(x, y, seed, units=(64,), dropout=0.5)
            found["II"].append(accuracy(own, features[1], labels[1]))
            model = transfer.attach(upper, head)
            settings = TUNE | {"epochs": epochs(TUNE_STEPS, len(x)), "seed": seed}
            transfer.fine_tune(model, FROM, (maps[0][rows], y), **settings)
            found["III"].append(accuracy(model, maps[1], labels[1]))
            whole.set_weights(start)
        note("I: frozen, a new last layer", found["I"])
        note("II: features, a head of its own", found["II"])
        note("III: fine-tuned", found["III"])
    return features


def random_base(images, labels, note):
    """Put a head on a frozen base whose weights are drawn at random."""
    for seed in SEEDS:

        def features(seed=seed):
            training.set_seed(seed)
            network = base(None)
            return [transfer.extract_features(network, part) for part in images]

        x, x_test = cached(f"random{seed}", features)
        # numbers of a random base hardly differ from image to image: without this the
        # head would learn next to nothing, and the control would be too weak
        mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
        x, x_test = (x - mean) / spread, (x_test - mean) / spread
        found = [
            accuracy(trained_head(x[rows], labels[0][rows], seed), x_test, labels[1])
            for rows in choices(labels[0], seed)
        ]
        note("random and frozen", found)


def mistakes(images, features, labels, path, note):
    """Give the base images as it was not trained on: in the test, or always."""
    network = base(path)
    for name, wrong in MISTAKES.items():

        def made(wrong=wrong):
            # predict looks at no contract; extract_features refuses two of the three
            maps = [network.predict(wrong(part), 100, verbose=0) for part in images]
            return [part.mean(axis=(1, 2)) for part in maps]

        x, x_test = cached(name.replace(" ", "_"), made)
        for seed in SEEDS:
            rows = choices(labels[0], seed)[-1]
            y = labels[0][rows]
            head = trained_head(features[0][rows], y, seed)
            note(f"{name}, in the test alone", accuracy(head, x_test, labels[1]))
            head = trained_head(x[rows], y, seed)
            note(f"{name}, from the start", accuracy(head, x_test, labels[1]))


def from_scratch(images, labels, note):
    """Train the same network from random weights, on smaller images."""
    import keras

    factor = SIZE // SCRATCH_SIZE
    small = [
        part.reshape(len(part), SCRATCH_SIZE, factor, SCRATCH_SIZE, factor, 3).mean(
            axis=(2, 4)
        )
        for part in images
    ]
    for seed in SEEDS:
        rows = choices(labels[0], seed)[A_CLASS.index(SCRATCH_A_CLASS)]
        training.set_seed(seed)
        model = keras.applications.MobileNetV2(
            (SCRATCH_SIZE, SCRATCH_SIZE, 3), ALPHA, weights=None, classes=5
        )
        for layer in model.layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.momentum = 0.9  # 0.999 is for hundreds of thousands of steps
        training.fit(model, (small[0][rows], labels[0][rows]), seed=seed, **SCRATCH)
        note("from scratch", accuracy(model, small[1], labels[1]))


def main():
    """Measure everything with every seed, and write the record."""
    if "CNNLIB_DATA" not in os.environ:
        print("l16_flowers: skipped, CNNLIB_DATA names no folder with flowers160.tar")
        return
    x_train, y_train, x_test, y_test = cached("images", load)
    labels = y_train, y_test
    images = [(part / 255).astype(np.float32) for part in (x_train, x_test)]
    right = [transfer.preprocess(part, NAME) for part in images]
    path = Path(os.environ["CNNLIB_DATA"], WEIGHTS)
    values = {}

    def note(name, value):
        values.setdefault(name, []).append(value)
        print(name, np.round(value, 3), flush=True)

    def below():
        network = base(path, last_layer=BELOW)
        return [transfer.extract_features(network, part, None) for part in right]

    settings = {
        "data": "photographs of five kinds of flowers, CC BY 2.0",
        "images": [len(y_train), len(y_test)],
        "size": SIZE,
        "examples a class": A_CLASS,
        "base": f"MobileNetV2, alpha {ALPHA}, ImageNet",
        "fine-tuned from": FROM,
        "random and frozen": "each feature brought to mean 0 and spread 1",
        "head": HEAD | {"steps": HEAD_STEPS},
        "fine-tuning": TUNE | {"steps": TUNE_STEPS},
        "from scratch": SCRATCH
        | {"examples a class": SCRATCH_A_CLASS, "size": SCRATCH_SIZE},
        "wrong preprocessing": f"on {A_CLASS[-1]} examples a class, case I",
        "seeds": SEEDS,
    }
    what = "accuracy on photographs of flowers, by how a trained network is used"
    features = cases(cached("below", below), labels, path, note)
    parts = [
        lambda: mistakes(images, features, labels, path, note),
        lambda: random_base(right, labels, note),
        lambda: from_scratch(right, labels, note),
    ]
    for part in parts:  # each can take long: what there is, is kept
        report.record("l16_flowers", what, settings, values)
        part()
    report.record("l16_flowers", what, settings, values)


if __name__ == "__main__":
    main()
