"""Read lists of numbers and small sums, such as `[784*128+128, 2*sqrt(2)/3]`.

    values  = { item }               commas, semicolons, bars and blanks stand between
    item    = fraction | sum         a fraction such as -2/3 or 8% is not worked out
    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "//" | "/") signed | power }          2(3+1), 2sqrt(2)
    signed  = [ "+" | "-" ] power
    power   = atom [ "^" signed ]
    atom    = number | function atom | "[" values "]"

The page calculates by the same grammar, in `arithmetic.js`.
"""

import math
import operator
import re

from cnnlib.checks.answers import Problem

BRACKET = "Is a bracket missing?"
_DIGITS = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_NUMBER = re.compile(rf"({_DIGITS}(?:e[-+]?[0-9]+)?)(%?)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"([-+]?{_DIGITS}(?:e[-+]?[0-9]+)?)(?:/({_DIGITS}))?(%?)(?=[\],;|\s]|\Z)",
    re.IGNORECASE,
)
_TRUTH = re.compile(r"(true|false)(?=[\],;|\s]|\Z)", re.IGNORECASE)
_FUNCTION = re.compile(r"(?:(?:np|math)\.)?(sqrt|floor|ceil|abs|exp)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;|\s]*")
_SUM, _PRODUCT, _POWER = map(re.compile, (r"[-+]", r"\*|//?", r"\^"))
_FACTOR = re.compile(r"(?=\[|(?:(?:np|math)\.)?(?:sqrt|floor|ceil|abs|exp))", re.I)
_OPEN, _CLOSE = re.compile(r"\["), re.compile(r"\]")
_CHUNK = re.compile(r"[^\[\],;|\s]+")
_DEEPEST = 50
_FUNCTIONS = {
    "sqrt": math.sqrt,
    "floor": math.floor,
    "ceil": math.ceil,
    "abs": abs,
    "exp": math.exp,
}
_OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": lambda a, b: math.floor(a / b),
    "^": math.pow,
}


class _NoNumberError(Exception):
    """What stands here is no number."""


class Calculator:
    """Reads one text, from left to right.

    Attributes:
        values: a number, or lists of them.
        is_worked: whether something was worked out.
    """

    def __init__(self, text, ask, percent=False, truth=False):
        """Read a text.

        Args:
            text: the text, with square brackets, "^" for powers and a point for
                decimals.
            ask: how to write an answer, which ends the message of a Problem.
            percent: whether 8% stands for 8, and not for 0.08.
            truth: whether True and False can be read too, as 1 and 0.
        Raises:
            Problem: if the text cannot be read.
        """
        self._rest, self._depth = text, 0
        self._ask, self._percent, self._truth = ask, percent, truth
        self.is_worked = False
        values = self._values()
        if self._rest:
            raise Problem(BRACKET)
        self.values = values[0] if len(values) == 1 else values

    def _take(self, pattern):
        match = pattern.match(self._rest)
        if match:
            self._rest = self._rest[match.end() :]
        return match

    def _values(self):
        values = []
        self._take(_BETWEEN)
        while self._rest and not self._rest.startswith("]"):
            values.append(self._item())
            self._take(_BETWEEN)
        return values

    def _item(self):
        start = self._rest
        if self._truth and (match := self._take(_TRUTH)):
            return float(match[1].lower() == "true")
        try:
            if match := self._take(_FRACTION):
                value = _work("/", _finite(match[1]), _finite(match[2] or 1))
                return self._share(value, match[3])
            value = self._sum()
            if _CHUNK.match(self._rest):
                raise _NoNumberError
        except _NoNumberError:
            part = start.removesuffix(self._rest)
            if match := _CHUNK.match(self._rest):
                part += match[0]
            part = part.replace("[", "(").replace("]", ")")
            raise Problem(f"“{part}” cannot be read. {self._ask}") from None
        self.is_worked |= not isinstance(value, list)
        return value

    def _sum(self):
        value = self._product()
        while sign := self._take(_SUM):
            value = _work(sign[0], value, self._product())
        return value

    def _product(self):
        value = self._signed()
        while True:
            if sign := self._take(_PRODUCT):
                value = _work(sign[0], value, self._signed())
            elif not isinstance(value, list) and self._take(_FACTOR):
                value = _work("*", value, self._power())
            else:
                return value

    def _signed(self):
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Problem(BRACKET)
        sign = self._take(_SUM)
        value = self._power()
        if sign:
            value = _work("*", 1 - 2 * (sign[0] == "-"), value)
        self._depth -= 1
        return value

    def _power(self):
        base = self._atom()
        return _work("^", base, self._signed()) if self._take(_POWER) else base

    def _atom(self):
        if match := self._take(_NUMBER):
            return self._share(_finite(match[1]), match[2])
        if match := self._take(_FUNCTION):
            is_open = self._rest.startswith("[")
            if not is_open and not _NUMBER.match(self._rest):
                raise _NoNumberError
            return _call(_FUNCTIONS[match[1].lower()], self._atom())
        if not self._take(_OPEN):
            raise _NoNumberError
        values = self._values()
        if not self._take(_CLOSE):
            raise Problem(BRACKET)
        return values

    def _share(self, value, sign):
        return value / 100 if sign and not self._percent else value


def _finite(text):
    value = float(text)
    if not math.isfinite(value):
        raise _NoNumberError
    return value


def _work(sign, *values):
    return _call(_OPERATORS[sign], *values)


def _call(function, *values):
    try:
        return _finite(function(*map(_only, values)))
    except (ArithmeticError, ValueError):  # 1/0, sqrt(-1), 10^400
        raise _NoNumberError from None


def _only(value):
    """Take the one number out of its brackets."""
    while isinstance(value, list) and len(value) == 1:
        [value] = value
    if isinstance(value, list):
        raise _NoNumberError
    return value
