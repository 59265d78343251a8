import array
import collections
import datetime
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from cnnlib.checks.answers import or_shorter
from cnnlib.checks.engine import Value, any_of
from cnnlib.checks.result import NOT_WRITTEN

from .judging import MATRIX, not_yet, passes

WORDS = ["max", "mean", "none"]


def named(value):
    """Name a case by its value, without the address that differs in each process."""
    return re.sub(r" at 0x\w+", "", repr(value))[:60]


class Tensor:
    """Answers to NumPy as a tensor does, and can be called as well."""

    def __array__(self, dtype=None, copy=None):
        return np.array([0.0, 1.0])

    def __call__(self):
        raise AssertionError


@pytest.mark.parametrize(
    "answer",
    [
        4,
        4.0,
        np.float16(4),
        np.float32(4),
        np.longdouble(4),
        np.int64(4),
        np.uint8(4),
        Decimal("4.0"),
        Fraction(8, 2),
        [4],
        np.array(4),
        np.array([[4]]),
        np.array(4, object),
        np.ma.array([4]),
        range(4, 5),
        {"stride": 4}.values(),
        {4: "stride"}.keys(),
        pd.Series([4]),
        pd.Series([4], dtype="Int64"),
        pd.Series([4], dtype="category"),
        pd.Index([4.0]),
        pd.DataFrame([[4]]),
    ],
    ids=named,
)
def test_one_number_in_every_form_passes(answer):
    assert passes(answer, 4)


@pytest.mark.parametrize(
    "answer",
    [
        [0, 1],
        (0, 1),
        np.array([0, 1]),
        np.uint8([0, 1]),
        [np.array(0), np.float32(1)],
        [Decimal(0), Fraction(1)],
        np.array([0, 1], object),
        np.ma.array([0, 1], mask=[False, False]),
        range(2),
        array.array("d", [0, 1]),
        collections.deque([0, 1]),
        Tensor(),
        pd.Series([0.0, 1.0], index=["a", "b"]),
        pd.Series([0, 1], dtype="Float64"),
        pd.RangeIndex(2),
        pd.DataFrame({"share": [0, 1]}),
        pd.DataFrame([[0, 1]]),
    ],
    ids=named,
)
def test_several_numbers_in_every_form_pass(answer):
    assert passes(answer, [0, 1])


def test_numbers_of_a_table_keep_their_rows():
    table = pd.DataFrame([[-2, -1, 0], [1, 2, 3]])
    assert MATRIX.judge(table)[0] == "passed"
    assert "transposed" in not_yet(table.T, MATRIX)


def test_tensors_of_tensorflow_pass(tf):
    assert passes(tf.constant([0.0, 1.0]), [0, 1])
    assert passes(tf.constant(4, tf.float16), 4)
    assert passes([tf.constant(0), tf.Variable(1.0)], [0, 1])


@pytest.mark.parametrize(
    "answer",
    [
        WORDS,
        tuple(WORDS),
        [" Max", "MEAN.", "“none”"],
        np.array(WORDS),
        np.array(WORDS, object),
        np.char.array(WORDS),
        np.ma.array(WORDS),
        dict.fromkeys(WORDS).keys(),
        dict(enumerate(WORDS)).values(),
        pd.Series(WORDS),
        pd.Series(WORDS, dtype=object),
        pd.Series(WORDS, dtype="string"),
        pd.Series(WORDS, dtype="category"),
        pd.Series([3, 2, 1], index=WORDS).sort_values(ascending=False).index,
        pd.CategoricalIndex(WORDS),
        pd.Series(WORDS).to_numpy(),
        pd.DataFrame({"layer": WORDS}),
        pd.DataFrame([WORDS]),
    ],
    ids=named,
)
def test_texts_in_every_form_pass(answer):
    assert passes(answer, WORDS)


def test_texts_of_numpy_2_pass():
    dtypes = pytest.importorskip("numpy.dtypes")
    if not hasattr(dtypes, "StringDType"):
        pytest.skip("they came with NumPy 2")
    text = dtypes.StringDType(na_object=None)
    assert passes(np.array(WORDS, text), WORDS)
    partly = Value(expected=WORDS).judge(np.array(["max", None, "none"], text))
    assert partly.status == NOT_WRITTEN
    assert "is text, and numbers" in not_yet(np.array(["4"], text), Value(expected=4))


