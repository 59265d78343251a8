import matplotlib.pyplot as plt
import pytest

from cnnlib import diagrams, plans


def boxes(ax):
    """Return {(column, row): text} of all boxes."""
    return {text.get_position(): text.get_text() for text in ax.texts}


def test_module_3a_has_four_ways():
    (module,) = plans.inception(plans.INCEPTION["3a"])
    found = boxes(diagrams.branches(module, (28, 28, 192)))
    assert found.pop((1.5, 0)) == "28×28×192"
    assert found.pop((1.5, 3)) == "Concatenate  28×28×256"
    words = {place: text.replace("\n", " ") for place, text in found.items()}
    assert [words[x, 1] for x in range(4)] == [
        "1×1 64", "1×1 96", "1×1 16", "pool 3×3 192"
    ]  # fmt: skip
    assert [words[x, 2] for x in (1, 2, 3)] == ["3×3 128", "5×5 32", "1×1 32"]
    assert len(words) == 7


def test_kernels_of_1x1_stand_out():
    (module,) = plans.inception(plans.INCEPTION["3a"], reduced=False)
    ax = diagrams.branches(module, (28, 28, 192))
    colors = {t.get_text(): t.get_bbox_patch().get_facecolor() for t in ax.texts}
    wide = {color for text, color in colors.items() if "3×3" in text or "5×5" in text}
    assert len(wide) == 1
    assert colors["1×1\n64"] not in wide


def test_empty_branch_is_a_line_from_end_to_end():
    add = plans.Add(((plans.Conv2D(2, 3, padding="same"), plans.ReLU()), ()))
    ax = diagrams.branches(add, (5, 5, 2))
    assert boxes(ax)[0.5, 2] == "Add  5×5×2"
    assert len(ax.texts) == 3
    assert [line.get_xdata().tolist() for line in ax.lines][1] == [0.5, 1, 1, 0.5]


def test_axes_can_be_given():
    _, ax = plt.subplots()
    (module,) = plans.inception(plans.INCEPTION["3a"])
    assert diagrams.branches(module, (28, 28, 192), ax) is ax


@pytest.mark.parametrize(
    ("entry", "error", "words"),
    [
        (plans.Conv2D(2, 3), TypeError, "entry: expected a Concatenate or Add"),
        (plans.Concatenate(((),)), ValueError, "at least two plans"),
    ],
)
def test_what_does_not_branch_is_refused(entry, error, words):
    with pytest.raises(error, match=words):
        diagrams.branches(entry, (5, 5, 2))
