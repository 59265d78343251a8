"""The tools of the notebook policy: running, keeping, comparing, the address."""

import contextlib
import json
import sys
from io import BytesIO

import matplotlib.figure
import numpy as np
import pytest
from nbformat.v4 import new_output

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.__main__ import _read_well_formed, title_of
from tools.notebooks.address import Address, read_address
from tools.notebooks.canonical import code_cells, faults, read, text, write
from tools.notebooks.execute import SET, UNSET, kernel_environment
from tools.notebooks.figures import difference, mismatch
from tools.notebooks.fingerprint import fingerprint, is_ignored, stale
from tools.notebooks.setup_cell import set_up
from tools.notebooks.wellformed import malformed

URL = "https://github.com/someone/course"
FIGURE = (
    "import numpy as np\nfrom PIL import Image\n"
    "Image.fromarray(np.full((8, 8), 200, np.uint8))"
)
RANDOM = "import os\nos.urandom(8).hex()"
IGNORE = "nbval-ignore-output"


class TestMakeNotebooks:
    def test_twice_changes_nothing(self, book):
        path = book.add("L02_x", (FIGURE,), (RANDOM, IGNORE))
        assert book.make() == 0
        first = path.read_bytes()
        assert book.make("L02") == 0
        assert path.read_bytes() == first
        assert stale(read(path), book.root) is None

    def test_change_of_cnnlib_replaces_ignored_outputs(self, book):
        path = book.add("L02_x", (f"from cnnlib import ops\n{RANDOM}", IGNORE))
        assert book.make() == 0
        first = read(path)
        (book.root / "cnnlib" / "ops.py").write_text("VALUE = 2\n")
        assert "run make notebooks" in stale(first, book.root)
        assert book.make() == 0
        second = read(path)
        assert code_cells(second)[1].outputs != code_cells(first)[1].outputs
        assert stale(second, book.root) is None

    def test_a_left_over_cell_goes(self, book):
        path = book.add("L02_x", ("",), ("1 + 1",), ("  \n",), ("",))
        assert book.make() == 0
        assert [cell.source for cell in code_cells(read(path))][1:] == ["1 + 1"]

    def test_no_run_writes_the_form_alone(self, book):
        path = book.add("L02_x", ("1 / 0",))
        stored = path.read_bytes()
        path.write_text(json.dumps(json.loads(stored)))
        assert book.make("--no-run") == 0
        kept = read(path)
        assert code_cells(kept)[1].source == "1 / 0"
        assert code_cells(kept)[1].outputs == []
        before = path.read_bytes()
        assert book.make("--no-run") == 0
        assert path.read_bytes() == before

    def test_cleared_outputs_come_back(self, book):
        path = book.add("L02_x", (RANDOM, IGNORE))
        assert book.make() == 0
        cleared = read(path)
        for cell in code_cells(cleared):
            cell.outputs, cell.execution_count = [], None
        write(path, cleared)
        assert book.make() == 0
        assert code_cells(read(path))[1].outputs

    def test_figure_within_tolerance_is_kept_and_another_replaced(self, book, png):
        path = book.add("L02_x", (FIGURE,))
        assert book.make() == 0
        stored = read(path)
        almost, far = np.full((2, 8, 8), 200)
        almost[0, 0], far[:] = 201, 90
        for levels, kept in ((almost, True), (far, False)):
            code_cells(stored)[1].outputs[0].data["image/png"] = png(levels)
            write(path, stored)
            assert book.make() == 0
            outputs = code_cells(read(path))[1].outputs
            assert (outputs[0].data["image/png"] == png(levels)) is kept

    def test_error_names_notebook_cell_and_exception(self, book, capsys):
        path = book.add("L02_x", ("1 + 1",), ("{}['lost']",))
        before = path.read_bytes()
        assert book.make() == 1
        message = capsys.readouterr().err
        assert "L02_x.ipynb, cell 4 (In [3]): KeyError: 'lost'" in message
        assert path.read_bytes() == before

    def test_standard_error_is_refused(self, book, capsys):
        path = book.add("L02_x", ("import sys\nsys.stderr.write('noise');",))
        before = path.read_bytes()
        assert book.make() == 1
        assert "writes to standard error: noise" in capsys.readouterr().err
        assert path.read_bytes() == before

    def test_one_failure_does_not_stop_the_others(self, book):
        book.add("L02_x", ("1 / 0",))
        good = book.add("L03_x", ("1 + 1",))
        assert book.make() == 1
        assert code_cells(read(good))[1].outputs

    def test_unknown_lecture(self, book, capsys):
        book.add("L02_x")
        assert book.make("L99") == 1
        assert "no lecture L99; there are: L02" in capsys.readouterr().err

    def test_kernel_works_in_the_folder_and_environment(self, book, monkeypatch):
        for name in UNSET:
            monkeypatch.setenv(name, "1")
        names = sorted([*SET, *(name for name in UNSET if name != "MPLBACKEND")])
        source = (
            "import os, sys\nfrom pathlib import Path\n"
            f"found = {{n: os.environ[n] for n in {names} if n in os.environ}}\n"
            f"Path('found.txt').write_text(f'{{found}}|{{sys.executable}}');"
        )
        book.add("L02_x", (source,))
        assert book.make() == 0
        found = (book.root / "lectures" / "found.txt").read_text()
        assert found == f"{SET}|{sys.executable}"


