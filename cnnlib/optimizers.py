"""Optimizers: how far and in which direction a gradient moves each parameter.

The formulas, the defaults and the place of epsilon are those of Keras, so that both
take the same steps.
"""

import numpy as np

from cnnlib._validate import cast, complaint, entries, flag, fraction, numeric, real


class Optimizer:
    """What all optimizers share: a learning rate and a memory for each parameter."""

    start = ()  # first value of each array that is remembered for a parameter

    def __init__(self, learning_rate):
        self.learning_rate = real("learning_rate", learning_rate, 0)
        self.iterations = 0
        self._parameters = self._memory = None

    def update(self, parameters, gradients):
        """Move every parameter by one step, in place.

        Args:
            parameters: list of float32 or float64 arrays, the same ones in every call.
            gradients: list of arrays of the same shapes.
        Raises:
            TypeError: if a parameter is no array of floats, or a gradient does not
                hold real numbers.
            ValueError: if shapes do not fit each other, or the parameters are not
                the arrays of the first call. Nothing has moved then.
        """
        parameters = entries("parameters", parameters, "a list of arrays")
        gradients = entries("gradients", gradients, "a list of arrays")
        gradients = _checked(parameters, gradients)
        self.accept(parameters)
        if self._parameters is None:
            self._parameters = parameters
            self._memory = [
                [np.full_like(parameter, value) for value in self.start]
                for parameter in parameters
            ]
        self.iterations += 1
        for parameter, gradient, memory in zip(parameters, gradients, self._memory):
            self._move(parameter, gradient, *memory)

    def accept(self, parameters):
        """Compare arrays with those that this optimizer has moved, if it has.

        Raises:
            ValueError: if they are others.
        """
        if not _same(parameters, self._parameters or parameters):
            expected = "the arrays that it moved before; make a new optimizer"
            received = f"others, of shapes {[array.shape for array in parameters]}"
            raise ValueError(complaint("optimizer", expected, received))


def _checked(parameters, gradients):
    """Return the gradients as arrays in the dtypes of the parameters."""
    if len(gradients) != len(parameters):
        expected = f"{len(parameters)}, one for each parameter"
        raise ValueError(complaint("gradients", expected, len(gradients)))
    arrays = []
    for i, (parameter, gradient) in enumerate(zip(parameters, gradients)):
        kind = getattr(parameter, "dtype", type(parameter).__name__)
        if not isinstance(parameter, np.ndarray) or kind not in (
            np.float32,
            np.float64,
        ):
            expected = "an array of float32 or float64"
            raise TypeError(complaint(f"parameters[{i}]", expected, kind))
        if not parameter.flags.writeable:
            expected = "an array that can be written"
            raise ValueError(complaint(f"parameters[{i}]", expected, "a read-only one"))
        array = numeric(f"gradients[{i}]", gradient)
        if array.shape != parameter.shape:
            expected = f"shape {parameter.shape}, that of the parameter"
            received = f"shape {array.shape}"
            raise ValueError(complaint(f"gradients[{i}]", expected, received))
        arrays.append(cast(f"gradients[{i}]", array, parameter.dtype))
    if len(set(map(id, parameters))) < len(parameters):
        raise ValueError(complaint("parameters", "each array once", "one twice"))
    return arrays


def _same(arrays, others):
    """Tell whether two lists hold the very same arrays, in the same order."""
    return len(arrays) == len(others) and all(a is b for a, b in zip(arrays, others))


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if wanted.

        velocity = momentum * velocity - learning_rate * gradient
        w += velocity

    Args:
        learning_rate: length of a step for a gradient of length 1.
        momentum: part of the last step that is kept, from 0 to below 1.
        nesterov: True looks ahead, w += momentum * velocity - learning_rate * gradient.
    Raises:
        TypeError: if a setting is not a number, or `nesterov` not a bool.
        ValueError: if a setting is out of range.
    Source: Sutskever et al. (2013), equations 1 to 4.
    """

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False):
        super().__init__(learning_rate)
        self.momentum = fraction("momentum", momentum)
        self.nesterov = flag("nesterov", nesterov)
        if momentum:
            self.start = (0,)

    def _move(self, w, gradient, velocity=None):
        step = self.learning_rate * gradient
        if velocity is None:
            w -= step
            return
        velocity *= self.momentum
        velocity -= step
        w += self.momentum * velocity - step if self.nesterov else velocity


class Adagrad(Optimizer):
    """Steps that shrink where gradients were large: divided by their length so far.

        total += gradient^2
        w -= learning_rate * gradient / sqrt(total + epsilon)

    Args:
        learning_rate: length of a step before it is divided.
        initial_accumulator_value: the total before the first step; the paper has 0.
        epsilon: keeps the divisor from 0.
    Raises:
        TypeError: if a setting is not a number.
        ValueError: if a setting is negative.
    Source: Duchi, Hazan & Singer (2011), the diagonal version; as in Keras.
    """

    def __init__(
        self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7
    ):
        super().__init__(learning_rate)
        name = "initial_accumulator_value"
        self.start = (real(name, initial_accumulator_value, 0),)
        self.epsilon = real("epsilon", epsilon, 0)

    def _move(self, w, gradient, total):
        total += gradient * gradient
        w -= self.learning_rate * gradient / np.sqrt(total + self.epsilon)


class Adam(Optimizer):
    """Momentum, divided by the recent length of the gradient.

        mean += (1 - beta_1) * (gradient - mean)
        square += (1 - beta_2) * (gradient^2 - square)
        length = learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t)
        w -= length * mean / (sqrt(square) + epsilon)

    where t counts the steps from 1.

    Args:
        learning_rate: about the longest step of a parameter.
        beta_1: part of the mean that is kept, from 0 to below 1.
        beta_2: part of the mean square that is kept, from 0 to below 1.
        epsilon: keeps the divisor from 0; it is the paper's epsilon hat.
    Raises:
        TypeError: if a setting is not a number.
        ValueError: if a setting is out of range.
    Source: Kingma & Ba (2015), the last lines of section 2.
    """

    start = (0, 0)

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(learning_rate)
        self.beta_1 = fraction("beta_1", beta_1)
        self.beta_2 = fraction("beta_2", beta_2)
        self.epsilon = real("epsilon", epsilon, 0)

    def _move(self, w, gradient, mean, square):
        t = self.iterations
        mean += (1 - self.beta_1) * (gradient - mean)
        square += (1 - self.beta_2) * (gradient * gradient - square)
        # both means start at 0: make up for what they have not seen yet
        unbiased = (1 - self.beta_2**t) ** 0.5 / (1 - self.beta_1**t)
        rate = self.learning_rate * unbiased
        w -= rate * mean / (np.sqrt(square) + self.epsilon)
