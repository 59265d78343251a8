"""Three ways to use a trained network: a new head, its features, and fine-tuning."""

import numbers
import reprlib

import numpy as np

from cnnlib import training
from cnnlib._validate import complaint, entries, floats, fraction, integer, real
from cnnlib.startup import load_keras
from cnnlib.training.arguments import examples
from cnnlib.transfer.contract import CONTRACTS, check_images

POOLINGS = ("avg", "flatten", None)


def swap_head(network, num_classes, classifier_activation="softmax"):
    """Case I: freeze a whole network, and put a new last layer in its old one's place.

    Args:
        network: a functional Keras model that ends in a dense layer with its
            activation, as a `pretrained_base` with its top does.
        num_classes: units of the new layer, which is called "head".
        classifier_activation: "softmax", or None for logits.
    Returns:
        A Keras model, not compiled, that shares its other layers with `network`, which
        is frozen by this; only the new layer is trainable.
    Raises:
        TypeError: if `network` is not such a model.
        ValueError: if it does not end in a dense layer, or in one of `attach`.
    """
    keras = load_keras()
    _look_at_model("network", network)
    units = integer("num_classes", num_classes, 2)
    dense = next((x for x in network.layers[::-1] if x.weights), None)
    if not isinstance(dense, keras.layers.Dense):
        expected = "a model that ends in a dense layer: include_top=True"
        received = f"{type(dense).__name__} {getattr(dense, 'name', '')}".strip()
        raise ValueError(complaint("network", expected, received))
    head = keras.layers.Dense(units, activation=classifier_activation, name="head")
    try:
        model = keras.Model(network.input, head(dense.input), name=network.name)
    except ValueError as error:  # its last layer stands in two models
        expected = "a network without a head from attach: give attach another one"
        raise ValueError(complaint("network", expected, dense.name)) from error
    network.trainable = False
    return model


def extract_features(base, images, pooling="avg", batch_size=64):
    """Case II, first half: what a base makes of images, once and for all.

    The base works as after training: batch norm uses its moving statistics. Nothing in
    it changes.

    Args:
        base: a Keras model that gives maps (N, H, W, C).
        images: shape (N, H, W, 3), as the base was trained on: see `preprocess`.
        pooling: "avg" for the mean of each map, "flatten" for all values in a row,
            None for the maps.
        batch_size: images at a time.
    Returns:
        float32 array, shape (N, D), or (N, H, W, C) for None.
    Raises:
        TypeError: if `base` is no such model.
        ValueError: if the images break the contract of the base, if its name is in
            `CONTRACTS`; or if they do not fit it otherwise.
    """
    _look_at_model("base", base)
    batch_size = integer("batch_size", batch_size)
    images = _checked(base, images)
    pool = _pool(pooling)
    parts = []
    for start in range(0, len(images), batch_size):
        maps = base(images[start : start + batch_size], training=False)
        features = maps if pool is None else pool(maps)
        parts.append(load_keras().ops.convert_to_numpy(features))
    return np.concatenate(parts).astype(np.float32, copy=False)


def dense_head(
    num_features, num_classes, units=(), dropout=0.0, classifier_activation="softmax"
):
    """Case II, second half: a small network that learns from features.

    Args:
        num_features: D, numbers an image.
        num_classes: units of its last layer, which is called "head".
        units: of each hidden layer; () for none, which makes it a linear classifier.
        dropout: rate in front of the last layer.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A Keras model, not compiled: (N, D) -> (N, num_classes).
    Raises:
        TypeError: if an argument is of another type.
        ValueError: if a number is out of range.
    """
    keras = load_keras()
    inputs = x = keras.Input((integer("num_features", num_features),))
    num_classes = integer("num_classes", num_classes, 2)
    dropout = fraction("dropout", dropout)
    for number, width in enumerate(entries("units", units, "ints such as (64,)"), 1):
        name = f"head_dense{number}"
        width = integer("units", width)
        x = keras.layers.Dense(width, activation="relu", name=name)(x)
    if dropout:
        x = keras.layers.Dropout(dropout, name="head_dropout")(x)
    last = keras.layers.Dense(num_classes, classifier_activation, name="head")
    return keras.Model(inputs, last(x), name="dense_head")


def attach(base, head, pooling="avg"):
    """Make one network of a base and the head that was trained on its features.

    Args:
        base: a Keras model that gives maps; it is frozen by this.
        head: a model of a chain of layers, as `dense_head` makes them; its weights are
            shared.
        pooling: that of the features, "avg" or "flatten".
    Returns:
        A Keras model from images to scores, compiled as the head is, if it is.
    Raises:
        TypeError: if `base` or `head` is no such model.
        ValueError: if the head takes another number of features.
    """
    keras = load_keras()
    _look_at_model("base", base)
    _look_at_model("head", head)
    pool = _pool(pooling)
    x = base.output if pool is None else pool(base.output)
    taken = head.inputs[0].shape[1:]
    if x.shape[1:] != taken:
        expected = f"a head for {x.shape[1:]}, which the base gives"
        raise ValueError(complaint("head", expected, taken))
    base.trainable = False
    for layer in head.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            x = layer(x)
    model = keras.Model(base.input, x, name=base.name)
    if head.compiled:
        config = head.optimizer.get_config()
        optimizer = type(head.optimizer).from_config(config)
        model.compile(optimizer, head.loss, metrics=["accuracy"])
    return model


