"""Random views as Keras layers, drawn anew for each image and each time."""

import numpy as np

from cnnlib._validate import complaint, fraction, integer, pair, real
from cnnlib.startup import quiet

# two layers for "both": RandomFlip's own has one draw for the two mirrors
FLIPS = {
    "horizontal": ["horizontal"],
    "vertical": ["vertical"],
    "both": ["horizontal", "vertical"],
}


def layers(
    flip=None,
    rotation=0,
    zoom=1,
    scale=1,
    shift=0,
    crop=None,
    noise=0,
    fill=0.0,
    seed=0,
):
    """Make a small Keras model that gives each image a random view of its own.

    It acts where it is called with `training=True`, as `fit` does, and elsewhere hands
    images through (with `crop`, it cuts their middle out). Put it in front of a
    network, or call what it gives with images and `training=True`.
    What is 0, 1 or None takes no part; the order is the one below.

    Args:
        flip: "horizontal" mirrors half of the images left to right, "vertical" top to
            bottom, "both" does each with half of them.
        rotation: an angle from -rotation to rotation, in degrees. (For Keras'
            RandomRotation it is a fraction of a full turn: 0.1 is 36 degrees.)
        zoom: at least 1; proportions stay. The window that is seen is from 1 / zoom
            to zoom times as large as the image, so things grow or shrink zoom-fold.
        scale: as `zoom`, with one draw for the height and one for the width.
        shift: below 1; from -shift to shift of the height, and so of the width.
        crop: height and width of a window, an int or a pair, at any place with equal
            chance. (Keras' RandomCrop has one place for the whole batch.)
        noise: standard deviation; added to each value, then clipped to 0 to 1.
        fill: the value of what comes in from outside.
        seed: an int; the same seed gives the same views in the same order.
    Returns:
        `keras.Sequential` for images of shape (N, H, W, C), values from 0 to 1.
    Raises:
        TypeError: if an argument is of another type.
        ValueError: if a number is out of range, or no transform is asked for.
    """
    rotation, noise = real("rotation", rotation, 0), real("noise", noise, 0)
    zoom, scale = real("zoom", zoom, 1), real("scale", scale, 1)
    shift, fill = fraction("shift", shift), real("fill", fill)
    if flip is not None and not (isinstance(flip, str) and flip in FLIPS):
        expected = '"horizontal", "vertical", "both" or None'
        raise ValueError(complaint("flip", expected, repr(flip)))
    crop = None if crop is None else pair("crop", crop)
    seeds = np.random.SeedSequence(integer("seed", seed, 0)).generate_state(8).tolist()
    with quiet():
        from keras import layers as keras_layers

        from cnnlib.augment.parts import RandomCrop, Views

    chain = []

    def add(layer, *factors, **settings):
        chain.append(layer(*factors, seed=seeds.pop(), **settings))

    outside = {"fill_mode": "constant", "fill_value": fill}
    for mode in FLIPS.get(flip, ()):
        add(keras_layers.RandomFlip, mode)
    if rotation:
        add(keras_layers.RandomRotation, rotation / 360, **outside)
    if zoom > 1:
        add(keras_layers.RandomZoom, _window(zoom), **outside)
    if scale > 1:
        add(keras_layers.RandomZoom, _window(scale), _window(scale), **outside)
    if shift:
        add(keras_layers.RandomTranslation, shift, shift, **outside)
    if crop:
        add(RandomCrop, *crop)
    if noise:
        add(keras_layers.GaussianNoise, noise)
        chain.append(keras_layers.ReLU(max_value=1, name="clip"))
    if not chain:
        raise ValueError(complaint("layers", "at least one transform", "none"))
    return Views(chain, name="augment")


def _window(factor):
    """Return RandomZoom's limits; it counts by how much the window grows."""
    return 1 / factor - 1, factor - 1
