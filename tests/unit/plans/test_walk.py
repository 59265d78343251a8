import pytest

from cnnlib import plans
from cnnlib.layers import from_plan
from cnnlib.plans import AveragePooling2D, Conv2D, Dense, Dropout, Flatten, ReLU, walk


def test_lenet_worked_by_hand():
    steps = walk(plans.LENET, (28, 28, 1))
    counted = [step[1:5] for step in steps if step.parameters or "Pool" in str(step[0])]
    assert counted == [
        ((24, 24, 6), 156, 86_400, 5),
        ((12, 12, 6), 0, 0, 6),
        ((8, 8, 16), 2_416, 153_600, 14),
        ((4, 4, 16), 0, 0, 16),
        ((120,), 30_840, 30_720, None),
        ((84,), 10_164, 10_080, None),
        ((10,), 850, 840, None),
    ]
    assert sum(step.parameters for step in steps) == 44_426
    assert sum(step.multiplications for step in steps) == 281_640


def test_entries_are_those_of_the_plan():
    assert tuple(step.entry for step in walk(plans.LENET, (28, 28, 1))) == plans.LENET


def test_sides_strides_and_padding():
    plan = (
        Conv2D(8, (3, 5), (1, 2), "same"),
        AveragePooling2D(3, 1),
        Dropout(0.5),
        ReLU(),
    )
    steps = walk(plan, (9, 11, 3))
    assert [step.output_shape for step in steps] == [(9, 6, 8), *3 * [(7, 4, 8)]]
    assert [step.receptive_field for step in steps] == [(3, 5), *3 * [(5, 9)]]
    assert steps[0].parameters == 3 * 5 * 3 * 8 + 8
    assert steps[0].multiplications == 9 * 6 * 3 * 5 * 3 * 8


def test_other_layers_make_another_plan():
    assert plans.MaxPooling2D(2) != AveragePooling2D(2)
    assert Flatten() != ReLU()
    assert Conv2D(6, 5) == Conv2D(6, 5, 1, 0)
    assert len({plans.LENET, plans.LENET[:-1]}) == 2


@pytest.mark.parametrize(
    ("plan", "shape", "message"),
    [
        ([Flatten(), Conv2D(2, 3)], (8, 8, 1), r"plan\[1\], Conv2D.*\(H, W, C\).*64"),
        ([Dense(2)], (8, 8, 1), r"plan\[0\], Dense.*\(D,\), as Flatten"),
        ([Conv2D(2, 9)], (8, 8, 1), r"plan\[0\], .*kernel_size: expected .* 8 pixels"),
        ([Conv2D(0, 3)], (8, 8, 1), r"plan\[0\], .*filters"),
        ([Dense(0)], (8,), r"plan\[0\], "),
        ([ReLU()], (0,), "input_shape: expected a shape .* received"),
    ],
)
def test_what_does_not_fit_is_named(plan, shape, message):
    with pytest.raises(ValueError, match=message):
        walk(plan, shape)


@pytest.mark.parametrize(
    ("plan", "shape", "message"),
    [
        (
            [("Conv2D", 6, 5)],
            (8, 8, 1),
            r"plan\[0\]: expected an entry of cnnlib.plans",
        ),
        ([Conv2D], (8, 8, 1), r"plan\[0\]: expected an entry of cnnlib.plans"),
        ([Conv2D(2, 2.5)], (8, 8, 1), r"plan\[0\], .*kernel_size"),
        ([ReLU()], (8.0,), "input_shape: expected a shape"),
    ],
)
def test_what_is_no_plan_is_named(plan, shape, message):
    with pytest.raises(TypeError, match=message):
        walk(plan, shape)


@pytest.mark.parametrize("plan", [5, None, ReLU()])
def test_a_plan_is_a_list(plan):
    for act in (lambda: walk(plan, (8, 8, 1)), lambda: from_plan(plan)):
        with pytest.raises(TypeError, match=r"^plan: expected entries of cnnlib.plans"):
            act()


@pytest.mark.parametrize("rate", [1, 2.0, -0.1, "half", None, True])
def test_the_rate_of_dropout_is_looked_at(rate):
    with pytest.raises((TypeError, ValueError), match=r"^plan\[0\], .*: rate: exp"):
        walk([Dropout(rate)], (8,))


@pytest.mark.parametrize("shape", [28, "abc", {28, 1}, None, (28, True)])
def test_the_shape_of_the_input_is_looked_at(shape):
    with pytest.raises(TypeError, match=r"^input_shape: expected a shape such as"):
        walk([ReLU()], shape)
