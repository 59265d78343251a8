"""The arguments of a function, each with what it says."""

import inspect

import matplotlib.pyplot as plt

from cnnlib._validate import complaint
from cnnlib.plots import WIDTH

LINE = 0.22  # inches from one line to the next
KEY = ("C1", "C0", "0.35")
"""The colors of the groups of arguments, in the order in which they are given."""


def signature(function, notes, title):
    """Write the signature of a function, one argument a line, with a note on each.

    The names and their defaults are those of the function.

    Args:
        function: a function, or a class for what makes one.
        notes: {what they decide: {argument: note}}, at most three groups, each in a
            color of its own. Every argument but `self` and `**kwargs` has a note.
        title: how the function is called.
    Returns:
        The Axes.
    Raises:
        TypeError: if `notes` is no dict of dicts.
        ValueError: if the notes are not on the arguments of the function, one on each,
            or there are more groups than colors.
    """
    if not isinstance(notes, dict) or not all(
        isinstance(group, dict) for group in notes.values()
    ):
        expected = "{what they decide: {argument: note}}"
        raise TypeError(complaint("notes", expected, repr(notes)))
    arguments = inspect.signature(function).parameters.values()
    plain = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    arguments = [a for a in arguments if a.name != "self" and a.kind not in plain]
    names = [argument.name for argument in arguments]
    noted = [name for group in notes.values() for name in group]
    if sorted(names) != sorted(noted) or len(notes) > len(KEY):
        expected = f"one note on each of {', '.join(names)}, in 3 groups at most"
        raise ValueError(complaint("notes", expected, ", ".join(noted)))
    colors = dict(zip(notes, KEY))
    rows = len(arguments) + len(notes) + 2
    _, ax = plt.subplots(figsize=(WIDTH, LINE * rows), layout=None)
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, WIDTH), ylim=(rows, 0))
    ax.set_axis_off()
    code = {"family": "monospace", "fontsize": 9, "va": "center"}
    ax.text(0.05, 0.5, f"{title}(", **code)
    for row, argument in enumerate(arguments, start=1):
        (group,) = (what for what in notes if argument.name in notes[what])
        note = notes[group][argument.name]
        color, written = colors[group], f"{_written(argument)},"
        ax.text(0.2, row + 0.5, written, color=color, **code)
        right = max(2.35, 0.3 + 0.079 * len(written))  # of the end of the code
        ax.text(right, row + 0.5, note, color=color, fontsize=9, va="center")
    ax.text(0.05, len(arguments) + 1.5, ")", **code)
    for row, (what, color) in enumerate(colors.items(), start=len(arguments) + 2):
        ax.plot([0.2, 0.5], [row + 0.5] * 2, color=color, linewidth=5)
        ax.text(0.6, row + 0.5, what, fontsize=9, va="center", color=color)
    return ax


def _written(argument):
    if argument.default is argument.empty:
        return argument.name
    default = argument.default
    if isinstance(default, str):
        return f'{argument.name}="{default}"'
    return f"{argument.name}={default}"
