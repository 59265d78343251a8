"""The two kinds of check: a value that was worked out, and a function that was written.

A lecture's module is a table, CHECKS, from the name of a check to a Value or a Function
with its hints, a list of pairs: the words of a diagnosis, and the wrong answer that
they are for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cnnlib.checks import typed
from cnnlib.checks.answers import (
    NotWritten,
    Problem,
    any_of,
    forms_of,
    named_of,
    or_shorter,
    read,
)
from cnnlib.checks.compare import difference, matches
from cnnlib.checks.result import NOT_WRITTEN, NOT_YET, PASSED, Verdict
from cnnlib.checks.sandbox import call_all, copies

__all__ = ["Between", "Function", "SameShape", "Value", "any_of"]


@dataclass(frozen=True)
class SameShape:
    """A known wrong answer that is recognized by its shape alone.

    `example` stands where the wrong answer would: a value, or a function.
    """

    example: object


@dataclass(frozen=True)
class Between:
    """Known wrong answers to a Value, recognized by sums of their numbers.

    Each row of `weights`, times the numbers, has a sum from `low` to `high`: limits of
    the numbers themselves, if there are no weights.
    """

    shape: tuple
    low: object
    high: object
    weights: object = None

    def limits(self):
        """Return the weights (k, n) and both limits (k,), with room for rounding."""
        n = int(np.prod(self.shape))
        weights = np.eye(n) if self.weights is None else np.asarray(self.weights, float)
        low, high = (np.full(len(weights), x, float) for x in (self.low, self.high))
        return weights, low - 1e-6, high + 1e-6

    def holds(self, answer):
        """Tell whether an array of numbers is such an answer."""
        if answer.shape != self.shape or answer.dtype.kind == "U":
            return False
        weights, low, high = self.limits()
        sums = weights @ answer.astype(float).ravel()
        return bool(((low <= sums) & (sums <= high)).all())


@dataclass(frozen=True, kw_only=True)
class _Check:
    """What both kinds share.

    Attributes:
        hints: pairs (words, known wrong answer); the first that fits is shown.
        because: one sentence that is shown when the check has passed.
        otherwise: what to try when no hint fits.
            Here and in a hint, two texts are two steps, and the second is folded.
        tolerance: the largest difference that counts as equal, as in `compare.matches`.
    """

    hints: Sequence = ()
    because: str = ""
    otherwise: str | Sequence[str] = ""
    tolerance: float | None = None

    def judge(self, answer):
        """Return the Verdict on a student's answer."""
        try:
            answers, notes = self._answers(answer)
        except NotWritten as stub:
            return Verdict(NOT_WRITTEN, str(stub))
        except Problem as problem:
            return Verdict(NOT_YET, str(problem))
        wanted = self._outputs(self._right())
        if self._agree(answers, wanted):
            return Verdict(PASSED, _lines(self.because, *notes))
        *found, words = self._diagnosis(answers, wanted)
        first, *further = steps(words)
        return Verdict(NOT_YET, _lines(*found, first, *notes), *further)

    def _agree(self, answers, outputs):
        pairs = zip(answers, outputs, strict=True)
        return all(matches(mine, other, self.tolerance) for mine, other in pairs)

    def _diagnosis(self, answers, wanted):
        words = self._known(answers)
        return [words] if words else [self._difference(answers, wanted), self.otherwise]

    def _known(self, answers):
        """Return the words of the first hint that fits, or None."""
        fits = (words for words, wrong in self.hints if self._is(wrong, answers))
        return next(fits, None)

    def _is(self, wrong, answers):
        if not isinstance(wrong, SameShape):
            return self._agree(answers, self._outputs(wrong))
        pairs = zip(answers, self._outputs(wrong.example), strict=True)
        return all(
            mine.shape in [form.shape for form in named_of(other)]
            for mine, other in pairs
        )


@dataclass(frozen=True, kw_only=True)
class Value(_Check):
    """A number, an array or a text, known in advance.

    Attributes:
        expected: the right value, or its forms as `any_of(4, (4, 4))`; of a table
            also what `answers.or_shorter` makes of it.
        percent: whether the numbers are asked for in percent, so that 8% stands for 8.
        hints: here a wrong answer is a value, `any_of` several, a SameShape or a
            Between: all of them data, which the box in the page gets too.
    """

    expected: object
    percent: bool = False

    def judge(self, answer):
        """Return the Verdict on a student's answer; a text is read as it was typed."""
        if not isinstance(answer, str):
            return super().judge(answer)
        wanted = or_shorter(self.expected)
        shapes = _shapes(wanted)
        known = [_shapes(wrong) for _, wrong in self.hints]
        try:
            readings = typed.read(
                answer, self.expected, sum(known, shapes), self.percent
            )
        except Problem as problem:
            return Verdict(NOT_YET, str(problem))
        plain = [reading for reading in readings if not reading.is_worked]
        if any(reading.array.shape in shapes for reading in plain):
            readings = plain  # 4*4 is a size where one is asked for, and not 16
        for reading in readings:
            if self._agree([reading.array], [wanted]):
                return Verdict(PASSED, reading.told(self.because, is_wrong=False))
        # those of the right shape first
        readings.sort(key=lambda reading: reading.array.shape not in shapes)
        for reading in readings:
            if words := self._known([reading.array]):
                first, *further = steps(words)
                return Verdict(NOT_YET, reading.told(first, True), *further)
        first, *further = steps(self.otherwise)
        found = typed.difference(readings[0], wanted, answer)
        return Verdict(NOT_YET, _lines(found, first), *further)

    def _right(self):
        return self.expected

    def _answers(self, answer):
        return [read(answer, self.expected)], []

    def _outputs(self, value):
        return [or_shorter(value)]

    def _is(self, wrong, answers):
        if isinstance(wrong, Between):
            return wrong.holds(answers[0])
        return super()._is(wrong, answers)

    def _difference(self, answers, wanted):
        return difference(answers[0], wanted[0], self.tolerance)


@dataclass(frozen=True, kw_only=True)
class Function(_Check):
    """A function to write, compared with a reference on several inputs.

    Attributes:
        reference: the right function.
        inputs: what it is called on, hand numbers first; a tuple is several arguments.
        hints: here a wrong answer is a function that makes the mistake, or its
            SameShape.
        seconds: the time for all calls together.
    """

    reference: Callable
    inputs: list
    seconds: float = 5.0

    def _right(self):
        return self.reference

    def _calls(self):
        return [args if isinstance(args, tuple) else (args,) for args in self.inputs]

    def _answers(self, answer):
        if answer is None or answer is ...:
            raise NotWritten("Write the function, then hand it over by its name.")
        if not callable(answer):
            raise Problem(
                "Hand over the function itself: its name, without parentheses."
            )
        wanted = self._outputs(self.reference)
        return call_all(answer, self._calls(), wanted, self.seconds)

    def _outputs(self, function):
        with np.errstate(all="ignore"):
            return [function(*args) for args in copies(self._calls())]

    def _difference(self, answers, wanted):
        cases = zip(answers, wanted, self._calls(), strict=True)
        mine, right, args = next(
            case for case in cases if not matches(*case[:2], self.tolerance)
        )
        return difference(mine, right, self.tolerance, args)


def steps(words):
    """Return the one or two steps of a hint as a list."""
    return [words] if isinstance(words, str) else list(words)


def _shapes(value):
    if isinstance(value, Between):
        return [value.shape]
    example = value.example if isinstance(value, SameShape) else value
    return [form.shape for form in forms_of(example)]


def _lines(*sentences):
    return "\n".join(sentence for sentence in sentences if sentence)