BROKEN = [
    (lambda cell: cell["metadata"].update(tags=["a", "a"]), "metadata.tags: "),
    (lambda cell: cell["metadata"].update(tags="a"), "metadata.tags: "),
    (lambda cell: cell["metadata"].update(tags=None), "metadata.tags: "),
    (lambda cell: cell["metadata"].update(jupyter=None), "metadata.jupyter: "),
    (lambda cell: cell["metadata"].update(mystnb=3), "metadata.mystnb: "),
    (lambda cell: cell["metadata"].update(mystnb={"figure": 3}), "mystnb.figure: "),
    (lambda cell: cell.update(id="a b"), "id: "),
    (lambda cell: cell.update(id="a" * 80), "id: "),
    (lambda cell: cell.update(cell_type="new"), "cell_type: expected one of"),
    (lambda cell: cell.pop("source"), "'source' is a required property"),
    (lambda cell: cell.update(outputs=[{"output_type": "new"}]), "outputs.0: "),
    (lambda cell: cell.update(execution_count="1"), "execution_count: "),
    (
        lambda cell: cell.update(
            outputs=[
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"image/png": "abcde"},
                }
            ]
        ),
        "output 1: image/png cannot be read",
    ),
    (
        lambda cell: cell.update(
            outputs=[
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"application/vnd.cnnlib.svg": "<svg"},
                }
            ]
        ),
        "output 1: application/vnd.cnnlib.svg cannot be read",
    ),
]


def parts(value, place=()):
    """Yield the place of each part of a JSON value."""
    if isinstance(value, list):
        names = range(len(value))
    else:
        names = value if isinstance(value, dict) else ()
    for name in names:
        yield (*place, name)
        yield from parts(value[name], (*place, name))


def changed(value, place, other):
    """Return a copy of a JSON value with another part at a place."""
    value = json.loads(json.dumps(value))
    part = value
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = other
    return value


def _write_and_read(path, root):
    notebook = _read_well_formed(path)
    set_up(notebook, None)
    title_of(notebook)
    faults(notebook)
    text(notebook, "L02")
    fingerprint(notebook, root)


class TestMalformed:
    @pytest.mark.parametrize(("damage", "words"), BROKEN)
    @pytest.mark.parametrize("arguments", [(), ("--no-run",)])
    def test_the_cell_is_named_and_nothing_written(
        self, book, capsys, damage, words, arguments
    ):
        path = book.add("L02_x", (FIGURE,))
        content = json.loads(path.read_text())
        damage(content["cells"][2])
        path.write_text(json.dumps(content))
        before = path.read_bytes(), (book.root / "README.md").read_bytes()
        assert book.make(*arguments) == 1
        message = capsys.readouterr().err
        assert message.startswith("L02_x.ipynb, cell 3 (In [")
        assert words in message
        assert (path.read_bytes(), (book.root / "README.md").read_bytes()) == before

    def test_no_part_can_be_of_another_kind_unnoticed(self, book):
        path = book.add("L02_x", (FIGURE, IGNORE), ("1",))
        good = json.loads(path.read_text())
        good["cells"][2]["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": ["a"]},
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"text/plain": "b"},
            },
        ]
        for place in parts(good):
            for other in (None, 3, "x", [3], {"a": 3}):
                path.write_text(json.dumps(changed(good, place, other)))
                with contextlib.suppress(ValueError):
                    _write_and_read(path, book.root)

    @pytest.mark.parametrize(
        "content",
        [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"cells": 3}'],
    )
    def test_a_file_that_is_no_notebook(self, book, capsys, content):
        path = book.add("L02_x")
        path.write_bytes(content)
        assert book.make("--no-run") == 1
        assert f"{path} is not a notebook: " in capsys.readouterr().err
        assert path.read_bytes() == content

    def test_a_cell_without_metadata(self, book, capsys):
        path = book.add("L02_x", (FIGURE,))
        content = json.loads(path.read_text())
        del content["cells"][2]["metadata"]
        path.write_text(json.dumps(content))
        assert book.make() == 1
        expected = "L02_x.ipynb, cell 3 (In [ ]): 'metadata' is a required property"
        assert expected in capsys.readouterr().err

    @pytest.mark.parametrize("metadata", [{"cnnlib": "x"}, {"mystnb": []}])
    def test_metadata_of_the_notebook(self, book, capsys, metadata):
        path = book.add("L02_x")
        path.write_text(
            json.dumps(json.loads(path.read_text()) | {"metadata": metadata})
        )
        assert book.make() == 1
        assert "L02_x.ipynb, metadata." in capsys.readouterr().err

    def test_whole_lectures_are_well_formed(self):
        for path in lecture_paths():
            assert list(malformed(read(path))) == []


