"""What is asked of the checks of every lecture, by two tables of answers."""

import importlib

import pytest

from cnnlib.checks import check
from cnnlib.checks.answers import forms_of
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED


class CheckTables:
    """The base of a lecture's test class, which gives it its two tables.

    `right` holds (exercise, answer) in the forms that students use, `wrong` holds
    (exercise, answer, a phrase that only the hint for this mistake has).
    """

    lecture = ""
    right = ()
    wrong = ()

    @classmethod
    def checks(cls):
        """Return the lecture's table {exercise: check}."""
        return importlib.import_module(f"cnnlib.checks.{cls.lecture.lower()}").CHECKS

    def result(self, name, answer):
        return check(f"{self.lecture}.{name}", answer)

    @pytest.fixture(autouse=True)
    def _normal_mode(self, monkeypatch):
        monkeypatch.delenv("CNNLIB_STRICT", raising=False)

    def test_right_answer_passes(self, right_answer):
        name, answer = right_answer
        result = self.result(name, answer)
        assert result.status == PASSED, result
        assert result.message.startswith(self.checks()[name].because)

    def test_known_wrong_answer_gets_its_hint(self, wrong_answer):
        name, answer, phrase = wrong_answer
        result = self.result(name, answer)
        assert result.status == NOT_YET
        assert any(map(result.message.startswith, self.checks()[name].hints.values()))
        assert phrase in result.message

    def test_every_hint_is_reached_and_its_phrase_is_its_own(self, exercise):
        hints = list(self.checks()[exercise].hints.values())
        phrases = {phrase for name, _, phrase in self.wrong if name == exercise}
        found = [[hint for hint in hints if phrase in hint] for phrase in phrases]
        assert all(len(match) == 1 for match in found)
        assert {match[0] for match in found} == set(hints)
        assert len(set(hints)) == len(hints)

    def test_stub_is_not_written_yet(self, exercise):
        def stub(*args): ...

        is_function = hasattr(self.checks()[exercise], "reference")
        assert self.result(exercise, stub if is_function else ...).status == NOT_WRITTEN

    def test_other_wrong_answer_gets_feedback_that_is_no_hint(self, exercise):
        item = self.checks()[exercise]
        if hasattr(item, "reference"):
            other = lambda *args: 12345  # noqa: E731
        else:
            is_text = forms_of(item.expected)[0].dtype.kind == "U"
            other = "12345" if is_text else 12345
        result = self.result(exercise, other)
        assert result.status == NOT_YET
        assert item.otherwise in result.message
