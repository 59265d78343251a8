"""The training loop behind `Network.fit`: two cores, a guard and a progress line."""

import copy
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from threadpoolctl import threadpool_limits

from cnnlib._progress import Progress


class Run:
    """One call of `fit`: steps that are taken back when the loss explodes."""

    def __init__(self, network, optimizer, rng):
        self.optimizer, self.rng = optimizer, rng
        self.parameters = list(network.parameters().values())
        self.progress = Progress()
        self.steps = 0
        self._before = []  # the parameters before the last step
        # each half of a batch has layers that remember its own input, with parameters
        # that are those of the network, and a generator for dropout
        self._halves = [(_twin(network), rng) for rng in rng.spawn(2)]

    def epoch(self, x, y, batch_size, label):
        """Take one step a batch, in random order.

        Returns:
            {"loss": mean over the images, "accuracy": part of right answers}, each
            measured just before the step that its batch led to.
        """
        order, loss, hits = self.rng.permutation(len(x)), 0.0, 0
        # both cores are busy: threads inside a matrix product would only get in the way
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(2) as pool:
            for start in range(0, len(x), batch_size):
                batch = order[start : start + batch_size]
                batch_loss, batch_hits = self._step(x, y, batch, pool)
                loss += batch_loss * len(batch)
                hits += batch_hits
                seen = start + len(batch)
                figures = {"loss": loss / seen, "accuracy": hits / seen}
                self.progress.show(f"{label}  {seen}/{len(x)}  {in_words(figures)}")
        return figures

    def _step(self, x, y, batch, pool):
        self.steps += 1

        def half_step(half, images):
            network, rng = half
            share = len(images) / len(batch)
            with np.errstate(all="ignore"):  # `check` finds what is not finite
                loss, hits = network.step(x[images], y[images], rng)
                gradients = network.gradients().values()
                return share * loss, hits, [share * array for array in gradients]

        images = [half for half in np.array_split(batch, 2) if len(half)]
        losses, hits, gradients = zip(*pool.map(half_step, self._halves, images))
        gradients = [sum(halves) for halves in zip(*gradients)]
        self.check("loss", *losses)
        self.check("gradient", *gradients)
        self._before = [parameter.copy() for parameter in self.parameters]
        with np.errstate(all="ignore"):
            self.optimizer.update(self.parameters, gradients)
        self.check("new parameter", *self.parameters)
        return sum(losses), sum(hits)

    def check(self, what, *arrays):
        """Go back to the last finite step if an array is not finite.

        Raises:
            FloatingPointError: naming the step, and what to try.
        """
        if all(np.isfinite(array).all() for array in arrays):
            return
        for parameter, before in zip(self.parameters, self._before):
            parameter[...] = before
        raise FloatingPointError(
            f"step {self.steps}: a {what} is nan or inf. Try a new optimizer with a "
            f"learning_rate below {self.optimizer.learning_rate:g}, and look for large "
            "numbers in x. The parameters are those of the last finite step."
        )


def _twin(network):
    twin = copy.copy(network)
    twin.layers = [copy.copy(layer) for layer in network.layers]
    return twin


def in_words(figures):
    """Write {name: number} for the progress line."""
    return "  ".join(f"{name} {value:.4f}" for name, value in figures.items())
