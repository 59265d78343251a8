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
from tools.notebooks.drawings import BOOK_TYPE
from tools.notebooks.execute import refresh

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
DRAWING = f"""display({{"{BOOK_TYPE}": "<svg x='0.5'/>"}}, raw=True)"""
EDGES_CELL, PICTURE_CELL, CHECK_CELL, DRAWING_CELL = 3, 4, 5, 6
USES = re.compile(r"\bops\.(conv2d|correlate2d)\(")
FLIP = """

_right = conv2d


def conv2d(*args, **kwargs):
    return -_right(*args, **kwargs)
"""


def nbval(*paths, library=ROOT):
    """Run nbval with the plugin; return {notebook: its failed cells}, and the words."""
    folders = os.pathsep.join([str(library), str(ROOT)])
    command = [sys.executable, "-m", "pytest", "-rf", "--color=no", "-W", "error"]
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
    failed = {path.stem: [] for path in paths}
    pattern = r"^FAILED .*?(\w+)\.ipynb::.*?Cell (\d+)"
    for notebook, cell in re.findall(pattern, run.stdout, re.MULTILINE):
        failed[notebook].append(int(cell))
    assert any(failed.values()) == bool(run.returncode), run.stdout
    return failed, run.stdout


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook that was run and stored: a number, a figure, an ignored figure."""
    from nbformat.v4 import new_code_cell, new_notebook

    path = tmp_path_factory.mktemp("stored") / "untouched.ipynb"
    sources = [IMPORTS, STEP, "step.shape", EDGES, PICTURE, CHECK, DRAWING]
    cells = [new_code_cell(source) for source in sources]
    tags = {"tags": ["nbval-ignore-output"]}
    cells.append(new_code_cell(RANDOM, metadata=tags))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        write(path, refresh(new_notebook(cells=cells), path, ROOT))
    return path


def changed_cnnlib(folder, changes):
    """Copy cnnlib into a folder, with something added to its files."""
    shutil.copytree(ROOT / "cnnlib", folder / "cnnlib")
    for name, text in changes.items():
        with (folder / "cnnlib" / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return folder


def changed_number(cells, png):
    shown = cells[EDGES_CELL].outputs[0].data
    assert "-1020" in shown["text/plain"]
    shown["text/plain"] = shown["text/plain"].replace("-1020", "-1021", 1)


def changed_data_of_a_box(cells, png):
    shown = cells[CHECK_CELL].outputs[0].data
    assert "[-1020]" in shown["text/html"]
    shown["text/html"] = shown["text/html"].replace("[-1020]", "[-1021]", 1)


def changed_figure(cells, png):
    data = cells[PICTURE_CELL].outputs[0].data
    data["image/png"] = png([[0] * 6] * 2 + [[255] * 6] * 4)


def missing_figure(cells, png):
    del cells[PICTURE_CELL].outputs[0].data["image/png"]


def changed_drawing(cells, png):
    data = cells[DRAWING_CELL].outputs[0].data
    data[BOOK_TYPE] = data[BOOK_TYPE].replace("0.5", "0.6")


def asks_for_its_environment(cells, png):
    cells[2].source = (
        "import os\nwanted = {'CNNLIB_PROGRESS': '0', 'PYTHONHASHSEED': '0'}\n"
        "assert wanted.items() <= os.environ.items()\n"
        "assert 'PYTEST_CURRENT_TEST' not in os.environ\nstep.shape"
    )


CHANGES = {
    changed_number: [EDGES_CELL],
    changed_data_of_a_box: [CHECK_CELL],
    changed_figure: [PICTURE_CELL],
    changed_drawing: [DRAWING_CELL],
    missing_figure: [PICTURE_CELL],
    asks_for_its_environment: [],
}


def test_a_change_fails_in_its_cell(stored, tmp_path, png):
    """All changes in one run, each in a copy of its own: a run costs seconds."""
    paths, expected = [stored], {stored.stem: []}
    for edit, cells in CHANGES.items():
        notebook = read(stored)
        edit(code_cells(notebook), png)
        paths.append(tmp_path / f"{edit.__name__}.ipynb")
        write(paths[-1], notebook)
        expected[edit.__name__] = cells
    failed, output = nbval(*paths)
    assert failed == expected, output
    assert f"Cell {PICTURE_CELL}: figure 1 differs from the stored one: " in output
    assert "6 pixels differ by more than 32 of 255 (allowed: 3)" in output
    # Pillow shows an image as PNG and as JPEG
    assert "came as image/png and image/jpeg, image/jpeg is stored" in output
    assert "x of svg: 0.5 came, 0.6 is stored" in output


def test_a_changed_script_or_style_passes(stored, tmp_path):
    files = [f"checks/answer_box.{kind}" for kind in ("js", "css")]
    library = changed_cnnlib(tmp_path, dict.fromkeys(files, "\n/* new */\n"))
    failed, output = nbval(stored, library=library)
    assert failed == {stored.stem: []}, output


def test_a_wrong_sign_of_conv2d_fails(stored, tmp_path):
    """In the small notebook, and in L2 as far as the first cell that fails."""
    (lecture,) = [path for path in lecture_paths() if lecture_of(path) == "L02"]
    notebook = read(lecture)
    uses = (i for i, cell in enumerate(notebook.cells) if USES.search(cell.source))
    notebook.cells = notebook.cells[: next(uses) + 1]
    copy = tmp_path / lecture.name
    write(copy, notebook)
    library = changed_cnnlib(tmp_path, {"ops/convolution.py": FLIP})
    failed, output = nbval(stored, copy, library=library)
    last = len(code_cells(notebook)) - 1
    assert failed == {stored.stem: [EDGES_CELL], copy.stem: [last]}, output


def test_a_stored_box_has_neither_script_nor_style(stored):
    shown = code_cells(read(stored))[CHECK_CELL].outputs[0].data["text/html"]
    assert 'checks/answer_box.js"></script>' in shown
    assert '<style data-cnnlib="checks/answer_box.css"></style>' in shown


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
