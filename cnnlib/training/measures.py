"""What a classifier's scores are worth: confusion matrix, top-k error."""

import numpy as np

from cnnlib._validate import class_labels, complaint, finite, integer, numeric


def confusion(labels, predictions, num_classes):
    """Count how often each class was taken for each class.

    Args:
        labels: the right classes, ints from 0 to num_classes - 1, shape (N,).
        predictions: the predicted classes, likewise; `scores.argmax(axis=1)`.
        num_classes: number of classes.
    Returns:
        Counts, ints of shape (num_classes, num_classes): the row is the right class,
        the column the predicted one, so that the diagonal counts the right answers.
    Raises:
        TypeError: if classes are no ints.
        ValueError: if a class is out of range, or there is not one prediction a label.
    """
    num_classes = integer("num_classes", num_classes)
    labels = class_labels("labels", labels, num_classes)
    predictions = class_labels("predictions", predictions, num_classes)
    if len(labels) != len(predictions):
        received = f"{len(predictions)} for {len(labels)} labels"
        raise ValueError(complaint("predictions", "one a label", received))
    counts = np.zeros((num_classes, num_classes), int)
    np.add.at(counts, (labels, predictions), 1)
    return counts


def label_ranks(scores, labels):
    """Tell for each image how many classes stand before the right one.

    Classes stand by their score, the largest first. Of equal scores the class with
    the smaller number stands first, as in a stable sort.

    Args:
        scores: logits or probabilities, shape (N, num_classes).
        labels: the right classes, ints from 0 to num_classes - 1, shape (N,).
    Returns:
        Ints from 0 (the right class comes first) to num_classes - 1, shape (N,).
    Raises:
        TypeError: if scores are no real numbers, or labels no ints.
        ValueError: if a score is nan or infinite, a label out of range, or there is
            not one row of scores a label.
    """
    scores = finite("scores", numeric("scores", scores, "N, num_classes"))
    labels = class_labels("labels", labels, scores.shape[1])
    if len(labels) != len(scores):
        received = f"{len(scores)} for {len(labels)} labels"
        raise ValueError(complaint("scores", "one row a label", received))
    own = scores[np.arange(len(labels)), labels][:, None]  # (N, 1)
    earlier = np.arange(scores.shape[1]) < labels[:, None]  # (N, num_classes)
    return ((scores > own) | ((scores == own) & earlier)).sum(axis=1)


def top_k_error(scores, labels, k):
    """Measure how often the right class is not among the k with the largest scores.

    Equal scores are told apart as in `label_ranks`.

    Args:
        scores: logits or probabilities, shape (N, num_classes).
        labels: the right classes, ints from 0 to num_classes - 1, shape (N,).
        k: from 1 to num_classes.
    Returns:
        Part of the images, a float from 0 to 1.
    Raises:
        TypeError: as `label_ranks`, or if `k` is no int.
        ValueError: as `label_ranks`, or if `k` is out of range.
    Source: Russakovsky et al. (2015), section 4.1, for k = 5.
    """
    ranks, k = label_ranks(scores, labels), integer("k", k)
    num_classes = np.shape(scores)[1]
    if k > num_classes:
        expected = f"an int from 1 to {num_classes}, the number of classes"
        raise ValueError(complaint("k", expected, k))
    return float((ranks >= k).mean())
