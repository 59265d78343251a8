from cnnlib import models, plans, shapes

from .check_tables import CheckTables


def fc6(side, units=4096, channels=256):
    return units * (side * side * channels + 1)


def base(groups2=2, groups3=1, groups4=2, groups5=2, pool=3, padding="same"):
    """Build the convolutions of AlexNet in Keras itself."""
    import keras

    conv, maximum = keras.layers.Conv2D, keras.layers.MaxPooling2D
    bent = {"activation": "relu", "padding": padding}
    return keras.Sequential(
        [
            keras.Input((227, 227, 3)),
            conv(96, 11, 4, activation="relu"),
            maximum(pool, 2),
            conv(256, 5, groups=groups2, **bent),
            maximum(pool, 2),
            conv(384, 3, groups=groups3, **bent),
            conv(384, 3, groups=groups4, **bent),
            conv(256, 3, groups=groups5, **bent),
            maximum(pool, 2),
        ]
    )


RIGHT = [
    ("predict1", shapes.output_size(224, 11, 4, 2)),
    ("predict1", "55"),
    ("predict1", "55×55"),
    ("predict2", shapes.conv_parameters(5, 96, 256, groups=2)),
    ("predict2", "307,456"),
    ("predict3", fc6(6)),
    ("predict4", "conv2"),
    ("predict4", "Conv2"),
    ("1", 256 * 25 * 48),
    ("2", 2),
    ("3", [7, fc6(7)]),
    ("3", "7 51,384,320"),
    ("4", [11.4, -3.4]),  # the rounded means of the table
    ("4", "11.3 and -3.5"),
    ("5", base),
]

WRONG = [
    ("predict1", shapes.output_size(224, 11, 4), "without the padding"),
    ("predict1", (224 + 4 - 11) / 4 + 1, "did not round"),
    ("predict2", shapes.conv_parameters(5, 96, 256), "48 channels, not 96"),
    ("predict2", shapes.conv_parameters(5, 96, 256, False, 2), "Those are the weights"),
    ("predict3", fc6(13), "forgot pool5"),
    ("predict3", fc6(6) - 4096, "Those are the weights"),
    ("predict3", 6 * 6 * 256, "how many numbers come in"),
    ("predict4", "fc6", "Each is used once"),
    ("predict4", "conv1", "most places"),
    ("1", 256 * 25 * 96, "all weights without groups"),
    ("2", 1, "54.75"),
    ("2", 3, "missing in all"),
    ("3", [6, fc6(6)], "227×227"),
    ("3", [7, fc6(7) - 4096], "add the biases"),
    ("3", [15, fc6(15)], "before pool5"),
    ("3", [7, 7 * 7 * 256], "each with a weight"),
    ("3", [8, fc6(8)], "forgot to round down"),
    ("4", [-3.4, 11.4], "in the other order"),
    ("4", [-11.4, 3.4], "signs are turned"),
    ("4", [17.3, -7.1], "of one seed, the best"),
    ("5", lambda: base(groups2=1), "conv2 sees both towers"),
    ("5", lambda: base(1, 1, 1, 1), "No layer is cut"),
    ("5", lambda: base(groups3=2), "conv3 is cut too"),
]


class TestChecks(CheckTables):
    lecture = "L12"
    right = RIGHT
    wrong = WRONG


def test_the_clinic_is_compared_with_the_papers_plan():
    """The reference is AlexNet up to pool5, cut off before the dense layers."""
    model = models.alexnet((67, 67, 3), 10)
    table = models.layer_table(base())
    for name, row in zip(("conv1", "conv2", "conv3", "conv4", "conv5"), _convs(table)):
        assert row.parameters == model.get_layer(name).count_params()
    walked = plans.walk(plans.alexnet(), (227, 227, 3))
    assert table.parameters == sum(
        step.parameters for step in walked if step.receptive_field
    )


def _convs(table):
    return [row for row in table if row.kind == "Conv2D"]
