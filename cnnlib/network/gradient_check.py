"""Are the hand-written gradients right? Compare them with differences of the loss."""

import copy

import numpy as np

from cnnlib import ops
from cnnlib._validate import complaint, integer, real


def check_gradients(network, x, y, epsilon=1e-5, entries=50, seed=0):
    """Compare the gradient of each parameter with central differences of the loss.

    All of it happens on float64 copies with dropout off; the network stays as it is.
    The biases of the copy are moved a little, because a blank pixel with a bias of 0
    sits exactly on the kink of ReLU. An entry is passed over where a kink of ReLU or
    of max pooling lies between its two points: there no difference is a derivative.

    Args:
        network: a `cnnlib.network.Network`.
        x: images, shape (N, ...); a few, because each entry takes two passes.
        y: labels, shape (N,).
        epsilon: half the distance between the two points.
        entries: how many entries of a parameter to try, drawn at random.
        seed: for the draw of the entries and the move of the biases.
    Returns:
        {parameter: ‖a - n‖ / (‖a‖ + ‖n‖)} with gradients a and differences n; below
        1e-7 where the gradient is right, nan where all entries were passed over.
    Raises:
        TypeError: as `Network.fit`, or if a setting is not a number.
        ValueError: as `Network.fit`, or if a setting is out of range.
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 11.5.
    """
    entries = integer("entries", entries)
    if real("epsilon", epsilon) <= 0:
        raise ValueError(complaint("epsilon", "a number above 0", epsilon))
    rng = np.random.default_rng(seed)
    network, x, y = _in_float64(network, x, y, rng)
    network.step(x, y)
    gradients, errors = network.gradients(), {}
    for name, parameter in network.parameters().items():
        tried = rng.permutation(parameter.size)[:entries]
        numeric = np.array(
            [_difference(network, x, y, parameter.flat, i, epsilon) for i in tried]
        )
        usable = ~np.isnan(numeric)
        errors[name] = _relative(gradients[name].flat[tried][usable], numeric[usable])
    return errors


def _in_float64(network, x, y, rng):
    network = copy.deepcopy(network)
    x, y = network.examples(np.asarray(x, dtype=np.float64), y)
    for layer in network.layers:
        if layer.w is not None:
            layer.w = layer.w.astype(np.float64)
            layer.b = layer.b + rng.uniform(-0.1, 0.1, layer.b.shape)
    return network, x, y


def _difference(network, x, y, entries, i, epsilon):
    """Take the slope of the loss between two values of one entry; nan at a kink."""
    value, losses, sides = entries[i], [], []
    for moved in (value + epsilon, value - epsilon):
        entries[i] = moved
        losses.append(ops.softmax_cross_entropy(network.forward(x), y)[0])
        sides.append([layer.sides() for layer in network.layers])
    entries[i] = value
    if not all(map(np.array_equal, *sides)):
        return np.nan
    return (losses[0] - losses[1]) / (2 * epsilon)


def _relative(a, n):
    """Divide the distance of two vectors by their lengths; equal zeros are right."""
    if a.size == 0:
        return float("nan")
    length = np.linalg.norm(a) + np.linalg.norm(n)
    return float(np.linalg.norm(a - n) / length) if length else 0.0
