import numpy as np
import pytest

from cnnlib import layers, plans
from cnnlib.network import Network

KINDS = [kind for kind in vars(plans).values() if isinstance(kind, type)]
PLAN = (
    plans.Conv2D(4, (3, 2), (2, 1), "same"),
    plans.ReLU(),
    plans.Tanh(),
    plans.Sigmoid(),
    plans.AveragePooling2D((2, 3), 1),
    plans.MaxPooling2D(),
    plans.Flatten(),
    plans.Dropout(0.5),
    plans.Dense(3),
)


def test_plan_and_network_agree():
    steps = plans.walk(PLAN, (12, 13, 2))
    network = Network(layers.from_plan(PLAN))
    network.build((12, 13, 2))
    shape = (12, 13, 2)
    for layer, step in zip(network.layers, steps, strict=True):
        shape = layer.output_shape(shape)
        assert shape == step.output_shape
        assert sum(p.size for p in layer.parameters().values()) == step.parameters
        assert layer.settings().keys() <= vars(step.entry).keys()
    assert network.predict(np.zeros((1, 12, 13, 2))).shape == (1, 3)


def test_every_layer_has_an_entry():
    made = {type(entry).__name__ for entry in PLAN}
    assert made == {
        kind.__name__
        for kind in KINDS
        if issubclass(kind, plans.Entry) and hasattr(layers, kind.__name__)
    }


def test_layers_are_new_at_each_call():
    first, second = layers.from_plan(plans.LENET), layers.from_plan(plans.LENET)
    assert not {id(layer) for layer in first} & {id(layer) for layer in second}


@pytest.mark.parametrize("entry", [plans.Entry(), "ReLU", layers.ReLU, ("ReLU",)])
def test_what_has_no_layer_is_named(entry):
    with pytest.raises(TypeError, match=r"plan\[1\]: expected an entry of cnnlib.pl"):
        layers.from_plan([plans.ReLU(), entry])


@pytest.mark.parametrize("setting", [{"groups": 2}, {"connections": ((1, 1),)}])
def test_a_setting_that_the_layer_does_not_have_is_named(setting):
    entry = plans.Conv2D(2, 3, **setting)
    with pytest.raises(ValueError, match=r"plan\[0\]: expected settings of .*Conv2D"):
        layers.from_plan([entry])


def test_a_wrong_setting_is_named():
    with pytest.raises(ValueError, match="filters: expected an int of at least 1"):
        layers.from_plan([plans.Conv2D(0, 3)])
