"""Every lecture has the parts of a lecture, and each rule can say no."""

import pytest

from tools.notebooks import anatomy, exercises, lecture_paths, style
from tools.notebooks.canonical import code_cells, has_tag, lecture_of, read
from tools.notebooks.drawings import BOOK_TYPE

RULES = (*anatomy.RULES, *exercises.RULES, *style.RULES)
LECTURES = lecture_paths()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", LECTURES, ids=lecture_of)
def test_lecture(path, rule):
    found = list(rule(read(path), int(lecture_of(path)[1:])))
    assert not found, "\n".join([path.name, *found])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_whole_lecture(lecture, rule):
    assert list(rule(lecture, 2)) == []


def replace(old, new):
    def change(notebook):
        changed = 0
        for cell in notebook.cells:
            changed += old in cell.source
            cell.source = cell.source.replace(old, new, 1)
        assert changed

    return change


def tagged(tag, **metadata):
    def change(notebook):
        cell = next(cell for cell in code_cells(notebook) if has_tag(cell, tag))
        cell.metadata |= metadata

    return change


def figure(change_figure):
    def change(notebook):
        change_figure(next(cell for cell in code_cells(notebook) if cell.outputs))

    return change


def small_type(cell):
    data = cell.outputs[0].data
    data[BOOK_TYPE] = data[BOOK_TYPE].replace("scale(0.1", "scale(0.06")


def unrun(notebook):
    for cell in code_cells(notebook):
        cell.execution_count = None


def ignored_check(notebook):
    code_cells(notebook)[1].source += "\nfrom cnnlib.checks import check"
    tags = ["prediction", "nbval-ignore-output"]
    tagged("prediction", tags=tags)(notebook)


def drop(source):
    def change(notebook):
        before = len(notebook.cells)
        notebook.cells = [cell for cell in notebook.cells if cell.source != source]
        assert len(notebook.cells) < before

    return change


def open_heading(notebook):
    for cell in notebook.cells:
        cell.metadata.pop("jp-MarkdownHeadingCollapsed", None)


def moved_solution(notebook):
    solution = next(c for c in notebook.cells if has_tag(c, "solution"))
    notebook.cells.remove(solution)
    notebook.cells.append(solution)


