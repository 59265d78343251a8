"""Notebooks as JupyterLab reads and writes them under `make lab`.

JupyterLab marks a notebook changed as soon as its kernel differs from what the file
says: by a letter in the kernel's name, or by the last digit of Python's version, which
no stored file can know. So the kernel of this very Python is filled in when a notebook
is read, and what the file says stays when it is written: opening a lecture, and saving
it as it is, changes nothing.
"""

import sys

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelspec import get_kernel_dict
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyterlab.labapp import main

from tools.notebooks.canonical import KERNELSPEC, LANGUAGE


class LectureContents(AsyncLargeFileManager):
    """The server's files, whose notebooks are of the kernel that runs here."""

    async def get(self, path, content=True, **options):
        """Read a file or a folder; a notebook names the kernel of this Python."""
        model = await super().get(path, content, **options)
        spec = get_kernel_dict()
        spec = {key: spec[key] for key in ("display_name", "language")}
        _set(model, KERNELSPEC | spec, IPythonKernel.language_info)
        return model

    async def save(self, model, path=""):
        """Write a file; of the kernel a notebook keeps what all machines share."""
        _set(model, KERNELSPEC, LANGUAGE)
        return await super().save(model, path)


def _set(model, kernelspec, language):
    """Put the kernel into the model of a notebook for Python, if it is one."""
    if model.get("type") != "notebook" or not model.get("content"):
        return
    metadata = model["content"]["metadata"]
    if metadata.get("kernelspec", {}).get("name") == KERNELSPEC["name"]:
        metadata["kernelspec"] = dict(kernelspec)
        metadata["language_info"] = dict(language)


if __name__ == "__main__":
    manager = f"tools.lab.{LectureContents.__name__}"
    main([f"--ServerApp.contents_manager_class={manager}", *sys.argv[1:]])
