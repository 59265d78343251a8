import io
import sys

import numpy as np
import pytest

from cnnlib._progress import Progress
from cnnlib.layers import Dense, Flatten
from cnnlib.network import Network
from cnnlib.optimizers import SGD


class Terminal(io.StringIO):
    def isatty(self):
        return True


def train():
    x, y = np.zeros((20, 2, 2, 1), "float32"), np.zeros(20, int)
    Network([Flatten(), Dense(2)]).fit(
        x, y, epochs=2, batch_size=5, optimizer=SGD(0.1), validation_data=(x, y)
    )


@pytest.fixture
def watch(monkeypatch):
    """Return what makes a stream of the standard output, in the test itself."""
    monkeypatch.delenv("CNNLIB_PROGRESS", raising=False)

    def start(stream):
        monkeypatch.setattr(sys, "stdout", stream)
        return stream

    return start


def test_a_terminal_sees_one_line_an_epoch(watch):
    terminal = watch(Terminal())
    train()
    lines = terminal.getvalue().split("\n")
    assert len(lines) == 3
    assert lines[-1] == ""
    for number, line in enumerate(lines[:2], 1):
        last = line.split("\r")[-1]
        assert last.startswith(f"epoch {number}/2  loss 0.")
        assert "val_accuracy 1.0000" in last


def test_a_notebook_sees_it_too(watch, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    output = watch(io.StringIO())
    train()
    assert "epoch 2/2  loss" in output.getvalue()


def test_it_is_silent_on_request(watch, monkeypatch):
    terminal = watch(Terminal())
    monkeypatch.setenv("CNNLIB_PROGRESS", "0")
    train()
    assert terminal.getvalue() == ""


def test_it_is_silent_in_a_file(watch, monkeypatch):
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    output = watch(io.StringIO())
    train()
    assert output.getvalue() == ""


def test_a_short_line_leaves_nothing_of_a_long_one(watch):
    terminal = watch(Terminal())
    progress = Progress()
    progress.show("a long line")
    progress.keep("short")
    assert terminal.getvalue() == "\ra long line\rshort      \n"


def test_updates_that_follow_at_once_are_skipped(watch):
    terminal = watch(Terminal())
    progress = Progress()
    for number in range(100):
        progress.show(f"line {number}")
    assert terminal.getvalue().count("\r") < 50
