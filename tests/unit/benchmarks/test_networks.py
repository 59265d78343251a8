"""What the scripts measure is what the lectures show."""

import numpy as np
import pytest

from benchmarks import l01_experiments
from benchmarks.lecture import functions
from cnnlib.measured import measured
from cnnlib.ops import KERNELS


def test_the_networks_of_l1():
    counts = {n: l01_experiments.parameters(n) for n in l01_experiments.NETWORKS}
    assert counts == {
        "MLP": 101_770,
        "local, no pools": 1_470_218,
        "ConvNet, no pools": 67_434,
        "local": 328_202,
        "ConvNet": 5_994,
    }


def test_the_orders_of_l1():
    orders = l01_experiments.changes(seed=0)
    assert {len(set(order)) for order in orders.values()} == {784}
    tiles = orders["tiles"].reshape(28, 28)
    assert sorted(tiles[4:8, 8:12].ravel()) == [
        28 * row + column for row in range(4, 8) for column in range(8, 12)
    ]
    rows = orders["rows"].reshape(28, 28)
    assert (np.diff(rows, axis=1) == 1).all()
    assert (rows[:, 0] != np.arange(0, 784, 28)).any()


@pytest.fixture(scope="session")
def contest(keras):
    from benchmarks import l05_kernels

    return l05_kernels


def test_the_compass_of_l5(contest):
    compass = contest.compass()[:, :, 0]  # (3, 3, 8)
    unit = KERNELS["sobel_y"].std() / compass.std(axis=(0, 1))
    compass = np.round(compass * unit, 6)
    assert (compass[:, :, 0] == KERNELS["sobel_y"]).all()
    assert (compass[:, :, 2] == -KERNELS["sobel_x"]).all()
    assert (compass[:, :, 4] == -KERNELS["sobel_y"]).all()


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("kind", ["by hand", "by hand, then trained on", "learned"])
def test_the_contest_of_l5_is_the_lecture_s(keras, contest, kind, seed):
    x, y = np.zeros((2, 28, 28, 1), "float32"), np.zeros(2, int)
    data = {"x_train": x, "y_train": y, "x_test": x, "y_test": y}
    (train,) = functions("L05", "train", keras=keras, **data)
    kernels, frozen = contest.KINDS[kind]
    expected, start, _ = train(frozen, kernels, seed)
    network, first = contest.network(kind, seed)
    assert np.array_equal(first.get_weights()[0], start)
    assert first.trainable is not frozen
    for parts in zip(
        [*network.layers, network.optimizer],
        [*expected.layers, expected.optimizer],
        strict=True,
    ):
        mine, theirs = (part.get_config() | {"name": ""} for part in parts)
        assert mine == theirs


def test_the_networks_of_l6(keras):
    from benchmarks import l06_shift

    counts = {
        name: network(*arguments).count_params()
        for name, network, arguments, _ in l06_shift.variants()
    }
    # 8 kernels of 3 x 3 with a bias, then 10 units on 8 maps of 14 x 14 or 28 x 28
    halves = {"pooling": 15_770, "strided": 15_770, "neither": 62_810}
    assert counts == {
        "pooling": 9_098,
        "strided": 9_098,
        "neither": 126_698,
        **{f"one convolution, {kind}": count for kind, count in halves.items()},
        **{f"{kind}, global": 1_418 for kind in l06_shift.KINDS},
        "pooling, 12 epochs": 9_098,
        "pooling, global, 12 epochs": 1_418,
    }
    stored = measured("l06_shift").settings["parameters"]
    assert stored == counts


def test_the_variants_of_l12(keras):
    from benchmarks import l12_alexnet

    assert l12_alexnet.small_alexnet().count_params() == 84_586
    record = measured("l12_alexnet")
    assert record.settings["variants"] == list(l12_alexnet.VARIANTS)
    assert record.settings["epochs"] == l12_alexnet.EPOCHS
    images, _ = l12_alexnet.figures()[0]
    assert (len(images), images.min(), images.max()) == (500, -1, 1)
