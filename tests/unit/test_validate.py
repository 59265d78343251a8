import os
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cnnlib import _validate as validate


@pytest.mark.parametrize(
    "word", ["0", "00", "", "false", "FALSE", "no", "Off", " n ", "f"]
)
def test_words_that_switch_off(monkeypatch, word):
    monkeypatch.setenv("CNNLIB_TEST", word)
    assert validate.switch("CNNLIB_TEST", default=False) is False


@pytest.mark.parametrize("word", ["1", "true", "yes", "On", "10", "y"])
def test_words_that_switch_on(monkeypatch, word):
    monkeypatch.setenv("CNNLIB_TEST", word)
    assert validate.switch("CNNLIB_TEST", default=False) is True
    assert "CNNLIB_NO_SUCH" not in os.environ
    assert validate.switch("CNNLIB_NO_SUCH", default=True) is True


@pytest.mark.parametrize("value", [3, np.int8(3), np.uint64(3), np.array(3)])
def test_every_kind_of_int_is_one(value):
    assert type(validate.integer("n", value)) is int


@pytest.mark.parametrize(
    "value", [True, np.True_, np.array(True), 3.0, "3", None, [3], 3j, Fraction(3)]
)
def test_what_is_no_int_is_none(value):
    with pytest.raises(TypeError, match=r"^n: expected an int of at least 1, received"):
        validate.integer("n", value)


def test_an_int_may_have_no_least_value():
    assert validate.integer("n", -(2**70), None) == -(2**70)
    with pytest.raises(TypeError, match=r"^n: expected an int, received 0.5"):
        validate.integer("n", 0.5, None)


@pytest.mark.parametrize(
    "value", [0.5, np.float16(0.5), np.float32(0.5), Fraction(1, 2)]
)
def test_every_kind_of_real_number_is_one(value):
    assert type(validate.real("r", value)) is float
    assert validate.real("r", value) == 0.5


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (True, TypeError),
        (np.True_, TypeError),
        ("0.5", TypeError),
        (None, TypeError),
        ([0.5], TypeError),
        (np.array([0.5]), TypeError),
        (0.5j, TypeError),
        (Decimal("0.5"), TypeError),
        (np.nan, ValueError),
        (np.inf, ValueError),
        (10**400, ValueError),
        (-(10**400), ValueError),
    ],
)
def test_what_is_no_finite_number_is_none(value, error):
    with pytest.raises(error, match=r"^r: expected a finite number, received"):
        validate.real("r", value)


@pytest.mark.parametrize("value", [1, 0, "no", "", None, [], 1.0, np.array([True])])
def test_only_a_bool_is_a_flag(value):
    with pytest.raises(TypeError, match=r"^on: expected True or False, received"):
        validate.flag("on", value)


def test_a_flag_of_numpy_is_one():
    assert validate.flag("on", np.True_) is True
    assert validate.flag("on", np.bool_(False)) is False


@pytest.mark.parametrize("seed", [0, np.int64(3), 2**200, [1, 2], None])
def test_a_seed_starts_a_generator(seed):
    assert isinstance(validate.generator("seed", seed), np.random.Generator)


def test_a_generator_stays_itself():
    rng = np.random.default_rng(0)
    assert validate.generator("rng", rng) is rng


@pytest.mark.parametrize(
    ("seed", "error"),
    [
        ("abc", TypeError),
        ("12", TypeError),
        (1.5, TypeError),
        (True, TypeError),
        (np.True_, TypeError),
        ({}, TypeError),
        ([1.5], TypeError),
        (np.random, TypeError),
        (-1, ValueError),
    ],
)
def test_what_is_no_seed_is_named(seed, error):
    with pytest.raises(
        error, match=r"^seed: expected a seed such as 0, or a NumPy gen"
    ):
        validate.generator("seed", seed)


@pytest.mark.parametrize("value", [(28, 28, 1), [28, 28, 1], np.array([28, 28, 1])])
def test_a_shape_is_a_sequence_of_ints(value):
    assert validate.checked_shape("shape", value) == (28, 28, 1)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({28, 1}, TypeError),
        ({28: 1}, TypeError),
        ("881", TypeError),
        (28, TypeError),
        (None, TypeError),
        ((8.0, 8), TypeError),
        ((8, True), TypeError),
        ((8, np.True_), TypeError),
        (np.array([[1, 2]]), TypeError),
        (np.array(3), TypeError),
        ((), ValueError),
        ((8, 0), ValueError),
        ((8, -1), ValueError),
    ],
)
def test_what_is_no_shape_is_named(value, error):
    with pytest.raises(
        error, match=r"^shape: expected a shape such as \(28, 28, 1\), "
    ):
        validate.checked_shape("shape", value)


def test_numbers_that_a_dtype_cannot_hold_are_named():
    wide = np.array([1e300, -np.inf, np.nan])
    with pytest.raises(ValueError, match=r"^x: .* that float32 can hold, .* 1e\+300$"):
        validate.cast("x", wide, np.float32)
    assert np.isnan(validate.cast("x", wide[1:], np.float32)[1])  # these it can hold


@pytest.mark.skipif(
    np.dtype(np.longdouble).itemsize == 8, reason="there are no wider floats here"
)
def test_wider_floats_are_worked_with_in_float64():
    x = np.array([1 + 2.0**-40], np.longdouble)
    assert validate.floats("x", x).dtype == "float64"
    assert validate.floats("x", x) != 1
    with pytest.raises(ValueError, match=r"^x: expected numbers that float64 can hold"):
        validate.floats("x", np.array([np.finfo(np.longdouble).max]))
