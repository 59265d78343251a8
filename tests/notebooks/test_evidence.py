"""What a lecture computes, as numbers of its text can be traced to it."""

import matplotlib.pyplot as plt
import pytest
from nbformat.v4 import new_code_cell, new_output

from cnnlib.measured import measured
from cnnlib.plots.svg import svg
from tools.notebooks.drawings import BOOK_TYPE
from tools.notebooks.evidence import drawn, evidence, flat, literals, recorded, shown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("assert total == 61_706", {61_706}),
        ("layers = [784 * 128 + 128]", {784, 128, 784 * 128, 100_480}),
        ("edge = -1020", {1020, -1020}),
        ("x = True, None, 'and 7', 0.5", {0.5}),
        ("x = a * 3", {3}),
        ("x = 1 / 0", {1, 0}),
        ("ax.plot(values, lw=17)\nplots.matrix(x)[3].set(18)", set()),
        ("%time 5\nx = 6", {6}),
        ("not python(1", set()),
    ],
)
def test_literals(source, expected):
    assert set(literals(source)) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text/plain": "([100480, 1290], −5, 1.5e-07)"}, [100_480, 1290, -5, 1.5e-7]),
        ({"text/plain": "array([ 1.,  0.5])"}, [1.0, 0.5]),
        ({"text/html": "<b style='x:9'>61,706</b><script>4</script>"}, [61_706]),
        (
            {"text/markdown": "95.3 (94.7 to 95.9)", "text/plain": "7"},
            [95.3, 94.7, 95.9],
        ),
        ({"text/plain": "of 3 seeds, 2026-11-28, conv2"}, [3]),
    ],
)
def test_shown(data, expected):
    cell = new_code_cell("", outputs=[new_output("display_data", data)])
    found = shown(cell)
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_drawn():
    fig, ax = plt.subplots()
    ax.set(xticks=[], yticks=[])
    ax.text(0, 0, "61.9% of −1,020")
    text = svg(fig)
    output = new_output("display_data", {BOOK_TYPE: text})
    assert drawn(new_code_cell("", outputs=[output])) == [61.9, -1020]


def test_recorded():
    record, found = measured("l13_vgg"), recorded("l13_vgg")
    assert record["two 3×3"].mean() in found
    assert record["one 5×5"].min() in found
    assert set(record.settings["images"]) <= set(found)


def test_a_record_with_a_curve_is_not_read_point_by_point():
    curve = measured("l12_alexnet")["tanh, training"]
    assert curve.shape[1] == 60
    assert curve[:, 0].mean() not in recorded("l12_alexnet")


def test_flat():
    assert flat({"a": [1, (2.5, "3")], "b": None, "c": True}) == [1, 2.5]


def test_evidence(lecture):
    imports, *_, last = (c for c in lecture.cells if c.cell_type == "code")
    last.source = 'check("L02.predict3", 4)\nrecord = measured("l06_shift")'
    found = evidence(lecture, "L02")
    assert imports.id not in found  # the set-up
    assert 1020 in found[last.id]["check"]
    assert 126_698 in found[last.id]["record"]
    assert found[last.id]["code"] == [4]
