"""A small VGG with batch norm: the base that comes with the course."""

from cnnlib._validate import checked_shape, complaint, integer
from cnnlib.startup import quiet

FILTERS = ((24, 24), (48, 48), (96, 96), (128, 128))
"""Filters of each convolution, block by block."""


def vgg_small(input_shape=(32, 32, 3), num_classes=10, include_top=True):
    """Build VGG with four blocks of two convolutions, with batch norm behind each.

    Args:
        input_shape: (H, W, C), at least 16 x 16.
        num_classes: units of the output.
        include_top: whether mean and classifier stand behind the blocks.
    Returns:
        A functional `keras.Model`, not compiled, with weights drawn at random.
    Raises:
        TypeError: if an argument is of another type.
        ValueError: if the image is too small, or a number out of range.
    Source: Simonyan & Zisserman (2015), arXiv:1409.1556, table 1, column B without its
    last block; batch norm: Ioffe & Szegedy (2015).
    """
    input_shape = checked_shape("input_shape", input_shape)
    smallest = 2 ** len(FILTERS)
    if len(input_shape) != 3 or min(input_shape[:2]) < smallest:
        expected = f"(H, W, C) with at least {smallest} x {smallest} pixels"
        raise ValueError(complaint("input_shape", expected, input_shape))
    num_classes = integer("num_classes", num_classes, 2)
    with quiet():
        import keras
    from keras import layers

    inputs = x = keras.Input(input_shape)
    for block, widths in enumerate(FILTERS, 1):
        for number, filters in enumerate(widths, 1):
            part = f"block{block}_{{}}{number}".format
            x = layers.Conv2D(
                filters, 3, padding="same", use_bias=False, name=part("conv")
            )(x)
            x = layers.BatchNormalization(name=part("bn"))(x)
            x = layers.Activation("relu", name=part("relu"))(x)
        x = layers.MaxPooling2D(2, name=f"block{block}_pool")(x)
    if include_top:
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = layers.Dense(num_classes, name="predictions")(x)
        x = layers.Activation("softmax", dtype="float32", name="softmax")(x)
    return keras.Model(inputs, x, name="vgg_small")
