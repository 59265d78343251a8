"""Random views as Keras layers: what is sampled, when, and what is refused."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib import augment
from cnnlib.startup import quiet

with quiet():
    import keras


def pictures(count=200, side=9):
    return np.random.default_rng(0).random((count, side, side, 1)).astype("float32")


def views(images, **settings):
    layers = augment.layers(**settings)
    return np.asarray(layers(images, training=True))


ALL = {
    "rotation": 20,
    "shift": 0.2,
    "zoom": 1.3,
    "scale": 1.2,
    "flip": "horizontal",
    "noise": 0.1,
}


@pytest.mark.parametrize("name", ALL)
def test_a_transform_acts_in_training_only_and_on_each_image_by_itself(name):
    images = np.repeat(pictures(1), 40, axis=0)
    layers = augment.layers(**{name: ALL[name]})
    assert_array_equal(layers(images), images)
    trained = np.asarray(layers(images, training=True))
    assert trained.shape == images.shape
    assert len(np.unique(trained.reshape(40, -1), axis=0)) > (
        1 if name == "flip" else 30
    )


def test_the_same_seed_gives_the_same_views():
    images = pictures(20)
    first, second = augment.layers(**ALL, seed=3), augment.layers(**ALL, seed=3)
    for _ in range(2):
        once = np.asarray(first(images, training=True))
        assert_array_equal(once, second(images, training=True))
    assert (once != np.asarray(first(images, training=True))).any()
    assert (views(images, **ALL, seed=3) != views(images, **ALL, seed=4)).any()


def angles(rotation):
    """Turn a picture that is darker the further up, and measure by how much."""
    side = 21
    down = np.indices((side, side))[0] - side // 2
    plane = (down / 40 + 0.5).astype("float32")[None, :, :, None]
    turned = views(np.repeat(plane, 400, axis=0), rotation=rotation)[..., 0]
    middle = turned[:, side // 2 - 2 : side // 2 + 3, side // 2 - 2 : side // 2 + 3]
    slope_down = (middle[:, 4, 2] - middle[:, 0, 2]) * 10
    slope_right = (middle[:, 2, 4] - middle[:, 2, 0]) * 10
    return np.degrees(np.arctan2(slope_right, slope_down))


@pytest.mark.parametrize("rotation", [15, 36, 170])
def test_rotation_is_in_degrees_to_both_sides(rotation):
    measured = angles(rotation)
    assert -rotation - 0.1 <= measured.min() < -0.9 * rotation
    assert 0.9 * rotation < measured.max() <= rotation + 0.1


def test_shift_is_a_fraction_of_the_side():
    spot = np.zeros((400, 21, 21, 1), "float32")
    spot[:, 10, 10] = 1
    moved = views(spot, shift=0.2)[..., 0]
    axis = np.arange(21) - 10
    down, right = moved.sum(axis=2) @ axis, moved.sum(axis=1) @ axis
    assert_allclose(moved.sum(axis=(1, 2)), 1, atol=1e-4)
    for distance in (down, right):  # 0.2 of 21 pixels is 4.2
        assert -4.2 <= distance.min() < -3.8
        assert 3.8 < distance.max() <= 4.2


def widths(**settings):
    """Measure by how much a plane's slopes shrink: things grow, slopes get flatter."""
    down, right = np.indices((21, 21)) - 10
    growth = []
    for ramp in (down, right):
        plane = (ramp / 60 + 0.5).astype("float32")[None, :, :, None]
        seen = views(np.repeat(plane, 300, axis=0), **settings)[..., 0]
        along = seen[:, [8, 12], 10] if ramp is down else seen[:, 10, [8, 12]]
        growth.append(4 / 60 / (along[:, 1] - along[:, 0]))
    return growth


def test_zoom_keeps_proportions_and_scale_does_not():
    for settings in ({"zoom": 1.5}, {"scale": 1.5}):
        high, wide = widths(**settings)
        for growth in (high, wide):
            assert 1 / 1.5 - 0.01 <= growth.min() < 0.72
            assert 1.35 < growth.max() <= 1.51
        assert np.allclose(high, wide, atol=1e-3) == ("zoom" in settings)


def test_flip_mirrors_half_of_the_images():
    images = pictures()
    for flip, mirror in (("horizontal", 2), ("vertical", 1)):
        seen = views(images, flip=flip)
        kept = (seen == images).all(axis=(1, 2, 3))
        turned = (seen == np.flip(images, mirror)).all(axis=(1, 2, 3))
        assert (kept ^ turned).all()
        assert 70 < kept.sum() < 130
    both = views(images, flip="both")
    for turned in (images, images[:, ::-1], images[:, :, ::-1], images[:, ::-1, ::-1]):
        assert 30 < (both == turned).all(axis=(1, 2, 3)).sum() < 70


