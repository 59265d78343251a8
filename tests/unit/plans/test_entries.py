import pytest

from cnnlib import plans
from cnnlib.plans import Conv2D, group_table, walk


def test_repr_leaves_out_what_is_default():
    assert repr(Conv2D(6, 5, name="C1")) == "Conv2D(filters=6, kernel_size=5)"
    table = ((1, 0), (0, 1), (1, 1))
    entry = Conv2D(2, 3, padding="same", connections=table)
    assert repr(entry).endswith("connections=((1, 0), (0, 1), ...))")


def test_groups_are_a_table_of_blocks():
    assert group_table(4, 2, 2) == ((1, 0), (1, 0), (0, 1), (0, 1))
    assert group_table(2, 3, 1) == ((1, 1, 1), (1, 1, 1))


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_groups_and_their_table_count_the_same(groups):
    split = Conv2D(8, 3, groups=groups)
    table = Conv2D(8, 3, connections=group_table(4, 8, groups))
    first, second = (walk([entry], (6, 7, 4))[0] for entry in (split, table))
    assert first[1:] == second[1:]
    assert first.parameters == 9 * (4 // groups) * 8 + 8


def test_groups_have_to_divide():
    with pytest.raises(ValueError, match=r"groups: expected a divisor"):
        group_table(4, 6, 4)


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        (((1, 1),), ValueError, "expected 2 rows of 2 zeros and ones, received 1 rows"),
        (((1, 1), (1,)), ValueError, "expected 2 rows of 2"),
        (((1, 2), (1, 1)), ValueError, "zeros and ones"),
        (((1, 0.5), (1, 1)), ValueError, "zeros and ones"),
        (((1, 0), (1, 0)), ValueError, "a one in every column"),
        (5, TypeError, "connections: expected 2 rows"),
        ((1, 0), TypeError, "connections: expected 2 rows"),
    ],
)
def test_a_wrong_table_is_named(table, error, message):
    with pytest.raises(error, match=message):
        walk([Conv2D(2, 3, connections=table)], (5, 5, 2))


def test_groups_and_connections_exclude_each_other():
    entry = Conv2D(2, 3, groups=2, connections=group_table(2, 2, 2))
    with pytest.raises(ValueError, match="groups: expected 1 where connections"):
        walk([entry], (5, 5, 2))


def test_without_bias():
    step = walk([Conv2D(4, 3, use_bias=False)], (5, 5, 2))[0]
    assert step.parameters == 3 * 3 * 2 * 4
    assert step.connections == step.multiplications == 9 * step.parameters


def test_what_has_no_weights():
    plan = (
        plans.LocalResponseNormalization(),
        plans.ScaledTanh(),
        plans.GlobalAveragePooling2D(),
        plans.Softmax(),
    )
    steps = walk(plan, (6, 6, 4))
    assert [step.output_shape for step in steps] == [(6, 6, 4)] * 2 + [(4,)] * 2
    assert not any(step.parameters for step in steps)


def test_settings_of_normalization_are_looked_at():
    with pytest.raises(TypeError, match="alpha: expected a finite number"):
        walk([plans.LocalResponseNormalization(alpha="1e-4")], (6, 6, 4))
