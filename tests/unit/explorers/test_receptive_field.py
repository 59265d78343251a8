import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import ops, shapes
from cnnlib.explorers import ReceptiveFieldExplorer
from cnnlib.explorers.receptive_field import SIZE, STACKS


def ways_by_gradient(stack, back, place):
    """Count by backpropagation: with weights of one, a gradient counts the ways."""
    windows = [entry.windows()[0] for entry in STACKS[stack][1]]
    maps = [np.zeros((1, SIZE, SIZE, 1))]
    for size, strides in windows:
        maps.append(ops.conv2d(maps[-1], np.ones((size, size, 1, 1)), strides=strides))
    dy = np.zeros_like(maps[-1])
    dy[0, *place, 0] = 1
    for x, (size, strides) in list(zip(maps, windows))[::-1][:back]:
        weights = np.ones((size, size, 1, 1))
        dy = ops.conv2d_backward(dy, x, weights, strides=strides)[0]
    return dy[0, :, :, 0].astype(int).tolist()


@pytest.mark.parametrize("stack", STACKS)
def test_ways_are_those_of_a_gradient(stack):
    depth = len(STACKS[stack][1])
    last = ReceptiveFieldExplorer(stack).sides[-1] - 1
    for back in range(depth + 1):
        for place in ((0, 0), (last // 2, last), (last, 0)):
            explorer = ReceptiveFieldExplorer(stack, back, place)
            counted, output = tables(explorer.static_html())
            assert counted == ways_by_gradient(stack, back, place)
            assert sum(map(sum, output)) == output[place[0]][place[1]] == 1


@pytest.mark.parametrize("stack", STACKS)
def test_facts_follow_from_the_ways(stack):
    explorer = ReceptiveFieldExplorer(stack)
    ways, facts = explorer.ways(), dict(explorer.facts())
    rows = np.flatnonzero(ways.any(axis=1))
    field = rows[-1] - rows[0] + 1
    windows = [entry.windows()[0] for entry in STACKS[stack][1]]
    assert field == shapes.receptive_field(windows)
    assert facts["Field, Σ (k − 1)·j"].endswith(f" = {field}")
    assert facts["Ways in all"].split(" = ")[-1] == str(ways.sum())
    share = f"{ways.max()}, {100 * ways.max() / ways.sum():.1f} %"
    assert facts["Most of one pixel"] == share


def test_the_numbers_are_those_of_the_lecture():
    line = ReceptiveFieldExplorer("three-3").ways()[5]
    assert line[2:9].tolist() == [7, 21, 42, 49, 42, 21, 7]
    pascal = ReceptiveFieldExplorer("five-2", place=(0, 0)).ways()[0]
    assert pascal[:7].tolist() == [1, 5, 10, 10, 5, 1, 0]
    assert set(ReceptiveFieldExplorer("one-7").ways().flat) == {0, 1}
    text = ReceptiveFieldExplorer("block").text()
    assert "sides 12 → 10 → 8 → 4 → 2" in text
    assert "1 + 2·1 + 2·1 + 1·1 + 2·2 = 10" in text
    assert "From one output to the next: 2 pixels" in text


def test_the_frame_holds_every_way_and_no_more():
    html = ReceptiveFieldExplorer("block", place=(1, 0)).static_html()
    assert html.count("<b>") == 10 * 10 + 1
    strided = ReceptiveFieldExplorer("strided").static_html()
    assert strided.count("<b>") == 7 * 7 + 1


def test_the_walk_begins_at_the_output():
    explorer = ReceptiveFieldExplorer("two-3", back=0)
    assert "Output 8 × 8, Output 8 × 8" in explorer.text()
    assert dict(explorer.facts())["Field, Σ (k − 1)·j"] == "1"
    assert "After layer 1 10 × 10" in ReceptiveFieldExplorer("two-3", back=1).text()


def test_mime_bundle():
    html, config = checked_bundle(ReceptiveFieldExplorer, "l13-field")
    assert len(without_resources(html).encode()) < 9_000
    assert len(html.encode()) < 43_000
    assert config["stacks"][0] == ["three-3", "3×3, 3×3, 3×3", [[3, 1]] * 3]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"stack": "9×9"}, ValueError, "stack.*three-3.*'9×9'"),
        ({"stack": 3}, TypeError, "stack.*3"),
        ({"back": 4}, ValueError, "back.*0 to 3.*4"),
        ({"back": -1}, ValueError, "back.*-1"),
        ({"place": (6, 0)}, ValueError, "place.*0 to 5.*6"),
        ({"place": (0, -1)}, ValueError, "place.*-1"),
        ({"place": 3}, ValueError, "place.*row, column.*3"),
        ({"place": (1, 2, 3)}, ValueError, "place.*row, column"),
        ({"name": "L13"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        ReceptiveFieldExplorer(**arguments)
