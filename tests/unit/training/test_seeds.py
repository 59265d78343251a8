import numpy as np
import pytest

from cnnlib.training import over_seeds

Y = np.arange(40) % 2
X = np.random.default_rng(0).normal(size=(40, 5)).astype(np.float32) + Y[:, None]
DATA = X, Y


@pytest.fixture
def build(keras):
    def built():
        return keras.Sequential([keras.Input((5,)), keras.layers.Dense(2)])

    return built


def test_each_seed_is_a_run_of_its_own(build):
    runs = over_seeds(build, DATA, DATA, seeds=range(2), epochs=2, validation=DATA)
    assert runs.seeds == (0, 1)
    assert runs.accuracies.shape == (2,)
    first = [model.get_weights()[0] for model in runs.models]
    assert not np.array_equal(first[0], first[1])
    for accuracy, history in zip(runs.accuracies, runs.histories):
        assert accuracy == pytest.approx(history["val_accuracy"][-1])
    scores = runs.models[1].predict(X, verbose=0)
    assert runs.accuracies[1] == pytest.approx((scores.argmax(axis=1) == Y).mean())


def test_a_seed_gives_the_same_run_whatever_came_before(build):
    settings = {"epochs": 1, "batch_size": 8}
    both = over_seeds(build, DATA, DATA, seeds=[4, 5], **settings)
    alone = over_seeds(build, DATA, DATA, seeds=[5], **settings)
    for one, other in zip(both.models[1].get_weights(), alone.models[0].get_weights()):
        assert np.array_equal(one, other)


def test_mean_and_spread(build):
    runs = over_seeds(build, DATA, DATA, seeds=range(2), epochs=1)
    accuracies = runs.accuracies
    assert runs.mean == accuracies.mean()
    assert (runs.lowest, runs.highest) == (min(accuracies), max(accuracies))
    low, high = 100 * min(accuracies), 100 * max(accuracies)
    mean = 100 * accuracies.mean()
    assert repr(runs) == f"{mean:.1f} % ({low:.1f} to {high:.1f}), 2 seeds"


@pytest.mark.parametrize(
    ("error", "change", "words"),
    [
        (TypeError, {"build": 3}, "build: expected a function that builds the model"),
        (TypeError, {"seeds": 3}, "seeds: expected seeds such as range"),
        (TypeError, {"seeds": [0.5]}, "seeds: expected an int"),
        (ValueError, {"seeds": []}, "seeds: expected at least one, none twice"),
        (ValueError, {"seeds": [1, 1]}, "seeds: expected at least one, none twice"),
        (ValueError, {"test": (X, Y + 1)}, "y of test: expected classes from 0 to 1"),
        (ValueError, {"test": X}, "test: expected a pair"),
        (ValueError, {"epochs": 0}, "epochs: expected an int of at least 1"),
    ],
)
def test_what_is_wrong_is_named(build, error, change, words):
    arguments = {"build": build, "train": DATA, "test": DATA, "seeds": [0], "epochs": 1}
    with pytest.raises(error, match=words):
        over_seeds(**(arguments | change))
