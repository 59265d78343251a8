"""What every result says: the machine, the versions, the spread."""

import json
import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


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


def versions(*packages):
    """Return {name: version} of Python and of packages."""
    return {"python": platform.python_version()} | {p: version(p) for p in packages}


def spread(values, digits=4):
    """Sum values up as median, mean, standard deviation, smallest and largest."""
    figures = {
        "median": statistics.median(values),
        "mean": statistics.mean(values),
        "sd": statistics.stdev(values) if len(values) > 1 else 0.0,
        "min": min(values),
        "max": max(values),
    }
    return {name: round(figure, digits) for name, figure in figures.items()}


def write(name, result):
    """Write a result to benchmarks/results/<name>.json and show it."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1) + "\n"
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")
    print(text)
