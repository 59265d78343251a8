"""Checks of lecture L9, ImageNet."""

import numpy as np

from cnnlib.checks.engine import Between, Function, Value, any_of

_IMAGES = 1_281_167
_SCORES = np.array([0.05, 0.30, 0.10, 0.20, 0.02, 0.33])
_LOGITS = np.array([1.2, -0.4, 3.0, 0.0, 2.1, -2.5, 0.7])  # exercise 1


def _down(scores):
    return np.argsort(-scores)


def _top_errors(scores, labels, order=lambda scores: np.argsort(-scores, axis=1), ks=(1, 5)):
    """Return the error for each k; the settings make the mistakes."""
    found = order(np.asarray(scores)) == np.asarray(labels)[:, None]
    return [float(1 - found[:, :k].any(axis=1).mean()) for k in ks]


def _accuracies(scores, labels):
    return [1 - error for error in _top_errors(scores, labels)]


def _counts(scores, labels):
    return [error * len(labels) for error in _top_errors(scores, labels)]


def _upward(scores, labels):
    return _top_errors(scores, labels, lambda scores: np.argsort(scores, axis=1))


def _exactly_fifth(scores, labels):
    found = np.argsort(-np.asarray(scores), axis=1) == np.asarray(labels)[:, None]
    return [float(1 - found[:, k - 1].mean()) for k in (1, 5)]


def _four_guesses(scores, labels):
    return _top_errors(scores, labels, ks=(1, 4))


def _six_guesses(scores, labels):
    return _top_errors(scores, labels, ks=(1, 6))


def _one_guess_more(scores, labels):
    return _top_errors(scores, labels, ks=(2, 6))


def _percent(scores, labels):
    return [100 * error for error in _top_errors(scores, labels)]


def _turned(scores, labels):
    return _top_errors(scores, labels)[::-1]


def _matrix(seed, rows, columns):
    """Draw scores, and labels that are found at every place, the first ones more often."""
    rng = np.random.default_rng(seed)
    scores = rng.permuted(np.tile(np.arange(columns) / columns, (rows, 1)), axis=1)
    ranks = np.resize([0, 0, 1, 3, 4, 5, 0, 12], rows) % columns
    return scores, np.argsort(-scores, axis=1)[np.arange(rows), ranks]


_HAND = np.array([[0.1, 0.5, 0.4, 0.2, 0.3, 0.0], [0.6, 0.5, 0.4, 0.3, 0.2, 0.1]]), np.array([2, 5])

# exercise 5: true numbers and names of synsets, in no order
_CLASSES = [
    ("n02123045", "tabby"),
    ("n01440764", "tench"),
    ("n07753592", "banana"),
    ("n02007558", "flamingo"),
    ("n07920052", "espresso"),
    ("n01443537", "goldfish"),
    ("n03877845", "palace"),
    ("n02504458", "African elephant"),
    ("n03792782", "mountain bike"),
    ("n03063599", "coffee mug"),
]


def _places(classes):
    """Return for each class, by name, its place among the synsets."""
    by_synset = sorted(synset for synset, _ in classes)
    by_name = sorted(classes, key=lambda pair: pair[1])
    return [by_synset.index(synset) for synset, _ in by_name]


def _to_outputs(labels, classes):
    places = _places(classes)
    return [places[label] for label in labels]


def _back(labels, classes):
    return [_places(classes).index(label) for label in labels]


def _unsorted_synsets(labels, classes):
    by_name = sorted(classes, key=lambda pair: pair[1])
    return [classes.index(by_name[label]) for label in labels]


def _unsorted_names(labels, classes):
    by_synset = sorted(classes)
    return [by_synset.index(classes[label]) for label in labels]


