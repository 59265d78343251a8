"""The notebook test is seen to fail where it must: the net that holds the book."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import code_cells, lecture_of, read, write
from tools.notebooks.execute import refresh
from tools.notebooks.fingerprint import is_ignored

IMPORTS = "import numpy as np\nfrom PIL import Image\nfrom cnnlib import ops"
STEP = "step = np.repeat([0.0, 255.0], 3)[:, None] * np.ones(6)"
EDGES = (
    'kernel = ops.KERNELS["sobel_y"][:, :, None, None]\n'
    "ops.conv2d(step[None, :, :, None], kernel)[0, :, :, 0].astype(int)"
)
PICTURE = "Image.fromarray(step.astype(np.uint8))"
RANDOM = "import os\nImage.fromarray(np.frombuffer(os.urandom(64), np.uint8, 64)[None])"
EDGES_CELL, PICTURE_CELL, RANDOM_CELL = 3, 4, 5
FLIP = """

_right = conv2d


def conv2d(*args, **kwargs):
    return -_right(*args, **kwargs)
"""


def nbval(*paths, library=ROOT):
    """Run nbval with the plugin; return the failed cells and all that was written."""
    folders = os.pathsep.join([str(library), str(ROOT)])
    command = [sys.executable, "-m", "pytest", "-x", "-rf", "--color=no", "-W", "error"]
    command += ["-p", "tools.notebooks.nbval_figures", "-p", "no:cacheprovider"]
    command += ["--nbval", "--nbval-current-env", "-c", os.devnull]
    run = subprocess.run(
        [*command, *map(str, paths)],
        env=os.environ | {"PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    failed = re.findall(r"^FAILED .*::Cell (\d+)", run.stdout, re.MULTILINE)
    assert bool(failed) == bool(run.returncode), run.stdout
    return [int(cell) for cell in failed], run.stdout


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook that was run and stored: a number, a figure, an ignored figure."""
    from nbformat.v4 import new_code_cell, new_notebook

    path = tmp_path_factory.mktemp("stored") / "L02_x.ipynb"
    sources = [IMPORTS, STEP, "step.shape", EDGES, PICTURE]
    cells = [new_code_cell(source) for source in sources]
    tags = {"tags": ["nbval-ignore-output"]}
    cells.append(new_code_cell(RANDOM, metadata=tags))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        write(path, refresh(new_notebook(cells=cells), path, ROOT))
    return path


@pytest.fixture
def change(stored, tmp_path):
    """Return a function that stores a changed copy of the notebook."""

    def store(edit):
        notebook = read(stored)
        edit(code_cells(notebook))
        path = tmp_path / stored.name
        write(path, notebook)
        return path

    return store


@pytest.fixture(scope="module")
def flipped(tmp_path_factory):
    """A folder with a copy of cnnlib whose conv2d has the wrong sign."""
    folder = tmp_path_factory.mktemp("flipped")
    copy = shutil.copytree(ROOT / "cnnlib", folder / "cnnlib")
    with (copy / "ops" / "convolution.py").open("a") as file:
        file.write(FLIP)
    return folder


def test_untouched_notebook_passes(stored):
    failed, _ = nbval(stored)
    assert failed == []


def test_changed_number_fails(change):
    def edit(cells):
        shown = cells[EDGES_CELL].outputs[0].data
        assert "-1020" in shown["text/plain"]
        shown["text/plain"] = shown["text/plain"].replace("-1020", "-1021", 1)

    failed, _ = nbval(change(edit))
    assert failed == [EDGES_CELL]


def test_wrong_sign_of_conv2d_fails(stored, flipped):
    failed, _ = nbval(stored, library=flipped)
    assert failed == [EDGES_CELL]


def test_changed_figure_fails(change, png):
    def edit(cells):
        data = cells[PICTURE_CELL].outputs[0].data
        data["image/png"] = png([[0] * 6] * 2 + [[255] * 6] * 4)

    failed, output = nbval(change(edit))
    assert failed == [PICTURE_CELL]
    assert f"Cell {PICTURE_CELL}: figure 1 differs from the stored one: " in output
    assert "6 pixels differ by more than 32 of 255 (allowed: 3)" in output


def test_missing_figure_fails(change):
    def edit(cells):
        del cells[PICTURE_CELL].outputs[0].data["image/png"]

    failed, output = nbval(change(edit))
    assert failed == [PICTURE_CELL]
    # Pillow shows an image as PNG and as JPEG
    assert "2 figures came, 1 are stored" in output


def test_plugin_gives_the_kernel_its_environment(change):
    def edit(cells):
        cells[2].source = (
            "import os\nwanted = {'CNNLIB_PROGRESS': '0', 'PYTHONHASHSEED': '0'}\n"
            "assert wanted.items() <= os.environ.items()\n"
            "assert 'PYTEST_CURRENT_TEST' not in os.environ\nstep.shape"
        )

    failed, output = nbval(change(edit))
    assert failed == [], output


EDGE_DETECTION = [path for path in lecture_paths() if lecture_of(path) == "L02"]


@pytest.mark.parametrize("path", EDGE_DETECTION, ids=lecture_of)
class TestEdgeDetection:
    """The same on the real thing, up to the cell that fails."""

    def test_wrong_sign_of_conv2d_fails(self, path, flipped, tmp_path):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        failed, output = nbval(copy, library=flipped)
        assert failed, output
        assert failed[0] > 1, f"the set-up or the imports fail already: {output}"

    def test_changed_number_fails(self, path, tmp_path):
        notebook = read(path)
        index, shown = next(
            (index, output.data)
            for index, cell in enumerate(notebook.cells)
            for output in cell.get("outputs", [])
            if re.search(r"\d", output.get("data", {}).get("text/plain", ""))
            and not is_ignored(cell)
        )
        shown["text/plain"] = re.sub(
            r"\d",
            lambda digit: str((int(digit.group()) + 1) % 10),
            shown["text/plain"],
            count=1,
        )
        notebook.cells = notebook.cells[: index + 1]
        write(tmp_path / path.name, notebook)
        failed, output = nbval(tmp_path / path.name)
        assert failed == [len(code_cells(notebook)) - 1], output
