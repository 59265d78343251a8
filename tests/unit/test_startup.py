import os
import sys

import pytest

from cnnlib.startup import quiet

KNOWN = "2026-01-01 00:00:00: I port.cc:153] oneDNN custom operations are on"


def test_known_chatter_is_dropped_and_the_rest_is_kept(capfd):
    with quiet():
        os.write(2, f"{KNOWN}\nE0000 the disk is full\n\n".encode())
    assert capfd.readouterr().err == "E0000 the disk is full\n"


def test_a_found_gpu_is_not_hidden(capfd):
    line = "I0000 gpu_device.cc:2020] Created device /device:GPU:0 with 14000 MB"
    with quiet():
        os.write(2, f"{line}\n".encode())
    assert line in capfd.readouterr().err


def load_what_is_missing():
    with quiet():
        os.write(2, b"half a line")
        raise ImportError("no such")


def test_an_error_passes_through_with_its_lines(capfd):
    with pytest.raises(ImportError, match="no such"):
        load_what_is_missing()
    assert "half a line" in capfd.readouterr().err


def test_standard_error_works_again_afterwards(capfd):
    with quiet():
        pass
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_where_there_is_no_standard_error_nothing_is_held(monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    with quiet():
        done = True
    assert done


def test_a_tensorflow_that_is_forbidden_is_not_asked(monkeypatch, capfd):
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    with quiet():
        os.write(2, b"new")
    assert capfd.readouterr().err == "new\n"
