"""What a notebook depends on in cnnlib: no less than it imports, and no more."""

import shutil

import pytest

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import lecture_of, read, text
from tools.notebooks.fingerprint import fingerprint, stale
from tools.notebooks.reach import parsed, reached, readers_names

LECTURES = {lecture_of(path): path for path in lecture_paths()}
WITH_FINGERPRINT = [
    name for name, path in LECTURES.items() if fingerprint(read(path), ROOT)
]


@pytest.fixture
def library(tmp_path):
    """Return a function that writes files of a small cnnlib and their folder."""

    def write(**files):
        for name, content in {"__init__.py": "", **files}.items():
            path = tmp_path / "cnnlib" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return tmp_path

    return write


def names(root, *sources):
    return [
        path.relative_to(root / "cnnlib").as_posix() for path in reached(sources, root)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import numpy", []),
        ("import cnnlib", ["__init__.py"]),
        ("import cnnlib.ops as ops", ["__init__.py", "_base.py", "ops.py"]),
        ("from cnnlib import ops", ["__init__.py", "_base.py", "ops.py"]),
        ("from cnnlib.ops import conv2d", ["__init__.py", "_base.py", "ops.py"]),
        (
            "%matplotlib inline\nfrom cnnlib import ops",
            ["__init__.py", "_base.py", "ops.py"],
        ),
        (
            "def f():\n    import cnnlib.big.one",
            ["__init__.py", "big/__init__.py", "big/one.py", "big/two.py"],
        ),
        (
            "from cnnlib.big import *",
            ["__init__.py", "big/__init__.py", "big/one.py", "big/two.py"],
        ),
        ("from cnnlib.checks import check", []),
        (
            "from cnnlib.plots import use_style",
            ["__init__.py", "look.mplstyle", "plots.py"],
        ),
        (
            'from cnnlib import measured\nmeasured.table("speed")',
            ["__init__.py", "measured.py", "results/speed.json"],
        ),
        ("from cnnlib import nothing", ["__init__.py"]),
        ("this is not Python", []),
    ],
)
def test_reached(library, source, expected):
    files = {
        "_base.py": "",
        "ops.py": "from . import _base",
        "big/__init__.py": "",
        "big/one.py": "def lazy():\n    from .two import x",
        "big/two.py": "",
        "checks/__init__.py": "from cnnlib import ops",
        "checks/box.css": "",
        "plots.py": 'STYLE = "look.mplstyle"',
        "look.mplstyle": "",
        "measured.py": "",
        "results/speed.json": "",
        "results/.speed.json.swp": "",
        "results/other.json": "",
    }
    assert names(library(**files), source) == expected


def test_names_of_the_reader_s_side():
    source = (
        "import cnnlib.checks\nimport numpy\nfrom cnnlib.checks import check as c\n"
        "from cnnlib import explorers, ops\nfrom cnnlib.explorers import SizeExplorer"
    )
    found = {"cnnlib", "c", "explorers", "SizeExplorer"}
    assert readers_names([source]) == found


def test_no_module_is_imported_by_a_computed_name():
    """Such an import could not be read off the code, so only checks may have one."""
    reading = [f"import cnnlib.{path.stem}" for path in (ROOT / "cnnlib").iterdir()]
    for path in reached(reading, ROOT):
        if path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
            assert parsed(source).body, path
            assert "import_module" not in source, path
            assert "__import__" not in source, path


@pytest.fixture
def copy(tmp_path):
    """Return a function that changes a file in a copy of cnnlib, and the copy."""
    shutil.copytree(ROOT / "cnnlib", tmp_path / "cnnlib")
    shutil.copy(ROOT / "requirements.lock", tmp_path)

    def change(name):
        path = tmp_path / "cnnlib" / name
        path.write_text(path.read_text() + "\n")
        return tmp_path

    return change


def test_some_notebooks_ignore_outputs():
    assert "L07" in WITH_FINGERPRINT


@pytest.mark.parametrize("name", LECTURES)
def test_a_hint_a_style_or_a_script_makes_no_notebook_stale(copy, name):
    notebook = read(LECTURES[name])
    before = fingerprint(notebook, ROOT), text(notebook, name)
    for changed in ("checks/engine.py", "checks/answer_box.js", "explorers/base.py"):
        root = copy(changed)
    for style in (root / "cnnlib").rglob("*.css"):
        style.write_text("")
    assert (fingerprint(notebook, root), text(notebook, name)) == before


@pytest.mark.parametrize(
    "changed", ["ops/convolution.py", "network/model.py", "lecture.mplstyle"]
)
def test_what_lecture_7_computes_with_makes_it_stale(copy, changed):
    notebook = read(LECTURES["L07"])
    notebook.metadata.cnnlib.fingerprint = fingerprint(notebook, ROOT)
    assert stale(notebook, ROOT) is None
    assert "run make notebooks" in stale(notebook, copy(changed))
