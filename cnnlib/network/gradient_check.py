"""Are the hand-written gradients right? Compare them with differences of the loss."""

import copy

import numpy as np

from cnnlib import ops
from cnnlib._validate import complaint, generator, integer, real

# Round-off alone leaves about 2e-16 * loss / epsilon in a difference. Gradients that
# are not far above that are compared with this length, for which it is still 1e-7.
FLOOR, ALIKE, NOISE = 1e-3, 1e-3, 1e-15


def check_gradients(network, x, y, epsilon=1e-5, entries=50, seed=0):
    """Compare the gradient of each parameter with central differences of the loss.

    All of it happens on float64 copies with dropout off; the network stays as it is.
    The biases of the copy are moved a little, because a blank pixel with a bias of 0
    sits exactly on the kink of ReLU. Each difference is taken over `epsilon` and over
    half of it. Where the two disagree, a kink of ReLU or of max pooling lies between
    (or `epsilon` is too large): there no difference is a derivative, and the entry is
    passed over.

    Args:
        network: a `cnnlib.network.Network`.
        x: images, shape (N, ...); a few, because each entry takes four passes.
        y: labels, shape (N,).
        epsilon: half the distance between the two points.
        entries: how many entries of a parameter to try, drawn at random.
        seed: for the draw of the entries and the move of the biases.
    Returns:
        {parameter: ‖a - n‖ / max(‖a‖ + ‖n‖, floor)} with gradients a and differences
        n; below 1e-7 where the gradient is right, nan where all entries were passed
        over. The floor, 1e-3 times the largest logit, is what round-off asks for:
        in shorter gradients the error is seen less sharply.
    Raises:
        TypeError: as `Network.fit`, or if a setting is not a number.
        ValueError: as `Network.fit`, or if a setting is out of range.
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 11.5; the
        two differences are combined as in Richardson (1911).
    """
    entries = integer("entries", entries)
    if real("epsilon", epsilon) <= 0:
        raise ValueError(complaint("epsilon", "a number above 0", epsilon))
    x, y = network._examples(x, y)
    rng = generator("seed", seed)
    network, x = _in_float64(network, x, rng)
    _, _, gradients = network.backpropagate(x, y)
    scale = max(1, abs(network.predict(x)).max())
    errors = {}
    for name, parameter in network.parameters().items():
        tried = rng.permutation(parameter.size)[:entries]
        slopes = [_slope(network, x, y, parameter.flat, i, epsilon) for i in tried]
        errors[name] = _relative(gradients[name].flat[tried], np.array(slopes), scale)
    return errors


def _in_float64(network, x, rng):
    network, x = copy.deepcopy(network), x.astype(np.float64)
    network.predict(x[:1])  # now all parameters are there
    for layer in network.layers:
        for name, array in layer.arrays().items():
            setattr(layer, name, array.astype(np.float64))
    for parameter in network.parameters().values():
        parameter += (parameter == 0) * rng.uniform(-0.1, 0.1, parameter.shape)
    return network, x


def _slope(network, x, y, entries, i, epsilon):
    """Take the slope of the loss at the value of one entry; nan at a kink."""
    wide, narrow = (
        _difference(network, x, y, entries, i, step) for step in (epsilon, epsilon / 2)
    )
    if abs(wide - narrow) > ALIKE * (abs(wide) + abs(narrow)) + NOISE / epsilon:
        return np.nan
    return (4 * narrow - wide) / 3  # what both are wrong by cancels


def _difference(network, x, y, entries, i, step):
    value, losses = entries[i], []
    for moved in (value + step, value - step):
        entries[i] = moved
        losses.append(ops.softmax_cross_entropy(network.predict(x), y)[0])
    entries[i] = value
    return (losses[0] - losses[1]) / (2 * step)


def _relative(a, n, scale):
    """Divide the distance of two vectors by their lengths, but for round-off."""
    usable = ~np.isnan(n)
    if not usable.any():
        return float("nan")
    a, n = a[usable], n[usable]
    length = np.linalg.norm(a) + np.linalg.norm(n)
    return float(np.linalg.norm(a - n) / max(length, FLOOR * scale))