def unfreeze(model, from_layer):
    """Let a model learn from one of its layers on, and nothing before it.

    Batch norm that is frozen stays frozen, and so it works with its moving statistics
    in training too. What Keras has compiled would go on training the old set of
    weights; so the model is not compiled after this, and `model.fit` says so.

    Args:
        model: a functional Keras model.
        from_layer: name of the first layer that learns.
    Returns:
        The same model.
    Raises:
        TypeError: if `model` is not such a model.
        ValueError: if it has no layer of this name.
    """
    keras = load_keras()
    _look_at_model("model", model)
    names = [layer.name for layer in model.layers]
    if from_layer not in names:
        expected = f"one of {', '.join(names)}"
        raise ValueError(complaint("from_layer", expected, repr(from_layer)))
    first = names.index(from_layer)
    norm = keras.layers.BatchNormalization
    states = [
        place >= first and not (isinstance(layer, norm) and not layer.trainable)
        for place, layer in enumerate(model.layers)
    ]
    model.trainable = True  # of a frozen model no layer learns
    for layer, state in zip(model.layers, states):
        layer.trainable = state
    model.compiled = False
    return model


def fine_tune(
    model,
    from_layer,
    train,
    validation=None,
    *,
    epochs,
    learning_rate=1e-5,
    **settings,
):
    """Case III: train a network from one of its layers on, in small steps.

    A head has to be trained before, with the base frozen: through a head at random
    the first steps would spoil what the base knows. Steps as large as the head's would
    too; so, if weights learn that did not before, the learning rate has to be below
    the one that the model is compiled with.

    Args:
        model: a functional Keras model, compiled: trained by `training.fit`, or from
            `attach`.
        from_layer: name of the first layer that learns; see `unfreeze`.
        train, validation: as `training.fit` takes them.
        epochs: how often to go through all images.
        learning_rate: size of a step.
        settings: what else `training.fit` takes: batch_size, augment, seed and so on.
    Returns:
        The history, as `training.fit` returns it.
    Raises:
        TypeError, ValueError: as `unfreeze` and `training.fit`; if the head was not
            trained before; if `learning_rate` is not below the head's; if the images
            break the contract of the base. The model is as it was, then.
        FloatingPointError: as `training.fit`.
    """
    _look_at_model("model", model)
    rate = real("learning_rate", learning_rate, 0)
    _checked(model, examples("train", train)[0])
    if validation is not None:
        _checked(model, examples("validation", validation)[0])
    if not model.compiled:
        expected = "a model whose head was trained with the base frozen"
        raise ValueError(complaint("model", expected, "one that is not compiled"))
    before = [layer.trainable for layer in model.layers]
    learned = len(model.trainable_weights)
    try:
        unfreeze(model, from_layer)
        if len(model.trainable_weights) > learned:
            _look_at_rate(model, rate)
        settings |= {"epochs": epochs, "learning_rate": rate}
        return training.fit(model, train, validation, **settings)
    except (TypeError, ValueError):
        if not model.compiled:  # nothing was trained
            for layer, state in zip(model.layers, before):
                layer.trainable = state
            model.compiled = True
        raise


def _look_at_model(name, model):
    keras = load_keras()
    if not isinstance(model, keras.Model) or not getattr(model, "inputs", None):
        expected = "a Keras model that knows its input"
        raise TypeError(complaint(name, expected, reprlib.repr(model)))


def _pool(pooling):
    keras = load_keras()
    if pooling not in POOLINGS:
        expected = '"avg", "flatten" or None'
        raise ValueError(complaint("pooling", expected, repr(pooling)))
    if pooling == "avg":
        return keras.layers.GlobalAveragePooling2D(name="features")
    return keras.layers.Flatten(name="features") if pooling else None


def _checked(model, images):
    """Return images as an array, if they keep the contract of the model's base."""
    if model.name in CONTRACTS:
        return check_images(images, model.name)
    return floats("images", images)


def _look_at_rate(model, rate):
    """Refuse a rate that is not below the one before; a schedule tells of none."""
    before = model.optimizer.get_config()["learning_rate"]
    # Keras keeps it as float32
    if isinstance(before, numbers.Real) and rate > before * (1 - 1e-6):
        expected = f"a number below {before:g}, the rate that the head learned with"
        raise ValueError(complaint("learning_rate", expected, f"{rate:g}"))
