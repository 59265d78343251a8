"""Weigh the built pages, and let Lighthouse judge three of them.

Run: make lighthouse (node and a Chromium are needed)
The pages come from a server on this machine that compresses as a public one does. The
record is benchmarks/results/page_weight.json, one entry a state of the pages; the entry
"now" is written again. The script fails when a page falls below LEAST in a category.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.report import machine
from tools.chromium import NOT_FOUND, find_chromium
from tools.notebooks import ROOT
from tools.weight import weight

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest for node 20
BOOK = ROOT / "_build" / "html"
RECORD = ROOT / "benchmarks" / "results" / "page_weight.json"
PAGES = "intro", "lectures/L02_edge_detection", "lectures/L07_training"
FORMS = {"mobile": [], "desktop": ["--preset=desktop"]}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
LEAST = 95
TIMES = "first-contentful-paint", "largest-contentful-paint", "total-blocking-time"


class Compressing(SimpleHTTPRequestHandler):
    """Serve files, compressed but for pictures that are so already."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer with a file."""
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        data, kind = file.read_bytes(), self.guess_type(file)
        self.send_response(200)
        if kind not in ("image/png", "image/webp"):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        """Say nothing."""


def weights(book):
    """Return {page: {"bytes", "gzip", "requests"}} of the pages that are read."""
    pages = sorted(page.relative_to(book) for page in book.rglob("*.html"))
    pages = [page for page in pages if page.parts[0] != "_modules"]
    return {page.as_posix(): weight(book / page) for page in pages}


def judged(book):
    """Return {form: {page: {category or time: score or milliseconds}}}."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(NOT_FOUND)
    handler = partial(Compressing, directory=book)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}"
        found = {
            form: {page: report(f"{root}/{page}.html", *options) for page in PAGES}
            for form, options in FORMS.items()
        }
        server.shutdown()
    return found


def report(address, *options):
    """Return what Lighthouse says of a page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.json")
        command = ["npx", "--yes", LIGHTHOUSE, address, "--output=json", "--quiet"]
        command += [f"--output-path={file}", f"--chrome-flags={FLAGS}", *options]
        environment = os.environ | {"CHROME_PATH": find_chromium()}
        subprocess.run(command, check=True, env=environment)
        told = json.loads(file.read_text("utf-8"))
    scores = {k: round(100 * x["score"]) for k, x in told["categories"].items()}
    times = {name: round(told["audits"][name]["numericValue"]) for name in TIMES}
    return scores | times


def entry(book):
    """Measure a built book: its commit, the machine, weights and judgments."""
    git = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)
    return {
        "commit": commit.stdout.strip(),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "lighthouse": LIGHTHOUSE,
        "weights": weights(book),
        "scores": judged(book),
    }


def too_low(scores):
    """Return what a page on a phone has below LEAST, in words."""
    return [
        f"{page}: {name} {score}"
        for page, found in scores["mobile"].items()
        for name, score in found.items()
        if name not in TIMES and score < LEAST
    ]


def main(state="now", book=BOOK):
    """Measure, write the record, and fail if a page is too slow."""
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    record[state] = entry(Path(book))
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    print(json.dumps(record[state]["scores"], indent=1))
    if low := too_low(record[state]["scores"]):
        raise SystemExit(f"below {LEAST} on a phone: {', '.join(low)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
