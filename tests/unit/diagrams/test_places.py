import pytest

from cnnlib import diagrams, shapes


def bars(ax):
    """Return (first pixel, width) of each window's bar."""
    boxes = [patch for patch in ax.patches if patch.get_y() < 0]
    return [(round(b.get_x() - 0.08), round(b.get_width() + 0.16)) for b in boxes]


@pytest.mark.parametrize("size", [6, 7])
@pytest.mark.parametrize("strides", [1, 2, 4])
@pytest.mark.parametrize("border", [(0, 0), (1, 1), (0, 1)])
def test_places_are_those_of_the_formula(size, strides, border):
    ax = diagrams.places(size, 3, strides, border)
    padded = size + sum(border)
    count = shapes.output_size(padded, 3, strides)
    assert bars(ax) == [(i * strides, 3) for i in range(count)]
    labels = [text.get_text() for text in ax.texts]
    pixels = [str(i + 1) for i in range(size)]
    assert labels == ["0"] * border[0] + pixels + ["0"] * border[1]


def test_what_no_window_sees_is_crossed_out():
    crosses = diagrams.places(6, 3, 2).lines
    assert [line.get_xdata().tolist() for line in crosses] == [[5, 6], [5, 6]]
    assert len(diagrams.places(7, 3, 2).lines) == 0


def test_no_cross_runs_through_a_number():
    ax = diagrams.places(6, 3, 2)
    ax.figure.canvas.draw()
    *seen, crossed = ax.texts
    assert {text.get_bbox_patch() for text in seen} == {None}
    patch, letters = crossed.get_bbox_patch(), crossed.get_window_extent()
    assert patch.get_facecolor() == (1, 1, 1, 1)  # the white of its pixel
    assert patch.get_window_extent().contains(letters.x0, letters.y0)
    assert crossed.zorder > ax.lines[0].zorder


def test_the_title_is_shown():
    assert diagrams.places(6, 3, title="6 pixels").get_title() == "6 pixels"
