"""What an output shows of the machine that it ran on: paths and addresses in memory."""

import json
import re
import sys
import tempfile
from pathlib import Path

PICTURES = ("image/png", "image/jpeg")
SLASH = re.compile("%2f", re.IGNORECASE)  # as an address in the web writes it
DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")

# folders that begin a path on the machines where notebooks are run
TOPS = (
    "app|applications|bin|boot|cluster|content|cvmfs|data|databricks|dev|etc|export|"
    "github|gpfs|home|kaggle|lib|lib64|library|lustre|media|mnt|net|nfs|nix|notebooks|"
    "opt|private|proc|projects?|repo|root|run|sbin|scratch|sdcard|snap|srv|storage|sys|"
    "system|teamspace|tmp|users|usr|var|volumes|work|workspaces?"
)
PATHS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.</\\])/(?:{TOPS})/\S*",
        # of any three names
        r"(?<![\w.</\\)\]}+*^-])/[a-z_][\w.@+-]*(?:/[\w.@+-]+){2,}",
        r"\b(?:file|vscode-\w+):/+\S*",
        r"(?<![a-z])[a-z]:/(?!/)[\w.~]\S*",  # C:/Users
        rf"(?<![a-z])[a-z]:\\{{1,2}}(?:{TOPS}|program|windows)\b\S*",
    )
)
DRIVE = re.compile(r"(?<![A-Za-z])[A-Z]:\\\S*")
# \\server\share, as it is or as Python writes it; other backslashes are formulas
SERVER = r"[\w.$-]+"
SHARE = re.compile(
    rf"(?<!\\)(?:\\{{2}}{SERVER}\\(?!\\)|\\{{4}}{SERVER}\\{{2}}(?!\\)){SERVER}"
)
FORMULAS = ("text/latex", "text/markdown")
# A number in base 16 may be anything; as `at 0x...`, or with the first digits and the
# length of an address on Linux, it is one. That of hex(id(x)) elsewhere is not known.
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}|\b0x7f[0-9a-f]{10}\b")


def traces(output):
    """Yield what differs from machine to machine in an output, in words."""
    for kind, text in _texts(output):
        text = SLASH.sub("/", DATA.sub("", text))
        patterns = [*PATHS, DRIVE, *_own_folders()]
        if kind not in FORMULAS:
            patterns.append(SHARE)
        yield from _first(patterns, text, "a path of this machine")
        yield from _first([ADDRESS], text, "a memory address")


def _texts(output):
    """Yield (kind, text) of all that an output holds, pictures of pixels left out."""
    yield "text/plain", output.get("text", "")
    for kind, value in output.get("data", {}).items():
        if kind not in PICTURES:
            is_text = isinstance(value, str)
            yield kind, value if is_text else json.dumps(value, ensure_ascii=False)


def _own_folders():
    """Return patterns of the folders of this very run, however they are called."""
    here = {Path.home(), Path.cwd(), Path(sys.prefix), Path(tempfile.gettempdir())}
    names = {str(path) for path in here} | {str(path.resolve()) for path in here}
    return [
        re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.-])\S*")
        for name in sorted(names)
        if len(name) > len(Path(name).anchor)
    ]


def _first(patterns, text, what):
    found = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
    if found:
        yield f"shows {what}: {found.group().strip()}"
