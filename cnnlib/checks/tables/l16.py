"""Checks of lecture L16, Transfer learning."""

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
