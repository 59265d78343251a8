"""How the weights of two layers are related that should be equal."""

import numpy as np

from cnnlib.models.parts import sentence


def weights(mine, number, other):
    """Compare the weights of one part, and say how they are related."""
    part = mine.main[number]
    pairs = zip(getattr(part.layer, "weights", []), getattr(other.layer, "weights", []))
    for variable, right in pairs:
        ours, wanted = np.asarray(variable), np.asarray(right)
        if _near(ours, wanted):
            continue
        shape = _flattened(mine, part)
        known = (words for words, made in _changed(ours, shape) if _near(made, wanted))
        back = (words for words, made in _changed(wanted, shape) if _near(made, ours))
        cause = next(known, None) or next(back, None) or _unknown(ours, wanted)
        words = f"{sentence(part.where)}, {variable.name}: {cause}"
        return words, "weights", part.where
    return None


def _flattened(mine, part):
    """Return the shape of the map that was flattened right before, or None."""
    source = part.sources[0] if part.sources else -1
    while source >= 0 and mine.main[source].is_activation:
        source = mine.main[source].sources[0]
    if source < 0 or mine.main[source].kind != "Flatten":
        return None
    shapes = mine.graph.steps[mine.main[source].step].input_shapes[0]
    return shapes if len(shapes) > 1 else None


def _changed(array, shape):
    """Yield what may have happened to weights, in words, with what it makes of them."""
    if array.ndim > 2:
        axes = tuple(range(array.ndim - 2))
        turned = "the kernels are turned by 180 degrees, which makes a convolution of "
        yield turned + "a correlation.", np.flip(array, axes)
        if array.ndim == 4:
            exchanged = "rows and columns of the kernels are exchanged."
            yield exchanged, array.swapaxes(0, 1)
        yield (
            "the channels are in the opposite order, as BGR for RGB.",
            np.flip(array, -2),
        )
    if array.ndim > 1:
        yield (
            "inputs and outputs are exchanged: the last two axes.",
            array.swapaxes(-1, -2),
        )
    if array.ndim == 2 and shape and len(array) == np.prod(shape):
        *size, channels = shape
        first = array.reshape(channels, *size, -1)  # as channels first flattens
        order = "the rows are in another order of Flatten, channels first against "
        order += "channels last, so each weight meets another value."
        yield order, np.moveaxis(first, 0, -2).reshape(array.shape)


def _unknown(ours, wanted):
    if not ours.any() or (ours == 1).all():
        return f"all are {ours.flat[0] + 0.0:g}, as before training: were they copied?"
    if _near(np.sort(ours, axis=None), np.sort(wanted, axis=None)):
        return "the same numbers stand in another order."
    ratio = np.vdot(ours, wanted) / np.vdot(ours, ours)
    if _near(ours * ratio, wanted):
        return f"all are {1 / ratio:.4g} times those expected."
    return (
        "other numbers, with no simple relation. To compare what was built alone: "
        "`weights=False`."
    )


def _near(ours, wanted):
    if ours.shape != wanted.shape:
        return False
    limit = 1e-5 * max(np.abs(wanted).max(initial=0), 1e-12)
    return bool((np.abs(ours - wanted) <= limit).all())