CHECKS = {
    "predict1": Value(
        expected=10_010,
        because="1,281,167 / 128 = 10,009.1: 10,009 full batches and one of 15.",
        otherwise="Divide the photographs by the size of a batch. What becomes of the rest?",
        hints=[
            ("You dropped the last batch: 15 photographs are left after the full ones, and they make a step too.", 10_009),
            ("A step is whole. The part after the point is a last, smaller batch.", Between((), 10_009.05, 10_009.2)),
            ("That is one step a photograph. A step takes a batch.", _IMAGES),
            ("That is 90 epochs. One was asked for.", any_of(900_900, 900_810)),
        ],
    ),
    "predict2": Value(
        expected=_down(_SCORES)[:5],
        because="0.33, 0.30, 0.20, 0.10, 0.05; class 4 stays out.",
        otherwise="Look for the largest score, write down its class, and go on with the others.",
        hints=[
            ("You sorted upward: the guesses begin with the largest score.", np.argsort(_SCORES)[:5]),
            ("Those are the right classes, the best one last.", _down(_SCORES)[:5][::-1]),
            ("Those are all six. Five count.", any_of(_down(_SCORES), np.argsort(_SCORES))),
            ("You counted the classes from 1. The first one is 0.", _down(_SCORES)[:5] + 1),
            ("Those are the scores. Which classes have them?", _SCORES[_down(_SCORES)[:5]]),
            ("Those are the ranks, class by class: how many stand before it. Write the classes in their order.", any_of(np.argsort(_down(_SCORES)), np.argsort(_down(_SCORES))[:5])),
        ],
    ),
    "predict3": Value(
        expected=16.4,
        percent=True,
        because="100% − 83.6% = 16.4%.",
        otherwise="Hits and misses add up to 100%.",
        hints=[
            ("That is the accuracy, the part of hits. The bar shows the error.", 83.6),
            ("That is the part; percent was asked for.", any_of(0.164, 0.836)),
            ("All five guesses count together for a photograph; there is nothing to divide by.", any_of(16.72, 3.28)),
        ],
    ),
    "predict4": Value(
        expected=99.5,
        percent=True,
        because="Five of 1,000 classes are named, so 5 in 1,000 labels are hit: 0.5%.",
        otherwise="With what chance is a given label one of five classes of 1,000?",
        hints=[
            ("That is the part of hits. The error is the rest.", 0.5),
            ("That is the part; percent was asked for.", 0.995),
            ("That is one guess. There are five.", any_of(99.9, 0.1)),
            ("That is for 100 classes. There are 1,000.", any_of(95, 5)),
        ],
    ),
    "predict5": Value(
        expected=24,
        percent=True,
        because="Right answer and right label: 0.8 · 0.95 = 0.76, so the error is 24%.",
        otherwise="With what chance are both right, the answer and the label?",
        hints=[
            ("That is the part; percent was asked for.", 0.24),
            ("You added the two. Where the answer and the label are both wrong, you count one photograph twice.", 25),
            ("That is the accuracy. The error is the rest.", 76),
            ("That is the true error. On a wrong label even a right answer counts as wrong.", 20),
            ("A right answer to a wrong label counts as wrong too, so the error grows.", any_of(19, 15)),
            ("That is the part where both are wrong. One wrong is enough for a miss.", 1),
            ("That is the error of a perfect net.", 5),
        ],
    ),
    "predict6": Value(
        expected=1,
        because="One trained annotator, on 1,500 photographs.",
        otherwise="It is no mean over people. Who would learn a thousand classes for that?",
        hints=[
            ("Two people were tested, and each has an error of their own. The line is one of the two.", 2),
            ("Those are photographs. Who looked at them?", any_of(1500, 500, 2000)),
            ("The crowd made the labels. The 5.1% were measured against them.", Between((), 3, 257)),
        ],
    ),
    "1": Value(
        expected=_down(_LOGITS)[:5],
        because="3.0, 2.1, 1.2, 0.7, 0.0.",
        otherwise="Look for the largest logit, write down its class, and go on with the others.",
        hints=[
            ("You sorted upward: the guesses begin with the largest logit.", np.argsort(_LOGITS)[:5]),
            ("Those are the right classes, the best one last.", _down(_LOGITS)[:5][::-1]),
            ("You sorted by size without the sign. A negative logit stands behind 0.", np.argsort(-abs(_LOGITS))[:5]),
            ("Those are all seven. Five count.", any_of(_down(_LOGITS), np.argsort(_LOGITS))),
            ("You counted the classes from 1. The first one is 0.", _down(_LOGITS)[:5] + 1),
            ("Those are the logits. Which classes have them?", _LOGITS[_down(_LOGITS)[:5]]),
        ],
    ),
    "2": Function(
        reference=_top_errors,
        inputs=[_HAND, _matrix(1, 10, 20), _matrix(2, 7, 11), _matrix(3, 12, 13)],
        because="One row after the other, the label is among the guesses or not.",
        otherwise="Sort each row downward, and look where its label stands.",
        hints=[
            ("Those are accuracies. An error is 1 minus it.", _accuracies),
            ("You count photographs. Divide by how many there are.", _counts),
            ("argsort sorts upward, so your guesses are the worst classes.", _upward),
            ("Your second number asks whether the label is exactly the fifth guess. Any of the five counts.", _exactly_fifth),
            ("Your second number has four guesses.", _four_guesses),
            ("Those are percent. Parts from 0 to 1 were asked for.", _percent),
            ("The ranks count from 0: with `ranks > k` one guess too many gets in. A miss is a rank of k or more.", _one_guess_more),
            ("Your second number has six guesses.", _six_guesses),
            ("The top-1 error comes first.", _turned),
            ("Both numbers look at the first guess alone. The second one looks at five.", lambda scores, labels: 2 * _top_errors(scores, labels)[:1]),
        ],
    ),
    "3": Value(
        expected=300_300,
        because="1,281,167 / 256 = 5,004.6, so 5,005 steps, 60 times.",
        otherwise="Work out one epoch first, with its last batch.",
        hints=[
            ("You dropped the last batch of each epoch. It is smaller, and a step all the same.", 5_004 * 60),
            ("Round up within each epoch: a batch never reaches into the next one.", Between((), 300_273, 300_274)),
            ("That is one epoch.", 5_005),
            ("Those are the steps for batches of 128.", any_of(600_600, 10_010)),
        ],
    ),
    "4": Value(
        expected=0.40,
        tolerance=0.045,
        because="Ten wrong labels of 200, and in about two cases of five A is no longer ahead.",
        otherwise="In each of the 1,000 rounds, relabel the true labels anew, and count the right answers of both nets.",
        hints=[
            ("In that part B is really ahead. Count the rounds in which both are level, too.", Between((), 0.16, 0.24)),
            ("In that part both are level. Count the rounds in which B is ahead, too.", Between((), 0.245, 0.34)),
            ("In that part A is still ahead. The rest was asked for.", Between((), 0.55, 0.65)),
            ("Without a relabeled photograph A stays one ahead. Do you compare with the new labels?", 0),
            ("Do you give the new labels back to truth_200, so that more of them are wrong each round? Relabel the true ones each time.", Between((), 0.85, 0.99)),
            ("Is the generator made inside the loop? Then all rounds draw the same labels.", 1),
        ],
    ),
    "5": Function(
        reference=_to_outputs,
        inputs=[
            ([0, 1, 2], _CLASSES[:3]),
            (list(range(10)), _CLASSES),
            ([7, 2, 2, 0, 5], _CLASSES[2:]),
        ],
        because="Two sorts of the same classes: by name for what a label means, by synset for its output.",
        otherwise="Sort the classes by name: which class does a label mean? Then sort the synsets: where does it stand?",
        hints=[
            ("You gave the labels back as they came. They count the classes by name.", lambda labels, classes: list(labels)),
            ("You went the other way, from the outputs to the names.", _back),
            ("You numbered the outputs by the list as it came. They are in the order of the synsets.", _unsorted_synsets),
            ("You read the labels as places in the list as it came. They count the names in alphabetical order.", _unsorted_names),
        ],
    ),
}
