"""The floors of the library: imports go down only, and heavy ones wait."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

import cnnlib

PACKAGE = Path(cnnlib.__file__).parent
# module: floor and tower
PLACES = {
    "_validate": (0, "common"),
    "_page": (0, "common"),
    "_progress": (0, "common"),
    "_mnist": (0, "common"),  # a part of data
    "shapes": (0, "common"),
    "data": (0, "common"),
    "plots": (0, "common"),
    "source": (0, "common"),
    "startup": (0, "keras"),
    "ops": (1, "numpy"),
    "models": (1, "keras"),
    "augment": (1, "keras"),
    "layers": (2, "numpy"),
    "optimizers": (2, "numpy"),
    "gradient_check": (2, "numpy"),
    "_fit": (2, "numpy"),  # the loop inside network
    "_archive": (2, "numpy"),  # the files of network
    "transfer": (2, "keras"),
    "training": (2, "keras"),
    "checks": (2, "common"),
    "explorers": (2, "common"),
    "network": (3, "numpy"),
}
FRAMEWORKS = {"keras", "tensorflow", "jax", "torch"}
HEAVY = FRAMEWORKS | {"matplotlib"}
FREE_OF_FRAMEWORKS = {"_validate", "shapes", "plots"}  # and the NumPy tower
MAY_LOAD_AT_ONCE = {"plots": {"matplotlib"}}  # and the Keras tower keras


def imported_names(nodes, path):
    """List the dotted names that import statements ask for, in absolute form."""
    parents = path.split(".")[:-1]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = parents[: len(parents) - node.level + 1] if node.level else []
            base = ".".join([*up, *filter(None, [node.module])])
            for alias in node.names:
                yield f"{base}.{alias.name}"


def at_import_time(tree):
    """Walk the statements that run when the module is imported."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))


def allowed(room, other):
    """Say whether a module may import another one of cnnlib."""
    floor, tower = PLACES[room]
    other_floor, other_tower = PLACES[other]
    if room == other or (other_floor == 0 and other_tower == "common"):
        return True
    return other_floor < floor and tower in (other_tower, "common")


def faults(path, source):
    """List what is wrong with the imports of one module, given as "cnnlib.ops"."""
    tree = ast.parse(source)
    everywhere = set(imported_names(ast.walk(tree), path))
    at_once = {
        name.split(".")[0] for name in imported_names(at_import_time(tree), path)
    }
    outside = {name.split(".")[0] for name in everywhere} & FRAMEWORKS
    rooms = {name.split(".")[1] for name in everywhere if name.startswith("cnnlib.")}
    room = path.split(".")[1]
    if room == "__init__":
        return [f"{path} imports {name}" for name in sorted(everywhere)]
    if room not in PLACES:
        return [f"{path} has no floor: give it one here and in the design"]

    tower = PLACES[room][1]
    wrong = {other for other in rooms & PLACES.keys() if not allowed(room, other)}
    if tower == "numpy" or room in FREE_OF_FRAMEWORKS:
        wrong |= outside
    if tower == "keras":
        wrong |= outside - {"keras"}
    may_load = MAY_LOAD_AT_ONCE.get(room, {"keras"} if tower == "keras" else set())
    wrong |= (at_once & HEAVY) - may_load
    return [f"{path} imports {name}" for name in sorted(wrong)]


FILES = {
    ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts): file
    for file in sorted(PACKAGE.rglob("*.py"))
}
ROOMS = sorted({path.split(".")[1] for path in FILES} & PLACES.keys())


@pytest.mark.parametrize("path", FILES)
def test_imports_go_down_only(path):
    assert faults(path, FILES[path].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cnnlib.__init__", "import numpy"),
        ("cnnlib.newroom", ""),
        ("cnnlib.shapes", "from cnnlib.ops import conv2d"),
        ("cnnlib.shapes", "from cnnlib import ops"),
        ("cnnlib.shapes", "from . import ops"),
        ("cnnlib.ops", "from .layers import Conv2D"),
        ("cnnlib.ops", "def f():\n    import keras"),
        ("cnnlib.ops", "from tensorflow import nn"),
        ("cnnlib.ops", "import cnnlib.startup"),
        ("cnnlib.layers", "import cnnlib.models.vgg"),
        ("cnnlib.network", "from cnnlib.checks import check"),
        ("cnnlib.models.vgg", "from cnnlib import ops"),
        ("cnnlib.models.vgg", "from ..ops import conv2d"),
        ("cnnlib.models.vgg", "def f():\n    import tensorflow as tf"),
        ("cnnlib.training", "from cnnlib.transfer import freeze"),
        ("cnnlib.checks.L07", "from ..network import Network"),
        ("cnnlib.checks.L02", "import matplotlib.pyplot as plt"),
        ("cnnlib.explorers.convolution", "try:\n    import keras\nfinally:\n    pass"),
        ("cnnlib.data", "import keras"),
        ("cnnlib.startup", "import tensorflow"),
    ],
)
def test_a_wrong_import_is_seen(path, source):
    assert len(faults(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cnnlib.network", "from cnnlib import layers, ops, shapes"),
        ("cnnlib.layers", "from .ops import conv2d"),
        ("cnnlib.models.vgg", "import keras\nfrom . import blocks"),
        ("cnnlib.checks.L02", "from . import base\nfrom cnnlib import ops, plots"),
        ("cnnlib.checks.__init__", "from .base import check"),
        (
            "cnnlib.checks.L11",
            "def f():\n    import keras\n    from ..models import vgg",
        ),
        ("cnnlib.data", "def f():\n    import keras"),
        ("cnnlib.plots", "import matplotlib.pyplot as plt"),
    ],
)
def test_a_right_import_passes(path, source):
    assert faults(path, source) == []


def run(code):
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout


def test_importing_cnnlib_takes_less_than_50_ms():
    code = """
import time
start = time.perf_counter()
import cnnlib
print(time.perf_counter() - start)
"""
    assert statistics.median(float(run(code)) for _ in range(5)) < 0.050


@pytest.mark.parametrize("name", [n for n in ROOMS if PLACES[n][1] != "keras"])
def test_importing_a_module_loads_nothing_heavy(name):
    loaded = run(f"import sys, cnnlib.{name}; print(*sys.modules)").split()
    assert set(loaded) & HEAVY <= MAY_LOAD_AT_ONCE.get(name, set())
