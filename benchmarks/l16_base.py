"""Train the small base that comes with the course (lecture L16): vgg_small.

Run, for each seed: CNNLIB_DATA=folder .venv/bin/python -m benchmarks.l16_base 0
and then, to ship the first one: ... -m benchmarks.l16_base ship 0
That makes other weights the course's own, so `make bench` does not do it.
The folder holds `cifar10` with a part of CIFAR-10 as JPEG. JPEG loses something: the
pictures are not exactly the original ones, and an accuracy on them is one on copies.
After each epoch the weights are written into the folder _build/l16_base.
"""

import hashlib
import io
import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import report
from cnnlib import data
from cnnlib.transfer.bases import WEIGHTS
from cnnlib.transfer.files import load_into, save
from cnnlib.transfer.small import vgg_small

TRAIN, TEST = "cifar10_jpeg_train20k.npz", "cifar10_jpeg_test5k.npz"
EPOCHS = 20
BATCH = 64
RATE = 2e-3
SMOOTHING = 0.1
SHIFT = 4
POLICY = "mixed_bfloat16"
FOLDER = Path("_build/l16_base")


def load(name):
    """Decode one of the files: images from 0 to 1, shape (N, 32, 32, 3), and labels."""
    with np.load(Path(os.environ["CNNLIB_DATA"], "cifar10", name)) as stored:
        ends, octets = stored["offsets"], stored["jpeg"].tobytes()
        labels = stored["labels"].astype(np.int64)
    files = [octets[a:b] for a, b in pairwise(ends)]
    pixels = np.stack([np.asarray(Image.open(io.BytesIO(file))) for file in files])
    return (pixels / 255).astype(np.float32), labels


def views(images, rng):
    """Mirror half of the images, and move each by up to SHIFT pixels, zeros outside."""
    size = images.shape[1]
    padded = np.pad(images, ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT), (0, 0)))
    tops, lefts = rng.integers(0, 2 * SHIFT + 1, (2, len(images)))
    moved = np.stack(
        [p[t : t + size, s : s + size] for p, t, s in zip(padded, tops, lefts)]
    )
    mirrored = rng.random(len(images)) < 0.5
    moved[mirrored] = moved[mirrored, :, ::-1]
    return moved


def train(seed, images, labels, test):
    """Train from one seed, with a file of weights and a line of results an epoch."""
    import keras

    keras.mixed_precision.set_global_policy(POLICY)
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = vgg_small()
    model.get_layer("softmax").dtype_policy = "float32"
    steps = EPOCHS * -(-len(images) // BATCH)
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(RATE, steps)),
        keras.losses.CategoricalCrossentropy(label_smoothing=SMOOTHING),
        metrics=["accuracy"],
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    targets = np.eye(10, dtype=np.float32)
    found = {"accuracy": [], "test": [], "seconds": []}
    for epoch in range(EPOCHS):
        start = time.perf_counter()
        history = model.fit(
            views(images, rng), targets[labels], batch_size=BATCH, verbose=0
        ).history
        accuracy = model.evaluate(test[0], targets[test[1]], 250, verbose=0)[1]
        model.save_weights(FOLDER / f"seed{seed}.weights.h5")
        found["accuracy"].append(history["accuracy"][0])
        found["test"].append(accuracy)
        found["seconds"].append(time.perf_counter() - start)
        (FOLDER / f"seed{seed}.json").write_text(json.dumps(found))
        print(seed, epoch, {k: round(v[-1], 4) for k, v in found.items()}, flush=True)


def right(model, images, labels):
    """Return the part of right answers, over all and for each class."""
    hits = model.predict(images, 250, verbose=0).argmax(1) == labels
    return hits.mean(), [hits[labels == k].mean() for k in range(10)]


def ship(*seeds):
    """Put the first seed's weights into the course, and write the record of all."""
    test = load(TEST)
    WEIGHTS.mkdir(exist_ok=True)
    path = WEIGHTS / "vgg_small.npz"
    values = {"accuracy": [], "accuracy, weights in float32": [], "by class": []}
    for seed in reversed(seeds):  # the first one is written last, and stays
        model = vgg_small()
        model.load_weights(FOLDER / f"seed{seed}.weights.h5")
        values["accuracy, weights in float32"].insert(0, right(model, *test)[0])
        save(model, path)
        load_into(model, path)
        accuracy, classes = right(model, *test)
        values["accuracy"].insert(0, accuracy)
        values["by class"].insert(0, classes)
    curves = [json.loads((FOLDER / f"seed{s}.json").read_text()) for s in seeds]
    values["training, by epoch"] = [found["accuracy"] for found in curves]
    values["test, by epoch"] = [found["test"] for found in curves]
    content = path.read_bytes()
    settings = {
        "file": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "shipped": f"seed {seeds[0]}, weights in float16",
        "data": "CIFAR-10 as JPEG copies, which lose something: the first 2,000"
        " training and 500 test images of each class",
        "license": "CIFAR-10 states none; cite Krizhevsky (2009). The weights: MIT",
        "classes": data.CIFAR10_CLASSES,
        "images": [20000, 5000],
        "parameters": vgg_small().count_params(),
        "epochs": EPOCHS,
        "batch size": BATCH,
        "optimizer": f"Adam, rate from {RATE} to 0 along a cosine",
        "loss": f"cross-entropy, labels smoothed by {SMOOTHING}",
        "views": f"mirrored, moved by up to {SHIFT} pixels",
        "precision": POLICY,
        "seeds": seeds,
    }
    what = "accuracy of the small base vgg_small on test images of its ten classes"
    report.record("l16_base", what, settings, values)


def main(*words):
    """Train the base from one seed, or ship it."""
    if words[0] == "ship":
        ship(*map(int, words[1:]))
    else:
        train(int(words[0]), *load(TRAIN), load(TEST))


if __name__ == "__main__":
    main(*sys.argv[1:])
