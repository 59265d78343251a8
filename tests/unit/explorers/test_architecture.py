import re

import pytest
from explorer_html import checked_bundle, without_resources

from benchmarks.papers.counting import weightless
from cnnlib import models, plans
from cnnlib.explorers import ArchitectureExplorer
from cnnlib.explorers.architecture import LIMITS, NETS, ROWS, rows, totals


def shown(html):
    """Return the texts of each row of each table."""
    return [
        [
            re.findall(r"<(?:td|th scope=\"row\")>(.*?)</", row)
            for row in body.split("<tr>")[1:]
        ]
        for body in re.findall("<tbody>(.*?)</tbody>", html, re.DOTALL)
    ]


@pytest.mark.parametrize("net", NETS)
def test_the_table_holds_what_the_walk_counts(net):
    _, plan, size, channels = NETS[net]
    explorer = ArchitectureExplorer(net)
    [table] = shown(explorer.static_html())
    steps = plans.walk(plan, (size, size, channels))
    assert table[0][:2] == ["image", f"{size} × {size} × {channels}"]
    kept = [step for step in steps if isinstance(step.entry, ROWS)]
    for line, step in zip(table[1:-1], kept, strict=True):
        shape = " × ".join(map(str, step.output_shape))
        field = "all" if step.receptive_field is None else f"{step.receptive_field:,}"
        counts = step.parameters, step.multiplications, step.activations
        assert line == [step.entry.name, shape, *(f"{n:,}" for n in counts), field]
    assert table[-1][0] == "Total"
    left_out = [step for step in steps if not isinstance(step.entry, ROWS)]
    assert sum(step.parameters + step.multiplications for step in left_out) == 0
    sums = [
        sum(getattr(s, name) for s in steps)
        for name in ("parameters", "multiplications")
    ]
    assert table[-1][2:4] == [f"{total:,}" for total in sums]


@pytest.mark.parametrize(
    ("net", "parameters"),
    [
        ("lenet-1998", 60_000),
        ("lenet", 61_706),
        ("alexnet", 60_965_224),
        ("alexnet-ungrouped", 62_378_344),
        ("vgg11", 132_863_336),
        ("vgg13", 133_047_848),
        ("vgg16", 138_357_544),
        ("vgg19", 143_667_240),
        ("vgg16-mean", 15_227_688),
    ],
)
def test_totals_are_those_of_the_lectures(net, parameters):
    assert totals(rows(net, NETS[net].size))[0] == parameters


@pytest.mark.parametrize(
    ("net", "builder", "size", "groups"),
    [
        ("lenet", "lenet5", 28, {}),
        ("alexnet", "alexnet", 67, {}),
        ("alexnet-ungrouped", "alexnet", 67, {"groups": 1}),
        ("vgg11", "vgg11", 32, {}),
    ],
)
def test_the_rows_are_those_that_keras_counts(keras, net, builder, size, groups):
    shape = (size, size, NETS[net].channels)
    with weightless():
        model = getattr(models, builder)(input_shape=shape, **groups)
        table = {row.name: row for row in models.layer_table(model)}
    image, *found = rows(net, size)
    assert image.shape == shape
    assert len(found) > 6
    for row in found:
        theirs = table[row.name]
        assert row.shape == theirs.output_shape
        counts = row.parameters, row.multiplications, row.activations
        assert counts == (
            theirs.parameters,
            theirs.multiplications,
            theirs.activations,
        )
        assert row.field == theirs.receptive_field


def test_vgg_16_costs_what_the_lecture_says():
    found = totals(rows("vgg16", 224))
    assert found == [138_357_544, 15_470_264_320, 15_237_608, 212]


def test_two_nets_stand_in_one_picture():
    explorer = ArchitectureExplorer("lenet", 28, "vgg11", 64, "activations")
    text = explorer.text()
    assert "LeNet-5, modern, image 28 × 28 × 1\n" in text
    assert "VGG-11, image 64 × 64 × 3\n" in text
    assert len(shown(explorer.static_html())) == 2
    assert explorer.png().startswith(b"\x89PNG")


def test_every_column_of_the_text_ends_where_its_head_does():
    head, *lines = ArchitectureExplorer("alexnet").text().splitlines()[2:]
    ends = [match.end() for match in re.finditer(r"\S+( \S+)*", head)][1:]
    for line in lines:
        assert all(
            line[end - 1 : end + 1].strip() != "" or "Total" in line for end in ends
        )


def test_mime_bundle():
    html, config = checked_bundle(ArchitectureExplorer, "l13-nets")
    assert len(without_resources(html).encode()) < 10_000  # nine nets, entry by entry
    assert len(html.encode()) < 52_000
    assert config["shown"] == [["vgg16", 224]]
    nets = {key: layers for key, *_, layers in config["nets"]}
    assert nets["alexnet"][2] == ["Conv2D", "conv2", 256, 5, 1, "same", 2]
    assert nets["lenet-1998"][2] == ["Conv2D", "C3", 16, 5, 1, 0, 1, 60]
    assert nets["vgg16"][2] == ["MaxPooling2D", "block1_pool"]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"net": "vgg17"}, ValueError, "net.*vgg16.*'vgg17'"),
        ({"net": 16}, TypeError, "net.*16"),
        ({"net": "vgg16", "size": 31}, ValueError, "block5_pool.*MaxPooling2D"),
        ({"net": "alexnet", "size": 50}, ValueError, "pool5.*MaxPooling2D"),
        ({"size": 0}, ValueError, "size.*0"),
        ({"size": LIMITS[1] + 1}, ValueError, "size.*1 to 512.*513"),
        ({"size": 224.0}, TypeError, "size.*224.0"),
        ({"beside": "resnet"}, ValueError, "beside.*None or one of.*'resnet'"),
        ({"beside": "lenet", "beside_size": 8}, ValueError, "S4|C3"),
        ({"bars": "time"}, ValueError, "bars.*parameters.*'time'"),
        ({"name": "L13"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        ArchitectureExplorer(**arguments)
