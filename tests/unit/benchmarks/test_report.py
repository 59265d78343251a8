import json

import numpy as np
import pytest

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import measured as module
from cnnlib.measured import measured


@pytest.fixture
def results(tmp_path, monkeypatch):
    for user in (report, module):
        monkeypatch.setattr(user, "RESULTS", tmp_path)
    return tmp_path


def test_what_is_recorded_can_be_read(results):
    settings = {"epochs": 5, "seeds": range(2)}
    values = {"a": np.array([0.91, 0.92]), "b": [np.array([1, 2]), (3, 1 / 3)]}
    report.record("new", "accuracy", settings, values)
    record = measured("new")
    assert record.settings == {"epochs": 5, "seeds": [0, 1]}
    assert record.values == {"a": [0.91, 0.92], "b": [[1, 2], [3, 0.333333]]}
    assert record.machine == report.machine()
    assert record.versions["numpy"] == np.__version__
    assert record.threads


def test_a_record_leaves_the_others_alone(results):
    report.record("full", "accuracy", {"seeds": [0]}, {"a": [1]})
    before = (results / "full.json").read_bytes()
    report.record("sample", "accuracy", {"seeds": [0]}, {"a": [2]})
    assert (results / "full.json").read_bytes() == before
    assert sorted(path.name for path in results.iterdir()) == [
        "full.json",
        "sample.json",
    ]


@pytest.mark.parametrize("settings", [{"seeds": range(3)}, {"repeats": 3}])
def test_each_result_has_one_value_a_run(results, settings):
    with pytest.raises(ValueError, match="a: expected 3 values, received 2"):
        report.record("new", "accuracy", settings, {"a": [1, 2]})
    assert not any(results.iterdir())


def test_lines_are_json_that_diffs_well():
    fields = {"what": 'so "much"', "settings": {"seeds": [0, 1], "x": None}, "v": {}}
    text = report.in_lines(fields)
    assert json.loads(text) == fields
    assert '\n  "seeds": [0, 1],\n' in text


def test_a_lecture_s_functions_work_outside_of_it():
    new_mlp, new_convnet = functions("L01", "new_mlp", "new_convnet")
    assert [len(new().layers) for new in (new_mlp, new_convnet)] == [4, 8]


def test_a_function_uses_what_it_is_given():
    (shift,) = functions("L01", "shift", np=None)
    with pytest.raises(AttributeError, match="zeros_like"):
        shift(None, 1)


def test_a_lecture_without_the_function_is_named():
    with pytest.raises(LookupError, match=r"L01_introduction\.ipynb: .*'nothing'"):
        functions("L01", "new_mlp", "nothing")
