"""Stored notebooks are in canonical form, and nothing stale is in them."""

import json
from base64 import b64decode

import pytest
from nbformat import ValidationError, from_dict
from nbformat.v4 import new_code_cell, new_output, reads_json

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.canonical import (
    MAX_BYTES,
    code_cells,
    faults,
    lecture_of,
    read,
    replace_text,
    text,
    write,
)
from tools.notebooks.fingerprint import stale

LECTURES = lecture_paths()
MEND = "run: make notebooks LECTURE={}"


def test_there_are_lectures():
    assert LECTURES


@pytest.mark.parametrize("path", LECTURES, ids=lecture_of)
class TestLecture:
    def test_is_canonical(self, path):
        name = lecture_of(path)
        same = path.read_text(encoding="utf-8") == text(read(path), name)
        assert same, f"{path.name} is not in canonical form; {MEND.format(name)}"

    def test_has_no_faults(self, path):
        found = faults(read(path))
        assert not found, "\n".join([path.name, *found])

    def test_ignored_outputs_are_not_stale(self, path):
        found = stale(read(path), ROOT)
        assert found is None, f"{path.name}: {found}"


def test_text_is_stable(lecture, tmp_path):
    path = tmp_path / "L02_x.ipynb"
    assert write(path, lecture)
    assert not write(path, read(path))
    first = path.read_text()
    assert first.endswith("}\n")
    assert json.loads(first) == json.loads(
        json.dumps(json.loads(first), sort_keys=True)
    )


def test_kernel_and_front_end_noise_goes(lecture):
    expected = text(lecture, "L02")
    lecture.metadata |= {"widgets": {}, "colab": {"provenance": []}}
    lecture.metadata["language_info"] = {"name": "python", "version": "3.11.1"}
    lecture.metadata["kernelspec"] = {"name": "venv", "display_name": "mine"}
    for cell in code_cells(lecture):
        cell.metadata |= {"execution": {"iopub.status.busy": "2024"}, "scrolled": True}
        for output in cell.outputs:
            output.metadata |= {"needs_background": "light"}
    assert text(lecture, "L02") == expected


def test_what_is_collapsed_is_so_on_colab(lecture):
    stored = json.loads(text(lecture, "L02"))
    headings = [
        cell["id"]
        for cell in stored["cells"]
        if cell["metadata"].get("jp-MarkdownHeadingCollapsed")
    ]
    assert len(headings) == 4
    assert stored["metadata"]["colab"] == {"collapsed_sections": headings}
    named = [cell for cell in stored["cells"] if "id" in cell["metadata"]]
    assert [cell["metadata"]["id"] for cell in named] == headings
    assert [cell["id"] for cell in named] == headings


@pytest.mark.parametrize(
    ("hidden", "kept"),
    [
        ({}, {}),
        ({"source_hidden": False}, {}),
        ({"source_hidden": True}, {"jupyter": {"source_hidden": True}}),
        (
            {"outputs_hidden": True},
            {"collapsed": True, "jupyter": {"outputs_hidden": True}},
        ),
    ],
)
def test_what_is_hidden_is_stored_as_jupyterlab_writes_it(lecture, hidden, kept):
    code_cells(lecture)[1].metadata = {"jupyter": hidden}
    stored = json.loads(text(lecture, "L02"))["cells"]
    assert [c for c in stored if c["cell_type"] == "code"][1]["metadata"] == kept


def test_missing_and_duplicate_ids_become_places(lecture):
    kept = lecture.cells[0].id
    del lecture.cells[1]["id"]
    lecture.cells[2]["id"] = kept
    lecture.cells[3]["id"] = "l02-002"
    ids = [cell["id"] for cell in json.loads(text(lecture, "L02"))["cells"]]
    assert ids[:4] == [kept, "l02-002x", "l02-003", "l02-002"]


def test_consecutive_streams_are_merged(lecture):
    cell = code_cells(lecture)[0]
    parts = [new_output("stream", name="stdout", text=part) for part in ("a\n", "b\n")]
    shown = new_output("display_data", {"text/plain": "x"})
    cell.outputs = [*parts, shown, parts[0]]
    outputs = json.loads(text(lecture, "L02"))["cells"][2]["outputs"]
    assert [output.get("text") for output in outputs] == [["a\n", "b\n"], None, ["a\n"]]


