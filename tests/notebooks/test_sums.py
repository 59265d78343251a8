"""The sums that a text writes out."""

import pytest

from tools.notebooks.sums import equations, worked_out
from tools.notebooks.written import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("28·28·32", 25_088),
        ("28 − 5 + 1", 24),
        (r"255\cdot(-1-2-1)", -1020),
        (r"256\cdot(5\cdot 5\cdot 48+1)", 307_456),
        (r"\lfloor(224+2\cdot 2-11)/4\rfloor+1", 55),
        (r"4{,}096\cdot(9{,}216+1)", 37_752_832),
        (r"30/2.25^{0.75}", 30 / 2.25**0.75),
        (r"\tfrac{2}{3}", 2 / 3),
        (r"\sqrt{16}+\sqrt9", 7),
        ("32²·2", 2048),
        (r"98.6\%", 0.986),
    ],
)
def test_worked_out(text, value):
    assert worked_out(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "1/0", "0 0 255", "1020-", "(3", r"\cdot 2"])
def test_no_sum(text):
    assert worked_out(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "so $28\\cdot28=784$ places",
        "1020 + 512 + 0 = 1532.",
        "$4/3=1.333$ each",
        "$2\\cdot9C^2=18C^2$",
        "$49\\cdot12^2\\approx27\\cdot16^2$",  # roughly
        "has $\\ln 10=2.303$",  # a logarithm is no sum
        "$k=1-0.1\\cdot(-16)=2.6$",
        "$1281.167/1300=98.6\\%$",
        "with $k=3$, $s=2$",
    ],
)
def test_right(text):
    assert not any(e.is_wrong for e in equations(text, numbers(text)))


@pytest.mark.parametrize(
    "text",
    [
        "so $28\\cdot28=785$ places",
        "so $28\\cdot29=784$ places",
        "1020 + 512 + 0 = 1531.",
        "$4/3=1.334$ each",
        "$2\\cdot9C^2=28C^2$",
        "$1281.167/1300=98.5\\%$",
        "$7/2=4$",  # whole numbers are not rounded
    ],
)
def test_wrong(text):
    assert any(e.is_wrong for e in equations(text, numbers(text)))


def test_sides():
    text = "$28-5+1=24$ rows"
    (equation,) = equations(text, numbers(text))
    total, result = equation.sides
    assert (total.value, total.is_one) == (24, False)
    assert (result.value, result.is_one) == (24, True)
    assert [n.text for n in total.numbers] == ["28", "5", "1"]
