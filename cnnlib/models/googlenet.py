"""GoogLeNet, and one Inception module by itself."""

from cnnlib import plans
from cnnlib.models.arguments import with_end
from cnnlib.models.build import build


def googlenet(
    input_shape=(224, 224, 3),
    num_classes=1000,
    auxiliary=False,
    dropout=0.4,
    classifier_activation="softmax",
):
    """Build GoogLeNet; 6,998,552 parameters, 13,378,280 with auxiliary outputs.

    Args:
        input_shape: (H, W, C); with auxiliary outputs at least 65 x 65.
        num_classes: units of each output.
        auxiliary: whether outputs leave behind modules 4a and 4d as well, which the
            paper has in training alone; the model then has three, the last one first.
        dropout: rate before the output; 0.7 in the auxiliary ones.
        classifier_activation: "softmax", or None for logits.
    Returns:
        A `keras.Model`, not compiled.
    Raises:
        ValueError: if an argument is none of these, or the image is too small.
    Source: Szegedy et al. (2015), arXiv:1409.4842, table 1 and section 5.
    """
    plan = plans.googlenet(num_classes, auxiliary, dropout)
    return build(with_end(plan, classifier_activation), input_shape, "googlenet")


def inception(
    input_shape=(28, 28, 192), widths=plans.INCEPTION["3a"], reduced=True, name=None
):
    """Build one Inception module; 163,696 parameters in 3a, 387,296 if it is naive.

    Args:
        input_shape: (H, W, C) of the map that comes in.
        widths: a `plans.InceptionWidths`, such as `plans.INCEPTION["3b"]`.
        reduced: True has the convolutions of 1 x 1 before the larger kernels and
            behind the pooling; False is the naive module, without them.
        name: of the model.
    Returns:
        A `keras.Model`, not compiled.
    Source: Szegedy et al. (2015), arXiv:1409.4842, figure 2.
    """
    return build(plans.inception(widths, reduced=reduced), input_shape, name)
