"""Checks of lecture L14, residual networks."""

import numpy as np

from cnnlib.checks.engine import Between, Function, Value, any_of
from cnnlib.checks.networks import Model
from cnnlib.ops import conv2d, relu

_RNG = np.random.default_rng(14)
_HAND = np.array([2.0, -1.0, 0.5]), np.array([3.0, 8.0, 0.0]), 1.0
_MOVING = _RNG.normal(size=5), _RNG.uniform(0.5, 2, size=5), 0.25
_NORMS = [(*numbers, shortcut) for numbers in (_HAND, _MOVING) for shortcut in (True, False)]
_MIDDLE = np.pad(np.ones((1, 1, 1, 1)), ((1, 1), (1, 1), (0, 0), (0, 0)))  # a 3x3 kernel that changes nothing
_HAND_MAPS = np.arange(9.0).reshape(1, 3, 3, 1), 2 * _MIDDLE, -0.25 * _MIDDLE


def _norm(mean, variance, epsilon, shortcut, scale=np.sqrt, shift=1.0, uses_epsilon=True):
    if shortcut:
        return np.zeros((2, len(mean)))
    return np.stack([scale(variance + epsilon * uses_epsilon), shift * mean])


def _as_made(mean, variance, epsilon, shortcut):
    """Leave gamma and beta as they begin."""
    return np.stack([np.ones_like(mean), np.zeros_like(mean)])


def _never_zero(mean, variance, epsilon, shortcut):
    return _norm(mean, variance, epsilon, shortcut=False)


def _always_zero(mean, variance, epsilon, shortcut):
    return _norm(mean, variance, epsilon, shortcut=True)


def _only_gamma_zero(mean, variance, epsilon, shortcut):
    gamma, _ = _norm(mean, variance, epsilon, shortcut)
    return np.stack([gamma, mean])


