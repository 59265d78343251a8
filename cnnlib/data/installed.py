"""Where other packages keep their files, found without importing them."""

from importlib.util import find_spec
from pathlib import Path

from cnnlib._validate import complaint


def installed(package, *parts):
    """Return the path of a file that an installed package brings.

    Args:
        package: its name, as one imports it.
        parts: the folders below it, and the name of the file.
    Raises:
        FileNotFoundError: if the package does not bring this file.
        ModuleNotFoundError: if the package is not installed.
    """
    found = find_spec(package)
    if found is None:
        message = complaint("package", f"{package}, installed", "no such package")
        raise ModuleNotFoundError(message, name=package)
    path = Path(found.submodule_search_locations[0], *parts)
    if not path.exists():
        raise FileNotFoundError(complaint(package, f"a file {path}", "none"))
    return path
