"""Plans of papers: their counts, worked by hand or as published."""

import pytest

from cnnlib import plans
from cnnlib.plans import walk


def totals(plan, side, channels=3):
    steps = walk(plan, (side, side, channels))
    return tuple(
        sum(getattr(step, name) for step in steps)
        for name in ("parameters", "multiplications")
    )


def named(plan, side, channels=3):
    steps = walk(plan, (side, side, channels))
    return {step.entry.name: step for step in steps if step.entry.name}


def test_lenet_of_1998_is_that_of_the_paper():
    steps = named(plans.LENET5_1998, 32, 1)
    found = {name: (s.parameters, s.connections) for name, s in steps.items()}
    assert found == {
        "C1": (156, 122_304),
        "S2": (12, 5_880),
        "C3": (1_516, 151_600),
        "S4": (32, 2_000),
        "C5": (48_120, 48_120),
        "flatten": (0, 0),
        "F6": (10_164, 10_164),
        "output": (0, 840),
    }
    assert sum(p for p, _ in found.values()) == 60_000
    assert sum(c for _, c in found.values()) == 340_908
    fields = [steps[name].receptive_field for name in ("C1", "S2", "C3", "S4", "C5")]
    assert fields == [5, 6, 14, 16, 32]


def test_c3_is_the_table_of_the_paper():
    # table I of LeCun et al. (1998), row by row
    seen = [
        (0, 4, 5, 6, 9, 10, 11, 12, 14, 15),
        (0, 1, 5, 6, 7, 10, 11, 12, 13, 15),
        (0, 1, 2, 6, 7, 8, 11, 13, 14, 15),
        (1, 2, 3, 6, 7, 8, 9, 12, 14, 15),
        (2, 3, 4, 7, 8, 9, 10, 12, 13, 15),
        (3, 4, 5, 8, 9, 10, 11, 13, 14, 15),
    ]
    assert [[f for f in range(16) if row[f]] for row in plans.C3] == list(
        map(list, seen)
    )
    assert sum(map(sum, plans.C3)) == 60
    assert sorted(map(sum, zip(*plans.C3))) == [3] * 6 + [4] * 9 + [6]


@pytest.mark.parametrize(
    ("plan", "side", "channels", "parameters", "multiplications"),
    [
        (plans.lenet5(), 32, 1, 61_706, 416_520),
        (plans.lenet5(), 28, 1, 44_426, 281_640),
        (plans.alexnet(), 227, 3, 60_965_224, 724_406_816),
        (plans.alexnet(groups=1), 227, 3, 62_378_344, 1_135_256_096),
        (plans.alexnet(groups=1, sizes=plans.ONE_TOWER), 224, 3, 61_838_248, None),
        (plans.alexnet(groups=1, sizes=plans.TORCHVISION), 224, 3, 61_100_840, None),
        (plans.vgg(11), 224, 3, 132_863_336, None),
        (plans.vgg(13), 224, 3, 133_047_848, None),
        (plans.vgg(16), 224, 3, 138_357_544, 15_470_264_320),
        (plans.vgg(19), 224, 3, 143_667_240, 19_632_062_464),
    ],
)
def test_totals(plan, side, channels, parameters, multiplications):
    found = totals(plan, side, channels)
    assert found[0] == parameters
    assert multiplications in (None, found[1])


def test_alexnet_layer_by_layer():
    steps = named(plans.alexnet(), 227)
    weighted = [step.parameters for step in steps.values() if step.parameters]
    assert weighted == [
        *(34_944, 307_456, 885_120, 663_936, 442_624),
        *(37_752_832, 16_781_312, 4_097_000),
    ]
    sides = [steps[f"{name}"].output_shape[0] for name in ("conv1", "pool1", "pool2")]
    assert [*sides, steps["pool5"].output_shape] == [55, 27, 13, (6, 6, 256)]
    assert steps["pool5"].receptive_field == 195
    assert steps["conv1"].activations == 290_400


def test_vgg16_sees():
    steps = named(plans.vgg(16), 224)
    assert steps["block5_conv3"].receptive_field == 196
    assert steps["block5_pool"].receptive_field == 212
    assert steps["block5_pool"].output_shape == (7, 7, 512)


@pytest.mark.parametrize("side", [32, 48, 64])
@pytest.mark.parametrize(
    "plan",
    [
        plans.alexnet(10, sizes=plans.ALEXNET_SMALL),
        *(plans.vgg(depth, 10, plans.VGG_SMALL) for depth in (11, 13, 16, 19)),
    ],
)
def test_small_sizes_fit_small_images(plan, side):
    assert totals(plan, side)[0] < 3_000_000


@pytest.mark.parametrize(
    ("plan", "smallest", "name"),
    [(plans.alexnet(), 67, "pool5"), (plans.vgg(16), 32, "block5_pool")],
)
def test_the_layer_that_runs_out_of_pixels_is_named(plan, smallest, name):
    assert plans.smallest_input(plan, 3) == smallest
    with pytest.raises(ValueError, match=rf"^{name}, MaxPooling2D\("):
        walk(plan, (smallest - 1, smallest - 1, 3))


def test_without_a_side_that_fits():
    assert plans.smallest_input(plans.vgg(16), 3, largest=31) is None
    assert plans.smallest_input((plans.Dense(2),), 1) is None


def test_a_depth_that_is_none():
    with pytest.raises(ValueError, match="depth: expected one of 11, 13, 16, 19"):
        plans.vgg(17)
