"""One lecture in a real JupyterLab: what a reader meets who runs it there."""

from collections import Counter
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe

LECTURE = "L03_padding_and_strides.ipynb"
PATIENCE = 120_000  # milliseconds: a busy machine is slow, not wrong
KINDS = [".cnnlib-explorer", ".cnnlib-answer"]
# what deletes, adds, moves, runs, edits or leaves a cell in JupyterLab
KEYS = [*"xddabcvzjkmy00", "Enter", "Shift+Enter", "Escape", "Delete", "ArrowUp", "End"]
THEMES = ["JupyterLab Light", "JupyterLab Dark"]

COMMAND = "([name, options]) => window.jupyterapp.commands.execute(name, options)"
# the kernel is there, and JupyterLab has written into the notebook what it says of it
CONNECTED = """async () => {
    const { context } = window.jupyterapp.shell.currentWidget;
    await context.sessionContext.ready;
    const { kernel } = context.sessionContext.session;
    await Promise.all([kernel.info, kernel.spec]);
}"""
CHANGED = "window.jupyterapp.shell.currentWidget.context.model.dirty"
# what a key must leave alone that is pressed in an output
NOTEBOOK = """() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    return {
        active: content.activeCellIndex,
        cells: content.widgets.map(({ model }) => model.sharedModel.getSource()),
        mode: content.mode,
        dialogs: document.querySelectorAll(".jp-Dialog").length,
    };
}"""

# an output without its script, and what it inherits from the page around it
OUTPUT = """root => {
    const output = root.closest(".jp-RenderedHTML");
    const copy = output.cloneNode(true);
    for (const script of copy.querySelectorAll("script")) script.remove();
    const host = getComputedStyle(output);
    const inherited = "color color-scheme font-family font-size line-height user-select"
        .split(" ").map(name => `${name}: ${host.getPropertyValue(name)}`);
    const padding = parseFloat(host.paddingLeft) + parseFloat(host.paddingRight);
    const width = output.clientWidth - padding;
    const light = document.body.dataset.jpThemeLight;
    return `<!doctype html><html lang="en"><body data-jp-theme-light="${light}"><main
        style='width: ${width}px; ${inherited.join("; ")}'>${copy.innerHTML}</main>`;
}"""
# every property of an output's elements, of each kind the first and the last; but what
# follows from the sizes of letters, and the looks of code, which are the page's own
STYLES = """root => {
    const output = root.closest(".jp-RenderedHTML, main");
    const kinds = new Map();
    for (const node of output.querySelectorAll("*:not(style, script, code)")) {
        const kind = [node.parentNode.className, node.localName, node.className].join();
        kinds.set(kind, [kinds.get(kind)?.[0] ?? node, node]);
    }
    const apart = /^--|^(block-size|inline-size|width|height)$|-origin$/;
    return [...kinds.values()].flat().map(node => {
        const style = getComputedStyle(node);
        const names = [...style].filter(name => !apart.test(name));
        const named = `${node.localName}.${node.classList[0] ?? ""}`;
        return [named, names.map(name => `${name}: ${style.getPropertyValue(name)}`)];
    });
}"""
# of each cell with a solution: are its source and output hidden, does any of it show
SOLUTIONS = """() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    return content.widgets
        .filter(({ model }) => model.getMetadata("tags")?.includes("solution"))
        .map(cell => [cell.inputHidden, cell.outputHidden, cell.node.offsetHeight > 0]);
}"""


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
            if not request.url.startswith((address, "blob:", "data:")):
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
    assert lab.page.evaluate(COMMAND, ["notebook:run-all-cells", {}])
    return lab


def show(lab, theme):
    """Let JupyterLab take a theme."""
    lab.page.evaluate(COMMAND, ["apputils:change-theme", {"theme": theme}])
    lab.page.locator(f'[data-jp-theme-name="{theme}"]').wait_for(state="attached")


@pytest.fixture
def bare(browser):
    """An empty page, where no style is but what an output brings."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_opening_opens_no_solution_and_changes_nothing(opened, stored, copies):
    page = opened(LECTURE).page
    assert not page.evaluate(CHANGED)
    shut = page.evaluate(SOLUTIONS)
    assert shut == [[True, True, False]] * len(shut) != []
    page.evaluate(COMMAND, ["docmanager:save", {}])
    assert (copies / LECTURE).read_bytes() == (stored / LECTURE).read_bytes()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("kind", "under"), [(".cnnlib-explorer", "td"), (".cnnlib-answer", "input")]
)
def test_looks_are_their_own(ran, bare, theme, kind, under):
    show(ran, theme)
    root = ran.page.locator(kind).first
    root.locator(under).first.hover()
    bare.set_content(root.evaluate(OUTPUT))
    alone = bare.locator(kind)
    alone.locator(under).first.hover()
    pairs = zip(root.evaluate(STYLES), alone.evaluate(STYLES), strict=True)
    found = Counter(
        f"{name} has {here} in JupyterLab, {there} by itself"
        for (name, mine), (_, others) in pairs
        for here, there in zip(mine, others, strict=True)
        if here != there
    )
    assert found == {}


@pytest.mark.parametrize("theme", THEMES)
def test_texts_stand_out(ran, theme):
    show(ran, theme)
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": ["color-contrast"]},
    }
    outputs = {"include": [[".jp-RenderedHTML:has(.cnnlib-explorer, .cnnlib-answer)"]]}
    results = Axe().run(ran.page, context=outputs, options=options)
    assert results.response["passes"] != []
    assert results.response["violations"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_keys_stay_where_they_are_pressed(ran, kind):
    page = ran.page
    root = page.locator(kind).first
    stops = root.locator("input, select, button, [tabindex='0']").locator(
        "visible=true"
    )
    assert stops.count() >= 2
    for index in range(stops.count()):
        stop = stops.nth(index)
        stop.focus()
        assert "solid 3px" in stop.evaluate("node => getComputedStyle(node).outline")
        before = page.evaluate(NOTEBOOK)
        for key in KEYS:
            page.keyboard.press(key)
        assert page.evaluate(NOTEBOOK) == before
        assert root.evaluate("root => root.contains(document.activeElement)")


def test_arrow_keys_move_a_slider(ran):
    slider = ran.page.locator(".cnnlib-explorer [type=range]").first
    slider.focus()
    value = int(slider.input_value())
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    slider.press("ArrowLeft")
    assert int(slider.input_value()) == value + 1


def test_an_answer_is_typed_and_judged(ran):
    box = ran.page.locator(".cnnlib-answer").first
    box.get_by_label("Your answer").click()
    ran.page.keyboard.press("Control+a")
    ran.page.keyboard.type("dd 4")
    ran.page.keyboard.press("Enter")
    assert box.get_by_label("Your answer").input_value() == "dd 4"
    assert "type your answer" not in box.get_by_role("status").text_content()


def test_running_all_leaves_solutions_shut(ran):
    # JupyterLab opens the output of a cell that runs; its section stays collapsed
    shut = ran.page.evaluate(SOLUTIONS)
    assert shut == [[True, False, False]] * len(shut) != []


def test_nothing_goes_wrong(ran):
    assert ran.wrong == []
