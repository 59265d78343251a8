"""When a value of a lecture is the number in its text."""

import pytest

from tools.notebooks.pools import Pool, Pools
from tools.notebooks.written import numbers


def number(text, cell=""):
    (found,) = numbers(text, cell)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("61,706", 61_706),
        ("−1020", -1020),
        ("97", 96.8),
        ("99.2%", 99.1766),
        ("99.2%", 0.991766),
        ("7.4 points", 0.0736),
        ("94 of 100", 0.938),
        ("15.5 billion", 15_470_264_320),
        ("1.3333", 4 / 3),
        ("61.0 million", 60_965_224),
        ("1.00%", 0.01),
        ("1e-5", 1e-5),
    ],
)
def test_holds(text, value):
    assert Pool([value]).holds(number(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("61,706", 61_707),
        ("1020", -1020),
        ("97", 96.4),
        ("99.2%", 99.26),
        ("0.94", 94),
        ("99", 0.99),  # no share
        ("300%", 3),  # a number of things
        ("6.00%", 6),  # a count, of which no digit is known behind the point
        ("15.5 billion", 15.47),
        ("61.0 million", 60_945_224),
    ],
)
def test_holds_not(text, value):
    assert not Pool([value]).holds(number(text))


@pytest.fixture
def pools(lecture):
    codes = [cell for cell in lecture.cells if cell.cell_type == "code"]
    codes[2].source = "17, 1234"  # in the first section
    codes[-1].source = "19, [" + ", ".join(["21"] * 9) + "]"  # in the solutions
    return Pools(lecture, "L02")


def cells(lecture, title):
    return next(c.id for c in lecture.cells if c.source.startswith(f"## {title}"))


def found(pools, text, cell):
    written = number(text, cell)
    return [kind for kind, pool in pools.of(written).items() if pool.holds(written)]


def test_a_long_number_may_stand_anywhere(pools, lecture):
    assert found(pools, "1,234", cells(lecture, "Exercises")) == ["code"]


def test_a_short_number_stands_near(pools, lecture):
    assert found(pools, "17", cells(lecture, "One")) == ["code"]
    assert found(pools, "17", cells(lecture, "Two")) == ["code"]
    assert found(pools, "17", cells(lecture, "Three")) == []


def test_a_summary_speaks_of_all(pools, lecture):
    assert found(pools, "17", cells(lecture, "Summary")) == ["code"]


def test_solutions_belong_to_the_exercises(pools, lecture):
    assert found(pools, "19", cells(lecture, "Exercises")) == ["code"]


def test_a_long_output_serves_long_numbers_alone(lecture):
    show = next(c for c in lecture.cells if c.source == "draw()")
    show.outputs[0].data["text/plain"] = " ".join(map(str, range(100, 141)))
    show.outputs[0].data["text/plain"] += " 41"
    pools, near = Pools(lecture, "L02"), cells(lecture, "Three")
    assert found(pools, "140", near) == ["output"]
    assert found(pools, "41", near) == []


def test_computes(pools):
    assert pools.computes(1234)
    assert not pools.computes(1234.5)
