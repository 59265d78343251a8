import matplotlib
import matplotlib.pyplot as plt
import pytest

from cnnlib import plots


@pytest.fixture(autouse=True)
def style():
    """Draw in the style of the course, without a screen, and leave no figure open."""
    with matplotlib.rc_context({"backend": "agg"}):
        plots.use_style()
        yield
        plt.close("all")