SOURCE = {"source_hidden": True}
LONG = "\n".join("1" for _ in range(21))
WRONG = [
    (anatomy.opening, replace("# L2: A title", "# Lecture 2"), "title"),
    (anatomy.opening, replace("A claim.", "A claim. Another."), "one sentence"),
    (anatomy.opening, replace("50 minutes", "long"), "minutes"),
    (anatomy.sections, replace("## Bug clinic", "# Bug clinic"), "one H1"),
    (anatomy.sections, replace("## Where", "### Where"), "first section"),
    (anatomy.sections, replace("## Bug clinic", "## Bugs"), "last sections"),
    (anatomy.sections, replace("## Two", "### Two"), "topic sections"),
    (anatomy.goals, replace("3. Three.", ""), "numbered 1 to 3"),
    (anatomy.setup_and_imports, tagged("setup", tags=[]), "tagged 'setup'"),
    (anatomy.setup_and_imports, tagged("setup", tags=["setup"]), "hide-cell"),
    (anatomy.setup_and_imports, replace("default_rng(0)", "default_rng()"), "seed"),
    (anatomy.setup_and_imports, replace("draw()", "import os"), "import cell"),
    (anatomy.explorer, tagged("explorer", tags=[]), "explorer"),
    (exercises.exercises, replace("### Exercise 4", "### Task"), "4 to 5 exercises"),
    (exercises.exercises, replace("Exercise 2", "Exercise 7"), "'Exercise 2'"),
    (exercises.exercises, replace("[Solution 2]", "[There]"), "[Solution 2](#Sol"),
    (exercises.exercises, tagged("exercise", tags=[]), "must be"),
    (exercises.solutions, replace("### Solution 4", "### The end"), "must hold"),
    (exercises.solutions, replace("### Exercise 4: ", "### Exercise 4 "), "-4-a-task"),
    (exercises.solutions, replace("[exercise 3]", "[there]"), "[exercise 3](#Ex"),
    (exercises.solutions, moved_solution, "solutions belong to 'Solutions'"),
    (exercises.solutions, drop("solution_3 = 4"), "Solution 3: one code cell"),
    (exercises.solutions, open_heading, "jp-MarkdownHeadingCollapsed"),
    (exercises.solutions, tagged("solution", tags=["solution"]), "hide-cell"),
    (exercises.solutions, tagged("solution", jupyter={}), "outputs_hidden"),
    (exercises.solutions, tagged("solution", jupyter=SOURCE), "outputs_hidden"),
    (exercises.solutions, tagged("solution", cellView=None), "cellView"),
    (exercises.solutions, unrun, "executed"),
    (exercises.own_names, replace("solution_1 = 4", "answer_1 = 4"), "_answer_1"),
    (exercises.own_names, replace("solution_1 =", "solution_2 ="), "solution_1 or"),
    (exercises.own_names, replace("solution_1 = 4", "rng[0] = 4"), "'rng' must"),
    (exercises.own_names, replace("solution_1 = 4", "for i in []: 4"), "'i' must"),
    (exercises.own_names, replace("solution_2 = 4", "answer_1"), "not use 'answer_1'"),
    (exercises.own_names, replace("draw()", "_x = 1"), "'_x' is a solution's name"),
    (exercises.own_names, replace("answer_1 =", "solution_1 ="), "a solution's name"),
    (anatomy.predictions, tagged("prediction", tags=[]), "belong together"),
    (anatomy.predictions, replace("L02.predict1", "L02.1"), "belong together"),
    (anatomy.predictions, replace("L02.3", "L03.3"), "is not L02."),
    (style.cell_sizes, replace("draw()", LONG), "received 21"),
    (style.cell_sizes, replace("draw()", ""), "received 0"),
    (style.prose, drop("Look."), "sentence"),
    (style.prose, replace("word " * 420, "word"), "words"),
    (style.prose, replace("word " * 420, "$x$ " * 420), "words"),
    (style.figures, figure(lambda cell: cell.metadata.clear()), "image.alt"),
    (
        style.figures,
        figure(lambda cell: cell.outputs.extend(cell.outputs)),
        "received 2",
    ),
    (
        style.figures,
        figure(lambda cell: cell.metadata.mystnb.update(figure={"name": "fig-one"})),
        "not in metadata",
    ),
    (style.figures, replace("*Figure 2.1:", "*Figure 2.2:"), "begin with the caption"),
    (style.figures, replace("caption.*\n", "caption\n"), "begin with the caption"),
    (style.figures, replace("Look.", "See figure 2.2."), "there is no figure 2.2"),
    (
        style.figures_on_a_phone,
        figure(lambda cell: cell.outputs[0].data.pop(BOOK_TYPE)),
        "has no application/vnd",
    ),
    (
        style.figures_on_a_phone,
        figure(small_type),
        "the smallest type is 8.0 pixels",
    ),
    (style.code_style, replace("draw()", "%timeit draw()"), "magics"),
    (style.code_style, replace("draw()", "print(1)"), "print"),
    (style.code_style, replace("draw()", "plt.cm.jet"), "jet"),
    (style.code_style, replace("draw()", 'draw(cmap="jet")'), "jet"),
    (
        style.code_style,
        replace("import numpy", "import socket, numpy"),
        "socket",
    ),
    (style.code_style, replace("draw()", "draw("), "not Python"),
    (style.tested, tagged("explorer", tags=["explorer", "nbval-skip"]), "allowed"),
    (style.tested, replace("draw()", "# NBVAL_RAISES_EXCEPTION\n1 / 0"), "allowed"),
    (style.tested, ignored_check, "what check shows must be compared"),
    (style.plain_markdown, replace("# L2", "(L02)=\n# L2"), "only the book"),
    (style.plain_markdown, replace("Look.", "See {numref}`fig-one`."), "only the book"),
    (style.plain_markdown, replace("Look.", ":::{note}\n:::"), "only the book"),
    (style.plain_markdown, replace("Look.", "```{note}\n```"), "only the book"),
    (style.plain_markdown, replace("Look.", "See [it](L99_x.ipynb)."), "no file L99"),
    (style.plain_markdown, replace("Look.", "See [it](#L03)."), "no heading for #L03"),
    (
        style.citations_are_known,
        replace("Dumoulin and Visin (2016)", "Dumoulin (2016)"),
        "has no [Dumoulin (2016)]",
    ),
    (
        style.citations_are_known,
        replace("Look.", "See [the guide](https://arxiv.org/abs/1603.07285)."),
        "must read",
    ),
    (style.citations_are_known, replace("*A guide", "*The guide"), "its title"),
    (style.citations_are_known, replace("- [Dum", "- A book: [Dum"), "its title"),
    (
        style.later_lectures_are_linked,
        replace("Look.", "As in L3."),
        "the mention of L3",
    ),
    (style.text_style, replace("Look.", "![a](https://a.org/a.png)"), "network"),
    (style.text_style, replace("Look.", "The δelu."), "notes said"),
]


@pytest.mark.parametrize(
    ("rule", "change", "message"), WRONG, ids=lambda part: getattr(part, "__name__", "")
)
def test_rule_refuses(lecture, rule, change, message):
    change(lecture)
    assert message in "\n".join(rule(lecture, 2))


def test_every_rule_is_seen_to_refuse():
    assert {rule for rule, _, _ in WRONG} == set(RULES)


def test_slip_of_the_scan_may_stand_in_its_box(lecture):
    replace("## What the notes said", "## What the notes said\n\nThe δelu.")(lecture)
    assert list(style.text_style(lecture, 2)) == []


def test_a_lecture_that_is_linked_or_came_before_or_is_code_is_no_forward_reference(
    lecture,
):
    text = "In L1, L2, `L3`, [L3](L03_padding_and_strides.ipynb) and L99."
    replace("Look.", text)(lecture)
    assert list(style.later_lectures_are_linked(lecture, 2)) == []


def test_heading_in_a_fence_is_no_heading(lecture):
    replace("Look.", "```\n## Look\n```")(lecture)
    assert list(anatomy.sections(lecture, 2)) == []
