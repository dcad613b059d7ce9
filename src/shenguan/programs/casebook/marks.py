"""The sign of the clock beside a case: ● ▲ ◆ ○ of the work lists, ◇ paused, — no due date.

One rule, `spine.warnings.worklists.due_level`, decides row by row; `having` says the same to the database.
A test compares the two on every case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from shenguan.rulebook.loaders.worklists import DueLevel, WorklistRules
from shenguan.spine.cases.daycount import DaysBetween
from shenguan.spine.cases.models import Case
from shenguan.spine.timelimits.models import Clock
from shenguan.spine.warnings.worklists import due_level

FAR, PAUSED, NONE, CLOSED = "far", "paused", "none", "closed"


@dataclass(frozen=True, slots=True)
class ClockSign:
    """A sign with its word, and the days left where the clock runs (negative when overdue)."""

    id: str
    symbol: str
    name: str
    days_left: int | None = None

    @property
    def say(self) -> str:
        """Return the days in words."""
        if self.days_left is None:
            return ""
        if self.days_left < 0:
            return f"超{-self.days_left}日"
        return "今日届满" if self.days_left == 0 else f"余{self.days_left}日"


class Timing(NamedTuple):
    """What a clock says of a case: its state, the due date that governs, what the share used up is reckoned of."""

    state: str
    due: date | None
    start_on: date | None
    limit_days: int | None
    excluded_days: int


_FAR = ("○", "正常")
_PAUSED = ("◇", "暂停")
_NONE = ("—", "无届满日")


def choices(rules: WorklistRules) -> list[tuple[str, str]]:
    """Return (id, sign and word) of everything one may ask for, most urgent first."""
    levels = [(level.id, f"{level.symbol} {level.name}") for level in rules.due]
    rest = ((FAR, _FAR), (PAUSED, _PAUSED), (NONE, _NONE))
    return [*levels, *((key, " ".join(words)) for key, words in rest)]


def timing_of(case: Case) -> Timing | None:
    """Return what the clock of a case says; None without one."""
    clock: Clock | None = getattr(case, "clock", None)
    if clock is None:
        return None
    return Timing(
        clock.state, clock.governing_due, clock.start_on, clock.limit_days, clock.excluded_days
    )


def sign_of(
    rules: WorklistRules, closed_on: date | None, timing: Timing | None, on: date
) -> ClockSign:
    """Return the sign of one case."""
    if closed_on is not None:
        return ClockSign(CLOSED, "", "已结")
    if timing is None or (timing.due is None and timing.state != "paused"):
        return ClockSign(NONE, *_NONE)
    if timing.due is None or timing.state == "paused":
        return ClockSign(PAUSED, *_PAUSED)
    used = (on - timing.start_on).days - timing.excluded_days if timing.start_on else None
    level = due_level(rules, timing.due, timing.limit_days, used, on)
    left = (timing.due - on).days
    if level is None:
        return ClockSign(FAR, *_FAR, left)
    return ClockSign(level.id, level.symbol, level.name, left)


def having(cases: QuerySet[Case], mark: str, rules: WorklistRules, on: date) -> QuerySet[Case]:
    """Return those of the cases that bear a sign on a day; an unknown sign leaves none."""
    pending = cases.filter(closed_on=None)
    if mark == PAUSED:
        return pending.filter(clock__state="paused")
    if mark == NONE:
        nothing = Q(clock=None) | (Q(clock__governing_due=None) & ~Q(clock__state="paused"))
        return pending.filter(nothing)
    before = Q(clock__governing_due__isnull=False) & ~Q(clock__state="paused")
    for level in rules.due:
        if level.id == mark:
            return pending.filter(before & _reached(level, rules, on))
        before &= _short_of(level, rules, on)
    return pending.filter(before) if mark == FAR else cases.none()


def _reached(level: DueLevel, rules: WorklistRules, on: date) -> Q:
    if level.days is None:
        return Q(clock__governing_due__lt=on)
    near = Q(clock__governing_due__lte=on + timedelta(days=level.days))
    return _by_share(level, rules, on, near, GreaterThanOrEqual)


def _short_of(level: DueLevel, rules: WorklistRules, on: date) -> Q:
    if level.days is None:
        return Q(clock__governing_due__gte=on)
    far = Q(clock__governing_due__gt=on + timedelta(days=level.days))
    return _by_share(level, rules, on, far, LessThan)


def _by_share(
    level: DueLevel,
    rules: WorklistRules,
    on: date,
    by_days: Q,
    compared: type[GreaterThanOrEqual] | type[LessThan],
) -> Q:
    """Return days for long limits, the share used up for short ones where the level has one."""
    if level.share is None:
        return by_days
    return (_long(rules) & by_days) | (_short(rules) & Q(compared(*_sides(level.share, on))))


def _sides(share: Fraction, on: date) -> tuple[Any, Any]:
    """Return both sides of used ÷ limit >= share, without division."""
    since = DaysBetween(Value(on, DateField()), F("clock__start_on"))
    used = (since - F("clock__excluded_days")) * share.denominator
    return used, F("clock__limit_days") * share.numerator


def _short(rules: WorklistRules) -> Q:
    days = rules.short_limit_days
    return Q(clock__limit_days__lt=days, clock__limit_days__gt=0, clock__start_on__isnull=False)


def _long(rules: WorklistRules) -> Q:
    """Say the opposite of `_short` without a NOT, which a missing value would make unknown."""
    return (
        Q(clock__limit_days=None)
        | Q(clock__limit_days__gte=rules.short_limit_days)
        | Q(clock__limit_days__lte=0)
        | Q(clock__start_on=None)
    )
