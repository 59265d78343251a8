"""Sizes, receptive fields, parameters and multiplications: integers only.

A size, kernel size or stride is an int, the same for both sides, or a pair (H, W).
The answer is an int where every argument was an int, and a pair otherwise.
"""

from cnnlib._validate import (
    checked_padding,
    complaint,
    entries,
    flag,
    integer,
    pair,
)


def output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    """Count the positions of a window on an image, for convolution or pooling.

    Args:
        size: pixels of the image.
        kernel_size: pixels of the window.
        strides: step of the window, in pixels.
        padding: border of zeros in pixels, the same on all sides, or "valid" (none)
            or "same" (as much as keeps the size at strides 1) as in Keras.
        dilation: distance between neighboring cells of the window, in pixels.
    Returns:
        floor((size + 2 * padding - span) / strides) + 1, where the window spans
        dilation * (kernel_size - 1) + 1 pixels; for "same", ceil(size / strides).
    Raises:
        TypeError: if a size is not an int.
        ValueError: if a size is out of range, the padding unknown, or the window
            larger than the padded image.
    Source: Dumoulin & Visin (2016), arXiv:1603.07285, relationship 6; dilation in
        section 5.1; "same" as in Keras.
    """
    padding = checked_padding("padding", padding)
    axes = zip(
        pair("size", size),
        pair("kernel_size", kernel_size),
        pair("strides", strides),
        pair("dilation", dilation),
        strict=True,
    )
    lengths = tuple(_output_length(*axis, padding) for axis in axes)
    return _as_given(lengths, size, kernel_size, strides, dilation)


def _output_length(size, kernel_size, strides, dilation, padding):
    if padding == "same":
        return -(-size // strides)  # the ceiling of size / strides
    span = dilation * (kernel_size - 1) + 1
    room = size + 2 * padding - span
    if room < 0:
        expected = f"a window of at most {size + 2 * padding} pixels (image + padding)"
        raise ValueError(complaint("kernel_size", expected, f"{span} pixels"))
    return room // strides + 1


def same_padding(size, kernel_size, strides=1):
    """Say how many zeros "same" padding adds before and after the image.

    Args:
        size: pixels of the image.
        kernel_size: pixels of the window.
        strides: step of the window, in pixels.
    Returns:
        (before, after), that is (top, bottom) or (left, right), in pixels. An odd
        pixel goes after. For pairs ((top, bottom), (left, right)).
    Raises:
        TypeError: if a size is not an int.
        ValueError: if a size is less than 1.
    Source: "same" as in Keras: the total is
        max((ceil(size / strides) - 1) * strides + kernel_size - size, 0).
    """
    axes = zip(
        pair("size", size),
        pair("kernel_size", kernel_size),
        pair("strides", strides),
        strict=True,
    )
    borders = tuple(_same_border(*axis) for axis in axes)
    return _as_given(borders, size, kernel_size, strides)


def _same_border(size, kernel_size, strides):
    positions = -(-size // strides)
    total = max((positions - 1) * strides + kernel_size - size, 0)
    return total // 2, total - total // 2


def receptive_field(layers):
    """Count the input pixels that one output of a stack of layers looks at.

    Args:
        layers: (kernel_size, strides) of each convolution or pooling, first to last.
    Returns:
        Side of the receptive field in pixels; padding does not change it.
    Raises:
        TypeError: if a size is not an int.
        ValueError: if an entry is not (kernel_size, strides), or a size is below 1.
    Source: Araujo, Norris & Sim (2019), doi:10.23915/distill.00021, the closed form
        for networks with a single path.
    """
    layers = entries("layers", layers, "(kernel_size, strides) of each layer")
    fields, jumps = [1, 1], [1, 1]  # jump: input pixels from one output to the next
    for number, layer in enumerate(layers):
        name = f"layers[{number}]"
        if not isinstance(layer, (tuple, list)) or len(layer) != 2:
            raise ValueError(complaint(name, "(kernel_size, strides)", repr(layer)))
        kernel_size = pair(f"kernel_size of {name}", layer[0])
        strides = pair(f"strides of {name}", layer[1])
        for axis in (0, 1):
            fields[axis] += (kernel_size[axis] - 1) * jumps[axis]
            jumps[axis] *= strides[axis]
    return _as_given(tuple(fields), *(size for layer in layers for size in layer))


def conv_parameters(kernel_size, in_channels, filters, use_bias=True, groups=1):
    """Count the weights and biases of a convolution layer.

    A dense layer is the case kernel_size=1: every unit is a filter on one pixel.

    Args:
        kernel_size: pixels of the kernel.
        in_channels: channels of the input.
        filters: channels of the output.
        use_bias: whether each filter has a bias.
        groups: parts into which the channels are split; a filter sees one of them.
    Returns:
        KH * KW * (in_channels / groups) * filters weights, plus one bias a filter.
    Raises:
        TypeError: if a number is not an int, or `use_bias` is not a bool.
        ValueError: if a number is below 1, or `groups` does not divide the channels.
    Source: LeCun et al. (1998), section II-B; groups as in Krizhevsky et al. (2012).
    """
    use_bias = flag("use_bias", use_bias)
    weights = _weights(kernel_size, in_channels, filters, groups)
    return weights + filters if use_bias else weights


def conv_multiplications(output_size, kernel_size, in_channels, filters, groups=1):
    """Count the multiplications of a convolution layer for one image.

    Each one is followed by an addition, so this is also the number of MACs.

    Args:
        output_size: pixels of one output map, not of the input.
        kernel_size: pixels of the kernel.
        in_channels: channels of the input.
        filters: channels of the output.
        groups: parts into which the channels are split; a filter sees one of them.
    Returns:
        H_out * W_out * KH * KW * (in_channels / groups) * filters.
    Raises:
        TypeError: if a number is not an int.
        ValueError: if a number is below 1, or `groups` does not divide the channels.
    Source: Szegedy et al. (2015), the column of operations in table 1.
    """
    height, width = pair("output_size", output_size)
    return height * width * _weights(kernel_size, in_channels, filters, groups)


def _weights(kernel_size, in_channels, filters, groups):
    height, width = pair("kernel_size", kernel_size)
    in_channels = integer("in_channels", in_channels)
    filters = integer("filters", filters)
    groups = integer("groups", groups)
    if in_channels % groups or filters % groups:
        expected = f"a divisor of in_channels {in_channels} and filters {filters}"
        raise ValueError(complaint("groups", expected, groups))
    return height * width * (in_channels // groups) * filters


def _as_given(sides, *arguments):
    """Answer with one side where no argument was a pair, else with both."""
    if any(isinstance(argument, (tuple, list)) for argument in arguments):
        return sides
    return sides[0]
