"""The counts of `layer_table`, against Keras, `shapes` and numbers of papers."""

import numpy as np
import pytest

from cnnlib import models, plans, shapes
from cnnlib.models.table import layer_table


@pytest.fixture(scope="module")
def k(keras):
    return keras.layers


@pytest.fixture(scope="module")
def lenet(keras, k):
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            k.Conv2D(6, 5, activation="relu", name="c1"),
            k.MaxPooling2D(name="s2"),
            k.Conv2D(16, 5, activation="relu", name="c3"),
            k.MaxPooling2D(name="s4"),
            k.Flatten(name="flatten"),
            k.Dense(120, activation="relu", name="c5"),
            k.Dense(84, activation="relu", name="f6"),
            k.Dense(10, name="output"),
        ]
    )


def one(keras, layer, shape):
    """The table of a model of one layer."""
    inputs = keras.Input(shape)
    model = keras.Model(inputs, layer(inputs))
    table = layer_table(model)
    assert table.parameters == model.count_params()
    return table[0]


def test_lenet_is_counted_as_in_the_course(lenet):
    table = layer_table(lenet)
    assert table.parameters == lenet.count_params() == 61_706
    assert [row.parameters for row in table if row.parameters] == [
        *(156, 2_416, 48_120, 10_164, 850)
    ]
    fields = [row.receptive_field for row in table]
    assert fields == [5, 6, 14, 16, None, None, None, None]
    assert table["c1"].multiplications == shapes.conv_multiplications(28, 5, 1, 6)
    assert table["c5"].multiplications == 48_000
    assert table["c3"].activations == 10 * 10 * 16
    assert table.activations == sum(row.activations for row in table)
    assert len(table) == len(lenet.layers)


def test_vgg16_is_counted_as_in_the_paper(keras):
    model = keras.applications.VGG16(weights=None)
    table = layer_table(model)
    assert table.parameters == model.count_params() == 138_357_544
    assert table.multiplications == 15_470_264_320
    assert table["block5_conv3"].receptive_field == 196
    assert table["block5_pool"].receptive_field == 212


@pytest.mark.parametrize(
    ("name", "field"),
    # Araujo, Norris & Sim (2019), table 1
    [("ResNet50", 483), ("MobileNet", 315)],
)
def test_fields_of_published_networks(keras, name, field):
    model = getattr(keras.applications, name)(weights=None, input_shape=(224, 224, 3))
    table = layer_table(model)
    assert table.parameters == model.count_params()
    last = [row.receptive_field for row in table if row.receptive_field]
    assert max(last) == field


@pytest.mark.parametrize(
    ("make", "shape", "output", "counts"),
    [
        # parameters and multiplications, by hand
        (lambda k: k.Conv1D(8, 5), (128, 3), (124, 8), (128, 124 * 120)),
        (
            lambda k: k.Conv3D(8, 3),
            *((16, 64, 64, 1), (14, 62, 62, 8)),
            (224, 14 * 62 * 62 * 216),
        ),
        (
            lambda k: k.Conv2D(32, 3, strides=2, padding="same", use_bias=False),
            *((9, 8, 4), (5, 4, 32)),
            (1152, 20 * 1152),
        ),
        (lambda k: k.Conv2D(8, 3, groups=2), (9, 9, 4), (7, 7, 8), (152, 49 * 144)),
        (lambda k: k.DepthwiseConv2D(3), (9, 9, 4), (7, 7, 4), (40, 49 * 36)),
        (
            lambda k: k.SeparableConv2D(8, 3),
            *((9, 9, 4), (7, 7, 8)),
            (36 + 32 + 8, 49 * 68),
        ),
        (
            lambda k: k.Conv2DTranspose(8, 2, strides=2),
            *((5, 5, 4), (10, 10, 8)),
            (136, 25 * 128),
        ),
        (lambda k: k.Dense(6), (7, 5), (7, 6), (36, 7 * 30)),
        (lambda k: k.BatchNormalization(), (4, 4, 3), (4, 4, 3), (12, 0)),
        (lambda k: k.GlobalAveragePooling2D(), (4, 4, 3), (3,), (0, 0)),
    ],
)
def test_one_layer(keras, k, make, shape, output, counts):
    row = one(keras, make(k), shape)
    assert row.output_shape == output
    assert (row.parameters, row.multiplications) == counts
    assert row.activations == np.prod(output)


@pytest.mark.parametrize(
    ("make", "shape", "field"),
    [
        (lambda k: k.Conv2D(1, 3, dilation_rate=2), (9, 9, 1), 5),
        (lambda k: k.Conv2D(1, (3, 5)), (9, 9, 1), (3, 5)),
        (lambda k: k.Conv1D(1, 4, padding="causal"), (9, 1), 4),
        (lambda k: k.AveragePooling2D(3, strides=1), (9, 9, 1), 3),
        (lambda k: k.ZeroPadding2D(2), (9, 9, 1), 1),
        (lambda k: k.Cropping2D(2), (9, 9, 1), 1),
        (lambda k: k.UpSampling2D(2), (9, 9, 1), None),
        (lambda k: k.Conv2DTranspose(1, 3), (9, 9, 1), None),
    ],
)
def test_receptive_field_of_one_layer(keras, k, make, shape, field):
    assert one(keras, make(k), shape).receptive_field == field


def test_fields_agree_with_the_closed_form(keras, k):
    layers = [(7, 2), (3, 2), (3, 1), (2, 2), (5, 1)]
    convolutions = [k.Conv2D(1, size, strides, "same") for size, strides in layers]
    model = keras.Sequential([keras.Input((64, 64, 1)), *convolutions])
    fields = [row.receptive_field for row in layer_table(model)]
    stacks = [layers[: i + 1] for i in range(len(layers))]
    assert fields == [shapes.receptive_field(stack) for stack in stacks]


