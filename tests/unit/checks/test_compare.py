import numpy as np
import pytest

from cnnlib.checks.compare import listed
from cnnlib.checks.engine import Function, Value, any_of

from .judging import HAND, not_yet, passes


def test_whole_numbers_are_exact_however_large():
    assert passes(138_357_544, 138_357_544)
    assert not passes(138_357_545, 138_357_544)


def test_floats_have_a_tolerance_relative_to_the_largest():
    assert passes([1000.001, 0.001], [1000.0, 0.0])
    assert not passes([1000.1, 0.0], [1000.0, 0.0])
    assert not passes(2e-6, 1e-6)


def test_tolerance_can_be_set():
    item = Value(expected=1.0607, tolerance=5e-4)
    assert item.judge(1.061)[0] == "passed"
    assert item.judge(1.06)[0] == "not yet"


def test_any_of_accepts_each_form():
    forms = any_of(4, any_of((4, 4)))
    assert passes(4, forms)
    assert passes([4, 4], forms)
    message = not_yet([4, 4, 4], Value(expected=forms))
    assert "expected: a single value or 2 values" in message


RIGHT = np.array([[-1.0, 2.0, -3.0], [4.0, 5.0, 260.0]])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (-RIGHT, "opposite sign"),
        (abs(RIGHT), "some of the signs"),
        (RIGHT.T, "transposed"),
        (RIGHT[::-1, ::-1], "turned by 180 degrees"),
        (RIGHT.astype(int).astype(np.uint8), "multiples of 256"),
        (RIGHT[None, :, :, None], "axes of length 1"),
        (
            np.where(RIGHT == 5, 6, RIGHT),
            "in row 1, column 1 (counted from 0): you have 6",
        ),
        (RIGHT + 1, "6 of the 6 values"),
        (RIGHT[0], "You have 3 values; expected: an array of shape (2, 3)"),
        (7, "You have a single value; expected: an array of shape (2, 3)"),
        ([], "You have 0 values"),
    ],
)
def test_differences_without_a_hint_are_diagnosed(answer, words):
    message = not_yet(answer, Value(expected=RIGHT))
    assert words in message
    assert "260" not in message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (np.zeros((2, 2, 2)) + 1, "at index (0, 0, 0)"),
        (
            np.array([1.0]),
            "You have 1 value in a list; expected: an array of shape (2, 2, 2)",
        ),
    ],
)
def test_places_in_many_axes(answer, words):
    assert words in not_yet(answer, Value(expected=np.zeros((2, 2, 2))))


@pytest.mark.parametrize("answer", [0, 256, 256.0, np.int64(768), [0], np.array(0)])
def test_a_number_that_was_typed_or_counted_has_not_wrapped_round(answer):
    assert "8-bit" not in not_yet(answer, Value(expected=1792))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (np.uint8(4), -1020),
        (np.int8(0), 1792),
        (np.uint8([4, 0]), [-1020, 512]),
        (np.array([4, 0]), [-1020, 512]),
    ],
)
def test_eight_bits_are_recognized_by_their_type_or_in_an_array(answer, expected):
    assert "8-bit numbers wrap round" in not_yet(answer, Value(expected=expected))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((0, 943), 0.943),
        ((896, 3, 538, 944), [896, 3_538_944]),
        ((8, 5, 75), [8, 5.75]),
    ],
)
def test_commas_inside_a_number_are_named(answer, expected):
    message = not_yet(answer, Value(expected=expected))
    assert "write 1792 and 0.5, not 1,792 and 0,5" in message


def test_a_point_inside_a_whole_number_is_named():
    message = not_yet(1.792, Value(expected=1792))
    assert "1.792 is not it: a point marks decimals" in message
    assert "point" not in not_yet(1.793, Value(expected=1792))


@pytest.mark.parametrize("answer", [True, np.True_, [True], [True, 0], (1.0, np.True_)])
def test_true_is_not_one(answer):
    expected = np.ones(np.shape(answer), int)
    assert "You have True or False" in not_yet(answer, Value(expected=expected))


def test_shape_of_the_input_is_pointed_out():
    item = Function(reference=lambda image: image[1:], inputs=[HAND])
    message = not_yet(lambda image: image, item)
    assert (
        "expected: an array of shape (1, 3). Yours has the shape of the input."
        in message
    )


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ([(2,), (3,), (3,), (4,)], "2, 3 or 4 values"),
        ([(), (2,)], "a single value or 2 values"),
        ([(), (4,), (4, 4)], "a single value, 4 values or an array of shape (4, 4)"),
        ([(1,)], "1 value in a list"),
    ],
)
def test_shapes_are_listed_in_words(shapes, words):
    assert listed(shapes) == words
