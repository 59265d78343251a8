"""One lecture in a real JupyterLab: what a reader meets who runs it there."""

from types import SimpleNamespace

import pytest

LECTURE = "L03_padding_and_strides.ipynb"
PATIENCE = 120_000  # milliseconds: a busy machine is slow, not wrong
SAFE = ("blob:", "data:")

# what JupyterLab says of the notebook that is open
STATE = """() => {
    const { content, context } = window.jupyterapp.shell.currentWidget;
    return {
        active: content.activeCellIndex,
        cells: content.widgets.map(({ model }) => model.sharedModel.getSource()),
        changed: context.model.dirty,
        mode: content.mode,
    };
}"""
# the kernel is there, and JupyterLab has written into the notebook what it says of it
CONNECTED = """async () => {
    const { context } = window.jupyterapp.shell.currentWidget;
    await context.sessionContext.ready;
    const { kernel } = context.sessionContext.session;
    await Promise.all([kernel.info, kernel.spec]);
}"""
COMMAND = "name => window.jupyterapp.commands.execute(name)"


@pytest.fixture(scope="module")
def opened(browser, address):
    """Open a notebook in a window of its own; what goes wrong there is listed."""
    contexts = []

    def open_notebook(name):
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        wrong = []

        def note_message(message):
            if message.type == "error":
                wrong.append(f"console: {message.text}")

        def note_request(request):
            if not request.url.startswith((address, *SAFE)):
                wrong.append(f"asked for {request.url}")

        page.on("console", note_message)
        page.on("pageerror", lambda error: wrong.append(f"raised: {error}"))
        context.on("request", note_request)
        page.goto(f"{address}lab/tree/{name}")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.evaluate(CONNECTED)
        return SimpleNamespace(page=page, wrong=wrong)

    yield open_notebook
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def ran(opened):
    """The lecture after "Run All Cells"."""
    lab = opened(LECTURE)
    assert lab.page.evaluate(COMMAND, "notebook:run-all-cells")
    return lab


def test_opening_and_saving_change_nothing(opened, stored, copies):
    page = opened(LECTURE).page
    assert not page.evaluate(STATE)["changed"]
    page.evaluate(COMMAND, "docmanager:save")
    assert (copies / LECTURE).read_bytes() == (stored / LECTURE).read_bytes()


def test_nothing_goes_wrong(ran):
    assert ran.wrong == []
