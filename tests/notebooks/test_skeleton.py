"""What `make lecture` writes passes the tests; what it refuses, it names."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.notebooks import ROOT, anatomy, exercises, style
from tools.notebooks.canonical import faults, lecture_of, read
from tools.notebooks.skeleton import LISTS, main, slug, with_chapter
from tools.notebooks.trace import Lecture

RULES = (*anatomy.RULES, *style.RULES, *exercises.RULES)
TABLES = "tests/unit/checks/tables"
COPIED = (
    "_config.yml",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-text",
    "appendix/errata.toml",
    "appendix/glossary.md",
    "appendix/help.md",
    "appendix/results.md",
    "cnnlib",
    "lectures",
    "pyproject.toml",
    "references.bib",
    "requirements.lock",
    TABLES,
    *LISTS,
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of all that a new lecture touches, which kernels find before this one."""
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(
            source, target
        )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def contents(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_new_lecture_passes_the_tests_of_a_lecture(course):
    before = contents(course)
    assert main(["17", "Attention: to what?"], root=course) == 0
    after = contents(course)
    path = course / "lectures" / "L17_attention_to_what.ipynb"
    new = [path.relative_to(course).as_posix(), "cnnlib/checks/tables/l17.py"]
    assert sorted(set(after) - set(before)) == sorted([*new, f"{TABLES}/test_l17.py"])
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"README.md", "intro.md", "_toc.yml"}
    assert b"17. [Attention: to what?](lectures/L17_att" in after["intro.md"]
    assert b"      - file: lectures/L17_attention_to_what\n" in after["_toc.yml"]

    notebook = read(path)
    assert lecture_of(path) == "L17"
    assert [fault for rule in RULES for fault in rule(notebook, 17)] == []
    assert faults(notebook) == []
    assert all(found.kind for found in Lecture(notebook, "L17").trace())
    environment = os.environ | {"PYTHONPATH": str(course)}
    for command in (
        ["pytest", "-q", "-k", "L17 or l17", TABLES],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
    ):
        ran = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=course,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_skeleton_that_does_not_run_leaves_nothing(course, monkeypatch, capsys):
    template = Path(course, "template.md")
    template.write_text(
        "%% markdown\n# L@N@: @TITLE@\n%% code setup\n1\n%% code\n1 / 0\n"
    )
    monkeypatch.setattr("tools.notebooks.skeleton.TEMPLATE", template)
    before = contents(course)
    assert main(["17"], root=course) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert contents(course) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2"], "a lecture that is not there, and L02_edge_detection.ipynb is"),
        ([""], "N must be a number from 1 to 99, received ''"),
        (["0"], "received '0'"),
        (["x"], "received 'x'"),
        (["1.5"], "received '1.5'"),
        (["117"], "received '117'"),
        (["²"], "received '²'"),
        (["17", "???"], "TITLE must be words in one line"),
        (["17", 'a "b"'], "TITLE must be words in one line"),
        (["17", "a\nb"], "TITLE must be words in one line"),
    ],
)
def test_what_is_refused(capsys, arguments, words):
    # nothing is written, so this may be tried on the course itself
    assert main(arguments, root=ROOT) == 1
    assert words in capsys.readouterr().err


def test_a_file_that_is_there_is_kept(course, capsys):
    table = course / "cnnlib" / "checks" / "tables" / "l17.py"
    table.write_text("mine\n")
    before = contents(course)
    assert main(["17"], root=course) == 1
    assert "cnnlib/checks/tables/l17.py: already there" in capsys.readouterr().err
    assert contents(course) == before


@pytest.mark.parametrize(
    ("number", "order"), [(1, "1 2 5"), (4, "2 4 5"), (9, "2 5 9")]
)
def test_the_place_among_the_chapters(number, order):
    chapters = "- caption: a\n  - file: lectures/L02_a\n  - file: lectures/L05_b\n- c\n"
    found = with_chapter(chapters, number, f"lectures/L{number:02d}_new.ipynb")
    assert [line.split("L0")[1][0] for line in found.split("\n") if "L0" in line] == (
        order.split()
    )
    assert found.endswith("\n- c\n")


def test_slug():
    assert slug("Über-große Kernel, 3×3") == "uber_groe_kernel_33"
