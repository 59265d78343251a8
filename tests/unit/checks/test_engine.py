from dataclasses import replace

import numpy as np
import pytest

from cnnlib.checks.engine import Between, Function, SameShape, Value, any_of
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED, Verdict

from .judging import DOUBLE, HAND, MATRIX, RANDOM, not_yet


@pytest.mark.parametrize("stub", [..., None, [..., ...], (1, None), [[1, ...], [2, 3]]])
def test_stub_values_are_not_written_yet(stub):
    assert MATRIX.judge(stub)[0] == NOT_WRITTEN


def test_the_first_hint_that_fits_wins():
    item = Value(
        expected=1,
        hints=[
            ("Eight of them.", Between((8,), 0, 1e9)),
            ("Too large.", Between((), 100, 1e9)),
            ("Two.", SameShape(np.zeros(2))),
            ("later", any_of(3, 300)),
        ],
    )
    for answer, words in [(300, "Too large."), (3, "later"), ([8, 9], "Two.")]:
        assert item.judge(answer) == Verdict(NOT_YET, words)
        assert item.judge(str(answer)) == Verdict(NOT_YET, words)


def test_because_and_otherwise_are_shown():
    item = Value(expected=1, because="One is one.", otherwise="Count again.")
    assert item.judge(1) == Verdict(PASSED, "One is one.")
    assert item.judge(7) == Verdict(NOT_YET, "7 is not it.\nCount again.")


def test_two_steps_stay_apart():
    item = Value(expected=1, otherwise=("Count.", "By hand."), hints=[(("A", "B"), 2)])
    assert item.judge(2) == Verdict(NOT_YET, "A", "B")
    assert item.judge(3) == Verdict(NOT_YET, "3 is not it.\nCount.", "By hand.")


def test_a_wrong_text_in_a_list_gets_its_hint():
    item = Value(expected=["a", "b"], hints=[("Swapped.", ["b", "a"])])
    assert item.judge(["B", "A"]) == Verdict(NOT_YET, "Swapped.")
    assert "1 of the 2 values" in not_yet(["a", "c"], item)


def test_truth_values_can_be_asked_for():
    item = Value(expected=[True, True], hints=[("No.", [False, False])])
    assert item.judge([True, True])[0] == PASSED
    assert item.judge([False, False]) == Verdict(NOT_YET, "No.")
    assert item.judge([True, False])[0] == NOT_YET


# functions


def test_function_is_called_on_every_input():
    message = not_yet(lambda image: 2 * HAND if len(image) == 2 else image)
    assert "12 of the 12 values" in message


def test_several_arguments():
    item = Function(reference=lambda a, b: a - b, inputs=[(HAND, 1), (RANDOM, RANDOM)])
    assert item.judge(lambda a, b: a - b)[0] == PASSED
    assert "opposite sign" in not_yet(lambda a, b: b - a, item)
    assert "missing 1 required positional argument" in not_yet(lambda a, b, c: a, item)


def test_known_wrong_functions_are_recognized():
    item = replace(
        DOUBLE,
        hints=[
            ("You forgot to double.", lambda image: image),
            ("One row only.", SameShape(lambda image: image[0])),
        ],
    )
    assert not_yet(lambda image: image + 0, item) == "You forgot to double."
    assert not_yet(lambda image: image[0] * 7, item) == "One row only."


def test_a_mistake_that_returns_a_bool_gets_its_hint():
    item = Function(
        reference=lambda image: (image > 1).sum(),
        inputs=[HAND],
        hints=[("Count them.", lambda image: (image > 1).any())],
    )
    assert not_yet(lambda image: bool((image > 1).any()), item) == "Count them."
    assert not_yet(lambda image: 1, item) == "Count them."
    assert "You have True or False" in not_yet(lambda image: image > 1, item)


@pytest.mark.parametrize("answer", [3.0, "double", HAND])
def test_value_where_a_function_is_expected(answer):
    assert "the function itself" in not_yet(answer)


@pytest.mark.parametrize("stub", [..., None])
def test_a_function_that_is_not_there_is_not_written_yet(stub):
    assert DOUBLE.judge(stub)[0] == NOT_WRITTEN


def test_a_tensor_of_tensorflow_is_a_result(tf):
    assert DOUBLE.judge(lambda image: tf.constant(2 * image))[0] == PASSED


@pytest.mark.parametrize(
    ("answer", "is_told"),
    [
        ([0.5, -0.5, 0], True),
        ([1, 0, -1], True),
        ([1.1, 0, -1.1], False),
        ([1, 0, 0], False),
        ([1, -1], False),
        (0, False),
    ],
)
def test_limits_of_numbers_and_of_their_sum(answer, is_told):
    limits = Between((3,), (0, -1, -1, -1), (0, 1, 1, 1), [(1, 1, 1), *np.eye(3)])
    item = Value(expected=[1, -1, 0], hints=[("Told.", limits)])
    told = Verdict(NOT_YET, "Told.")
    assert (item.judge(answer) == told) == is_told
    assert (item.judge(str(answer)) == told) == is_told
