"""Outputs that show the machine they ran on are found, and others are let be."""

import sys
import tempfile
from pathlib import Path

import pytest
from nbformat.v4 import new_output

from tools.notebooks import lecture_paths
from tools.notebooks.canonical import code_cells, read
from tools.notebooks.machine import traces


def shown(text, kind="text/plain"):
    return list(traces(new_output("display_data", {kind: text})))


PATHS = [
    "/home/me/a.py",
    "PATH=a:/home/alice/bin",
    "'/private/var/folders/x9/T/tmp1'",
    "/Users/alice/course",
    "C:\\Users\\alice",
    "C:/Users/alice",
    "d:/course/lectures",
    "\\\\server\\share",
    "'\\\\\\\\server\\\\share'",
    "file:///home/alice/a.html",
    "file:///C:/a.html",
    "/srv/course",
    "/workspaces/course",
    "/kaggle/input",
    "/data/mnist",
    "/nix/store/abc-python",
    "/content/held.txt",
    "/notebooks/x",
    "/lustre/alice",
    "/app/course",
    "/github/workspace",
    "/project/course",
    "/sys/fs",
    "/bin/bash",
    "/c/Users/alice",
    "/cygdrive/c/Users",
    "/mnt/c/Users/alice",
    "c:\\users\\alice",
    "\\\\wsl$\\Ubuntu",
    "\\\\?\\C:\\course",
    "vscode-remote://wsl/home/alice",
    "http://localhost/tree?path=%2Fhome%2Falice",
    "(/a/b/c)",
    "/usr/lib/python3/dist-packages/numpy",
    str(Path.home()),
    str(Path.cwd()),
    f"{sys.prefix}:",
    f"<{tempfile.gettempdir()}>",
]
LET_BE = [
    "https://a.org/home/b",
    "~/.keras/datasets",
    "f:\\mathbb{R}",
    "app/lib/bin/sys",
    "</app> <project/>",
    "1/2 and 3/4/5 and/or",
    "a / b / c",
    "// a comment /* another */",
    "</td></tr>",
    "conv2d/kernel/values/x",
    "(n + 2p - k)/s/t/u",
    "12:30, 1:/2",
    "http://127.0.0.1/",
    "'\\\\alpha\\\\beta'",
    "km/h/s/x",
    "0xff00ff00ff",
    "a.b/c/d/e",
    "data:image/png;base64,AAA+/abc/def/ghi/tmp/x==",
]


@pytest.mark.parametrize("text", PATHS)
def test_path(text):
    (found,) = shown(f"it is {text} here")
    assert found.startswith("shows a path of this machine: ")


@pytest.mark.parametrize("text", LET_BE)
def test_what_is_no_path(text):
    assert shown(text) == []
    assert shown(f"it is {text}, here") == []


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("<text>/srv/me</text>", "image/svg+xml"),
        ({"a": ["/srv/me", 3]}, "application/json"),
        ({"path": "C:\\me"}, "application/json"),
        ({"config": {"title": "/home/me"}}, "application/vnd.vegalite.v5+json"),
        ("<b>/srv/me</b>", "text/html"),
        ("see `/srv/me`", "text/markdown"),
    ],
)
def test_every_kind_of_output_is_read(value, kind):
    assert shown(value, kind)


def test_formulas_are_no_network_shares():
    assert shown(r"\begin{matrix} a \\alpha\beta \end{matrix}", "text/latex") == []


@pytest.mark.parametrize("text", ["<Axes at 0x7f12ab34cd>", "'0x7f8f0c3d2e10'"])
def test_address(text):
    (found,) = shown(text)
    assert found.startswith("shows a memory address: ")


@pytest.mark.parametrize("path", lecture_paths(), ids=lambda path: path.stem)
def test_lectures_show_nothing_of_a_machine(path):
    for cell in code_cells(read(path)):
        for output in cell.outputs:
            assert list(traces(output)) == [], cell.source
