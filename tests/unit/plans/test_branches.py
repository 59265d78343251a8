import pytest

from cnnlib import plans
from cnnlib.layers import from_plan
from cnnlib.plans import (
    Add,
    Auxiliary,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
    PadChannels,
    ReLU,
    ZeroPadding2D,
    walk,
)

THREE = Conv2D(4, 3, padding="same", name="three")
FIVE = Conv2D(6, 5, padding="same", name="five")


def test_channels_are_put_behind_each_other():
    plan = [Concatenate(((THREE,), (FIVE, ReLU())))]
    *inside, both = walk(plan, (8, 9, 2))
    assert [step.entry for step in inside] == [THREE, FIVE, ReLU()]
    assert both.output_shape == (8, 9, 10)
    assert both.receptive_field == 5
    assert both.parameters == both.multiplications == 0


def test_an_empty_branch_is_the_input():
    *_, last = walk([THREE, Add(((), (Conv2D(4, 3, padding="same"),)))], (8, 8, 2))
    assert last.output_shape == (8, 8, 4)
    assert last.receptive_field == 5


def test_steps_inside_stand_before_the_one_that_joins():
    steps = walk([Add(((), (THREE, THREE)))], (8, 8, 4))
    assert [type(step.entry).__name__ for step in steps] == ["Conv2D", "Conv2D", "Add"]


def test_fields_of_sides_that_differ():
    wide = Conv2D(1, (1, 7), padding="same")
    high = Conv2D(1, (5, 1), padding="same")
    *_, last = walk([Concatenate(((wide,), (high,))), THREE], (9, 9, 1))
    assert last.receptive_field == (7, 9)


def test_strides_inside_count_behind():
    around = (Conv2D(4, 1, 2),)
    body = (Conv2D(4, 3, 2, padding=1), Conv2D(4, 3, padding="same"))
    *_, joined, last = walk([Add((around, body)), THREE], (8, 8, 4))
    assert joined.output_shape == (4, 4, 4)
    assert joined.receptive_field == 3 + 2 * 2
    assert last.receptive_field == 7 + 2 * 2


def test_an_output_on_the_side_leaves_the_way_as_it_is():
    head = Auxiliary((Flatten(), Dense(3, name="aside")))
    steps = walk([THREE, head, FIVE], (8, 8, 2))
    assert [step.output_shape for step in steps] == [
        *((8, 8, 4), (256,), (3,)),
        (8, 8, 6),
    ]
    assert steps[2].parameters == 256 * 3 + 3
    assert steps[3].parameters == 25 * 4 * 6 + 6


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ([Add(((THREE,), (FIVE,)))], r"plan\[0\], Add.*one shape out of all .*, 6\)"),
        ([Add(((THREE,),), name="sum")], "sum, Add.*at least two plans, received 1"),
        ([Concatenate(((), (Conv2D(4, 3),)))], "one height and width .*6, 6, 4"),
        (
            [ReLU(), Add(((), (THREE, Conv2D(2, 9), THREE)))],
            r"^plan\[1\].branches\[1\]\[1\], Conv2D.*kernel_size",
        ),
        (
            [Concatenate(((Conv2D(1, 3),), (ZeroPadding2D(2), Conv2D(1, 1, 2))))],
            "the same strides in all",
        ),
        ([Auxiliary((Dense(2),))], r"^plan\[0\].plan\[0\], Dense"),
        ([PadChannels(1)], "filters: expected at least the 2 channels that come in"),
        ([MaxPooling2D(2, padding="full")], "padding: expected 'valid' or 'same'"),
        ([ZeroPadding2D(-1)], "padding: expected an int"),
        ([BatchNormalization(momentum=1.0)], "momentum: expected a number from 0"),
        ([BatchNormalization(-1.0)], "epsilon: expected a finite number of at least"),
    ],
)
def test_what_does_not_fit_is_named(plan, message):
    with pytest.raises(ValueError, match=message):
        walk(plan, (8, 8, 2))


def test_entries_that_came_with_branches_count():
    plan = [ZeroPadding2D((1, 2)), PadChannels(5, 2), BatchNormalization()]
    padded, thinned, normalized = walk(plan, (8, 8, 2))
    assert padded.output_shape == (10, 12, 2)
    assert thinned.output_shape == (5, 6, 5)
    assert normalized.parameters == 10
    assert walk([MaxPooling2D(3, 2, "same")], (7, 8, 2))[0].output_shape == (4, 4, 2)
    assert walk([MaxPooling2D(3, 2)], (7, 8, 2))[0].output_shape == (3, 3, 2)


def test_there_are_no_numpy_layers_for_branches():
    with pytest.raises(TypeError, match=r"plan\[0\]: expected an entry .* for one of"):
        from_plan([Add(((), ()))])
    with pytest.raises(ValueError, match=r"settings of cnnlib\.layers\.MaxPool"):
        from_plan([MaxPooling2D(2, padding="same")])


def test_resnet_refuses_what_it_is_not():
    with pytest.raises(ValueError, match="depth: expected one of 18, 34, 50, 101, 152"):
        plans.resnet(20)
    with pytest.raises(ValueError, match=r"depth: expected 6n \+ 2, .* received 21"):
        plans.resnet_cifar(21)
    with pytest.raises(ValueError, match="shortcut: expected one of 'A', 'B', 'C', No"):
        plans.resnet(18, shortcut="D")
    with pytest.raises(ValueError, match="variant: expected one of 'paper', 'keras'"):
        plans.resnet(50, variant="pytorch")
