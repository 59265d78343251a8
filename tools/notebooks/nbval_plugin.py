"""pytest plugin: nbval compares figures too, and leaves scripts and styles out.

Figures are compared in the run that nbval makes anyway; the scripts and styles that
outputs carry are no part of the stored form (see `canonical`).
"""

import nbval.kernel
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from tools.notebooks.canonical import RESOURCE
from tools.notebooks.drawings import BOOK_TYPE
from tools.notebooks.execute import TIMEOUT, kernel_environment
from tools.notebooks.figures import mismatch


def pytest_configure(config):
    """Give nbval's kernels the environment of `make notebooks`."""
    config.option.nbval_cell_timeout = TIMEOUT
    start = nbval.kernel.start_new_kernel

    def start_in_environment(**kwargs):
        return start(**kwargs | {"env": kernel_environment()})

    nbval.kernel.start_new_kernel = start_in_environment


def pytest_collectstart(collector):
    """Let nbval empty what a page or a notebook brings once for all outputs."""
    if isinstance(collector, IPyNbFile):
        collector.sanitize_patterns[RESOURCE] = r"\1\3"
        collector.skip_compare += (BOOK_TYPE,)  # `mismatch` compares it


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After nbval found a cell's text equal, compare its figures."""
    result = yield
    if isinstance(item, IPyNbCell) and item.options["check"]:
        found = mismatch(item.cell.outputs, item.test_outputs)
        if found:
            item.raise_cell_error(found)
    return result
