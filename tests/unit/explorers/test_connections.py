import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import plans, shapes
from cnnlib.explorers import ConnectionsExplorer
from cnnlib.plans import C3, group_table

RNG = np.random.default_rng(8)
MAPS = {"names": ("S2 map", "C3 map")}
FULL = np.ones((6, 16), int)


def facts(*arguments, **options):
    return dict(ConnectionsExplorer(*arguments, **options).facts())


def test_words_of_the_papers_table():
    text = ConnectionsExplorer(C3, **MAPS).text()
    for line in (
        "Rows: S2 maps. Columns: C3 maps\n",
        "C3 map 0 sees S2 maps 0, 1, 2\n  it has 3·5·5 + 1\n       = 76 parameters\n",
        "Pairs: 6·3 + 9·4 + 1·6 = 60 of 96\n",
        "Weights: 60·5·5 = 1,500\n",
        "Parameters: 1,500 + 16 biases = 1,516\n",
        "Connections: 1,516·10·10 = 151,600\n",
    ):
        assert line in text
    assert text.endswith("As groups: none: these are not equal blocks")


def test_the_full_table_costs_what_a_layer_of_keras_costs():
    full = facts(FULL)
    assert full["Pairs"] == "16·6 = 96 of 96"
    assert full["Parameters"].endswith(f" = {shapes.conv_parameters(5, 6, 16):,}")
    assert full["Parameters"].endswith(" = 2,416")
    assert full["As groups"] == "groups=1: one block of 6 × 16"


def test_the_counts_are_those_of_the_plan():
    steps = plans.walk(plans.LENET5_1998, (32, 32, 1))
    step = next(step for step in steps if step.entry.name == "C3")
    found = facts(plans.C3)
    assert found["Parameters"].endswith(f" = {step.parameters:,}")
    assert found["Connections"].endswith(f" = {step.connections:,}")


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("sides", [3, (3, 5)])
def test_groups_cost_what_grouped_convolution_costs(groups, sides):
    found = facts(group_table(4, 8, groups), sides, 27)
    parameters = shapes.conv_parameters(sides, 4, 8, groups=groups)
    assert found["Parameters"].endswith(f" = {parameters:,}")
    assert found["Connections"].endswith(f"·27·27 = {parameters * 27 * 27:,}")
    block = f"{4 // groups} × {8 // groups}"
    assert found["As groups"].startswith(f"groups={groups}: ")
    assert found["As groups"].endswith(f" of {block}")


def test_table_and_sums_are_shown():
    table = RNG.integers(0, 2, (5, 7))
    html = ConnectionsExplorer(table).static_html()
    assert tables(html) == [table.tolist()]
    totals = [*table.sum(axis=0), table.sum()]
    foot = "".join(f"<th>{total}</th>" for total in ("sum", *totals))
    assert f"<tfoot>\n<tr>{foot}</tr>" in html
    for row, line in enumerate(table):
        assert f"<tr><th>{row}</th>" in html
        assert f"</td><th>{line.sum()}</th></tr>" in html
    assert html.count("<b>") == 5 + 1


def test_one_and_no_channel_are_worded():
    table = np.zeros((3, 2), int)
    table[1, 1] = 1
    assert "filter 0 sees channels none\n  it has 0·" in (
        ConnectionsExplorer(table).text()
    )
    assert facts(table)["Pairs"] == "1·0 + 1·1 = 1 of 6"
    assert "filter 0 sees channel 1\n" in ConnectionsExplorer(table[:, ::-1]).text()


def test_presets():
    found = {text: table for _, text, table in ConnectionsExplorer(C3).presets()}
    assert list(found) == [
        "C3 of LeNet-5",
        "Full",
        "2 groups",
        "3 groups",
        "One channel each",
    ]
    assert np.sum(found["2 groups"], axis=0).tolist() == [3] * 16
    assert np.sum(found["3 groups"], axis=1).tolist() == [6, 6, 5, 5, 5, 5]
    assert np.sum(found["One channel each"], axis=0).tolist() == [1] * 16


@pytest.mark.parametrize(
    ("table", "start", "count"),
    [(C3, "c3", 5), (FULL, "full", 5), (1 - FULL, "given", 6), ([[1]], "full", 1)],
)
def test_the_given_table_is_chosen_first(table, start, count):
    config = ConnectionsExplorer(table).config()
    chosen = {key: values for key, _, values in config["presets"]}
    assert config["start"] == start
    assert chosen[start] == np.array(table).tolist()
    assert len(chosen) == count


def test_mime_bundle():
    html, config = checked_bundle(
        lambda name: ConnectionsExplorer(C3, name=name), "l08-connections"
    )
    assert len(without_resources(html).encode()) < 7_000
    assert len(html.encode()) < 42_000
    assert (config["kernel"], config["size"]) == ([5, 5], [10, 10])


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"table": [1, 0]}, ValueError, r"table.*C, F.*\(2,\)"),
        ({"table": np.ones((9, 2))}, ValueError, r"at most 8 channels.*\(9, 2\)"),
        ({"table": np.ones((2, 17))}, ValueError, r"16 filters.*\(2, 17\)"),
        ({"table": [[2]]}, ValueError, "table.*0 to 1.*2"),
        ({"table": [[0.5]]}, ValueError, "table.*0 or 1.*0.5"),
        ({"kernel_size": 0}, ValueError, "kernel_size.*0"),
        ({"kernel_size": 2.5}, TypeError, "kernel_size.*2.5"),
        ({"output_size": (10, 1000)}, ValueError, "output_size.*at most 999.*1000"),
        ({"names": "maps"}, TypeError, "names.*two nouns.*'maps'"),
        ({"names": ("map", 3)}, TypeError, "names.*two nouns.*3"),
        ({"names": ("map",)}, ValueError, "names.*two nouns.*'map'"),
        ({"name": "L8"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        ConnectionsExplorer(**{"table": C3} | arguments)
