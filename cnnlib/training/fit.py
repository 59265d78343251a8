"""Train a Keras classifier quietly, and the same way for the same seed."""

import math

import numpy as np

from cnnlib._progress import Progress
from cnnlib._validate import class_labels, complaint, integer, real
from cnnlib.startup import load_keras
from cnnlib.training.arguments import checked_seed, examples


def set_seed(seed):
    """Start all of Keras' random numbers anew: weights that are drawn, orders, dropout.

    Python's and NumPy's global generators start anew with them.

    Args:
        seed: an int of at least 0.
    Raises:
        TypeError: if `seed` is no int.
        ValueError: if `seed` is negative, or above 2**32 - 1.
    """
    load_keras().utils.set_random_seed(checked_seed("seed", seed))


def fit(
    model,
    train,
    validation=None,
    *,
    epochs,
    batch_size=64,
    learning_rate=1e-3,
    optimizer="adam",
    augment=None,
    seed=0,
    label="",
):
    """Compile and train a classifier: one step a batch, every image once an epoch.

    The loss is the cross-entropy. Whether the model ends in softmax or in logits is
    found out from its output. A model that was trained before goes on from its
    weights, with a new optimizer. On one machine, the same weights, images, settings
    and seed give the same weights again; the weights to begin with are drawn when the
    model is built, so call `set_seed` before that.

    Args:
        model: a Keras model that gives one score a class, shape (N, num_classes).
        train: (x, y): images, shape (N, ...), and labels, ints from 0 to
            num_classes - 1, shape (N,).
        validation: (x, y) to evaluate after each epoch, or None.
        epochs: how often to go through all images.
        batch_size: images in a step; the last batch of an epoch can be smaller.
        learning_rate: size of a step.
        optimizer: a name that Keras knows, such as "adam" or "sgd"; or an optimizer
            of Keras, which has a learning rate of its own.
        augment: a Keras layer or model that changes the images of each training batch
            and nothing at validation, or None.
        seed: for the order of the images, for dropout and for `augment`.
        label: text at the beginning of the progress line.
    Returns:
        Dict of lists, one number an epoch: loss and accuracy, means over the epoch
        while the model was learning, and val_loss and val_accuracy if there is
        validation data.
    Raises:
        TypeError: if an argument is of the wrong kind.
        ValueError: if an argument is out of range, or images, labels and model do not
            fit each other; nothing is trained then.
        FloatingPointError: if a loss is not finite; build the model anew then.
    """
    keras = load_keras()
    if not isinstance(model, keras.Model):
        raise TypeError(complaint("model", "a model of Keras", repr(model)))
    if augment is not None and not isinstance(augment, keras.Layer):
        expected = "a layer or model of Keras, or None"
        raise TypeError(complaint("augment", expected, repr(augment)))
    epochs, batch_size = integer("epochs", epochs), integer("batch_size", batch_size)
    optimizer = _optimizer(keras, optimizer, learning_rate)
    seed = checked_seed("seed", seed)
    x, y = examples("train", train)
    probabilities, num_classes = ending(model, x)
    class_labels("y of train", y, num_classes)
    if validation is not None:
        validation = examples("validation", validation)
        if validation[0].shape[1:] != x.shape[1:]:
            expected = f"images of shape {x.shape[1:]}, as in train"
            received = f"shape {validation[0].shape[1:]}"
            raise ValueError(complaint("validation", expected, received))
        class_labels("y of validation", validation[1], num_classes)
    trained = model if augment is None else _behind(keras, augment, model, x)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=not probabilities)
    model.compile(optimizer, loss, metrics=["accuracy"])
    if augment is not None:
        trained.compile(optimizer, loss, metrics=["accuracy"])
    keras.utils.set_random_seed(seed)
    _restart(trained, seed)
    history = trained.fit(
        x,
        y,
        batch_size=batch_size,
        epochs=epochs,
        validation_data=validation,
        validation_batch_size=max(batch_size, 256),
        callbacks=[_watch(keras, epochs, len(x), batch_size, label)],
        verbose=0,
    ).history
    return {name: list(map(float, each)) for name, each in _in_order(history).items()}


