import pytest

from cnnlib import diagrams, plans, plots


def boxes(ax):
    return [text.get_text().replace("  ", " ") for text in ax.texts]


def crossings(ax):
    """Return the layers whose halves read the other tower too."""
    lines = [line for line in ax.lines if line.get_color() == plots.WINDOW_COLOR]
    return sorted({int(line.get_ydata()[1]) for line in lines})


def test_alexnet_meets_at_conv3_fc6_and_fc7():
    ax = diagrams.towers(plans.alexnet(), (227, 227, 3))
    names = boxes(ax)
    assert names[0] == "image 227×227×3"
    assert names[1:3] == ["conv1 55×55×48"] * 2
    assert names.count("conv4 13×13×192") == names.count("fc6 2048") == 2
    assert names.count("fc8 1000") == 1
    assert {"pool1", "pool2", "pool5"} < set(names)
    assert crossings(ax) == [3, 6, 7]


def test_three_groups_make_three_towers():
    plan = plans.Conv2D(6, 3, groups=3, name="a"), plans.Conv2D(9, 3, name="b")
    ax = diagrams.towers((*plan, plans.Conv2D(2, 1, name="c")), (9, 9, 3))
    assert boxes(ax)[1:4] == ["a 7×7×2"] * 3
    assert crossings(ax) == [2]


@pytest.mark.parametrize(
    ("groups", "words"),
    [(1, "plan: expected convolutions with groups.*received none"), (5, "conv2")],
)
def test_what_has_no_towers_is_refused(groups, words):
    with pytest.raises(ValueError, match=words):
        diagrams.towers(plans.alexnet(groups=groups), (227, 227, 3))
