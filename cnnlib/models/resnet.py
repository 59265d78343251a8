"""ResNet of 18 to 152 layers, and the small ones for 32 x 32 pixels."""

from cnnlib import plans
from cnnlib.models.arguments import with_end
from cnnlib.models.build import build

IMAGE = (224, 224, 3)
FILTERS = (64, 128, 256, 512)


def resnet18(
    input_shape=IMAGE,
    num_classes=1000,
    filters=FILTERS,
    shortcut="B",
    variant="paper",
    classifier_activation="softmax",
):
    """Build ResNet-18; 11,689,512 parameters that training changes.

    The arguments, the returned model and the errors are those of `resnet50`.
    """
    settings = num_classes, filters, shortcut, variant
    return _resnet(18, input_shape, classifier_activation, settings)


def resnet34(
    input_shape=IMAGE,
    num_classes=1000,
    filters=FILTERS,
    shortcut="B",
    variant="paper",
    classifier_activation="softmax",
):
    """Build ResNet-34; 21,797,672 parameters that training changes.

    The arguments, the returned model and the errors are those of `resnet50`.
    """
    settings = num_classes, filters, shortcut, variant
    return _resnet(34, input_shape, classifier_activation, settings)


def resnet50(
    input_shape=IMAGE,
    num_classes=1000,
    filters=FILTERS,
    shortcut="B",
    variant="paper",
    classifier_activation="softmax",
):
    """Build ResNet-50; 25,557,032 parameters that training changes.

    Keras counts the moving means and variances as well.

    Args:
        input_shape: (H, W, C).
        num_classes: units of the output.
        filters: of the 3 x 3 convolutions in each of the four stages.
        shortcut: "A" pads with channels of zeros, "B" has a convolution of 1 x 1 where
            the shape changes, "C" everywhere; None adds nothing: a plain network.
        variant: "paper"; "keras" as `keras.applications` ships it, with biases;
            "torchvision" with the strides of a bottleneck in its 3 x 3.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled; its layers have the names that
        `keras.applications` gives them.
    Raises:
        ValueError: if an argument is none of these.
    Source: He et al. (2016), arXiv:1512.03385, table 1.
    """
    settings = num_classes, filters, shortcut, variant
    return _resnet(50, input_shape, classifier_activation, settings)


def resnet101(
    input_shape=IMAGE,
    num_classes=1000,
    filters=FILTERS,
    shortcut="B",
    variant="paper",
    classifier_activation="softmax",
):
    """Build ResNet-101; 44,549,160 parameters that training changes.

    The arguments, the returned model and the errors are those of `resnet50`.
    """
    settings = num_classes, filters, shortcut, variant
    return _resnet(101, input_shape, classifier_activation, settings)


def resnet152(
    input_shape=IMAGE,
    num_classes=1000,
    filters=FILTERS,
    shortcut="B",
    variant="paper",
    classifier_activation="softmax",
):
    """Build ResNet-152; 60,192,808 parameters that training changes.

    The arguments, the returned model and the errors are those of `resnet50`.
    """
    settings = num_classes, filters, shortcut, variant
    return _resnet(152, input_shape, classifier_activation, settings)


def resnet_cifar(
    depth,
    input_shape=(32, 32, 3),
    num_classes=10,
    filters=(16, 32, 64),
    shortcut="A",
    classifier_activation="softmax",
):
    """Build the ResNet of 6n + 2 layers; 269,722 parameters with 20 of them.

    Args:
        depth: layers with weights: 8, 14, 20, 26, ...
        input_shape: (H, W, C).
        num_classes: units of the output.
        filters: of each of the three stages.
        shortcut: "A", "B", "C" or None, as in `resnet50`.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled.
    Raises:
        ValueError: if an argument is none of these.
    Source: He et al. (2016), arXiv:1512.03385, section 4.2.
    """
    plan = plans.resnet_cifar(depth, num_classes, filters, shortcut)
    name = f"resnet{depth}_cifar" if shortcut else f"plain{depth}_cifar"
    return build(with_end(plan, classifier_activation), input_shape, name)


def plain_cifar(
    depth,
    input_shape=(32, 32, 3),
    num_classes=10,
    filters=(16, 32, 64),
    classifier_activation="softmax",
):
    """Build `resnet_cifar` without its shortcuts: the same layers and parameters."""
    settings = input_shape, num_classes, filters, None, classifier_activation
    return resnet_cifar(depth, *settings)


def _resnet(depth, input_shape, classifier_activation, settings):
    plan = with_end(plans.resnet(depth, *settings), classifier_activation)
    return build(plan, input_shape, f"resnet{depth}")
