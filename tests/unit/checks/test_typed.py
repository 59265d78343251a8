import pytest
from typed_answers import READ_AS, SAID, VALUES, cases

from cnnlib.checks.engine import steps
from cnnlib.checks.result import NOT_YET, PASSED, Verdict


def table_verdicts(item):
    """Return the verdicts that stand in the table of a check."""
    hints = [Verdict(NOT_YET, *steps(words)) for words, _ in item.hints]
    return [Verdict(PASSED, item.because), *hints]


@pytest.mark.parametrize("name", VALUES)
def test_a_typed_answer_gets_the_verdict_of_the_value_that_it_stands_for(name):
    item, wrong = VALUES[name], []
    of_table = table_verdicts(item)
    for case in cases(name):
        typed, wanted = item.judge(case.text), item.judge(case.value)
        if wanted not in of_table:  # rounded, or a shape alone: the words may differ
            typed, wanted = typed.status, wanted.status
        elif typed != wanted:
            typed = typed._replace(message=READ_AS.sub("", typed.message))
        if typed != wanted:
            wrong.append((case.text, typed, wanted))
    assert wrong == []


def test_there_are_many_forms_of_right_and_wrong_answers():
    statuses = [
        VALUES[name].judge(case.value)[0] for name in VALUES for case in cases(name)
    ]
    assert statuses.count(PASSED) > 3000
    assert statuses.count(NOT_YET) > 3000


@pytest.mark.parametrize(("item", "text", "status", "words"), SAID)
def test_what_is_said_to_a_typed_answer(item, text, status, words):
    verdict = item.judge(text)
    assert verdict.status == status
    assert verdict.message.startswith(words)
