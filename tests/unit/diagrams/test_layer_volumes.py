from matplotlib.colors import to_rgba

from cnnlib import diagrams


def cells_of(ax, color):
    return sum(patch.get_facecolor() == to_rgba(color) for patch in ax.patches)


def test_layer_has_a_kernel_and_a_map_for_each_filter():
    ax = diagrams.layer_volumes((6, 5, 3), (3, 2, 3, 4), (4, 4, 4))
    assert cells_of(ax, "0.9") == 6 * 5 * 3
    window, kernel, result = 3 * 2 * 3, 3 * 2 * 3, 4 * 4
    counts = [cells_of(ax, color) for color in diagrams.FILTER_COLORS]
    assert counts == [window + kernel + result, *[kernel + result] * 3, 0, 0, 0, 0]


def test_layer_names_its_shapes():
    ax = diagrams.layer_volumes((6, 6, 3), (3, 3, 3, 2), (4, 4, 2))
    words = [text.get_text() for text in ax.texts]
    for expected in ("image 6×6×3", "2 kernels, each 3×3×3", "result 4×4×2"):
        assert expected in words
    assert words.count("+ bias") == 2


def test_all_of_the_layer_lies_inside_the_axes():
    ax = diagrams.layer_volumes((6, 6, 3), (3, 3, 3, 8), (4, 4, 8))
    low_x, high_x = ax.get_xlim()
    low_y, high_y = ax.get_ylim()
    for patch in ax.patches:
        x, y = patch.get_xy()
        assert low_x <= x <= high_x - 1
        assert low_y <= y <= high_y - 1
