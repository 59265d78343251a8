import math

import pytest

from cnnlib.checks.answers import Problem
from cnnlib.checks.arithmetic import Calculator


def worked(text, **options):
    return Calculator(text, "Type it.", **options).values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("784*128+128", 100_480),
        ("1+2*3", 7),
        ("2-3-4", -5),
        ("8/4/2", 1),
        ("-7//2", -4),
        ("-3^2", -9),
        ("2^3^2", 512),
        ("2^-1", 0.5),
        ("2*-3", -6),
        ("3--2", 5),
        ("[1+2]*[3+4]", 21),
        ("2[3+1]", 8),
        ("[1+2][3]", [[3], [3]]),
        ("2sqrt[2]/3", 2 * math.sqrt(2) / 3),
        ("sqrt9", 3),
        ("np.sqrt[16]", 4),
        ("floor[-1.5]+ceil[1.2]", 0),
        ("exp[1]", math.e),
        ("abs[-3]", 3),
        ("50%*4", 2),
        ("1/2%", 0.005),
        (".5+1.", 1.5),
        ("1e3-1E2", 900),
        ("[[[5]]]+1", 6),
        ("1+1, 2;3|4 5", [2, 2, 3, 4, 5]),
        ("[1 2] [3 2*2]", [[1, 2], [3, 4]]),
        ("[5]", [5]),
        ("", []),
    ],
)
def test_sums_are_worked_out_by_the_rules_of_arithmetic(text, value):
    assert worked(text) == value


def test_percent_may_be_asked_for():
    assert worked("8%, 2*4%", percent=True) == [8, 8]


def test_truth_values_are_read_where_they_are_asked_for():
    assert worked("True, false", truth=True) == [1, 0]
    with pytest.raises(Problem, match="“True” cannot be read"):
        worked("True")


@pytest.mark.parametrize(
    ("text", "is_worked"),
    [("2/3", False), ("-8%", False), ("[1, 2]", False), ("1-2", True), ("2^2", True)],
)
def test_a_fraction_is_not_called_worked_out(text, is_worked):
    assert Calculator(text, "").is_worked == is_worked


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1+", "1+"),
        ("--5", "--5"),
        ("1.2.3", "1.2.3"),
        ("2*[1,2]", "2*(1,2)"),
        ("3, 1/0", "1/0"),
        ("0^-1", "0^-1"),
        ("sqrt[-1]", "sqrt(-1)"),
        ("exp[1000]", "exp(1000)"),
        ("1e999", "1e999"),
        ("10^200*10^200", "10^200*10^200"),
        ("sqrt", "sqrt"),
        ("__import__", "__import__"),
        ("5 and", "and"),
        ("٣", "٣"),
    ],
)
def test_what_is_no_number_is_named_with_what_to_type(text, part):
    with pytest.raises(Problem) as problem:
        worked(text)
    assert str(problem.value) == f"“{part}” cannot be read. Type it."


@pytest.mark.parametrize("text", ["[1", "1]", "2*[3", "[" * 999 + "1", "2^" * 999])
def test_open_brackets_and_endless_nesting_are_refused(text):
    with pytest.raises(Problem, match="Is a bracket missing"):
        worked(text)
