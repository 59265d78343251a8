"""What the rows of several papers need: plans and Keras models, counted."""

from contextlib import contextmanager
from math import prod

from cnnlib.plans import Conv2D, walk


@contextmanager
def weightless():
    """Build Keras models without memory for their weights: only the shapes count."""
    import keras

    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        # the next scope would make the weights that are still waiting
        keras.utils.clear_session(free_memory=False)


def named(plan, input_shape):
    """Walk a plan and return {name: Step} of its entries with a name."""
    steps = walk(plan, input_shape)
    return {step.entry.name: step for step in steps if step.entry.name}


def total(plan, input_shape, what="parameters"):
    """Add up one column of a walk."""
    return sum(getattr(step, what) for step in walk(plan, input_shape))


def trainable(model):
    """Return {name of a layer: weights that training changes}, and "total"."""
    counts = {
        layer.name: sum(prod(w.shape) for w in layer.trainable_weights)
        for layer in model.layers
    }
    return counts | {"total": sum(counts.values())}


def convolutions(plan, shape):
    """Return the steps of a plan's convolutions."""
    return [step for step in walk(plan, shape) if isinstance(step.entry, Conv2D)]


def plan_kernels(plan, shape):
    """Return (KH, KW, channels that a filter sees) of each convolution of a plan."""
    channels = shape[-1]
    for step in walk(plan, shape):
        if isinstance(step.entry, Conv2D):
            side = step.entry.kernel_size
            yield side, side, channels // step.entry.groups
        if len(step.output_shape) == 3:
            channels = step.output_shape[-1]


def in_words(shape):
    """Write a shape as "11×11×3"."""
    return "×".join(map(str, shape))
