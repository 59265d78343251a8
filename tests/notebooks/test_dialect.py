"""What the book makes of a lecture's plain Markdown."""

import json
from types import SimpleNamespace

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.book import dialect


def translated(*cells):
    notebook = json.loads(json.dumps(new_notebook(cells=cells)))
    return dialect.translated(notebook)["cells"]


def test_a_caption_goes_to_its_figure():
    figure, text = translated(
        new_code_cell("draw()", metadata={"mystnb": {"image": {"alt": "a"}}}),
        new_markdown_cell("*Figure 2.1: Four $x$; see figure 2.2.*\n\nThen."),
    )
    assert figure["metadata"]["mystnb"] == {
        "image": {"alt": "a"},
        "figure": {
            "caption": "Figure 2.1: Four $x$; see [figure 2.2](#fig-2-2).",
            "name": "fig-2-1",
        },
    }
    assert text["source"] == "Then."


def test_a_caption_alone_leaves_an_empty_cell():
    _, text = translated(
        new_code_cell("draw()"), new_markdown_cell("*Figure 2.1: Four.*")
    )
    assert text["source"] == ""


def test_what_is_no_caption_stays():
    texts = ["*Figure 2.1: Four.* And more.", "Look.\n\n*Figure 2.1: Four.*"]
    for text in texts:
        figure, after = translated(new_code_cell("draw()"), new_markdown_cell(text))
        assert "mystnb" not in figure["metadata"]
        assert "[Figure 2.1](#fig-2-1)" in after["source"]


def test_a_citation_leads_to_the_list_and_the_first_can_be_led_back_to():
    link = "[Hubel and Wiesel (1962)](https://doi.org/10.1113/jphysiol.1962.sp006837)"
    cells = translated(
        new_markdown_cell(f"{link} and [Nobody (1962)](https://doi.org/10.1)"),
        new_markdown_cell(link),
    )
    assert [cell["source"] for cell in cells] == [
        '<span id="cited-hubel1962"></span>[Hubel and Wiesel (1962)](#hubel1962)'
        " and [Nobody (1962)](https://doi.org/10.1)",
        "[Hubel and Wiesel (1962)](#hubel1962)",
    ]


def test_the_list_has_the_places_that_citations_lead_to_and_leads_back():
    app = SimpleNamespace(env=SimpleNamespace(doc2path="{}.md".format))
    entry = '- <a id="hubel1962"></a>**Hubel** Cells. Cited in [L1](../L01_a.ipynb).'
    source = [f"# References\n\n{entry}\n"]
    dialect.translate(app, "references", source)
    back = '<a href="../L01_a.html#cited-hubel1962">L1</a>'
    assert source == [
        f"# References\n\n- (hubel1962)=\n  **Hubel** Cells. Cited in {back}.\n"
    ]