def _count(depth, norm=2, bias=0, dense_bias=10, blocks=None, convs=2, projections=0, image=3, first=True):
    blocks = (depth - 2) // 6 if blocks is None else blocks(depth)
    total, channels = 0, image
    for filters in [16] * first + [f for f in (16, 32, 64) for _ in range(convs * blocks)]:
        total += (9 * channels + norm + bias) * filters
        channels = filters
    for filters in (32, 64):
        total += projections * (filters // 2 + norm) * filters
    return total + channels * 10 + dense_bias


def _all_from_their_own(depth):
    """Forget that a stage's first convolution reads the channels of the stage before."""
    return _count(depth) + 9 * (16 * 32 + 32 * 64)


def _block(filters, body=(True, False), around=True, before=False, after=True, biases=False, norms=True, epsilon=1e-5):
    """Build a block; `body` says which convolution of F has a ReLU behind its norm."""
    import keras

    kl = keras.layers
    inputs = x = keras.Input((14, 14, filters))
    for bends in body:
        x = kl.Conv2D(filters, 3, padding="same", use_bias=biases)(x)
        x = kl.BatchNormalization(epsilon=epsilon)(x) if norms else x
        x = kl.ReLU()(x) if bends else x
    x = kl.ReLU()(x) if before else x
    x = kl.Add()([inputs, x]) if around else x
    return keras.Model(inputs, kl.ReLU()(x) if after else x)


def _repaired(x, w1, w2, first=relu, before=lambda z: z, last=relu, around=1):
    inner = first(conv2d(x, w1, padding="same"))
    return last(around * x + before(conv2d(inner, w2, padding="same")))


def _same(z):
    return z


CHECKS = {
    "predict1": Value(
        expected=[0, 0, 3],
        because="Below 0 nothing is left for the second ReLU.",
        otherwise="ReLU of each number: max(0, z). Then once more.",
        hints=[
            ("Those came in. ReLU makes 0 of what is below 0.", [-2, 0, 3]),
            ("ReLU does not turn a sign: below 0 it gives 0.", [2, 0, 3]),
            ("ReLU is no step: what is above 0 stays as it is.", [0, 0, 1]),
            ("What is above 0 stays; ReLU drops what is below.", [0, 0, 0]),
            ("The second ReLU does not double anything.", [0, 0, 6]),
        ],
    ),
    "predict2": Value(
        expected=any_of("training", "training images", "the training images", "on training", "train"),
        because="Who learns by heart is good on what was learned.",
        otherwise='Write "training" or "test".',
        hints=[
            ("On the test images an overfitted net is the worse one. Where is it better?", any_of("test", "test images", "the test images", "validation", "on test")),
            ("An overfitted net pays for what it knows by heart: on others it is worse.", any_of("both", "training and test")),
            ("It has learned its own images by heart, so there it is better.", any_of("neither", "none")),
        ],
    ),
    "predict3": Value(
        expected=0,
        because="A sum of two arrays has nothing to learn.",
        otherwise="What would there be to learn in x + F(x)?",
        hints=[
            ("Adding costs no parameter: both arrays are there, and the sum has nothing to set.", Between((), 1, 10_000)),
        ],
    ),
    "predict4": Value(
        expected=1.1**20,
        tolerance=0.005,
        because="1.1²⁰ ≈ 6.73.",
        otherwise="The slopes of the blocks multiply. What is the slope of one block?",
        hints=[
            ("That is the plain stack. The shortcut adds 1 to the slope of each layer.", any_of(1e-20, 0)),
            ("Twenty slopes of 0.1, added. They multiply, and each is 1 + 0.1.", 2),
            ("Slopes in a row multiply; you added twenty times 1.1.", 22),
            ("1 + 20 · 0.1 counts the ways through one F only. There are ways through several, too.", 3),
            ("That is 1 + 0.1²⁰: a shortcut around all twenty. Here each block has its own.", 1),
            ("That is one block.", 1.1),
            ("Two decimals, please.", any_of(6.7, 7)),
            ("That is 19 blocks.", any_of(1.1**19, 6.12)),
            ("That is 21 blocks.", any_of(1.1**21, 7.4)),
        ],
    ),
    "predict5": Value(
        expected=8192,
        because="1·1·64·128.",
        otherwise="A kernel of 1×1 for each of the 128 filters, over 64 channels.",
        hints=[
            ("That is a shortcut of 3×3. A projection is 1×1: it changes channels, and looks at no neighbors.", any_of(73_728, 73_856)),
            ("It has no biases: a norm follows.", 8320),
            ("With the stride of 2 it looks at fewer places; its weights are the same.", any_of(2048, 4096)),
            ("That is the kernel from 64 to 64. It makes 128 channels.", 36_864),
            ("From 128 to 128 nothing would have to change.", 16_384),
            ("Each of the 128 filters has a weight for each of the 64 channels.", any_of(64, 128, 192)),
            ("That is option A, zeros. A projection has weights.", 0),
        ],
    ),
    "predict6": Value(
        expected=26_560,
        because="25,583,592 − 25,557,032, one a filter.",
        otherwise="Biases are trained; compare what is trained with the paper's net.",
        hints=[
            ("That is the whole gap. The moving means and variances are in it.", 79_680),
            ("Those are the moving means and variances, which training does not change.", 53_120),
            ("That is all that training changes in Keras' net. How much more is it than the paper's net has?", 25_583_592),
            ("A channel has two moving values, and there you halved; the biases are the other part of the gap.", 39_840),
        ],
    ),
    "1": Value(
        expected=[32_768, 0, 0],
        because="128·256; zeros have no weights, nor has a sum.",
        otherwise="B: a 1×1 kernel from 128 to 256 channels. A: zeros. Inside a stage the shapes agree.",
        hints=[
            ("A projection is 1×1. Yours is 3×3.", any_of([294_912, 0, 0], [295_168, 0, 0])),
            ("Biases apart, the question says.", [33_024, 0, 0]),
            ("Inside a stage the shapes agree, so by option B the shortcut has nothing to project. You think of option C.", any_of([32_768, 0, 65_536], [32_768, 0, 589_824])),
            ("Option A adds channels of zeros, and zeros are not learned.", any_of([32_768, 128, 0], [32_768, 32_768, 0])),
            ("Right numbers, other order: B, A, inside the stage.", any_of([0, 32_768, 0], [0, 0, 32_768])),
            ("A stride of 2 leaves out places, not weights.", any_of([8192, 0, 0], [16_384, 0, 0])),
        ],
    ),
    "2": Function(
        reference=_norm,
        inputs=_NORMS,
        because="A shortcut needs zeros; a plain block has to hit its moving values.",
        otherwise="With a shortcut F has to be 0. Without one solve γ·(z − μ)/√(σ² + ε) + β = z for every z.",
        hints=[
            ("That is how a norm begins: it hands on z less its mean, over its deviation, not z.", _as_made),
            ("With a shortcut the block adds x to F: there F has to be 0, not x.", _never_zero),
            ("Without a shortcut γ = 0 makes everything 0. There the norm has to hand on what it gets.", _always_zero),
            ("With γ = 0 the norm still gives β. It has to be 0 as well.", _only_gamma_zero),
            ("The norm divides by the deviation, the root of variance and epsilon.", lambda *given: _norm(*given, scale=_same)),
            ("That divides once more. γ has to undo the division.", lambda *given: _norm(*given, scale=lambda v: 1 / np.sqrt(v))),
            ("Epsilon stands under the root, too.", lambda *given: _norm(*given, uses_epsilon=False)),
            ("β brings the mean back: it has its sign.", lambda *given: _norm(*given, shift=-1.0)),
            ("The mean is subtracted and has to come back: β is not 0 there.", lambda *given: _norm(*given, shift=0.0)),
            ("Right numbers, other order: γ, then β.", lambda *given: _norm(*given)[::-1]),
        ],
    ),
    "3": Function(
        reference=_count,
        inputs=[20, 8, 56, 110],
        because="As the plan counts, and table 6 of the paper rounds.",
        otherwise="One convolution, three stages of 2n with n = (depth − 2)/6, a norm behind each, and a dense layer.",
        hints=[
            ("The norms are missing: γ and β for each channel.", lambda d: _count(d, norm=0)),
            ("Of the four numbers that a norm keeps for a channel, training changes two.", lambda d: _count(d, norm=4)),
            ("A norm has two numbers for each channel, γ and β.", lambda d: _count(d, norm=1)),
            ("The convolutions have no biases: the norm would take them away again.", lambda d: _count(d, bias=1)),
            ("The dense layer has ten biases.", lambda d: _count(d, dense_bias=0)),
            ("Your blocks have one convolution. They have two.", lambda d: _count(d, convs=1)),
            ("You have n = (depth − 2)/3 blocks a stage. A block has two layers, and there are three stages.", lambda d: _count(d, blocks=lambda d: (d - 2) // 3)),
            ("You have one block a stage too many.", lambda d: _count(d, blocks=lambda d: (d - 2) // 6 + 1)),
            ("The first convolution of a stage reads the channels of the stage before.", _all_from_their_own),
            ("Those are shortcuts B. Those of A are zeros, and have no weights.", lambda d: _count(d, projections=1)),
            ("The image has three channels, not one.", lambda d: _count(d, image=1)),
            ("The very first convolution is missing, the one in front of the stages.", lambda d: _count(d, image=16, first=False)),
        ],
    ),
    "4": Model(
        reference=_block,
        inputs=[(4,), (8,)],
        because="The block of the lecture, layer by layer.",
        otherwise="Convolution, norm, ReLU, convolution, norm; then the sum with what came in, and a ReLU.",
        hints=[
            ("The shortcut is missing: keep what came in, and add it before the last ReLU.", lambda f: _block(f, around=False)),
            ("A ReLU stands in front of the sum, so F can only add, and none behind it: the bug of the clinic.", lambda f: _block(f, before=True, after=False)),
            ("One ReLU too many, in front of the sum: F has to be able to take away.", lambda f: _block(f, before=True)),
            ("The last ReLU is missing: it stands behind the sum.", lambda f: _block(f, after=False)),
            ("Between the two convolutions a ReLU is missing.", lambda f: _block(f, body=(False, False))),
            ("A block has two convolutions, each with its norm.", lambda f: _block(f, body=(False,))),
            ("The norms are missing.", lambda f: _block(f, norms=False)),
            ("The convolutions have no biases: use_bias=False.", lambda f: _block(f, biases=True)),
            ("Keras' norm has an epsilon of 1e-3; here it is 1e-5.", lambda f: _block(f, epsilon=1e-3)),
        ],
    ),
    "5": Function(
        reference=_repaired,
        inputs=[
            _HAND_MAPS,
            (relu(_RNG.normal(size=(2, 5, 4, 3))), *_RNG.normal(scale=0.3, size=(2, 3, 3, 3, 3))),
        ],
        because="F may take away, and the ReLU behind the sum keeps what follows from below 0.",
        otherwise="Inside F one ReLU, between the convolutions; then the sum; then a ReLU.",
        hints=[
            ("A ReLU stands in front of the sum, as in the clinic: so F can only add.", lambda *given: _repaired(*given, before=relu)),
            ("The ReLU behind the sum is missing: y is ReLU(F(x) + x).", lambda *given: _repaired(*given, last=_same)),
            ("Between the convolutions a ReLU has to stand, or they are one.", lambda *given: _repaired(*given, first=_same)),
            ("The shortcut is missing: add x.", lambda *given: _repaired(*given, around=0)),
            ("x comes in twice. One shortcut is enough.", lambda *given: _repaired(*given, around=2)),
            ("You give F(x) alone: add x, then ReLU.", lambda *given: _repaired(*given, around=0, last=_same)),
        ],
    ),
}