def test_environment_is_made_once(monkeypatch):
    monkeypatch.setenv("CNNLIB_PROGRESS", "1")
    monkeypatch.setenv("CNNLIB_STRICT", "1")
    made = kernel_environment()
    assert made.items() >= SET.items()
    assert not set(UNSET) & set(made)


class TestFingerprint:
    def notebook(self, book, *cells):
        return read(book.add("L02_x", *cells))

    def test_none_without_ignored_outputs(self, book):
        assert fingerprint(self.notebook(book, ("1",)), book.root) is None

    def test_comment_ignores_too(self, book):
        cells = code_cells(self.notebook(book, ("# NBVAL_IGNORE_OUTPUT\n1",), ("1",)))
        assert [is_ignored(cell) for cell in cells] == [False, True, False]

    @pytest.mark.parametrize("name", ["cnnlib/ops.py", "requirements.lock"])
    def test_library_and_lock_count(self, book, name):
        notebook = self.notebook(book, ("from cnnlib import ops", IGNORE))
        before = fingerprint(notebook, book.root)
        (book.root / name).write_text("changed")
        assert fingerprint(notebook, book.root) != before

    def test_compiled_files_and_words_do_not_count(self, book):
        notebook = self.notebook(book, ("1", IGNORE))
        before = fingerprint(notebook, book.root)
        (book.root / "cnnlib" / "ops.pyc").write_text("compiled")
        (book.root / "cnnlib" / ".ops.py.swp").write_text("an editor's")
        notebook.cells[0].source = "# Other words"
        set_up(notebook, Address(URL, "main"))
        assert fingerprint(notebook, book.root) == before

    def test_code_counts_cell_by_cell(self, book):
        one = self.notebook(book, ("a", IGNORE), ("bc",))
        other = self.notebook(book, ("ab", IGNORE), ("c",))
        assert fingerprint(one, book.root) != fingerprint(other, book.root)


