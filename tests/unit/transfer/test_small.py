import numpy as np

from cnnlib.transfer import vgg_small


def test_weights_and_maps():
    model = vgg_small()
    assert model.count_params() == 423_058
    # two moving statistics a filter, which training does not change
    assert model.count_params() - 2 * 2 * (24 + 48 + 96 + 128) == sum(
        np.prod(weight.shape) for weight in model.trainable_weights
    )
    assert model.get_layer("block4_pool").output.shape == (None, 2, 2, 128)
    assert model.output_shape == (None, 10)


def test_names_are_those_of_vgg():
    names = [layer.name for layer in vgg_small().layers if "conv" in layer.name]
    assert names == [f"block{b}_conv{n}" for b in (1, 2, 3, 4) for n in (1, 2)]


def test_size_and_classes_can_be_chosen():
    model = vgg_small((48, 64, 3), num_classes=5)
    assert model.get_layer("block4_pool").output.shape == (None, 3, 4, 128)
    scores = np.array(model(np.zeros((2, 48, 64, 3))))
    assert scores.shape == (2, 5)
    np.testing.assert_allclose(scores.sum(axis=1), 1, rtol=1e-6)
