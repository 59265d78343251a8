"""A problem that a network of a few weights can learn, and such a network."""

import numpy as np

from cnnlib.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D, ReLU
from cnnlib.network import Network

RNG = np.random.default_rng(0)
# stripes that lie or stand: what a network of a few weights can learn
Y = RNG.integers(0, 2, 60)
X = RNG.normal(0, 0.1, (60, 8, 8, 1)).astype("float32")
for image, label in zip(X, Y):
    stripes = image[::2] if label else image[:, ::2]
    stripes += 1


def tiny(seed=0):
    layers = [Conv2D(2, 3), ReLU(), MaxPooling2D(2), Flatten(), Dropout(0.2), Dense(2)]
    return Network(layers, seed)


def copies(network):
    return {name: array.copy() for name, array in network.parameters().items()}


def same(a, b):
    return a.keys() == b.keys() and all((a[name] == b[name]).all() for name in a)
