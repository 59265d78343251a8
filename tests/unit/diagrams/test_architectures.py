import pytest

from cnnlib import diagrams, plans


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_names_sizes_and_parameters_stand_in_order():
    ax = diagrams.architecture(plans.LENET5_1998, (32, 32, 1), "1998")
    assert ax.get_title() == "1998"
    found = texts(ax)
    assert found[:5] == ["input", "1@\n32×32", "C1", "6@\n28×28", "156"]
    assert found[-6:] == ["F6", "84", "10,164", "output", "10", "0"]
    assert "flatten" not in found
    assert [t for t in found if t in ("12", "1,516", "32", "48,120")] == [
        "12",
        "1,516",
        "32",
        "48,120",
    ]


def test_without_parameters_the_rest_is_the_same():
    with_them = texts(diagrams.architecture(plans.lenet5(), (32, 32, 1)))
    without = texts(
        diagrams.architecture(plans.lenet5(), (32, 32, 1), parameters=False)
    )
    assert set(with_them) - set(without) == {
        "156",
        "0",
        "2,416",
        "48,120",
        "10,164",
        "850",
    }
    with pytest.raises(TypeError, match="parameters: expected"):
        diagrams.architecture(plans.lenet5(), (32, 32, 1), parameters="no")


def test_a_map_is_as_large_beside_the_image_as_in_pixels():
    ax = diagrams.architecture((plans.Conv2D(2, 5), plans.MaxPooling2D(2)), (32, 32, 1))
    sides = [patch.get_width() for patch in ax.patches]
    assert len(sides) == 1 + 2 + 2  # a sheet for each map
    assert [side / sides[0] for side in sides] == pytest.approx(
        [1, 28 / 32, 28 / 32, 14 / 32, 14 / 32]
    )


def test_a_stack_of_many_maps_is_cut_short_and_lines_are_bars():
    plan = (plans.Conv2D(120, 5), plans.Flatten(), plans.Dense(30))
    ax = diagrams.architecture(plan, (5, 5, 1))
    _image, maps, units = ax.patches  # 120 maps of one pixel are a line
    assert maps.get_height() == pytest.approx(2 * units.get_height())
    plan = (plans.Conv2D(120, 3),)
    assert len(diagrams.architecture(plan, (5, 5, 1)).patches) == 1 + 5


def test_everything_lies_inside_the_axes():
    ax = diagrams.architecture(plans.lenet5(), (32, 32, 1))
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    for patch in ax.patches:
        box = patch.get_bbox()
        assert left <= box.x0 < box.x1 <= right
        assert low <= box.y0 < box.y1 <= high


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match="C1"):
        diagrams.architecture(plans.lenet5(), (4, 4, 1))
    with pytest.raises(TypeError, match=r"entry of cnnlib\.plans"):
        diagrams.architecture(("conv",), (4, 4, 1))
