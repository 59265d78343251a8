import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnlib import plots

ONE = {"loss": [2, 1], "accuracy": [0.5, 0.75], "val_accuracy": [0.4, 0.6]}
OTHER = {"loss": [1, 0.5], "accuracy": [0.7, 0.85], "val_accuracy": [0.6, 0.8]}


@pytest.fixture(autouse=True)
def clean_figures():
    with matplotlib.rc_context({"backend": "agg"}):
        plots.use_style()
        yield
        plt.close("all")


def test_a_history_is_two_lines_over_the_epochs():
    ax = plots.history(ONE)
    training, validation = ax.lines
    assert training.get_xdata().tolist() == [1, 2]
    assert training.get_ydata().tolist() == [50, 75]
    assert validation.get_ydata().tolist() == [40, 60]
    assert [line.get_label() for line in ax.lines] == ["training", "validation"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "accuracy (%)")


def test_a_loss_without_validation_is_one_line():
    ax = plots.history(ONE, "loss")
    (line,) = ax.lines
    assert line.get_ydata().tolist() == [2, 1]
    assert ax.get_ylabel() == "loss"


def test_several_seeds_are_their_mean_and_a_band():
    ax = plots.history([ONE, OTHER], label="LeNet")
    training, validation = ax.lines
    np.testing.assert_allclose(training.get_ydata(), [60, 80])
    assert validation.get_label() == "LeNet, validation"
    low, high = ax.collections[1].get_datalim(ax.transData).intervaly
    assert (low, high) == pytest.approx((40, 80))


def test_a_second_call_takes_the_next_color():
    ax = plots.history(ONE, label="a")
    plots.history(OTHER, ax=ax, label="b")
    colors = [line.get_color() for line in ax.lines]
    assert colors[0] == colors[1] != colors[2] == colors[3]


@pytest.mark.parametrize(
    ("error", "histories", "metric", "words"),
    [
        (ValueError, ONE, "speed", "histories: expected some with 'speed'"),
        (ValueError, [], "loss", "histories: expected some with 'loss', received none"),
        (TypeError, [[1, 2]], "loss", "histories: expected {name: numbers}"),
        (TypeError, 3, "loss", "histories: expected a history, or a list"),
        (ValueError, [ONE, {"loss": [1, 2]}], "accuracy", "'accuracy' in all"),
        (ValueError, [ONE, {"loss": [1]}], "loss", "rows of equal length"),
    ],
)
def test_a_history_says_what_is_wrong(error, histories, metric, words):
    with pytest.raises(error, match=words):
        plots.history(histories, metric)
    assert not plt.get_fignums()


def test_a_confusion_matrix_shows_counts_and_leaves_out_zeros():
    ax = plots.confusion_matrix([[9, 1], [0, 50]], ["cat", "dog"], title="pets")
    assert [text.get_text() for text in ax.texts] == ["9", "1", "50"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["cat", "dog"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted class", "right class")
    assert ax.get_title() == "pets"
    # a cell is as dark as its part of the row
    assert ax.images[0].get_array().tolist() == [[0.9, 0.1], [0, 1]]


def test_a_class_that_never_came_is_an_empty_row():
    ax = plots.confusion_matrix([[3, 0], [0, 0]])
    assert ax.images[0].get_array().tolist() == [[1, 0], [0, 0]]


def test_ten_classes_of_a_thousand_are_read_in_their_cells():
    ax = plots.confusion_matrix(np.full((10, 10), 1000))
    ax.figure.canvas.draw()
    room = ax.get_window_extent().width / 10
    assert all(text.get_window_extent().width < room for text in ax.texts)


def test_many_classes_are_colors_alone():
    assert not plots.confusion_matrix(np.eye(20)).texts


@pytest.mark.parametrize(
    ("error", "counts", "names", "words"),
    [
        (ValueError, [[1, 2, 3]], None, r"counts: expected counts of shape \(C, C\)"),
        (ValueError, [[1, -2], [3, 4]], None, "counts: .* lowest -2"),
        (ValueError, [[1, 2], [3, 4]], ["a"], "names: expected a list of 2"),
        (TypeError, [["a"]], None, "counts: expected real numbers"),
    ],
)
def test_a_confusion_matrix_says_what_is_wrong(error, counts, names, words):
    with pytest.raises(error, match=words):
        plots.confusion_matrix(counts, names)
    assert not plt.get_fignums()