@pytest.mark.parametrize(
    "answer",
    ["edges", " Edges ", np.str_("EDGES"), np.array("edges"), pd.Series(["Edges"])],
    ids=named,
)
def test_text_is_compared_without_case(answer):
    assert passes(answer, any_of("edges", "lines"))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (["4"], "is text, and numbers are expected: drop the quotation marks"),
        (np.array("4"), "is text"),
        (np.array(["4"], object), "is text"),
        ([4, "4"], "is text"),
        (pd.Series(["4"]), "is text"),
        (pd.DataFrame([["4"]]), "is text"),
        (b"4", "is of type `bytes`"),
        (bytearray(b"\x04"), "is of type `bytearray`"),
        (memoryview(b"\x04"), "is of type `memoryview`"),
        ([b"4"], "a value of type `bytes_` at position 0 (counted from 0)"),
        (np.timedelta64(4), "is of type `timedelta64`"),
        ([np.timedelta64(4)], "a value of type `timedelta64` at position 0"),
        (np.array([np.timedelta64(4)], object), "a value of type `timedelta64`"),
        (np.datetime64(4, "s"), "is of type `datetime64`"),
        (datetime.timedelta(4), "is of type `timedelta`"),
        (pd.Series([pd.Timedelta(4)]), "a value of type `timedelta64`"),
        (pd.NA, "is of type `NAType`"),
        (np.ma.masked, "holds a masked value"),
        (np.ma.array([4], mask=[True]), "holds a masked value"),
        (4 + 0j, "complex"),
        (np.array([4, 1j], object), "a value of type `complex` at position 1"),
        (np.array([[4, object()]]), "a value of type `object` in row 0, column 1"),
        ({4}, "is of type `set`"),
        ({"a": 4}, "is of type `dict`"),
        ({"a": 4}.items(), "is of type `dict_items`"),
        (iter([4]), "is of type `list_iterator`"),
        ((number for number in [4]), "is of type `generator`"),
        (map(int, "4"), "is of type `map`"),
        (object(), "is of type `object`"),
        (np, "is of type `module`"),
        (lambda: 4, "is a function, and a value is expected: call it"),
        (len, "is a function"),
        (int, "is a function"),
        (float("nan"), "holds NaN (not a number)."),
        (Decimal("nan"), "holds NaN"),
        (Decimal("snan"), "a number that no float can hold"),
        (10**400, "a number that no float can hold"),
        ([Fraction(10**400)], "a number that no float can hold"),
        (float("-inf"), "holds infinity"),
        (pd.Series([None], dtype="Int64"), "holds NaN"),
        ([[1, 2], [3]], "are all its rows equally long?"),
        ([np.zeros(2), np.zeros(3)], "are all its rows equally long?"),
        (np.array([[1], [2, 3]], object), "a value of type `list` at position 0"),
    ],
    ids=named,
)
def test_what_is_no_number_is_named(answer, words):
    assert words in not_yet(answer, Value(expected=4))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (3, "is of type `int`, and text is expected"),
        (True, "is of type `bool`"),
        (b"edges", "is of type `bytes`"),
        ([b"edges"], "a value of type `bytes_` at position 0"),
        ({"edges"}, "is of type `set`"),
        (pd.Series(["edges", pd.NA], dtype="string"), "`NAType` at position 1"),
        (np.ma.array(["edges"], mask=[True]), "holds a masked value"),
        (str, "is a function"),
        (iter(["edges"]), "is of type `list_iterator`"),
    ],
    ids=named,
)
def test_what_is_no_text_is_named(answer, words):
    assert words in not_yet(answer, Value(expected="edges"))


@pytest.mark.parametrize(
    "answer",
    [
        [None],
        [[1, None]],
        {"a": ...}.values(),
        np.array([1, None]),
        [1, "2", ...],
        [[1], [2, ...]],
    ],
)
def test_a_part_that_is_missing_is_not_written_yet(answer):
    assert Value(expected=4).judge(answer)[0] == NOT_WRITTEN


def test_nan_is_located():
    assert "NaN (not a number) in row 1, column 2" in not_yet(
        [[0, 0, 0], [0, 0, np.nan]], MATRIX
    )


def test_what_fails_on_reading_is_named():
    class Broken:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError

    message = not_yet(Broken(), MATRIX)
    assert "cannot be read as an array (RuntimeError)" in message


@pytest.mark.parametrize(
    ("table", "shorter"),
    [
        ([[1, 2], [3, 4]], [[1, 2, 3, 4]]),
        ([[1, 2], [1, 2]], [[1, 2, 1, 2], [1, 2]]),
        ([[1, 1, 1], [2, 2, 2]], [[1, 1, 1, 2, 2, 2], [1, 2]]),
        ([[7, 7], [7, 7]], [[7, 7, 7, 7], [7, 7], [7, 7], 7]),
        ([[[1], [2]]], [[1, 2]]),
        ([7, 7], []),
        (7, []),
    ],
)
def test_a_table_may_be_given_in_fewer_brackets_and_numbers(table, shorter):
    accepted = or_shorter(table)
    forms = [form.tolist() for form in accepted.forms]
    assert forms == [table, *shorter]
    assert [form.tolist() for form in accepted.named] == [table]