def test_branches_are_joined(keras, k):
    x = keras.Input((16, 16, 2))
    wide = k.Conv2D(2, 5, padding="same")(x)
    both = k.Add(name="add")([x, wide])
    shifted = k.Cropping2D(((3, 0), (0, 0)))(both)
    top = k.Cropping2D(((0, 3), (0, 0)))(both)
    joined = k.Concatenate(name="joined")([shifted, top])
    strided = k.Conv2D(4, 1, strides=2)(joined)
    table = layer_table(keras.Model(x, k.Flatten()(strided)))
    assert table["add"].receptive_field == 5
    assert table["joined"].receptive_field == (8, 5)  # the two lie three pixels apart


def test_a_layer_that_is_called_twice_has_its_weights_once(keras, k):
    x = keras.Input((8, 8, 1))
    shared = k.Conv2D(1, 3, padding="same")
    model = keras.Model(x, shared(shared(x)))
    table = layer_table(model)
    assert [row.parameters for row in table] == [10, 0]
    assert [row.receptive_field for row in table] == [3, 5]
    assert table.parameters == model.count_params()


def test_a_model_inside_a_model_is_opened(keras, k, lenet):
    x = keras.Input((32, 32, 1))
    model = keras.Model(x, k.Softmax()(lenet(k.ReLU()(x))))
    table = layer_table(model)
    assert table.parameters == model.count_params() == 61_706
    assert table[f"{lenet.name}/c3"].receptive_field == 14


def test_a_subclass_is_followed(keras, k):
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.head = k.Dense(3)
            self.conv = k.Conv2D(2, 3)

        def call(self, x):
            y = keras.ops.relu(self.conv(x))
            return self.head(keras.ops.reshape(y + y, (-1, 72)))

    table = layer_table(Net(), (8, 8, 1))
    assert [row.kind for row in table] == ["Conv2D", "Relu", "Add", "Reshape", "Dense"]
    assert table.parameters == 20 + 219
    net = Net()
    net(np.zeros((1, 8, 8, 1)))
    assert layer_table(net).parameters == net.count_params() == 239


def test_a_layer_may_count_for_itself(keras, k):
    class Twice(k.Layer):
        def build(self, shape):
            self.w = self.add_weight(shape=(1,))

        def call(self, x):
            return self.w * x

        def count_multiplications(self, output_shape):
            return int(np.prod(output_shape))

    row = one(keras, Twice(), (4, 4, 3))
    assert (row.multiplications, row.receptive_field) == (48, 1)


def test_what_cannot_be_counted_is_refused_by_name(keras, k):
    with pytest.raises(ValueError, match=r"memory: .* received LSTM"):
        one(keras, k.LSTM(3, name="memory"), (5, 2))
    x = keras.Input((5, 5))
    model = keras.Model(x, k.Dot(1, name="product")([x, x]))
    with pytest.raises(ValueError, match=r"product: .* received Dot"):
        layer_table(model)


def test_errors_say_what_was_expected(keras, k):
    with pytest.raises(TypeError, match="model: expected a Keras model, received str"):
        layer_table("lenet")
    with pytest.raises(ValueError, match="input_shape="):
        layer_table(keras.Sequential([k.Dense(3)]))
    x = keras.Input((None, None, 3))
    model = keras.Model(x, k.Conv2D(1, 3, name="c")(x))
    with pytest.raises(ValueError, match=r"known sizes.*received c with"):
        layer_table(model)
    assert layer_table(keras.Sequential([k.Dense(3)]), (4,)).parameters == 15


def test_a_table_shows_itself(lenet):
    table = layer_table(lenet)
    lines = repr(table).splitlines()
    assert lines[2].startswith("| c1 | Conv2D | (28, 28, 6) | 156 | 117,600 | 4,704 |")
    assert lines[-1].startswith("| **sum** |  |  | 61,706 | 416,520 |")
    assert table._repr_markdown_() == repr(table)
    with pytest.raises(KeyError, match="one of c1, s2"):
        table["conv1"]


def test_bars(lenet):
    table = layer_table(lenet)
    axes = table.bars()
    assert [ax.get_title().split("\n")[0] for ax in axes] == [
        *("parameters", "multiplications")
    ]
    names = [label.get_text() for label in axes[0].get_yticklabels()]
    assert names == ["c1", "c3", "c5", "f6", "output"]
    widths = [bar.get_width() for bar in axes[0].patches]
    assert np.allclose(widths, np.array([156, 2416, 48120, 10164, 850]) / 61706)
    assert len(table.bars("activations")[0].patches) == len(table)
    with pytest.raises(ValueError, match="costs: expected some of parameters"):
        table.bars("flops")


@pytest.mark.parametrize(
    ("plan", "shape"),
    [
        (plans.LENET5_1998, (32, 32, 1)),
        (plans.lenet5(), (28, 28, 1)),
        (plans.alexnet(1000, 2), (227, 227, 3)),
    ],
)
def test_a_model_costs_what_its_plan_says(plan, shape):
    table = layer_table(models.build(plan, shape))
    steps = plans.walk(plan, shape)
    assert table.parameters == sum(step.parameters for step in steps)
    assert table.multiplications == sum(step.multiplications for step in steps)
    fields = {step.receptive_field for step in steps}
    assert {row.receptive_field for row in table} <= fields | {None}
    assert max(row.receptive_field or 0 for row in table) == max(
        field or 0 for field in fields
    )
