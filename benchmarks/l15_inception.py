"""Measure several kernel sizes against one, with and without 1x1 (lecture L15).

Run: .venv/bin/python -m benchmarks.l15_inception. With CNNLIB_DATA set to a folder with
`cifar10/cifar10_jpeg_train20k.npz` and `cifar10_jpeg_test5k.npz`, a quarter of an hour
more for color photographs. The nets are those of the lecture: all multiply as often.
"""

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data, training
from cnnlib.models import layer_table

SEEDS = range(3)
PATCHES = {"epochs": 20, "learning_rate": 0.003}
PHOTOS = {"epochs": 10, "learning_rate": 0.003}
IMAGES = 6000


def photographs(folder, name, number):
    """Read CIFAR-10 as JPEG: images from 0 to 1 and labels, the first of each class."""
    with np.load(Path(folder) / "cifar10" / name) as stored:
        ends, octets = stored["offsets"], stored["jpeg"].tobytes()
        labels = stored["labels"].astype(int)
    per_class = number // 10
    kept = [np.flatnonzero(labels == label)[:per_class] for label in range(10)]
    kept = np.sort(np.concatenate(kept))
    images = [Image.open(io.BytesIO(octets[ends[i] : ends[i + 1]])) for i in kept]
    return np.stack(list(map(np.asarray, images))) / np.float32(255), labels[kept]


def measure(nets, name, what, train, test, classes, settings, about):
    """Train every net with every seed and write a record."""
    network, kinds = nets
    image, costs, accuracies = train[0].shape[1:], {}, {}
    for kind, branches in kinds.items():
        costs[kind] = layer_table(network(branches, classes, image)).multiplications
        runs = training.over_seeds(
            lambda branches=branches: network(branches, classes, image),
            train,
            test,
            seeds=SEEDS,
            **settings,
        )
        accuracies[kind] = runs.accuracies
        print(name, kind, runs, flush=True)
    about = {"images": [len(train[0]), len(test[0])], **about, **settings}
    about |= {"multiplications": costs, "seeds": SEEDS}
    report.record(name, what, about, accuracies)


def main():
    """Measure on textures, and on CIFAR-10 where it is at hand."""
    nets = functions("L15", "network", "KINDS")
    what = "accuracy on photographed textures, by the kernels of a block"
    measure(nets, "l15_inception", what, *data.load_patches(), 3, PATCHES, {})
    if folder := os.environ.get("CNNLIB_DATA"):
        train = photographs(folder, "cifar10_jpeg_train20k.npz", IMAGES)
        test = photographs(folder, "cifar10_jpeg_test5k.npz", 5000)
        what = "accuracy on CIFAR-10 from JPEG files, by the kernels of a block"
        about = {"loss": "JPEG, mean absolute error 5.8/255 against the originals"}
        measure(nets, "l15_inception_full", what, train, test, 10, PHOTOS, about)


if __name__ == "__main__":
    main()
