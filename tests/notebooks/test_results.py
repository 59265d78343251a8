"""The measured accuracies in the texts of L5 and L7 are those that are stored."""

import json
import re
from pathlib import Path

import pytest

from tools.notebooks.canonical import read

ROOT = Path(__file__).parents[2]


def text_of(lecture):
    (path,) = (ROOT / "lectures").glob(f"{lecture}_*.ipynb")
    cells = read(path).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def stored(name):
    path = ROOT / "benchmarks" / "results" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def percent(value, digits=1):
    return f"{100 * value:.{digits}f}"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("made by hand, frozen", "by hand"),
        ("learned", "learned"),
        ("random, frozen", "random"),
        ("none, only the dense layer", "dense layer alone"),
    ],
)
def test_the_contest_of_kernels(words, kind):
    found = stored("l05_kernels")["sample"]["test accuracy"][kind]
    row = " | ".join(f"{percent(found[key])}%" for key in ("mean", "min", "max"))
    assert f"| {words} | {row} |" in text_of("L05")


def test_the_contest_on_the_full_set():
    result = stored("l05_kernels")
    spreads = [result["sample"]["test accuracy"]["by hand, then trained on"]]
    spreads += result["full set"]["test accuracy"].values()
    text = text_of("L05")
    for found in spreads:
        mean, low, high = (percent(found[key]) for key in ("mean", "min", "max"))
        assert f"{mean}% ({low} to {high})" in text


def test_what_learned_kernels_keep():
    found = stored("l05_kernels")["cosines of the learned kernels"]
    kept, start, end = found["kept"], *list(found.values())[1:]
    words = f"kept {kept['min']} to {kept['max']} of their start"
    assert words in text_of("L05")
    assert f"from {start['mean']} to {end['mean']} on average" in text_of("L05")


def test_training_in_numpy_on_the_sample():
    accuracy = stored("mnist_numpy")["sample"]["accuracy"]
    mean, low, high = (percent(accuracy[key]) for key in ("mean", "min", "max"))
    words = f"a mean of {mean}%, the lowest is {low}% and the highest {high}%"
    assert words in text_of("L07")


def test_training_in_numpy_on_the_full_set():
    result = stored("mnist_numpy")["full set"]
    table = dict(re.findall(r"\| (seed \d|mean) \| ([\d.]+)% \|", text_of("L07")))
    runs = {f"seed {r['seed']}": percent(r["accuracy"], 2) for r in result["runs"]}
    assert table == runs | {"mean": percent(result["accuracy"]["mean"], 2)}
    assert result["accuracy"]["min"] >= 0.985


def test_the_numpy_network_keeps_up_with_keras():
    assert stored("lenet_speed")["ratio_of_each_pair"]["median"] <= 1.5
