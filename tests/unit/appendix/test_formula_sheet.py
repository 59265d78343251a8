"""The sheet of formulas: each is worked out as it stands there, beside the library."""

import re
from math import atan2, ceil, exp, floor, hypot, log, pi, prod, sqrt, tanh
from pathlib import Path

import keras
import numpy as np
import pytest

from cnnlib import augment, ops, optimizers, shapes
from cnnlib.training import top_k_error

PAGE = Path(__file__).parents[3] / "appendix" / "formulas.md"
TEXT = PAGE.read_text("utf-8")
SIZES = [(6, 3, 0, 2), (7, 3, 1, 2), (28, 11, 2, 4), (32, 5, 2, 1)]  # n, k, p, s
TRIED = {}


def of(*rows):
    """Let a test stand for rows of the sheet, by the first words of each."""

    def register(test):
        TRIED.update(dict.fromkeys(rows, test))
        return test

    return register


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def numbers(*shape):
    return np.random.default_rng(sum(shape)).normal(size=shape)


def places(*sides):
    return np.ndindex(*sides)


@of("Output size", "Dilation")
@pytest.mark.parametrize(("n", "k", "p", "s"), SIZES)
def test_output_size(n, k, p, s):
    assert floor((n - k + 2 * p) / s) + 1 == shapes.output_size(n, k, s, p)
    d = 2
    if d * (k - 1) + 1 <= n + 2 * p:
        size = shapes.output_size(n, d * (k - 1) + 1, s, p)
        assert size == shapes.output_size(n, k, s, p, dilation=d)


@of("Padding that keeps", "Size with", "Zeros of")
@pytest.mark.parametrize(("n", "k", "p", "s"), SIZES)
def test_same(n, k, p, s):
    assert shapes.output_size(n, k, 1, (k - 1) // 2) == n
    size = ceil(n / s)
    z = max((size - 1) * s + k - n, 0)
    assert size == shapes.output_size(n, k, s, "same")
    assert (floor(z / 2), z - floor(z / 2)) == shapes.same_padding(n, k, s)


@of("Receptive field")
def test_receptive_field():
    layers = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]  # LeNet-5
    k, s = zip(*layers, strict=True)
    r = 1 + sum((k[i] - 1) * prod(s[:i]) for i in range(len(layers)))
    assert r == shapes.receptive_field(layers) == 32


@of("Crops of")
def test_views():
    images = numbers(1, 6, 6, 1)
    views = {
        view.tobytes()
        for top, left in places(3, 3)
        for cut in [augment.crop(images, top, left, 4)]
        for view in (cut, augment.flip(cut))
    }
    assert len(views) == 2 * (6 - 4 + 1) ** 2


@of("Convolution layer", "Convolution, kernel", "Convolution, bias")
def test_convolution():
    x, w, b, s = numbers(2, 7, 6, 3), numbers(3, 2, 3, 4), numbers(4), 2
    y = ops.conv2d(x, w, b, strides=s)
    dy = numbers(*y.shape)
    dw = np.zeros(w.shape)
    for n, u, v, f in places(*y.shape):
        total = b[f]
        for i, j, c in places(3, 2, 3):
            total += x[n, s * u + i, s * v + j, c] * w[i, j, c, f]
            dw[i, j, c, f] += dy[n, u, v, f] * x[n, s * u + i, s * v + j, c]
        close(y[n, u, v, f], total)
    _, by_cnnlib, db = ops.conv2d_backward(dy, x, w, strides=s)
    close(by_cnnlib, dw)
    close(db, dy.sum(axis=(0, 1, 2)))


@of("Convolution, input")
def test_convolution_input():
    x, w, dy = numbers(1, 5, 5, 2), numbers(3, 3, 2, 2), numbers(1, 3, 3, 2)
    dx = np.zeros(x.shape)
    for n, u, v, c in places(*x.shape):
        for f, i, j in places(2, 3, 3):
            if 0 <= u - i < 3 and 0 <= v - j < 3:
                dx[n, u, v, c] += dy[n, u - i, v - j, f] * w[i, j, c, f]
    close(ops.conv2d_backward(dy, x, w)[0], dx)


@of("Sobel")
def test_sobel():
    image = np.tril(np.full((6, 6), 255.0))  # the slant of L2
    gx, gy = (
        ops.correlate2d(image, ops.KERNELS[k])[1, 1] for k in ("sobel_x", "sobel_y")
    )
    assert round(hypot(gx, gy), 2) == 1081.87
    assert round(180 * atan2(gy, gx) / pi) == -45


