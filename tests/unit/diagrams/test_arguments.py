import inspect

import matplotlib
import pytest

from cnnlib import diagrams


def layer(filters, strides=(1, 1), padding="valid", **kwargs): ...


NOTES = {"size": {"filters": "how many"}, "border": {"strides": "s", "padding": "p"}}


def test_each_argument_stands_beside_its_note():
    ax = diagrams.signature(layer, NOTES, "Layer")
    texts = [text.get_text() for text in ax.texts]
    assert texts[:7] == [
        *("Layer(", "filters,", "how many", "strides=(1, 1),", "s"),
        *('padding="valid",', "p"),
    ]
    assert texts[-2:] == ["size", "border"]
    colors = [text.get_color() for text in ax.texts]
    assert colors[1] == colors[2] != colors[3] == colors[5]


def test_every_argument_of_conv2d_can_be_noted(keras):
    names = list(inspect.signature(keras.layers.Conv2D).parameters)[:-1]
    notes = {"all": dict.fromkeys(names, "note")}
    ax = diagrams.signature(keras.layers.Conv2D, notes, "Conv2D")
    assert sum(text.get_text() == "note" for text in ax.texts) == len(names)


@pytest.mark.parametrize(
    ("notes", "error"),
    [
        ([], TypeError),
        ({"size": ["filters"]}, TypeError),
        ({"size": {"filters": "f"}}, ValueError),
        ({**NOTES, "more": {"groups": "g"}}, ValueError),
        (
            {"a": {"filters": ""}, "b": {"strides": ""}, "c": {"padding": ""}, "d": {}},
            ValueError,
        ),
    ],
)
def test_notes_that_do_not_fit_are_refused(notes, error):
    with pytest.raises(error, match="notes: expected"):
        diagrams.signature(layer, notes, "Layer")


def test_a_kernel_slides_along_one_axis_two_and_three():
    axes = diagrams.sliding_axes(size=5, kernel_size=2)
    assert [ax.get_title() for ax in axes] == ["Conv1D", "Conv2D", "Conv3D"]
    assert [len(ax.patches) for ax in axes] == [5, 25, 125]
    assert [len(ax.texts) for ax in axes] == [2, 4, 6]  # an arrow and its name
    for ax, rank in zip(axes, (1, 2, 3)):
        white = matplotlib.colors.to_rgba("white")
        colored = [patch for patch in ax.patches if patch.get_facecolor() != white]
        assert len(colored) == 2**rank
