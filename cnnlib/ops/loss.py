"""The loss of a classifier, with its gradient."""

import numpy as np

from cnnlib._validate import class_labels, complaint, floats


def softmax_cross_entropy(logits, labels):
    """Measure how surprised the softmax of the logits is by the labels.

    Args:
        logits: one score a class, shape (N, num_classes).
        labels: the right classes, ints from 0 to num_classes - 1, shape (N,).
    Returns:
        (loss, dlogits): the mean of -log(probability of the right class) over the
        batch, a float in nats, and its gradient, shape (N, num_classes).
    Raises:
        TypeError: if `logits` are not real numbers, or `labels` not ints.
        ValueError: if shapes do not fit each other, or a label is out of range.
    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.2.2.3.
    """
    logits = floats("logits", logits, "N, num_classes")
    n, num_classes = logits.shape
    labels = class_labels("labels", labels, num_classes)
    if len(labels) != n:
        raise ValueError(complaint("labels", f"{n}, one a row", len(labels)))
    # without their largest score, which cancels, no exponential can overflow
    logits = logits - logits.max(axis=1, keepdims=True)
    logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(n)
    dlogits = np.exp(logs)  # the probabilities
    dlogits[rows, labels] -= 1
    loss = -logs[rows, labels].mean(dtype=np.float64)
    return float(loss), dlogits / logits.dtype.type(n)
