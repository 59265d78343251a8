"""The training loop behind `Network.fit`: two cores, a guard and a progress line."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cnnlib._progress import Progress
from cnnlib.network.blas import one_thread


class Run:
    """One call of `fit`: steps that are taken back when the loss explodes."""

    def __init__(self, network, optimizer, rng):
        self.network, self.optimizer, self.rng = network, optimizer, rng
        self.parameters = list(network.parameters().values())
        self.progress = Progress()
        self.steps = 0
        self._before = self._copies()  # of what lasts, before the last step
        self._dropout_rngs = rng.spawn(2)  # one for each half of a batch

    def epoch(self, x, y, batch_size, label):
        """Take one step a batch, in random order.

        Returns:
            {"loss": mean over the images, "accuracy": part of right answers}, each
            measured just before the step that its batch led to.
        """
        order, loss, hits = self.rng.permutation(len(x)), 0.0, 0
        with one_thread(), ThreadPoolExecutor(2) as pool:
            for start in range(0, len(x), batch_size):
                batch = order[start : start + batch_size]
                batch_loss, batch_hits = self._step(x, y, batch, pool)
                loss += batch_loss * len(batch)
                hits += batch_hits
                seen = start + len(batch)
                metrics = {"loss": loss / seen, "accuracy": hits / seen}
                self.progress.show(f"{label}  {seen}/{len(x)}  {in_words(metrics)}")
        return metrics

    def _step(self, x, y, batch, pool):
        self.steps += 1

        def half(images, rng):
            share = len(images) / len(batch)
            with np.errstate(all="ignore"):  # `guard` finds what is not finite
                found = self.network.backpropagate(x[images], y[images], rng)
                loss, hits, gradients = found
                return share * loss, hits, [share * g for g in gradients.values()]

        images = [half for half in np.array_split(batch, 2) if len(half)]
        losses, hits, gradients = zip(*pool.map(half, images, self._dropout_rngs))
        gradients = [sum(halves) for halves in zip(*gradients)]
        self.guard("loss", *losses)
        self.guard("gradient", *gradients)
        self._before = self._copies()
        with np.errstate(all="ignore"):
            self.optimizer.update(self.parameters, gradients)
        self.guard("new parameter", *self.parameters)
        return sum(losses), sum(hits)

    def _copies(self):
        return {name: array.copy() for name, array in self.network.arrays().items()}

    def guard(self, what, *arrays):
        """Go back to the last finite step if an array is not finite.

        Raises:
            FloatingPointError: naming the step, and what to try.
        """
        if all(np.isfinite(array).all() for array in arrays):
            return
        for name, array in self.network.arrays().items():
            array[...] = self._before[name]
        raise FloatingPointError(
            f"step {self.steps}: a {what} is nan or inf. Try a new optimizer with a "
            f"learning_rate below {self.optimizer.learning_rate:g}, and look for large "
            "numbers in x. The parameters are those of the last finite step."
        )


def in_words(metrics):
    """Write {name: number} for the progress line."""
    return "  ".join(f"{name} {value:.4f}" for name, value in metrics.items())
