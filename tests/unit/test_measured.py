import numpy as np
import pytest

from cnnlib import measured as module
from cnnlib.measured import Record, in_words, measured, rounded

FIELDS = {
    "what": "accuracy",
    "settings": {"seeds": [0, 1, 2]},
    "machine": {"cpu": "Z80", "cores": 1, "system": "CP/M"},
    "threads": {},
    "versions": {},
    "date": "1976-07-01",
    "values": {
        "a": [0.9, 0.95, 0.91],
        "b": [0.5, 0.75, 0.25],
        "curve": [[1, 2], [3, 4], [5, 6]],
    },
}
NAMES = [path.stem for path in module.RESULTS.glob("*.json")]


@pytest.fixture
def record():
    return Record(FIELDS)


def test_a_result_is_an_array_of_the_caller_s_own(record):
    record["curve"][:] = 0
    assert record["curve"].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert record["a"].shape == (3,)


def test_an_unknown_result_names_those_that_exist(record):
    with pytest.raises(KeyError, match=r"one of a, b, curve, received 'c'"):
        record["c"]


def test_an_unknown_record_names_those_that_exist():
    with pytest.raises(ValueError, match=r"name: .*l06_shift.*received 'l99'"):
        measured("l99")


def test_spread(record):
    assert record.spread("a") == (92.0, 90.0, 95.0)
    assert record.spread([0.25], digits=2, percent=False) == (0.25, 0.25, 0.25)
    assert record.spread(record["curve"][:, 0], 0, percent=False) == (3, 1, 5)


@pytest.mark.parametrize("values", ["curve", np.ones((2, 2)), []])
def test_a_spread_needs_one_number_a_seed(record, values):
    with pytest.raises(ValueError, match=r"values: expected shape \(seeds\)"):
        record.spread(values)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (77.15, 1, "77.2"),  # a half goes up ...
        (100 * 0.7715, 1, "77.2"),  # ... and so does what is one in decimal numbers
        (-0.05, 1, "-0.1"),
        (77.149, 1, "77.1"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (99.2, 2, "99.20"),
    ],
)
def test_numbers_are_rounded_as_by_hand(value, digits, expected):
    assert str(rounded(value, digits)) == expected


def test_words():
    assert in_words((95.3, 94.7, 95.9)) == "95.3 (94.7 to 95.9)"
    assert in_words((1, -0.1, 2.2)) == "1.0 (−0.1 to 2.2)"
    assert in_words((99.2, 99.2, 99.2), 2) == "99.20"


def test_a_loss_of_almost_nothing_is_no_minus_zero(record):
    assert in_words(record.spread([-0.0001, 0.0])) == "0.0"


def test_a_table(record):
    rows = {"first": ["a", "b"], 3: ["b", record["a"] - record["b"]], "one": [[1], "a"]}
    lines = str(record.table(rows, ["x", "y"], "what")).splitlines()
    assert lines == [
        "| what | x | y |",
        "| --- | --- | --- |",
        "| first | 92.0 (90.0 to 95.0) | 50.0 (25.0 to 75.0) |",
        "| 3 | 50.0 (25.0 to 75.0) | 42.0 (20.0 to 66.0) |",
        "| one | 100.0 | 92.0 (90.0 to 95.0) |",
        "",
        "In percent, mean (lowest to highest) of 3 seeds; Z80, 1 cores, 1976-07-01.",
    ]


def test_a_table_of_one_column(record):
    table = record.table({"a": "a", "b": "b"}, percent=False, digits=2, caption=False)
    assert table._repr_markdown_() == (
        "|  | mean (lowest to highest) |\n| --- | --- |\n"
        "| a | 0.92 (0.90 to 0.95) |\n| b | 0.50 (0.25 to 0.75) |"
    )
    assert "\n\nMean (lowest" in str(record.table({"a": "a"}, percent=False))


def test_each_row_has_a_cell_a_column(record):
    with pytest.raises(ValueError, match=r"rows: expected 2 cells in row 'a', .* 1$"):
        record.table({"a": "a"}, ["x", "y"])


@pytest.mark.parametrize("name", NAMES)
def test_a_record_says_how_to_get_it_again(name):
    record = measured(name)
    runs = len(record.settings.get("seeds", [])) or record.settings["repeats"]
    # of a file that is shipped, the record is of that one file, named by its digest
    assert runs > 1 or "sha256" in record.settings
    assert all(len(values) == runs for values in record.values.values())
    assert all(np.isfinite(record[result]).all() for result in record.values)
    assert set(record.machine) == {"cpu", "cores", "system"}
    assert {"python", "numpy"} <= set(record.versions)
    assert record.date >= "2026-11-22"
    assert not {"mean", "median", "min", "max", "sd"} & set(record.values)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ([np.nan, 1], ValueError, "values: expected finite numbers"),
        ([np.inf], ValueError, "values: expected finite numbers"),
        ([], ValueError, "values: .* without an empty axis"),
        ([[1]], ValueError, r"values: expected shape \(seeds\)"),
        (["a"], TypeError, "values: expected real numbers"),
        (None, TypeError, "values: expected real numbers, received None"),
    ],
)
def test_values_that_cannot_be_summed_up_are_named(values, error, message):
    with pytest.raises(error, match="^" + message):
        measured("l06_shift").spread(values)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"digits": -1}, "digits: expected an int of at least 0"),
        ({"digits": 1.5}, "digits: expected an int"),
        ({"digits": True}, "digits: expected an int"),
        ({"percent": "no"}, "percent: expected True or False"),
        ({"percent": 1}, "percent: expected True or False"),
    ],
)
def test_settings_of_a_spread_are_named(settings, message):
    with pytest.raises((TypeError, ValueError), match="^" + message):
        measured("l06_shift").spread([1, 2], **settings)


def test_8_bit_values_do_not_wrap_round():
    values = np.array([200, 250], "uint8")
    assert measured("l06_shift").spread(values, percent=False) == (225, 200, 250)


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        ([1], None, "rows: expected {label: cell}"),
        ({"a": [[1]]}, "x", "columns: expected a list of heads, received 'x'"),
        ({"a": [[1], [2]]}, ["x"], "rows: expected 1 cells in row 'a', received 2"),
    ],
)
def test_a_table_that_does_not_fit_is_named(rows, columns, message):
    with pytest.raises((TypeError, ValueError), match="^" + message):
        measured("l06_shift").table(rows, columns)


@pytest.mark.parametrize("value", [1e30, -1e30, 10**40])
def test_a_large_number_is_rounded_too(value):
    assert float(rounded(value, 1)) == float(value)


@pytest.mark.parametrize(
    ("value", "error"), [(np.nan, ValueError), (np.inf, ValueError), ("1", TypeError)]
)
def test_what_cannot_be_rounded_is_named(value, error):
    with pytest.raises(error, match=r"^value: expected a finite number"):
        rounded(value, 1)
