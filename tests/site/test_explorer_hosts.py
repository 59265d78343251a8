"""Explorers look the same in JupyterLab, Colab and themes, whatever these style."""

import re
import sys
from pathlib import Path

import pytest

from cnnlib import explorers

# as strong as what the hosts say of the outputs of notebooks, and ruder
HOSTILE = """
html { font-size: 16px; line-height: 1; letter-spacing: normal }
* { box-sizing: content-box }
table { width: 100%; border: 2px solid red; margin: 1em auto; font-size: 9px }
tr:nth-child(even), tr:nth-child(odd) { background: #fe8 }
td, th, tr { text-align: right; vertical-align: top; padding: 0.5em; color: #777 }
p { margin: 2em; line-height: 3 }
button, input, select {
  appearance: none; padding: 1em; border: 3px groove red; background: #fe8;
  border-radius: 9px; font: 9px monospace; width: 100%; color: red }
label { display: block; margin: 1em; font-weight: 700 }
b, i { color: red; font-weight: 900; font-style: italic }
dl, dt, dd { margin: 1em; font-weight: 900; display: grid }
.jp-RenderedHTMLCommon :is(td, th, tr) {
  text-align: right; vertical-align: middle; padding: 0.5em; line-height: normal;
  white-space: normal; max-width: none; border: none }
.jp-ThemedContainer .cell_output .jp-RenderedHTMLCommon:not(.x) td { color: red }
.jp-OutputArea-output.jp-RenderedHTMLCommon table { margin: 0; border: 5px solid }
.jp-ThemedContainer .jp-RenderedHTMLCommon tbody tr:nth-child(odd):hover,
.jp-RenderedHTMLCommon tbody tr:nth-child(even) { background: #fe8; color: red }
.jp-RenderedHTMLCommon:not(.x) > * table caption { text-align: left; font-size: 2em }
.jp-RenderedHTMLCommon p { text-align: justify; margin-bottom: 1em }
.jp-RenderedHTMLCommon dl dt { float: left; font-weight: bold; clear: both; width: 20% }
.jp-RenderedHTMLCommon dl dd { width: 80%; margin-left: 20% }
.jp-ThemedContainer :is(button, select, input):not(.jp-mod-styled) { padding: 2em }
:root .bd-article .cell_output .text_html table.dataframe,
:root .bd-article .cell_output .text_html table { display: block; overflow: auto }
"""
WRAP = """
  <div class="bd-article jp-ThemedContainer"><div class="cell_output">
  <div class="text_html jp-OutputArea-output jp-RenderedHTMLCommon"
    style="margin: 0; padding: 0; width: 720px; font-family: sans-serif">{}</div>
  </div></div>
"""
EXPLORERS = "\n".join(getattr(explorers, kind)().html() for kind in explorers.__all__)
# every property that a browser has worked out, of the elements of the explorers: of
# each name and classes in a part the last, which stands in an even row. What may be
# selected with the mouse is the host's business.
LOOKS = """() => {
    const kinds = new Map();
    const nodes = document.querySelectorAll(".cnnlib-explorer, .cnnlib-explorer *");
    for (const node of nodes) {
        if (node.matches("style, script")) continue;
        const part = node.closest(".ce-part, .cnnlib-explorer");
        const kind = [part.className, part.id, node.localName, node.className].join();
        kinds.set(kind, node);
    }
    const looks = node => {
        const style = getComputedStyle(node);
        return [...style].filter(name => !name.match(/^--|user-select/))
            .map(name => `${name}: ${style.getPropertyValue(name)}`).join("\\n");
    };
    return [...kinds].map(([kind, node]) => [kind, looks(node)]);
}"""


@pytest.fixture
def looks(open_html):
    """Return what each element of the explorers looks like in a page."""

    def found(sheet, html="", body="", scripts=True):
        page = open_html(
            f'<!doctype html><html lang="en" {html}><meta charset="utf-8">'
            f"<title>x</title><style>{sheet}</style>"
            f"<body {body}>{WRAP.format(EXPLORERS)}</body></html>",
            timeout=30_000,
            java_script_enabled=scripts,
        )
        return page.evaluate(LOOKS)

    return found


def assert_same(found, wanted):
    assert len(found) == len(wanted) > 100
    for (name, has), (_, should) in zip(found, wanted):
        changed = {*has.splitlines()} - {*should.splitlines()}
        assert (name, sorted(changed)) == (name, [])


@pytest.mark.parametrize("scripts", [True, False], ids=["live", "static"])
def test_a_rude_host_changes_nothing(looks, scripts):
    wanted = looks("", scripts=scripts)
    assert_same(looks(HOSTILE, scripts=scripts), wanted)


def jupyterlab_sheets(theme):
    """Return the styles that JupyterLab brings: of its parts, and of a theme."""
    share = Path(sys.prefix, "share", "jupyter", "lab")
    scripts = sorted((share / "static").glob("*.js"))
    if not scripts:
        pytest.skip("JupyterLab is not installed: `make setup` installs it")
    pushed = re.compile(r"\.push\(\[\w+\.id,`((?:\\.|[^`\\])*)`")
    parts = [css for file in scripts for css in pushed.findall(file.read_text("utf-8"))]
    colors = share / "themes" / "@jupyterlab" / f"theme-{theme}-extension" / "index.css"
    return re.sub(r"@import[^;]*;", "", colors.read_text("utf-8") + "\n".join(parts))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_styles_of_jupyterlab_change_nothing(looks, theme):
    sheets = jupyterlab_sheets(theme)
    assert ".jp-RenderedHTMLCommon tbody tr:nth-child(even)" in sheets
    # pictures of JupyterLab's own, which are not here
    sheets = re.sub(r"url\([^)]*\)", "none", sheets)
    is_light = str(theme == "light").lower()
    there = looks(
        sheets, body=f'data-jp-theme-light="{is_light}" class="jp-ThemedContainer"'
    )
    assert_same(there, looks("", html=f'data-theme="{theme}"'))
