"""The functions of a lecture, so that a script measures what the lecture shows."""

from pathlib import Path

from tools.notebooks.canonical import code_cells, read
from tools.notebooks.names import run

LECTURES = Path(__file__).parents[1] / "lectures"


def functions(lecture, *names, **given):
    """Define functions as they stand in the cells of a notebook.

    What they use is run too, if it is not given.

    Args:
        lecture: its number, as "L06".
        names: the names of the functions; where a cell defines one again, the last
            definition counts.
        given: what takes the place of the lecture's own: data, other functions.
    Returns:
        The functions, in this order.
    Raises:
        LookupError: if the lecture does not define one of them.
    """
    (path,) = LECTURES.glob(f"{lecture}_*.ipynb")
    _setup, *cells = code_cells(read(path))  # on Colab the first one installs cnnlib
    room = run([cell.source for cell in cells], names, given)
    missing = [name for name in names if name not in room]
    if missing:
        raise LookupError(f"{path.name}: expected functions {missing}, received none")
    return [room[name] for name in names]
