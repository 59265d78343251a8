"""Checks of lecture L11, convolution layers in Keras."""

import numpy as np

from cnnlib.checks.engine import Between, SameShape, Value, any_of
from cnnlib.checks.networks import Model

# exercise 2: sides 28, 14, 10, 5
_ROWS = [8 * (9 + 1), 0, 16 * (25 * 8 + 1), 0, 0, 400 * 10 + 10]
_NO_BIAS = [8 * 9, 0, 16 * 25 * 8, 0, 0, 400 * 10]
_VALID = [*_ROWS[:5], 16 * 4 * 4 * 10 + 10]  # sides 26, 13, 9, 4
_ONE_CHANNEL = [_ROWS[0], 0, 16 * (25 + 1), 0, 0, _ROWS[5]]


class _Shape(Value):
    """A shape; None in it, as Keras prints it, is read as −1."""

    def judge(self, answer):
        if isinstance(answer, (tuple, list)):
            answer = [-1 if side is None else side for side in answer]
        return super().judge(answer)


def _last(answer):
    """Recognize a wrong number of parameters behind any shape."""
    return Between((4,), answer, answer, np.eye(4)[3:])


def _sides(shape):
    """Recognize a wrong shape before any number of parameters."""
    return Between((4,), shape, shape, np.eye(4)[:3])


def _two_scales(filters, num_classes, sizes=(3, 5), padding="same", activation="relu", classifier_activation="softmax", pool="MaxPooling2D", join="Concatenate"):
    """Build the network of exercise 3; the settings make the mistakes."""
    import keras

    kl = keras.layers
    inputs = keras.Input((28, 28, 1))
    maps = [kl.Conv2D(filters, k, padding=padding, activation=activation)(inputs) for k in sizes]
    x = getattr(kl, pool)(2)(getattr(kl, join)()(maps))
    return keras.Model(inputs, kl.Dense(num_classes, activation=classifier_activation)(kl.Flatten()(x)))


def _in_a_row(filters, num_classes):
    """Stack the two convolutions of exercise 3 in place of laying them side by side."""
    import keras

    kl = keras.layers
    convs = [kl.Conv2D(filters, k, padding="same", activation="relu") for k in (3, 5)]
    end = kl.MaxPooling2D(2), kl.Flatten(), kl.Dense(num_classes, activation="softmax")
    return keras.Sequential([keras.Input((28, 28, 1)), *convs, *end])


def _compiled(activation, classifier_activation=None, from_logits=True, loss="SparseCategoricalCrossentropy"):
    """Build and compile the network of exercise 5; the settings make the mistakes."""
    import keras

    from cnnlib.models import lenet5

    model = lenet5(activation=activation, classifier_activation=classifier_activation)
    model.compile("adam", getattr(keras.losses, loss)(from_logits=from_logits))
    return model


