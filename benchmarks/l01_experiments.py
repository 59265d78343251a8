"""Measure the experiments of lecture L1 on shuffled and shifted digits, over seeds.

Run: .venv/bin/python -m benchmarks.l01_experiments
The MLP and the ConvNet are those of the lecture. Three more tell apart what the
ConvNet has: local ones have a kernel of their own at each place, others have no pools.
"""

import os

os.environ["CNNLIB_PROGRESS"] = "0"

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data
from cnnlib.layers import LocallyConnected2D
from cnnlib.network import Network
from cnnlib.optimizers import Adam

SEEDS = range(10)
SHIFTS = range(7)
TRAINING = {"epochs": 5, "batch_size": 32}
LEARNING_RATE = 0.002
new_mlp, new_convnet = functions("L01", "new_mlp", "new_convnet")


NETWORKS = {
    "MLP": new_mlp,
    "local, no pools": lambda: new_convnet(LocallyConnected2D, pools=False),
    "ConvNet, no pools": lambda: new_convnet(pools=False),
    "local": lambda: new_convnet(LocallyConnected2D),
    "ConvNet": new_convnet,
}


def new_network(name, seed):
    """Build a network by its name."""
    return Network(NETWORKS[name]().layers, seed)


def parameters(name):
    """Count the parameters of a network on a digit."""
    network = new_network(name, 0)
    network.build((28, 28, 1))
    return sum(array.size for array in network.parameters().values())


def changes(seed):
    """Return {name: order of the 784 pixels}, drawn by this seed."""
    rng = np.random.default_rng(seed)
    places = np.arange(784)
    pixels, rows = rng.permutation(places), rng.permutation(places.reshape(28, 28))
    # tiles of 4 x 4, each in an order of its own: (7, 7, 16)
    tiles = places.reshape(7, 4, 7, 4).swapaxes(1, 2).reshape(7, 7, 16)
    tiles = rng.permuted(tiles, axis=2).reshape(7, 7, 4, 4).swapaxes(1, 2)
    orders = {"as it is": places, "pixels": pixels, "tiles": tiles, "rows": rows}
    return {name: order.ravel() for name, order in orders.items()}


def reordered(images, order):
    """Return images whose pixel i is pixel order[i] of the original."""
    return images.reshape(-1, 784)[:, order].reshape(images.shape)


def shift(images, down, right):
    """Shift images down or to the right; zeros come in."""
    moved = np.zeros_like(images)
    moved[:, down:, right:] = images[:, : 28 - down, : 28 - right]
    return moved


def measure(name, seed, train, test):
    """Train a network on each change; return {"network, change": accuracy}.

    As it is, it is tested on shifted images too: one accuracy a shift.
    """
    found = {}
    for what, order in changes(seed).items():
        network = new_network(name, seed)
        optimizer = Adam(LEARNING_RATE)
        x, y = reordered(train[0], order), train[1]
        network.fit(x, y, **TRAINING, optimizer=optimizer, seed=seed)

        def accuracy(images, network=network):
            return network.evaluate(images, test[1])[1]

        found[f"{name}, {what}"] = accuracy(reordered(test[0], order))
        if what == "as it is":
            for way, (down, right) in {"right": (0, 1), "down": (1, 0)}.items():
                found[f"{name}, {way}"] = [
                    accuracy(shift(test[0], k * down, k * right)) for k in SHIFTS
                ]
            turned = test[0].transpose(0, 2, 1, 3)
            found[f"{name}, column by column"] = accuracy(turned)
    return found


def main():
    """Measure with every seed and write the record."""
    train, test = data.load_mnist()
    values = {}
    for name in NETWORKS:
        runs = [measure(name, seed, train, test) for seed in SEEDS]
        values |= {what: [run[what] for run in runs] for what in runs[0]}
    settings = TRAINING | {
        "optimizer": f"Adam({LEARNING_RATE})",
        "images": [len(train[0]), len(test[0])],
        "shifts in pixels": SHIFTS,
        "parameters": {name: parameters(name) for name in NETWORKS},
        "seeds": SEEDS,
    }
    what = "accuracy on digits of MNIST as they are, shuffled, and shifted"
    report.record("l01_experiments", what, settings, values)


if __name__ == "__main__":
    main()
