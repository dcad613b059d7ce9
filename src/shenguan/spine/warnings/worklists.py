"""Today's work lists: overdue, due soon, paused too long, long pending, stuck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q

from shenguan.base.org.scope import Scope
from shenguan.core.timelimit.months import add_months
from shenguan.rulebook import load
from shenguan.rulebook.loaders.worklists import DueLevel, ListRule, WorklistRules
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE, cases_in
from shenguan.spine.timelimits.selectors import dues_as_of

_COLUMNS = (
    "id",
    "number",
    "court__name",
    "cause",
    "division__name",
    "undertaker_name",
    "filed_on",
    "last_event_on",
    "clock__state",
    "clock__governing_due",
    "clock__recorded_due",
    "clock__accepted",
    "clock__limit_days",
    "clock__excluded_days",
    "clock__start_on",
    "clock__paused_since",
    "clock__paused_by",
)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One case on a list. `days_left` is negative when overdue, None without a due date."""

    case_id: int
    number: str
    court: str
    cause: str
    division: str
    undertaker: str
    filed_on: date
    due: date | None
    days_left: int | None
    why: str


@dataclass(slots=True)
class Worklist:
    """A list with its name, symbol and meaning; its length is the number shown."""

    id: str
    name: str
    symbol: str
    meaning: str
    items: list[WorkItem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A case that is pending on the day, with its clock as it stood that day."""

    id: int
    number: str
    court: str
    cause: str
    division: str
    undertaker: str
    filed_on: date
    last_event_on: date | None
    state: str
    due: date | None
    limit_days: int | None
    used_days: int | None
    paused_since: date | None
    paused_by: str


def worklists(scope: Scope, on: date, *, case_scope: str = DEFAULT_CASE_SCOPE) -> list[Worklist]:
    """Return every list as of the day `on`, most urgent first; a case may stand on several."""
    rules = load().worklists
    due_lists = {level.id: _empty(level) for level in rules.due}
    tiers = {
        last_filed(months, on): _tier(rules.long_pending, months)
        for months in sorted(rules.long_pending.months)
    }
    paused, stuck, unclocked = (
        _empty(rule) for rule in (rules.paused, rules.stuck, rules.unclocked)
    )
    for case in _pending(scope, on, case_scope):
        level = due_level(rules, case.due, case.limit_days, case.used_days, on)
        if level is not None:
            due_lists[level.id].items.append(_item(case, on, _due_text(case, on)))
        _add_paused(paused, rules, case, on)
        _add_long_pending(tiers, case, on)
        _add_stuck(stuck, rules.stuck, case, on)
        if case.state == "no_rule" and case.due is None:
            unclocked.items.append(_item(case, on, "没有适用的期限规则或缺少日期"))
    lists = [*due_lists.values(), paused, *reversed(tiers.values()), stuck, unclocked]
    for worklist in lists:
        worklist.items.sort(key=lambda item: (item.due or item.filed_on, item.court, item.number))
    return lists


def due_level(
    rules: WorklistRules, due: date | None, limit: int | None, used: int | None, on: date
) -> DueLevel | None:
    """Return the step the clock has reached on the day, None while it is far off or paused."""
    if due is None:
        return None
    left = (due - on).days
    short = limit is not None and limit < rules.short_limit_days and used is not None
    for level in rules.due:
        if level.days is None:
            if left < 0:
                return level
        elif short and level.share is not None and limit and used is not None:
            if Fraction(used, limit) >= level.share:
                return level
        elif left <= level.days:
            return level
    return None


def _pending(scope: Scope, on: date, case_scope: str) -> Iterator[_Pending]:
    filed = cases_in(scope, case_scope).filter(filed_on__lte=on).order_by()
    rows = [
        dict(zip(_COLUMNS, row, strict=True))
        for pending in (Q(closed_on=None), Q(closed_on__gt=on))  # an index serves each, none both
        for row in filed.filter(pending).values_list(*_COLUMNS)
    ]
    # What has moved since the day, and what the kept clock couldn't reckon yet (filed after its day).
    changed = [
        row["id"]
        for row in rows
        if (row["last_event_on"] and row["last_event_on"] > on) or row["clock__state"] == "no_rule"
    ]
    then = dues_as_of(scope, changed, on) if changed else {}
    for row in rows:
        if row["id"] in then:
            _rewind(row, then[row["id"]], on)
        yield _as_pending(row, on)


def _rewind(row: dict[str, Any], due: Any, on: date) -> None:
    """Put the clock of a case that has moved since back to how it stood on the day."""
    governs_recorded = row["clock__recorded_due"] is not None and not row["clock__accepted"]
    row["clock__state"] = due.state
    if not governs_recorded:
        row["clock__governing_due"] = due.due
    row["clock__excluded_days"] = due.excluded_days
    row["last_event_on"] = min(row["last_event_on"], on)
    open_interval = next((i for i in due.intervals if i.end is None), None)
    row["clock__paused_since"] = open_interval.start if open_interval else None
    row["clock__paused_by"] = open_interval.reason if open_interval else ""


def _as_pending(row: dict[str, Any], on: date) -> _Pending:
    start, paused = row["clock__start_on"], row["clock__state"] == "paused"
    used = (on - start).days - (row["clock__excluded_days"] or 0) if start else None
    return _Pending(
        id=row["id"],
        number=row["number"],
        court=row["court__name"],
        cause=row["cause"],
        division=row["division__name"] or "",
        undertaker=row["undertaker_name"],
        filed_on=row["filed_on"],
        last_event_on=row["last_event_on"],
        state=row["clock__state"] or "no_rule",
        due=None if paused else row["clock__governing_due"],
        limit_days=row["clock__limit_days"],
        used_days=used,
        paused_since=row["clock__paused_since"] if paused else None,
        paused_by=row["clock__paused_by"] or "",
    )


def _empty(rule: DueLevel | ListRule) -> Worklist:
    return Worklist(rule.id, rule.name, rule.symbol, rule.meaning)


def _tier(rule: ListRule, months: int) -> Worklist:
    return Worklist(f"{rule.id}_{months}", f"超{months}个月未结", rule.symbol, rule.meaning)


def _item(case: _Pending, on: date, why: str) -> WorkItem:
    return WorkItem(
        case.id,
        case.number,
        case.court,
        case.cause,
        case.division,
        case.undertaker,
        case.filed_on,
        case.due,
        None if case.due is None else (case.due - on).days,
        why,
    )


def _due_text(case: _Pending, on: date) -> str:
    left = (case.due - on).days if case.due else 0
    return f"超期{-left}日" if left < 0 else ("今日届满" if left == 0 else f"剩余{left}日")


def _add_paused(worklist: Worklist, rules: WorklistRules, case: _Pending, on: date) -> None:
    if case.paused_since is None:
        return
    days = (on - case.paused_since).days
    if days > rules.paused_days(case.paused_by):
        worklist.items.append(_item(case, on, f"{case.paused_by or '暂停'}已{days}日未恢复"))


def last_filed(months: int, on: date) -> date:
    """Return the last filing day from which more than so many months have gone by on a day."""
    day = add_months(on, -months)
    while add_months(day, months) >= on:
        day -= timedelta(days=1)
    while add_months(day + timedelta(days=1), months) < on:
        day += timedelta(days=1)
    return day


def _add_long_pending(tiers: dict[date, Worklist], case: _Pending, on: date) -> None:
    """Put the case into the highest tier it has reached, so that tiers never count it twice."""
    reached = [last for last in tiers if case.filed_on <= last]
    if reached:
        days = (on - case.filed_on).days
        tiers[min(reached)].items.append(_item(case, on, f"立案已{days}日"))


def _add_stuck(worklist: Worklist, rule: ListRule, case: _Pending, on: date) -> None:
    if case.paused_since is not None or case.last_event_on is None or rule.days is None:
        return
    idle = (on - case.last_event_on).days
    if idle > rule.days:
        worklist.items.append(_item(case, on, f"{idle}日无办理动态"))
