"""Write a record: raw values, one a seed, with all that one needs to get them again."""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from threadpoolctl import threadpool_info

from cnnlib.measured import RESULTS


def record(name, what, settings, values):
    """Write cnnlib/results/<name>.json; what other records hold stays as it is.

    Args:
        name: of the record; `cnnlib.measured.measured` reads it.
        what: what was measured, in words.
        settings: {name: setting}, with `seeds`, or with `repeats` for a time.
        values: {name of a result: list of one value a seed}; a value is a number or
            a list of numbers.
    Raises:
        ValueError: if a result does not have one value a seed.
    """
    settings = {key: _plain(setting) for key, setting in settings.items()}
    runs = len(settings["seeds"]) if "seeds" in settings else settings["repeats"]
    for result, found in values.items():
        if len(found) != runs:
            message = f"{result}: expected {runs} values, received {len(found)}"
            raise ValueError(message)
    fields = {
        "what": what,
        "settings": settings,
        "machine": machine(),
        "threads": threads(),
        "versions": versions(),
        "date": datetime.now(UTC).date().isoformat(),
        "values": {result: _plain(found) for result, found in values.items()},
    }
    text = in_lines(fields)
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")
    print(text)


def _plain(value):
    """Turn arrays, ranges and NumPy numbers into what JSON knows, to 6 digits."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple, range)):
        return [_plain(part) for part in value]
    return round(value, 6) if isinstance(value, float) else value


def in_lines(fields):
    """Write JSON with one field a line, and one line a part of a field of parts."""
    lines = []
    for name, field in fields.items():
        text = json.dumps(field)
        if isinstance(field, dict):
            parts = (f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in field.items())
            text = "{\n" + ",\n".join(parts) + "\n }"
        lines.append(f" {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def machine():
    """Describe the processor and how many of its cores this process may use."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        names = [line.split(": ")[1] for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    usable = getattr(os, "sched_getaffinity", None)
    cores = len(usable(0)) if usable else os.cpu_count()
    return {"cpu": model, "cores": cores, "system": platform.system()}


def threads():
    """Return {library: threads that it may use}; 0 is TensorFlow's word for all."""
    found = {pool["internal_api"]: pool["num_threads"] for pool in threadpool_info()}
    if "tensorflow" in sys.modules:
        config = sys.modules["tensorflow"].config.threading
        found["tensorflow"] = config.get_intra_op_parallelism_threads()
    return found


def versions():
    """Return {name: version} of Python and of the packages that were used."""
    used = [p for p in ("numpy", "keras", "tensorflow") if p in sys.modules]
    return {"python": platform.python_version()} | {p: version(p) for p in used}
