"""Each slip is named at its layer, with its cause; two ways to write one are none."""

import pytest

from cnnlib.models.difference import first_difference


@pytest.fixture(scope="module")
def k(keras):
    return keras.layers


@pytest.fixture(scope="module")
def stack(keras):
    def make(*layers, shape=(32, 32, 1)):
        return keras.Sequential([keras.Input(shape), *layers])

    return make


@pytest.fixture(scope="module")
def lenet(k, stack):
    def make(
        act="relu",
        last="softmax",
        filters=6,
        padding="valid",
        use_bias=True,
        pool=k.MaxPooling2D,
        middle=(),
        flat=(),
        dense=84,
        end=(),
        shape=(32, 32, 1),
    ):
        return stack(
            k.Conv2D(
                filters,
                5,
                padding=padding,
                activation=act,
                use_bias=use_bias,
                name="c1",
            ),
            pool(2, name="s2"),
            k.Conv2D(16, 5, activation=act, name="c3"),
            *middle,
            k.MaxPooling2D(2, name="s4"),
            *flat,
            k.Flatten(name="flat"),
            k.Dense(120, activation=act, name="c5"),
            *([k.Dense(dense, activation=act, name="f6")] if dense else []),
            *end,
            k.Dense(10, activation=last, name="out"),
            shape=shape,
        )

    return make


@pytest.fixture(scope="module")
def subclass(keras, k):
    class LeNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.out = k.Dense(10)  # not in the order of their calls
            self.f6 = k.Dense(84)
            self.c5 = k.Dense(120, activation="relu")
            self.c1 = k.Conv2D(6, 5, activation="relu")
            self.c3 = k.Conv2D(16, 5)
            self.pool, self.flatten = k.MaxPooling2D(), k.Flatten()

        def call(self, x):
            x = self.pool(self.c1(x))
            x = self.pool(keras.activations.relu(self.c3(x)))
            x = self.c5(self.flatten(x))
            return keras.ops.softmax(self.out(keras.ops.relu(self.f6(x))))

    return LeNet


def the_same(model, other, **settings):
    found = first_difference(model, other, **settings)
    assert not found, found
    assert repr(found).startswith("No difference")


def test_a_model_is_like_itself(lenet):
    model = lenet()
    the_same(model, model)
    before = model.get_weights()
    the_same(model, lenet(), weights=False)
    assert all((a == b).all() for a, b in zip(before, model.get_weights()))


def test_three_styles_are_the_same(keras, k, lenet, subclass):
    sequential, net = lenet(), subclass()
    the_same(net, sequential, weights=False)
    x = inputs = keras.Input((32, 32, 1))
    for layer in (
        *(k.Conv2D(6, 5), k.ReLU(), k.MaxPooling2D()),
        *(k.Conv2D(16, 5), k.Activation("relu"), k.Identity(), k.MaxPooling2D()),
        *(k.Reshape((-1,)), k.Dense(120, activation=k.ReLU()), k.Dense(84)),
        *(k.ReLU(), k.Activation("linear"), k.Dense(10), k.Softmax()),
    ):
        x = layer(x)
    functional = keras.Model(inputs, x)
    the_same(functional, sequential, weights=False)
    functional.set_weights(sequential.get_weights())
    the_same(functional, sequential)
    found = first_difference(net, sequential)
    assert (found.aspect, found.layer) == ("weights", f"layer 1 ({net.c1.name})")


def test_zeros_before_a_convolution_are_its_padding(k, stack):
    the_same(
        stack(k.ZeroPadding2D(1), k.Conv2D(3, 3)),
        stack(k.Conv2D(3, 3, padding="same")),
        weights=False,
    )


def test_a_model_inside_a_model_is_opened(lenet, stack):
    model = lenet()
    the_same(stack(model), model)


@pytest.mark.parametrize(
    ("mine", "other", "words"),
    [
        ({"act": "tanh"}, {}, "activation of layer 1 (c1) is tanh, relu expected"),
        ({"act": None}, {}, "activation of layer 1 (c1) is missing: relu expected"),
        ({}, {"act": None}, "activation relu of layer 1 (c1) is one too many"),
        ({"last": None}, {}, "ends in logits, behind layer 8 (out); probabilities"),
        ({}, {"last": None}, "ends in softmax, layer 8 (out); logits expected"),
        ({"last": "sigmoid"}, {}, "of layer 8 (out) is sigmoid, softmax expected"),
        ({"filters": 8}, {}, "Layer 1 (c1) has 8 filters, 6 expected."),
        ({"use_bias": False}, {}, "150 parameters, 156 expected: the bias is missing"),
        ({}, {"use_bias": False}, "156 parameters, 150 expected: the bias is one too"),
        ({"padding": "same"}, {}, "with 2 zeros on each side, no zeros on each side"),
        ({}, {"padding": "same"}, 'the padding is missing, "valid" has none.'),
        ({"dense": None}, {}, "Dense(84) and relu are missing before layer 7 (out)."),
        ({}, {"dense": None}, "Layer 7 (f6), Dense(84) and relu, is one too many."),
        ({"dense": 64}, {}, "Layer 7 (f6) has 64 units, 84 expected."),
        ({"shape": (28, 28, 1)}, {}, "shape (28, 28, 1), (32, 32, 1) expected."),
        ({"shape": (32, 32, 3)}, {}, "expected: the channels are not as many."),
    ],
)
def test_slips_in_lenet(lenet, mine, other, words):
    found = first_difference(lenet(**mine), lenet(**other), weights=False)
    assert found
    assert words in repr(found)
    assert found._repr_markdown_() == found.words


