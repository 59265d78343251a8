"""Measure the experiments of lecture L1 on shuffled and shifted digits, over seeds.

Run: .venv/bin/python -m benchmarks.l01_experiments [seeds]
The networks, the training and the changes are those of the lecture.
"""

import json
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np

from cnnlib import data
from cnnlib.layers import Conv2D, Dense, Flatten, MaxPooling2D, ReLU
from cnnlib.network import Network
from cnnlib.optimizers import Adam

SHIFTS = range(7)
RESULT = Path(__file__).parent / "results" / "l01_experiments.json"


def new_mlp(seed):
    """Build the multilayer perceptron 784-128-10."""
    return Network([Flatten(), Dense(128), ReLU(), Dense(10)], seed)


def new_convnet(seed):
    """Build two convolutions, each with ReLU and max pooling, and a dense layer."""
    first = [Conv2D(8, 5), ReLU(), MaxPooling2D(2)]
    second = [Conv2D(16, 5), ReLU(), MaxPooling2D(2)]
    return Network([*first, *second, Flatten(), Dense(10)], seed)


NETWORKS = {"MLP": new_mlp, "ConvNet": new_convnet}


def changes(seed):
    """Return {name: change of images}, with the shuffles of this seed."""
    rng = np.random.default_rng(seed)
    pixels, rows = rng.permutation(784), rng.permutation(28)

    def shuffle_pixels(images):
        return images.reshape(-1, 784)[:, pixels].reshape(images.shape)

    def nothing(images):
        return images

    def shuffle_rows(images):
        return images[:, rows]

    return {"as it is": nothing, "pixels": shuffle_pixels, "rows": shuffle_rows}


def shift(images, down, right):
    """Shift images down or to the right; zeros come in."""
    moved = np.zeros_like(images)
    moved[:, down:, right:] = images[:, : 28 - down, : 28 - right]
    return moved


def measure(seed, train, test):
    """Train both networks on each change; return {"network, change": accuracies}.

    Shuffled, it is one accuracy; as it is, one a shift, to the right and down.
    """
    found = {}
    for name, new_network in NETWORKS.items():
        for what, change in changes(seed).items():
            network = new_network(seed)
            network.fit(
                change(train[0]),
                train[1],
                epochs=5,
                batch_size=32,
                optimizer=Adam(0.002),
                seed=seed,
            )

            def accuracy(images, network=network):
                return network.evaluate(images, test[1])[1]

            if what == "as it is":
                moves = {"right": (0, 1), "down": (1, 0)}
                for way, (down, right) in moves.items():
                    found[f"{name}, {way}"] = [
                        accuracy(shift(test[0], k * down, k * right)) for k in SHIFTS
                    ]
                turned = test[0].transpose(0, 2, 1, 3)
                found[f"{name}, column by column"] = [accuracy(turned)]
            else:
                found[f"{name}, shuffled {what}"] = [accuracy(change(test[0]))]
    return found


def spread(values):
    """Return median, mean, lowest and highest of each column, to three decimals."""
    parts = (np.median, np.mean, np.min, np.max)
    names = ("median", "mean", "lowest", "highest")
    rows = [np.round(part(values, axis=0), 3).tolist() for part in parts]
    return dict(zip(names, rows))


def main(seeds):
    """Measure with every seed and write the result."""
    train, test = data.load_mnist()
    start = time.process_time()
    runs = [measure(seed, train, test) for seed in range(seeds)]
    record = {
        "what": "accuracy on 1,000 MNIST digits after training on 4,000: 5 epochs, "
        "batches of 32, Adam(0.002); `right` and `down` are shifts by 0 to 6 pixels",
        "machine": f"{os.cpu_count()} CPU cores, {platform.machine()}, no GPU",
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "seeds": list(range(seeds)),
        "cpu_seconds": round(time.process_time() - start),
        "accuracy": {
            name: spread(np.array([run[name] for run in runs])) for name in runs[0]
        },
        "by_seed": {name: [run[name] for run in runs] for name in runs[0]},
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
