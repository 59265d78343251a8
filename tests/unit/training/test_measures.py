import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib.training import confusion, label_ranks, top_k_error

SCORES = np.array([[0.05, 0.30, 0.10, 0.20, 0.02, 0.33]])


def test_the_confusion_matrix_counts_rows_of_right_classes():
    counts = confusion([0, 0, 1, 2], [0, 2, 1, 2], 3)
    assert counts.tolist() == [[1, 0, 1], [0, 1, 0], [0, 0, 1]]


def test_the_same_mistake_twice_counts_twice():
    assert confusion([0, 0], [1, 1], 2).tolist() == [[0, 2], [0, 0]]


@pytest.mark.parametrize(
    ("error", "labels", "predictions", "words"),
    [
        (
            ValueError,
            [0, 3],
            [0, 1],
            "labels: expected classes .* to 2, received 3",
        ),
        (ValueError, [0, 1], [0, -1], "predictions: expected classes .* received -1"),
        (ValueError, [0, 1], [0], "predictions: expected one a label, .* 1 for 2"),
        (TypeError, [0, 1], [0.5, 1.0], "predictions: expected ints"),
        (ValueError, [0], [[0.1, 0.9]], r"predictions: expected shape \(N\)"),
    ],
)
def test_confusion_says_what_is_wrong(error, labels, predictions, words):
    with pytest.raises(error, match=words):
        confusion(labels, predictions, 3)


def test_ranks_by_hand():
    assert [label_ranks(SCORES, [c])[0] for c in (5, 1, 3, 2, 0, 4)] == [*range(6)]
    assert top_k_error(SCORES, [0], 4) == 1
    assert top_k_error(SCORES, [0], 5) == 0


def test_of_equal_scores_the_smaller_class_comes_first():
    assert label_ranks(np.ones((3, 3)), [0, 1, 2]).tolist() == [0, 1, 2]


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1),
    st.integers(1, 5),
    st.integers(0, 4),
)
def test_it_is_what_a_stable_sort_gives(rows, k, label):
    scores = np.array(rows)
    order = np.argsort(-scores, axis=1, kind="stable")
    missed = [label not in row[:k] for row in order]
    assert top_k_error(scores, [label] * len(rows), k) == np.mean(missed)


def test_all_classes_never_miss():
    scores = np.random.default_rng(0).normal(size=(20, 7))
    assert top_k_error(scores, np.arange(20) % 7, 7) == 0


@pytest.mark.parametrize(
    ("error", "scores", "labels", "k", "words"),
    [
        (
            ValueError,
            SCORES,
            [6],
            1,
            "labels: expected classes .* to 5, received 6",
        ),
        (ValueError, SCORES, [0, 1], 1, "scores: expected one row a label, .* 1 for 2"),
        (ValueError, SCORES, [0], 7, "k: expected an int from 1 to 6, .* received 7"),
        (ValueError, SCORES, [0], 0, "k: expected an int of at least 1, received 0"),
        (TypeError, SCORES, [0], 1.0, "k: expected an int"),
        (ValueError, [[np.nan, 1]], [0], 1, "scores: expected finite numbers"),
        (ValueError, [0.5, 0.5], [0], 1, "scores: expected shape"),
    ],
)
def test_top_k_error_says_what_is_wrong(error, scores, labels, k, words):
    with pytest.raises(error, match=words):
        top_k_error(scores, labels, k)
