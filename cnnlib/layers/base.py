"""What all layers share."""

from cnnlib._validate import complaint


class Layer:
    """What all layers share; each one adds `_forward(x, rng)`, `_backward(dy, x)`."""

    w = b = dw = db = None
    # False where nobody asks for the gradient of the input: the first of a network
    needs_dx = True

    def __repr__(self):
        return f"{type(self).__name__}()"

    def build(self, shape, rng, dtype):
        """Draw the parameters that are not there yet, for inputs of a shape.

        Args:
            shape: shape of the input without N.
            rng: the NumPy generator that draws.
            dtype: float32 or float64.
        """

    def forward(self, x, rng=None):
        """Compute the output and remember the input.

        Args:
            x: input, shape (N, ...).
            rng: a NumPy generator if the network trains, else None.
        """
        self.x = x
        return self._forward(x, rng)

    def backward(self, dy):
        """Turn the gradient for the last output into the one for its input."""
        return self._backward(dy, self.x)

    def output_shape(self, shape):
        """Say what an input shape turns into, both without N.

        Raises:
            ValueError: if the layer cannot take an input of that shape.
        """
        return shape

    def sides(self):
        """Say on which side of its kinks each value of the last input lay.

        Two points with the same sides have no kink between them. None: no kinks.
        """
        return None


def maps(layer, shape):
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