def _optimizer(keras, optimizer, learning_rate):
    if isinstance(optimizer, keras.optimizers.Optimizer):
        return optimizer
    expected = 'a name such as "adam", or an optimizer of Keras'
    if not isinstance(optimizer, str):
        raise TypeError(complaint("optimizer", expected, repr(optimizer)))
    if (rate := real("learning_rate", learning_rate, 0)) == 0:
        raise ValueError(complaint("learning_rate", "a number above 0", 0))
    config = {"class_name": optimizer, "config": {"learning_rate": rate}}
    try:
        return keras.optimizers.get(config)
    except (TypeError, ValueError) as error:
        raise ValueError(complaint("optimizer", expected, repr(optimizer))) from error


def ending(model, x):
    """Tell whether a model gives probabilities or logits, and of how many classes.

    Args:
        model: a Keras model.
        x: images that it takes.
    Returns:
        (True for probabilities, number of classes).
    Raises:
        ValueError: if it gives anything else.
    """
    keras = load_keras()
    scores = keras.ops.convert_to_numpy(model(x[:32], training=False))
    if scores.ndim != 2:
        expected, received = "scores of shape (N, num_classes)", f"shape {scores.shape}"
        raise ValueError(complaint("model", expected, received))
    last = model
    # of a model in a class of its own nobody knows which layer is the last
    while isinstance(last, keras.Sequential) or getattr(last, "outputs", None):
        last = last.layers[-1]
    activation = getattr(getattr(last, "activation", None), "__name__", "linear")
    if activation not in ("softmax", "linear", "log_softmax"):
        expected = "a model that ends in softmax, or in logits without an activation"
        raise ValueError(complaint("model", expected, f"{activation} at its end"))
    sums = scores.astype(np.float64).sum(axis=1)
    # logits do not add up to 1 on image after image
    probabilities = (scores >= 0).all() and np.abs(sums - 1).max() < 0.01
    return bool(probabilities), scores.shape[1]


def _behind(keras, augment, model, x):
    """Return a model with the same weights that sees augmented images in training."""
    inputs = keras.Input(x.shape[1:])
    return keras.Model(inputs, model(augment(inputs)))


def _restart(model, seed):
    """Let every layer that draws at random begin anew, each with a seed of its own."""
    rng = np.random.default_rng(seed)
    for variable in model.variables:
        if variable.name == "seed_generator_state":  # (seed, how often it was used)
            variable.assign([rng.integers(2**31), 0])


def _watch(keras, epochs, images, batch_size, label):
    """Return the callback that writes the progress line and stops an explosion."""

    class Watch(keras.callbacks.Callback):
        progress = Progress()

        def on_epoch_begin(self, epoch, logs=None):
            self.text = f"{label}  epoch {epoch + 1}/{epochs}".strip()

        def on_train_batch_end(self, batch, logs=None):
            if not math.isfinite(logs["loss"]):
                raise FloatingPointError(
                    f"{self.text}, batch {batch + 1}: the loss is nan or inf. Build "
                    "the model anew and try a smaller learning_rate, and look for "
                    "large numbers in x."
                )
            seen = min((batch + 1) * batch_size, images)
            self.progress.show(f"{self.text}  {seen}/{images}  {_in_words(logs)}")

        def on_epoch_end(self, epoch, logs=None):
            self.progress.keep(f"{self.text}  {_in_words(logs)}")

    return Watch()


def _in_order(metrics):
    """Sort the metrics of Keras: loss before accuracy, training before validation."""
    place = ["loss", "accuracy", "val_loss", "val_accuracy"].index
    return {name: metrics[name] for name in sorted(metrics, key=place)}


def _in_words(logs):
    return "  ".join(f"{name} {value:.4f}" for name, value in _in_order(logs).items())
