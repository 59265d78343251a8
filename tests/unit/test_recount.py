import pytest

from cnnlib import recount as module
from cnnlib.recount import ledger, recount, shown


def test_the_rows_of_a_lecture():
    text = repr(recount("L08"))
    assert "**LeNet-5, 1998**: [LeCun et al. (1998)](https://doi.org/" in text
    assert "| C1, connections | 122,304† | 122,304 | – | agrees |" in text
    assert "| all parameters | 60,000 | 60,000 | 60,000 | agrees |" in text
    assert "\n\n† seen as others quote it" in text
    assert "conv1" not in text
    assert recount("L08")._repr_markdown_() == text


def test_one_network_and_no_paper():
    text = repr(recount("L12", "AlexNet without groups"))
    heads, _, first = text.splitlines()[2:5]
    assert heads == "|  | counted | Keras | verdict |"
    assert first == "| conv2, parameters | 614,656 | 614,656 | Keras agrees |"
    assert text.count("**") == 2
    assert "†" not in text


def test_what_differs_says_why():
    text = repr(recount("L12", "AlexNet"))
    (line,) = [line for line in text.splitlines() if "conv1, neurons" in line]
    assert "| 253,440 | 290,400 | 290,400 | differs: 55 · 48 · 96, " in line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("L8",), r"lecture: expected one of L08, L12, L13.*, received 'L8'"),
        ((8,), "lecture: expected one of L08, "),
        (("L08", "AlexNet"), "network: expected one of LeNet-5, 1998, LeNet-5 as"),
    ],
)
def test_what_is_not_in_the_ledger_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        recount(*arguments)


def test_what_was_not_seen_is_marked(monkeypatch):
    row = {"lecture": "L99", "network": "Net", "what": "parameters", "said": "7"}
    row |= {"seen": "unseen", "counted": 7, "keras": None, "verdict": "agrees"}
    found = {"rows": [row], "sources": {"Net": "somebody"}}
    monkeypatch.setattr(module, "ledger", lambda: found)
    text = repr(recount("L99"))
    assert "| parameters | 7‡ | 7 | – | agrees |" in text
    assert text.endswith("‡ not seen: no source of it could be read.")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0, "0"),
        (12_345, "12,345"),
        ([1, 2_000], "1, 2,000"),
        ("5×5", "5×5"),
    ],
)
def test_numbers_are_written_with_commas(value, text):
    assert shown(value) == text


def test_a_row_is_complete():
    fields = {"lecture", "network", "what", "said", "seen", "counted", "keras"}
    for row in ledger()["rows"]:
        assert set(row) == fields | {"verdict"}
        assert row["seen"] in (None, "words", *module.NOTES)
        assert (row["said"] is None) == (row["seen"] is None)
        if row["said"] is not None:
            assert row["network"] in ledger()["sources"]
            assert row["verdict"].startswith(("agrees", "differs: "))
