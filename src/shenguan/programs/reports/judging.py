"""Strong and weak: against the reference interval and against the court's own past, never against others.

統计项 are never judged. Without an interval only the own past counts; an indicator whose good side only an
interval can tell (direction: interval) is then reported without a word on better or worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from shenguan.core.indicator import printing
from shenguan.programs.reports.book import Book, Where
from shenguan.programs.reports.wording import difference
from shenguan.spine.indicators.values import ValueRow

Past = Literal["better", "worse", "level", "few", "none", "plain"]
"""few: too few cases in one of the periods; none: no value in one; plain: no side is the good one."""
POINTS = Fraction(1)
"""A share is better or worse from one percentage point on."""
RELATIVE = Fraction(5, 100)
"""Other values from five percent of the earlier value on."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator with its place against the interval (达标 未达标 优异 or "") and its own past."""

    row: ValueRow
    interval: str
    past: Past

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.row.indicator.code

    @property
    def weak(self) -> bool:
        """Outside its interval; without one, worse than its own past."""
        if self.interval:
            return self.interval == printing.UNMET
        return self.past == "worse"

    @property
    def strong(self) -> bool:
        """Excellent, or better than its own past while not outside the interval."""
        return self.interval == printing.EXCELLENT or (
            self.past == "better" and self.interval != printing.UNMET
        )


def judge(row: ValueRow) -> Judged:
    """Judge one figure; 同比 must be at hand."""
    standing = row.standing
    interval = standing if standing in {printing.MET, printing.UNMET, printing.EXCELLENT} else ""
    return Judged(row, interval, _past(row))


def judged(book: Book, codes: Iterable[str], period: str, where: Where) -> list[Judged]:
    """Judge the indicators that have a version for the period and a source of data, in order."""
    rows = (book.row(code, period, where) for code in codes if code in book.library.indicators)
    return [judge(row) for row in rows if row is not None and row.figure.state != "no_source"]


def selected(
    book: Book, kind: str, codes: Iterable[str], period: str, where: Where
) -> list[Judged]:
    """Return those of a kind: weak strong met unmet excellent unset risen fallen few none level plain."""
    return [one for one in judged(book, codes, period, where) if _is(one, kind)]


def _is(one: Judged, kind: str) -> bool:
    if one.row.indicator.statistic:
        return False
    return _KINDS[kind](one) if kind in _KINDS else one.past == kind


def _moved(one: Judged, *, up: bool) -> bool:
    """Whether a figure without a good side rose or fell noticeably."""
    change = difference(one.row, "yoy")
    if one.past != "plain" or change is None or abs(change) < _threshold(one.row):
        return False
    return (change > 0) == up


_KINDS: dict[str, Callable[[Judged], bool]] = {
    "weak": lambda one: one.weak,
    "strong": lambda one: one.strong,
    "unset": lambda one: not one.interval,
    "met": lambda one: one.interval == printing.MET,
    "unmet": lambda one: one.interval == printing.UNMET,
    "excellent": lambda one: one.interval == printing.EXCELLENT,
    "risen": lambda one: _moved(one, up=True),
    "fallen": lambda one: _moved(one, up=False),
}


def _past(row: ValueRow) -> Past:
    if row.indicator.statistic or row.alone:
        return "plain"
    before = row.compared["yoy"]
    change = difference(row, "yoy")
    if change is None:
        return "none"
    if "few" in {row.figure.state, before.state}:
        return "few"
    good = _good_side(row, change)
    if good is None:
        return "plain"
    if abs(change) < _threshold(row):
        return "level"
    return "better" if good else "worse"


def _good_side(row: ValueRow, change: Fraction) -> bool | None:
    """Whether the change goes the good way; None where neither way is."""
    match row.indicator.direction:
        case "higher":
            return change > 0
        case "lower":
            return change < 0
        case "interval":
            return _nearer(row)
    return None


def _nearer(row: ValueRow) -> bool | None:
    reference = printing.reference_of(row.version, "")
    if reference is None or not reference.filled:
        return None
    unit = row.indicator.unit
    gaps = [
        _outside(printing.scaled(figure, unit), reference.low, reference.high)
        for figure in (row.figure, row.compared["yoy"])
    ]
    return None if gaps[0] == gaps[1] else gaps[0] < gaps[1]


def _outside(value: Fraction, low: float | None, high: float | None) -> Fraction:
    below = Fraction(str(low)) - value if low is not None else Fraction(0)
    above = value - Fraction(str(high)) if high is not None else Fraction(0)
    return max(below, above, Fraction(0))


def _threshold(row: ValueRow) -> Fraction:
    if row.indicator.unit == "percent":
        return POINTS
    before = printing.scaled(row.compared["yoy"], row.indicator.unit)
    return max(abs(before) * RELATIVE, Fraction(1, 10**9))
