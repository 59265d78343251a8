"""What hand-written answers ask of a lecture's table of checks."""

import pytest

from cnnlib.checks import check, tables
from cnnlib.checks.engine import Between, steps
from cnnlib.checks.result import NOT_YET, PASSED


class CheckTables:
    """The base of a lecture's test class, which gives it two lists of answers.

    `right` holds (exercise, answer) in the forms that students use, `wrong` holds
    (exercise, answer, a phrase that only the hint for this mistake has), each answer
    found in another way than the table's, whose own entries test_tables.py tries.
    """

    lecture = ""
    right = ()
    wrong = ()

    def item(self, exercise):
        return tables.load(self.lecture)[exercise]

    def result(self, exercise, answer):
        return check(f"{self.lecture}.{exercise}", answer)

    @pytest.fixture(autouse=True)
    def _normal_mode(self, monkeypatch):
        monkeypatch.delenv("CNNLIB_STRICT", raising=False)

    def test_right_answer_passes(self, right_answer):
        exercise, answer = right_answer
        result = self.result(exercise, answer)
        assert result.status == PASSED, result
        assert result.message.startswith(self.item(exercise).because)

    def test_wrong_answer_gets_its_hint(self, wrong_answer):
        exercise, answer, phrase = wrong_answer
        hints = [steps(words)[0] for words, _ in self.item(exercise).hints]
        (hint,) = [words for words in hints if phrase in words]
        result = self.result(exercise, answer)
        assert result.status == NOT_YET
        assert result.message.startswith(hint)

    def test_every_hint_with_limits_is_reached_by_a_wrong_answer(self):
        reached = [(exercise, phrase) for exercise, _, phrase in self.wrong]
        for exercise, item in tables.load(self.lecture).items():
            for words, wrong in item.hints:
                if isinstance(wrong, Between):
                    phrases = [p for name, p in reached if name == exercise]
                    assert any(phrase in steps(words)[0] for phrase in phrases), words
