"""VGG with 11, 13, 16 and 19 layers that have weights."""

from cnnlib import plans
from cnnlib.models.arguments import with_end
from cnnlib.models.build import build


def vgg11(
    input_shape=(224, 224, 3),
    num_classes=1000,
    sizes=plans.VGG,
    dropout=0.5,
    classifier_activation="softmax",
):
    """Build VGG-11, column A of the paper; 132,863,336 parameters.

    The arguments, the returned model and the errors are those of `vgg16`.
    """
    settings = num_classes, sizes, dropout
    return _vgg(11, input_shape, classifier_activation, *settings)


def vgg13(
    input_shape=(224, 224, 3),
    num_classes=1000,
    sizes=plans.VGG,
    dropout=0.5,
    classifier_activation="softmax",
):
    """Build VGG-13, column B of the paper; 133,047,848 parameters.

    The arguments, the returned model and the errors are those of `vgg16`.
    """
    settings = num_classes, sizes, dropout
    return _vgg(13, input_shape, classifier_activation, *settings)


def vgg16(
    input_shape=(224, 224, 3),
    num_classes=1000,
    sizes=plans.VGG,
    dropout=0.5,
    classifier_activation="softmax",
):
    """Build VGG-16, column D of the paper; 138,357,544 parameters.

    Args:
        input_shape: (H, W, C), at least 32 x 32.
        num_classes: units of the output.
        sizes: how wide it is, a `plans.VGGSizes`: `plans.VGG`, or `plans.VGG_SMALL`
            for 32 to 64 pixels.
        dropout: rate behind each hidden dense layer.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled; its layers have the names that
        `keras.applications` gives them.
    Raises:
        ValueError: if an argument is none of these, or the image is too small.
    Source: Simonyan & Zisserman (2015), arXiv:1409.1556, table 1.
    """
    settings = num_classes, sizes, dropout
    return _vgg(16, input_shape, classifier_activation, *settings)


def vgg19(
    input_shape=(224, 224, 3),
    num_classes=1000,
    sizes=plans.VGG,
    dropout=0.5,
    classifier_activation="softmax",
):
    """Build VGG-19, column E of the paper; 143,667,240 parameters.

    The arguments, the returned model and the errors are those of `vgg16`.
    """
    settings = num_classes, sizes, dropout
    return _vgg(19, input_shape, classifier_activation, *settings)


def _vgg(depth, input_shape, classifier_activation, *settings):
    plan = with_end(plans.vgg(depth, *settings), classifier_activation)
    return build(plan, input_shape, f"vgg{depth}")
