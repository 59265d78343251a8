"""Which numbers a text says, and what is none."""

from fractions import Fraction

import pytest

from tools.notebooks.written import numbers, texts, without_names


def said(text):
    return [number.text for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("It has 61,706 parameters.", 61_706, 1),
        ("an edge of −1020 here", -1020, 1),
        ("echo of +765", 765, 1),
        ("from minus 0.58 on", "-0.58", "0.01"),
        ("about 99.18 %", "99.18", "0.01"),
        (r"$99.2\%$", "99.2", "0.1"),
        ("a rate of 1e-5", "1e-5", "1e-5"),
        ("15.5 billion", 15_500_000_000, 100_000_000),
        ("$84\\cdot121=10{,}164$", 84, 1),
    ],
)
def test_value(text, value, step):
    number = numbers(text)[0]
    assert (number.value, number.step) == (Fraction(value), Fraction(step))
    assert text[number.start : number.end] == number.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3×3 kernels on 32×32×3", ["3", "3", "32", "32", "3"]),
        ("$28\\cdot28=784$", ["28", "28", "784"]),
        ("| 2 to 4 | −1020 |", ["2", "4", "−1020"]),
        ("784-128-10", ["784", "128", "10"]),
        ("the sum 1 − 0.5", ["1", "0.5"]),
        ("$n-1$ and $\\lceil n/s\\rceil-1$", ["1", "1"]),
        ("$27C^2$", ["27"]),
        ("*Figure 13.1: Twenty-one bars, 224 wide.*", ["224"]),
        ("1. One of 16.", ["16"]),
    ],
)
def test_numbers(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# L13: 16 layers",
        "`Conv2D(32, 3)` and `seen=600_000`",
        "```\n12\n```",
        "[LeCun et al. (1998)](https://doi.org/10.1109/5.726791)",
        "([Rumelhart et al. 1986a](https://doi.org/10.1038/323533a0))",
        "[there](#Exercise-1)",
        "in 2012, of 1998, the 1980s",
        "figure 2.1, figures 2.1 and 2.3, section 4, pages 271–272, exercise 3",
        "VGG-16, LeNet-5, CIFAR-10, C3, conv1, block5_conv3, n01440764, CS231n",
        "top-5 of L9, float32, 8 bits, 8-bit, 2D, 1GB, the 2s and 7s",
        "Keras 3.15.1, TensorFlow 2.21, revision 3d84654, GTX 580",
        "*Difficulty 2 of 3, 15 minutes. Trains: the loop.*",
        "About 60 minutes to read and do, half a minute to run.",
        "turned by 180 degrees, by 90°",
        "$x_1$, $x_{12}$, $C^2$, $\\tfrac12$",
    ],
)
def test_no_number(text):
    assert said(text) == []


def test_a_list_shares_its_unit():
    first, *_, last = numbers("61.0, 62.4, 61.8 and 61.1 million")
    assert (first.value, last.value) == (61_000_000, 61_100_000)
    shares = numbers("28 and 35 percent, 4 of 7")
    assert [n.is_share for n in shares] == [True, True, False, False]


def test_a_square_has_a_base():
    number, power = numbers("$0.94^2$ and $10^{-5}$")
    assert (number.value, number.base) == (Fraction("0.8836"), Fraction("0.94"))
    assert (power.value, power.base) == (Fraction("1e-5"), None)


def test_digits():
    assert [n.digits for n in numbers("0.05, 1,020, 96.2%")] == [1, 4, 3]


def test_places_stay():
    text = "# L2\n`a 1` [b 2](c/3) figure 2.1 and 12\n"
    assert len(without_names(text)) == len(text)
    assert without_names(text).count("\n") == 2


def test_words_for_a_figure_are_text(lecture):
    found = list(texts(lecture))
    assert [text for _, text, is_figure in found if is_figure] == ["A black pixel."]
    assert len(found) == 1 + sum(c.cell_type == "markdown" for c in lecture.cells)
