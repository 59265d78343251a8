from math import comb

import numpy as np
import pytest
from explorer_html import checked_bundle, without_resources

from cnnlib.explorers import ResidualExplorer
from cnnlib.explorers.residual import PLACES, path_gradients, run
from cnnlib.explorers.tables import MINUS, brief


def relu(x):
    return np.maximum(x, 0)


# a block as the papers write it, a line each
BLOCKS = {
    ("after", False): lambda x, f: relu(f * x),
    ("after", True): lambda x, f: relu(x + f * x),
    ("before", False): lambda x, f: relu(f * x),
    ("before", True): lambda x, f: x + relu(f * x),
    ("preactivation", False): lambda x, f: f * relu(x),
    ("preactivation", True): lambda x, f: x + f * relu(x),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("is_residual", [True, False])
@pytest.mark.parametrize("f", [0.1, 1.5, 0, -0.4, -1.3])
def test_a_stack_makes_what_the_blocks_make_and_slopes_are_differences(
    place, is_residual, f
):
    block = BLOCKS[place, is_residual]

    def through(x, start=0):
        for strength in strengths[start:]:
            x = block(x, strength)
        return x

    strengths = [f, 0, f, f]
    signal = np.array([1, 2.5, -3])
    stack = run(signal.tolist(), strengths, place, is_residual)
    x = signal
    for row, strength in enumerate([*strengths, 0]):
        assert stack.values[row] == pytest.approx(x.tolist())
        here = x[x != 0]  # at 0 a ReLU has a corner
        slopes = (through(here + 1e-6, row) - through(here - 1e-6, row)) / 2e-6
        found = np.array(stack.gradients[row])[x != 0]
        assert found == pytest.approx(slopes, abs=1e-6)
        x = block(x, strength)


def test_twenty_blocks_of_a_tenth():
    explorer = ResidualExplorer()
    assert explorer.plain.values[-1][0] == pytest.approx(1e-20)
    assert explorer.residual.gradients[0][0] == pytest.approx(6.7275, abs=1e-4)
    facts = dict(explorer.facts())
    assert facts["Plain, first number"] == "1 becomes 1e−20; gradient 0.1²⁰ = 1e−20"
    assert facts["Residual, first number"] == "1 becomes 6.73; gradient 1.1²⁰ ≈ 6.73"
    assert facts["Paths in the residual stack"] == "2²⁰ = 1,048,576"
    assert facts["Through 0, 1, 2, … F"] == "1, 20, 190, 1,140, 4,845, …, 1"
    back = "1 + 2 + 1.9 + 1.14 + 0.485 + … + 1e−20 ≈ 6.73"
    assert facts["Their gradients"] == back


def test_a_useless_block_is_the_identity_only_with_a_shortcut():
    explorer = ResidualExplorer((3, -2), 1, 0.5, off=(1,))
    assert explorer.plain.values[-1] == [0, 0]
    assert explorer.residual.values[-1] == [3, 0]  # ReLU(x) is x for x ≥ 0 alone
    before = ResidualExplorer((3, -2), 1, 0.5, "preactivation", off=(1,))
    assert before.residual.values[-1] == [3, -2]


def test_relu_before_the_addition_cannot_take_away():
    for f in (-1.5, -0.3, 0.2, 1.0):
        stack = ResidualExplorer((2, -3), 8, f, "before").residual
        assert (np.diff(stack.values, axis=0) >= 0).all()
    shrinks = ResidualExplorer((2,), 8, -0.5, "after").residual
    assert shrinks.values[-1][0] == pytest.approx(2 * 0.5**8)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("f", [0.3, -0.6, -1.4])
def test_paths_add_up_to_the_gradient(place, f):
    explorer = ResidualExplorer((1, -1), 9, f, place, off=(2, 5))
    for i in range(2):
        slopes = [block[i] for block in explorer.residual.slopes]
        terms = path_gradients(slopes, explorer.live())
        assert len(terms) == 8
        assert sum(terms) == pytest.approx(explorer.residual.gradients[0][i])
    if place == "after" and f > -1:
        slopes = [block[0] for block in explorer.residual.slopes]
        wanted = [comb(7, k) * f**k for k in range(8)]
        assert path_gradients(slopes, explorer.live()) == pytest.approx(wanted)


def test_words_of_what_a_relu_shuts():
    facts = dict(ResidualExplorer((1,), 3, -1.2).facts())
    assert facts["Their gradients"] == "0: a ReLU lets nothing through"
    assert facts["Residual, first number"] == "1 becomes 0; gradient 0³ = 0"
    mixed = dict(ResidualExplorer((1,), 4, -0.5, "preactivation", off=(2,)).facts())
    assert mixed["Residual, first number"].endswith("gradient 0.5³·1 = 0.125")
    assert mixed["Plain, first number"].endswith("gradient (−0.5)·0³ = 0")
    assert mixed["Their gradients"] == "1 + (−1.5) + 0.75 + (−0.125) = 0.125"
    every = dict(ResidualExplorer((1,), 2, 0.5, off=(1, 2)).facts())
    assert every["Their gradients"] == "1"


@pytest.mark.parametrize("show", ["signal", "gradient"])
def test_the_table_and_the_text_show_every_block(show):
    explorer = ResidualExplorer((1, -2), 5, 0.7, off=(3,), show=show)
    [(_, heads, lines)] = explorer.listings()
    assert heads == ["Block", "plain 1", "plain 2", "residual 1", "residual 2"]
    assert [name for name, *_ in lines] == ["in", "1", "2", "3, off", "4", "5"]
    key = "values" if show == "signal" else "gradients"
    for i, (_, *texts) in enumerate(lines):
        row = [
            value
            for stack in (explorer.plain, explorer.residual)
            for value in getattr(stack, key)[i]
        ]
        assert texts == [brief(value) for value in row]
    assert "3, off" in explorer.text()
    assert explorer.static_html().count("<tr>") == 7


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1e-20, "1e−20"),
        (-1.5e-7, "−1.5e−7"),
        (9.994, "9.99"),
        (9.996, "10"),
        (0.0009996, "0.001"),
        (9994, "9990"),
        (9996, "1e4"),
        (0.125, "0.125"),
        (1.08e6, "1.08e6"),
    ],
)
def test_three_digits(value, text):
    assert brief(value) == text
    if value:
        read = float(text.replace(MINUS, "-"))
        assert read == pytest.approx(value, rel=5.1e-3)


