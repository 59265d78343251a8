"""A real browser for the tests of what a reader sees, and the built book."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from explorer_page import page_html
from playwright.sync_api import expect, sync_playwright

from tools.chromium import ARGUMENTS, NOT_FOUND, find_chromium

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "_build" / "html"
CODE, ONE_OF_ALL = "_modules/", "_modules/cnnlib/ops/convolution.html"
PAGES = sorted(
    page
    for path in BOOK.rglob("*.html")
    if not (page := path.relative_to(BOOK).as_posix()).startswith(CODE)
    or page == ONE_OF_ALL  # the pages that show code are alike
)
LECTURES = [Path(page).stem for page in PAGES if page.startswith("lectures/")]
# what the book keeps for a reader; an empty document may keep nothing
SHOW_RESULTS = "try { localStorage.setItem('cnnlib results', 'shown') } catch {}"
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


def pytest_generate_tests(metafunc):
    """Run a test of `built_page` on every page, of `built_lecture` on every lecture."""
    if "built_page" in metafunc.fixturenames:
        metafunc.parametrize("built_page", PAGES)
    if "built_lecture" in metafunc.fixturenames:
        metafunc.parametrize("built_lecture", LECTURES)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def book():
    if not PAGES:
        pytest.fail(f"no pages in {BOOK}: run `make book` first")
    return BOOK


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NOT_FOUND)
        pytest.skip(NOT_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def origins(book):
    """Where the book begins: on a server of this machine, and as files."""
    handler = partial(QuietHandler, directory=book)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "http": f"http://127.0.0.1:{server.server_port}/",
            "file": f"{book.as_uri()}/",
        }
        server.shutdown()


@pytest.fixture
def visit(browser, origins):
    """Open pages of the book; the test fails if one complains or leaves the machine."""
    contexts, complaints = [], []

    def watch(page):
        page.on("console", note_message)
        page.on("pageerror", lambda error: complaints.append(f"raised: {error}"))

    def note_message(message):
        if message.type in ("error", "warning"):
            complaints.append(f"console: {message.text}")

    def note_request(request):
        if not request.url.startswith((*origins.values(), "data:", "blob:")):
            complaints.append(f"asked for {request.url}")

    def note_response(response):
        if response.status >= 400:
            complaints.append(f"received {response.status} for {response.url}")

    def visited(path, origin="http", width=1280, is_held_back=False, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        if not is_held_back:  # as for a reader who asked to be shown all results
            context.add_init_script(SHOW_RESULTS)
        context.on("page", watch)
        context.on("request", note_request)
        context.on("response", note_response)
        context.on(
            "requestfailed", lambda request: complaints.append(f"failed: {request.url}")
        )
        page = context.new_page()
        page.goto(origins[origin] + path)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_html(browser, tmp_path):
    """Open HTML from a file; any failed request, console message or error fails."""
    contexts, complaints = [], []

    def opened(html, width=900, height=900, timeout=5000, **options):
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        context.set_default_timeout(timeout)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_page(open_html):
    """Open a page that holds one explorer, in an output of the book."""

    def opened(explorer, theme="light", **options):
        return open_html(page_html(explorer, theme), timeout=30_000, **options)

    return opened


@pytest.fixture
def axe():
    """A function that returns a page's serious and critical findings, in words.

    It tries all rules of axe, or those that are named.
    """

    def findings(page, *rules):
        # preloading would read style sheets by script, which a file may not
        options = {"resultTypes": ["violations"], "preload": False}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        results = Axe().run(page, options=options)
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in results.response["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    return findings
