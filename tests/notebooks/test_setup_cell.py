"""The set-up cell, run in a shell as on each machine that a reader may have."""

import sys
from importlib import metadata
from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from tools.notebooks import lecture_paths
from tools.notebooks.address import Address
from tools.notebooks.canonical import code_cells, lecture_of, read
from tools.notebooks.names import made
from tools.notebooks.setup_cell import keras_sections, set_up, setup_source

ADDRESS = Address("https://github.com/someone/course", "main")
ARCHIVE = "https://github.com/someone/course/archive/refs/heads/main.zip"
NUMPY = f"numpy=={metadata.version('numpy')}"
IMPORTS = "import numpy as np\n\nwith quiet():\n    import keras"
CELLS = [
    new_markdown_cell("# L02: A title\n\n## Where this leads"),
    new_code_cell("", metadata={"tags": ["setup", "hide-cell"]}),
    new_code_cell(IMPORTS),
    new_markdown_cell("## By hand"),
    new_code_cell("total = np.sum([1, 2])"),
    new_markdown_cell("## What Keras calls it"),
    new_code_cell("def by_keras(x):\n    return keras.ops.sum(x)"),
    new_markdown_cell("## In practice"),
    new_code_cell("assert by_keras([1, 2]) == total"),
]
KERAS = new_notebook(cells=CELLS)
NUMPY_ALONE = new_notebook(cells=[*CELLS[:2], *CELLS[3:5]])
PARTS = "Keras, which needs it, is used in: What Keras calls it; In practice"


class Machine:
    """A shell without some modules, perhaps on Colab, whose pip installs nothing."""

    def __init__(self, monkeypatch, capsys):
        self._monkeypatch, self._capsys = monkeypatch, capsys
        config = Config()
        config.HistoryManager.enabled = False
        self._shell = InteractiveShell(config=config)
        self._shell.run_line_magic("colors", "nocolor")
        self.installed = []
        self._shell.register_magic_function(self.installed.append, "line", "pip")

    def run(self, notebook, address, *, without=(), colab=False):
        """Run the cell; return the kind of error that stops it, and what is shown."""
        for name in without:
            self._monkeypatch.setitem(sys.modules, name, None)
        if colab:
            self._monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace())
        self._monkeypatch.setattr(
            "importlib.util.find_spec", lambda name: None if name in without else name
        )
        result = self._shell.run_cell(setup_source(notebook, address))
        shown = self._capsys.readouterr().out
        error = result.error_in_exec or result.error_before_exec
        return type(error), shown


@pytest.fixture
def machine(monkeypatch, capsys):
    return Machine(monkeypatch, capsys)


def last_line(shown):
    return shown.strip().splitlines()[-1]


@pytest.mark.parametrize("notebook", [KERAS, NUMPY_ALONE], ids=["keras", "numpy"])
@pytest.mark.parametrize("address", [ADDRESS, None], ids=["address", "none"])
class TestEveryForm:
    @pytest.mark.parametrize("colab", [True, False])
    def test_where_all_is_there_it_does_nothing(
        self, machine, notebook, address, colab
    ):
        assert machine.run(notebook, address, colab=colab) == (type(None), "")
        assert machine.installed == []

    def test_without_cnnlib_it_stops_and_says_how_to_get_it(
        self, machine, notebook, address
    ):
        error, shown = machine.run(notebook, address, without=["cnnlib"])
        assert error is ModuleNotFoundError
        assert machine.installed == []
        source = ARCHIVE if address else ".."
        assert "is missing. Run" in last_line(shown)
        assert f"%pip install {source}" in last_line(shown)

    def test_fits_a_page(self, notebook, address):
        lines = setup_source(notebook, address).splitlines()
        assert len(lines) <= 20
        assert max(len(line) for line in lines if "https:" not in line) <= 76


class TestOnColab:
    @pytest.mark.parametrize("notebook", [KERAS, NUMPY_ALONE], ids=["keras", "numpy"])
    def test_cnnlib_is_installed_and_numpy_stays(self, machine, notebook):
        found = machine.run(notebook, ADDRESS, without=["cnnlib"], colab=True)
        assert found == (type(None), "")
        assert machine.installed == [f"install -q {ARCHIVE} {NUMPY}"]

    def test_tensorflow_is_installed_and_the_parts_are_named(self, machine):
        without = ["cnnlib", "tensorflow"]
        error, shown = machine.run(KERAS, ADDRESS, without=without, colab=True)
        assert error is type(None)
        assert shown == f"TensorFlow is missing. {PARTS}\n"
        assert machine.installed == [f"install -q {ARCHIVE} tensorflow {NUMPY}"]

    @pytest.mark.parametrize("address", [ADDRESS, None], ids=["address", "none"])
    def test_tensorflow_alone(self, machine, address):
        without = ["tensorflow"]
        error, shown = machine.run(KERAS, address, without=without, colab=True)
        assert error is type(None)
        assert PARTS in shown
        assert machine.installed == [f"install -q tensorflow {NUMPY}"]

    def test_a_lecture_without_keras_does_without_tensorflow(self, machine):
        without = ["tensorflow"]
        found = machine.run(NUMPY_ALONE, ADDRESS, without=without, colab=True)
        assert found == (type(None), "")
        assert machine.installed == []

    def test_without_an_address_it_says_how_to_bring_cnnlib(self, machine):
        error, shown = machine.run(KERAS, None, without=["cnnlib"], colab=True)
        assert error is ModuleNotFoundError
        assert "on Colab, upload it and run: %pip install course.zip" in last_line(
            shown
        )
        assert machine.installed == []


@pytest.mark.parametrize("address", [ADDRESS, None], ids=["address", "none"])
def test_elsewhere_without_tensorflow_it_stops_and_names_the_parts(machine, address):
    error, shown = machine.run(KERAS, address, without=["tensorflow"])
    assert error is ModuleNotFoundError
    assert shown.startswith(f"TensorFlow is missing. {PARTS}\n")
    assert "%pip install tensorflow" in last_line(shown)
    assert machine.installed == []


def test_sections_that_stand_on_keras():
    assert keras_sections(KERAS) == ["What Keras calls it", "In practice"]
    assert keras_sections(NUMPY_ALONE) == []


def test_titles_with_quotation_marks(machine):
    titles = ['The "same"', "It's", 'It\'s the "same"', "A\\B"]
    cells = CELLS[:3]
    for title in titles:
        cells += [new_markdown_cell(f"## {title}"), new_code_cell("keras")]
    notebook = new_notebook(cells=cells)
    _, shown = machine.run(notebook, None, without=["tensorflow"], colab=True)
    assert shown.endswith(f"is used in: {'; '.join(titles)}\n")


@pytest.mark.parametrize("path", lecture_paths(), ids=lecture_of)
@pytest.mark.parametrize("address", [ADDRESS, None], ids=["address", "none"])
def test_no_name_of_the_lecture_is_touched(path, address):
    notebook = read(path)
    set_up(notebook, address)
    setup, *cells = code_cells(notebook)
    names = set().union(*(made(cell.source) for cell in cells))
    assert made(setup.source)
    assert not made(setup.source) & names