CHECKS = {
    "predict1": Value(
        expected=128,
        because="8 · (5 · 3 + 1) = 128.",
        otherwise="How many numbers does one kernel see at one place? Add its bias, then take all filters.",
        hints=[
            ("You forgot the three input channels: a kernel of length 5 sees five readings of each.", 48),
            ("You forgot the bias: each filter has one.", 120),
            ("You forgot both the three input channels and the biases.", 40),
            ("That is one filter, with its bias. There are eight.", 16),
            ("That is one filter without its bias. There are eight.", 15),
            ("You have one bias for the layer. Each filter has its own.", 121),
            ("That is what comes out. The weights are the same at every place.", any_of(992, (124, 8))),
        ],
    ),
    "predict2": Value(
        expected=(14, 62, 62, 8),
        because="16 − 3 + 1 = 14 and 64 − 3 + 1 = 62; the channels are the filters.",
        otherwise="The kernel moves along frames, rows and columns. How many places has it along each? And how many maps come out?",
        hints=[
            ('You kept the sizes. That would be `padding="same"`; the default is `"valid"`.', (16, 64, 64, 8)),
            ("The kernel is 3 frames long as well, so it has fewer places along the frames too.", (16, 62, 62, 8)),
            ("The channels that come out are the filters, one map for each.", (14, 62, 62, 1)),
            ("3 cells have n − 3 + 1 places along an axis.", any_of((13, 61, 61, 8), (12, 60, 60, 8))),
            ("Channels stand last here.", (8, 14, 62, 62)),
        ],
    ),
    "predict3": Value(
        expected=-1020,
        because="Keras does not turn the kernel: it correlates, as this book does.",
        otherwise="Lay Gy on the dark rows and the bright ones as in L2: 4 times 255, with which sign?",
        hints=[
            ("That is true convolution, with the kernel turned by 180 degrees. Does Keras turn it?", 1020),
            ("One column of the kernel has the weight 2. Add all three.", any_of(-765, 765)),
            ("That is the response where all nine pixels are equal.", 0),
        ],
    ),
    "predict4": _Shape(
        expected=(7, 6144),
        because="32 · 32 · 6 = 6,144 values, for each of seven images.",
        otherwise="What happens to one image, and what to the batch?",
        hints=[
            ("Flatten keeps the axis of the batch. Print the shape: it flattens each image by itself.", any_of(43008, (43008,), (1, 43008))),
            ("That is one image. The axis of the batch stays.", any_of(6144, (1, 6144))),
            ("The batch stands first.", (6144, 7)),
            ("None means any number; here it is seven.", (-1, 6144)),
            ("The six channels are flattened as well.", any_of((7, 1024), (7, 1024, 6), (7, 32, 192))),
        ],
    ),
    "predict5": Value(
        expected=np.log(np.e + 9) - 1,
        because="ln(e + 9) − 1 = 1.461: the loss cannot fall below.",
        otherwise="Put the logits 1, 0, 0, …, 0 into ln(sum of the powers of e) − logit of the right class.",
        tolerance=0.006,
        hints=[
            ("That would be so if the loss took them for probabilities. It takes them for logits.", 0),
            ("That is a network that knows nothing: ten equal logits. Here one is 1 and nine are 0.", np.log(10)),
            ("You forgot to take off the right logit, which is 1.", np.log(np.e + 9)),
            ("There are ten classes: nine zeros beside the 1.", np.log(np.e + 10) - 1),
            ("The nine other logits are 0, and e to the 0 is 1: they count in the sum.", 1),
        ],
    ),
    "1": Value(
        expected=(26, 26, 32, 320),
        because="28 − 3 + 1 = 26, and 32 · (3 · 3 · 1 + 1) = 320.",
        otherwise="First the places along rows and columns, then the filters. The parameters are those of one filter, 32 times.",
        hints=[
            ("You forgot the bias: each of the 32 filters has one.", _last(288)),
            ('The default of `padding` is `"valid"`: at the border the kernel has no place.', _sides((28, 28, 32))),
            ("The channels that come out are the filters.", _sides((26, 26, 1))),
            ("In Keras the channels stand last.", _sides((32, 26, 26))),
            ("The kernel fits n − 3 + 1 times along an axis.", _sides((25, 25, 32))),
            ("The same weights are used at every place: the image's size does not count.", _last(26 * 26 * 320)),
            ("That is one filter.", _last(10)),
        ],
    ),
    "2": Value(
        expected=_ROWS,
        because="The maps are 28, 14, 10 and 5 pixels wide, so Flatten gives 400 values.",
        otherwise="Write the shape behind each layer first. Pooling and Flatten have no parameters.",
        hints=[
            ("You forgot the biases, one for each filter and each unit.", _NO_BIAS),
            ('The first layer keeps the size, because its padding is `"same"`. So the dense layer gets 5 · 5 · 16 values.', _VALID),
            ("The second convolution gets eight channels, and a kernel spans all of them.", _ONE_CHANNEL),
            ("Pooling and Flatten have no parameters.", Between((6,), 1, 1e9)),
            ("There are six layers, and so six numbers. Those without parameters have a 0.", SameShape(np.zeros(3))),
        ],
    ),
    "3": Model(
        reference=_two_scales,
        inputs=[(4, 10), (3, 5)],
        because="Two kernels look at the same image, and the dense layer sees both.",
        otherwise="`Concatenate()` takes a list of maps; the model begins at the image and ends at the dense layer.",
        hints=[
            ("Your convolutions follow each other. Call both on the image, then join what comes out.", _in_a_row),
            ("Your maps are added, so one cannot tell them apart any more. Join them along the channels.", lambda f, n: _two_scales(f, n, join="Add")),
            ("First the 3×3, then the 5×5: the order of the channels is the order of the list.", lambda f, n: _two_scales(f, n, sizes=(5, 3))),
            ("ReLU is missing: without an activation a convolution is linear.", lambda f, n: _two_scales(f, n, activation=None)),
            ("Your network ends in logits. The dense layer wants softmax.", lambda f, n: _two_scales(f, n, classifier_activation=None)),
            ("You average the windows. Max pooling is asked for.", lambda f, n: _two_scales(f, n, pool="AveragePooling2D")),
        ],
    ),
    "4": Value(
        expected=13.0,
        tolerance=12.0,  # six trainings gave 5 to 13
        percent=True,
        because="No shape was wrong, but the weights meet the wrong values: about as good as guessing.",
        otherwise="Take the weights of `net`, change the fifth array alone, set them in a new `lenet()`, and count how often the largest score is the label.",
        hints=[
            ("That is the trained network as it was. Are the changed weights set in the model that you measure?", Between((), 90, 100)),
            ("That is a share: times 100, in percent.", Between((), 0.01, 0.3)),
            ("That is a share, not percent, and that of the trained network. Are the changed weights set in the model that you measure?", Between((), 0.9, 0.999)),
            ("Hardly any digit: is the label compared with the place of the largest score?", 0),
        ],
    ),
    "5": Model(
        reference=_compiled,
        inputs=[("relu",), ("tanh",)],
        because="The layers give logits, and the loss knows it.",
        otherwise="What comes out of the last layer, and what does the loss expect?",
        hints=[
            ("That is `stuck` itself: the loss still takes the logits for probabilities.", lambda activation: _compiled(activation, None, False)),
            ("That would learn as well, but the layers were to stay: leave the end of the network as it is.", lambda activation: _compiled(activation, "softmax", False)),
            ("Now softmax is taken twice, once in the network and once in the loss.", lambda activation: _compiled(activation, "softmax", True)),
            ("The labels are numbers, not rows of ten: the sparse loss is needed.", lambda activation: _compiled(activation, loss="CategoricalCrossentropy")),
        ],
    ),
}