@of("Max pooling; average", "Global average")
def test_pooling():
    x, k, s = numbers(1, 7, 7, 2), 3, 2
    largest, mean = ops.max_pool2d(x, k, s), ops.average_pool2d(x, k, s)
    for u, v in places(3, 3):
        window = [x[0, s * u + i, s * v + j] for i, j in places(k, k)]
        close(largest[0, u, v], np.max(window, axis=0))
        close(mean[0, u, v], np.sum(window, axis=0) / k**2)
    close(ops.global_average_pool2d(x), x.sum(axis=(1, 2)) / (7 * 7))


@of("Dense layer")
def test_dense():
    x, w, b, dz = numbers(2, 4), numbers(4, 3), numbers(3), numbers(2, 3)
    z = ops.dense(x, w, b)
    for n, u in places(2, 3):
        close(z[n, u], b[u] + sum(x[n, d] * w[d, u] for d in range(4)))
    dx, dw, db = ops.dense_backward(dz, x, w)
    close(dw, x.T @ dz)
    close(dx, dz @ w.T)
    close(db, dz.sum(axis=0))


@of("ReLU")
def test_activations():
    x = np.array([-1.5, 0.0, 2.0])
    close(ops.relu(x), [max(0, value) for value in x])
    close(ops.relu_backward(np.ones(3), x), [float(value > 0) for value in x])
    assert round(1.7159 * tanh(2 * 1 / 3), 4) == 1  # what its two numbers are for


@of("Dropout")
def test_dropout():
    x, rate = np.ones(1000), 0.2
    y, _ = ops.dropout(x, rate, rng=0)
    m = y != 0
    close(y, x * m / (1 - rate))


@of("Softmax (", "Cross-entropy", "Softmax and")
def test_loss():
    z, labels = numbers(3, 5), np.array([0, 4, 2])
    loss, dz = ops.softmax_cross_entropy(z, labels)
    p = [[exp(score) / sum(map(exp, row)) for score in row] for row in z]
    close(loss, np.mean([-log(p[n][y]) for n, y in enumerate(labels)]))
    each = [log(sum(map(exp, row))) - row[y] for row, y in zip(z, labels, strict=True)]
    close(loss, np.mean(each))
    close(dz, (np.array(p) - np.eye(5)[labels]) / 3)


@of("Batch normalization", "Its moving", "Parameters of batch")
def test_batch_normalization():
    layer = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-3, dtype="float64")
    x, m = numbers(4, 3, 3, 2), 0.9
    layer.build(x.shape)
    gamma, beta = np.array([2.0, 0.5]), np.array([-1.0, 3.0])
    layer.set_weights([gamma, beta, np.zeros(2), np.ones(2)])
    found = layer(x, training=True)
    mu, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
    close(found, gamma * (x - mu) / np.sqrt(variance + 1e-3) + beta)
    close(layer.moving_mean, m * 0 + (1 - m) * mu)
    close(layer.moving_variance, m * 1 + (1 - m) * variance)
    assert layer.count_params() == 4 * 2
    assert sum(w.shape[0] for w in layer.trainable_weights) == 2 * 2


@of("Max pooling (", "Average pooling (")
def test_pooling_backward():
    x = np.array([[1.0, 3.0], [3.0, 2.0]])[None, :, :, None]
    dy = np.array(8.0).reshape(1, 1, 1, 1)
    close(ops.max_pool2d_backward(dy, x).ravel(), [0, 8, 0, 0])
    close(ops.average_pool2d_backward(dy, x).ravel(), [8 / 2**2] * 4)


@of("Central difference")
def test_central_difference():
    z, y, eps = numbers(1, 3), np.array([1]), 1e-5
    step = np.array([[eps, 0, 0]])
    up, down = (ops.softmax_cross_entropy(z + e, y)[0] for e in (step, -step))
    slope = ops.softmax_cross_entropy(z, y)[1][0, 0]
    assert abs((up - down) / (2 * eps) - slope) < 1e-9


