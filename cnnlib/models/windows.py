"""Where the windows of a layer stand: their places, borders, and receptive fields."""

from typing import NamedTuple

from cnnlib.shapes import same_padding


class Reach(NamedTuple):
    """Along one axis, value i of a map looks at the pixels from `first` + `jump` * i
    to `last` + `jump` * i of the input; pixels below 0 are padding.
    """

    jump: int
    first: int
    last: int


def positions(layer, shape):
    """Return the axes of a map along which a layer slides, without its channels."""
    if getattr(layer, "data_format", None) == "channels_first":
        return shape[1:]
    return shape[:-1]


def borders(layer, shape):
    """Say how many zeros a layer puts before and after a map of this shape.

    Args:
        layer: a layer of Keras that slides, pads or crops; cropped pixels are
            negative.
        shape: what goes in, without N.
    Returns:
        ((before, after), ...), one pair an axis; None for a layer of another kind, or
        a size that is not known.
    """
    sizes = positions(layer, shape)
    for name, sign in (("padding", 1), ("cropping", -1)):
        given = getattr(layer, name, None)
        if isinstance(given, (tuple, list)):
            pairs = given if isinstance(given[0], (tuple, list)) else [given]
            return tuple((sign * before, sign * after) for before, after in pairs)
    window = _window(layer, len(sizes))
    if window is None:
        return None
    padding = getattr(layer, "padding", "valid")
    if padding == "valid":
        return ((0, 0),) * len(sizes)
    if padding == "causal":
        return tuple((span - 1, 0) for span, _ in window)
    if None in sizes:
        return None
    return tuple(same_padding(n, *axis) for n, axis in zip(sizes, window))


def fields(graph):
    """Yield the receptive field of each step of a `Graph`.

    Yields:
        Pixels of the input: an int, or a tuple where the sides differ; None where
        there is no map, or none that is known.
    """
    reaches = {
        -1 - i: tuple(Reach(1, 0, 0) for _ in shape[:-1])
        for i, shape in enumerate(graph.input_shapes)
    }
    for number, step in enumerate(graph.steps):
        came = [reaches[source] for source in step.sources]
        reaches[number] = reach = _through(step, _union(came))
        sides = tuple(axis.last - axis.first + 1 for axis in reach or ())
        if len(set(sides)) > 1:
            yield sides
        else:
            yield sides[0] if sides else None


def _union(reaches):
    """Join what the inputs of a layer look at; None where their steps differ."""
    if not reaches or None in reaches or len({len(reach) for reach in reaches}) > 1:
        return None
    joined = []
    for axes in zip(*reaches):
        jumps, firsts, lasts = zip(*axes)
        if len(set(jumps)) > 1:
            return None
        joined.append(Reach(jumps[0], min(firsts), max(lasts)))
    return tuple(joined)


def _through(step, reach):
    """Return what the values behind a layer look at, or None."""
    shape, layer = step.input_shapes[0] if step.input_shapes else (), step.layer
    if not reach or len(step.output_shape) != len(shape):
        return None
    padded = borders(layer, shape)
    if padded is None:
        same = positions(layer, shape) == positions(layer, step.output_shape)
        return reach if same else None
    window = _window(layer, len(reach)) or ((1, 1),) * len(reach)
    return tuple(
        Reach(
            axis.jump * strides,
            axis.first - before * axis.jump,
            axis.last + (span - 1 - before) * axis.jump,
        )
        for axis, (span, strides), (before, _) in zip(reach, window, padded)
    )


def _window(layer, rank):
    """Return ((pixels that the window spans, strides), ...), or None."""
    size = getattr(layer, "kernel_size", getattr(layer, "pool_size", None))
    if size is None or type(layer).__name__.endswith("Transpose"):
        return None
    dilation = _each(getattr(layer, "dilation_rate", 1), rank)
    strides = _each(layer.strides, rank)
    spans = (d * (k - 1) + 1 for d, k in zip(dilation, _each(size, rank)))
    return tuple(zip(spans, strides))


def _each(value, rank):
    return (value,) * rank if isinstance(value, int) else tuple(value)
