"""From integers to a value: the last division, quantiles, evenness, empty and small bases.

A figure keeps (numerator, denominator) as integers; nothing is divided before the last merge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from shenguan.core.indicator.model import Indicator, Version
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import (
    RESERVED,
    Number,
    Op,
    Ref,
    Term,
    evaluate,
    of_period,
    whole,
)

OK, EMPTY, FEW, NO_SOURCE = "ok", "empty", "few", "no_source"
STATE_TEXT = {OK: "", EMPTY: "分母为零", FEW: "件数过少", NO_SOURCE: "暂无数据来源"}
_PER_MILLE = 1000
PLAIN_KINDS = frozenset({"count", "sum", "stock"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `root`: the value is 1 − √(numerator/denominator) (evenness), else their quotient."""

    numerator: int | None = None
    denominator: int | None = None
    state: str = NO_SOURCE
    root: bool = False
    needs: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """Return the value as a decimal, None on an empty base or without a source."""
        if self.state in {EMPTY, NO_SOURCE} or self.numerator is None or self.denominator is None:
            return None
        quotient = self.numerator / self.denominator if self.denominator else 0.0
        return 1 - sqrt(quotient) if self.root else quotient

    @property
    def exact(self) -> Fraction | None:
        """Return the exact value; None where `value` is None or for evenness, which has a root in it."""
        if self.value is None or self.root:
            return None
        if not self.denominator:
            return Fraction(0)
        return Fraction(self.numerator or 0, self.denominator)

    @property
    def text(self) -> str:
        """Return what examples compare: `1/2`, `3`, `0.8123`, `empty`, `no_source`."""
        if self.state in {EMPTY, NO_SOURCE}:
            return self.state
        if self.root:
            return f"{self.value:.4f}"
        return f"{self.numerator}/{self.denominator}"


def no_source(needs: Sequence[str]) -> Figure:
    """Return the figure of an indicator the registry can't feed yet."""
    return Figure(state=NO_SOURCE, needs=tuple(needs))


def quotient(indicator: Indicator, numerator: int, denominator: int) -> Figure:
    """Return numerator ÷ denominator, empty or 0 on an empty base, `few` on a small one."""
    if denominator == 0:
        state = OK if indicator.zero_denominator == "zero" else EMPTY
        return Figure(numerator, 0, state)
    return Figure(numerator, denominator, FEW if denominator < indicator.minimum else OK)


def linear(
    indicator: Indicator, version: Version, value_of: Callable[[Ref], int], period: Period
) -> Figure:
    """Return the figure of a count, sum, stock, ratio or mean from its atoms."""

    def amount(ref: Ref) -> int:
        return of_period(ref.code, period) if ref.code in RESERVED else value_of(ref)

    assert version.numerator is not None
    numerator = whole(version.numerator, amount)
    if indicator.kind in PLAIN_KINDS:
        return Figure(numerator, 1, OK)
    assert version.denominator is not None
    return quotient(indicator, numerator, whole(version.denominator, amount))


def derived(version: Version, value_of: Callable[[Ref], Fraction | None], period: Period) -> Figure:
    """Return the figure of a formula over atoms and indicators; empty where a part or a divisor is."""

    def amount(ref: Ref) -> Fraction:
        reserved = ref.code in RESERVED
        found = Fraction(of_period(ref.code, period)) if reserved else value_of(ref)
        if found is None:
            raise ZeroDivisionError
        return found

    assert version.formula is not None
    try:
        value = evaluate(version.formula, amount)
    except ZeroDivisionError:
        return Figure(state=EMPTY)
    return Figure(value.numerator, value.denominator, OK)


def quantile(indicator: Indicator, histogram: Iterable[tuple[int, int]], q: int) -> Figure:
    """Return the q ‰ quantile of (value, count) pairs, linear between neighbours; denominator 1000.

    With q=500 that is the median as usually taken: the middle value, or the mean of the two middle ones.
    """
    pairs = sorted((value, count) for value, count in histogram if count)
    total = sum(count for _, count in pairs)
    if total == 0:
        return Figure(state=EMPTY)
    rank, rest = divmod((total - 1) * q, _PER_MILLE)
    low = _at(pairs, rank)
    high = _at(pairs, rank + 1) if rest else low
    state = FEW if total < indicator.minimum else OK
    return Figure(_PER_MILLE * low + rest * (high - low), _PER_MILLE, state)


def _at(pairs: Sequence[tuple[int, int]], rank: int) -> int:
    seen = 0
    for value, count in pairs:
        seen += count
        if rank < seen:
            return value
    raise IndexError(rank)


def evenness(monthly: Sequence[int]) -> Figure:
    """Return 1 − (standard deviation ÷ mean) of the months' counts; 1 is perfectly even.

    In integers: with n months, √(n·Σx² − (Σx)²) ÷ Σx, so numerator and denominator are its square.
    One month is even with itself, which says nothing: no value.
    """
    total = sum(monthly)
    if total == 0 or len(monthly) < 2:
        return Figure(state=EMPTY)
    spread = len(monthly) * sum(x * x for x in monthly) - total * total
    return Figure(spread, total * total, OK, root=True)


def term_text(term: Term | None) -> str:
    """Return a term as written, for pages and JSON."""
    match term:
        case None:
            return ""
        case Number(value):
            return str(value)
        case Ref(code, moment):
            return f"{code}@{moment}" if moment else code
        case Op(op, left, right):
            return f"({term_text(left)} {op} {term_text(right)})"