@of("SGD", "Adagrad", "Adam")
def test_optimizers():
    gradients = [np.array([-4.0, 25.0]), np.array([3.0, -1.0])]
    eta, mu, eps, beta1, beta2 = 0.1, 0.9, 1e-7, 0.9, 0.999
    kinds = [
        optimizers.SGD(eta),
        optimizers.SGD(eta, momentum=mu),
        optimizers.Adagrad(eta, epsilon=eps),
        optimizers.Adam(eta, beta1, beta2, eps),
    ]
    start = np.array([1.0, 2.0])
    ours, theirs = np.tile(start, (4, 1)), [start.copy() for _ in kinds]
    v, a, m, square = np.zeros(2), np.full(2, 0.1), np.zeros(2), np.zeros(2)
    for t, g in enumerate(gradients, start=1):
        ours[0] -= eta * g
        v = mu * v - eta * g
        ours[1] += v
        a = a + g**2
        ours[2] -= eta * g / np.sqrt(a + eps)
        m, square = beta1 * m + (1 - beta1) * g, beta2 * square + (1 - beta2) * g**2
        eps_t = eps / sqrt(1 - beta2**t)
        divisor = np.sqrt(square / (1 - beta2**t)) + eps_t
        ours[3] -= eta * m / (1 - beta1**t) / divisor
        for optimizer, w in zip(kinds, theirs, strict=True):
            optimizer.update([w], [g])
    close(theirs, ours)


@of("Parameters of a dense", "New head")
def test_dense_parameters():
    n, m = 784, 128
    assert shapes.conv_parameters(1, n, m) == n * m + m
    h, w, c, m = 7, 7, 512, 2  # VGG16's base
    heads = {"global": c * m + m, "flat": h * w * c * m + m}
    for name, layer in (
        ("global", keras.layers.GlobalAveragePooling2D()),
        ("flat", keras.layers.Flatten()),
    ):
        head = [keras.Input((h, w, c)), layer, keras.layers.Dense(m)]
        assert keras.Sequential(head).count_params() == heads[name]
    assert heads == {"global": 1026, "flat": 50_178}


@of("Parameters of a convolution", "Its multiplications")
@pytest.mark.parametrize("g", [1, 2])
def test_convolution_counts(g):
    kh, kw, c, f, h, w = 5, 3, 6, 4, 10, 12
    parameters = shapes.conv_parameters((kh, kw), c, f, groups=g)
    assert parameters == kh * kw * c // g * f + f
    work = shapes.conv_multiplications((h, w), (kh, kw), c, f, groups=g)
    assert work == h * w * kh * kw * c // g * f


@of("Two 3×3")
def test_stacks():
    c = 512

    def weights(*kernels):
        return sum(shapes.conv_parameters(k, c, c, use_bias=False) for k in kernels)

    assert (weights(3, 3), weights(5)) == (18 * c**2, 25 * c**2)
    assert (weights(3, 3, 3), weights(7)) == (27 * c**2, 49 * c**2)
    assert shapes.receptive_field([(3, 1)] * 2) == 5
    assert shapes.receptive_field([(3, 1)] * 3) == 7


@of("Shortcut")
def test_projection():
    assert shapes.conv_parameters(1, 64, 128, use_bias=False) == 64 * 128 == 8192


@of("1×1 to", "It is cheaper")
def test_bottleneck():
    h, w, c, k, f = 28, 28, 192, 5, 32

    def narrow(b):
        first = shapes.conv_multiplications((h, w), 1, c, b)
        return first + shapes.conv_multiplications((h, w), k, b, f)

    naive = shapes.conv_multiplications((h, w), k, c, f)
    assert naive == h * w * k**2 * c * f == 120_422_400
    assert narrow(16) == h * w * (c * 16 + k**2 * 16 * f) == 12_443_648
    limit = k**2 * c * f / (c + k**2 * f)
    assert [limit > b for b in (154, 155)] == [narrow(b) < naive for b in (154, 155)]
    assert [limit > b for b in (154, 155)] == [True, False]


@of("Steps in")
def test_steps():
    assert ceil(1_281_167 / 128) == len(range(0, 1_281_167, 128)) == 10_010


@of("Top-")
def test_top_k():
    scores, labels, k, c = numbers(50, 8), np.arange(50) % 8, 3, 8
    rank = (scores > scores[np.arange(50), labels][:, None]).sum(axis=1)
    close(top_k_error(scores, labels, k), np.mean(rank >= k))
    every = [top_k_error(scores, np.full(50, label), k) for label in range(c)]
    close(np.mean(every), 1 - k / c)  # whatever is said, k of C labels are in it


@of("Residual block")
def test_a_block_that_adds_nothing_is_the_identity():
    x = np.abs(numbers(5))  # what has left a ReLU
    close(ops.relu(np.zeros(5) + x), x)


def test_each_formula_is_tried():
    rows = re.findall(r"^\| (?!what)([^|]+) \|", TEXT, re.MULTILINE)
    assert len(rows) > 40
    for row in rows:
        assert [name for name in TRIED if row.startswith(name)], row
    for name in TRIED:
        assert [row for row in rows if row.startswith(name)], name
