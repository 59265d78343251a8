"""Figures on textured backgrounds: color images that are drawn here, bit for bit.

Each image follows from the bits of a PCG64 generator by additions, multiplications,
divisions and square roots in float64, which are the same on every machine; sines and
cosines, which are not, come rounded from a table. `np.random.PCG64.random_raw` is the
part of NumPy's random numbers that does not change from version to version.
"""

import numpy as np

from cnnlib._validate import complaint, entries, integer, real
from cnnlib.data.full import examples

FIGURES = (
    "disc",
    "ring",
    "half-disc",
    "crescent",
    "square",
    "frame",
    "triangle",
    "star",
    "cross",
    "bar",
)
"""What the labels of `load_figures` stand for, 0 to 9."""

LATTICE = 16  # a texture repeats after so many random values, down and to the right
FACTORS = 20  # random numbers of an image beside its texture's
WORDS = FACTORS + LATTICE * LATTICE // 8  # of 64 bits
CHUNK = 256  # images that are drawn at a time
# cos and sin of whole degrees, rounded where the last bits may differ
DEGREES = np.radians(np.arange(360))
COS, SIN = (np.rint(f(DEGREES) * 2**20) / 2**20 for f in (np.cos, np.sin))


def load_figures(
    count=4000,
    image_size=32,
    seed=0,
    *,
    test_count=1000,
    rotation=20,
    scale=(0.5, 0.8),
    shift=0.15,
    color=1.0,
    texture=1.0,
):
    """Draw color images of ten figures on textured backgrounds, without a download.

    The classes take turns, 0 to 9, as `FIGURES` names them. An image follows from the
    seed, from its number and from whether it is a training image: more images begin
    with the same ones, and other settings draw the same figures with that factor
    changed.

    Args:
        count: number of training images.
        image_size: height and width in pixels, at least 8.
        seed: an int of at least 0.
        test_count: number of test images, which are drawn apart.
        rotation: a figure is turned by a whole number of degrees of at most this to
            either side, 0 to 180; 180 is any angle, 0 upright.
        scale: (smallest, largest) diameter of the circle around a figure, as a share
            of the image's side; above 0, at most 1.
        shift: the middle of a figure stands at most this share of the side away from
            the middle of the image, down or up and to the right or left; 0 to 0.5.
        color: 0 for light gray figures on dark gray, 1 for any two colors that are
            unlike in red, green and blue. Values between lie between, and there a
            figure can be hard to see.
        texture: 0 for plain backgrounds, up to 1.
    Returns:
        (x_train, y_train), (x_test, y_test): images of shape (N, H, W, 3), float32
        from 0 to 1, each value a whole number of 255ths, and labels of shape (N,),
        ints from 0 to 9.
    Raises:
        TypeError: if an argument is not a number, or not an int where one is needed.
        ValueError: if an argument is out of its range.
    """
    counts = integer("count", count), integer("test_count", test_count)
    size, seed = integer("image_size", image_size, 8), integer("seed", seed, 0)
    settings = {
        "rotation": _at_most("rotation", integer("rotation", rotation, 0), 180),
        "scale": _scale(scale),
        "shift": _at_most("shift", real("shift", shift, 0), 0.5),
        "color": _at_most("color", real("color", color, 0), 1),
        "texture": _at_most("texture", real("texture", texture, 0), 1),
    }
    train, test = (
        examples(*_draw(number, size, (seed, part), **settings))
        for part, number in enumerate(counts)
    )
    return train, test


def _at_most(name, value, largest):
    if value > largest:
        raise ValueError(complaint(name, f"at most {largest}", value))
    return value


def _scale(scale):
    expected = "a pair (smallest, largest), above 0 and at most 1"
    ends = [real("scale", end) for end in entries("scale", scale, expected)]
    if len(ends) != 2 or not 0 < ends[0] <= ends[1] <= 1:
        raise ValueError(complaint("scale", expected, scale))
    return ends


def _draw(count, size, entropy, **settings):
    """Return uint8 images of shape (N, H, W, 3) and labels of shape (N,)."""
    bits = np.random.PCG64(np.random.SeedSequence(entropy))
    images = np.empty((count, size, size, 3), np.uint8)
    labels = np.arange(count) % len(FIGURES)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        words = bits.random_raw(len(labels[part]) * WORDS).reshape(-1, WORDS)
        images[part] = _images(words, labels[part], size, **settings)
    return images, labels


def _images(words, labels, size, rotation, scale, shift, color, texture):
    """Mix a figure's color and its background's, pixel by pixel, as bytes."""
    uniform = (words[:, :FACTORS] >> np.uint64(11)) * 2.0**-53  # 0 to below 1
    draw = iter(uniform.T)  # one factor after the other, always the same number
    angle = np.floor(next(draw) * (2 * rotation + 1)).astype(int) - rotation
    diameter = scale[0] + (scale[1] - scale[0]) * next(draw)
    middle = [shift * (2 * next(draw) - 1) for _ in range(2)]
    inside = _figures(labels, size, angle, diameter, middle)[..., None]
    paints = np.stack([next(draw) for _ in range(9)], axis=-1).reshape(-1, 3, 3)
    pattern = _pattern(words[:, FACTORS:], draw, size)[..., None]
    figure, ground, other = _colors(paints, color, texture)
    ground = ground + (other - ground) * pattern
    return np.rint(255 * (ground + (figure - ground) * inside)).astype(np.uint8)


