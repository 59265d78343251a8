"""A real JupyterLab as `make lab` starts it, and a browser on it."""

import importlib.util
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tools.chromium import ARGUMENTS, NOT_FOUND, find_chromium

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
START = 60  # seconds for the server to say where it is
# no question about news, no look for a newer version: nothing leaves the machine
SETTINGS = {"fetchNews": "false", "checkForUpdates": False}


def missing(what):
    """Skip where a reader lacks a tool; where all is tested it must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def stored():
    """The folder of lectures as they stand in the repository."""
    return ROOT / "lectures"


@pytest.fixture(scope="session")
def copies(stored, tmp_path_factory):
    """A copy of the lectures, for JupyterLab to work in."""
    return shutil.copytree(stored, tmp_path_factory.mktemp("lab") / "lectures")


@pytest.fixture(scope="session")
def address(copies):
    """Where a JupyterLab of this test alone answers, on this machine, to anyone."""
    if importlib.util.find_spec("jupyterlab") is None:
        missing("no JupyterLab found: run `make jupyter`")
    home = copies.parent
    news = home / "settings/@jupyterlab/apputils-extension"
    news.mkdir(parents=True)
    news = news / "notification.jupyterlab-settings"
    news.write_text(json.dumps(SETTINGS), encoding="utf-8")
    apart = {
        "IPYTHONDIR": home / "ipython",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
    }
    command = [
        *(sys.executable, "-m", "tools.lab", copies, "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", "--port=0", "--IdentityProvider.token="),
        "--LabApp.extension_manager=readonly",
        "--LabApp.expose_app_in_browser=True",  # window.jupyterapp
    ]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    environment = os.environ | {name: str(path) for name, path in apart.items()}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **options) as process:
        said, where = [], queue.Queue()

        def listen():
            for line in process.stdout:
                said.append(line)
                if match := ADDRESS.search(line):
                    where.put(match[0])
            where.put(None)  # it has ended

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            found = where.get(timeout=START)
            if found is None:
                pytest.fail(f"JupyterLab did not start:\n{''.join(said)}")
            yield found
        finally:
            process.terminate()
            listener.join()


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    if path is None:
        missing(NOT_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
