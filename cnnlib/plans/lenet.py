"""LeNet: as it was published in 1998, and as it is built today."""

from cnnlib.plans.entries import (
    RBF,
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
    ReLU,
    ScaledTanh,
    Softmax,
    Subsampling,
)

LENET = (
    Conv2D(6, 5),
    ReLU(),
    MaxPooling2D(2),
    Conv2D(16, 5),
    ReLU(),
    MaxPooling2D(2),
    Flatten(),
    Dense(120),
    ReLU(),
    Dense(84),
    ReLU(),
    Dense(10),
)
"""LeNet as the course's NumPy network has it, for images of 28 x 28 x 1.

The network of LeCun et al. (1998), section II-B, averages where this one pools, with a
weight and a bias a map, bends with tanh, and leaves out some connections between its
maps: that one is `LENET5_1998`.
"""

_SEEN_BY = (
    # six maps see three neighbors, six see four, three see four with a gap, one all
    *((i, (i + 1) % 6, (i + 2) % 6) for i in range(6)),
    *((i, (i + 1) % 6, (i + 2) % 6, (i + 3) % 6) for i in range(6)),
    *((i, i + 1, i + 3, (i + 4) % 6) for i in range(3)),
    range(6),
)

C3 = tuple(tuple(int(c in seen) for seen in _SEEN_BY) for c in range(6))
"""Which of the 6 maps of S2 each of the 16 maps of C3 sees: rows of 0 and 1, 6 x 16.

Source: LeCun et al. (1998), table I.
"""

LENET5_1998 = (
    Conv2D(6, 5, name="C1"),
    ScaledTanh(),
    Subsampling(2, name="S2"),
    ScaledTanh(),
    Conv2D(16, 5, connections=C3, name="C3"),
    ScaledTanh(),
    Subsampling(2, name="S4"),
    ScaledTanh(),
    Conv2D(120, 5, name="C5"),
    ScaledTanh(),
    Flatten(name="flatten"),
    Dense(84, name="F6"),
    ScaledTanh(),
    RBF(10, name="output"),
)
"""LeNet-5 as it was published, for images of 32 x 32 x 1.

Source: LeCun et al. (1998), section II-B.
"""


def lenet5(num_classes=10, activation=None, pooling=MaxPooling2D):
    """Return LeNet-5 as it is built today: every map of C3 sees all of S2.

    Args:
        num_classes: units of the output.
        activation: entry behind each layer with weights; None for ReLU().
        pooling: `MaxPooling2D` or `AveragePooling2D`.
    Returns:
        A plan, for 32 x 32 x 1 as in the paper, or other sizes.
    Source: LeCun et al. (1998), section II-B, without table I.
    """
    bend = ReLU() if activation is None else activation
    return (
        Conv2D(6, 5, name="C1"),
        bend,
        pooling(2, name="S2"),
        Conv2D(16, 5, name="C3"),
        bend,
        pooling(2, name="S4"),
        Flatten(name="flatten"),
        Dense(120, name="C5"),
        bend,
        Dense(84, name="F6"),
        bend,
        Dense(num_classes, name="output"),
        Softmax(),
    )
