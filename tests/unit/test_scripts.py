"""The shell scripts that set up .venv: which Python, and whose .venv it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def bash(script, folder, **variables):
    command = ["bash", ROOT / "tools" / script]
    environment = os.environ | variables
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", ["python", "a folder/python", "$(x)/python 'y'"])
def test_the_named_python_is_taken(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(Path(sys.executable).resolve())
    run = bash("find_python.sh", tmp_path, PYTHON=str(path))
    assert (run.returncode, run.stdout.strip()) == (0, str(path))


def test_a_python_that_is_not_there_is_named(tmp_path):
    run = bash("find_python.sh", tmp_path, PYTHON="no such/python")
    assert run.returncode == 1
    assert "Found: no Python named no such/python." in run.stderr


def test_without_a_name_one_is_found(tmp_path):
    assert bash("find_python.sh", tmp_path, PYTHON="").returncode == 0


@pytest.fixture(scope="module")
def venv(tmp_path_factory):
    folder = tmp_path_factory.mktemp("with space") / "course"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=folder, check=True
    )
    return folder


def test_its_own_venv_is_kept(venv):
    assert bash("own_venv.sh", venv).returncode == 0


def test_a_copied_venv_is_not_its_own(venv, tmp_path):
    shutil.copytree(venv / ".venv", tmp_path / ".venv", symlinks=True)
    assert bash("own_venv.sh", tmp_path).returncode != 0


def test_a_venv_inside_the_old_folder_s_name_is_not_its_own(venv, tmp_path):
    inside = tmp_path / venv.relative_to("/")
    shutil.copytree(venv / ".venv", inside / ".venv", symlinks=True)
    assert bash("own_venv.sh", inside).returncode != 0


def test_a_venv_whose_python_is_gone_is_not_its_own(venv, tmp_path):
    shutil.copytree(venv, tmp_path / "course", symlinks=True)
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", ".venv"],
        cwd=tmp_path / "course",
        check=True,
    )
    assert bash("own_venv.sh", tmp_path / "course").returncode == 0
    for link in (tmp_path / "course" / ".venv" / "bin").glob("python*"):
        link.unlink()
    assert bash("own_venv.sh", tmp_path / "course").returncode != 0


def test_no_venv_at_all(tmp_path):
    run = bash("own_venv.sh", tmp_path)
    assert run.returncode != 0
    assert not run.stdout


@pytest.mark.parametrize("name", ["it's", 'a"b', "a$b", "[a]", "a*b", "a b", "é"])
def test_a_folder_of_any_name_keeps_its_venv(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=folder, check=True
    )
    assert bash("own_venv.sh", folder).returncode == 0
