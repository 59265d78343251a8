"""A network: layers in a row, trained by the gradients that they compute."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import (
    checked_shape,
    class_labels,
    complaint,
    entries,
    finite,
    float_dtype,
    float_type,
    generator,
    integer,
    numeric,
)
from cnnlib.layers import Layer
from cnnlib.network import archive
from cnnlib.network.blas import one_thread
from cnnlib.network.fit import Run, in_words
from cnnlib.optimizers import Optimizer

UNBUILT = "network: expected a known input shape; call build((H, W, C)) or fit first"


class Network:
    """A classifier: layers in a row, the last of which gives one logit a class.

    Weights are drawn on the first call, as soon as the size of the input is known:
    Glorot-uniform weights and zero biases, as in Keras.

    Args:
        layers: layers of `cnnlib.layers`, first to last, each one once.
        seed: for the weights.
    Raises:
        TypeError: if `layers` is not a list of layers, or `seed` not a seed.
        ValueError: if there is no layer, one is there twice, or the seed is negative.
    """

    def __init__(self, layers, seed=0):
        expected = "a list of layers of cnnlib.layers"
        self.layers = entries("layers", layers, expected)
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise TypeError(complaint("layers", expected, repr(layer)))
        if not self.layers or len(set(map(id, self.layers))) < len(self.layers):
            expected = "at least one layer, and each one once"
            raise ValueError(complaint("layers", expected, self.layers))
        self.input_shape = None
        self._rng = generator("seed", seed)

    def parameters(self):
        """Return {name: array} of all that training moves, as "layers[0].w"."""
        return self._named(layer.parameters() for layer in self.layers)

    def arrays(self):
        """Return {name: array} of all that lasts: parameters and state."""
        return self._named(layer.arrays() for layer in self.layers)

    def array_shapes(self, input_shape):
        """Return {name: shape} of what `arrays()` holds for images of that shape.

        Raises:
            TypeError: as `build`.
            ValueError: as `build`.
        """
        shapes = zip(self.layers, self._shapes(input_shape))
        return self._named(layer.array_shapes(shape) for layer, shape in shapes)

    def _named(self, by_layer):
        return {
            f"layers[{number}].{name}": value
            for number, found in enumerate(by_layer)
            for name, value in found.items()
        }

    def build(self, input_shape, dtype=np.float32):
        """Draw the parameters that are not there yet.

        Args:
            input_shape: shape of one image, such as (28, 28, 1).
            dtype: float32 or float64.
        Raises:
            TypeError: if the shape does not hold ints, or `dtype` is not a dtype.
            ValueError: if a layer cannot take what it gets, or what comes out of the
                last one is not one logit a class. Nothing has changed then.
        """
        dtype = float_type("dtype", dtype)
        shapes = self._shapes(input_shape)
        before = [vars(layer).copy() for layer in self.layers]
        drawn = self._rng.bit_generator.state
        try:
            for layer, needed in zip(self.layers, shapes):
                layer.build(needed, self._rng, dtype)
        except BaseException:  # a layer can be too large for the memory
            for layer, settings in zip(self.layers, before):
                vars(layer).clear()
                vars(layer).update(settings)
            self._rng.bit_generator.state = drawn
            raise
        self.input_shape = shapes[0]

    def _shapes(self, input_shape):
        """List the shapes between the layers, from the input to the logits."""
        shapes = [checked_shape("input_shape", input_shape)]
        for layer in self.layers:
            shapes.append(layer.output_shape(shapes[-1]))
        if len(shapes[-1]) != 1:
            expected = "an end with one logit a class, such as Dense(10)"
            raise ValueError(complaint("layers", expected, f"shape {shapes[-1]}"))
        return shapes

    def _images(self, x, name="x"):
        """Return images as an array, if they are finite and fit the layers.

        With them come the shapes between the layers.
        """
        x = numeric(name, x)
        if x.ndim < 2:
            raise ValueError(complaint(name, "shape (N, ...)", f"shape {x.shape}"))
        return x, self._shapes(finite(name, x).shape[1:])

    def _examples(self, x, y, names=("x", "y")):
        """Return images and labels as arrays, if they fit each other and the layers."""
        x, shapes = self._images(x, names[0])
        y = numeric(names[1], y, "N")
        if len(x) != len(y):
            expected, received = "as many images as labels", f"{len(x)} and {len(y)}"
            raise ValueError(complaint(" and ".join(names), expected, received))
        return x, class_labels(names[1], y, shapes[-1][0])

    def forward(self, x, rng=None):
        """Go through all layers once, and keep what the way back needs.

        Args:
            x: images, shape (N, ...).
            rng: a NumPy generator, or a seed for one, switches dropout on.
        Returns:
            (logits, memories): shape (N, num_classes); one memory a layer.
        Raises:
            TypeError: as `predict`.
            ValueError: as `predict`.
        """
        return self._forward(self._images(x)[0], rng)

    def _forward(self, x, rng):
        """Go through all layers once with images that `_images` has seen."""
        memories = []
        rng = rng if rng is None else generator("rng", rng)
        self.build(x.shape[1:], float_dtype(x))
        for layer in self.layers:
            x, memory = layer.forward(x, rng)
            memories.append(memory)
        return x, memories

    def backward(self, dlogits, memories):
        """Go back through the layers, as far as there are parameters.

        Args:
            dlogits: gradient of the loss for the logits, shape (N, num_classes).
            memories: as `forward` gave them.
        Returns:
            {name of the parameter: its gradient}, as in `parameters()`.
        Raises:
            TypeError: if `dlogits` are not real numbers, or `memories` no list.
            ValueError: if shapes do not fit each other, or nothing is built yet.
        """
        expected = f"a list of {len(self.layers)}, one a layer, as forward gave it"
        memories = entries("memories", memories, expected)
        if len(memories) != len(self.layers):
            raise ValueError(complaint("memories", expected, len(memories)))
        if self.input_shape is None:
            raise ValueError(UNBUILT)
        first = next(
            (i for i, layer in enumerate(self.layers) if layer.parameters()), 0
        )
        dy, gradients = dlogits, []
        for i in reversed(range(first, len(self.layers))):
            dy, found = self.layers[i].backward(dy, memories[i], needs_dx=i > first)
            gradients = [*found, *gradients]
        names = self.parameters()
        if len(gradients) != len(names):
            expected = f"one gradient for each of {list(names)}"
            raise ValueError(complaint("layers", expected, f"{len(gradients)} of them"))
        return dict(zip(names, gradients))

    def backpropagate(self, x, y, rng=None):
        """Go forward and back once; the parameters stay as they are.

        Args:
            x: images of one batch, shape (N, ...).
            y: their labels, shape (N,).
            rng: a NumPy generator, or a seed for one, switches dropout on.
        Returns:
            (loss, hits, gradients): the mean loss, the number of right answers, and
            {name of the parameter: its gradient}.
        Raises:
            TypeError: as `fit`.
            ValueError: as `fit`.
        """
        x, y = self._examples(x, y)
        logits, memories = self._forward(x, rng)
        loss, dlogits = ops.softmax_cross_entropy(logits, y)
        hits = int((logits.argmax(axis=1) == y).sum())
        return loss, hits, self.backward(dlogits, memories)

    def fit(self, x, y, *, epochs, batch_size, optimizer, validation_data=None, seed=0):
        """Train: one step a batch, every image once an epoch.

        A network that was trained before goes on from where it is.

        Args:
            x: images, shape (N, ...).
            y: labels, ints from 0 to num_classes - 1, shape (N,).
            epochs: how often to go through all images.
            batch_size: images in a step; the last batch of an epoch can be smaller.
            optimizer: `SGD`, `Adagrad` or `Adam`.
            validation_data: (x, y) to evaluate after each epoch, or None.
            seed: for the order of the images and for dropout.
        Returns:
            Dict of lists, one number an epoch: loss and accuracy, means over the
            epoch while the network was learning, and val_loss and val_accuracy if
            there is validation data.
        Raises:
            TypeError: if an argument is of the wrong kind.
            ValueError: if an argument is out of range, or the optimizer moves another
                network; nothing is trained then.
            FloatingPointError: if a loss is not finite; the parameters, and what else
                lasts of a layer, are then those of the last step whose loss was finite.
        """
        epochs = integer("epochs", epochs)
        batch_size = integer("batch_size", batch_size)
        if not isinstance(optimizer, Optimizer):
            expected = "an optimizer such as SGD(0.1)"
            raise TypeError(complaint("optimizer", expected, repr(optimizer)))
        rng = generator("seed", seed)
        x, y = self._examples(x, y)
        if validation_data is not None:
            if not isinstance(validation_data, tuple) or len(validation_data) != 2:
                received = type(validation_data).__name__
                raise ValueError(
                    complaint("validation_data", "a pair (x, y)", received)
                )
            names = "x of validation_data", "y of validation_data"
            x_val, y_val = self._examples(*validation_data, names)
            shapes = [self.array_shapes(images.shape[1:]) for images in (x, x_val)]
            if shapes[0] != shapes[1]:
                received = [f"shape {images.shape}" for images in (x, x_val)]
                expected = f"images of the size of x, {received[0]}"
                raise ValueError(complaint("validation_data", expected, received[1]))
        optimizer.accept(list(self.parameters().values()))
        self.build(x.shape[1:], float_dtype(x))
        run, history = Run(self, optimizer, rng), {}
        for epoch in range(1, epochs + 1):
            label = f"epoch {epoch}/{epochs}"
            metrics = run.epoch(x, y, batch_size, label)
            if validation_data is not None:
                loss, accuracy = self.evaluate(x_val, y_val)
                run.guard("validation loss", loss)
                metrics |= {"val_loss": loss, "val_accuracy": accuracy}
            run.progress.keep(f"{label}  {in_words(metrics)}")
            for name, value in metrics.items():
                history.setdefault(name, []).append(value)
        return history

    def predict(self, x, batch_size=256):
        """Compute the logits of many images, batch by batch.

        Args:
            x: images, shape (N, ...).
            batch_size: images at a time; changes the memory it takes and, but for
                rounding, not the result.
        Returns:
            Logits, shape (N, num_classes); the largest one names the class.
        Raises:
            TypeError: if `x` does not hold real numbers.
            ValueError: if `x` is empty, not finite, or does not fit the layers.
        """
        (x, _), batch_size = self._images(x), integer("batch_size", batch_size)
        self.build(x.shape[1:], float_dtype(x))
        starts = range(0, len(x), batch_size)
        with one_thread():
            return np.concatenate([self._logits(x[i : i + batch_size]) for i in starts])

    def _logits(self, x):
        for layer in self.layers:
            x, _ = layer.forward(x)
        return x

    def evaluate(self, x, y, batch_size=256):
        """Measure the mean loss and the part of right answers, without dropout.

        Args:
            x: images, shape (N, ...).
            y: labels, ints from 0 to num_classes - 1, shape (N,).
            batch_size: images at a time.
        Returns:
            (loss, accuracy), two floats.
        Raises:
            TypeError: as `fit`.
            ValueError: as `fit`.
        """
        x, y = self._examples(x, y)
        with np.errstate(over="ignore", invalid="ignore"):
            logits = self.predict(x, batch_size)
            loss, _ = ops.softmax_cross_entropy(logits, y)
        return loss, float((logits.argmax(axis=1) == y).mean())

    def save(self, path):
        """Write the parameters to a plain .npz file, whole or not at all.

        Raises:
            OSError: if the file cannot be written; an old one is then untouched.
            ValueError: if there are no parameters yet.
        """
        if self.input_shape is None:
            raise ValueError(UNBUILT)
        archive.save(self, path)

    def load(self, path):
        """Take the parameters from a file that `save` wrote for the same layers.

        Raises:
            FileNotFoundError: if there is no such file.
            ValueError: if the file is damaged, or from other layers; the network
                then stays as it was.
        """
        archive.load(self, path)

    def summary(self):
        """Print one line a layer: settings, shape of the output, parameters.

        Raises:
            ValueError: if the size of the input is not known yet.
        """
        if self.input_shape is None:
            raise ValueError(UNBUILT)
        shapes = self._shapes(self.input_shape)[1:]
        counts = [
            sum(array.size for array in layer.parameters().values())
            for layer in self.layers
        ]
        width = max(len(repr(layer)) for layer in self.layers)
        for layer, shape, count in zip(self.layers, shapes, counts):
            print(f"{layer!r:{width}}  {shape!s:>15} {count:>10,}")
        print(f"{'parameters':{width}}  {'':>15} {sum(counts):>10,}")
