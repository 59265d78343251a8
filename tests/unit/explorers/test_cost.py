import pytest
from explorer_html import checked_bundle, without_resources

from cnnlib import plans
from cnnlib.explorers import CostExplorer
from cnnlib.explorers.cost import branches


def counted(n, c, *layers):
    """Return multiplications and weights, as a plan counts them."""
    plan = [plans.Conv2D(f, k, padding="same", use_bias=False) for f, k in layers]
    steps = plans.walk(plan, (n, n, c))
    return (
        sum(step.multiplications for step in steps),
        sum(step.parameters for step in steps),
    )


@pytest.mark.parametrize("n", [1, 7, 28])
@pytest.mark.parametrize("k", [1, 3, 5, 7])
@pytest.mark.parametrize(("c", "f", "b"), [(192, 32, 16), (3, 64, 2), (1, 1, 1)])
def test_both_ways_cost_what_a_plan_counts(n, k, c, f, b):
    explorer = CostExplorer(n, k, c, f, b)
    direct = counted(n, c, (f, k))
    assert (explorer.direct.multiplications, explorer.direct.weights) == direct
    assert explorer.reduced == counted(n, c, (b, 1), (f, k))
    even, widest = explorer.break_even
    assert widest < even <= widest + 1
    for width in filter(None, (widest, widest + 1)):
        is_cheaper = counted(n, c, (width, 1), (f, k)) < direct
        assert is_cheaper == (width == widest)


def test_the_branches_are_those_of_googlenet():
    steps = plans.walk(plans.googlenet(), (224, 224, 3))
    by_name = {step.entry.name: step for step in steps}
    assert len(branches()) == 18
    for name, settings in branches().items():
        module, k = name[:2], settings[1]
        kernel = by_name[f"inception_{module}_{k}x{k}"]
        first = by_name[f"inception_{module}_{k}x{k}_reduce"]
        explorer = CostExplorer(*settings)
        stages = [stage.multiplications for stage in explorer.stages]
        assert stages == [first.multiplications, kernel.multiplications]
        weights = [
            stage.weights + b for stage, b in zip(explorer.stages, settings[:2:-1])
        ]
        assert weights == [first.parameters, kernel.parameters]
    assert branches()["3a, 5 × 5"] == (28, 5, 192, 32, 16)


def test_words_of_the_worked_example():
    facts = dict(CostExplorer().facts())
    assert facts["Direct"] == "28·28·5·5·192·32 = 120,422,400"
    stages = "28·28·1·1·192·16 + 28·28·5·5·16·32"
    assert facts["Two stages"] == f"{stages} = 12,443,648"
    ratio = "153,600 / 15,872 ≈ 9.677: direct costs more, whatever the image"
    assert facts["Direct / two stages"] == ratio
    assert facts["Break-even width"] == "5·5·192·32 / (192 + 5·5·32) ≈ 154.839"
    assert facts["A bottleneck that saves"] == "up to 154 filters; here it has 16"
    text = CostExplorer().text()
    assert "1 × 1, 192 to 16        2,408,448    3,072" in text
    assert "5 × 5, 16 to 32        10,035,200   12,800" in text


def test_words_where_a_bottleneck_does_not_save():
    dearer = dict(CostExplorer(bottleneck=155).facts())
    assert "≈ 0.999: direct costs less" in dearer["Direct / two stages"]
    equal = dict(CostExplorer(7, 1, 2, 2, 1).facts())
    assert "4 / 4 = 1: both cost the same" in equal["Direct / two stages"]
    assert equal["A bottleneck that saves"].startswith("none; here")
    one = dict(CostExplorer(7, 1, 3, 3, 1).facts())
    assert one["A bottleneck that saves"].startswith("up to 1 filter; here")


def test_mime_bundle():
    html, config = checked_bundle(CostExplorer, "l15-cost")
    assert len(without_resources(html).encode()) < 4_000
    assert len(html.encode()) < 40_000  # of which more than half is base.js, base.css
    settings = {"size": 28, "channels": 192, "filters": 32, "bottleneck": 16}
    assert config["settings"] == settings | {"kernel": 5}


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"size": 0}, ValueError, "size.*0"),
        ({"size": 65}, ValueError, "size.*1 to 64.*65"),
        ({"kernel_size": 2}, ValueError, "kernel_size.*1, 3, 5, 7.*2"),
        ({"kernel_size": 9}, ValueError, "kernel_size.*9"),
        ({"kernel_size": 3.0}, TypeError, "kernel_size.*3.0"),
        ({"channels": 1025}, ValueError, "channels.*1 to 1024.*1025"),
        ({"filters": 513}, ValueError, "filters.*1 to 512.*513"),
        ({"bottleneck": 0}, ValueError, "bottleneck.*0"),
        ({"name": "L15"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        CostExplorer(**arguments)
