"""An editable install hides what a wheel forgets, so the wheel's list is checked."""

import subprocess
import tomllib
from pathlib import Path, PurePath

import cnnlib

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked_files():
    command = ["git", "ls-files", "-co", "--exclude-standard", "cnnlib"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return [PurePath(line).relative_to("cnnlib") for line in listed.stdout.splitlines()]


def test_the_wheel_carries_every_file():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["cnnlib"]
    read_by_ruff_alone = PurePath("checks/tables/ruff.toml")
    others = [
        path
        for path in tracked_files()
        if path.suffix != ".py" and path != read_by_ruff_alone
    ]
    assert PurePath("lecture.mplstyle") in others
    forgotten = [
        str(path)
        for path in others
        # match() looks from the right: compare whole paths of equal depth
        if not any(
            path.match(p) and len(path.parts) == len(PurePath(p).parts)
            for p in patterns
        )
    ]
    assert not forgotten, f"package-data in pyproject.toml misses {forgotten}"


def test_every_folder_with_code_is_a_package():
    folders = {path.parent for path in tracked_files() if path.suffix == ".py"}
    missing = [
        str(folder)
        for folder in folders
        if not (ROOT / "cnnlib" / folder / "__init__.py").exists()
    ]
    assert not missing


def test_tensorflow_is_no_hard_dependency():
    assert not any(
        name.startswith(("tensorflow", "keras"))
        for name in PROJECT["project"]["dependencies"]
    )


def test_the_lock_agrees_with_the_requirements():
    locked = (ROOT / "requirements.lock").read_text().splitlines()
    wanted = [
        line.replace('"', "'").replace("python_version", "python_full_version")
        for group in (ROOT / "requirements").glob("*.txt")
        for line in group.read_text().splitlines()
        if "==" in line
    ]
    assert wanted
    missing = [line for line in wanted if line not in locked]
    assert not missing, f"run `make lock`: {missing}"


def test_the_version_is_that_of_the_citation():
    assert f"\nversion: {cnnlib.__version__}\n" in (ROOT / "CITATION.cff").read_text()
