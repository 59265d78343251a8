"""What every table of checks says of itself, tried on its checks."""

import pytest

from cnnlib.checks import tables
from cnnlib.checks.answers import forms_of, or_shorter
from cnnlib.checks.engine import Between, Function, SameShape, Value, steps
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED, Verdict

CHECKS = {
    f"{lecture}.{exercise}": item
    for lecture in tables.lectures()
    for exercise, item in tables.load(lecture).items()
}


@pytest.fixture(params=CHECKS)
def item(request):
    return CHECKS[request.param]


def answers_that_are(item, known):
    """List the answers that an entry of the table stands for: forms, or a function."""
    example = known.example if isinstance(known, SameShape) else known
    return [example] if isinstance(item, Function) else forms_of(example)


def test_every_right_answer_passes(item):
    right = or_shorter(item.expected) if isinstance(item, Value) else item.reference
    for answer in answers_that_are(item, right):
        assert item.judge(answer) == Verdict(PASSED, item.because)


def test_every_known_wrong_answer_gets_its_own_hint(item):
    told = [
        (Verdict(NOT_YET, *steps(words)), item.judge(answer))
        for words, wrong in item.hints
        if not isinstance(wrong, Between)
        for answer in answers_that_are(item, wrong)
    ]
    assert [mine for mine, other in told if mine != other] == []


def test_no_hint_is_said_twice(item):
    words = [tuple(steps(words)) for words, _ in item.hints]
    assert len(set(words)) == len(words)


def test_a_stub_is_not_written_yet(item):
    def stub(*args): ...

    answer = stub if isinstance(item, Function) else ...
    assert item.judge(answer)[0] == NOT_WRITTEN


def test_another_wrong_answer_gets_feedback_that_is_no_hint(item):
    if isinstance(item, Function):
        other = lambda *args: 12345  # noqa: E731
    else:
        is_text = forms_of(item.expected)[0].dtype.kind == "U"
        other = "12345" if is_text else 12345
    first, *_ = steps(item.otherwise)
    verdict = item.judge(other)
    assert verdict.status == NOT_YET
    assert verdict.message.endswith(f"\n{first}")
