"""Importing the library is light; import-linter (pyproject.toml) holds its floors."""

import pkgutil
import subprocess
import sys

import pytest

import cnnlib

HEAVY = {"keras", "tensorflow", "jax", "torch", "matplotlib", "sklearn", "skimage"}
DRAWS = {"plots", "diagrams"}  # these two may load matplotlib
ROOMS = sorted(room.name for room in pkgutil.iter_modules(cnnlib.__path__))


def loaded_by(module):
    code = f"import sys, {module}; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())


def test_cnnlib_alone_loads_not_even_numpy():
    assert not loaded_by("cnnlib") & (HEAVY | {"numpy"})


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_module_loads_nothing_heavy(room):
    may = {"matplotlib"} if room in DRAWS else set()
    assert loaded_by(f"cnnlib.{room}") & HEAVY <= may
