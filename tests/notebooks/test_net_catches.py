"""The notebook test is seen to fail where it must: the net that holds the book."""

import inspect
import os
import re
import shutil
import subprocess
import sys

import nbval.kernel as nbval_kernel
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import code_cells, lecture_of, read, write
from tools.notebooks.execute import refresh
from tools.notebooks.fingerprint import is_ignored

IMPORTS = (
    "import numpy as np\nfrom PIL import Image\nfrom cnnlib import ops\n"
    "from cnnlib.checks import check"
)
STEP = "step = np.repeat([0.0, 255.0], 3)[:, None] * np.ones(6)"
EDGES = (
    'kernel = ops.KERNELS["sobel_y"][:, :, None, None]\n'
    "ops.conv2d(step[None, :, :, None], kernel)[0, :, :, 0].astype(int)"
)
PICTURE = "Image.fromarray(step.astype(np.uint8))"
RANDOM = "import os\nImage.fromarray(np.frombuffer(os.urandom(64), np.uint8, 64)[None])"
CHECK = 'check("L02.predict1", ...)'
EDGES_CELL, PICTURE_CELL, CHECK_CELL = 3, 4, 5
FLIP = """

_right = conv2d


def conv2d(*args, **kwargs):
    return -_right(*args, **kwargs)
"""


def nbval(*paths, library=ROOT):
    """Run nbval with the plugin; return the failed cells and all that was written."""
    folders = os.pathsep.join([str(library), str(ROOT)])
    command = [sys.executable, "-m", "pytest", "-x", "-rf", "--color=no", "-W", "error"]
    command += ["-p", "tools.notebooks.nbval_plugin", "-p", "no:cacheprovider"]
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
    sources = [IMPORTS, STEP, "step.shape", EDGES, PICTURE, CHECK]
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
def with_changed(tmp_path_factory):
    """Return a function that makes a folder with a copy of cnnlib, changed."""

    def change(name, edit):
        folder = tmp_path_factory.mktemp("changed")
        path = shutil.copytree(ROOT / "cnnlib", folder / "cnnlib") / name
        path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
        return folder

    return change


@pytest.fixture(scope="module")
def flipped(with_changed):
    """A folder with a copy of cnnlib whose conv2d has the wrong sign."""
    return with_changed("ops/convolution.py", lambda text: text + FLIP)


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


@pytest.mark.parametrize("name", ["answer_box.js", "answer_box.css"])
def test_changed_script_or_style_passes(stored, with_changed, name):
    changed = with_changed(f"checks/{name}", lambda text: f"/* new */ {text} ")
    failed, output = nbval(stored, library=changed)
    assert failed == [], output


def test_changed_data_of_a_box_fails(change):
    def edit(cells):
        shown = cells[CHECK_CELL].outputs[0].data
        assert "[-1020]" in shown["text/html"]
        shown["text/html"] = shown["text/html"].replace("[-1020]", "[-1021]", 1)

    failed, _ = nbval(change(edit))
    assert failed == [CHECK_CELL]


def test_a_stored_box_has_neither_script_nor_style(stored):
    shown = code_cells(read(stored))[CHECK_CELL].outputs[0].data["text/html"]
    assert '<script data-cnnlib="checks/answer_box.js"></script>' in shown
    assert '<style data-cnnlib="checks/answer_box.css"></style>' in shown


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


def test_nbval_still_has_what_the_plugin_relies_on():
    """Names inside nbval, which another version may call otherwise."""
    run = inspect.getsource(nbval_kernel.RunningKernel.__init__)
    assert "start_new_kernel(" in run
    assert "sanitize_patterns = OrderedDict()" in inspect.getsource(IPyNbFile.__init__)
    assert "sanitize_patterns.items()" in inspect.getsource(IPyNbCell.sanitize)
    cell = inspect.getsource(IPyNbCell)
    assert "self.test_outputs = " in cell
    assert "self.options" in cell
    assert callable(IPyNbCell.raise_cell_error)


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
