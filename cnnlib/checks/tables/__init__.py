"""The checks of the lectures: in `l02`, a table CHECKS for L02, and so on."""

import importlib
import pkgutil
import re


def lectures():
    """Return the lectures that have a table of checks, such as ["L01", "L02"]."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.upper() for name in modules if re.fullmatch(r"l\d\d", name))


def load(lecture):
    """Return the table of a lecture such as "L02", {exercise: Value or Function}."""
    return importlib.import_module(f"{__name__}.{lecture.lower()}").CHECKS
