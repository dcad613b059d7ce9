"""Warnings that look at more than one case: 突击结案, 程序空转, and whether a plan is being kept to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.ladder import Span
from shenguan.core.timelimit.months import last_day
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule


@dataclass(frozen=True, slots=True)
class Closings:
    """Closings of one group by month: the month in question last, the twelve before it first.

    `at_end` of them fell on the month's last working days.
    """

    month_end: date
    counts: Sequence[int]
    at_end: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """One dispute: how many procedures it has gone through, and since when it has been so."""

    since: date
    length: int
    remands: int = 0
    refilings: int = 0


@dataclass(frozen=True, slots=True)
class PlanState:
    """An open 一案一策 entry: begun, last progress, next step with its day."""

    opened_on: date
    progress_on: date | None
    next_step: str = ""
    next_on: date | None = None
    planned: bool = True


@dataclass(frozen=True, slots=True)
class IndicatorPlace:
    """An indicator of a court up to the end of a month: its value as printed and its interval.

    `left`: it lies outside. A statistic and an indicator without an interval never get here.
    """

    month_end: date
    name: str
    value: str
    interval: str
    left: bool
    line: str = ""


def burst(month: Closings, rule: WarningRule) -> Iterator[Matter]:
    """Find a month with far more closings than the group's own mean of the twelve before."""
    *before, count = month.counts
    total = sum(before)
    if len(before) < 12 or not total or count < int(rule.params["least"]):
        return
    numerator, denominator = rule.params["factor"]
    if count * 12 * denominator >= numerator * total:
        words = {"count": count, "mean": f"{total / 12:.1f}", "month": _month(month.month_end)}
        yield Matter(_after(month), "", words)


def month_end(month: Closings, rule: WarningRule) -> Iterator[Matter]:
    """Find a month of whose closings too large a share fell on its last working days."""
    count = month.counts[-1]
    numerator, denominator = rule.params["share"]
    if count >= int(rule.params["least"]) and month.at_end * denominator >= count * numerator:
        share = f"{month.at_end * 100 / count:.1f}%"
        words = {"count": count, "at_end": month.at_end, "share": share}
        yield Matter(_after(month), "", words | {"month": _month(month.month_end)})


def idle_chain(chain: Chain, rule: WarningRule) -> Iterator[Matter]:
    """Find disputes that went round: many procedures, repeated remand, withdrawn and brought again."""
    reasons = []
    if chain.length >= int(rule.params["procedures"]):
        reasons.append(f"已历{chain.length}个程序")
    if chain.remands >= int(rule.params["remands"]):
        reasons.append(f"{chain.remands}次发回或者指令审理")
    if chain.refilings >= int(rule.params["refilings"]):
        reasons.append(f"{chain.refilings}次撤诉后再诉")
    if reasons:
        yield Matter(Span(chain.since), "", {"reasons": "、".join(reasons)})


def plan_missing(plan: PlanState, _rule: WarningRule) -> Iterator[Matter]:
    """Find ledger entries still without cause, plan, owner and leader."""
    if not plan.planned:
        yield Matter(Span(plan.opened_on))


def plan_silent(plan: PlanState, _rule: WarningRule) -> Iterator[Matter]:
    """Find plans without progress on record."""
    if plan.planned:
        yield Matter(Span(plan.progress_on or plan.opened_on))


def plan_late(plan: PlanState, _rule: WarningRule) -> Iterator[Matter]:
    """Find next steps whose day has come."""
    if plan.planned and plan.next_on is not None:
        yield Matter(Span(plan.opened_on, plan.next_on), "", {"step": plan.next_step})


def left_interval(figure: IndicatorPlace, _rule: WarningRule) -> Iterator[Matter]:
    """Find indicators that lie outside the interval a court has filled in."""
    if figure.left:
        words = {"name": figure.name, "line": figure.line, "value": figure.value}
        words |= {"interval": figure.interval, "month": _month(figure.month_end)}
        yield Matter(Span(figure.month_end + timedelta(days=1)), "", words)


def _after(month: Closings) -> Span:
    return Span(month.month_end + timedelta(days=1))


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def month_end_of(day: date) -> date:
    """Return the last day of the month before the one a day lies in."""
    return day.replace(day=1) - timedelta(days=1)


def months_back(end: date, count: int) -> list[tuple[date, date]]:
    """Return `count` whole months up to the one that ends on `end`, as first and last day."""
    found = []
    for back in range(count - 1, -1, -1):
        index = end.year * 12 + end.month - 1 - back
        year, month = index // 12, index % 12 + 1
        found.append((date(year, month, 1), date(year, month, last_day(year, month))))
    return found


MonthFinder = Callable[[Closings, WarningRule], Iterator[Matter]]
ChainFinder = Callable[[Chain, WarningRule], Iterator[Matter]]
PlanFinder = Callable[[PlanState, WarningRule], Iterator[Matter]]
FigureFinder = Callable[[IndicatorPlace, WarningRule], Iterator[Matter]]
MONTHLY: dict[str, MonthFinder] = {"burst": burst, "month_end": month_end}
CHAINS: dict[str, ChainFinder] = {"idle_chain": idle_chain}
PLANS: dict[str, PlanFinder] = {
    "plan_missing": plan_missing,
    "plan_silent": plan_silent,
    "plan_late": plan_late,
}
FIGURES: dict[str, FigureFinder] = {"left_interval": left_interval}