def _colors(paints, color, texture):
    """Return the figure's color and two of its background, shape (N, 1, 1, 3).

    The three channels of a figure differ from those of its ground by 0.35 to 0.65 on a
    circle from 0 to 1, and so by at least 0.35 on the line, if color is 1.
    """
    any_figure = paints[:, 0]
    any_ground = (any_figure + 0.35 + 0.3 * paints[:, 1]) % 1.0
    figure = 0.8 + color * (any_figure - 0.8)
    ground = 0.35 + color * (any_ground - 0.35)
    other = ground + texture * 0.4 * (2 * paints[:, 2] - 1) * (0.5 + 0.5 * color)
    other = np.minimum(np.maximum(other, 0), 1)
    return (values[:, None, None, :] for values in (figure, ground, other))


def _turned(size, angle, middle):
    """Return coordinates (right, down) of all pixels, turned about the middle.

    The image reaches from -1/2 to 1/2; each has shape (N, H, W).
    """
    steps = (np.arange(size) + 0.5) / size - 0.5
    right = steps[None, None, :] - middle[0][:, None, None]
    down = steps[None, :, None] - middle[1][:, None, None]
    cos, sin = COS[angle][:, None, None], SIN[angle][:, None, None]
    return cos * right + sin * down, cos * down - sin * right


def _pattern(words, draw, size):
    """Return a smooth random pattern with values 0 to 1, shape (N, H, W).

    Random values on a lattice, in between by lines; how wide the lattice's cells are,
    in two directions that are turned by any angle, makes it clouds, stripes or grain.
    """
    shifts = np.arange(0, 64, 8).astype(np.uint64)
    values = (words[..., None] >> shifts) & np.uint64(255)
    values = values.reshape(len(words), -1) / 255.0  # (N, 256), row by row
    angle = np.floor(next(draw) * 360).astype(int)
    shares = next(draw), next(draw)
    along, across = (2 + 12 * share * share for share in shares)  # cells a side
    starts = [-LATTICE * next(draw) for _ in range(2)]
    right, down = _turned(size, angle, [np.zeros(len(words))] * 2)
    right = right * along[:, None, None] - starts[0][:, None, None]
    down = down * across[:, None, None] - starts[1][:, None, None]
    column, row = np.floor(right), np.floor(down)
    right, down = right - column, down - row
    column, row = column.astype(int), row.astype(int)
    first = np.arange(len(words))[:, None, None] * LATTICE * LATTICE

    def at(r, c):
        return values.ravel()[first + r % LATTICE * LATTICE + c % LATTICE]

    upper, lower = (
        at(r, column) + (at(r, column + 1) - at(r, column)) * right
        for r in (row, row + 1)
    )
    return upper + (lower - upper) * down


def _figures(labels, size, angle, diameter, middle):
    """Return how much of each pixel lies in the figure, 0 to 1, shape (N, H, W)."""
    inside = np.empty((len(labels), size, size))
    pixels = diameter * size / 2  # of a radius
    for label in np.unique(labels):
        these = labels == label
        x, y = _turned(size, angle[these], [m[these] for m in middle])
        radius = diameter[these][:, None, None] / 2
        distance = DISTANCES[FIGURES[label]](x / radius, y / radius)
        inside[these] = 0.5 - distance * pixels[these][:, None, None]
    return np.minimum(np.maximum(inside, 0), 1)


# each takes coordinates (right, down) in which the circle around the figure has radius
# 1, and returns the distance to the outline, negative inside


def _disc(x, y, radius=1.0):
    return np.sqrt(x * x + y * y) - radius


def _box(x, y, half_width, half_height):
    return np.maximum(np.abs(x) - half_width, np.abs(y) - half_height)


def _edges(x, y, corners, inner):
    """Return distances to lines at distance `inner`, the first one below."""
    turns = [360 * k // corners for k in range(corners)]
    return [COS[t] * y + SIN[t] * x - inner for t in turns]


def _star(x, y):
    # a point of the star is inside all of its five lines but one at most
    distances = np.stack(_edges(x, y, 5, 0.31))
    return np.partition(distances, 3, axis=0)[3]


def _cross(x, y):
    return np.minimum(_box(x, y, 0.95, 0.3), _box(x, y, 0.3, 0.95))


DISTANCES = {
    "disc": lambda x, y: _disc(x, y, 0.85),
    "ring": lambda x, y: np.abs(_disc(x, y, 0.7)) - 0.2,
    "half-disc": lambda x, y: np.maximum(_disc(x, y + 0.4, 0.9), -0.4 - y),
    "crescent": lambda x, y: np.maximum(_disc(x, y), -_disc(x - 0.5, y, 0.8)),
    "square": lambda x, y: _box(x, y, 0.7, 0.7),
    "frame": lambda x, y: np.abs(_box(x, y, 0.58, 0.58)) - 0.17,
    "triangle": lambda x, y: np.maximum.reduce(_edges(x, y, 3, 0.5)),
    "star": _star,
    "cross": _cross,
    "bar": lambda x, y: _box(x, y, 0.95, 0.25),
}
