"""The ledger of the recount is up to date, and its verdicts are earned."""

import gc

import pytest

from benchmarks.papers.row import MILLION, Row
from cnnlib.recount import ledger


@pytest.fixture(scope="session")
def script(keras):
    from benchmarks import recount

    return recount


@pytest.fixture(scope="session")
def counted(script):
    """All rows, counted now: by plans and by Keras, whose weights take no memory."""
    return script.rows()


def test_the_ledger_is_up_to_date(script, counted):
    stored = ledger()
    assert stored["rows"] == counted, "run `make recount`"
    assert stored["sources"] == script.sources(), "run `make recount`"


def test_the_page_is_up_to_date(script):
    text = script.PAGE.read_text("utf-8")
    assert script.page(text) == text, "run `make recount`"


def test_weights_take_no_memory(keras, script):
    with script.weightless():
        model = keras.applications.VGG16(weights=None)
        assert model.count_params() == 138_357_544
        assert all(weight._value is None for weight in model.weights)
    del model
    gc.collect()
    with keras.StatelessScope():  # makes weights that wait, if there are any
        pass
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    assert model.weights[0]._value is not None


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("a", 5, 5, 5), "agrees"),
        (Row("a", 5, None, 5), "agrees"),
        (Row("a", 5, 5), "Keras agrees"),
        (Row("a", 5, 5, why="so"), "Keras agrees; so"),
        (Row("a", 5), ""),
        (Row("a", [1, 2], None, [1, 2]), "agrees"),
        (Row("a", "3×3", None, "3×5", why="no"), "differs: no"),
        (Row("a", 137_500_000, None, 138 * MILLION, unit=MILLION), "agrees, rounded"),
        (Row("a", 61, None, 60, unit=10, why="so"), "agrees, rounded; so"),
        (Row("a", 137_499_999, None, 138 * MILLION, MILLION, why="n"), "differs: n"),
    ],
)
def test_verdicts(row, verdict):
    assert row.verdict() == verdict


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Row("a", 5, 6), "a: 5, but Keras 6"),
        (Row("a", 5, 6, 6, why="so"), "a: 5, but Keras 6"),
        (Row("a", 5, 5, 6), "a: 5, said 6: why"),
    ],
)
def test_a_difference_is_not_passed_over(row, message):
    with pytest.raises(ValueError, match=message):
        row.verdict()


def test_what_the_paper_says_is_in_its_own_form():
    row = Row("a", 60_965_224, None, 60 * MILLION, 10 * MILLION, "60 million")
    assert row.fields()["said"] == "60 million"
    assert Row("a", 1_234, None, 1_234).fields()["said"] == "1,234"
    assert Row("a", [64, 192], None, [64, 192]).fields()["said"] == "64, 192"
    assert Row("a", 5).fields()["seen"] is None