def test_crop_has_a_place_for_each_image_and_every_place_is_drawn():
    images = np.arange(36, dtype="float32").reshape(1, 6, 6, 1) / 36
    layers = augment.layers(crop=(4, 3))
    many = np.repeat(images, 500, axis=0)
    corners = np.rint(np.asarray(layers(many, training=True))[:, 0, 0, 0] * 36)
    expected = [6 * top + left for top in range(3) for left in range(4)]
    drawn, counts = np.unique(corners, return_counts=True)
    assert drawn.tolist() == expected
    assert counts.min() > 15  # 42 each, on average
    assert_array_equal(layers(images), images[:, 1:5, 1:4])


def test_keras_layers_act_where_nobody_says_and_ours_do_not():
    """The lecture says so; when this fails, the lecture and `Views` change."""
    images = pictures(4)
    inputs = keras.Input((9, 9, 1))
    bare = keras.Model(inputs, keras.layers.RandomRotation(0.1, seed=0)(inputs))
    ours = keras.Model(inputs, augment.layers(rotation=36)(inputs))
    assert (bare(images) != images).numpy().any()
    assert_array_equal(bare.predict(images, verbose=0), images)
    assert_array_equal(ours(images), images)
    assert_array_equal(ours.predict(images, verbose=0), images)
    assert (ours(images, training=True) != images).numpy().any()


def test_keras_has_one_place_for_the_whole_batch():
    """The lecture says so; when this fails, the lecture and the docstring change."""
    images = np.repeat(pictures(1), 50, axis=0)
    theirs = np.asarray(keras.layers.RandomCrop(5, 5, seed=0)(images, training=True))
    assert (theirs == theirs[0]).all()


def test_noise_is_clipped():
    noisy = views(np.full((20, 9, 9, 1), 0.9, "float32"), noise=0.2)
    assert noisy.max() == 1
    assert noisy.min() >= 0
    assert 0.6 < np.median(noisy) < 1


def test_by_hand_equals_keras():
    images = pictures(3, 12)
    angle, (row, column) = np.radians(25), (1.5, -0.75)
    sine, cosine = np.sin(angle), np.cos(angle)
    matrix = np.array([[1.2 * cosine, -sine], [sine, 0.8 * cosine]])
    # Keras wants the map back, x before y, and measured from the corner
    back, middle = np.linalg.inv(matrix), 5.5
    away = middle - back @ [middle + row, middle + column]
    keras_map = [back[1, 1], back[1, 0], away[1], back[0, 1], back[0, 0], away[0], 0, 0]
    theirs = keras.ops.image.affine_transform(
        images, np.repeat([keras_map], 3, axis=0).astype("float32"), fill_value=0.25
    )
    ours = augment.affine(images, matrix, (row, column), fill=0.25)
    assert_allclose(ours, theirs, atol=1e-5)


# Keras 3.15 writes weights by NumPy's old protocol
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_model_with_it_inside_is_saved_and_trains(tmp_path):
    inputs = keras.Input((9, 9, 1))
    seen = augment.layers(**ALL, crop=7)(inputs)
    outputs = keras.layers.Dense(2)(keras.layers.Flatten()(seen))
    model = keras.Model(inputs, outputs)
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    images = pictures(8)
    model.fit(images, np.arange(8) % 2, epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert_allclose(again(images), model(images), atol=1e-6)
    assert_array_equal(model(images), model(images, training=False))
    assert (np.asarray(again(images, training=True)) != np.asarray(model(images))).any()


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({}, ValueError, "layers: expected at least one transform"),
        ({"rotation": -5}, ValueError, "rotation: .*at least 0"),
        ({"rotation": "5"}, TypeError, "rotation: "),
        ({"shift": 3}, ValueError, "shift: expected a number from 0 to below 1"),
        ({"zoom": 0.8}, ValueError, "zoom: .*at least 1"),
        ({"scale": 0}, ValueError, "scale: .*at least 1"),
        ({"flip": "left"}, ValueError, 'flip: .*"both"'),
        ({"flip": True}, ValueError, 'flip: .*"both"'),
        ({"crop": 2.5}, TypeError, "crop: "),
        ({"noise": -1}, ValueError, "noise: .*at least 0"),
        ({"fill": None, "noise": 1}, TypeError, "fill: "),
        ({"seed": -1, "noise": 1}, ValueError, "seed: "),
    ],
)
def test_errors_name_the_argument(settings, error, words):
    with pytest.raises(error, match=f"^{words}"):
        augment.layers(**settings)


def test_a_window_larger_than_the_images_is_refused():
    with pytest.raises(ValueError, match="images: expected at least 10 by 10 pixels"):
        augment.layers(crop=10)(pictures(2))
