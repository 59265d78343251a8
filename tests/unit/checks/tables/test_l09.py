import numpy as np

from cnnlib.training import label_ranks, top_k_error

from .check_tables import CheckTables

IMAGES = 1_281_167
SCORES = np.array([0.05, 0.30, 0.10, 0.20, 0.02, 0.33])
LOGITS = [1.2, -0.4, 3.0, 0.0, 2.1, -2.5, 0.7]


def by_library(scores, labels):
    return [top_k_error(scores, labels, k) for k in (1, 5)]


def by_counting(scores, labels):
    ranks = [sum(s > row[label] for s in row) for row, label in zip(scores, labels)]
    return np.array([sum(r > 0 for r in ranks), sum(r > 4 for r in ranks)]) / len(ranks)


def by_argmax(scores, labels):
    top1 = (scores.argmax(axis=1) == labels).mean()
    return [1 - top1, 1 - top1]


def beyond_k(scores, labels):
    ranks = label_ranks(scores, labels)
    return [np.mean(ranks > k) for k in (1, 5)]


def in_percent(scores, labels):
    return [100 * top_k_error(scores, labels, k) for k in (1, 5)]


def from_the_end(scores, labels):
    guesses = np.argsort(scores, axis=1)[:, ::-1]
    five = [label in row[:5] for row, label in zip(guesses, labels)]
    return [np.mean(guesses[:, 0] == labels), np.mean(five)]


def by_dictionary(labels, classes):
    output = {synset: i for i, (synset, _) in enumerate(sorted(classes))}
    names = sorted((name, synset) for synset, name in classes)
    return np.array([output[names[label][1]] for label in labels])


def inverted(labels, classes):
    names = sorted((name, synset) for synset, name in classes)
    synsets = sorted(classes)
    return [names.index(synsets[label][::-1]) for label in labels]


RIGHT = [
    ("predict1", -(-IMAGES // 128)),
    ("predict1", "10,010"),
    ("predict2", np.argsort(-SCORES)[:5]),
    ("predict2", "5, 1, 3, 2, 0"),
    ("predict3", 16.4),
    ("predict3", "16.4%"),
    ("predict4", "99.5"),
    ("predict4", "99.5 %"),
    ("predict5", 24),
    ("predict5", "24%"),
    ("predict6", 1),
    ("1", [2, 4, 0, 6, 3]),
    ("2", by_library),
    ("2", by_counting),
    ("3", 60 * -(-IMAGES // 256)),
    ("4", 0.41),
    ("4", "0.39"),
    ("5", by_dictionary),
]

WRONG = [
    ("predict1", IMAGES // 128, "dropped the last batch"),
    ("predict1", IMAGES / 128, "A step is whole"),
    ("predict2", np.argsort(SCORES)[:5], "sorted upward"),
    ("predict2", [6, 2, 4, 3, 1], "from 1"),
    ("predict3", "83.6%", "accuracy"),
    ("predict3", 0.164, "percent was asked"),
    ("predict4", 0.5, "part of hits"),
    ("predict4", 1 - 5 / 1000, "percent was asked"),
    ("predict5", 20 + 5, "twice"),
    ("predict5", 1 - 0.8 * 0.95, "percent was asked"),
    ("predict6", 2, "Two people"),
    ("predict6", 5, "crowd"),
    ("1", np.argsort(-np.abs(LOGITS))[:5], "without the sign"),
    ("2", from_the_end, "accuracies"),
    ("2", by_argmax, "first guess alone"),
    ("2", beyond_k, "one guess too many"),
    ("2", in_percent, "Parts from 0 to 1"),
    ("3", 60 * (IMAGES // 256), "dropped the last batch"),
    ("3", 60 * IMAGES / 256, "within each epoch"),
    ("4", 0.21, "really ahead"),
    ("4", 0.29, "In that part both"),
    ("4", 0.6, "still ahead"),
    ("4", 0.898, "back to truth_200"),
    ("4", 0.98, "back to truth_200"),
    ("4", 1, "inside the loop"),
    ("5", inverted, "other way"),
]


class TestChecks(CheckTables):
    lecture = "L09"
    right = RIGHT
    wrong = WRONG