def matrix(number, size):
    """Return a base64 PNG of a 4x4 matrix of numbers that has `number` in a cell."""
    from base64 import b64encode

    figure = matplotlib.figure.Figure((4, 4), dpi=100)
    axes = figure.subplots()
    axes.imshow(np.zeros((4, 4)), cmap="gray", vmin=-1)
    for place in range(16):
        shown = number if place == 5 else "−1020"
        axes.text(place % 4, place // 4, shown, size=size, ha="center", va="center")
    file = BytesIO()
    figure.savefig(file, format="png")
    return b64encode(file.getvalue()).decode("ascii")


class TestFigures:
    @pytest.mark.parametrize("size", [8, 10, 12])
    @pytest.mark.parametrize("number", ["1020", "+1020", "−1021", "−1820"])
    def test_one_sign_or_digit_is_seen(self, number, size):
        found = difference(matrix("−1020", size), matrix(number, size))
        assert "pixels differ by more than 32 of 255" in found

    def test_rounding_is_not_seen(self, png):
        levels = np.full((99, 99), 100)
        noisy = levels.copy()
        noisy[::5, ::5] += 2
        noisy[0, :3] = 255
        assert difference(png(levels), png(levels)) is None
        assert difference(png(levels), png(noisy)) is None

    def test_faint_shift_everywhere_is_seen(self, png):
        levels = np.full((40, 40), 100)
        assert "mean difference 0.75" in difference(png(levels), png(levels + 1))

    def test_size_is_seen(self, png):
        found = difference(png(np.zeros((4, 6))), png(np.zeros((6, 4))))
        assert found == "size 4x6 pixels, stored 6x4"

    def test_unreadable_image_is_seen(self, png):
        assert "cannot be read" in difference("AAAA", png([[0]]))

    @pytest.mark.parametrize(
        ("stored", "fresh", "message"),
        [
            ([0], [0], None),
            ([0], [], "0 figures came, 1 are stored"),
            ([], [0], "1 figures came, 0 are stored"),
            ([0, 0], [0, 255], "figure 2 differs"),
        ],
    )
    def test_mismatch(self, png, stored, fresh, message):
        both = [
            [new_output("display_data", {"image/png": png([[v] * 9])}) for v in values]
            for values in (stored, fresh)
        ]
        found = mismatch(*both)
        assert found is None if message is None else message in found


class TestAddress:
    def test_fork_changes_one_file(self, book, capsys):
        path = book.add("L02_x", (RANDOM, IGNORE))
        readme = book.root / "README.md"
        assert book.make() == 0
        before = path.read_bytes(), readme.read_bytes()
        assert f"{URL}" not in readme.read_text()
        book.set_address(URL, "lectures/2026")
        assert book.make("--no-run") == 0
        source = code_cells(read(path))[0].source
        assert f"{URL}/archive/refs/heads/lectures/2026.zip" in source
        assert "| [L02_x: a title](lectures/L02_x.ipynb) |" in readme.read_text()
        place = "someone/course/blob/lectures/2026/lectures/L02_x.ipynb"
        assert f"colab.research.google.com/github/{place})" in readme.read_text()
        assert stale(read(path), book.root) is None
        capsys.readouterr()
        assert book.make("--no-run") == 0
        assert capsys.readouterr().out == ""
        book.set_address("")
        assert book.make("--no-run") == 0
        assert (path.read_bytes(), readme.read_bytes()) == before

    @pytest.mark.parametrize(
        "url",
        [
            "github.com/someone/course",
            "http://github.com/someone/course",
            "https://github.com/someone",
            "https://github.com/someone/course/",
            "https://github.com/someone/course.git",
            "https://github.com/someone/course tree",
            "https://example.org/someone/course",
        ],
    )
    def test_malformed_address_is_refused(self, book, capsys, url):
        path = book.add("L02_x")
        before = path.read_bytes()
        book.set_address(url)
        assert book.make("--no-run") == 1
        message = capsys.readouterr().err
        assert "https://github.com/owner/name" in message
        assert repr(url) in message
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        "branch", ["''", "a..b", "a//b", "a/", ".a", "a.lock", "a branch", "-f"]
    )
    def test_malformed_branch_is_refused(self, book, branch):
        book.set_address(URL, branch)
        with pytest.raises(ValueError, match="branch"):
            read_address(book.root)

    @pytest.mark.parametrize(
        "branch", ["1.10", "0123", "on", "off", "0", "2026-01-01", "[main]"]
    )
    def test_a_branch_that_yaml_takes_for_something_else(self, book, branch):
        book.set_address(URL, branch)
        with pytest.raises(ValueError, match=r"_config\.yml.*branch.*in quotes"):
            read_address(book.root)
        book.set_address(URL, f'"{branch.strip("[]")}"')
        assert read_address(book.root).branch == branch.strip("[]")

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("\trepository: {}", "no YAML in line 1, column 1"),
            ("repository: \0", "no YAML: "),
            ("a: 1\n---\nb: 2", "no YAML in line 2, column 1"),
            ("repository: {url: off}", "`repository: url` must be empty or of the"),
            ("repository: {url: 0}", "`repository: url` must be empty or of the"),
            ("repository: {url: [a]}", "`repository: url` must be empty or of the"),
            ("repository:\n  url: a: b", "no YAML in line 2, column 9"),
            ("repository: https://github.com/a/b", "`repository:` must hold lines"),
            ("repository: [a, b]", "`repository:` must hold lines"),
            ("- repository", "the file must hold lines"),
            ("words", "the file must hold lines"),
        ],
    )
    def test_slip_in_the_configuration(self, book, capsys, text, words):
        path = book.add("L02_x", (FIGURE,))
        before = path.read_bytes()
        (book.root / "_config.yml").write_text(text)
        assert book.make() == 1
        message = capsys.readouterr().err
        assert message.startswith("_config.yml: ")
        assert words in message
        assert message.count("\n") == 1
        assert path.read_bytes() == before

    @pytest.mark.parametrize("text", ["", "repository:", "repository: {url:}"])
    def test_no_address(self, book, text):
        (book.root / "_config.yml").write_text(text)
        assert read_address(book.root) is None

    def test_missing_set_up_cell(self, book, capsys):
        path = book.add("L02_x")
        notebook = read(path)
        code_cells(notebook)[0].metadata.tags = []
        write(path, notebook)
        assert book.make("--no-run") == 1
        assert "L02_x.ipynb: one code cell tagged `setup`" in capsys.readouterr().err

    def test_this_repository_has_a_good_address_or_none(self):
        address = read_address(ROOT)
        assert address is None or address.url.startswith("https://github.com/")
