"""Plans become Keras models."""

from cnnlib import plans
from cnnlib._validate import complaint
from cnnlib.startup import load_keras

ACTIVATIONS = {
    plans.ReLU: "relu",
    plans.Tanh: "tanh",
    plans.Sigmoid: "sigmoid",
    plans.Softmax: "softmax",
}


def build(plan, input_shape, name=None):
    """Make a Keras model of a plan.

    An activation right behind a layer with weights becomes that layer's argument,
    unless it has a name of its own. Outputs on the side come behind the last one.

    Args:
        plan: entries of `cnnlib.plans`, first to last.
        input_shape: shape of one image (H, W, C).
        name: of the model.
    Returns:
        A functional `keras.Model`, not compiled, with weights drawn at random.
    Raises:
        TypeError: if an entry is none of `cnnlib.plans`.
        ValueError: if an entry does not fit what comes in; if the image is too small,
            the message names the layer that runs out of pixels.
    """
    _look_at(plan, input_shape)
    keras = load_keras()
    inputs, sides = keras.Input(tuple(input_shape)), []
    end = _through(plan, inputs, sides)
    return keras.Model(inputs, [end, *sides] if sides else end, name=name)


def activation_name(entry):
    """Return what Keras calls an activation: a name, or a function."""
    if isinstance(entry, plans.ScaledTanh):
        from cnnlib.models.layers import scaled_tanh

        return scaled_tanh
    return ACTIVATIONS[type(entry)]


def _look_at(plan, input_shape):
    try:
        plans.walk(plan, input_shape)
    except ValueError as error:
        size = None
        if len(input_shape) == 3:
            size = plans.smallest_input(plan, input_shape[-1])
        if size is None or min(input_shape[:-1], default=size) >= size:
            raise
        expected = f"at least {size} x {size} pixels"
        message = complaint("input_shape", expected, tuple(input_shape))
        raise ValueError(f"{message}: {error}") from None


def _through(plan, x, sides):
    """Send a tensor through a plan; outputs on the side are put into `sides`."""
    import keras

    waiting = list(plan)
    while waiting:
        entry = waiting.pop(0)
        if isinstance(entry, plans.Auxiliary):
            sides.append(_through(entry.plan, x, sides))
        elif isinstance(entry, plans.Branches):
            join = getattr(keras.layers, type(entry).__name__)(name=entry.name)
            x = join([_through(branch, x, sides) for branch in entry.branches])
        else:
            bend = waiting.pop(0) if _bends(entry, waiting) else None
            for layer in _layers(entry, bend):
                x = layer(x)
    return x


def _bends(entry, waiting):
    """Tell whether the next entry becomes this layer's activation."""
    following = waiting[0] if waiting else None
    has_weights = isinstance(entry, (plans.Conv2D, plans.Dense, plans.Subsampling))
    is_activation = isinstance(following, plans.Activation)
    return has_weights and is_activation and following.name is None


def _layers(entry, bend):
    """Yield the layers of an entry that does not branch."""
    import keras

    from cnnlib.models import layers as own

    settings = {key: value for key, value in vars(entry).items() if value is not None}
    if bend:
        settings["activation"] = activation_name(bend)
    if isinstance(entry, plans.Activation):
        yield keras.layers.Activation(activation_name(entry), name=entry.name)
    elif isinstance(entry, plans.Conv2D):
        yield from _convolution(settings)
    else:
        kind = type(entry).__name__
        source = own if hasattr(own, kind) else keras.layers
        yield getattr(source, kind)(**settings)


def _convolution(settings):
    """Yield the zeros around the map, if they are counted, and the layer."""
    import keras

    from cnnlib.models.layers import MaskedConv2D

    zeros = settings["padding"]
    if zeros != "same":
        settings["padding"] = "valid"
        if zeros not in (0, "valid"):
            name = f"{settings['name']}_zeros" if "name" in settings else None
            yield keras.layers.ZeroPadding2D(zeros, name=name)
    if "connections" in settings:
        del settings["groups"]
        yield MaskedConv2D(**settings)
    else:
        yield keras.layers.Conv2D(**settings)
