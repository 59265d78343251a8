"""Measure what a trained base is worth on two other tasks (lecture L16).

Run: CNNLIB_DATA=folder .venv/bin/python -m benchmarks.l16_labels
The folder holds `flowers160.tar`, photographs of flowers, and `cifar10`, what the base
was trained on, with which the distances of the tasks are measured. Each seed draws
other images to learn from and other weights to begin with. The record is written anew
after each seed.
"""

import io
import os
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import l16_base, report
from benchmarks.lecture import functions
from cnnlib import data, training, transfer

COUNTS = (5, 25, 200)  # labeled images of each class
SEEDS = range(3)
TEST = 500
PASSES = {"from scratch": (1500, 3000, 8000), "III": (800, 1500, 3000)}
RATES = {"from scratch": 1e-3, "III": 3e-4}
BATCH = 32
BLOCKS = (1, 2, 3, 4)


def flowers():
    """Read the photographs, made as small as those that the base knows."""
    found = {"train": [], "test": []}
    with tarfile.open(Path(os.environ["CNNLIB_DATA"], "flowers160.tar")) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            if not member.name.endswith(".jpg"):
                continue
            part, kind, _ = Path(member.name).parts[-3:]
            image = Image.open(io.BytesIO(archive.extractfile(member).read()))
            small = image.convert("RGB").resize((32, 32), Image.Resampling.BOX)
            found[part].append((np.asarray(small, np.float32) / 255, kind))
    kinds = sorted({kind for _, kind in found["test"]})
    return [
        (np.stack([x for x, _ in part]), np.array([kinds.index(k) for _, k in part]))
        for part in found.values()
    ]


def in_color(x):
    """Return gray images in color, with a border that makes them 32 pixels wide."""
    margin = (32 - x.shape[1]) // 2
    x = np.pad(x, ((0, 0), (margin,) * 2, (margin,) * 2, (0, 0)))
    return np.repeat(x, 3, axis=-1)


def tasks():
    """Return {task: (images and labels to learn from, those of the test)}."""
    digits = [(in_color(x), y) for x, y in data.load_mnist()]
    found = {"flowers": flowers(), "digits": digits}
    for name, (train, (x, y)) in found.items():
        turns = np.random.default_rng(0).permutation(len(x))[:TEST]
        found[name] = train, (x[turns], y[turns])
    return found


def trained(kind, seed, train, head=None):
    """Train a whole network, from scratch or from the base with a trained head."""
    x, y = train
    place = COUNTS.index(len(x) // len(np.unique(y)))
    times = max(1, round(PASSES[kind][place] / len(x)))
    # one long epoch of repeated images, since each epoch takes a time of its own
    train = np.tile(x, (times, 1, 1, 1)), np.tile(y, times)
    settings = {"epochs": 1, "batch_size": BATCH, "learning_rate": RATES[kind]}
    if head is not None:
        model = transfer.attach(transfer.pretrained_base("vgg_small"), head)
        transfer.fine_tune(model, "block1_conv1", train, seed=seed, **settings)
        return model
    training.set_seed(seed)
    model = transfer.vgg_small((32, 32, 3), len(np.unique(y)))
    for layer in model.layers:
        if hasattr(layer, "moving_mean"):
            layer.momentum = 0.9  # at 0.99 the means come too late for 100 steps
    training.fit(model, train, seed=seed, **settings)
    return model


def right(model, x, y):
    """Return the part of right answers."""
    return float((model.predict(x, 250, verbose=0).argmax(axis=1) == y).mean())


def measure(name, task, seed, labeled, train_head, known):
    """Return {result: one number, or one for each count} of one task and one seed."""
    base = transfer.pretrained_base("vgg_small")
    training.set_seed(seed)
    random = transfer.pretrained_base("vgg_small", weights=None)
    cuts = {
        b: transfer.pretrained_base("vgg_small", last_layer=f"block{b}_pool")
        for b in BLOCKS
    }
    everything, test = task
    found = {"distance": distance(base, known, test[0][:300])}
    features = {
        f"block {b}": (transfer.extract_features(cut, test[0]), cut, "avg", 1.0, ())
        for b, cut in cuts.items()
    }
    maps = transfer.extract_features(cuts[3], test[0], "flatten")
    features["II"] = maps, cuts[3], "flatten", 1.0, (64,)
    other = transfer.extract_features(random, test[0])
    # what a random base gives is small: brought to the size of the other features
    size = float(features["block 4"][0].std() / other.std())
    features["random, frozen"] = other * size, random, "avg", size, ()
    for count in COUNTS:
        train = labeled(*everything, count, seed)
        x, y = train
        for kind, (seen, cut, pooling, factor, units) in features.items():
            if kind in ("block 1", "block 2", "block 3") and count == COUNTS[1]:
                continue  # the depths are compared for few and for many
            f = factor * transfer.extract_features(cut, x, pooling)
            head = train_head(f, y, units, seed)
            found.setdefault(kind, []).append(right(head, seen, test[1]))
            if kind == "block 4":
                linear = head
        for kind in PASSES:
            # III goes on with the head as it was trained on the features
            start = linear if kind == "III" else None
            found.setdefault(kind, []).append(
                right(trained(kind, seed, train, start), *test)
            )
        now = {kind: v[-1] for kind, v in found.items() if isinstance(v, list)}
        print(name, seed, count, now, flush=True)
    return {f"{name}, {kind}": value for kind, value in found.items()}


def distance(base, known, images):
    """Return how far the mean features lie from the known ones, in deviations.

    Both are averages over the features: a deviation of one of them that is hardly ever
    above 0 says nothing.
    """
    features = transfer.extract_features(base, images)
    gaps = abs(features.mean(axis=0) - known.mean(axis=0))
    return float(gaps.mean() / known.std(axis=0).mean())


def main():
    """Measure every task with every seed and write the record."""
    labeled, train_head = functions(
        "L16", "labeled", "train_head", training=training, transfer=transfer
    )
    base = transfer.pretrained_base("vgg_small")
    photos, _ = l16_base.load(l16_base.TEST)
    photos = np.random.default_rng(0).permutation(photos)
    seen, others = transfer.extract_features(base, photos[:1000]), photos[1000:]
    values = {"photographs of the base's own kind, distance": []}
    for seed in SEEDS:
        part = np.random.default_rng(seed).permutation(len(others))[:300]
        own = distance(base, seen, others[part])
        values["photographs of the base's own kind, distance"].append(own)
        for name, task in tasks().items():
            found = measure(name, task, seed, labeled, train_head, seen)
            for result, value in found.items():
                values.setdefault(result, []).append(value)
        settings = {
            "labels of each class": COUNTS,
            "test images": TEST,
            "passes through the network": PASSES,
            "learning rates": RATES,
            "batch size": BATCH,
            "flowers": "five kinds, Flickr, CC BY 2.0, 32 x 32 pixels here",
            "seeds": range(seed + 1),
        }
        what = "accuracy on two other tasks by strategy and number of labels"
        report.record("l16_labels", what, settings, values)


if __name__ == "__main__":
    main()
