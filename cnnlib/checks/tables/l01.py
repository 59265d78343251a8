"""Checks of lecture L1, from the multilayer perceptron to the ConvNet."""

import numpy as np

from cnnlib.checks.engine import Between, Function, SameShape, Value, any_of

_RNG = np.random.default_rng(1)
_NUMBERED = np.arange(5 * 4 * 5).reshape(5, 4, 5, 1)  # its rows are told apart
_RANDOM = _RNG.integers(0, 10, (6, 5, 7, 2))
_ORDER4, _ORDER5 = np.array([2, 0, 3, 1]), np.array([3, 0, 1, 4, 2])
_PIXELS = 224 * 224  # of a photograph


def _shuffled(images, order):
    return images[:, order]


def _by_rows(table, height, width):
    return table.reshape(-1, width, height).transpose(0, 2, 1).reshape(table.shape)


def _sides_swapped(table, height, width):
    return _by_rows(table, width, height)


CHECKS = {
    "predict1": Value(
        expected=101_770,
        because="784 · 128 + 128 = 100,480, and 128 · 10 + 10 = 1,290.",
        otherwise="Two layers, and each has inputs times units weights plus one bias a unit.",
        hints=[
            ("These are the weights alone: each unit has a bias as well.", 101_632),
            ("The ten units of the last layer have biases too.", 101_760),
            ("The 128 units of the first layer have biases too.", 101_642),
            ("The inputs are no units: a pixel has no bias.", 102_554),
            ("That is the first layer. The ten units after it have weights too.", 100_480),
            ("The layers are added: 784 times 128, and then 128 times 10.", 784 * 128 * 10),
            ("These are units. Each unit has a weight for every input.", any_of(922, 138)),
        ],
    ),
    "predict2": Value(
        expected=150_529_000,
        because="224 · 224 · 3 = 150,528 inputs, so 150,528 · 1,000 + 1,000.",
        otherwise="How many numbers is the photograph? Each unit has one weight for each of them, and one bias.",
        hints=[
            ("These are the weights alone: each unit has a bias as well.", 150_528_000),
            ("That is a gray picture. A color picture has three numbers a pixel.", any_of(_PIXELS * 1000 + 1000, _PIXELS * 1000)),
            ("That is one unit. There are 1,000.", any_of(3 * _PIXELS, 3 * _PIXELS + 1)),
            ("That is one row of the picture, and it has 224 of them.", any_of(224 * 3 * 1000, 224 * 3 * 1000 + 1000, 224_000, 225_000)),
        ],
    ),
    "predict3": Value(
        expected=4,
        because="1 + 3 = 4: the answer moves as far as the picture.",
        otherwise="Lay the three weights on the moved row, place by place.",
        hints=[
            ("The answer would have stayed where it was. The kernel meets the bright pixel later now.", 1),
            ("That is the place of the bright pixel. Places count where the kernel begins, one pixel before its middle weight.", 5),
            ("That is how far it has moved. From which place?", 3),
            ("That is the value, or the old place of the bright pixel. Where in the list does the 2 stand?", 2),
            ("The last place is 5, as the kernel is three wide. It takes the same three steps as the pixel.", 6),
        ],
    ),
    "predict4": Value(
        expected=1792,
        because="64 · (3 · 3 · 3 + 1), whatever the size of the picture.",
        otherwise="Count one kernel, its bias included, then take 64 of them.",
        hints=[
            ("These are the weights alone: each kernel has a bias as well.", 1728),
            ("A kernel looks at all three channels: it has 3 · 3 · 3 weights.", 640),
            ("Two slips at once: a kernel looks at three channels, and it has a bias.", 576),
            ("One bias for each kernel, not one for each of its channels.", 1920),
            ("That is one kernel. There are 64.", any_of(27, 28)),
            ("The picture's size does not count: the kernel is shared, the same weights serve at every place.", any_of(*(n * m for n in (1792, 1728, 28, 27) for m in (_PIXELS, 222 * 222)))),
        ],
    ),
    "predict5": Value(
        expected=any_of("same", "the same", "equal"),
        because="Every unit sees all pixels, so for it they only changed their names.",
        otherwise='Answer with "better", "same" or "worse".',
        hints=[
            ("For your eye it is worse. But does a unit of the MLP know which of its 784 inputs are neighbors? Relabeling them changes nothing for it.", any_of("worse", "lower", "bad")),
            ("Where should more information come from? The pixels are the same, only their places changed.", any_of("better", "higher")),
        ],
    ),
    "1": Value(
        expected=203_530,
        because="784 · 256 + 256 = 200,960, and 256 · 10 + 10 = 2,570.",
        otherwise="Two layers, and each has inputs times units weights plus one bias a unit.",
        hints=[
            ("These are the weights alone: each unit has a bias as well.", 203_264),
            ("The ten units of the last layer have biases too.", 203_520),
            ("The 256 units of the first layer have biases too.", 203_274),
            ("The inputs are no units: a pixel has no bias.", 204_314),
            ("That is the first layer. The ten units after it have weights too.", 200_960),
            ("The layers are added: 784 times 256, and then 256 times 10.", 784 * 256 * 10),
            ("These are units. Each unit has a weight for every input.", any_of(1050, 266)),
            ("That is the MLP of the lecture, with 128 units. This one has 256.", 101_770),
            ("Twice the old one is not quite right: the ten biases at the end do not double.", 203_540),
        ],
    ),
    "2": Value(
        expected=[2, 1, 3, 1],
        because="A takes the sharing away, B and D the neighborhood, C the equality of places.",
        otherwise="Ask of each: does the kernel still see a small neighborhood? The same weights everywhere? The same answer at a new place?",
        hints=[
            ("A and B are swapped. In A the windows stay small. In B there still is one kernel for all places.", any_of((1, 2, 3, 1), (1, 2, 3, 2))),
            ("In A the equivariance is lost as well, but only because something else went first.", any_of((3, 1, 3, 1), (3, 1, 2, 1))),
            ("In B the kernel still slides and is shared. But what does it find in its window?", (2, 3, 3, 1)),
            ("In D there is one place only, so nothing is left to share or to move. But which property says how much a kernel sees?", any_of((2, 1, 3, 2), (2, 1, 3, 3))),
            ("In C the window is small and its weights are shared. What if the same digit stands in another row?", any_of((2, 1, 2, 1), (2, 1, 1, 1))),
        ],
    ),
    "3": Function(
        reference=_shuffled,
        inputs=[(_NUMBERED, _ORDER4), (_RANDOM, _ORDER5)],
        because="The second axis counts the rows, and one order serves all images.",
        otherwise="Axis 0 counts images, axis 1 rows, axis 2 columns.",
        hints=[
            ("You shuffle the images. The first axis is N, the rows are the second.", lambda images, order: images[order]),
            ("That is the inverse shuffle: row order[i] of the result is row i of the image. It is asked the other way round.", lambda images, order: images[:, np.argsort(order)]),
            ("These are the columns. The rows are the second axis.", lambda images, order: images[:, :, order]),
            ("Nothing has moved. A shuffled copy must be returned.", lambda images, order: images),
            ("That turns the pictures upside down. Use the order that is given.", lambda images, order: images[:, ::-1]),
            ("The pictures are flat. Return them in the shape in which they came.", SameShape(lambda images, order: images.reshape(len(images), -1))),
        ],
    ),
    "4": Value(
        expected=[0.22, 0.55],
        tolerance=0.1,
        because="The MLP reads about one digit in five, the ConvNet every second.",
        otherwise="Move the test digits only, train nothing, and evaluate both.",
        hints=[
            ("The order is MLP, then ConvNet.", (0.55, 0.22)),
            ("These are percent. Give shares between 0 and 1.", Between((2,), 1.5, 100)),
            ("That is the shift to the right, as in the lecture. Rows are counted by the second axis.", (0.43, 0.7)),
            ("That is without a shift.", (0.94, 0.95)),
            ("`evaluate` returns loss and accuracy. Take the second.", SameShape([[0, 0], [0, 0]])),
        ],
    ),
    "5": Function(
        reference=_by_rows,
        inputs=[
            (np.array([[1, 4, 2, 5, 3, 6]]), 2, 3),
            (_RNG.integers(0, 10, (4, 20)), 4, 5),
        ],
        because="Read column by column, the picture is (width, height), transposed.",
        otherwise="A table with the row 1 4 2 5 3 6 is the picture 1 2 3, 4 5 6.",
        hints=[
            ("Nothing has changed. A reshape alone moves no number: an axis must be swapped in between.", lambda table, height, width: table),
            ("Height and width are swapped in the first step: on square digits nobody would see it. Column by column, the height runs fastest.", _sides_swapped),
            ("You have transposed the table. Each picture must be turned by itself.", SameShape(lambda table, height, width: table.T)),
            ("You return pictures. Flatten them again, row by row.", SameShape(lambda table, height, width: table.reshape(-1, height, width))),
        ],
    ),
}
