import numpy as np
import pytest

from cnnlib import diagrams


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_unit_writes_inputs_weights_bias_sum_and_output():
    ax = diagrams.unit([0, 1, 0.5], [-1, 2, -1], -0.5)
    inputs_and_weights = ["0", "· −1", "1", "· 2", "0.5", "· −1"]
    assert texts(ax) == [*inputs_and_weights, "bias −0.5", "+", "1", "ReLU", "1"]


def test_relu_sets_a_negative_sum_to_zero():
    assert texts(diagrams.unit([1, 0], [-2, 5], 0.5))[-3:] == ["−1.5", "ReLU", "0"]


def test_all_of_the_unit_lies_inside_the_axes():
    for count in (1, 2, 5):
        ax = diagrams.unit(np.ones(count), np.ones(count), 1)
        for text in ax.texts:
            x, y = text.get_position()
            assert ax.get_xlim()[0] <= x <= ax.get_xlim()[1]
            assert ax.get_ylim()[0] <= y <= ax.get_ylim()[1]


def lines(ax):
    """Return {(from x, to x): color} of the lines between inputs and units."""
    between = [line for line in ax.lines if line.get_marker() == "None"]
    return {tuple(line.get_xdata()): line.get_color() for line in between}


def test_connections_has_a_line_for_each_weight():
    ax = diagrams.connections(np.arange(1, 7).reshape(2, 3), "six")
    ends = {(i, u + 0.5) for i in range(3) for u in range(2)}
    assert set(lines(ax)) == ends
    assert len(set(lines(ax).values())) == 1  # none is shared, so none has a color
    assert ax.get_title() == "six"


def test_lines_that_share_a_weight_have_one_color():
    found = lines(diagrams.connections([[7, 8, 0], [0, 7, 8]]))
    assert set(found) == {(0, 0.5), (1, 0.5), (1, 1.5), (2, 1.5)}
    assert found[0, 0.5] == found[1, 1.5] != found[1, 0.5]
    assert found[1, 0.5] == found[2, 1.5]


def test_a_shared_weight_beyond_the_colors_is_refused():
    many = np.arange(1, len(diagrams.FILTER_COLORS) + 2)
    with pytest.raises(ValueError, match="weights: expected at most 8 shared"):
        diagrams.connections([many, many])
