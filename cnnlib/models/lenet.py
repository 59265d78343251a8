"""LeNet-5, of 1998 and of today."""

from cnnlib import plans
from cnnlib.models.arguments import bend, pool, with_end
from cnnlib.models.build import build


def lenet5(
    input_shape=(32, 32, 1),
    num_classes=10,
    activation="relu",
    pooling="max",
    classifier_activation="softmax",
):
    """Build LeNet-5 as it is built today; 61,706 parameters for 32 x 32 x 1.

    Every map of C3 sees all maps of S2, pooling has no weights, and the output is a
    dense layer.

    Args:
        input_shape: (H, W, C), at least 16 x 16. MNIST's 28 x 28 go as they are, or
            with 2 zeros on each side as the paper has them.
        num_classes: units of the output.
        activation: "relu", "tanh", "scaled_tanh" (the paper's) or "sigmoid".
        pooling: "max", or "average" (nearer to the paper).
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled.
    Raises:
        ValueError: if an argument is none of these, or the image is too small.
    Source: LeCun et al. (1998), section II-B.
    """
    plan = plans.lenet5(num_classes, bend(activation), pool(pooling))
    return build(with_end(plan, classifier_activation), input_shape, "lenet5")


def lenet5_1998():
    """Build LeNet-5 as it was published: 60,000 parameters, 340,908 connections.

    It takes 32 x 32 x 1, -0.1 for paper and 1.175 for ink, and returns minus the
    squared distance to the code of each digit: logits, whose largest is the answer.
    The codes are read from a small reproduction of the paper's (`cnnlib.plans.codes`),
    and weights start by Glorot's rule, where the paper draws them from ±2.4 / inputs.

    Returns:
        A `keras.Model`, not compiled.
    Source: LeCun et al. (1998), section II-B.
    """
    return build(plans.LENET5_1998, (32, 32, 1), "lenet5_1998")
