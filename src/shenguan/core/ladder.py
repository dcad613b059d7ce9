"""The ladder: 提示 → 催办 → 督办, a pure function of rule, clock and day.

`schedule` turns a ladder and the span it watches into the days on which each rung begins, so that the
level of any day and the next moment to look again are read off the same list. A day is 提示 until
someone must answer (催办); what isn't answered in time, or has gone too far, is 督办.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from shenguan.core.calendar import Calendar, CalendarNotPublished
from shenguan.core.timelimit.months import add_months

NONE, NOTICE, URGE, SUPERVISE = "", "提示", "催办", "督办"
LEVELS = (NONE, NOTICE, URGE, SUPERVISE)
BEFORE, AFTER, SINCE, MONTHS, SHARE = "before", "after", "since", "months", "share"
WORKDAYS_BEFORE, WORKDAYS_AFTER = "workdays_before", "workdays_after"
ANCHORS = (BEFORE, AFTER, SINCE, MONTHS, SHARE, WORKDAYS_BEFORE, WORKDAYS_AFTER)
UNANSWERED = "逾期未答复"
_UNPUBLISHED_MARGIN = 10
"""Days kept in hand where a working-day count meets a year without a published calendar."""


def rank(level: str) -> int:
    """Return 0 for no warning up to 3 for 督办."""
    return LEVELS.index(level)


@dataclass(frozen=True, slots=True)
class Rung:
    """From the day that `anchor` and `amount` give, the level is `level`.

    before / after: days from the due day (after 1: the first day too late); workdays_…: the same in
    working days; since / months: days, or more than so many months, from the start; share: that part
    of the limit has been used. Level "" ends the warning.
    """

    level: str
    anchor: str
    amount: int | Fraction

    @property
    def id(self) -> str:
        """Return a name that stays the same as long as the rung means the same."""
        return f"{self.anchor}:{self.amount}"


@dataclass(frozen=True, slots=True)
class Span:
    """What a ladder watches: from `start` to `due`, `limit` calendar days without exclusions."""

    start: date | None = None
    due: date | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs; those of `short` where the limit is below `short_below` days.

    `answer_workdays` after 催办 begins an answer is owed; unanswered, the level is `unanswered`.
    """

    rungs: tuple[Rung, ...]
    short: tuple[Rung, ...] = ()
    short_below: int = 0
    answer_workdays: int = 0
    unanswered: str = SUPERVISE

    def rungs_for(self, span: Span) -> tuple[Rung, ...]:
        """Return the rungs that fit the length of the limit."""
        is_short = self.short and span.limit is not None and span.limit < self.short_below
        return self.short if is_short else self.rungs


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer was asked for: since when, by when, and whether it has come."""

    on: date
    by: date
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a clock stands on its ladder: level, rung, since which day."""

    level: str = NONE
    rung: str = ""
    since: date | None = None


Schedule = Sequence[tuple[date, Rung]]
NOWHERE = Reached()


def schedule(ladder: Ladder, span: Span, calendar: Calendar | None) -> list[tuple[date, Rung]]:
    """Return the first day of each rung, in order; rungs whose anchor the span lacks are left out."""
    found = []
    for place, rung in enumerate(ladder.rungs_for(span)):
        day = first_day(rung, span, calendar)
        if day is not None:
            found.append((day, place, rung))
    return [(day, rung) for day, _place, rung in sorted(found, key=lambda entry: entry[:2])]


def reached(
    ladder: Ladder, days: Schedule, today: date, asked: Asked | None = None, *, held: bool = False
) -> Reached:
    """Return the level on a day. `held`: data are disputed, an answer isn't owed meanwhile."""
    now = NOWHERE
    for day, rung in days:
        if day > today:
            break
        now = Reached(rung.level, rung.id, day) if rung.level else NOWHERE
    if now.level != URGE or asked is None or asked.answered or held or today <= asked.by:
        return now
    return Reached(ladder.unanswered, f"{now.rung} {UNANSWERED}", asked.by + timedelta(days=1))


def next_change(days: Schedule, today: date, asked: Asked | None = None) -> date | None:
    """Return the next day after `today` on which the level may change by the passing of time."""
    coming = [day for day, _rung in days if day > today]
    if asked is not None and not asked.answered and asked.by >= today:
        coming.append(asked.by + timedelta(days=1))
    return min(coming, default=None)


def answer_by(ladder: Ladder, asked_on: date, calendar: Calendar | None) -> date | None:
    """Return the last day for an answer, None where the ladder asks for none."""
    if not ladder.answer_workdays:
        return None
    return plus_workdays(asked_on, ladder.answer_workdays, calendar)


def first_day(rung: Rung, span: Span, calendar: Calendar | None) -> date | None:
    """Return the day a rung begins on this span, None where the span lacks its anchor."""
    if rung.anchor in {SINCE, MONTHS}:
        return None if span.start is None else _counted_on(rung, span.start)
    if span.due is None:
        return None
    if rung.anchor == SHARE:
        return None if span.limit is None else span.due - timedelta(days=_left(rung, span.limit))
    back = rung.anchor in {BEFORE, WORKDAYS_BEFORE}
    count = -int(rung.amount) if back else int(rung.amount)
    if rung.anchor in {BEFORE, AFTER}:
        return span.due + timedelta(days=count)
    return plus_workdays(span.due, count, calendar)


def _counted_on(rung: Rung, start: date) -> date:
    if rung.anchor == SINCE:
        return start + timedelta(days=int(rung.amount))
    return add_months(start, int(rung.amount)) + timedelta(days=1)


def _left(rung: Rung, limit: int) -> int:
    """Return the days left when so large a share of the limit has been used."""
    return limit - math.ceil(rung.amount * limit)


def plus_workdays(day: date, count: int, calendar: Calendar | None) -> date:
    """Count working days; without a published calendar, calendar days with room to spare.

    The room is on the safe side: earlier when counting back, later when counting on.
    """
    try:
        if calendar is not None:
            return calendar.add_workdays(day, count)
    except CalendarNotPublished:
        pass
    return day + timedelta(
        days=count + (_UNPUBLISHED_MARGIN if count > 0 else -_UNPUBLISHED_MARGIN)
    )


def rungs_from(entries: Iterable[Mapping[str, Any]]) -> tuple[Rung, ...]:
    """Read rungs written as {before: 30, level: 提示}; a share is a pair [2, 3]."""
    return tuple(_rung(entry) for entry in entries)


def _rung(entry: Mapping[str, Any]) -> Rung:
    level = entry.get("level", NONE)
    named = [anchor for anchor in ANCHORS if anchor in entry]
    if level not in LEVELS or len(named) != 1 or entry.keys() - {"level", *named}:
        raise ValueError(f"梯级“{dict(entry)}”不可读：须有一个起点（{'、'.join(ANCHORS)}）和 level")
    amount = entry[named[0]]
    return Rung(level, named[0], Fraction(*amount) if named[0] == SHARE else int(amount))