def test_png_loses_its_notes(lecture, png):
    cell = next(cell for cell in code_cells(lecture) if cell.outputs)
    plain = png([[0, 255]])
    found = []
    for data in (plain, png([[0, 255]], Software="drawn by 1.0")):
        cell.outputs[0].data["image/png"] = data
        found.append(text(lecture, "L02"))
    assert found[0] == found[1]
    assert b"Software" not in b64decode(plain)


def test_whole_notebook_has_no_faults(lecture):
    assert faults(lecture) == []


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (
            new_output("error", ename="ValueError", evalue="no", traceback=[]),
            "an error",
        ),
        (new_output("stream", name="stderr", text="a warning"), "standard error"),
        (new_output("stream", name="stdout", text="in /home/me/a.py"), "/home/me/a.py"),
        (new_output("display_data", {"text/plain": "C:\\Users\\me"}), "a path"),
        (
            new_output("execute_result", {"text/plain": "<Axes at 0x7f12ab34cd>"}),
            "a memory address",
        ),
        (
            new_output(
                "display_data",
                {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}},
            ),
            "widget",
        ),
        (new_output("stream", name="stdout", text="a" * MAX_BYTES), "bytes"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_fault(lecture, output, message):
    code_cells(lecture)[1].outputs = [output]
    assert message in "\n".join(faults(lecture))


def test_execution_counts_must_be_in_order(lecture):
    code_cells(lecture)[1].execution_count = 7
    assert faults(lecture) == [
        "cell 4 (In [7]): execution count 7, expected 2: run make notebooks"
    ]


def test_addresses_on_the_web_are_no_paths(lecture):
    shown = new_output("stream", name="stdout", text="https://a.org/home/b 1/usr/2")
    code_cells(lecture)[1].outputs = [shown]
    assert faults(lecture) == []


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"nbformat": 3, "cells": []}'])
def test_what_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "L02_x.ipynb"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"L02_x\.ipynb"):
        read(path)


def test_failed_write_leaves_the_file(lecture, tmp_path, monkeypatch):
    path = tmp_path / "L02_x.ipynb"
    write(path, lecture)
    before = path.read_bytes()
    broken = from_dict(lecture)
    broken.cells[0].cell_type = "unknown"
    with pytest.raises(ValidationError):
        write(path, broken)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        replace_text(path, "other")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_empty_cells_go(lecture):
    expected = text(lecture, "L02")
    for index, source in enumerate(("", " \n", "")):
        lecture.cells.insert(5 * index, new_code_cell(source))
    lecture.cells.append(new_code_cell(""))
    assert [cell["source"] for cell in json.loads(text(lecture, "L02"))["cells"]] == [
        cell["source"] for cell in json.loads(expected)["cells"]
    ]
    assert text(reads_json(text(lecture, "L02")), "L02") == expected


def test_an_empty_cell_with_a_tag_is_asked_for(lecture):
    code_cells(lecture)[2].source = " "
    code_cells(lecture)[2].metadata.tags = ["explorer"]
    assert "an empty cell: write it, or delete it" in "\n".join(faults(lecture))


def test_scripts_and_styles_stay_outside(lecture):
    def with_output(html):
        shown = new_output("display_data", {"text/html": html})
        code_cells(lecture)[1].outputs = [shown]
        return text(lecture, "L02")

    live = '<b>1</b><style data-cnnlib="a.css">\nb{}\n</style>'
    live += '<script data-cnnlib="a.js b.js">\nif (1 < 2) f("<b>");\n</script>'
    stored = '<b>1</b><style data-cnnlib="a.css"></style>'
    stored += '<script data-cnnlib="a.js b.js"></script>'
    assert with_output(live) == with_output(stored)
    assert with_output("<script>f()</script>") != with_output("<script></script>")


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_mode_stays(tmp_path, mode):
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(mode)
    assert replace_text(path, "new")
    assert path.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_a_link_stays_one(tmp_path, link):
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "target"
    target.write_text("old")
    path = tmp_path / "link"
    getattr(path, link)(target)
    assert replace_text(path, "new")
    assert target.read_text() == path.read_text() == "new"
    assert path.is_symlink() == (link == "symlink_to")
    assert path.samefile(target)
    assert list(target.parent.iterdir()) == [target]
