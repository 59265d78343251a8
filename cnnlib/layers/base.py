"""What all layers share."""

import inspect

import numpy as np

from cnnlib._validate import complaint


class Layer:
    """What all layers share; each one adds `forward` and `backward`.

    A layer of your own names its parameters in `trainable`; those that depend on the
    size of the input it draws in `build`, and says their shapes in `array_shapes`.
    """

    trainable = ()  # names of the attributes that training moves
    state = ()  # names of arrays that last but are not trained, as a running mean

    def __repr__(self):
        return f"{type(self).__name__}()"

    def settings(self):
        """Return {name: value} of what the layer was made with."""
        return {
            name: getattr(self, name)
            for name in inspect.signature(type(self)).parameters
        }

    def parameters(self):
        """Return {name: array} of what training moves, as far as it is there."""
        return self._arrays(self.trainable)

    def arrays(self):
        """Return {name: array} of all that lasts: parameters, then state."""
        return self._arrays((*self.trainable, *self.state))

    def _arrays(self, names):
        arrays = ((name, getattr(self, name, None)) for name in names)
        return {name: array for name, array in arrays if array is not None}

    def array_shapes(self, shape):
        """Return {name: its shape} of `arrays()` for inputs of a shape without N."""
        return {name: np.shape(array) for name, array in self.arrays().items()}

    def build(self, shape, rng, dtype):
        """Draw the parameters that are not there yet, for inputs of a shape.

        Args:
            shape: shape of the input without N.
            rng: the NumPy generator that draws.
            dtype: float32 or float64.
        """

    def forward(self, x, rng=None):
        """Compute the output.

        Args:
            x: input, shape (N, ...).
            rng: a NumPy generator if the network trains, else None.
        Returns:
            (y, memory): the output, shape (N, ...), and what `backward` needs of
            this pass.
        """
        raise NotImplementedError

    def backward(self, dy, memory, needs_dx=True):
        """Turn the gradient for the output into those for input and parameters.

        Args:
            dy: gradient of the loss for the output, the shape of y.
            memory: as `forward` gave it.
            needs_dx: False where nobody asks for `dx`, which may then be None.
        Returns:
            (dx, gradients): the shape of x; one array for each of `parameters()`.
        """
        raise NotImplementedError

    def output_shape(self, shape):
        """Say what an input shape turns into, both without N.

        Raises:
            ValueError: if the layer cannot take an input of that shape.
        """
        return shape


def image_shape(layer, shape):
    """Return the shape (H, W, C) that a layer gets.

    Raises:
        ValueError: if it is not of that kind.
    """
    if len(shape) != 3:
        raise misfit(layer, "shape (N, H, W, C)", shape)
    return shape


def misfit(layer, expected, shape):
    """Make the error for an input, its shape without N, that a layer cannot take."""
    received = f"shape ({', '.join(map(str, ('N', *shape)))})"
    return ValueError(complaint(f"input of {layer!r}", expected, received))


def short(sides):
    """Write a pair (H, W) as one number where both are the same."""
    return sides[0] if sides[0] == sides[1] else sides
