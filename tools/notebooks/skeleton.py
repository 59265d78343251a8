"""Begin a lecture: `make lecture N=17` writes all that the tests ask of one.

What is written passes them as it stands, and says at each place what belongs there.
"""

import argparse
import re
import sys
import unicodedata
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.__main__ import main as make_notebooks
from tools.notebooks.canonical import COLLAPSED, lecture_of, replace_text, text
from tools.notebooks.exercises import HIDDEN

LISTS = (
    "_toc.yml",
    "README.md",
    "intro.md",
    "appendix/errata.md",
    "appendix/references.md",
)
TEMPLATE = Path(__file__).with_name("lecture_template.md")
CELL = re.compile(r"^%% (markdown|code)(.*)\n((?:(?!^%% ).*\n)*)", re.MULTILINE)
CHAPTER = re.compile(r"^( *- file: )lectures/L(\d+)_.*\n", re.MULTILINE)

CHECKS = '''\
"""Checks of lecture L@N@, @TITLE@."""

from cnnlib.checks.engine import Value, any_of

CHECKS = {
    "predict1": Value(
        expected=4,
        because="6 − 3 + 1 = 4.",
        otherwise="Count where the window can begin: the first place is 0.",
        hints=[
            ("That is where it begins last. The places are counted from 0.", 3),
            ("Those are the pixels. At the end the window sticks out.", 6),
            ("Those are all places of the image. Count one row.", any_of(16, (4, 4))),
        ],
    ),
    "1": Value(
        expected=6,
        because="8 − 3 + 1 = 6.",
        otherwise="Put 8 and 3 into the formula.",
        hints=[("The + 1 is missing: place 0 counts too.", 5)],
    ),
    "2": Value(
        expected=3,
        because="It begins at 0, 2 and 4; at 6 it would stick out.",
        otherwise="Write down where the window begins.",
        hints=[("At the last place that you count the window sticks out.", 4)],
    ),
    "3": Value(
        expected=20,
        because="2 · (3 · 3 + 1) = 20.",
        otherwise="Count the numbers in one kernel, then its bias.",
        hints=[
            ("Each kernel has a bias too.", 18),
            ("Each kernel has a bias of its own.", 19),
        ],
    ),
    "4": Value(
        expected=9,
        because="Nine products of 1 and 1.",
        otherwise="How many cells has the window?",
        hints=[("That is the mean of the window. What is the sum?", 1)],
    ),
}
'''

TESTS = """\
import numpy as np

from cnnlib import shapes

from .check_tables import CheckTables

RIGHT = [
    ("predict1", shapes.output_size(6, 3)),
    ("predict1", "4"),
    ("1", shapes.output_size(8, 3)),
    ("2", shapes.output_size(8, 3, 2)),
    ("3", shapes.conv_parameters(3, 1, 2)),
    ("4", np.ones((3, 3)).sum()),
]

WRONG = [
    ("predict1", shapes.output_size(6, 3) ** 2, "all places of the image"),
    ("3", shapes.conv_parameters(3, 1, 2, use_bias=False), "a bias too"),
]


class TestChecks(CheckTables):
    lecture = "L@NN@"
    right = RIGHT
    wrong = WRONG
"""


def main(arguments=None, root=ROOT):
    """Write the skeleton and run it; return the exit status."""
    parser = argparse.ArgumentParser(prog='make lecture N=17 TITLE="Attention"')
    parser.add_argument("number", help="of the lecture, which is not there yet")
    parser.add_argument("title", nargs="?", default="")
    options = parser.parse_args(arguments)
    root = Path(root)
    try:
        number, title = checked(options.number, options.title, root)
        files = skeleton(number, title, root)
        taken = [
            name for name in files if name != "_toc.yml" and (root / name).exists()
        ]
        if taken:
            raise ValueError(f"{', '.join(taken)}: already there")
        before = {name: (root / name).read_text("utf-8") for name in LISTS}
        files["_toc.yml"] = with_chapter(before["_toc.yml"], number, next(iter(files)))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    failed = True
    try:
        for name, content in files.items():
            replace_text(root / name, content)
        failed = make_notebooks([f"L{number:02d}"], root=root)
    finally:
        if failed:  # nothing is left half written
            for name in files:
                (root / name).unlink(missing_ok=True)
            for name, content in before.items():
                replace_text(root / name, content)
    if not failed:
        print(*files, "written: now `make unit`, then write the lecture", sep="\n")
    return int(failed)


def checked(number, title, root):
    """Return the number and the title of a new lecture.

    Raises: ValueError if the number is none from 1 to 99, or is taken, or if the title
        is no text that a heading and a file's name can have.
    """
    if not re.fullmatch(r"[0-9]{1,2}", number) or not int(number):
        raise ValueError(f"N must be a number from 1 to 99, received {number!r}")
    name = f"L{int(number):02d}"
    there = [path.name for path in lecture_paths(root) if lecture_of(path) == name]
    if there:
        raise ValueError(f"N must be a lecture that is not there, and {there[0]} is")
    title = title or "A new lecture"
    if not slug(title) or re.search(r'["\\\n]', title):
        raise ValueError(
            "TITLE must be words in one line, without quotation marks, "
            f"received {title!r}"
        )
    return int(number), title


def slug(title):
    """Return a title as a file's name has it: "Max pooling" is "max_pooling"."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", letters.lower()))


def skeleton(number, title, root):
    """Return {file name: content} of a new lecture; the notebook comes first."""
    path = f"lectures/L{number:02d}_{slug(title)}.ipynb"
    tests = f"tests/unit/checks/tables/test_l{number:02d}.py"
    return {
        path: text(notebook(number, title), f"L{number:02d}"),
        f"cnnlib/checks/tables/l{number:02d}.py": filled(CHECKS, number, title),
        tests: filled(TESTS, number, title),
    }


def notebook(number, title):
    """Return the notebook of a new lecture, not run yet."""
    source = filled(TEMPLATE.read_text("utf-8"), number, title)
    return new_notebook(cells=[_cell(*found) for found in CELL.findall(source)])


def filled(template, number, title):
    """Put number and title into a template."""
    for mark, words in (
        ("@NN@", f"{number:02d}"),
        ("@N@", str(number)),
        ("@TITLE@", title),
    ):
        template = template.replace(mark, words)
    return template


def with_chapter(contents, number, path):
    """Return _toc.yml with a new lecture in its place among the others.

    Raises: ValueError if there is none to stand beside.
    """
    chapters = list(CHAPTER.finditer(contents))
    if not chapters:
        raise ValueError("_toc.yml must list a lecture: `- file: lectures/L01_...`")
    before = [found for found in chapters if int(found[2]) < number]
    place = before[-1].end() if before else chapters[0].start()
    line = f"{chapters[0][1]}{path.removesuffix('.ipynb')}\n"
    return contents[:place] + line + contents[place:]


def _cell(kind, tags, source):
    if kind == "markdown":
        cell = new_markdown_cell(source.strip())
        if source.startswith("### Solution"):
            cell.metadata[COLLAPSED] = True
        return cell
    first, _, rest = source.partition("\n")
    metadata = {"tags": tags.split()} if tags else {}
    if first.startswith("alt: "):
        source = rest
        metadata["mystnb"] = {"image": {"alt": first.removeprefix("alt: ")}}
    if "solution" in tags:
        metadata |= HIDDEN | {"cellView": "form"}
    return new_code_cell(source.strip(), metadata=metadata)


if __name__ == "__main__":
    sys.exit(main())
