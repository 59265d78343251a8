"""The functions of a lecture, so that a script measures what the lecture shows."""

import ast
from pathlib import Path

from tools.notebooks.canonical import read

LECTURES = Path(__file__).parents[1] / "lectures"


def functions(lecture, *names, **given):
    """Define functions as they stand in the cells of a notebook.

    Args:
        lecture: its number, as "L06".
        names: the names of the functions; where a cell defines one again, the last
            definition counts.
        given: what they use and do not import: data, other functions, keras.
    Returns:
        The functions, in this order.
    Raises:
        LookupError: if the lecture does not define one of them.
    """
    (path,) = LECTURES.glob(f"{lecture}_*.ipynb")
    cells = [c for c in read(path).cells if c.cell_type == "code"]
    _setup, *cells = cells  # on Colab the first one installs cnnlib
    room = dict(given)  # default values may need them
    for statement in (s for cell in cells for s in ast.parse(cell.source).body):
        wanted = getattr(statement, "name", None) in names
        if wanted or isinstance(statement, (ast.Import, ast.ImportFrom)):
            code = compile(ast.Module([statement], []), str(path), "exec")
            exec(code, room)
    missing = [name for name in names if name not in room]
    if missing:
        raise LookupError(f"{path.name}: expected functions {missing}, received none")
    room.update(given)
    return [room[name] for name in names]