def test_layers_that_stand_where_none_is_expected(k, lenet):
    def said(mine, other):
        return repr(first_difference(lenet(**mine), lenet(**other), weights=False))

    average = {"pool": k.AveragePooling2D}
    assert "(s2) is an AveragePooling2D(2), a MaxPooling2D(2) exp" in said(average, {})
    words = said({"flat": [k.Permute((3, 1, 2), name="p")]}, {})
    assert "Layer 5 (p), Permute, is one too many: it exchanges axes" in words
    norm = {"middle": [k.BatchNormalization(name="norm")]}
    assert "Layer 4 (norm), BatchNormalization, is one too many" in said(norm, {})
    assert "BatchNormalization is missing before layer 4 (s4)" in said({}, norm)
    five = {"middle": [k.BatchNormalization(epsilon=1e-5)]}
    assert "epsilon=0.001, 1e-05 expected. 0.001 is the default of K" in said(
        norm, five
    )


def test_what_works_in_training_only_comes_after_the_structure(k, lenet):
    half, fifth = {"end": [k.Dropout(0.5, name="d")]}, {"end": [k.Dropout(0.2)]}
    found = first_difference(lenet(**half), lenet(), weights=False)
    assert found.aspect == "training"
    assert "Layer 8 (d), Dropout, is not expected there" in repr(found)
    found = first_difference(lenet(), lenet(**half), weights=False)
    assert "Dropout(0.5) is missing behind layer 7 (f6)" in repr(found)
    found = first_difference(lenet(**half), lenet(**fifth), weights=False)
    assert "Layer 8 (d), Dropout, has rate=0.5, 0.2 expected" in repr(found)
    found = first_difference(lenet(**half, last=None), lenet(), weights=False)
    assert found.aspect == "layers"
    slow = {"middle": [k.BatchNormalization(momentum=0.9)]}
    norm = {"middle": [k.BatchNormalization()]}
    found = first_difference(lenet(**slow), lenet(**norm), weights=False)
    assert "momentum=0.9, 0.99 expected; in training only" in repr(found)


@pytest.mark.parametrize(
    ("mine", "other", "words"),
    [
        (
            lambda k: [k.Conv2D(3, 3), k.MaxPooling2D(name="p"), k.ReLU()],
            lambda k: [k.Conv2D(3, 3), k.ReLU(), k.MaxPooling2D()],
            "relu stands behind layer 2 (p); expected before it.",
        ),
        (
            lambda k: [k.Conv2D(3, 3, strides=2, padding="same", name="c")],
            lambda k: [k.ZeroPadding2D(1), k.Conv2D(3, 3, strides=2)],
            "(c) pads with no zeros before the map and 1 after, 1 zero on each side "
            'expected: with these strides "same" pads one side more',
        ),
        (
            lambda k: [k.ZeroPadding2D(1), k.Conv2D(3, 3, strides=2, name="c")],
            lambda k: [k.Conv2D(3, 3, strides=2, padding="same")],
            "Layer 2 (c) pads with 1 zero on each side, no zeros before the map and 1 "
            'after expected, as "same" lays them',
        ),
        (
            lambda k: [k.Conv2D(3, 3, strides=2, name="c")],
            lambda k: [k.Conv2D(3, 3)],
            "Layer 1 (c) has strides=2, 1 expected.",
        ),
        (
            lambda k: [k.Conv2D(4, 3), k.Conv2D(4, 3, groups=2, name="c")],
            lambda k: [k.Conv2D(4, 3), k.Conv2D(4, 3)],
            "Layer 2 (c) has 76 parameters, 148 expected: groups=2, 1 expected.",
        ),
        (
            lambda k: [k.Flatten(data_format="channels_first", name="f")],
            lambda k: [k.Flatten()],
            "(f) has data_format='channels_first', 'channels_last' expected: it puts",
        ),
        (
            lambda k: [k.Softmax(axis=1, name="s")],
            lambda k: [k.Softmax()],
            "Layer 1 (s) has axis=1",
        ),
        (
            lambda k: [k.Lambda(lambda x: 2 * x, name="double")],
            lambda k: [k.Lambda(lambda x: 3 * x)],
            "Layer 1 (double): the same settings and weights, but other outputs",
        ),
        (
            lambda k: [k.Conv2D(3, 3, name="c")],
            lambda k: [k.Conv2D(3, 3), k.Flatten()],
            "The model ends after layer 1 (c); Flatten expected.",
        ),
        (
            lambda k: [k.Conv2D(3, 3), k.Flatten(name="f")],
            lambda k: [k.Conv2D(3, 3)],
            "Layer 2 (f), Flatten, is one too many",
        ),
    ],
)
def test_slips_in_small_stacks(k, stack, mine, other, words):
    found = first_difference(stack(*mine(k)), stack(*other(k)), weights=False)
    assert words in repr(found)


