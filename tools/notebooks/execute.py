"""Run a notebook, and decide which of its stored outputs stay."""

import copy
import os
import subprocess
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager

from tools.notebooks.canonical import cell_name, code_cells, faults, without_empty_cells
from tools.notebooks.figures import COMPARED, difference
from tools.notebooks.fingerprint import fingerprint, is_ignored

TIMEOUT = 600  # seconds a cell

# The environment of every kernel, under `make notebooks` and under nbval alike.
SET = {
    "CNNLIB_PROGRESS": "0",
    "CNNLIB_SVG": "1",
    "KERAS_BACKEND": "tensorflow",
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "2",
}
# pytest's own variable is among these because ipykernel captures what C code writes
# only where it is absent: with it, nbval would see less than `make notebooks`.
UNSET = (
    "CNNLIB_DATA",
    "CNNLIB_STRICT",
    "COLUMNS",
    "MATPLOTLIBRC",
    "MPLBACKEND",
    "PYTEST_CURRENT_TEST",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
)


class NotebookError(Exception):
    """A notebook did not run to its end, or stored what it must not."""


class SameEnvironmentKernel(AsyncKernelManager):
    """The kernel of this very Python, found as nbval finds it."""

    def __init__(self, **kwargs):
        """Take the kernel of this Python, whatever the notebook names."""
        super().__init__(**kwargs)
        self.kernel_spec_manager = NbvalKernelspecManager()
        self.kernel_name = CURRENT_ENV_KERNEL_NAME


def kernel_environment():
    """Return the variables of a kernel: this process's, with SET and UNSET applied."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return kept | SET


def refresh(notebook, path, root):
    """Return the notebook as run now, with the stored outputs that still hold.

    Args:
        notebook: the stored notebook; it is not changed.
        path: its file; the kernel works in that folder.
        root: the repository's folder.
    Raises: NotebookError, which names the notebook, the cell and the exception.
    """
    notebook = copy.deepcopy(notebook)
    notebook.cells = without_empty_cells(notebook)
    fresh = run(notebook, path)
    print_now = fingerprint(fresh, root)
    print_then = notebook.metadata.get("cnnlib", {}).get("fingerprint")
    keep_stored(fresh, notebook, ignored_too=print_now == print_then)
    fresh.metadata.pop("cnnlib", None)
    if print_now:
        fresh.metadata["cnnlib"] = {"fingerprint": print_now}
    found = faults(fresh)
    if found:
        raise NotebookError("\n".join(f"{Path(path).name}, {fault}" for fault in found))
    return fresh


def run(notebook, path):
    """Return a copy of the notebook with the outputs of a run in a new kernel."""
    fresh = copy.deepcopy(notebook)
    client = NotebookClient(
        fresh,
        timeout=TIMEOUT,
        kernel_manager_class=SameEnvironmentKernel,
        resources={"metadata": {"path": str(Path(path).parent)}},
        record_timing=False,
    )
    # as under nbval, what the kernel process itself says goes nowhere
    quiet = {"env": kernel_environment(), "stderr": subprocess.DEVNULL}
    with client.setup_kernel(**quiet):
        for index, cell in enumerate(fresh.cells):
            try:
                client.execute_cell(cell, index)
            except CellExecutionError as error:
                what = f"{error.ename}: {error.evalue}\n{error.traceback}"
                raise _error(path, index, cell, what) from None
            except CellTimeoutError:
                raise _error(path, index, cell, f"over {TIMEOUT} s") from None
            except DeadKernelError:
                raise _error(path, index, cell, "the kernel died") from None
    return fresh


def keep_stored(fresh, stored, ignored_too):
    """Put stored outputs back into a fresh run where they still hold.

    A figure stays where it shows the same; the outputs of a cell that nbval ignores
    stay as a whole if `ignored_too`, that is, if nothing they depend on changed.
    """
    for new, old in zip(code_cells(fresh), code_cells(stored), strict=True):
        if not is_ignored(new):
            _keep_figures(new.outputs, old.get("outputs", []))
        elif ignored_too and old.execution_count is not None:
            new.outputs = old.outputs


def _keep_figures(fresh, stored):
    for new, old in zip(fresh, stored, strict=False):
        for kind in COMPARED:
            pair = [output.get("data", {}).get(kind) for output in (old, new)]
            if all(pair) and difference(*pair, kind) is None:
                new.data[kind] = pair[0]


def _error(path, index, cell, what):
    return NotebookError(f"{Path(path).name}, {cell_name(index, cell)}: {what}")
