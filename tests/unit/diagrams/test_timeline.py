import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnlib import diagrams

EVENTS = {1958: "cortex", 1980: "neocognitron", 2014: "VGG", 2015: "ResNet"}


@pytest.fixture(autouse=True)
def clean_figures():
    with matplotlib.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def places(ax):
    return {text.get_text(): text.get_position()[1] for text in ax.texts}


def test_timeline_marks_each_year_to_scale():
    ax = diagrams.timeline(EVENTS)
    marks = next(line for line in ax.lines if line.get_marker() == "o")
    assert marks.get_ydata().tolist() == list(EVENTS)
    decades = [1960, 1970, 1990, 2000, 2010]  # 1980 is an event as well
    assert [places(ax)[str(decade)] for decade in decades] == decades


def test_timeline_has_one_even_line_of_text_for_each_event():
    found = places(diagrams.timeline(EVENTS))
    rows = [found[text] for text in EVENTS.values()]
    assert np.allclose(np.diff(rows), 19)
    assert all(found[str(y)] == found[text] for y, text in EVENTS.items() if y > 2000)


def test_timeline_runs_downwards():
    low, high = diagrams.timeline(EVENTS).get_ylim()
    assert low > 2015
    assert high < 1958
