"""The browser that opens the built pages."""

import os
import shutil

# the shell is the same engine without the windows round it, and twice as quick
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOT_FOUND = (
    "no Chromium found: install one (Debian: apt-get install chromium-headless-shell; "
    "Ubuntu: chromium) or set CHROME to its path"
)


def find_chromium():
    """Return the path of a Chromium, $CHROME first, or None."""
    candidates = (os.environ.get("CHROME"), *NAMES)
    return next(filter(None, map(shutil.which, filter(None, candidates))), None)
