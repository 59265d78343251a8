"""What Keras lacks: a chain that rests outside training, and a crop per image."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("cnnlib")
class Views(keras.Sequential):
    """Random layers in a row that act where `training` is True, and only there.

    Keras' own act also where nobody says, as in `model(images)`; its Dropout does not.
    """

    def call(self, images, training=False, mask=None):
        """Hand images through each layer."""
        return super().call(images, training=bool(training), mask=mask)


@keras.saving.register_keras_serializable("cnnlib")
class RandomCrop(keras.layers.Layer):
    """Cut windows out of images: anywhere in training, else from the middle.

    Args:
        height: of the window, in pixels.
        width: of the window, in pixels.
        seed: an int, or None for another one each time.
    Input shape:
        (N, H, W, C), with H and W at least as large as the window.
    Output shape:
        (N, height, width, C).
    Source: Krizhevsky et al. (2012), section 4.1.
    """

    def __init__(self, height, width, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.height, self.width, self.seed = height, width, seed
        self.generator = keras.random.SeedGenerator(seed)

    def call(self, images, training=False):
        """Cut a window out of each image."""
        count, (height, width, channels) = ops.shape(images)[0], images.shape[1:]
        row = self._first(count, height - self.height, training)
        column = self._first(count, width - self.width, training)
        rows = row + ops.arange(self.height, dtype="int32")[:, None]
        columns = column + ops.arange(self.width, dtype="int32")
        image = ops.arange(count, dtype="int32")[:, None, None]
        places = (image * height + rows) * width + columns  # (N, height, width)
        return ops.take(ops.reshape(images, (-1, channels)), places, axis=0)

    def _first(self, count, last, training):
        """Return the first row, or column, of each image's window: (N, 1, 1)."""
        if not training:
            return ops.full((count, 1, 1), last // 2, "int32")
        # randint leaves its upper end out
        return keras.random.randint(
            (count, 1, 1), 0, last + 1, "int32", seed=self.generator
        )

    def build(self, input_shape):
        """Refuse images that are smaller than the window."""
        if input_shape[1] < self.height or input_shape[2] < self.width:
            raise ValueError(
                f"images: expected at least {self.height} by {self.width} pixels, "
                f"received {input_shape[1]} by {input_shape[2]}"
            )

    def compute_output_shape(self, input_shape):
        """Return the shape with the window's height and width."""
        return (input_shape[0], self.height, self.width, input_shape[3])

    def get_config(self):
        """Return what makes the layer anew, as Keras' files store it."""
        own = {"height": self.height, "width": self.width, "seed": self.seed}
        return {**super().get_config(), **own}
