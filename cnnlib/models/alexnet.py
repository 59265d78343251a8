"""AlexNet of 2012, and the one tower of 2014."""

from cnnlib import plans
from cnnlib.models.arguments import bend, with_end
from cnnlib.models.build import build


def alexnet(
    input_shape=(227, 227, 3),
    num_classes=1000,
    groups=2,
    sizes=plans.ALEXNET,
    activation="relu",
    dropout=0.5,
    normalize=True,
    classifier_activation="softmax",
):
    """Build AlexNet; 60,965,224 parameters, 62,378,344 with groups=1.

    Args:
        input_shape: (H, W, C), at least 67 x 67; `plans.ALEXNET_SMALL` takes 15 x 15.
        num_classes: units of the output.
        groups: 2 cuts conv2, conv4 and conv5 in two, as the paper does for its two
            GPUs; 1 cuts nothing.
        sizes: how wide it is, a `plans.AlexNetSizes`: `plans.ALEXNET`, or
            `plans.ALEXNET_SMALL` for 32 to 64 pixels.
        activation: "relu", "tanh", "scaled_tanh" or "sigmoid".
        dropout: rate behind fc6 and fc7.
        normalize: whether conv1 and conv2 are followed by local response
            normalization, over all channels where the paper's GPUs saw their own half.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled.
    Raises:
        ValueError: if an argument is none of these, or the image is too small.
    Source: Krizhevsky et al. (2012), sections 3 and 4.
    """
    plan = plans.alexnet(
        num_classes, groups, sizes, bend(activation), dropout, normalize
    )
    return build(with_end(plan, classifier_activation), input_shape, "alexnet")


def alexnet_one_tower(
    input_shape=(224, 224, 3),
    num_classes=1000,
    sizes=plans.ONE_TOWER,
    dropout=0.5,
    classifier_activation="softmax",
):
    """Build the AlexNet of 2014: one tower; 61,838,248 parameters.

    Args:
        input_shape: (H, W, C), at least 63 x 63.
        num_classes: units of the output.
        sizes: `plans.ONE_TOWER`, or `plans.TORCHVISION` with 61,100,840 parameters.
        dropout: rate behind fc6 and fc7.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled.
    Raises:
        ValueError: if an argument is none of these, or the image is too small.
    Source: Krizhevsky (2014), arXiv:1404.5997, footnote 1.
    """
    plan = plans.alexnet(num_classes, 1, sizes, None, dropout, normalize=False)
    name = "alexnet_one_tower"
    return build(with_end(plan, classifier_activation), input_shape, name)
