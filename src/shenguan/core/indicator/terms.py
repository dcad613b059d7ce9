"""Arithmetic on atoms: `365*pending@end`, `(40*fairness + 30*efficiency) / 100`.

Numerators and denominators use `+ -`, integers and `*`; the formula of a derived indicator also `/`. Integers
stay integers until the last division.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period, day_number

MOMENTS = ("start", "end", "last_year")
RESERVED = {"period_days": "统计期天数", "end_day": "统计期末日"}
"""Words that stand for a number of the period itself; `end_day` is counted since 1970-01-01."""
_TOKEN = re.compile(r"\s*(?:(\d+)|([a-z][a-z0-9_]*)(?:@([a-z_]+))?|([-+*/()]))")


@dataclass(frozen=True, slots=True)
class Number:
    """An integer."""

    value: int


@dataclass(frozen=True, slots=True)
class Ref:
    """An atom (or, in a derived formula, an indicator) at a moment; `""` is the period itself."""

    code: str
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Op:
    """Two terms joined by `+ - * /`."""

    op: str
    left: Term
    right: Term


Term = Number | Ref | Op


def parse_term(text: str | int, *, division: bool = False) -> Term:
    """Return the tree of a formula; raises `IndicatorError` with the place."""
    reader = _Reader(str(text), list(_tokens(str(text))), division)
    return reader.whole()


def refs_of(term: Term | None) -> tuple[Ref, ...]:
    """Return the atoms a term names, each once, in order."""
    return tuple(dict.fromkeys(_refs(term)))


def evaluate(term: Term, value_of: Callable[[Ref], int | Fraction]) -> Fraction:
    """Return the exact value; raises `ZeroDivisionError` where a divisor is 0."""
    match term:
        case Number(value):
            return Fraction(value)
        case Ref():
            return Fraction(value_of(term))
        case Op(op, left, right):
            return _apply(op, evaluate(left, value_of), evaluate(right, value_of))


def whole(term: Term, value_of: Callable[[Ref], int]) -> int:
    """Return the integer value of a term without division; faster than `evaluate`."""
    if isinstance(term, Ref):
        return value_of(term)
    if isinstance(term, Number):
        return term.value
    left, right = whole(term.left, value_of), whole(term.right, value_of)
    if term.op == "+":
        return left + right
    return left - right if term.op == "-" else left * right


def of_period(code: str, period: Period) -> int:
    """Return the number a reserved word stands for."""
    return period.days if code == "period_days" else day_number(period.end)


def _apply(op: str, left: Fraction, right: Fraction) -> Fraction:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def _refs(term: Term | None) -> Iterator[Ref]:
    if isinstance(term, Ref) and term.code not in RESERVED:
        yield term
    elif isinstance(term, Op):
        yield from _refs(term.left)
        yield from _refs(term.right)


def _tokens(text: str) -> Iterator[tuple[str, Term | str]]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if not found:
            raise IndicatorError(
                f"算式“{text}”第 {at + 1} 字起读不懂：只有编码、整数、+ - * 和括号"
            )
        number, code, moment, sign = found.groups()
        if moment and moment not in MOMENTS:
            raise IndicatorError(f"算式“{text}”：时点“@{moment}”不可用，可用：{'、'.join(MOMENTS)}")
        if sign:
            yield "sign", sign
        else:
            yield "term", Number(int(number)) if number else Ref(code, moment or "")
        at = found.end()


class _Reader:
    def __init__(self, text: str, tokens: list[tuple[str, Term | str]], division: bool) -> None:
        self.text, self.tokens, self.division = text, tokens, division

    def whole(self) -> Term:
        term = self.sum()
        if self.tokens:
            raise self.fail()
        return term

    def sum(self) -> Term:
        term = self.product()
        while (sign := self.sign("+-")) is not None:
            term = Op(sign, term, self.product())
        return term

    def product(self) -> Term:
        term = self.factor()
        while (sign := self.sign("*/" if self.division else "*")) is not None:
            term = Op(sign, term, self.factor())
        return term

    def factor(self) -> Term:
        if self.sign("(") is not None:
            term = self.sum()
            if self.sign(")") is None:
                raise self.fail()
            return term
        if not self.tokens or self.tokens[0][0] != "term":
            raise self.fail()
        found = self.tokens.pop(0)[1]
        assert not isinstance(found, str)
        return found

    def sign(self, wanted: str) -> str | None:
        if self.tokens and self.tokens[0][0] == "sign" and str(self.tokens[0][1]) in wanted:
            return str(self.tokens.pop(0)[1])
        return None

    def fail(self) -> IndicatorError:
        near = self.tokens[0][1] if self.tokens else "末尾"
        shown = near if isinstance(near, str) else getattr(near, "code", getattr(near, "value", ""))
        hint = "（这里不能用除法）" if shown == "/" else ""
        return IndicatorError(f"算式“{self.text}”在“{shown}”处读不懂{hint}")
