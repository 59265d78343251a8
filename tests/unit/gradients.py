"""What the tests of gradients share."""

import numpy as np


def numeric_gradient(function, x, dy, epsilon=1e-5):
    """Differentiate sum(dy * function(x)) by central differences, entry by entry."""
    x, gradient = x.copy(), np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + epsilon
        above = (dy * function(x)).sum()
        x[index] = value - epsilon
        gradient[index] = (above - (dy * function(x)).sum()) / (2 * epsilon)
        x[index] = value
    return gradient


def relative_error(a, n):
    return np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))


def spread(rng, shape):
    """Draw numbers that are nowhere close to each other or to 0: far from any kink."""
    numbers = rng.permutation(np.prod(shape)) + rng.uniform(0.2, 0.8)
    return (numbers - np.prod(shape) // 2).reshape(shape) / np.prod(shape)
