"""A network: layers in a row, trained by the gradients that they compute."""

import numpy as np
from threadpoolctl import threadpool_limits

from cnnlib import ops
from cnnlib._validate import class_labels, complaint, floating, integer, numeric
from cnnlib.layers import Layer
from cnnlib.network import archive
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
        TypeError: if something in `layers` is not a layer.
        ValueError: if there is no layer, or one is there twice.
    """

    def __init__(self, layers, seed=0):
        self.layers = list(layers)
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise TypeError(complaint("layers", "layers only", repr(layer)))
        if not self.layers or len(set(map(id, self.layers))) < len(self.layers):
            expected = "at least one layer, and each one once"
            raise ValueError(complaint("layers", expected, self.layers))
        self.layers[0].needs_dx = False
        self.input_shape = None
        self._rng = np.random.default_rng(seed)

    def parameters(self):
        """Return {name: array} of all weights and biases, as "layers[0].w"."""
        return self._each("w", "b")

    def gradients(self):
        """Return {name of the parameter: its gradient} of the last step."""
        return self._each("dw", "db")

    def _each(self, weights, biases):
        arrays = {}
        for number, layer in enumerate(self.layers):
            if layer.w is not None:
                arrays[f"layers[{number}].w"] = getattr(layer, weights)
                arrays[f"layers[{number}].b"] = getattr(layer, biases)
        return arrays

    def build(self, input_shape, dtype=np.float32):
        """Draw the parameters that are not there yet.

        Args:
            input_shape: shape of one image, such as (28, 28, 1).
            dtype: float32 or float64.
        Raises:
            ValueError: if a layer cannot take what it gets, or what comes out of the
                last one is not one logit a class.
        """
        shapes = self._shapes(input_shape)
        for layer, shape in zip(self.layers, shapes):
            layer.build(shape, self._rng, dtype)
        self.input_shape = shapes[0]

    def _shapes(self, input_shape):
        """List the shapes between the layers, from the input to the logits."""
        shapes = [tuple(input_shape)]
        for layer in self.layers:
            shapes.append(layer.output_shape(shapes[-1]))
        if len(shapes[-1]) != 1:
            expected = "an end with one logit a class, such as Dense(10)"
            raise ValueError(complaint("layers", expected, f"shape {shapes[-1]}"))
        return shapes

    def examples(self, x, y, name="x and y"):
        """Check images and labels, and draw the parameters if not yet there.

        Args:
            x: images, shape (N, ...), finite.
            y: labels, ints from 0 to num_classes - 1, shape (N,).
            name: what to call the two in an error message.
        Returns:
            (x, y) as arrays.
        Raises:
            TypeError: if `x` does not hold real numbers, or `y` not ints.
            ValueError: if something is empty, not finite or out of range, if lengths
                differ, or if the images do not fit the layers.
        """
        x, y = self._images(x), numeric("y", y, "N")
        if len(x) != len(y):
            expected = "as many images as labels"
            raise ValueError(complaint(name, expected, f"{len(x)} and {len(y)}"))
        num_classes = self._shapes(x.shape[1:])[-1][0]
        y = class_labels("y", y, num_classes)
        self.build(x.shape[1:], floating(x[:0]).dtype)
        return x, y

    def _images(self, x):
        x = numeric("x", x)
        if x.ndim < 2:
            raise ValueError(complaint("x", "shape (N, ...)", f"shape {x.shape}"))
        if x.dtype.kind == "f" and not np.isfinite(x).all():
            raise ValueError(complaint("x", "finite numbers", "nan or inf"))
        return x

    def forward(self, x, rng=None):
        """Compute the logits, shape (N, num_classes); `rng` switches dropout on."""
        for layer in self.layers:
            x = layer.forward(x, rng)
        return x

    def backward(self, dlogits):
        """Pass the gradient for the last logits back through all layers."""
        for layer in reversed(self.layers):
            dlogits = layer.backward(dlogits)

    def step(self, x, y, rng=None):
        """Go forward and back once, without a change of the parameters.

        Args:
            x: images of one batch, shape (N, ...).
            y: their labels, shape (N,).
            rng: a NumPy generator switches dropout on.
        Returns:
            (loss, hits): the mean loss and the number of right answers.
        """
        logits = self.forward(x, rng)
        loss, dlogits = ops.softmax_cross_entropy(logits, y)
        self.backward(dlogits)
        return loss, int((logits.argmax(axis=1) == y).sum())

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
            ValueError: if an argument is out of range; nothing is trained then.
            FloatingPointError: if a loss is not finite; the parameters are then
                those of the last step whose loss was finite.
        """
        epochs = integer("epochs", epochs)
        batch_size = integer("batch_size", batch_size)
        if not isinstance(optimizer, Optimizer):
            expected = "an optimizer such as SGD(0.1)"
            raise TypeError(complaint("optimizer", expected, repr(optimizer)))
        rng = np.random.default_rng(seed)
        x, y = self.examples(x, y)
        if validation_data is not None:
            if not isinstance(validation_data, tuple) or len(validation_data) != 2:
                received = type(validation_data).__name__
                raise ValueError(
                    complaint("validation_data", "a pair (x, y)", received)
                )
            x_val, y_val = self.examples(*validation_data, "validation_data")
        run, history = Run(self, optimizer, rng), {}
        for epoch in range(1, epochs + 1):
            label = f"epoch {epoch}/{epochs}"
            figures = run.epoch(x, y, batch_size, label)
            if validation_data is not None:
                loss, accuracy = self.evaluate(x_val, y_val)
                run.check("validation loss", loss)
                figures |= {"val_loss": loss, "val_accuracy": accuracy}
            run.progress.keep(f"{label}  {in_words(figures)}")
            for name, value in figures.items():
                history.setdefault(name, []).append(value)
        return history

    def predict(self, x, batch_size=256):
        """Compute the logits of many images, batch by batch.

        Args:
            x: images, shape (N, ...).
            batch_size: images at a time; changes the memory it takes, not the result.
        Returns:
            Logits, shape (N, num_classes); the largest one names the class.
        Raises:
            TypeError: if `x` does not hold real numbers.
            ValueError: if `x` is empty, not finite, or does not fit the layers.
        """
        x, batch_size = self._images(x), integer("batch_size", batch_size)
        self.build(x.shape[1:], floating(x[:0]).dtype)
        starts = range(0, len(x), batch_size)
        with threadpool_limits(1, "blas"):  # where cores are shared, far faster
            return np.concatenate([self.forward(x[i : i + batch_size]) for i in starts])

    def evaluate(self, x, y, batch_size=256):
        """Measure the mean loss and the part of right answers, without dropout.

        Args:
            x: images, shape (N, ...).
            y: labels, ints from 0 to num_classes - 1, shape (N,).
            batch_size: images at a time.
        Returns:
            (loss, accuracy), two floats.
        Raises:
            TypeError: as `examples`.
            ValueError: as `examples`.
        """
        x, y = self.examples(x, y)
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
            sum(array.size for array in (layer.w, layer.b) if array is not None)
            for layer in self.layers
        ]
        width = max(len(repr(layer)) for layer in self.layers)
        for layer, shape, count in zip(self.layers, shapes, counts):
            print(f"{layer!r:{width}}  {shape!s:>15} {count:>10,}")
        print(f"{'parameters':{width}}  {'':>15} {sum(counts):>10,}")
