import numpy as np
import pytest
from explorer_html import checked_bundle, tables, without_resources

from cnnlib import ops, shapes
from cnnlib.explorers import SizeExplorer


def expected(n, k, s, before, after):
    """Count with convolutions: pixels by windows, windows by real pixels."""
    padded = np.pad(np.ones((n, n)), (before, after))
    seen = ops.correlate2d(padded, np.ones((k, k)), s)
    counts = np.zeros_like(padded)
    for r, c in np.ndindex(seen.shape):
        counts[r * s : r * s + k, c * s : c * s + k] += 1
    return counts.tolist(), seen.tolist()


@pytest.mark.parametrize("n", [5, 6, 7, 12])
@pytest.mark.parametrize("k", [1, 2, 3, 5])
@pytest.mark.parametrize("p", [0, 1, 3])
@pytest.mark.parametrize("s", [1, 2, 3, 5])
def test_tables_and_sizes_agree_with_the_library(n, k, p, s):
    explorer = SizeExplorer(n, k, p, s)
    html = explorer.static_html()
    border = shapes.same_padding(n, k, s)
    assert tables(html) == [*expected(n, k, s, p, p), *expected(n, k, s, *border)]
    assert f"+ 1 = {shapes.output_size(n, k, s, p)}</dd>" in html
    assert f"⌈{n} / {s}⌉ = {shapes.output_size(n, k, s, 'same')}</dd>" in html
    assert f"same”: {border[0]} before, {border[1]} after" in html
    assert f"0) = {sum(border)}</dd>" in html


def test_words_of_the_worked_example():
    text = SizeExplorer(6, 3, 0, 2).text()
    assert "⌊(6 + 2·0 − 3) / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2" in text
    assert "Left over: 3 mod 2 = 1: 1 row below, 1 column right" in text
    assert "Keras “same”: 0 before, 1 after" in text
    assert "max((3 − 1)·2 + 3 − 6, 0) = 1" in text
    assert text.endswith("Left over: nothing below or right")
    assert "2 rows below, 2 columns right" in SizeExplorer(7, 5, 0, 3).text()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ((12, 2, 1, 4), "3·(4 − 2) = 6: 6 rows, 6 columns"),
        ((5, 1, 0, 4), "1·(4 − 1) = 3: 3 rows, 3 columns"),
        ((5, 2, 0, 3), "1·(3 − 2) = 1: 1 row, 1 column"),
    ],
)
def test_rows_between_the_windows_are_counted(settings, words):
    explorer = SizeExplorer(*settings)
    assert f"Between the windows: {words}" in explorer.text()
    for line, panel in zip((explorer.own, explorer.same), explorer.panels()):
        unseen = line.padded - line.windows.any(axis=0).sum()
        rest = line.room % line.strides
        counted = dict(panel.facts)["Between the windows"]
        assert f" = {unseen - rest}: " in counted


@pytest.mark.parametrize("settings", [(6, 3, 0, 2), (6, 3, 0, 3), (5, 4, 0, 5)])
def test_windows_without_rows_between_them_do_not_mention_any(settings):
    assert "Between the windows" not in dict(SizeExplorer(*settings).panels()[0].facts)


def test_what_no_window_sees_is_crossed_out_and_the_window_is_bold():
    html = SizeExplorer(6, 3, 0, 2).static_html()
    assert html.count(" lost") == 11
    assert html.count(" at") == 4 + 9
    assert html.count("<b>") == 9 + 1 + 9 + 1


def test_mime_bundle():
    html, config = checked_bundle(SizeExplorer, "l03-size")
    assert len(without_resources(html).encode()) < 8_000
    assert len(html.encode()) < 42_000
    assert config["settings"] == {
        "size": 6,
        "kernel_size": 3,
        "padding": 0,
        "strides": 1,
    }


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"size": 4}, ValueError, "size.*4"),
        ({"size": 13}, ValueError, "size.*5 to 12.*13"),
        ({"size": 6.5}, TypeError, "size.*6.5"),
        ({"kernel_size": 0}, ValueError, "kernel_size.*0"),
        ({"kernel_size": 6}, ValueError, "kernel_size.*1 to 5.*6"),
        ({"padding": -1}, ValueError, "padding.*-1"),
        ({"padding": "same"}, TypeError, "padding.*same"),
        ({"strides": 6}, ValueError, "strides.*1 to 5.*6"),
        ({"name": "L3"}, ValueError, "name.*hyphens"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        SizeExplorer(**arguments)
