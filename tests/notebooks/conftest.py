"""Small notebooks and a small book to try the policy on."""

from base64 import b64encode
from io import BytesIO

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tools.notebooks.__main__ import main
from tools.notebooks.canonical import write
from tools.notebooks.drawings import BOOK_TYPE

TINY_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJ"
    "RU5ErkJggg=="
)
TINY_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="9pt" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><g transform="scale(0.1 -0.1)">'
    '<use xlink:href="#DejaVuSans-1"/></g></svg>'
)
TITLES_BEFORE = ["One", "Two", "Three"]
READING = (
    "- [Dumoulin and Visin (2016)](https://arxiv.org/abs/1603.07285), "
    "*A guide to convolution arithmetic for deep learning*: pictures."
)
WORKS = r"""
@article{both, author = {M{\"u}ller, Ann and van den Oord, Bo}, title = {On {X}},
  journal = {J}, year = {2001}, doi = {10.1/x_y}}
@misc{one, author = {Solo, Sue}, title = {A}, year = {1999}}
@misc{two, author = {Solo, Sue}, title = {B}, year = {1999}, eprint = {1.2},
  archiveprefix = {arXiv}}
@misc{many, author = {A, A and B, B and C, C}, title = {D}, year = {2000},
  url = {https://d.org}}
"""
TITLES_AFTER = ["What the notes said", "In practice", "Bug clinic"]


class Book:
    """A copy of what the policy reads, in a folder of its own."""

    def __init__(self, root):
        self.root = root
        (root / "lectures").mkdir()
        (root / "cnnlib").mkdir()
        (root / "cnnlib" / "ops.py").write_text("VALUE = 1\n")
        (root / "requirements.lock").write_text("numpy==2\n")
        self.set_address("")
        (root / "appendix").mkdir()
        (root / "appendix" / "references.md").write_text(
            "# References\n<!-- references:start -->\n<!-- references:end -->\nend\n"
        )
        (root / "appendix" / "errata.md").write_text(
            "# Errata\n<!-- errata:start -->\n<!-- errata:end -->\nend\n"
        )
        (root / "appendix" / "errata.toml").write_text("")
        (root / "appendix" / "glossary.md").write_text("# Glossary\n")
        (root / "appendix" / "help.md").write_text("# Help\n")
        (root / "appendix" / "results.md").write_text(
            "# Results\n<!-- results:start -->\n<!-- results:end -->\nend\n"
        )
        (root / "references.bib").write_text(WORKS)
        (root / "README.md").write_text(
            "# Course\n<!-- book:start -->\n<!-- book:end -->\n"
            "<!-- lectures:start -->\n<!-- lectures:end -->\nend\n"
        )
        (root / "intro.md").write_text(
            "# Course\n<!-- lectures:start -->\n2. Two\n3. Three\n"
            "<!-- lectures:end -->\nend\n"
        )
        (root / "CITATION.cff").write_text(
            "title: Course\nauthors:\n  - name: Somebody\nversion: 1\n"
        )
        for name in ("LICENSE", "LICENSE-text"):
            (root / name).write_text("Terms\n\nCopyright (c) 2000 Somebody\n\nMay.\n")

    def set_address(self, url, branch="main", **identity):
        lines = {"title": "Course", "author": "Somebody", "copyright": "2000"}
        text = "".join(f'{key}: "{x}"\n' for key, x in (lines | identity).items())
        text += f'# the address\nrepository:\n  url: "{url}"\n  branch: {branch}\n'
        (self.root / "_config.yml").write_text(text)

    def add(self, name, *cells):
        """Store a notebook of (source, tags...) cells behind a title and a set-up."""
        path = self.root / "lectures" / f"{name}.ipynb"
        notebook = new_notebook(
            cells=[
                new_markdown_cell(f"# {name}: a title"),
                new_code_cell("", metadata={"tags": ["setup", "hide-cell"]}),
                *(new_code_cell(s, metadata={"tags": tags}) for s, *tags in cells),
            ]
        )
        write(path, notebook)
        return path

    def make(self, *arguments):
        return main(arguments, root=self.root)


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


@pytest.fixture(scope="session")
def png():
    """Return a function from grey levels to a base64 PNG, as notebooks store it."""

    def encode(levels, **notes):
        chunks = PngInfo()
        for name, value in notes.items():
            chunks.add_text(name, value)
        file = BytesIO()
        image = Image.fromarray(np.array(levels, dtype=np.uint8))
        image.save(file, format="png", pnginfo=chunks)
        return b64encode(file.getvalue()).decode("ascii")

    return encode


@pytest.fixture
def lecture():
    """The smallest notebook that has every part of lecture 2."""
    cells = [
        _text("# L2: A title\n\nA claim.\n\nIt takes 50 minutes."),
        _text("## Where this leads\n\n1. One.\n2. Two.\n3. Three."),
        _code("# nothing", "setup", "hide-cell"),
        _code("import numpy as np\n\nrng = np.random.default_rng(0)"),
    ]
    for title in TITLES_BEFORE:
        cells += [_text(f"## {title}\n\n" + "word " * 420), _code("rng.integers(9)")]
    cells += [_text("Move the window."), _code("3", "explorer")]
    cells += [_text("Guess."), _code('check("L02.predict1", 4)', "prediction")]
    cells += [_text("Look."), _figure(), _text("*Figure 2.1: A caption.*\n\nWell.")]
    cells += [_text(f"## {title}") for title in TITLES_AFTER]
    cells += [_text("## Summary\n\n1. One.\n2. Two.\n3. Three."), _text("## Exercises")]
    for number in range(1, 5):
        cells += _exercise(number)
    cells.append(_text("## Solutions"))
    for number in range(1, 5):
        cells += _solution(number)
    cells.append(_text(f"## Further reading\n\n{READING}"))
    notebook = new_notebook(cells=cells)
    codes = [cell for cell in cells if cell.cell_type == "code"]
    for count, cell in enumerate(codes, start=1):
        cell.execution_count = count
    return notebook


def _text(source):
    return new_markdown_cell(source)


def _code(source, *tags):
    return new_code_cell(source, metadata={"tags": list(tags)})


def _figure():
    cell = _code("draw()")
    data = {"image/png": TINY_PNG, BOOK_TYPE: TINY_SVG}
    cell.outputs = [new_output("display_data", data)]
    cell.metadata["mystnb"] = {"image": {"alt": "A black pixel."}}
    return cell


def _exercise(number):
    link = f"[Solution {number}](#Solution-{number})"
    return [
        _text(f"### Exercise {number}: a task\n\n{link}"),
        _code(f"answer_{number} = ...", "exercise"),
        _code(f'check("L02.{number}", answer_{number})'),
    ]


def _solution(number):
    link = f"Back to [exercise {number}](#Exercise-{number}:-a-task)"
    heading = _text(f"### Solution {number}\n\n{link}")
    heading.metadata["jp-MarkdownHeadingCollapsed"] = True
    solution = _code(f"solution_{number} = 4", "solution", "hide-cell")
    hidden = {"outputs_hidden": True, "source_hidden": True}
    solution.metadata |= {"jupyter": hidden, "cellView": "form"}
    return [heading, solution]