def test_mime_bundle():
    html, config = checked_bundle(ResidualExplorer, "l14-residual")
    assert len(without_resources(html).encode()) < 6_000
    assert len(html.encode()) < 44_000  # of which half is base.js and base.css
    assert config["signal"] == [1, 2, -1]
    assert config["off"] == []


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"signal": (1, 2, 3, 4)}, ValueError, "signal.*1 to 3 numbers.*4"),
        ({"signal": ()}, ValueError, "signal"),
        ({"signal": (1, 10)}, ValueError, "signal.*-9 to 9.*10"),
        ({"signal": "x"}, TypeError, "signal"),
        ({"blocks": 21}, ValueError, "blocks.*1 to 20.*21"),
        ({"blocks": 0}, ValueError, "blocks.*0"),
        ({"strength": 0.15}, ValueError, "strength.*tenths.*0.15"),
        ({"strength": 1.6}, ValueError, "strength.*1.5.*1.6"),
        ({"strength": "0.1"}, TypeError, "strength.*0.1"),
        ({"relu": "inside"}, ValueError, "relu.*preactivation.*'inside'"),
        ({"off": (21,)}, ValueError, "off.*1 to 20.*21"),
        ({"off": 3}, TypeError, "off.*3"),
        ({"show": "both"}, ValueError, "show.*gradient.*'both'"),
        ({"name": "L14"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        ResidualExplorer(**arguments)
