"""One network, trained from several seeds: a mean without its spread says little."""

from dataclasses import dataclass, field

import numpy as np

from cnnlib._validate import class_labels, complaint, entries
from cnnlib.training.arguments import checked_seed, examples
from cnnlib.training.fit import ending, fit, set_seed


@dataclass(frozen=True, eq=False)
class Runs:
    """What came of several seeds.

    Attributes:
        seeds: the seeds, in order.
        accuracies: part of right answers on the test images, shape (seeds,).
        histories: what `fit` returned, one a seed.
        models: the trained models, one a seed.
    """

    seeds: tuple
    accuracies: np.ndarray
    histories: list = field(repr=False)
    models: list = field(repr=False)

    @property
    def mean(self):
        """Mean accuracy of all seeds."""
        return float(self.accuracies.mean())

    @property
    def lowest(self):
        """Accuracy of the worst seed."""
        return float(self.accuracies.min())

    @property
    def highest(self):
        """Accuracy of the best seed."""
        return float(self.accuracies.max())

    def __repr__(self):
        low, high = f"{100 * self.lowest:.1f}", f"{100 * self.highest:.1f}"
        return f"{100 * self.mean:.1f} % ({low} to {high}), {len(self.seeds)} seeds"


def over_seeds(build, train, test, *, seeds, **settings):
    """Train one network from each seed, and measure it on the test images.

    Args:
        build: function without arguments that builds the Keras model anew.
        train: (x, y), as `fit` takes it.
        test: (x, y), which no training sees.
        seeds: seeds, each for the weights to begin with, the order of the images and
            dropout; such as range(3).
        settings: what else `fit` takes: epochs, batch_size and so on.
    Returns:
        `Runs`.
    Raises:
        TypeError: as `fit`, or if `build` is no function, or a seed no int.
        ValueError: as `fit`, or if there is no seed, or one twice.
        FloatingPointError: as `fit`.
    """
    if not callable(build):
        expected = "a function that builds the model, not the model itself"
        raise TypeError(complaint("build", expected, repr(build)))
    seeds = entries("seeds", seeds, "seeds such as range(3)")
    seeds = tuple(checked_seed("seeds", seed) for seed in seeds)
    if not seeds or len(set(seeds)) < len(seeds):
        raise ValueError(complaint("seeds", "at least one, none twice", seeds))
    x, y = examples("test", test)
    accuracies, histories, models = [], [], []
    for seed in seeds:
        set_seed(seed)
        model = build()
        class_labels("y of test", y, ending(model, x)[1])
        label = f"seed {seed}"
        histories.append(fit(model, train, seed=seed, label=label, **settings))
        accuracies.append(model.evaluate(x, y, batch_size=256, verbose=0)[1])
        models.append(model)
    return Runs(seeds, np.array(accuracies), histories, models)
