"""What lecture L16 says of its two tasks is what the script measures."""

import numpy as np
import pytest

from cnnlib.measured import measured


@pytest.fixture(scope="session")
def script(keras):
    from benchmarks import l16_labels

    return l16_labels


def test_the_record_is_that_of_the_script(script):
    settings = measured("l16_labels").settings
    assert settings["labels of each class"] == list(script.COUNTS)
    assert settings["passes through the network"] == {
        kind: list(passes) for kind, passes in script.PASSES.items()
    }
    assert settings["learning rates"] == script.RATES
    assert settings["seeds"] == list(script.SEEDS)


def test_digits_in_color_have_the_size_of_the_base(script):
    image = np.arange(28 * 28, dtype=np.float32).reshape(1, 28, 28, 1)
    color = script.in_color(image)
    assert color.shape == (1, 32, 32, 3)
    assert (color[0, 2:-2, 2:-2] == image[0]).all()
    assert color[0, :2].max() == color[0, :, -2:].max() == 0


def test_the_distance_is_in_deviations(script, monkeypatch):
    known = np.array([[0.0, 1.0], [2.0, 5.0]])  # means 1 and 3, deviations 1 and 2
    found = np.array([[1.0, 3.0], [4.0, 3.0]])  # means 2.5 and 3
    monkeypatch.setattr(script.transfer, "extract_features", lambda base, x: x)
    assert script.distance(None, known, known) == 0
    assert script.distance(None, known, found) == pytest.approx(0.75 / 1.5)
