"""Who has written nothing passes nothing: every stub is run as it stands."""

import pytest

from cnnlib.checks import tables
from cnnlib.checks.result import NOT_WRITTEN, PASSED
from tools.notebooks import lecture_paths
from tools.notebooks.canonical import code_cells, has_tag, lecture_of, read
from tools.notebooks.names import run, used

LECTURES = {lecture_of(path): path for path in lecture_paths()}


def stubs(notebook):
    """Yield the source of each stub with its check, and the cells before."""
    cells = [cell for cell in code_cells(notebook) if not has_tag(cell, "setup")]
    sources = [cell.source for cell in cells]
    for place, cell in enumerate(cells):
        if has_tag(cell, "prediction"):
            yield sources[place], sources[:place]
        elif has_tag(cell, "exercise"):
            yield "\n".join(sources[place : place + 2]), sources[:place]


def results(notebook):
    """Return what each check of an untouched notebook finds."""
    found = []
    for stub, before in stubs(notebook):
        room = run(before, used(stub))
        check = room["check"]
        room["check"] = lambda *args, check=check: found.append(check(*args))
        exec(compile(stub, "<stub>", "exec"), room)
    return found


@pytest.mark.parametrize("lecture", LECTURES)
def test_no_check_passes_before_anything_is_written(lecture, monkeypatch):
    monkeypatch.delenv("CNNLIB_STRICT", raising=False)
    found = results(read(LECTURES[lecture]))
    assert [result for result in found if result.status != NOT_WRITTEN] == []
    wanted = [f"{lecture}.{exercise}" for exercise in tables.load(lecture)]
    assert sorted(result.name for result in found) == sorted(wanted)


def test_a_stub_that_gives_the_answer_away_would_be_found(lecture):
    imports, prediction = code_cells(lecture)[1], code_cells(lecture)[-1]
    imports.source = "from cnnlib.checks import check\nanswer = -1020"
    prediction.source = 'check("L02.predict1", answer)'
    prediction.metadata["tags"] = ["prediction"]
    lecture.cells = [imports, prediction]
    assert [result.status for result in results(lecture)] == [PASSED]