def test_groups_of_alexnet_are_named_with_their_numbers(k, stack):
    def second(groups):
        conv1 = k.Conv2D(96, 11, strides=4, activation="relu", name="conv1")
        conv2 = k.Conv2D(256, 5, padding="same", groups=groups, name="conv2")
        pool = k.MaxPooling2D(3, strides=2)
        return stack(conv1, pool, conv2, shape=(227, 227, 3))

    found = first_difference(second(1), second(2), weights=False)
    assert repr(found) == (
        "Layer 3 (conv2) has 614,656 parameters, 307,456 expected: groups=2 is missing."
    )
    assert (found.aspect, found.layer) == ("groups", "layer 3 (conv2)")


def channels_first(rows):
    return rows.reshape(5, 5, 16, 120).transpose(2, 0, 1, 3).reshape(400, 120)


@pytest.mark.parametrize(
    ("number", "change", "words"),
    [
        (0, lambda w: w[::-1, ::-1], "Layer 1 (c1), kernel: the kernels are turned by"),
        (0, lambda w: w.swapaxes(0, 1), "rows and columns of the kernels are exch"),
        (0, lambda w: 255 * w, "all are 255 times those expected"),
        (0, lambda w: 0 * w, "all are 0, as before training"),
        (
            2,
            lambda w: w[:, :, ::-1],
            "Layer 3 (c3), kernel: the channels are in the opp",
        ),
        (2, lambda w: w[..., ::-1], "the same numbers stand in another order"),
        (3, lambda w: w + 1, "Layer 3 (c3), bias:"),
        (4, channels_first, "Layer 6 (c5), kernel: the rows are in another order of"),
        (6, lambda w: w + 0.1, "Layer 7 (f6), kernel: other numbers"),
    ],
)
def test_slips_in_weights(lenet, number, change, words):
    right = lenet()
    model = lenet()
    weights = right.get_weights()
    weights[number] = change(weights[number])
    model.set_weights(weights)
    assert words in repr(first_difference(model, right))
    if number == 4:
        assert words in repr(first_difference(right, model))


def test_branches_are_compared(keras, k):
    x = keras.Input((8, 8, 2))
    y = k.Conv2D(2, 3, padding="same", name="conv")(x)
    one, other = (keras.Model(x, k.Concatenate()(both)) for both in ([x, y], [y, x]))
    words = "gets the input and layer 1 (conv); layer 1 (conv) and the input expected"
    assert words in repr(first_difference(one, other))
    two = keras.Model(x, [y, k.ReLU(name="bend")(y)])
    swapped = keras.Model(x, [k.ReLU()(y), y])
    assert first_difference(two, swapped).aspect == "connections"


def test_a_sum_has_no_order(keras, k):
    def block(join, is_input_first):
        inputs = keras.Input((8, 8, 2))
        x = k.Conv2D(2, 3, padding="same")(inputs)
        both = [inputs, x] if is_input_first else [x, inputs]
        return keras.Model(inputs, join()(both))

    for join, is_found in ((k.Add, False), (k.Concatenate, True)):
        pair = block(join, True), block(join, False)
        assert bool(first_difference(*pair, weights=False)) is is_found


def test_losses_are_compared_if_both_are_compiled(keras, lenet):
    logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model, other = lenet(), lenet()
    other.compile(loss="sparse_categorical_crossentropy")
    the_same(model, other, weights=False)
    model.compile(loss=logits)
    found = first_difference(model, other, weights=False)
    assert "from_logits=True, False expected: it takes softmax twice" in repr(found)


def test_inputs_in_another_order(keras, k):
    def flat(shape):
        return keras.Sequential([keras.Input(shape), k.Flatten()])

    right = flat((32, 30, 1))
    for shape, words in [
        ((1, 32, 30), "the axes are in another order"),
        ((32, 30), "the axis of the channels is missing"),
        ((4, 32, 30, 1), "the axis of the examples does not belong there"),
    ]:
        assert words in repr(first_difference(flat(shape), right))


def test_errors(lenet):
    with pytest.raises(TypeError, match="model: expected a Keras model, received int"):
        first_difference(3, lenet())
    with pytest.raises(TypeError, match="other: expected a Keras model, received list"):
        first_difference(lenet(), [])
    with pytest.raises(TypeError, match="weights: expected True or False"):
        first_difference(lenet(), lenet(), weights="no")


def test_a_relu_with_a_limit_is_another_one(k, stack):
    limited = stack(k.ReLU(max_value=6, name="r"))
    assert first_difference(limited, stack(k.ReLU()), weights=False)
